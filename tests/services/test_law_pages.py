"""The rule browser's read model: every rule once, in words, with its source and its users."""

import re
from datetime import date
from pathlib import Path

import pytest

from inspector_app.domain.law import Citation, Fine, ForceLevel, TextLevel
from inspector_app.errors import UserError
from inspector_app.library.pack import RowKind, pack_rows
from inspector_app.services import settings
from inspector_app.services.bands import BandForm, add_band
from inspector_app.services.desk import Desk
from inspector_app.services.law_detail import find_applied
from inspector_app.services.law_pages import (
    LawKind,
    UseGroup,
    law_detail,
    law_rows,
    search_rows,
    uses_of,
)
from inspector_app.services.law_pairs import HENAN, NATIONAL, pair_of
from inspector_app.services.law_rows import row_initials
from inspector_app.services.law_words import cited_in, fact_words, fine_words, level_sentences
from inspector_app.services.rules import choose, office_rules
from inspector_app.services.statutes import import_text
from tests.helpers.desks import MONDAY

RAW_FACT = re.compile(r"[a-z_]+[:=]|^[a-z_]+$")


def group(groups: tuple[UseGroup, ...], title: str) -> dict[str, str]:
    """What a group holds: key and note."""
    found = next((one for one in groups if one.title == title), None)
    return {use.key: use.note for use in found.uses} if found else {}


# ── the list ─────────────────────────────────────────────────────────────────────────────────
def test_every_rule_of_the_pack_and_the_procedure_is_listed_once(desk: Desk) -> None:
    rows, library = law_rows(desk), desk.library
    words = {RowKind.TRIGGER, RowKind.EVIDENCE, RowKind.FACT, RowKind.PROOF}
    rules = {row.id for row in pack_rows(library) if row.kind not in words}
    procedure = {f"step:{key}" for key in library.procedure.steps}
    procedure |= {f"guard:{key}" for key in library.procedure.guards}
    assert {row.key for row in rows} == rules | procedure
    assert len({row.key for row in rows}) == len(rows)
    assert {row.kind for row in rows} == set(LawKind)
    assert [row.name for row in rows if not (row.value and row.name and row.code)] == [
        row.name for row in rows if row.kind is LawKind.STATUTE and not row.value
    ]


def test_rows_carry_the_value_the_bureau_goes_by(desk: Desk) -> None:
    before = {row.key: row for row in law_rows(desk)}
    assert (before["D05"].value, before["D05"].own) == ("60＋30 个工作日", False)
    assert before["D18"].value == "每日按数额的 3% 加处"
    assert before["D42"].value == "法律没有规定"
    assert before["D12"].value == "提前 7 个工作日"
    assert before["TH-HEARING-UNIT"].value == "5万元以上"
    assert before["GZ-05"].value == "单位 5万元至10万元"
    assert before["MW-2025-1"].name == "河南最低工资（一类区域，2025年）"
    choose(desk, "D05", "length", "45", "会议纪要")
    choose(desk, "D06", "off", "是", "待修订")
    after = {row.key: row for row in law_rows(desk)}
    assert (after["D05"].value, after["D05"].own) == ("45＋30 个工作日", True)
    assert after["D05"].text_level is TextLevel.BUREAU
    assert (after["D06"].off, after["D06"].own) == (True, False)
    assert all(row.off for row in after.values() if row.kind is LawKind.CONFLICT)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("d05", "D05"),
        ("专用账户 未按规定开设", "GZ-05"),
        ("监察条例 第十七条", "D05"),
        ("告知听证权利", "guard:hearing_told"),
        ("国务院令第423号", "监察条例"),
        ("2,350.00", "MW-2025-1"),
    ],
)
def test_a_rule_is_found_by_code_name_article_and_words(desk: Desk, text: str, key: str) -> None:
    assert key in {row.key for row in search_rows(law_rows(desk), text)}


def test_every_word_must_be_there_and_filters_narrow(desk: Desk) -> None:
    choose(desk, "D05", "length", "45", "x")
    choose(desk, "GZ-05", "off", "是", "x")
    rows = law_rows(desk)
    assert search_rows(rows, "专用账户 没有这个词") == []
    assert {row.kind for row in search_rows(rows, kind=LawKind.WAGE)} == {LawKind.WAGE}
    own = search_rows(rows, own=True)
    assert [row.key for row in own] == ["D05"]
    assert "GZ-05" in {row.key for row in search_rows(rows, off=True)}
    excerpts = search_rows(rows, levels=("excerpt",))
    assert {row.text_level for row in excerpts} == {TextLevel.EXCERPT}
    unchecked = search_rows(rows, levels=("unchecked",))
    assert {row.force_level for row in unchecked} == {ForceLevel.UNCHECKED}
    bare = search_rows(rows, levels=("none",))
    assert {row.text_level for row in bare} == {None}


