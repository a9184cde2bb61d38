"""Encrypts, opens and re-keys copies of a ledger, each killed at another point of its way.

Run as `python -m tests.helpers.encrypt_child FOLDER WHAT-POINT…`: FOLDER holds `plain` and
`sealed`; a copy stands beside them as WHAT-POINT afterwards. One process forks for all, for speed.
"""

import os
import shutil
import sys
from datetime import date
from pathlib import Path
from typing import Any, cast

from inspector_app.ledger.files import FileStore
from inspector_app.ledger.ledger import Ledger
from inspector_app.services import accounts, protection
from inspector_app.services.accounts import Login, Safe
from inspector_app.services.desk import Desk
from inspector_app.vault.sealing import FileKeys
from tests.helpers.vaults import CHEAP, NOW, OTHER, PASSWORD

WAYS = {"encrypt": "plain", "decrypt": "sealed", "rotate": "sealed"}


def bare_desk(folder: Path, login: Login | None = None) -> Desk:
    """A desk with a ledger and files, as far as encrypting needs one."""
    key = login.key if login else None
    return Desk(
        ledger=Ledger.open(folder / "ledger.db", key=key.database() if key else None),
        library=cast("Any", None),
        files=FileStore(folder / "files", FileKeys(key) if key else None),
        fonts=cast("Any", None),
        today=lambda: date(2026, 9, 28),
        now=lambda: NOW,
        city="410400",
    )


def change(folder: Path, what: str) -> None:
    """Do one of WAYS to the ledger of a folder."""
    safe = Safe.at(folder)
    login = accounts.log_in(safe, "李明", PASSWORD, NOW) if safe else None
    desk = bare_desk(folder, login)
    if what == "encrypt":
        protection.encrypt(desk, protection.plan(desk, "李明", "", PASSWORD, CHEAP))
    elif what == "decrypt":
        protection.decrypt(desk)
    elif login is not None:
        protection.rotate(desk, login, OTHER, cost=CHEAP)
    desk.ledger.close()


def killed(folder: Path, what: str, point: str) -> None:
    """A child that dies at the point."""
    shutil.copytree(folder / WAYS[what], folder / f"{what}-{point}")
    child = os.fork()
    if child == 0:
        os.environ["INSPECTOR_CRASH_AT"] = point
        change(folder / f"{what}-{point}", what)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    sys.stdout.write(f"{what}-{point} {os.waitstatus_to_exitcode(status)}\n")


def main() -> None:
    """Kill at each way and point that is named."""
    for name in sys.argv[2:]:
        what, _, point = name.partition("-")
        killed(Path(sys.argv[1]), what, point)


if __name__ == "__main__":
    main()
