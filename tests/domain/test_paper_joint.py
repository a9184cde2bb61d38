"""Several parties on one paper: named, listed, fined each for itself, none of them twice."""

from datetime import date

import pytest

from inspector_app.domain.paper_checks import check
from inspector_app.domain.paper_joint import (
    all_parties,
    fines_text,
    joint_rows,
    names_text,
    numeral,
    party_lines,
)
from inspector_app.domain.paper_reuse import Earlier, Standing, compare, hints, shown
from inspector_app.domain.paper_rules import rule_faults
from inspector_app.domain.paper_text import fill
from inspector_app.domain.papers import Column, Field, FieldType, Layout, PaperKind, TableRow, Value
from tests.helpers.builders import calendar_2026

ROWS: tuple[TableRow, ...] = (
    {"name": "乙公司", "code": "91410400MA9K00002X", "person": "", "address": "某路2号"},
    {"name": " 丙公司 ", "fine": "3000000"},
    {"name": " ", "fine": "0"},
)
JOINT = Field(
    "co_parties", "共同当事人", FieldType.TABLE,
    columns=(Column("name", "名称", 50), Column("fine", "罚款", 20, "money")),
)  # fmt: skip
KIND = PaperKind(
    "notice", "告知书", "1", date(2026, 1, 1), Layout.LETTER, "", "",
    (Field("party", "当事人", FieldType.LINE, default="employer.name"),
     Field("amount", "罚款数额", FieldType.MONEY), JOINT),
    (), checks=("others:co_parties=party", "fines:amount=co_parties.fine"),
)  # fmt: skip


def told(**values: Value) -> list[tuple[str, str]]:
    found = check(KIND, values, today=date(2026, 9, 24), calendar=calendar_2026())
    return [(one.field, one.message) for one in found]


def test_names_and_lines_leave_out_what_is_not_known() -> None:
    assert names_text(ROWS) == "乙公司、丙公司"
    assert party_lines(ROWS[:2]) == (
        "当事人二：乙公司\n统一社会信用代码：91410400MA9K00002X\n地址：某路2号\n当事人三：丙公司"
    )
    assert all_parties({"party": "甲公司", "co_parties": ROWS}) == ("甲公司", "乙公司", "丙公司")
    assert all_parties({"party": None}) == ()
    assert joint_rows(("字",)) == joint_rows("字") == ()


def test_each_is_fined_for_itself() -> None:
    assert fines_text(ROWS[1:]) == "；对丙公司罚款人民币30,000.00元（大写：叁万元整）；对不罚款"


def test_a_form_prints_them_by_its_marks() -> None:
    text = "{party}、{co_parties|names}：{co_parties|lines}{co_parties|fines}"
    values: dict[str, Value] = {
        "party": "甲公司",
        "co_parties": ({"name": "乙公司", "fine": "100"},),
    }
    assert fill(text, values) == (
        "甲公司、乙公司：当事人二：乙公司；对乙公司罚款人民币1.00元（大写：壹元整）"
    )
    assert fill("甲{co_parties|names}", {"co_parties": ()}) == "甲"


@pytest.mark.parametrize(
    ("number", "text"),
    [(2, "二"), (10, "十"), (12, "十二"), (20, "二十"), (35, "三十五"), (99, "九十九")],
)
def test_parties_are_counted_in_words(number: int, text: str) -> None:
    assert numeral(number) == text


def test_a_party_stands_once_and_has_a_name() -> None:
    rows = ({"name": "乙"}, {"name": ""}, {"name": "甲"}, {"name": "乙"})
    assert told(party="甲", co_parties=rows) == [
        ("co_parties", "“共同当事人”第 2 行没有名称"),
        ("co_parties", "“共同当事人”第 3 行“甲”重复"),
        ("co_parties", "“共同当事人”第 4 行“乙”重复"),
    ]
    assert told(party="甲", co_parties=({"name": "乙"},)) == []


def test_once_one_is_fined_each_has_its_figure() -> None:
    missing = ("co_parties", "“共同当事人”每一个都要写罚款，不罚款的写 0")
    two = ({"name": "乙", "fine": "100"}, {"name": "丙", "fine": " "})
    assert told(party="甲", amount=100, co_parties=two) == [missing]
    assert told(party="甲", amount=100, co_parties=two[:1]) == []
    assert told(party="甲", amount=100) == []
    assert told(party="甲", co_parties=two) == [
        ("amount", "“共同当事人”写了罚款的，“罚款数额”也要填")
    ]
    assert told(party="甲", co_parties=({"name": "乙"},)) == []


def test_rules_that_do_not_fit_are_found_when_the_form_loads() -> None:
    assert rule_faults("others:co_parties", KIND) == ["应写成 others:当事人表=当事人"]
    assert rule_faults("fines:amount=co_parties.name", KIND) == ["co_parties 没有金额列 name"]
    assert rule_faults("fines:amount=party.fine", KIND)[0] == "party 不是明细表"


def test_a_party_left_out_of_the_next_paper_is_told() -> None:
    before = Earlier("p", KIND, "第1号", date(2026, 9, 1), {"party": "甲", "co_parties": ROWS[:2]})
    found = compare(KIND, {"party": "甲"}, [before])
    (left_out,) = [one for one in found if one.standing is Standing.EMPTY]
    assert left_out.striking
    assert shown(JOINT, left_out.value) == "乙公司、丙公司"
    (hint,) = hints(found, {"party": "甲"})
    assert hint.message.endswith("不一致：此前为乙公司、丙公司，现为空")