def test_names_are_found_by_their_pinyin_initials(desk: Desk) -> None:
    rows = [row for row in law_rows(desk) if row.kind is LawKind.TERM]
    initials = row_initials(rows)
    found = search_rows(rows, "dcwc", initials=initials)
    assert "D05" in {row.key for row in found}
    assert search_rows(rows, "dcwc") == []


def test_a_rule_that_has_ended_is_not_in_force(desk: Desk) -> None:
    rows = {row.key: row for row in law_rows(desk)}
    assert not rows["MW-2018-1"].in_force
    assert rows["MW-2025-1"].in_force


def test_imported_words_are_searched_and_read_whole(desk: Desk, tmp_path: Path) -> None:
    assert law_detail(desk, "监察条例").text is None
    path = tmp_path / "劳动保障监察条例.txt"
    path.write_text("劳动保障监察条例\n\n第十七条　演示，六十个工作日。\n", encoding="utf-8")
    import_text(desk, path, "监察条例", date(2004, 12, 1))
    assert [row.key for row in search_rows(law_rows(desk), "演示，六十个工作日")] == ["监察条例"]
    text = law_detail(desk, "监察条例").text
    assert text is not None
    assert (text.source, text.effective_from) == ("劳动保障监察条例.txt", date(2004, 12, 1))
    assert text.articles[0].place == "第十七条"
    assert text.articles[0].holds(["第十七条", "演示"])
    assert not text.articles[0].holds(["第十八条"])
    beside = law_detail(desk, "D05").beside
    assert [one.body for one in beside] == ["演示，六十个工作日。"]
    assert law_detail(desk, "D05").articles[0].imported


# ── words ────────────────────────────────────────────────────────────────────────────────────
def test_printed_articles_are_read_back_as_the_places_they_name(desk: Desk) -> None:
    """The pack keeps citations and their print; of terms and steps only the print is kept."""
    checked = 0
    for row in pack_rows(desk.library):
        if row.basis is None or not row.basis.cited:
            continue
        printed = [
            one for text in row.basis.articles for one in cited_in(text, desk.library.statutes)
        ]
        cited = [Citation(one.statute, one.article, one.sub) for one in row.basis.cited]
        assert set(printed) == set(cited), row.id
        checked += 1
    assert checked > 150
    unknown = cited_in(
        "《没有这部法》第一条，《中华人民共和国刑法》第二百七十六条之一", desk.library.statutes
    )
    assert unknown == (Citation("刑法", 276, "一"),)


def test_no_code_of_a_fact_is_left_on_screen(desk: Desk) -> None:
    for term in desk.library.terms.values():
        for code in (*term.starts, *term.ends, *term.when):
            assert not RAW_FACT.search(fact_words(code, desk.library)), code


@pytest.mark.parametrize("level", list(TextLevel))
def test_only_what_was_read_in_full_may_be_printed_as_law(level: TextLevel) -> None:
    text, force = level_sentences(level, ForceLevel.UNCHECKED)
    assert text.startswith(level.label)
    assert ("可以作为依据印在文书上" in text) == (level is TextLevel.FULL)
    assert "引用以前请核对" in force


def test_fines_are_said_as_people_say_them() -> None:
    assert fine_words(Fine(5_000_000, 10_000_000)) == "5万元至10万元"
    assert fine_words(Fine(1_000_000, 1_000_000)) == "1万元"
    assert fine_words(Fine(0, 10_000_000)) == "10万元以下"


VALUES = {
    "D05": "60 个工作日，可延长 30 个工作日（情况复杂，经劳动保障行政部门负责人批准）",
    "D12": "提前 7 个工作日",
    "D13": "5 个工作日（法律没有规定，由本局设置）",
    "D18": "每日按数额的 3% 加处，累计不超过数额的 100%",
    "D42": "法律没有规定期限长度，由设置“平台线索核处天数”填",
    "GZ-05": "先责令限期改正，逾期不改才罚；责令停工；单位 5万元至10万元",
    "GZ-01": "先责令限期改正，逾期不改才罚；单位 2万元至5万元；责任人员 1万元至3万元",
    "HT-01": "没有罚款幅度，责令改正或者按所列条款处理",
    "TH-HEARING-UNIT": "5万元以上",
    "LB-11": "建设单位先行垫付，以未结清的工程款为限",
    "RM-SUMMARY": "先申请复议，对复议决定不服才能起诉。申请行政复议 60 日，提起行政诉讼 15 日",
    "SV-PUBLICATION": "要有：公告送达的原因、此前送达的经过；满 30 日视为送达",
    "MW-2025-1": "每月 2,350.00 元，每小时 23.00 元",
    "step:file": "进入“调查取证”",
    "step:resume": "回到中止以前的阶段",
    "step:stop": "登记一件事，不改变阶段",
    "监察条例": "国务院令第423号，共 36 条",
}


