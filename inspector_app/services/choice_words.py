"""A conflict or a refused change in plain words: which record, which fields, who, and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from inspector_app.domain.cases import Case
from inspector_app.ledger.rows import Rows
from inspector_app.library.loading import Library
from inspector_app.services.field_words import (
    LEGAL_FIELDS,
    LEGAL_GROUPS,
    column_words,
    table_words,
)
from inspector_app.services.looks import SideBySide
from inspector_app.services.refusal_words import refusal_words
from inspector_app.services.said_values import Sayings, alike
from inspector_app.sync.conflicts import RESOLVED, Conflict, Refused
from inspector_app.sync.held import Held
from inspector_app.sync.let_go import GivenUp
from inspector_app.sync.shown import ANSWERED, Cells

DELETED = "已删除"
RETURNED = "上次的选择没有生效：送到之前，共享库的值又变了。这里是现在的值，请再选一次。"
NO_RIGHT = "这个账号没有这个县区的权限，请联系管理员。权限恢复后自动上传，此前留在本机。"
AS_IT_IS = "这个账号不能改这个县区的记录，或者共享库要先升级。可以上传时自动上传。"
HELD = "held:"  # begins the id of what may not go out
_UNSAID = ("id", "city")  # the same on both sides, and nobody chooses them


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a conflict: its name, what stands here or came from here, what is shared.

    `hidden`: there is more to it than is shown.
    """

    name: str
    mine: str
    theirs: str
    table: str = ""
    column: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A conflict, a refused change, or what merged by itself, as somebody decides it.

    `look` has no sides to choose between: what each side changed stands there to be read.
    `mark` names what is shown, `returned`: it was chosen before, and the row had moved on.
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
    mark: str = ""
    returned: bool = False
    code: str = ""  # of a refused one, as the shared database says it
    held: bool = False  # it may not go out as things stand; nothing of it was refused

    def hides(self) -> bool:
        """Whether a part of what is to be decided is covered."""
        return any(one.hidden for one in self.fields)


class Teller:
    """Puts what waits into words, with the names of one ledger; `opened` shows what is covered."""

    def __init__(self, view: Rows, library: Library, *, opened: bool = False) -> None:
        self._view, self._opened = view, opened
        self._covered, self._open = Sayings(view, library), Sayings(view, library, covered=False)

    def conflict(self, one: Conflict) -> Choice:
        """A conflict with every field of its group in which the sides differ."""
        names = list({**(one.theirs or {}), **(one.mine or {})})
        fields = tuple(self._differences(one, names))
        return Choice(
            one.id, self._title(one.t, one.row_id), self._number(one.root_type, one.root_id),
            one.root_type, one.root_id, refused=False, legal=_is_legal(one.group, names),
            answered=one.state == ANSWERED, why="", at=one.at, mine_by=one.mine_by,
            theirs_by=one.theirs_by, fields=fields, decision=self._decision(one), mark=one.mark,
            returned=one.returned,
        )  # fmt: skip

    def _differences(self, one: Conflict, names: list[str]) -> Iterator[Difference]:
        for name in names:
            if name in _UNSAID:
                continue
            if one.mine is None or one.theirs is None:
                mine, theirs = self._side(one, name, one.mine), self._side(one, name, one.theirs)
                yield self._difference(column_words(name), one.t, name, mine, theirs)
            elif name in one.mine and not alike(one.mine[name], one.theirs.get(name)):
                sides = one.mine[name], one.theirs.get(name)
                yield self._told(column_words(name), one.t, name, sides, one.root_id)

    def _told(
        self, words: str, table: str, name: str, sides: tuple[object, object], of: str
    ) -> Difference:
        """`of` is the aggregate."""
        shown = self._covered.pair(table, name, *sides, of)
        full = self._open.pair(table, name, *sides, of)
        return self._difference(words, table, name, (shown[0], full[0]), (shown[1], full[1]))

    def _side(self, one: Conflict, name: str, cells: Cells | None) -> tuple[str, str]:
        """What is shown of a side, and all of it."""
        if cells is None:
            return DELETED, DELETED
        at = one.t, name, cells.get(name), one.root_id
        return self._covered.value(*at), self._open.value(*at)

    def _difference(
        self, words: str, table: str, name: str, mine: tuple[str, str], theirs: tuple[str, str]
    ) -> Difference:
        hidden = mine[0] != mine[1] or theirs[0] != theirs[1]
        return Difference(
            words, mine[self._opened], theirs[self._opened], table, name, hidden=hidden
        )

    def _title(self, table: str, row_id: str) -> str:
        subject = self._covered.subject(table, row_id)
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
                f"{column_words(name)} {self._covered.value(one.t, name, value, one.root_id)}"
                for name, value in one.resolution.items()
                if name not in _UNSAID
            )
        return f"{one.resolved_by}选定：{chosen}。理由：{one.reason}"

    def refused(self, one: Refused) -> Choice:
        """A refused set: what it changed, each field as it is here and as it was before."""
        return self._of_ops(
            str(one.n), (one.action,), one.at, one.ops, refused=True, why=refusal_words(one.why),
            code=one.why,
        )  # fmt: skip

    def given_up(self, one: GivenUp) -> Choice:
        """What somebody gave up: what it had changed, who and why."""
        decision = f"{one.by}放弃了本机改动。理由：{one.reason}"
        which = f"given:{one.was.n}:{one.at}"
        return replace(
            self.refused(one.was), id=which, case_no=one.case_no, at=one.at, decision=decision
        )

    def held(self, one: Held) -> Choice:
        """Sets that wait together because they may not go out, as a refused one is said."""
        why = AS_IT_IS if one.granted else NO_RIGHT
        return self._of_ops(
            f"{HELD}{one.id}", one.actions, one.at, one.ops, held=True, why=why, code="held"
        )

    def _of_ops(
        self,
        which: str,
        actions: Sequence[str],
        at: str,
        ops: Sequence[Cells],
        *,
        why: str,
        code: str,
        refused: bool = False,
        held: bool = False,
    ) -> Choice:
        root_type, root_id = _root(ops)
        fields = tuple(
            self._told(
                f"{table_words(op['t'])}：{column_words(name)}", op["t"], name, (new, old),
                str(op.get("root", "")),
            )
            for op in ops
            if "t" in op
            for name, (old, new) in op.get("c", {}).items()
            if name not in _UNSAID and not alike(old, new)
        )  # fmt: skip
        unit = self._covered.subject(root_type, root_id)
        title = "　".join(part for part in ("、".join(actions), unit) if part)
        return Choice(
            which, title, self._number(root_type, root_id), root_type, root_id, refused=refused,
            legal=True, answered=False, why=why, at=at, mine_by="", theirs_by="", fields=fields,
            code=code, held=held,
        )  # fmt: skip


def _root(ops: Sequence[Cells]) -> tuple[str, str]:
    """The aggregate a set is said to be of: the first case in it, else the first there is."""
    roots = [(str(op.get("root_type", "")), str(op.get("root", ""))) for op in ops]
    return next((one for one in roots if one[0] == "case"), roots[0] if roots else ("", ""))


def _is_legal(group: str, names: list[str]) -> bool:
    return group in LEGAL_GROUPS or bool(LEGAL_FIELDS.intersection(names))
