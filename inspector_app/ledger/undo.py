"""Takes an action back: the inverse of its changeset, unless something stands on it by now."""

from collections.abc import Sequence

from sqlalchemy import Column, Connection, Table, delete, func, insert, select, true, update
from sqlalchemy.exc import IntegrityError

from inspector_app.domain.papers import NumberState, PaperState
from inspector_app.errors import UserError
from inspector_app.ledger.changes import Cells, Op, rows_now
from inspector_app.ledger.schema import BUSINESS, business_columns, metadata
from inspector_app.ledger.schema.exchange import sync_in

_ISSUED = "这一步制发或作废了文书，不能撤销。"
_CHANGED = "这些内容后来又改过，不能撤销。"
_USED = "后来的登记用到了这些内容，不能撤销。"
_ORPHAN = "它所属的内容已不在，不能撤销。"
_NUMBER = "这一步取用了文书编号，不能撤销。"
_RECEIVED = "这一步是从共享库收到的，不能在本机撤销；要改就直接修改。"
_TAKEN_BACK = "登记已撤销"
_MADE_WITH = "已有文书用这个版本的格式，不能撤销；可以恢复随程序的格式，或者存一个新版本。"
_LOOK = "谁看过个人信息的记录不能撤销。"
_FINDING = "这是程序记下的两处同改，有人看过之后就不再提示，不能撤销。"
_REGISTER = "number_entry"
_FINAL = (PaperState.ISSUED.value, PaperState.VOID.value)


def _is_final(op: Op) -> bool:
    return op.t == "paper" and any(state in _FINAL for state in op.c.get("state", ()))


def _is_finding(op: Op) -> bool:
    """Whether it says that two PCs changed a case while apart; that somebody looked can go."""
    return op.t == "case_look" and op.c.get("found_id", ("", ""))[1] == ""


def _takes_number(ops: Sequence[Op]) -> bool:
    """Whether a number went to something that stays; a new case or clue takes its own with it."""
    new = {op.id for op in ops if op.k == "ins" and op.t in ("case", "clue")}
    return any(
        op.k != "ins" or op.c["paper_id"][1] not in new | {None} for op in ops if op.t == _REGISTER
    )


def _as_left(op: Op, now: Cells | None) -> bool:
    """Whether the row still is what the action left, whole merge groups taken together."""
    if op.k == "del":
        return now is None
    if now is None:
        return False
    left = {name: pair[1] for name, pair in op.c.items()} | op.gb
    return all(now.get(name) == value for name, value in left.items())


def _changed_since(connection: Connection, ops: Sequence[Op]) -> bool:
    for name in {op.t for op in ops}:
        mine = [op for op in ops if op.t == name]
        now = rows_now(connection, metadata.tables[name], [op.id for op in mine])
        if not all(_as_left(op, now.get(op.id)) for op in mine):
            return True
    return False


def _users(
    connection: Connection, table: Table, column: Column[object], ids: list[str]
) -> set[str]:
    """Ids of rows of `table` whose column names one of these ids."""
    if column.info.get("many"):
        each = func.json_each(column).table_valued("value")
        query = select(table.c.id).join_from(table, each, true()).where(each.c.value.in_(ids))
    else:
        query = select(table.c.id).where(column.in_(ids))
    return set(connection.scalars(query))


def _used_elsewhere(connection: Connection, ops: Sequence[Op]) -> bool:
    """Whether a row that stays refers to a row that would go."""
    going = {(op.t, op.id) for op in ops if op.k == "ins"}
    turning = {(op.t, op.id, name) for op in ops if op.k == "upd" for name in op.c}
    by_table: dict[str, list[str]] = {}
    for name, row_id in going:
        by_table.setdefault(name, []).append(row_id)
    for table in BUSINESS:
        for column in business_columns(table):
            ids = by_table.get(column.info.get("ref", ""))
            if not ids:
                continue
            users = _users(connection, table, column, ids)
            if any(
                (table.name, one) not in going and (table.name, one, column.name) not in turning
                for one in users
            ):
                return True
    return False


def _made_with(connection: Connection, op: Op) -> bool:
    """Whether a version of a form would go that papers were begun or made with."""
    if op.t != "template" or op.k != "ins":
        return False
    paper = metadata.tables["paper"].c
    wanted = (paper.kind == op.c["kind"][1], paper.form_version == op.c["version"][1])
    return connection.scalar(select(func.count()).where(*wanted)) != 0


def refusal(connection: Connection, ops: Sequence[Op]) -> str | None:
    """Why these ops cannot be taken back, as a sentence; None when they can."""
    if any(_is_final(op) for op in ops):
        return _ISSUED
    if _takes_number(ops):
        return _NUMBER
    if any(op.t == "access_entry" for op in ops):
        return _LOOK
    if any(_is_finding(op) for op in ops):
        return _FINDING
    if _changed_since(connection, ops):
        return _CHANGED
    if _used_elsewhere(connection, ops):
        return _USED
    if any(_made_with(connection, op) for op in ops):
        return _MADE_WITH
    return None


def _take_back(connection: Connection, op: Op) -> None:
    table = metadata.tables[op.t]
    if op.k == "ins" and op.t == _REGISTER:
        if op.c["state"][1] == NumberState.VOID.value:
            return  # passed over when it was drawn: it stays void for the reason it has
        # A number is never given twice: the one that was taken stays in the register as void.
        gone = {"state": NumberState.VOID.value, "paper_id": None, "reason": _TAKEN_BACK}
        connection.execute(update(table).where(table.c.id == op.id).values(gone))
        return
    if op.k == "ins":
        connection.execute(delete(table).where(table.c.id == op.id))
        return
    before = {name: pair[0] for name, pair in op.c.items()}
    if op.k == "del":
        connection.execute(insert(table).values(before))
    else:
        connection.execute(update(table).where(table.c.id == op.id).values(before))


def received(connection: Connection, seq: int) -> bool:
    """Whether that changeset came from the shared database."""
    found = select(func.count()).select_from(sync_in).where(sync_in.c.seq == seq)
    return connection.scalar(found) != 0


def take_back(connection: Connection, seq: int, ops: Sequence[Op]) -> None:
    """Apply the inverse of the ops of that step; UserError with the reason when it is refused."""
    reason = _RECEIVED if received(connection, seq) else refusal(connection, ops)
    if reason is not None:
        raise UserError(reason, kind="undo")
    try:
        for op in reversed(ops):
            _take_back(connection, op)
    except IntegrityError as error:
        raise UserError(_ORPHAN, kind="undo") from error
