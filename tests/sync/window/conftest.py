"""A window and another PC on one real PostgreSQL."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from psycopg import conninfo
from pytestqt.qtbot import QtBot

from inspector_app.domain.cases import Case
from inspector_app.domain.parties import Employer
from inspector_app.services.desk import Desk
from inspector_app.sync.pg import PgTransport
from inspector_app.turns import take_turns
from inspector_app.ui.pages.shared.page import SharedPage
from inspector_app.ui.shell import MainWindow
from tests.sync.conftest import Postgres
from tests.sync.fake_server import FakeServer
from tests.sync.pcs import Pc
from tests.ui.conftest import themed
from tests.ui.pages.conftest import OpenWindow, empty_desk, open_window

__all__ = ["empty_desk", "open_window", "themed"]

WAIT = 60_000


@pytest.fixture(autouse=True)
def as_the_program() -> Iterator[None]:
    """Threads take turns as in the program."""
    before = sys.getswitchinterval()
    take_turns()
    yield
    sys.setswitchinterval(before)


@dataclass
class Real:
    """The window of a1 and the PC of a2."""

    qtbot: QtBot
    window: MainWindow
    desk: Desk
    other: Pc
    postgres: Postgres

    def page(self) -> SharedPage:
        found = self.window.stack.current()
        assert isinstance(found, SharedPage)
        return found

    def quiet(self) -> None:
        self.qtbot.waitUntil(lambda: not self.window.tasks.busy(), timeout=WAIT)

    def words(self) -> str:
        return self.window.status.exchange.text()

    def fill_in(self, **other: str) -> None:
        """What a person types in 连接设置."""
        said = conninfo.conninfo_to_dict(self.postgres.of("a1"))
        self.window.open_page("shared", "place")
        self.quiet()
        form = self.page().place_form
        values = {"host": said["host"], "port": str(said["port"]), "database": said["dbname"]}
        form.form.set_values({**values, "user": said["user"], **other})
        form.password.edit.setText(str(other.get("password", said["password"])))

    def connect(self) -> None:
        self.fill_in()
        self.page().place_form.keep.click()
        self.quiet()

    def sync(self) -> None:
        """F5."""
        self.window.actions_.trigger("sync")
        self.quiet()

    def edit(self, case_id: str, **changes: Any) -> None:
        with self.desk.work("办理") as uow:
            uow.save(replace(uow.get(Case, case_id), **changes))
            uow.commit()


@pytest.fixture
def real(
    qtbot: QtBot, open_window: OpenWindow, empty_desk: Desk, tmp_path: Path, postgres: Postgres
) -> Iterator[Real]:
    """A window on an empty ledger that knows no shared database yet."""
    other = Pc(
        tmp_path / "other.ledger", FakeServer({}), "a2", lambda _, me: PgTransport(postgres.of(me))
    )
    other.add(Employer("employer-1", "青禾建筑劳务有限公司", "410402", "410400"))
    yield Real(qtbot, open_window(empty_desk), empty_desk, other, postgres)
    other.close()
