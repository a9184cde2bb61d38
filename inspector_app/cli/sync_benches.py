"""What `bench sync` measures: the exchange on a PostgreSQL of its own, started for it."""

from collections.abc import Callable, Mapping
from pathlib import Path

from inspector_app.cli.benches import Bench, Measured
from inspector_app.cli.parts import Parts
from inspector_app.sync.server.trial import trial
from inspector_app.sync.speed import bench as sync_bench

ALL = "sync"


def _of_exchange(measure: sync_bench.Measurement) -> Callable[[Parts, Path, int], Measured]:
    def run(_parts: Parts, folder: Path, count: int) -> Measured:
        with trial() as place:
            found = measure(place, folder, count)
        return Measured(found.n, found.seconds, found.floor, found.calls)

    return run


SYNC_BENCHES: Mapping[str, Bench] = {
    name: Bench(usual, _of_exchange(measure))
    for name, (usual, measure) in sync_bench.BENCHES.items()
}
