"""What waits for somebody: conflicts, refused changes, what merged by itself; in plain words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from inspector_app.domain.cases import Case
from inspector_app.ledger.history import HistoryEntry
from inspector_app.ledger.rows import Rows
from inspector_app.services import last_sync
from inspector_app.services.desk import Desk
from inspector_app.services.field_words import (
    LEGAL_FIELDS,
    LEGAL_GROUPS,
    column_words,
    table_words,
)
from inspector_app.services.last_sync import LastSync
from inspector_app.services.looks import SideBySide, waiting_looks
from inspector_app.services.said_values import Sayings
from inspector_app.sync import conflicts as disputes
from inspector_app.sync import outbox
from inspector_app.sync.conflicts import RESOLVED, Conflict, Refused

MOST_OVER = 200  # decided conflicts listed at once; the history of each case keeps all of its own
_UNSAID = ("id", "city")  # the same on both sides, and nobody chooses them


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a conflict: its name, what stands here or came from here, what is shared."""

    name: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A conflict, a refused change, or what merged by itself, as somebody decides it.

    `look` has no sides to choose between: what each side changed stands there to be read.
    """

    id: str
    title: str
    case_no: str
    root_type: str
    root_id: str
    refused: bool
    legal: bool
    answered: bool
    why: str
    at: str
    mine_by: str
    theirs_by: str
    fields: tuple[Difference, ...] = ()
    look: SideBySide | None = None
    decision: str = ""  # of one that is over: who chose what, and why


@dataclass(frozen=True, slots=True)
class Standing:
    """How this PC stands to the shared database."""

    waiting: int
    choices: tuple[Choice, ...]
    shared: bool  # something was exchanged before
    last: LastSync | None = None
    over: tuple[Choice, ...] = ()  # conflicts that were decided, latest first

    def open(self) -> int:
        """How many choices still have to be made."""
        return sum(not one.answered and one.look is None for one in self.choices)

    def looks(self) -> int:
        """How many cases wait for a look."""
        return len({one.root_id for one in self.choices if one.look is not None})


def standing(desk: Desk) -> Standing:
    """What waits for upload, and what waits for somebody."""
    with desk.ledger.read() as view:
        waiting = outbox.waiting(view.connection)
        shared = outbox.last_acked(view.connection) > 0
        last = last_sync.read(view)
        teller = _Teller(view, Sayings(view, desk.library))
        choices = [teller.conflict(one) for one in disputes.conflicts(view.connection)]
        choices += [teller.refused(one) for one in disputes.refused(view.connection)]
        over = [teller.conflict(one) for one in disputes.resolved(view.connection, MOST_OVER)]
    choices += [_of_look(one) for one in waiting_looks(desk)]
    return Standing(waiting, tuple(choices), shared or last is not None, last, tuple(over))


def conflict_history(desk: Desk, case_id: str) -> list[HistoryEntry]:
    """The conflicts of a case, also those long decided: both values, who chose what and why."""
    with desk.ledger.read() as view:
        teller = _Teller(view, Sayings(view, desk.library))
        every = disputes.conflicts(view.connection, root_id=case_id, every=True)
        return [_entry(teller.conflict(one), one) for one in every]


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


class _Teller:
    """Puts what waits into words, with the names of one ledger."""

    def __init__(self, view: Rows, sayings: Sayings) -> None:
        self._view, self._sayings = view, sayings

    def conflict(self, one: Conflict) -> Choice:
        names = [
            *(one.theirs or {}),
            *(name for name in one.mine or {} if name not in (one.theirs or {})),
        ]
        fields = tuple(
            Difference(column_words(name), *self._sides(one, name))
            for name in names
            if name not in _UNSAID
            and (one.mine is None or one.theirs is None or one.mine[name] != one.theirs[name])
        )
        return Choice(
            one.id, self._title(one.t, one.row_id), self._number(one.root_type, one.root_id),
            one.root_type, one.root_id, refused=False, legal=_is_legal(one.group, names),
            answered=one.state == disputes.ANSWERED, why="", at=one.at, mine_by=one.mine_by,
            theirs_by=one.theirs_by, fields=fields, decision=self._decision(one),
        )  # fmt: skip

    def _sides(self, one: Conflict, name: str) -> tuple[str, str]:
        if one.mine is None or one.theirs is None:
            sides = (one.mine, one.theirs)
            return (self._side(one.t, name, sides[0]), self._side(one.t, name, sides[1]))
        return self._sayings.pair(one.t, name, one.mine.get(name), one.theirs.get(name))

    def _side(self, table: str, name: str, cells: Mapping[str, object] | None) -> str:
        return "已删除" if cells is None else self._sayings.value(table, name, cells.get(name))

    def _title(self, table: str, row_id: str) -> str:
        subject = self._sayings.subject(table, row_id)
        return "　".join(part for part in (table_words(table), subject) if part)

    def _number(self, root_type: str, root_id: str) -> str:
        known = self._view.peek(Case, root_id) if root_type == "case" else None
        return known.case_no if known else ""

    def _decision(self, one: Conflict) -> str:
        if one.state != RESOLVED:
            return ""
        if one.resolution is None:
            chosen = "删除"
        elif not one.resolution:
            chosen = "维持原样"
        else:
            chosen = "，".join(
                f"{column_words(name)} {self._sayings.value(one.t, name, value)}"
                for name, value in one.resolution.items()
                if name not in _UNSAID
            )
        return f"{one.resolved_by}选定：{chosen}。理由：{one.reason}"

    def refused(self, one: Refused) -> Choice:
        first = one.ops[0] if one.ops else {}
        root_type, root_id = str(first.get("root_type", "")), str(first.get("root", ""))
        fields = tuple(
            Difference(
                f"{table_words(op['t'])}：{column_words(name)}",
                *self._sayings.pair(op["t"], name, new, old),
            )
            for op in one.ops
            if "t" in op
            for name, (old, new) in op.get("c", {}).items()
            if name not in _UNSAID
        )
        return Choice(
            str(one.n), one.action, self._number(root_type, root_id), root_type, root_id,
            refused=True, legal=True, answered=False, why=_why(one.why),
            at=one.at, mine_by="", theirs_by="", fields=fields,
        )  # fmt: skip


def _is_legal(group: str, names: list[str]) -> bool:
    return group in LEGAL_GROUPS or bool(LEGAL_FIELDS.intersection(names))


def _why(code: str) -> str:
    return REFUSALS.get(code, f"共享库没有收下（{code}）。")


REFUSALS = {
    "number_not_leased": "这个文号没有分配给本机。",
    "row_not_here": "共享库里还没有这条记录。",
    "parent_gone": "它所属的记录已经删除。",
    "scope_not_granted": "这个账号不能改这个县区的记录，请联系管理员。",
    "root_moved": "这条记录已经移送到别的县区。",
    "unknown_column": "共享库还不认识其中的内容，请管理员升级共享库。",
    "no_such_conflict": "共享库里没有这个冲突。",
    "row_in_use": "这条记录正被别的记录使用，不能删除。",
    "bad_data": "共享库认为内容不合规，请核对后再改一次。",
}
