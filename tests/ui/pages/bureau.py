"""A window on an empty ledger, another PC, and the shared database between them."""

import threading
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

from inspector_app.domain.cases import Case
from inspector_app.domain.parties import Employer
from inspector_app.services.desk import Desk
from inspector_app.ui.pages.shared.page import SharedPage
from inspector_app.ui.shell import MainWindow
from tests.sync.fake_line import FakeTransport
from tests.sync.fake_server import FakeServer
from tests.sync.pcs import GRANTS, Pc

WAIT = 30_000
SECRET = "not-a-real-one"  # noqa: S105  # invented, never leaves this file


@dataclass
class Bureau:
    """A window on an empty ledger, another PC, and the shared database between them."""

    qtbot: QtBot
    window: MainWindow
    desk: Desk
    server: FakeServer
    other: Pc
    lines: list[tuple[str, str, int]]

    def page(self) -> SharedPage:
        found = self.window.stack.current()
        assert isinstance(found, SharedPage)
        return found

    def quiet(self) -> None:
        self.qtbot.waitUntil(lambda: not self.window.tasks.busy(), timeout=WAIT)

    def sync(self) -> None:
        self.window.actions_.trigger("sync")
        self.quiet()

    def set_up(self) -> None:
        self.window.open_page("shared")
        self.quiet()
        form = self.page().place_form
        form.form.set_values({"host": "127.0.0.1", "database": "insp", "user": "a1"})
        form.password.edit.setText(SECRET)
        form.keep.click()
        self.quiet()

    def edit(self, case_id: str, **changes: Any) -> None:
        with self.desk.work("办理") as uow:
            uow.save(replace(uow.get(Case, case_id), **changes))
            uow.commit()

    def words(self) -> str:
        return self.window.status.exchange.text()

    def disputed(self, **changes: Any) -> str:
        """A case both PCs changed: here one value, there 40 workers."""
        case_id = self.other.new_case()
        self.other.sync()
        self.sync()
        self.other.edit(Case, case_id, stated_workers=40)
        self.edit(case_id, **(changes or {"stated_workers": 38}))
        self.other.sync()
        self.sync()
        return case_id


def make_bureau(qtbot: QtBot, window: MainWindow, desk: Desk, folder: Path) -> Bureau:
    """Another PC beside the window, and a line to the model for both."""
    server = FakeServer(GRANTS)
    other = Pc(folder / "other.ledger", server, "a2")
    other.add(Employer("employer-1", "青禾建筑劳务有限公司", "410402", "410400"))
    lines: list[tuple[str, str, int]] = []

    def line(dsn: str, password: str) -> FakeTransport:
        lines.append((dsn, password, threading.get_ident()))
        return FakeTransport(server, "a1")

    window.exchange.open_line = line
    return Bureau(qtbot, window, desk, server, other, lines)
