"""What `bench sync-window` measures: how late the loop of a window comes while it exchanges."""

import json
import sys
from pathlib import Path

from inspector_app.cli.benches import Bench, Measured, child
from inspector_app.cli.parts import Parts
from inspector_app.sync.server.trial import trial
from inspector_app.sync.speed import bench as sync_bench

CITY = 20_000  # cases
WINDOW = """
import sys
from pathlib import Path
from inspector_app.app_beats import main
print(main(Path(sys.argv[1])))
"""
WORK = ("load", "round", "push")
Beats = dict[str, dict[str, float]]


def measured(place: sync_bench.Place, folder: Path, count: int) -> Beats:
    """The beats of a window, by what it does, on a shared database of that many cases."""
    sync_bench.fill(place, folder, count)
    words = [sys.executable, "-c", WINDOW, str(folder / "window")]
    found: Beats = json.loads(child(words, told=f"{place.person}\n"))
    return found


def of_beats(count: int, found: Beats) -> Measured:
    """Seconds of its own for which the program kept its loop at most; floor: beside a thread that
    only computes."""
    worst = max(found[name]["own_worst_ms"] for name in WORK)
    return Measured(count, worst / 1000, found["beside"]["own_worst_ms"] / 1000, beats=found)


def window(_parts: Parts, folder: Path, count: int) -> Measured:
    """A window receives all cases, has nothing to exchange, and delivers the work of weeks."""
    with trial() as place:
        return of_beats(count, measured(place, folder, count))


WINDOW_BENCHES = {"sync-window": Bench(CITY, window)}
