"""Looking at what is covered: allowed to whom it is for, and noted before anything is shown."""

from collections.abc import Collection
from dataclasses import dataclass

from inspector_app.domain.access import About, AccessEntry, AccessWay, Field
from inspector_app.domain.cases import Case
from inspector_app.domain.claims import WorkerPrivate
from inspector_app.domain.rights import Act
from inspector_app.errors import UserError
from inspector_app.ledger.ids import new_id
from inspector_app.ledger.rows import Rows
from inspector_app.ledger.unit import UnitOfWork
from inspector_app.services.case_ref import find_case
from inspector_app.services.claims import ClaimRow, claim_rows
from inspector_app.services.clues import ClueSheet, clue_sheet
from inspector_app.services.desk import Desk
from inspector_app.services.rights import refuse_unless, roles_of

LOOKED = "查看个人信息"
LEAST_REASON = 2  # characters
_WORKER = (Field.ID_NUMBER, Field.PHONE, Field.BANK_CARD)
_INFORMANT = (Field.NAME, Field.PHONE, Field.ID_NUMBER, Field.ADDRESS, Field.NOTE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What somebody is about to see. `scope` "" is that of the whole office."""

    way: AccessWay
    about: About
    about_id: str = ""
    person_id: str = ""
    fields: Collection[Field] = ()
    persons: int = 1
    why: str = ""
    scope: str = ""


def require(desk: Desk, act: Act) -> None:
    """UserError unless the person at the desk may."""
    with desk.ledger.read() as view:
        require_in(view, desk, act)


def require_in(view: Rows, desk: Desk, act: Act) -> None:
    """The same of a ledger that is open already."""
    refuse_unless(roles_of(view, desk.actor_id), act, desk.actor_id)


def may_see_access(desk: Desk) -> bool:
    """Whether the register of looks is for the person at the desk."""
    try:
        require(desk, Act.SEE_ACCESS)
    except UserError:
        return False
    return True


def note(desk: Desk, uow: UnitOfWork, look: Look) -> AccessEntry:
    """Put a look on record within a unit of work; who, when and why are part of it."""
    entry = AccessEntry(
        id=new_id(),
        scope=look.scope or desk.city,
        city=desk.city,
        way=look.way,
        about=look.about,
        about_id=look.about_id,
        person_id=look.person_id,
        fields=tuple(field.value for field in Field if field in look.fields),
        persons=look.persons,
        why=look.why.strip(),
        at=desk.now().isoformat(timespec="minutes"),
        by_id=desk.actor_id or "",
        by_name=desk.actor,
    )
    uow.add(entry)
    return entry


def look_at(desk: Desk, act: Act, action: str, look: Look) -> None:
    """The right, the reason, then the record: only after that may anything be shown."""
    why = look.why.strip()
    if len(why) < LEAST_REASON:
        raise UserError("请写明查看个人信息的理由，会留下记录。", field="why")
    with desk.work(action, why) as uow:
        require_in(uow, desk, act)
        note(desk, uow, look)
        uow.commit()


def reveal_workers(
    desk: Desk, case_ref: str, why: str, *, worker_id: str = ""
) -> tuple[ClaimRow, ...]:
    """The claims of a case with the numbers of one worker, or of all, in the open."""
    case = find_case(desk, case_ref)
    with desk.ledger.read() as view:
        people = {one.id: one for one in view.find(WorkerPrivate, case_id=case.id)}
        masked = claim_rows(view, case.id, desk.today())
        shown = claim_rows(view, case.id, desk.today(), reveal=True)
    if worker_id and worker_id not in people:
        raise UserError("没有找到这名劳动者，名单可能已改。", kind="not_found")
    wanted = {worker_id} if worker_id else set(people)
    seen = [people[one] for one in wanted]
    fields = {field for one in seen for field in _WORKER if getattr(one, field.value)}
    look = Look(
        way=AccessWay.REVEAL, about=About.CASE, about_id=case.id, person_id=worker_id,
        fields=fields, persons=len(seen), why=why, scope=case.scope,
    )  # fmt: skip
    look_at(desk, Act.REVEAL, LOOKED, look)
    both = zip(masked, shown, strict=True)
    return tuple(full if full.worker.id in wanted else hidden for hidden, full in both)


def reveal_clue(desk: Desk, clue_id: str, why: str) -> ClueSheet:
    """A clue with who reported, and what was said, in the open."""
    sheet = clue_sheet(desk, clue_id, reveal=True)
    person = sheet.person
    fields = {one for one in _INFORMANT if person and getattr(person, one.value)}
    look = Look(
        way=AccessWay.REVEAL, about=About.CLUE, about_id=clue_id,
        person_id=person.id if person else "", fields={*fields, Field.STATEMENT},
        persons=1 if person else 0, why=why, scope=sheet.clue.scope,
    )  # fmt: skip
    look_at(desk, Act.REVEAL_INFORMANT, "查看反映人", look)
    return sheet


def note_export(
    desk: Desk, why: str, fields: Collection[Field], persons: int, *, case: Case | None = None
) -> None:
    """A workbook with personal data in the open is about to be written: of a case, or of many."""
    look = Look(
        way=AccessWay.EXPORT,
        about=About.CASE if case else About.MANY,
        about_id=case.id if case else "",
        fields=fields,
        persons=persons,
        why=why,
        scope=case.scope if case else "",
    )
    look_at(desk, Act.EXPORT_FULL, "导出完整的个人信息", look)


def looks_at(desk: Desk, about_id: str) -> list[AccessEntry]:
    """Who looked into one clue or case, the last first."""
    with desk.ledger.read() as view:
        found = view.find(AccessEntry, about_id=about_id)
    return sorted(found, key=lambda one: (one.at, one.id), reverse=True)
