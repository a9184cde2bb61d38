"""What waits for somebody: conflicts, refused changes, what merged by itself; in plain words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from inspector_app.domain.access import About, AccessWay, Field
from inspector_app.domain.cases import Case
from inspector_app.domain.clues import Clue
from inspector_app.domain.rights import Act
from inspector_app.errors import UserError
from inspector_app.ledger.history import HistoryEntry
from inspector_app.ledger.rows import Rows
from inspector_app.services import last_sync
from inspector_app.services.access import LOOKED, Look, look_at
from inspector_app.services.choice_words import Choice, Difference, Teller
from inspector_app.services.desk import Desk
from inspector_app.services.last_sync import LastSync
from inspector_app.services.left_here import left_here
from inspector_app.services.looks import SideBySide, waiting_looks
from inspector_app.sync import conflicts as disputes
from inspector_app.sync import held, let_go, outbox
from inspector_app.sync.conflicts import Conflict
from inspector_app.sync.let_go import GivenUp

__all__ = ["Choice", "Difference", "Standing"]

MOST_OVER = 200  # decided conflicts listed at once; the history of each case keeps all of its own
_ABOUT: Mapping[str, About] = {"case": About.CASE, "clue": About.CLUE}
_INFORMANT = ("clue", "clue_person")  # who reported, and what was said
_FIELDS: Mapping[str, Field] = {
    **{one.value: one for one in Field},
    **dict.fromkeys(("receiver", "witness", "host", "contact", "party"), Field.NAME),
    "bank": Field.BANK_CARD,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How this PC stands to the shared database."""

    waiting: int
    choices: tuple[Choice, ...]
    shared: bool  # something was exchanged before
    last: LastSync | None = None
    over: tuple[Choice, ...] = ()  # conflicts that were decided, latest first
    held: int = 0  # of what waits: sets that may not go out as things stand
    left: Mapping[str, str] = field(default_factory=dict)  # record that left, kept -> why

    def open(self, root_id: str = "") -> int:
        """How many choices still have to be made, of a record or of all."""
        asked = (one for one in self.choices if not one.answered and one.look is None)
        return sum(not one.held and root_id in ("", one.root_id) for one in asked)

    def stuck(self, root_id: str = "") -> int:
        """How many items are listed because they may not go out, of a record or of all."""
        return sum(one.held and root_id in ("", one.root_id) for one in self.choices)

    def looks(self) -> int:
        """How many cases wait for a look."""
        return len({one.root_id for one in self.choices if one.look is not None})


def standing(desk: Desk) -> Standing:
    """What waits for upload, and what waits for somebody."""
    with desk.ledger.read() as view:
        waiting = outbox.waiting(view.connection)
        shared = outbox.last_acked(view.connection) > 0
        last = last_sync.read(view)
        teller = Teller(view, desk.library)
        stuck, left = outbox.count(view.connection, outbox.HELD), left_here(view)
        choices = list(_waiting(view, teller))
        over = _over(view, teller)
    choices += [_of_look(one) for one in waiting_looks(desk)]
    shared = shared or last is not None
    return Standing(waiting, tuple(choices), shared, last, tuple(over), stuck, left)


def _over(view: Rows, teller: Teller) -> list[Choice]:
    """What was decided, the latest first: conflicts, and what was given up here."""
    found = [teller.conflict(one) for one in disputes.resolved(view.connection, MOST_OVER)]
    found += [teller.given_up(one) for one in let_go.given_up(view.connection)]
    return sorted(found, key=lambda one: one.at, reverse=True)[:MOST_OVER]


def _waiting(view: Rows, teller: Teller, case_id: str = "") -> Iterator[Choice]:
    for one in disputes.conflicts(view.connection, root_id=case_id or None):
        yield teller.conflict(one)
    for refused in disputes.refused(view.connection):
        if not case_id or any(op.get("root") == case_id for op in refused.ops):
            yield teller.refused(refused)
    for stuck in held.held(view.connection):
        if not case_id or any(op.get("root") == case_id for op in stuck.ops):
            yield teller.held(stuck)


def to_decide(desk: Desk, case_id: str = "") -> list[Choice]:
    """Conflicts, refused changes and what may not go out; of one case when it is named."""
    with desk.ledger.read() as view:
        return list(_waiting(view, Teller(view, desk.library), case_id))


def reveal_choice(desk: Desk, which: str, why: str) -> Choice:
    """One conflict or refused change in the open; the look is on record before.

    UserError without the right or a reason, and when nothing is covered.
    """
    with desk.ledger.read() as view:
        teller = Teller(view, desk.library, opened=True)
        found = next((one for one in _waiting(view, teller) if one.id == which), None)
        case = view.peek(Case, found.root_id) if found and found.root_type == "case" else None
        clue = view.peek(Clue, found.root_id) if found and found.root_type == "clue" else None
    if found is None:
        raise UserError("没有找到这个冲突，可能已经处理。", field="id", kind="not_found")
    if not found.hides():
        raise UserError("这里没有隐去的内容。", kind="state")
    known = case or clue
    look = Look(
        way=AccessWay.REVEAL,
        about=_ABOUT.get(found.root_type, About.MANY),
        about_id=known.id if known else "",
        fields={_field_of(one) for one in found.fields if one.hidden},
        why=why,
        scope=known.scope if known else "",
    )
    informant = any(one.hidden and one.table in _INFORMANT for one in found.fields)
    look_at(desk, Act.REVEAL_INFORMANT if informant else Act.REVEAL, LOOKED, look)
    return found


def _field_of(one: Difference) -> Field:
    return _FIELDS.get(one.column, Field.STATEMENT)


def conflict_history(desk: Desk, case_id: str) -> list[HistoryEntry]:
    """The conflicts of a case, also those long decided: both values, who chose what and why.

    So also what was given up on this PC of what the shared database did not take.
    """
    with desk.ledger.read() as view:
        teller = Teller(view, desk.library)
        every = disputes.conflicts(view.connection, root_id=case_id, every=True)
        given = let_go.given_up(view.connection, case_id)
        found = [_entry(teller.conflict(one), one) for one in every]
        return found + [_given_entry(teller.given_up(one), one) for one in given]


def _given_entry(choice: Choice, one: GivenUp) -> HistoryEntry:
    values = "；".join(f"{field.name} {field.theirs} → {field.mine}" for field in choice.fields)
    said = f"{values}。{choice.decision}" if values else choice.decision
    return HistoryEntry(
        choice.id, 0, datetime.fromisoformat(one.at), one.by, "", "放弃了本机改动", said, None, (),
        0, undoable=False,
    )  # fmt: skip


def _entry(choice: Choice, one: Conflict) -> HistoryEntry:
    values = "；".join(
        f"{field.name}：{one.theirs_by} {field.theirs}，{one.mine_by} {field.mine}"
        for field in choice.fields
    )
    said = f"{values}。{choice.decision or '还没有处理'}"
    return HistoryEntry(
        one.id, 0, datetime.fromisoformat(one.at), one.resolved_by or one.mine_by, "",
        "两处改了同一内容", said, None, (), 0, undoable=False,
    )  # fmt: skip


def _of_look(one: SideBySide) -> Choice:
    title = "　".join(part for part in (one.unit, "两处同时改过") if part)
    return Choice(
        f"look:{one.case_id}:{one.on}", title, one.case_no, "case", one.case_id,
        refused=False, legal=True, answered=False, why="", at=one.on,
        mine_by=one.by_name, theirs_by="", look=one,
    )  # fmt: skip
