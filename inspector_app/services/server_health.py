"""The health of the shared side, asked and decided by whoever looks after it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from inspector_app import __version__
from inspector_app.errors import UserError
from inspector_app.services.server_words import Newest
from inspector_app.sync import health as asked
from inspector_app.sync.health import Broken, DeviceHealth, Health, Keeper
from inspector_app.sync.pg import PgTransport
from inspector_app.sync.received import ReceivedLine
from inspector_app.sync.server import definitions
from inspector_app.sync.server.install import migrations

__all__ = ["DeviceHealth", "Health", "Keeper"]

LOST, WHOLE, DONE = "lost", "whole", "done"


@contextmanager
def line(dsn: str) -> Iterator[PgTransport]:
    """An administrator's line to the shared side, hung up at the end."""
    made = PgTransport(dsn)
    try:
        made.as_owner()
        yield made
    finally:
        made.close()


class KeeperLine(Keeper, ReceivedLine, Protocol):
    """A keeper's line that can be hung up."""

    def cut(self) -> None:
        """End a call that is under way, from another thread."""
        ...

    def close(self) -> None:
        """Hang up."""
        ...


def person_line(dsn: str, password: str) -> KeeperLine:
    """The line of somebody who looks after the shared side with a login of his own."""
    return PgTransport(dsn, password or None)


def look(line: Keeper) -> Health:
    """How the shared side is now; OutsideError when this login may not ask."""
    return Health.of(line.health())


def look_through(
    line: Keeper,
    health: Health,
    progress: Callable[[int, int], object] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> list[Broken]:
    """Verify every history, a piece at a time."""
    heads = {one.scope: one.seq for one in health.scopes}
    return asked.look_through(line, heads, progress, cancelled)


def decide(line: Keeper, word: str, why: str = "") -> int:
    """Say whether history was lost, is whole, or was brought back; how many numbers are void.

    Done while some PC was not here needs `why`: OutsideError of kind `missing` without it.
    """
    if word not in (LOST, WHOLE, DONE):
        raise UserError("请选择：确有丢失、没有丢失，或者已经补齐。", field="word")
    return line.decide(word, why)


def newest() -> Newest:
    """The shared side as this program would set it up."""
    return Newest(migrations()[-1].number, definitions.sha(), __version__)
