"""The way out: numbers the changesets of the trail as deliveries and keeps their receipts."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from inspector_app.ledger.ids import new_id
from inspector_app.ledger.schema.exchange import sync_in, sync_out
from inspector_app.ledger.schema.machinery import changeset
from inspector_app.sync import memory, outgoing, wire
from inspector_app.sync.wire import Part, WireOp, part_id

QUEUED, ACKED, REJECTED, HELD, DROPPED = "queued", "acked", "rejected", "held", "dropped"
_DONE = (ACKED, REJECTED)
STEPS_AT_ONCE = 500  # steps of the trail numbered in one transaction: others can write in between
_MOST_COUNTED = 1000
# Less than a call may hold: the next one is prepared while the shared database works on this one.
_BYTES_AT_ONCE = wire.BYTES_A_CALL // 2
Root = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Sendable:
    """What the shared database takes: scopes it lets us write, and the columns it knows."""

    scopes: Collection[str]
    schema: int
    since: Mapping[tuple[str, str], int]

    def takes(self, scope: str, ops: Sequence[WireOp]) -> bool:
        """Whether a set can go now."""
        if scope not in self.scopes:
            return False
        targets = [op["to"] for op in ops if op["k"] == "move"]
        if any(target not in self.scopes for target in targets):
            return False
        return not wire.unknown_columns(ops, self.since, self.schema)


def _roots(ops: Sequence[WireOp]) -> set[Root]:
    return {(op["root_type"], op["root"]) for op in ops if "root" in op}


def next_n(connection: Connection) -> int:
    """The number of the next delivery."""
    return max(connection.scalar(select(func.max(sync_out.c.n))) or 0, 0) + 1


def last_acked(connection: Connection) -> int:
    """The highest number that has a receipt."""
    query = select(func.max(sync_out.c.n)).where(sync_out.c.state.in_((*_DONE, DROPPED)))
    return max(connection.scalar(query) or 0, 0)


def highest(connection: Connection) -> int:
    """The highest number ever given."""
    return next_n(connection) - 1


def unnumbered(connection: Connection, most: int) -> list[Row[Any]]:
    """Changesets of this PC that have no delivery number yet, oldest first."""
    known = memory.get(connection, memory.NUMBERED, 0)
    mine = changeset.c.seq.not_in(select(sync_in.c.seq))
    query = select(changeset.c.seq, changeset.c.id, changeset.c.at)
    query = query.where(changeset.c.seq > known, mine).order_by("seq").limit(most)
    return list(connection.execute(query))


def _let_go(parts: list[Part]) -> Iterator[Part]:
    """Each is freed once it was read: all of a large step at once hold up every other thread."""
    parts.reverse()
    while parts:
        yield parts.pop()


def _row(n: int, seq: int, place: int, part: Part, **rest: str) -> dict[str, object]:
    where = {"n": n, "seq": seq, "part": place, "first": part.first, "last": part.last}
    return {**where, "scope": part.scope, "ops": "", "receipt": "", **rest}


def number(connection: Connection, sendable: Sendable, most: int = STEPS_AT_ONCE) -> bool:
    """Give new sets their delivery numbers; a set that cannot go yet waits without one.

    Whatever touches an aggregate of which something waits, waits behind it. True when there is
    more to number: a ledger of years is not done in one transaction.
    """
    _release(connection, sendable)
    waiting = _waiting(connection)
    n, below = next_n(connection), connection.scalar(select(func.min(sync_out.c.n))) or 0
    below = min(below, 0)
    rows = []
    steps = unnumbered(connection, most)
    for step in steps:
        parts = _let_go(wire.split(outgoing.texts(connection, step.seq)))
        for place, part in enumerate(parts):
            roots = _roots(part.ops)
            held = not waiting.isdisjoint(roots) or not sendable.takes(part.scope, part.ops)
            if held:
                waiting |= roots
                below -= 1
            number_ = below if held else n
            n += not held
            rest = {"id": part_id(step.id, part), "at": step.at}
            state = HELD if held else QUEUED
            rows.append(_row(number_, step.seq, place, part, state=state, **rest))
    if rows:
        connection.execute(insert(sync_out), rows)
    more = len(steps) == most
    top = steps[-1].seq if more else connection.scalar(select(func.max(changeset.c.seq))) or 0
    if top != memory.get(connection, memory.NUMBERED, 0):
        memory.put(connection, memory.NUMBERED, top)
    return more


# The aggregates of which something waits: those of the held parts of each step. One that changes
# its scope is known by that very op, whose scope is already the new one.
_WAITING = """
SELECT DISTINCT change_op.root_type, change_op.root_id FROM sync_out
JOIN change_op ON change_op.seq = sync_out.seq
  AND change_op.n BETWEEN sync_out."first" AND sync_out."last"
WHERE sync_out.state = 'held' AND (json_extract(change_op.op, '$.scope') = sync_out.scope
  OR json_extract(change_op.op, '$.c.scope[0]') = sync_out.scope)
