"""Steps held against the papers by which they are taken."""

from datetime import date
from typing import Any

import pytest

from inspector_app.domain.facts import Fact
from inspector_app.domain.guards.hearing import hearing_told
from inspector_app.domain.guards.penalty import amount
from inspector_app.domain.guards.situation import Situation
from inspector_app.domain.guards.written import Written, written
from inspector_app.domain.steps import Examined, examine, examine_paper
from tests.helpers.situations import a_situation, an_attempt, event, october, paper

DECISION = "penalty_decision"
TOLD, DAY = october(14), october(22)


def made(*papers: Written, **changes: Any) -> Situation:
    """A case told of its fine on the 14th, in which these papers were issued."""
    notice = event("penalty_notice", TOLD, codes=("KJ-01",), amount_fen=300_000, outcome="plain")
    facts = [Fact(f"issued:{one.kind}", one.on, "", one.ref, one.number) for one in papers]
    told = paper("penalty_notice", TOLD, TOLD)
    ends = {"D13": october(21), **changes.pop("ends", {})}
    return a_situation(told, notice, facts=facts, written=papers, ends=ends, **changes)


def a_paper(*fines: int, on: date = DAY, kind: str = DECISION, **said: Any) -> Written:
    return Written(f"paper-{fines}-{on}", kind, "罚1号", on, fines, **said)


def test_what_a_paper_says_of_its_fine_and_the_hearing() -> None:
    rows = ({"name": "乙", "fine": "200"}, {"name": "丙", "fine": ""}, {"name": "丁", "fine": "0"})
    values = {"amount": 300, "co_parties": rows, "hearing": "否", "you": "你"}
    said = written("p", DECISION, "罚1号", DAY, values)
    assert (said.fines, said.person, said.hearing) == ((300, 200, 0), True, "否")
    assert (said.total, said.heaviest, said.sums) == (500, 300, {300, 200, 0, 500})
    none = written("p", DECISION, "", DAY, {"hearing": "当事人没有要求听证。"})
    assert (none.fines, none.person, none.hearing) == ((), False, "")
    assert (none.total, none.heaviest, none.sums) == (0, 0, {0})


@pytest.mark.parametrize(
    ("papers", "unit", "person", "fits"),
    [
        ((), 300, None, True),
        ((a_paper(300),), 300, None, True),
        ((a_paper(300),), 200, None, False),
        ((a_paper(300),), None, 0, False),
        ((a_paper(),), 0, None, True),
        ((a_paper(),), 300, None, False),
        ((a_paper(300, 200),), 500, None, True),
        ((a_paper(300), a_paper(200)), 500, None, True),
        ((a_paper(300), a_paper(100, person=True)), 300, 100, True),
        ((a_paper(300), a_paper(100, person=True)), 300, 200, False),
        ((a_paper(300), a_paper(100, person=True)), 300, None, False),
        ((a_paper(300, person=True),), 300, None, True),
        ((a_paper(300, person=True),), 200, None, False),
        ((a_paper(300, person=True),), None, 300, True),
        ((a_paper(300),), 300, 100, True),  # the person's paper may have been made outside
    ],
)
def test_the_fine_of_a_step_is_that_of_its_papers(
    papers: tuple[Written, ...], unit: int | None, person: int | None, fits: bool
) -> None:
    attempt = an_attempt(DECISION, DAY, amount_fen=unit, person_fen=person)
    said = amount(made(*papers), attempt)
    assert (said == "") is fits
    assert fits or "与文书不一致（罚1号为" in said


def test_papers_of_the_telling_before_do_not_count() -> None:
    old, new = (a_paper(fen, on=day, kind="penalty_notice") for fen, day in ((1, TOLD), (2, DAY)))
    attempt = an_attempt("penalty_notice", DAY, amount_fen=2)
    assert amount(made(old, new), attempt) == ""
    assert amount(made(old), attempt) == ""


@pytest.mark.parametrize(
    ("hearing", "outcome", "said"),
    [
        ("否", "hearing", "没有写听证权利"),
        ("是", "plain", "写了听证权利"),
        ("是", "hearing", ""),
        ("否", "plain", ""),
    ],
)
def test_the_step_tells_of_a_hearing_as_the_notice_does(
    hearing: str, outcome: str, said: str
) -> None:
    notice = a_paper(300, kind="penalty_notice", hearing=hearing)
    found = hearing_told(made(notice), an_attempt("penalty_notice", DAY, outcome=outcome))
    assert (said in found) if said else found == ""


def decide(case: Situation, day: date) -> Examined:
    attempt = an_attempt(DECISION, day, amount_fen=300_000, approver="周岚")
    return examine(case, attempt)


def test_a_decision_made_while_the_party_could_be_heard_is_remade() -> None:
    case = made(a_paper(300_000, on=october(16)))
    (refusal,) = decide(case, DAY).refusals
    assert (refusal.guard, refusal.hard) == ("statement_over", True)
    assert refusal.sentence.startswith("罚1号在2026年10月16日制作时还没有听取陈述申辩")
    assert refusal.sentence.endswith("作废这份文书，期满后重新制作。")
    assert decide(made(a_paper(300_000, on=DAY)), DAY).refusals == ()


def test_what_is_still_open_on_the_day_of_the_step_is_said_once() -> None:
    found = decide(made(a_paper(300_000, on=october(16))), october(20)).refusals
    assert [one.message for one in found] == ["还没有听取陈述申辩，陈述申辩的时间也没有过"]


def test_a_paper_after_the_party_spoke_may_be_early() -> None:
    spoke = event("statement_waive", october(15))
    case = made(a_paper(300_000, on=october(16)))
    heard = a_situation(*case.events, spoke, facts=case.facts.all, written=case.written)
    assert decide(heard, DAY).refusals == ()


def test_of_a_paper_that_names_its_acts_itself_they_are_not_asked() -> None:
    """The acts of the notice before would be the wrong ones."""
    attempt = an_attempt("penalty_notice", DAY, amount_fen=99, outcome="plain")
    assert examine_paper(made(), attempt) == ()
    decision = an_attempt(DECISION, DAY, amount_fen=99)
    assert [one.guard for one in examine_paper(made(), decision)] == ["in_range"]
