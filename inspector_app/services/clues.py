"""The clue register: all that reaches the office is entered, and leaves only with a result."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from inspector_app.domain.cases import Source
from inspector_app.domain.clues import Clue, CluePerson, ClueState
from inspector_app.domain.credit_code import check_credit_code
from inspector_app.domain.masking import (
    COVERED,
    mask_id_number,
    mask_name,
    mask_people,
    mask_phone,
)
from inspector_app.errors import UserError
from inspector_app.ledger.ids import new_id
from inspector_app.ledger.unit import UnitOfWork
from inspector_app.ledger.views import CluePage, ClueQuery
from inspector_app.services.clocks import clue_due, timing
from inspector_app.services.desk import Desk
from inspector_app.services.numbers import CLUE_SERIES, draw, template
from inspector_app.services.settings import all_settings


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
    said: str = ""  # what was reported, as far as it may be read


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
    said = clue.statement if reveal else covered(clue.statement, [person] if person else [])
    if person and not reveal:
        person = replace(
            person,
            name=mask_name(person.name),
            phone=mask_phone(person.phone),
            id_number=mask_id_number(person.id_number),
            address=person.address and COVERED,
            note=person.note and COVERED,
        )
    problem = check_credit_code(clue.credit_code).problem if clue.credit_code else ""
    clock = clue_due(timing(desk), clue.received_on)
    return ClueSheet(clue, person, problem, clock.ends if clock else None, said)


def covered(text: str, people: Collection[CluePerson]) -> str:
    """What was said, with its numbers and whoever of these people it names hidden."""
    return mask_people(text, [one.name for one in people], [one.address for one in people])


def conclude_clue(
    desk: Desk, clue_id: str, state: ClueState, on: date, conclusion: str, reply: str = ""
) -> Clue:
    """Close a clue without a case: the reason is a must, for the person who reported is told."""
    if state in {ClueState.OPEN, ClueState.FILED}:
        raise UserError("请选择不予受理、已转送、已化解或重复。", field="state")
    if not conclusion.strip():
        raise UserError("请写明理由，办结后要据此答复反映人。", field="conclusion")
    with desk.work(f"线索办结：{state.label}") as uow:
        clue = open_clue(uow, clue_id, on, desk.today())
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


def open_clue(uow: UnitOfWork, clue_id: str, on: date, today: date) -> Clue:
    """A clue that can be dealt with on that day; UserError when it is closed or the day is not."""
    clue = uow.get(Clue, clue_id)
    if clue.state is not ClueState.OPEN:
        raise UserError(f"{clue.clue_no} 已经办结（{clue.state.label}）。", kind="state")
    if on < clue.received_on:
        raise UserError("办理日期不能早于接收日期。", field="on")
    if on > today:
        raise UserError("办理日期不能晚于今天。", field="on")
    return clue
