"""The one sentence and the pill of each card, and how far a line was read."""

from dataclasses import replace
from datetime import date

import pytest

from inspector_app.domain.bureau_law import DiscretionBand
from inspector_app.domain.deciders import OrderState, Reason
from inspector_app.domain.deciders.blacklist import ListDate
from inspector_app.domain.deciders.compensation import SurchargeProposal
from inspector_app.domain.deciders.deposit import Step
from inspector_app.domain.law import Basis, Citation, ForceLevel, TextLevel
from inspector_app.services.deciders import Proposals, decide
from inspector_app.ui.pages.case.proposals import words
from inspector_app.ui.pages.case.proposals.bands import band_words
from inspector_app.ui.pages.case.proposals.deposit_card import amount_words
from inspector_app.ui.pages.case.proposals.lines import day_words, short_articles, source_words
from tests.ui.pages.proposals import UNIT, enriched
from tests.ui.pages.scene import Scene

DAY, LATER = date(2026, 12, 4), date(2027, 1, 8)
FULL = Basis(
    articles=("《中华人民共和国行政处罚法》第六十三条第一款",),
    text_level=TextLevel.FULL,
    force_level=ForceLevel.CHECKED,
    effective_from=date(2021, 7, 15),
    cited=(Citation("处罚法", 63, "", 1), Citation("处罚法", 64), Citation("工资条例", 56)),
)
TOLD = replace(FULL, text_level=TextLevel.SECONDARY, force_level=ForceLevel.UNCHECKED)


@pytest.fixture
def found(scene: Scene) -> Proposals:
    """What the deciders say of a case with much to judge."""
    enriched(scene)
    return decide(scene.desk, scene.cases[UNIT].id)


# ── sources ──────────────────────────────────────────────────────────────────────────────────
def test_articles_are_named_as_inspectors_name_them_each_statute_once() -> None:
    assert short_articles(FULL) == "处罚法第六十三条第一款、第六十四条；工资条例第五十六条"
    assert short_articles(replace(FULL, cited=())) == (
        "《中华人民共和国行政处罚法》第六十三条第一款"
    )


def test_an_article_never_seen_is_said_to_be_so() -> None:
    unseen = replace(FULL, articles=("《某办法》（条号待核）",), cited=(Citation("某办法"),))
    assert short_articles(unseen) == "某办法（条号待核）"


def test_a_line_says_how_far_it_was_read_and_what_is_only_concluded() -> None:
    bare = replace(FULL, cited=(Citation("处罚法", 63),))
    assert source_words(bare) == "处罚法第六十三条　已核全文 · 现行性已核"
    told = replace(TOLD, cited=bare.cited)
    assert source_words(told) == "处罚法第六十三条　未核全文（转述 · 现行性待核）"
    assert source_words(bare, inferred=True).endswith("推论（已核全文 · 现行性已核）")
    assert source_words(told, inferred=True).endswith("推论、未核全文（转述 · 现行性待核）")
    assert source_words(None, inferred=True) == "推论"
    assert source_words(None) == ""


@pytest.mark.parametrize(
    ("day", "later", "said"),
    [
        (DAY, None, "2026年12月4日"),
        (DAY, LATER, "2026年12月4日至2027年1月8日"),
        (None, LATER, "不晚于2027年1月8日"),
        (None, None, "—"),
    ],
)
def test_a_day_may_be_open_at_either_end(day: date | None, later: date | None, said: str) -> None:
    assert day_words(ListDate("名", day, later, False, Reason("因"))) == said


# ── headlines ────────────────────────────────────────────────────────────────────────────────
def test_fines(found: Proposals) -> None:
    fines = found.fines
    none = replace(fines.unit, parts=0)
    only = replace(fines, unit=none, person=none, missing=())
    assert words.of_fines(only) == words.Headline("所列违法行为没有罚款", "没有缺项", "success")
    person = replace(only, person=replace(fines.unit, low_fen=50_000, high_fen=300_000))
    assert words.of_fines(person).text.startswith("每名责任人员 500.00–3,000.00 元，")
    assert words.of_fines(replace(fines, lines=())).text == "没有登记违法行为"


