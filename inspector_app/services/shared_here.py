"""What of the shared database stands on this PC: cases by where they stand, counties by name."""

from collections.abc import Collection
from dataclasses import dataclass

from inspector_app.services.desk import Desk
from inspector_app.services.home import county_name
from inspector_app.sync import memory, state
from inspector_app.sync.state import RecordState

__all__ = ["RecordState"]


@dataclass(frozen=True, slots=True)
class County:
    """A county whose history this PC follows: how many cases, and up to which change."""

    name: str
    cases: int
    seq: int


@dataclass(frozen=True, slots=True)
class Here:
    """Cases by state, and the counties; empty before the first exchange."""

    states: dict[RecordState, int]
    counties: tuple[County, ...]


def where(desk: Desk, kind: str, ids: Collection[str]) -> dict[str, RecordState]:
    """Where these records stand; `kind` is their table: case, clue, inspection, paper, service …"""
    with desk.ledger.read() as view:
        return state.states(view.connection, kind, ids)


def here(desk: Desk) -> Here:
    """Count."""
    with desk.ledger.read() as view:
        counted, cases = state.counted(view.connection), state.by_scope(view.connection)
        followed = memory.cursors(view.connection)
    counties = [
        County(county_name(desk, scope), cases.get(scope, 0), seq)
        for scope, (seq, _) in sorted(followed.items())
    ]
    return Here(counted, tuple(counties))
