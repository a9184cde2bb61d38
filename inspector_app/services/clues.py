"""The clue register: all that reaches the office is entered, and leaves only with a result."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from inspector_app.domain.cases import Case, Source
from inspector_app.domain.clues import Clue, CluePerson, ClueState
from inspector_app.domain.credit_code import check_credit_code
from inspector_app.domain.masking import mask_id_number, mask_name, mask_phone, mask_text
from inspector_app.errors import UserError
from inspector_app.ledger.ids import new_id
from inspector_app.ledger.unit import UnitOfWork
from inspector_app.ledger.views import CluePage, ClueQuery
from inspector_app.services.case_people import require_two
from inspector_app.services.cases import CaseForm, open_case
from inspector_app.services.claims import ClaimForm, enter_claims
from inspector_app.services.clocks import clue_due, timing
from inspector_app.services.desk import Desk
from inspector_app.services.numbers import CLUE_SERIES, draw, template
from inspector_app.services.settings import all_settings

HIDDEN = "（已隐去）"


@dataclass(frozen=True, slots=True)
class ClueForm:
    """What is asked when a clue is registered; only the employer and the channel are a must."""

    source: Source
    received_on: date
    employer_name: str
    scope: str
    credit_code: str = ""
    employer_address: str = ""
    project_name: str = ""
    cause: str = ""
    statement: str = ""
    workers: int | None = None
    amount_fen: int | None = None
    amount_written: str = ""
    period_from: str = ""  # YYYY-MM
    period_to: str = ""
    outside_no: str = ""
    import_key: str = ""
    flags: tuple[str, ...] = ()
    person_name: str = ""
    person_phone: str = ""
    person_id_number: str = ""
    person_address: str = ""
    person_note: str = ""
    confidential: bool = True  # a report (举报); False for a complaint in the person's own right


@dataclass(frozen=True, slots=True)
class ClueSheet:
    """A clue as shown; the reporting person is masked unless asked for in the open."""

    clue: Clue
    person: CluePerson | None
    code_problem: str
    decide_by: date | None = None  # the last day for deciding on it


def register_clue(desk: Desk, form: ClueForm) -> Clue:
    """Enter one clue and give it its register number."""
    with desk.work("登记线索") as uow:
        clue = enter(desk, uow, form, all_settings(desk))
        uow.commit()
    return clue


def enter(desk: Desk, uow: UnitOfWork, form: ClueForm, settings: dict[str, str]) -> Clue:
    """Enter one clue within a transaction that may hold many (import)."""
    if not form.employer_name.strip():
        raise UserError("请填写被反映的用人单位。", field="employer_name")
    if form.received_on > desk.today():
        raise UserError("接收日期不能晚于今天。", field="received_on")
    clue_id = new_id()
    number = draw(
        desk,
        uow,
        CLUE_SERIES,
        form.received_on,
        form=template(settings, "clue"),
        settings=settings,
        scope=form.scope,
        owner_id=clue_id,
    )
    clue = Clue(
        id=clue_id,
        clue_no=number,
        scope=form.scope,
        city=desk.city,
        source=form.source,
        received_on=form.received_on,
        employer_name=form.employer_name.strip(),
        credit_code=form.credit_code.strip().upper(),
        employer_address=form.employer_address.strip(),
        project_name=form.project_name.strip(),
        cause=form.cause.strip(),
        statement=form.statement.strip(),
        workers=form.workers,
        amount_fen=form.amount_fen,
        amount_written=form.amount_written.strip(),
        period_from=form.period_from,
        period_to=form.period_to,
        outside_no=form.outside_no.strip(),
        import_key=form.import_key,
        flags=form.flags,
    )
    uow.add(clue)
    if _names_somebody(form):
        uow.add(
            CluePerson(
                id=clue_id,
                clue_id=clue_id,
                name=form.person_name.strip(),
                phone=form.person_phone.strip(),
                id_number=form.person_id_number.strip().upper(),
                address=form.person_address.strip(),
                note=form.person_note.strip(),
                confidential=form.confidential,
            )
        )
    return clue


def _names_somebody(form: ClueForm) -> bool:
    parts = (form.person_name, form.person_phone, form.person_id_number, form.person_address)
    return any(part.strip() for part in (*parts, form.person_note))


def clue_list(desk: Desk, query: ClueQuery) -> CluePage:
    """One page of the register."""
    with desk.ledger.read() as view:
        return view.clue_rows(query)


def clue_sheet(desk: Desk, clue_id: str, *, reveal: bool = False) -> ClueSheet:
    """One clue; `reveal` shows the reporting person in the open."""
    with desk.ledger.read() as view:
        clue = view.get(Clue, clue_id)
        person = view.first(CluePerson, clue_id=clue_id)
    if person and not reveal:
        person = replace(
            person,
            name=mask_name(person.name),
            phone=mask_phone(person.phone),
            id_number=mask_id_number(person.id_number),
            address=person.address and HIDDEN,
            note=person.note and HIDDEN,
        )
    problem = check_credit_code(clue.credit_code).problem if clue.credit_code else ""
    clock = clue_due(timing(desk), clue.received_on)
    return ClueSheet(clue, person, problem, clock.ends if clock else None)


def conclude_clue(
    desk: Desk, clue_id: str, state: ClueState, on: date, conclusion: str, reply: str = ""
) -> Clue:
    """Close a clue without a case: the reason is a must, for the person who reported is told."""
    if state in {ClueState.OPEN, ClueState.FILED}:
        raise UserError("请选择不予受理、已转送、已化解或重复。", field="state")
    if not conclusion.strip():
        raise UserError("请写明理由，办结后要据此答复反映人。", field="conclusion")
    with desk.work(f"线索办结：{state.label}") as uow:
        clue = _open_clue(uow, clue_id, on, desk.today())
        clue = replace(
            clue,
            state=state,
            concluded_on=on,
            conclusion=conclusion.strip(),
            reply=reply.strip(),
        )
        uow.save(clue)
        uow.commit()
    return clue


def file_clue(
    desk: Desk,
    clue_id: str,
    on: date,
    *,
    lead_id: str | None = None,
    assist_id: str | None = None,
    cause: str = "",
    together: Sequence[str] = (),
) -> Case:
    """Turn a clue into a case, filed on that day (监察条例 14②).

    `together` are further clues about the same unit that go into the same case. What each person
    reported as owing to them becomes a wage claim, so that nothing is typed a second time.
    """
    require_two(lead_id, assist_id)
    settings = all_settings(desk)
    with desk.work("线索立案") as uow:
        clues = [_open_clue(uow, one, on, desk.today()) for one in (clue_id, *together)]
        first = clues[0]
        for other in clues[1:]:
            if other.employer_name != first.employer_name:
                message = f"线索 {other.clue_no} 反映的是另一家单位，不能并案。"
                raise UserError(message, field="together")
        case = open_case(
            desk, uow, _case_form(first, clues, on, lead_id, assist_id, cause), settings
        )
        enter_claims(uow, case.id, _claims_of(uow, clues))
        for clue in clues:
            done = replace(clue, state=ClueState.FILED, case_id=case.id, concluded_on=on)
            uow.save(replace(done, conclusion=f"已立案，案件编号 {case.case_no}"))
        uow.commit()
    return case


def _case_form(
    first: Clue,
    clues: Sequence[Clue],
    on: date,
    lead_id: str | None,
    assist_id: str | None,
    cause: str,
) -> CaseForm:
    known = [clue.amount_fen for clue in clues if clue.amount_fen is not None]
    workers = [clue.workers or (1 if clue.amount_fen is not None else 0) for clue in clues]
    return CaseForm(
        employer=first.employer_name,
        credit_code=first.credit_code,
        employer_address=first.employer_address,
        scope=first.scope,
        project=next((clue.project_name for clue in clues if clue.project_name), ""),
        source=first.source,
        cause=cause or first.cause,
        facts=mask_text("\n".join(dict.fromkeys(c.statement for c in clues if c.statement))),
        workers=sum(workers) or None,
        amount_fen=sum(known) if known else None,
        amount_written="；".join(clue.amount_written for clue in clues if clue.amount_written),
        received_on=min(clue.received_on for clue in clues),
        filed_on=on,
        clue_id=first.id,
        lead_id=lead_id,
        assist_id=assist_id,
    )


def _claims_of(uow: UnitOfWork, clues: Sequence[Clue]) -> list[ClaimForm]:
    """A claim for each person who complained of what is owing to him or her alone.

    Who asked for confidence is left out: the list goes to the employer with the order.
    """
    forms = []
    for clue in clues:
        person = uow.first(CluePerson, clue_id=clue.id)
        if person is None or person.confidential or not person.name:
            continue
        if clue.amount_fen is None or (clue.workers or 1) > 1:
            continue
        forms.append(
            ClaimForm(
                name=person.name,
                due_fen=clue.amount_fen,
                id_number=person.id_number,
                phone=person.phone,
                period_from=clue.period_from,
                period_to=clue.period_to,
            )
        )
    return forms


def same_unit(desk: Desk, clue_id: str) -> list[Clue]:
    """Other open clues about the same unit: candidates for one case."""
    with desk.ledger.read() as view:
        clue = view.get(Clue, clue_id)
        twins = view.find(Clue, employer_name=clue.employer_name, state=ClueState.OPEN)
    return [other for other in twins if other.id != clue_id]


def _open_clue(uow: UnitOfWork, clue_id: str, on: date, today: date) -> Clue:
    clue = uow.get(Clue, clue_id)
    if clue.state is not ClueState.OPEN:
        raise UserError(f"线索 {clue.clue_no} 已经办结（{clue.state.label}）。", kind="state")
    if on < clue.received_on:
        raise UserError("办理日期不能早于接收日期。", field="on")
    if on > today:
        raise UserError("办理日期不能晚于今天。", field="on")
    return clue