@pytest.mark.parametrize(("key", "value"), VALUES.items())
def test_values_in_words(desk: Desk, key: str, value: str) -> None:
    assert law_detail(desk, key).value == value


# ── the sheet ────────────────────────────────────────────────────────────────────────────────
def test_a_term_tells_start_owner_rolling_basis_levels_and_days(desk: Desk) -> None:
    one = law_detail(desk, "d05")
    facts = dict(one.facts)
    assert facts["起算"] == "立案之日"
    assert facts["谁的期限"] == "本机关，到期没有办的算超期"
    assert facts["末日逢休息日"] == "按工作日计算，末日总是工作日"
    assert facts["案件里起算"] == "立案"
    assert "作出处罚决定" in facts["案件里完成"]
    assert one.span == "2004年12月1日起"
    assert [line.printed for line in one.articles] == ["《劳动保障监察条例》第十七条"]
    assert (one.articles[0].statute, one.articles[0].imported) == ("监察条例", False)
    assert one.levels == (
        "已核全文：条文已经逐条对照全文，可以作为依据印在文书上。",
        "现行性已核：已核对现行有效。",
    )
    henan = dict(law_detail(desk, "D06").facts)
    assert henan["出处"] == "河南规定"
    assert henan["末日逢休息日"] == "按本局设置顺延"
    settings.save(desk, {"term_roll": "不顺延"})
    assert dict(law_detail(desk, "D06").facts)["末日逢休息日"] == "按本局设置不顺延"
    assert dict(law_detail(desk, "D16").facts)["末日逢休息日"] == "依法顺延到工作日"
    assert dict(law_detail(desk, "D29").facts)["末日逢休息日"] == "按小时计算，不顺延"
    assert dict(law_detail(desk, "D44").facts)["案件里起算"] == "不在案件里计时"


def test_a_violation_tells_which_article_is_broken_and_which_punishes(desk: Desk) -> None:
    one = law_detail(desk, "GZ-05")
    assert [(line.role, line.statute) for line in one.articles] == [
        ("违反", "工资条例"),
        ("罚则", "工资条例"),
    ]
    assert dict(one.facts)["责任主体"] == "施工总承包单位"


@pytest.mark.parametrize(
    "key",
    [
        "DP-BASE",
        "LB-11",
        "RM-PENALTY",
        "SV-DIRECT",
        "HC-24",
        "step:penalty_notice",
        "guard:hearing_told",
        "工资条例",
    ],
)
def test_every_sort_of_rule_has_facts_or_a_note(desk: Desk, key: str) -> None:
    one = law_detail(desk, key)
    assert one.facts or one.note
    assert all(value for _, value in one.facts)


def test_every_rule_can_be_opened(desk: Desk) -> None:
    for row in law_rows(desk):
        one = law_detail(desk, row.key)
        assert (one.key, one.name, one.kind) == (row.key, row.name, row.kind)
        assert one.levels


def test_the_bureaus_value_stands_beside_that_of_the_pack(desk: Desk) -> None:
    choose(desk, "D03", "length", "5", "会议纪要")
    choose(desk, "D03", "unit", "WD", "会议纪要")
    one = law_detail(desk, "D03")
    assert (one.value, one.pack_value) == ("5 个工作日", "7 日")
    said = {chosen.field: (chosen.pack, chosen.own, chosen.by, chosen.on) for chosen in one.chosen}
    assert said == {
        "length": ("7 日", "5 个工作日", "李明", MONDAY),
        "unit": ("日", "个工作日", "李明", MONDAY),
    }
    assert one.text_level is TextLevel.BUREAU
    assert "理由" not in one.note
    assert [line.printed for line in one.articles] == [
        "《河南省劳动保障监察条例》第十五条第（一）项"
    ]
    choose(desk, "TH-HEARING-UNIT", "low", "30000", "省厅标准")
    figure = law_detail(desk, "TH-HEARING-UNIT").chosen[0]
    assert (figure.pack, figure.own, figure.why) == ("5万元", "3万元", "省厅标准")


