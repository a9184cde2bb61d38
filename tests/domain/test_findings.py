"""From answers to findings, and from findings to the words of an order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.domain.findings import (
    OpenPoint,
    OrderText,
    findings,
    open_points,
    order_text,
    unseen,
)
from inspector_app.domain.inspections import Answer
from tests.helpers.builders import a_check_item, a_checklist, an_answer

PAY = a_check_item("C33")
DISPUTE = a_check_item(
    "C07",
    question="有无因争议停拨人工费？",
    good_answer=Answer.NO,
    articles=("工资条例 35", "工资条例 11"),
    violations=("GZ-14",),
    finding="因质量争议停拨人工费用。",
    demand="按约拨付人工费用。",
)
BOARD = a_check_item(
    "C44", question="设维权信息告示牌？", finding="", demand="", violations=("GZ-12",)
)
LIST = a_checklist(DISPUTE, PAY, BOARD)


def test_the_bad_answers_become_findings_in_the_order_of_the_checklist() -> None:
    answers = [
        an_answer("C33", Answer.PARTLY, " 涉及12人 "),
        an_answer("C07", Answer.YES),
        an_answer("C44", Answer.YES),
    ]
    found = findings(LIST, answers, {"C07"})
    assert [(one.item_id, one.answer, one.note, one.proven) for one in found] == [
        ("C07", Answer.YES, "", True),
        ("C33", Answer.PARTLY, "涉及12人", False),
    ]
    assert found[1].violations == ("GZ-22",)


@pytest.mark.parametrize("answer", list(Answer))
def test_an_item_fails_on_its_bad_answer_and_on_partly(answer: Answer) -> None:
    usual = findings(LIST, [an_answer("C33", answer)])
    turned = findings(LIST, [an_answer("C07", answer)])
    assert bool(usual) == (answer in {Answer.NO, Answer.PARTLY})
    assert bool(turned) == (answer in {Answer.YES, Answer.PARTLY})


def test_every_failed_item_needs_evidence() -> None:
    answers = [an_answer("C33", Answer.NO), an_answer("C07", Answer.PARTLY)]
    assert open_points(LIST, answers, {"C07"}) == (
        OpenPoint("C33", "C33 答“否”，请附至少一份证据"),
    )
    assert open_points(LIST, answers, {"C07", "C33"}) == ()


def test_an_answer_the_checklist_does_not_know_is_told() -> None:
    (point,) = open_points(LIST, [an_answer("C99", Answer.NO)], ())
    assert point.message == "C99 不在检查表“演示检查表”里，请重新作答"


def test_unseen_items_are_listed_and_keep_nothing_open() -> None:
    answers = [an_answer("C33", Answer.NOT_APPLICABLE), an_answer("C44", Answer.UNCHECKED)]
    assert unseen(LIST, answers) == ("C07", "C44")
    assert open_points(LIST, answers, ()) == ()


def test_findings_become_numbered_sentences_without_repetition() -> None:
    answers = [
        an_answer("C07", Answer.YES),
        an_answer("C33", Answer.PARTLY, "涉及12人。"),
        an_answer("C44", Answer.NO),
    ]
    assert order_text(findings(LIST, answers)) == OrderText(
        facts=(
            "（一）因质量争议停拨人工费用。\n"
            "（二）未按月足额支付农民工工资（部分）：涉及12人。\n"
            "（三）“设维权信息告示牌”一项不符合要求。"
        ),
        articles="工资条例 35、工资条例 11",
        demands="（一）按约拨付人工费用。\n（二）足额支付所欠工资。",
        violations=("GZ-14", "GZ-22", "GZ-12"),
    )


def test_a_single_finding_bears_no_number_and_none_gives_nothing() -> None:
    one = order_text(findings(LIST, [an_answer("C33", Answer.NO)]))
    assert (one.facts, one.demands) == ("未按月足额支付农民工工资。", "足额支付所欠工资。")
    assert order_text(()) == OrderText("", "", "", ())


def test_numbers_go_beyond_ten() -> None:
    items = [a_check_item(f"C{n:02d}", finding=f"问题{n}") for n in range(1, 54)]
    answers = [an_answer(item.id, Answer.NO) for item in items]
    lines = order_text(findings(a_checklist(*items), answers)).facts.split("\n")
    heads = [lines[n - 1].split("）")[0] + "）" for n in (1, 10, 11, 20, 21, 53)]
    assert heads == ["（一）", "（十）", "（十一）", "（二十）", "（二十一）", "（五十三）"]


@given(
    st.lists(st.sampled_from(Answer), min_size=3, max_size=3),
    st.sets(st.sampled_from(["C07", "C33", "C44"])),
)
def test_an_open_point_is_exactly_a_finding_without_evidence(
    given_answers: list[Answer], proven: set[str]
) -> None:
    answers = [
        an_answer(item.id, answer) for item, answer in zip(LIST.items, given_answers, strict=True)
    ]
    bare = {one.item_id for one in findings(LIST, answers, proven)} - proven
    assert {point.item_id for point in open_points(LIST, answers, proven)} == bare
