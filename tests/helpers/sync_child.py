"""A program that exchanges once with the model, whose state is a file, until it is killed.

Run as `python -m tests.helpers.sync_child LEDGER SERVER ACCOUNT [FILES]`; with a folder of files
they go too, in small pieces.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.sync.fake_line import FakeTransport
from tests.sync.fake_server import FakeServer
from tests.sync.pcs import GRANTS, NOW


class FileTransport(FakeTransport):
    """What the model did stands in its file before the answer goes out."""

    def __init__(self, path: Path, me: str) -> None:
        server = FakeServer(GRANTS)
        server.__dict__.update(load(path))
        super().__init__(server, me)
        self.path = path

    def _answer(self, call: str, value: Any) -> Any:
        self.path.write_bytes(self.server.backup())
        return super()._answer(call, value)


def load(path: Path) -> dict[str, Any]:
    """The state of a model that was written down."""
    import pickle  # our own bytes of a moment ago

    state: dict[str, Any] = pickle.loads(path.read_bytes())  # noqa: S301  # as above
    return state


def main(talk: Callable[..., Any], run: Callable[[Any], Any]) -> None:
    """Exchange once."""
    from inspector_app.ledger.files import FileStore
    from inspector_app.ledger.ledger import Ledger
    from inspector_app.sync.attachments import files
    from inspector_app.sync.attachments.file_policy import ALL, FilePolicy, FilePost
    from tests.sync import fake_files

    ledger_path, server_path, me = sys.argv[1:4]
    ledger = Ledger.open(Path(ledger_path))
    more = {}
    if sys.argv[4:]:
        files.PIECE = fake_files.PIECE = 1000
        store = FileStore(Path(sys.argv[4]))
        more["files"] = FilePost(store, FilePolicy(ALL))
    line = FileTransport(Path(server_path), me)
    run(talk(ledger, line, now=lambda: NOW, page=1, **more)).run()
    ledger.close()


if __name__ == "__main__":
    from inspector_app.sync.exchange import Exchange
    from inspector_app.sync.talk import Talk

    main(Talk, Exchange)
