"""The file of a ledger nobody has used: migrated once for all tests, copied where one begins."""

from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from inspector_app.ledger.engine import LEDGER, connect
from inspector_app.ledger.ledger import Ledger


@cache
def blank() -> bytes:
    """Its bytes, without the id of a device: whoever opens a copy gives it one of its own."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / LEDGER
        Ledger.open(path).close()
        with closing(connect(path, None, read_only=False, busy_ms=0)) as connection:
            connection.execute("DELETE FROM meta WHERE key = 'device'")
        return path.read_bytes()


def lay(path: Path) -> None:
    """Lay a blank ledger there unless something stands there already."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(blank())
