"""Guards about people, reasons and extensions, at their edges."""

import pytest

from inspector_app.domain.cases import Source
from inspector_app.domain.guards import people
from tests.helpers.builders import a_case
from tests.helpers.situations import PEOPLE, a_situation, an_attempt, event, october

DAY = october(9)
FILE = an_attempt("file", DAY)


@pytest.mark.parametrize(("approver", "refused"), [("", True), ("  ", True), ("周岚", False)])
def test_a_leader_approved_it(approver: str, refused: bool) -> None:
    said = people.approved(a_situation(), an_attempt("file", DAY, approver=approver))
    assert said == ("立案没有负责人批准" if refused else "")


@pytest.mark.parametrize(("note", "refused"), [("", True), (" \n", True), ("演示", False)])
def test_the_reason_is_written_down(note: str, refused: bool) -> None:
    said = people.reason(a_situation(), an_attempt("reject", DAY, note=note))
    assert said == ("不予受理要写明理由" if refused else "")


@pytest.mark.parametrize(
    ("certified", "count"), [((), 0), (("甲",), 1), (("甲", "甲"), 1), (PEOPLE, None)]
)
def test_two_different_inspectors_with_certificates(
    certified: tuple[str, ...], count: int | None
) -> None:
    said = people.two_inspectors(a_situation(certified=certified), FILE)
    assert said == ("" if count is None else f"持证监察员只有 {count} 人，不足两人")


def test_something_on_file_proves_the_facts() -> None:
    assert people.evidence(a_situation(has_evidence=True), FILE) == ""
    assert people.evidence(a_situation(has_evidence=False), FILE) == "没有任何证据在卷"


def test_only_a_case_from_above_has_the_four_things_to_do() -> None:
    close = an_attempt("close", DAY)
    assert people.superior(a_situation(case=a_case(source=Source.VISIT)), close) == ""
    bare = a_case(source=Source.SUPERIOR, filed_on=None)
    all_missing = "上级交办案件还没有到现场、面见当事人、提出处理意见、立案"
    assert people.superior(a_situation(case=bare), close) == all_missing
    done = [event(step, DAY) for step in ("site_visit", "met_party", "opinion")]
    assert people.superior(a_situation(*done, case=bare), close) == "上级交办案件还没有立案"
    filed = a_case(source=Source.SUPERIOR, filed_on=DAY)
    assert people.superior(a_situation(*done, case=filed), close) == ""
    assert "面见当事人" in people.superior(a_situation(done[0], done[2], case=filed), close)


def test_a_case_is_suspended_only_where_the_bureau_chose_it() -> None:
    suspend = an_attempt("suspend", DAY)
    assert people.suspension(a_situation(suspension=True), suspend) == ""
    assert people.suspension(a_situation(), suspend) == "本局没有启用中止办理"


TERMS = {"extendable": frozenset({"D05", "D06"}), "ends": {"D05": DAY, "D06": DAY}}


@pytest.mark.parametrize(
    ("rules", "day", "message"),
    [
        ((), 9, "没有写明延长哪个期限"),
        (("D01",), 9, "D01 没有可以延长的规定"),
        (("D05",), 9, ""),
        (("D05",), 10, "D05 已经到期或者没有起算"),
        (("D05", "D06"), 9, ""),
        (("D05", "D01"), 9, "D01 没有可以延长的规定"),
    ],
)
def test_a_term_is_extended_before_it_runs_out(
    rules: tuple[str, ...], day: int, message: str
) -> None:
    attempt = an_attempt("extend", october(day), rules=rules)
    assert people.extension_in_time(a_situation(**TERMS), attempt) == message


def test_a_term_is_extended_once_and_another_all_the_same() -> None:
    case = a_situation(event("extend", october(8), rules=("D05",)), **TERMS)
    again = an_attempt("extend", DAY, rules=("D05",))
    assert people.extension_in_time(case, again) == "D05 已经延长过一次"
    assert people.extension_in_time(case, an_attempt("extend", DAY, rules=("D06",))) == ""


def test_a_term_that_does_not_run_is_not_extended() -> None:
    case = a_situation(extendable=frozenset({"D33"}))
    said = people.extension_in_time(case, an_attempt("extend", DAY, rules=("D33",)))
    assert said == "D33 已经到期或者没有起算"


def test_the_articles_of_an_extension_are_those_of_the_term() -> None:
    case = a_situation(articles={"D06": "《河南》第十六条", "D05": "《监察》第十七条", "D42": ""})
    rules = ("D06", "D05", "D06", "D42", "D99")
    found = people.extension_articles(case, an_attempt("extend", DAY, rules=rules))
    assert found == ("《河南》第十六条", "《监察》第十七条")
