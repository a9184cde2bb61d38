"""Where the shared database is, how the exchange stands, and what is disputed, in plain words."""

from dataclasses import dataclass
from pathlib import Path

from inspector_app.domain.cases import Case
from inspector_app.errors import UserError
from inspector_app.services.desk import Desk
from inspector_app.services.exchange import (
    Dispute,
    RecordState,
    Refused,
    keep_dsn,
    kept_dsn,
    record_states,
    waiting_decisions,
)
from inspector_app.services.field_words import (
    LEGAL_FIELDS,
    LEGAL_GROUPS,
    column_words,
    table_words,
    value_words,
)
from inspector_app.sync import outbox
from inspector_app.sync.pg import parts_of

MOST_COUNTED = 1000
_PORT = "5432"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the shared database is, and as whom; never a password."""

    host: str = ""
    port: str = _PORT
    database: str = ""
    user: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a conflict: its name, what stands here or came from here, what is shared."""

    name: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A conflict or a refused change as somebody decides it."""

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
    fields: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How this PC stands to the shared database."""

    waiting: int
    choices: tuple[Choice, ...]
    shared: bool  # something was exchanged before

    def open(self) -> int:
        """How many choices still have to be made."""
        return sum(not one.answered for one in self.choices)


def kept_place(folder: Path) -> Place:
    """What was kept; empty fields when nothing was."""
    dsn = kept_dsn(folder)
    if not dsn:
        return Place()
    said = {key: str(value) for key, value in parts_of(dsn).items()}
    return Place(
        said.get("host", ""), said.get("port", _PORT), said.get("dbname", ""), said.get("user", "")
    )


def dsn_of(place: Place) -> str:
    """The connection string of a place; UserError names the field that is missing."""
    needed = (
        ("host", place.host, "服务器"),
        ("database", place.database, "库名"),
        ("user", place.user, "用户"),
    )
    for key, value, name in needed:
        if not value.strip():
            raise UserError(f"请填写{name}。", field=key)
    if not place.port.isdigit() or not 0 < int(place.port) < 65_536:
        raise UserError("端口应为 1 到 65535 的整数，一般是 5432。", field="port")
    said = {
        "host": place.host.strip(),
        "port": place.port,
        "dbname": place.database.strip(),
        "user": place.user.strip(),
    }
    return " ".join(f"{key}={_quoted(value)}" for key, value in said.items())


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def keep_place(folder: Path, place: Place) -> None:
    """Keep where the shared database is."""
    keep_dsn(folder, dsn_of(place))


def standing(desk: Desk) -> Standing:
    """What waits for upload, and what waits for a decision."""
    with desk.ledger.read() as view:
        fresh = len(outbox.unnumbered(view.connection, MOST_COUNTED))
        waiting = fresh + outbox.count(view.connection, outbox.QUEUED)
        shared = outbox.last_acked(view.connection) > 0
    found = waiting_decisions(desk)
    choices = [_of_conflict(one) for one in found.conflicts]
    choices += [_of_refused(desk, one) for one in found.refused]
    return Standing(waiting, tuple(choices), shared)


def case_choices(desk: Desk, case: Case) -> int:
    """How many open decisions there are in a case; before its papers are issued somebody looks."""
    found = waiting_decisions(desk, case=case)
    return sum(one.conflict.state == "open" for one in found.conflicts) + len(found.refused)


def case_state(desk: Desk, case_id: str) -> RecordState:
    """Where a case stands: 本机, 待上传, 已确认 or 有冲突."""
    return record_states(desk, "case", [case_id])[case_id]


def _of_conflict(dispute: Dispute) -> Choice:
    one = dispute.conflict
    names = [
        *(one.theirs or {}),
        *(name for name in one.mine or {} if name not in (one.theirs or {})),
    ]
    fields = [
        Difference(column_words(name), _side(one.t, name, one.mine), _side(one.t, name, one.theirs))
        for name in names
        if name not in ("id", "city")
        and (one.mine is None or one.theirs is None or one.mine.get(name) != one.theirs.get(name))
    ]
    return Choice(
        one.id, table_words(one.t), dispute.case_no, one.root_type, one.root_id,
        refused=False, legal=_is_legal(one.group, names), answered=one.state == "answered",
        why="", at=one.at, mine_by=one.mine_by, theirs_by=one.theirs_by, fields=tuple(fields),
    )  # fmt: skip


def _side(table: str, name: str, cells: dict[str, object] | None) -> str:
    return "已删除" if cells is None else value_words(table, name, cells.get(name))


def _of_refused(desk: Desk, one: Refused) -> Choice:
    first = one.ops[0] if one.ops else {}
    root_type, root_id = str(first.get("root_type", "")), str(first.get("root", ""))
    fields = [
        Difference(
            f"{table_words(op['t'])}：{column_words(name)}",
            value_words(op["t"], name, new),
            value_words(op["t"], name, old),
        )
        for op in one.ops
        if "t" in op
        for name, (old, new) in op.get("c", {}).items()
        if name not in ("id", "city")
    ]
    return Choice(
        str(one.n), one.action, _number(desk, root_type, root_id), root_type, root_id,
        refused=True, legal=True, answered=False, why=_why(one.why),
        at=one.at, mine_by="", theirs_by="", fields=tuple(fields),
    )  # fmt: skip


def _is_legal(group: str, names: list[str]) -> bool:
    return group in LEGAL_GROUPS or bool(LEGAL_FIELDS.intersection(names))


def _why(code: str) -> str:
    return REFUSALS.get(code, f"共享库没有收下（{code}）。")


def _number(desk: Desk, root_type: str, root_id: str) -> str:
    if root_type != "case":
        return ""
    with desk.ledger.read() as view:
        known = view.peek(Case, root_id)
    return known.case_no if known else ""


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
