"""What a row stands on: its levels, its dates, and statutes as a whole."""

from datetime import date
from pathlib import Path

import pytest

from inspector_app.domain.law import UNDATED, Basis, ForceLevel, Statute, TextLevel
from inspector_app.errors import UserError
from inspector_app.library.law import basis
from inspector_app.library.loading import Library
from inspector_app.library.rows import Row
from tests.library.shelf import CONSTRUCTION_LAW, STATUTES, THRESHOLDS, edit, problems, refusal


def law(short: str, text: TextLevel, force: ForceLevel, begins: date) -> Statute:
    return Statute(short, short, "", begins, text, force)


STATUTE_LIST = {
    one.short: one
    for one in (
        law("甲法", TextLevel.FULL, ForceLevel.CHECKED, date(2020, 1, 1)),
        law("乙办法", TextLevel.EXCERPT, ForceLevel.CHECKED, date(2022, 1, 1)),
        law("丙通知", TextLevel.SECONDARY, ForceLevel.UNCHECKED, UNDATED),
    )
}


def stands(**cells: object) -> Basis:
    return basis(Row("x.toml", "R1", cells), STATUTE_LIST)


def told(**cells: object) -> str:
    with pytest.raises(UserError) as caught:
        stands(**cells)
    return caught.value.message


def test_a_row_is_as_well_checked_as_the_weakest_statute_it_cites() -> None:
    one = stands(articles=["甲法 1", "乙办法 2"])
    assert (one.text_level, one.force_level) == (TextLevel.EXCERPT, ForceLevel.CHECKED)
    two = stands(articles=["甲法 1", "丙通知"])
    assert (two.text_level, two.force_level) == (TextLevel.SECONDARY, ForceLevel.UNCHECKED)


def test_its_dates_are_those_of_the_first_statute_unless_it_says_others() -> None:
    assert stands(articles=["乙办法 2", "甲法 1"]).effective_from == date(2022, 1, 1)
    assert stands(articles=["丙通知"]).effective_from == UNDATED
    own = stands(
        articles=["甲法 1"], effective_from=date(2023, 1, 1), effective_to=date(2024, 1, 1)
    )
    assert (own.effective_from, own.effective_to) == (date(2023, 1, 1), date(2024, 1, 1))


def test_a_row_may_say_less_than_its_statutes_and_never_more() -> None:
    assert stands(articles=["甲法 1"], text="secondary").text_level is TextLevel.SECONDARY
    assert stands(articles=["甲法 1"], force="unchecked").force_level is ForceLevel.UNCHECKED
    assert "“text”写的是“full”，高于所引法规的核实程度" in told(articles=["乙办法 2"], text="full")
    assert "“force”写的是“checked”" in told(articles=["丙通知"], force="checked")


def test_a_row_without_any_article_says_why_and_was_never_read_in_full() -> None:
    assert stands(articles=[], note="没有查到").text_level is TextLevel.UNSEEN
    assert stands(articles=[], note="没有查到", text="secondary").text_level is TextLevel.SECONDARY
    assert "写明原因" in told(articles=[])
    assert "高于所引法规" in told(articles=[], note="没有查到", text="excerpt")
    assert "高于所引法规" in told(articles=[], note="没有查到", force="checked")


def test_no_row_of_the_pack_is_a_choice_of_the_bureau(office: Path) -> None:
    assert "只有本局的选择才这样写" in told(articles=["甲法 1"], text="bureau")
    edit(office, STATUTES, 'text = "full"', 'text = "bureau"')
    assert "工资条例：“text”写的是“bureau”" in refusal(office, "statutes")


def test_an_article_cited_twice_is_printed_once() -> None:
    one = stands(articles=["甲法 1", "甲法 1"])
    assert one.articles == ("《甲法》第一条",)
    assert [place.article for place in one.cited] == [1]


def test_a_row_that_ends_before_it_begins_is_refused() -> None:
    assert "失效日期早于施行日期" in told(articles=["甲法 1"], effective_to=date(2019, 1, 1))


def test_a_violation_ends_no_earlier_than_it_begins(office: Path) -> None:
    edit(office, CONSTRUCTION_LAW, 'code = "GZ-01"', 'code = "GZ-01"\neffective_to = 2020-04-30')
    message = refusal(office, "violations")
    assert message == f"{CONSTRUCTION_LAW} 第 5 行 GZ-01：失效日期早于施行日期"


def test_an_article_the_statute_does_not_have_is_told_with_its_line(office: Path) -> None:
    edit(office, THRESHOLDS, '"处罚法 51"', '"处罚法 151"')
    message = refusal(office, "figures")
    assert message.endswith(
        "TH-SUMMARY-PERSON：“articles”引用的“处罚法 151”不存在，该法规没有这一条"
    )
    assert [one.where for one in problems(office, "figure")] == [message.split("：", 1)[0]]


def test_a_notice_has_no_articles(office: Path) -> None:
    edit(office, THRESHOLDS, '"工资折算通知"', '"工资折算通知 2"')
    assert "不存在" in refusal(office, "figures")


def test_a_statute_without_a_date_says_why(office: Path, library: Library) -> None:
    undated = [one for one in library.statutes.values() if one.effective_from == UNDATED]
    assert {one.short for one in undated} >= {"诚信评价办法", "衔接通知", "河南专户细则"}
    assert all(one.note for one in undated)
    edit(office, STATUTES, "effective_from = 2020-05-01\n", "")
    assert "工资条例：没有“effective_from”的要在“note”写明原因" in refusal(office, "statutes")


def test_triggers_and_evidence_stand_on_articles_too(library: Library) -> None:
    assert library.triggers["T54"].basis.articles == ("《保障农民工工资支付条例》第五十四条",)
    assert all(one.basis.articles and one.basis.settled for one in library.evidence.values())
