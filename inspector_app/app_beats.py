"""How late the loop of a real window comes while it exchanges: for `bench`, as its own process.

A line on stdin names the shared database, because its password belongs into no list of processes.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path

from inspector_app.app import make_desk
from inspector_app.app_window import begin_rest, opened
from inspector_app.errors import OutsideError
from inspector_app.services.desk import Desk
from inspector_app.services.exchange import connect, keep_dsn
from inspector_app.services.exchange_bench import weeks_of_work
from inspector_app.ui.beats import Beats, Lateness, beside_work, doing_nothing, wait_until

SECONDS = 3.0  # how long a loop without an exchange is measured


def exchange_beats(
    open_desk: Callable[[], Desk],
    folder: Path,
    dsn: str,
    away: Callable[[Desk], object] = weeks_of_work,
    seconds: float = SECONDS,
) -> dict[str, Lateness]:
    """Of a window that does nothing, of one beside a thread that computes, and of one that receives
    all there is, has nothing to exchange, and delivers what was done `away`."""
    desk = open_desk()
    _, window = opened(desk, folder)
    begin_rest(window)
    window.exchange.open_line = lambda _kept, _password: connect(dsn)
    keep_dsn(folder, dsn)
    beats = Beats()

    def calm() -> bool:
        return not window.tasks.busy()

    def exchange() -> None:
        window.exchange.run()
        wait_until(calm)
        if window.exchange.state.trouble:
            raise OutsideError(window.exchange.state.trouble, kind="bench")

    wait_until(calm)
    found = {
        "idle": beats.during(lambda: doing_nothing(seconds)),
        "beside": beats.during(lambda: beside_work(seconds)),
        "load": beats.during(exchange),
        "round": beats.during(exchange),
    }
    away(desk)
    found["push"] = beats.during(exchange)
    window.close()
    desk.ledger.close()
    return found


def main(folder: Path) -> str:
    """The figures as JSON."""
    dsn = sys.stdin.readline().strip()
    found = exchange_beats(partial(make_desk, folder), folder, dsn)
    return json.dumps({name: asdict(one) for name, one in found.items()})