def test_liability(found: Proposals) -> None:
    one = found.liability
    assert words.of_liability(one).pill == "没有缺项"
    assert words.of_liability(one, inferred=True).pill == "推论，待确认"
    lacking = replace(one, missing=("项目没有登记建设单位",))
    assert words.of_liability(lacking, inferred=True).tone == "warning"
    main = one.lines[0]
    two = replace(one, lines=(main, main, *one.lines[1:]))
    assert words.of_liability(two).text.endswith("，另有 1 种情形")
    last = replace(one, lines=tuple(replace(line, main=True) for line in one.lines[-1:]))
    assert words.of_liability(last).text == (
        "没有勾选能够确定清偿责任的情形，可以动用保证金、应急周转金"
    )
    assert words.of_liability(replace(one, lines=())).text == "没有勾选能够确定清偿责任的情形"


def test_crime_and_list(found: Proposals) -> None:
    crime = replace(found.crime, single_met=False, many_met=False)
    assert words.of_crime(crime).pill == "尚缺 2 项"
    ready = replace(found.crime, evasion_shown=True)
    assert words.of_crime(ready).tone == "violet"
    listing = found.blacklist
    bare = replace(listing, amount=False, incident=False, ordered_unheeded=False)
    assert words.of_list(bare).pill == "尚缺 2 项"
    undated = replace(listing, dates=())
    assert words.of_list(undated).text == "符合列入条件"
    assert words.of_list(replace(undated, may_be_left_out=True)).text.endswith("可以不列入")


def test_extra_pay_and_surcharge(found: Proposals) -> None:
    extra = found.extra_pay
    assert words.of_extra_pay(replace(extra, unpaid_fen=0)).text == "没有尚欠工资"
    unknown = replace(extra, low_fen=None, high_fen=None, missing=("“比例”未填",))
    assert words.of_extra_pay(unknown) == words.Headline("加付幅度没有确定", "还缺 1 项", "warning")
    running = replace(extra, order=OrderState.RUNNING)
    assert words.of_extra_pay(running).text.startswith("逾期不支付的，加付劳动者 ")
    grown = SurchargeProposal(1_000_000, DAY, LATER, 900_000, LATER, ())
    assert words.of_surcharge(grown) == words.Headline(
        "截至2027年1月8日加处 9,000.00 元", "已到上限", "neutral"
    )
    assert words.of_surcharge(replace(grown, on=DAY)).pill == ""


def test_wage_and_lines(found: Proposals) -> None:
    assert words.of_wage(None).pill == ""
    line = found.fines.lines[0]
    assert words.of_line(line) == "单位 5万元至10万元"
    assert line.unit is not None
    unknown = replace(line, unit=replace(line.unit, low_fen=None), person=line.unit)
    assert words.of_line(unknown) == "单位 待补数据；5万元至10万元"
    assert words.of_line(replace(line, unit=None)) == "没有罚款"
    assert words.bare("GZ-09 的证据未登记：E3", "GZ-09") == "证据未登记：E3"
    assert words.bare("GZ-09 涉及的人数未填", "GZ-09") == "涉及的人数未填"


def test_amounts_of_bands_and_steps() -> None:
    band = DiscretionBand(
        "1", "GZ-09", "一般", "两个月以上", 0, 0, DAY, "", "", person_low_fen=50_000,
        person_high_fen=100_000,
    )  # fmt: skip
    assert band_words(band) == "两个月以上：个人 500.00–1,000.00 元"
    assert amount_words(Step("", 100, 100, None)) == "1.00"
    assert amount_words(Step("", 100, 200, None)) == "1.00–2.00"
    assert amount_words(Step("", 100, None, None)) == "不低于 1.00"