def test_what_may_be_chosen_depends_on_the_rule(desk: Desk) -> None:
    fields = {key: [f for f, _ in law_detail(desk, key).askable] for key in
              ("D03", "D05", "D16", "D18", "D29", "DP-BASE", "TH-HEARING-UNIT", "GZ-05",
               "step:file", "HC-24", "监察条例")}  # fmt: skip
    assert fields == {
        "D03": ["length", "unit", "rolling", "off"],
        "D05": ["length", "unit", "off"],
        "D16": ["length", "unit", "off"],  # it rolls by law
        "D18": ["off"],
        "D29": ["length", "unit", "off"],
        "DP-BASE": ["low", "high", "off"],
        "TH-HEARING-UNIT": ["low", "off"],
        "GZ-05": ["off"],
        "step:file": [],
        "HC-24": [],
        "监察条例": [],
    }
    assert dict(law_detail(desk, "D42").askable)["length"] == "没有规定"


def test_bands_of_a_violation_and_wages_of_every_year(desk: Desk) -> None:
    band = add_band(desk, "GZ-05", BandForm("一般", "首次", MONDAY, "规1号", 5_000_000, 7_000_000))
    one = law_detail(desk, "GZ-05")
    assert one.bands == (band,)
    assert {row.key for row in search_rows(law_rows(desk), own=True)} == {"GZ-05"}
    wages = law_detail(desk, "MW-2025-1").wages
    assert wages[0].since == date(2025, 12, 1)
    assert wages[0].classes == ((235_000, 2_300), (215_000, 2_110), (200_000, 1_960))
    assert [line.usable for line in wages] == [True, True, True, True, False]


def test_a_local_clause_beyond_superior_law_is_a_hint(desk: Desk) -> None:
    hints = law_detail(desk, "KJ-01").hints
    assert [hint.key for hint in hints] == ["rule:HC-24"]
    assert "单位适用监察条例" in hints[0].note
    assert law_detail(desk, "GZ-05").hints == ()
    assert "rule:KJ-01" in group(uses_of(desk, "HC-24"), "其他规则")


def test_a_check_item_has_a_sheet_too(desk: Desk) -> None:
    one = law_detail(desk, "item:construction/C23")
    assert one.name.startswith("施工总承包单位已按规定开设")
    assert group(one.uses, "违法行为") == {"rule:GZ-05": ""}
    assert one.kind is None
    bare = law_detail(desk, "item:construction/C02")
    assert bare.uses == ()
    for wrong in ("item:construction/C99", "item:nothing/C01", "D99"):
        with pytest.raises(UserError):
            law_detail(desk, wrong)


# ── national and Henan ───────────────────────────────────────────────────────────────────────
def test_the_pair_says_which_leads_and_why(desk: Desk) -> None:
    pair = law_detail(desk, "D06").pair
    assert pair is not None
    assert (pair.national.rule, pair.henan.rule) == ("D05", "D06")
    assert pair.leading is pair.henan
    assert pair.henan.ends == date(2026, 10, 28)
    assert pair.why.startswith("本局设置为“取较早的”。今天起算，较早的是河南规定，到2026年10月28日")
    settings.save(desk, {"term_lead": NATIONAL})
    again = law_detail(desk, "D05").pair
    assert again is not None
    assert again.leading is again.national
    assert "按国家规定提醒" in again.why
    settings.save(desk, {"term_lead": HENAN})
    third = law_detail(desk, "D05").pair
    assert third is not None
    assert third.leading is third.henan
    assert law_detail(desk, "D01").pair is not None
    assert law_detail(desk, "D12").pair is None


def test_a_term_that_is_switched_off_does_not_lead(desk: Desk) -> None:
    choose(desk, "D06", "off", "是", "x")
    pair = pair_of(desk, office_rules(desk).terms["D05"])
    assert pair is not None
    assert (pair.leading, pair.henan.off) == (pair.national, True)
    assert pair.why == "另一套没有启用，按国家规定提醒。"
    choose(desk, "D05", "off", "是", "x")
    both = pair_of(desk, office_rules(desk).terms["D05"])
    assert both is not None
    assert both.leading is None


def test_keys_are_found_in_small_letters(desk: Desk) -> None:
    assert find_applied(desk, " gz-05 ").key == "GZ-05"
    with pytest.raises(UserError, match="没有“没有”"):
        find_applied(desk, "没有")
