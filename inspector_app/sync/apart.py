"""Which cases had legal facts changed here and elsewhere while apart, read from the trail.

What was changed here and not yet received by the others stands in the sets that wait, and in those
that went out since the history of their scope was last received to its end. What they changed
stands in the steps that came in since. Where both touched one case, nobody has seen its whole.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, or_, select

from inspector_app.domain.looks import Fact
from inspector_app.ledger import changes
from inspector_app.ledger.schema import metadata
from inspector_app.ledger.schema.exchange import sync_conflict, sync_in, sync_out
from inspector_app.ledger.schema.machinery import change_op
from inspector_app.sync import memory, outbox, pending
from inspector_app.sync.outbox import ACKED

APART = "apart"
CASE = "case"
_MOST_FRESH = 10_000  # steps made while the exchange ran; what is older has its number by now
_NOT_ASKED = ("todo", "case_look")  # nothing of them stands on a paper
Legal = Callable[[str, str], bool]  # table, column
_Facts = dict[str, dict[Fact, int]]  # case -> what was changed, and in which step


@dataclass(frozen=True, slots=True)
class Finding:
    """A case, what was changed in it here, and what the others changed meanwhile."""

    case_id: str
    own: tuple[Fact, ...]
    other: tuple[Fact, ...]


def is_due(connection: Connection) -> bool:
    """Whether an exchange that starts now is to be looked at; while nothing waits, none is."""
    return not is_begun(connection) and bool(pending.scopes(connection))


def begin(connection: Connection) -> None:
    """Remember where an exchange starts; one that broke off goes on from where it started."""
    cursors = {scope: seq for scope, (seq, _) in memory.cursors(connection).items()}
    memory.put(connection, APART, {"step": changes.head(connection)[0], "cursors": cursors})


def is_begun(connection: Connection) -> bool:
    """Whether an exchange began with something waiting, and was not looked at since."""
    return memory.get(connection, APART) is not None


def end(connection: Connection) -> None:
    """The exchange came to its end and was looked at."""
    memory.put(connection, APART, None)


def findings(connection: Connection, legal: Legal) -> list[Finding]:
    """The cases changed on both sides since the exchange began, by their ids."""
    began = memory.get(connection, APART)
    if began is None:
        return []
    theirs = _arrived(connection, began["step"], legal)
    mine = _own(connection, began["cursors"], theirs.keys(), legal) if theirs else {}
    disputed = _disputed(connection, mine.keys())
    found = []
    for case_id, own in sorted(mine.items()):
        first = min(own.values())
        # What they changed before I touched the case was on my screen.
        others = {fact: step for fact, step in theirs[case_id].items() if step > first}
        shown = [fact for fact in others if not _in(fact, disputed)]
        last = max(others.values(), default=0)
        apart = tuple(fact for fact, step in own.items() if step < last)
        if shown and apart:
            found.append(Finding(case_id, apart, tuple(shown)))
    return found


def ops_of(connection: Connection, case_id: str) -> Iterator[dict[str, Any]]:
    """Everything the trail says of a case, oldest first."""
    query = select(change_op.c.op).where(
        change_op.c.root_id == case_id, change_op.c.root_type == CASE
    )
    for text in connection.scalars(query.order_by(change_op.c.seq, change_op.c.n)):
        yield json.loads(text)


def _arrived(connection: Connection, after: int, legal: Legal) -> _Facts:
    came = select(sync_in.c.seq).where(sync_in.c.seq > after)
    query = select(change_op.c.seq, change_op.c.root_id, change_op.c.op)
    query = query.where(change_op.c.seq.in_(came), change_op.c.root_type == CASE)
    rows = connection.execute(query.order_by(change_op.c.seq, change_op.c.n))
    came_in = ((row.seq, row.root_id, json.loads(row.op)) for row in rows)
    found: _Facts = {}
    for step, case_id, fact in _legal(came_in, legal):
        found.setdefault(case_id, {})[fact] = step  # when it last came
    return found


def _own(
    connection: Connection, cursors: dict[str, int], cases: Collection[str], legal: Legal
) -> _Facts:
    """What this PC changed in these cases and had not been received back with a whole history."""
    part = sync_out.c
    at = func.json_extract(func.nullif(part.receipt, ""), "$.seq").label("at")
    query = select(
        change_op.c.seq, change_op.c.root_id, change_op.c.op, part.scope, part.state, at
    ).join(sync_out, part.seq == change_op.c.seq)
    query = query.where(
        change_op.c.root_id.in_(pending.chosen(cases)),
        change_op.c.root_type == CASE,
        part.ops == "",
        change_op.c.n.between(part.first, part.last),
        or_(part.state.in_(pending.WAITING), part.state == ACKED),
    )
    rows = connection.execute(query.order_by(change_op.c.seq, change_op.c.n))
    sent = [
        (row.seq, row.root_id, json.loads(row.op))
        for row in rows
        if row.state != ACKED or (row.at or 0) > cursors.get(row.scope, 0)
    ]
    found: _Facts = {}
    for step, case_id, fact in _legal([*sent, *_fresh(connection, cases)], legal):
        found.setdefault(case_id, {}).setdefault(fact, step)  # when it was first touched
    return found


def _fresh(connection: Connection, cases: Collection[str]) -> list[tuple[int, str, Any]]:
    """Steps that have no delivery number yet."""
    steps = [row.seq for row in outbox.unnumbered(connection, _MOST_FRESH)]
    query = select(change_op.c.seq, change_op.c.root_id, change_op.c.op).where(
        change_op.c.seq.in_(pending.chosen(steps)),
        change_op.c.root_id.in_(pending.chosen(cases)),
        change_op.c.root_type == CASE,
    )
    rows = connection.execute(query.order_by(change_op.c.seq, change_op.c.n))
    return [(row.seq, row.root_id, json.loads(row.op)) for row in rows]


def _legal(ops: Iterable[tuple[int, str, Any]], legal: Legal) -> Iterator[tuple[int, str, Fact]]:
    """The legal facts these ops touched: step, case, fact."""
    for step, case_id, op in ops:
        columns = [name for name in op["c"] if legal(op["t"], name)]
        if op["t"] in _NOT_ASKED or not columns:
            continue
        for column in columns if op["k"] == "upd" else ("",):
            yield step, case_id, Fact(op["t"], op["id"], column)


def _disputed(connection: Connection, cases: Collection[str]) -> set[tuple[str, str, str]]:
    """Groups in which somebody is asked already: (table, row, group)."""
    query = select(sync_conflict.c.t, sync_conflict.c.row_id, sync_conflict.c.grp).where(
        sync_conflict.c.root_id.in_(pending.chosen(cases)), sync_conflict.c.state == "open"
    )
    return {(t, row_id, group) for t, row_id, group in connection.execute(query)}


def _in(fact: Fact, disputed: set[tuple[str, str, str]]) -> bool:
    group = metadata.tables[fact.t].columns[fact.column].info["group"] if fact.column else "row"
    return (fact.t, fact.id, group) in disputed or (fact.t, fact.id, "row") in disputed
