"""What forms say when part of what they could say is missing, and what no form may say."""

import re
from datetime import date

import pytest

from inspector_app.domain.paper_checks import check
from inspector_app.domain.paper_values import example_values
from inspector_app.domain.papers import PaperKind, Value
from inspector_app.papers.render import render
from tests.helpers.builders import calendar_between
from tests.papers.conftest import KINDS, Press, context
from tests.papers.pdf import text_of

TODAY = date(2026, 11, 18)
# Never given to the unit: they stay in the office, or go to whoever reported.
NOT_FOR_THE_UNIT = {
    "intake_form",
    "filing_approval",
    "investigation_report",
    "rejection_notice",
    "supplement_notice",
}


def printed(press: Press, **changes: Value) -> str:
    """The text of the order with other values than the example's."""
    kind = press.kinds["rectification_order"]
    return text_of(render(kind, example_values(kind) | changes, context(kind), press.fonts).pdf)


@pytest.mark.parametrize(
    ("gone", "said"),
    [
        (
            (),
            "拖欠劳动者3人2026年3月至9月工资，共计人民币64,200.00元（大写：陆万肆仟贰佰元整），人",
        ),
        (("workers",), "拖欠劳动者2026年3月至9月工资，共计人民币64,200.00元"),
        (("workers", "period"), "拖欠劳动者工资，共计人民币64,200.00元"),
        (("wage_table",), "拖欠劳动者3人2026年3月至9月工资，共计人民币64,200.00元"),
        (("workers", "wage_table"), "拖欠劳动者2026年3月至9月工资，共计人民币64,200.00元"),
        (("amount", "wage_table"), "拖欠劳动者3人2026年3月至9月工资。"),
        (("amount",), "拖欠劳动者3人2026年3月至9月工资。"),
    ],
)
def test_what_is_known_of_the_wages_never_vanishes_from_the_order(
    press: Press, gone: tuple[str, ...], said: str
) -> None:
    text = printed(press, **dict.fromkeys(gone))
    assert text.count("拖欠劳动者") == text.count(said) == 1
    assert ("人员和金额见附件" in text) is ("amount" not in gone and "wage_table" not in gone)


def test_an_order_without_wages_does_not_speak_of_paying_any(press: Press) -> None:
    text = printed(
        press, workers=None, period=None, amount=None, wage_table=None, facts="未设立告示牌。",
        articles="《保障农民工工资支付条例》第三十四条", demands="设立告示牌。",
        overdue="逾期不改正的，依法处理。", evidence="现场照片",
    )  # fmt: skip
    assert not re.search(r"支付|欠薪|拖欠|第二十六条|人民币|附件", text.replace("工资支付条例", ""))
    assert "附有关证明材料" in text


def test_the_consequences_are_the_ones_of_the_findings_and_can_be_edited(press: Press) -> None:
    field = press.kinds["rectification_order"].field("overdue")
    assert (field.default, field.required) == ("order.overdue", True)
    assert "逾期的，另行处理。" in printed(press, overdue="逾期的，另行处理。")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "你单位（统一社会信用代码91410400MA9K00000X，法定代表人（负责人）高某某），经查"),
        ({"legal_person": None}, "你单位（统一社会信用代码91410400MA9K00000X），经查"),
        ({"credit_code": None}, "你单位（法定代表人（负责人）高某某），经查"),
        ({"credit_code": None, "legal_person": None}, "你单位经查"),
    ],
)
def test_the_unit_is_named_with_what_is_known_of_it(
    press: Press, changes: dict[str, Value], said: str
) -> None:
    text = printed(press, **changes)
    assert said in text
    assert text.count("你单位经查") + text.count("），经查") == 1


def words_of(kind: PaperKind) -> str:
    """Everything a form prints by itself, its samples and choices included."""
    blocks = [(b.text, *(c for row in b.rows for c in row), *b.options.values()) for b in kind.body]
    fields = [(f.default, f.label, *f.options, str(f.example), str(f.longest)) for f in kind.fields]
    return "\n".join(text for texts in (*blocks, *fields) for text in texts)


@pytest.mark.parametrize("name", KINDS)
def test_no_form_tells_that_somebody_reported(kinds: dict[str, PaperKind], name: str) -> None:
    told = re.search(r"举报|投诉|case\.source|clue\.", words_of(kinds[name]))
    assert bool(told) is (name in NOT_FOR_THE_UNIT)


@pytest.mark.parametrize("name", KINDS)
def test_a_legal_person_may_always_be_another_person_in_charge(
    kinds: dict[str, PaperKind], name: str
) -> None:
    assert not re.search(r"法定代表人(?!（负责人）)", words_of(kinds[name]))


def test_a_proof_of_service_is_for_one_addressee(kinds: dict[str, PaperKind]) -> None:
    kind = kinds["proof_of_service"]
    assert kind.field("papers").default == "papers.to_serve"
    values = example_values(kind) | {"party": "甲公司、乙公司"}
    problems = check(kind, values, today=TODAY, calendar=calendar_between(2024, 2026))
    assert [(one.field, one.blocking) for one in problems] == [("party", True)]


def test_an_order_names_as_many_workers_as_its_table(kinds: dict[str, PaperKind]) -> None:
    kind = kinds["rectification_order"]
    values = example_values(kind) | {"workers": 4}
    problems = check(kind, values, today=TODAY, calendar=calendar_between(2024, 2026))
    assert [one.field for one in problems] == ["workers"]
