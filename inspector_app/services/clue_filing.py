"""A clue, with others about the same unit, becomes a case (监察条例 14②)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from inspector_app.domain.cases import Case
from inspector_app.domain.claim_repeats import ListedClaim, repeats
from inspector_app.domain.clues import Clue, CluePerson, ClueState
from inspector_app.errors import UserError
from inspector_app.ledger.unit import UnitOfWork
from inspector_app.services.case_people import require_two
from inspector_app.services.cases import CaseForm, open_case
from inspector_app.services.claim_repeats import REPEAT
from inspector_app.services.claims import ClaimForm, enter_claims
from inspector_app.services.clues import covered, open_clue
from inspector_app.services.desk import Desk
from inspector_app.services.settings import all_settings


class Twice(StrEnum):
    """What becomes of clues in which one person seems to report one sum twice."""

    ASK = "ask"
    ONCE = "once"  # the sum of the clue named first counts
    BOTH = "both"


_SAID = {
    Twice.ASK: "",
    Twice.ONCE: "立案人确认：像是同一笔的只登记一笔",
    Twice.BOTH: "立案人确认：像是同一笔的是不同的款，分别登记",
}


@dataclass(frozen=True, slots=True)
class _Report:
    """What one person reported as owing to him or her alone."""

    clue: Clue
    person: CluePerson
    listed: ListedClaim


def file_clue(
    desk: Desk,
    clue_id: str,
    on: date,
    *,
    lead_id: str | None = None,
    assist_id: str | None = None,
    cause: str = "",
    together: Sequence[str] = (),
    twice: Twice = Twice.ASK,
) -> Case:
    """Turn a clue into a case, filed on that day.

    `together` are further clues about the same unit that go into the same case. What each person
    reported as owing to them becomes a wage claim, so that nothing is typed a second time; what
    one person seems to have reported twice (by telephone, and on the platform) is asked about:
    UserError of kind REPEAT, until `twice` says what it is.
    """
    require_two(lead_id, assist_id)
    settings = all_settings(desk)
    with desk.work("线索立案", _SAID[twice]) as uow:
        clues = [open_clue(uow, one, on, desk.today()) for one in (clue_id, *together)]
        _require_one_unit(clues)
        reports = list(_reports(uow, clues))
        left_out = _left_out(reports, twice)
        counted = [clue for clue in clues if clue.id not in left_out]
        form = _case_form(clues, counted, on)
        who = uow.find_in(CluePerson, "clue_id", [clue.id for clue in clues])
        form = replace(form, cause=cause or form.cause, lead_id=lead_id, assist_id=assist_id)
        form = replace(form, facts=covered(form.facts, who))
        case = open_case(desk, uow, form, settings)
        enter_claims(uow, case.id, _claims_of(one for one in reports if one.clue in counted))
        for clue in clues:
            said = f"已立案，案件编号 {case.case_no}"
            if clue.id in left_out:
                said += f"；反映的欠薪与 {left_out[clue.id].clue_no} 是同一笔，只登记一笔"
            done = replace(clue, state=ClueState.FILED, case_id=case.id, concluded_on=on)
            uow.save(replace(done, conclusion=said))
        uow.commit()
    return case


def same_unit(desk: Desk, clue_id: str) -> list[Clue]:
    """Other open clues about the same unit: candidates for one case."""
    with desk.ledger.read() as view:
        clue = view.get(Clue, clue_id)
        twins = view.find(Clue, employer_name=clue.employer_name, state=ClueState.OPEN)
    return [other for other in twins if other.id != clue_id]


def _require_one_unit(clues: Sequence[Clue]) -> None:
    for other in clues[1:]:
        if other.employer_name != clues[0].employer_name:
            message = f"{other.clue_no} 反映的是另一家单位，不能并案。"
            raise UserError(message, field="together")


def _reports(uow: UnitOfWork, clues: Sequence[Clue]) -> Iterator[_Report]:
    for clue in clues:
        person = uow.first(CluePerson, clue_id=clue.id)
        if person is None or not person.name:
            continue
        if clue.amount_fen is None or (clue.workers or 1) > 1:
            continue
        months = clue.period_from, clue.period_to
        listed = ListedClaim(person.name, person.id_number, *months, clue.amount_fen)
        yield _Report(clue, person, listed)


def _left_out(reports: Sequence[_Report], twice: Twice) -> dict[str, Clue]:
    """The ids of clues that report once more what the clue beside each of them did."""
    of = {id(one.listed): one.clue for one in reports}
    # Who did not ask for confidence comes first: only that sum can be listed.
    ordered = sorted(reports, key=lambda one: one.person.confidential)
    found = list(repeats([one.listed for one in ordered]))
    left: dict[str, Clue] = {}
    if twice is Twice.BOTH or not found:
        return left
    if twice is Twice.ONCE:
        for first, again in found:
            if of[id(first)].id not in left:  # else nothing of it would count
                left[of[id(again)].id] = of[id(first)]
        return left
    # Who reports is covered on the screen: the numbers of the clues have to do.
    told = "；".join(
        f"{of[id(first)].clue_no}（{first.sum_words}）与 "
        f"{of[id(again)].clue_no}（{again.sum_words}）"
        for first, again in found
    )
    raise UserError(f"像是同一人、月份重叠的：{told}。", kind=REPEAT)


def _case_form(clues: Sequence[Clue], counted: Sequence[Clue], on: date) -> CaseForm:
    """What the clues say, and the sums of those that count."""
    first = clues[0]
    known = [clue.amount_fen for clue in counted if clue.amount_fen is not None]
    workers = [clue.workers or (1 if clue.amount_fen is not None else 0) for clue in counted]
    return CaseForm(
        employer=first.employer_name,
        credit_code=first.credit_code,
        employer_address=first.employer_address,
        scope=first.scope,
        project=next((clue.project_name for clue in clues if clue.project_name), ""),
        source=first.source,
        cause=first.cause,
        facts="\n".join(dict.fromkeys(c.statement for c in clues if c.statement)),
        workers=sum(workers) or None,
        amount_fen=sum(known) if known else None,
        amount_written="；".join(clue.amount_written for clue in counted if clue.amount_written),
        received_on=min(clue.received_on for clue in clues),
        filed_on=on,
        clue_id=first.id,
    )


def _claims_of(reports: Iterator[_Report]) -> list[ClaimForm]:
    """A claim for each; who asked for confidence is left out: the list goes to the employer with
    the order."""
    return [
        ClaimForm(
            name=one.person.name,
            due_fen=one.listed.due_fen,
            id_number=one.person.id_number,
            phone=one.person.phone,
            period_from=one.listed.period_from,
            period_to=one.listed.period_to,
        )
        for one in reports
        if not one.person.confidential
    ]
