"""A shared database for the length of a measurement, encrypted where this machine's server can."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from psycopg import conninfo

from inspector_app.sync.server import embedded, install, tls, users
from inspector_app.sync.server.watchdog import dies_with_us
from inspector_app.sync.speed.bench import SCOPE, Place

_CITY = "410400"
_HOST = "shared.test"  # no name of any network


@contextmanager
def trial() -> Iterator[Place]:
    """A fresh shared database of one county; nothing of it survives.

    Its folder lies beside the caller's: as root it belongs to another account.
    """
    folder, programs = Path(tempfile.mkdtemp(prefix="inspector-trial-")), embedded.debian()
    bin_dir = programs or embedded.binaries()
    with dies_with_us(folder):
        try:
            admin = embedded.start(folder, bin_dir=bin_dir).dsn
            scopes = [install.Scope(code, code, _CITY) for code in (_CITY, SCOPE)]
            install.init(admin, scopes, trial=True)
            person = users.add_user(admin, "bench", [users.Grant(one.code) for one in scopes])
            if programs is not None:
                made = tls.authority(folder / "tls", _HOST)
                tls.turn_on(admin, folder / "data", made)
                admin, person = (tls.encrypted(dsn, made, _HOST) for dsn in (admin, person))
            yield Place(admin, person)
        finally:
            embedded.stop(folder, bin_dir=bin_dir)
            shutil.rmtree(folder, ignore_errors=True)


def is_encrypted(place: Place) -> bool:
    """Whether its lines are encrypted."""
    return conninfo.conninfo_to_dict(place.person).get("sslmode") == "verify-full"