"""


def _waiting(connection: Connection) -> set[Root]:
    return {(kind, root) for kind, root in connection.exec_driver_sql(_WAITING)}


def _release(connection: Connection, sendable: Sendable) -> None:
    """Give held sets that can go now their numbers, in their order."""
    held = select(sync_out).where(sync_out.c.state == HELD)
    ready = held.where(sync_out.c.scope.in_(list(sendable.scopes)))
    if not connection.execute(ready.limit(1)).first():
        return
    waiting: set[Root] = set()
    for row in connection.execute(held.order_by(sync_out.c.seq, sync_out.c.part)).all():
        ops = outgoing.ops_of(connection, row)
        roots = _roots(ops)
        if waiting.isdisjoint(roots) and sendable.takes(row.scope, ops):
            free = {"n": next_n(connection), "state": QUEUED}
            connection.execute(update(sync_out).where(sync_out.c.n == row.n).values(free))
        else:
            waiting |= roots


def batch(connection: Connection, schema: int, after: int = 0) -> list[dict[str, Any]]:
    """The sets of the next call, in the order of their numbers; empty when all is delivered.

    `after` is the last number of a call that is on its way.
    """
    queued = (sync_out.c.state == QUEUED, sync_out.c.n > after)
    query = select(sync_out).where(*queued).order_by(sync_out.c.n)
    found: list[dict[str, Any]] = []
    size, moving = 0, dict[int, bool]()
    for row in connection.execute(query.limit(wire.SETS_A_CALL)).all():
        ops = outgoing.said(connection, row, moving)
        size += len(ops.text.encode())
        if found and size > _BYTES_AT_ONCE:
            break
        found.append(outgoing.set_with(connection, row, schema, ops))
    return found


def queue_ops(
    connection: Connection, scope: str, ops: Sequence[WireOp], at: str, *, seq: int = 0
) -> int:
    """Queue a set that the trail does not hold (a resolution)."""
    n = next_n(connection)
    part = Part(scope, 0, 0, ())
    values = _row(n, seq, 0, part, id=new_id(), at=at, state=QUEUED)
    connection.execute(insert(sync_out), values | {"ops": wire.text_of(list(ops))})
    return n


def settle(connection: Connection, set_id: str, receipt: Mapping[str, Any]) -> bool:
    """Keep the receipt of a delivery, known by number and id; False when there is none such.

    Another exchange of this PC may have kept it already.
    """
    state = ACKED if receipt["s"] == "ok" else REJECTED
    values = {"state": state, "receipt": wire.text_of(receipt)}
    where = (sync_out.c.n == receipt["n"], sync_out.c.id == set_id)
    waits = sync_out.c.state == QUEUED
    if connection.execute(update(sync_out).where(*where, waits).values(values)).rowcount == 1:
        return True
    known = select(func.count()).select_from(sync_out).where(*where)
    return connection.scalar(known) == 1


def rename(connection: Connection, n: int) -> None:
    """Give a set another id: the shared database knows its id from somebody else."""
    connection.execute(update(sync_out).where(sync_out.c.n == n).values(id=new_id()))


def requeue(connection: Connection, after: int) -> int:
    """Deliver again what a restored server forgot: everything after number `after`."""
    forgotten = (sync_out.c.n > after, sync_out.c.state != QUEUED)
    values = {"state": QUEUED, "receipt": ""}
    return connection.execute(update(sync_out).where(*forgotten).values(values)).rowcount


def refork(connection: Connection) -> str:
    """This ledger is an old copy of one that went on: another device name, everything anew.

    What was delivered before goes again under the new name, and is known by its id; nothing that
    was typed since is lost, and nothing is applied twice.
    """
    name = memory.new_device(connection)
    connection.execute(delete(sync_out).where(sync_out.c.state == DROPPED))
    rest = (sync_out.c.n > 0,)
    old = connection.scalars(select(sync_out.c.n).where(*rest).order_by(sync_out.c.n)).all()
    for new, n in enumerate(old, 1):
        values = {"n": new, "state": QUEUED, "receipt": ""}
        connection.execute(update(sync_out).where(sync_out.c.n == n).values(values))
    return name


def count(connection: Connection, *states: str, after: int | None = None) -> int:
    """How many sets are in one of these states, of all or after a number."""
    query = select(func.count()).select_from(sync_out).where(sync_out.c.state.in_(states))
    if after is not None:
        query = query.where(sync_out.c.n > after)
    return connection.scalar(query) or 0


def waiting(connection: Connection) -> int:
    """How many sets wait, also those that may not go now; those without a number as one each, up
    to a thousand of them."""
    return count(connection, QUEUED, HELD) + len(unnumbered(connection, _MOST_COUNTED))


def counted(connection: Connection) -> dict[str, int]:
    """How many sets are in each state."""
    query = select(sync_out.c.state, func.count().label("sets")).group_by(sync_out.c.state)
    return {row.state: row.sets for row in connection.execute(query)}


def receipts(connection: Connection, scope: str) -> dict[int, str]:
    """Place in the history of a scope -> id of the set of this PC that was taken there."""
    at = func.json_extract(func.nullif(sync_out.c.receipt, ""), "$.seq").label("at")
    query = select(at, sync_out.c.id).where(sync_out.c.state == ACKED, sync_out.c.scope == scope)
    return {row.at: row.id for row in connection.execute(query) if row.at is not None}


def rows(connection: Connection, *states: str) -> Iterator[Row[Any]]:
    """The deliveries in one of these states, oldest first."""
    query = select(sync_out).where(sync_out.c.state.in_(states)).order_by(sync_out.c.n)
    yield from connection.execute(query).all()
