"""The server's health in the window of whoever looks after it."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QApplication

from inspector_app import __version__
from inspector_app.errors import OutsideError, UserError
from inspector_app.services import server_files
from inspector_app.services.server_files import Result
from inspector_app.sync.server import definitions
from inspector_app.ui.pages.settings.page import LOOKED_AT, SettingsPage
from inspector_app.ui.pages.shared.missing_dialog import MissingDialog
from inspector_app.ui.pages.shared.page import OVERVIEW, SERVER
from inspector_app.ui.screenshot import grab
from inspector_app.ui.theme import style
from inspector_app.ui.widgets.banners import Banner
from tests.conftest import PictureCheck
from tests.ui.fakes import RESOURCES
from tests.ui.pages.bureau import SECRET, Bureau
from tests.ui.test_drops import let_go

DEVICE: dict[str, Any] = {
    "device": "d-1", "pc": "PC-03", "login": "liming", "display": "李明", "disabled": False,
    "last_n": 412, "acked": 412, "waiting": 0, "seen": "2026-11-20T09:38:00+00:00",
    "skew_seconds": 2, "app": "inspector-app 0.1.0", "schema": 8, "was": "", "replaced": False,
    "leased": 12,
}  # fmt: skip
HEALTH: dict[str, Any] = {
    "now": "2026-11-20T09:41:00+00:00", "server": "PostgreSQL 18.1 on x86_64", "schema": 8,
    "step": 10, "program": __version__, "functions": definitions.sha(), "epoch": "e",
    "numbers": "leased", "paused": False, "suspected": True,
    "bytes": 87_300_000, "rejected": 3,
    "doubts": [{"login": "wangfang", "device": "d-2", "at": "2026-11-20T08:00:00+00:00"}],
    "devices": [
        DEVICE,
        {**DEVICE, "device": "d-2", "pc": "PC-07", "display": "王芳", "waiting": 38, "leased": 0,
         "skew_seconds": 720, "seen": "2026-11-20T09:31:00+00:00", "was": "d-0"},
        {**DEVICE, "device": "d-0", "pc": "PC-07", "display": "王芳", "replaced": True,
         "seen": "2026-11-02T16:20:00+00:00", "leased": 0},
    ],
    "scopes": [
        {"scope": "410402", "name": "新华区", "seq": 1840, "open": 2, "leased": 12,
         "at": "2026-11-20T09:38:00+00:00"},
        {"scope": "410403", "name": "卫东区", "seq": 0, "open": 0, "leased": 0, "at": None},
    ],
}  # fmt: skip
RECEIVED: dict[str, Any] = {
    "login": "liming", "display": "李明", "scope": "410402", "county": "新华区",
    "day": "2026-11-20", "first": "2026-11-20T01:31:00+00:00", "last": "2026-11-20T08:02:00+00:00",
    "pages": 12, "records": 1240, "files": 3,
}  # fmt: skip


@dataclass
class FakeKeeper:
    """A line that answers as the shared side does."""

    doc: dict[str, Any] = field(default_factory=lambda: dict(HEALTH))
    broken: list[list[Any]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    asked: list[tuple[str, date]] = field(default_factory=list)

    def health(self) -> dict[str, Any]:
        return self.doc

    def verify(self, scope: str, after: int, most: int) -> dict[str, Any]:
        return {"checked": 1, "last": after + 1, "broken": self.broken, "head": 1}

    def decide(self, word: str, why: str = "") -> int:
        if word == "done" and not why and any(one.get("missing") for one in self.doc["devices"]):
            raise OutsideError("还有电脑没有来同步过。", kind="missing")
        self.said.append(f"{word} {why}".strip())
        self.doc = {**self.doc, "suspected": False, "paused": False, "doubts": []}
        return 0

    def received(self, scope: str, since: datetime, most: int) -> list[dict[str, Any]]:
        self.asked.append((scope, since.date()))
        return [RECEIVED, {**RECEIVED, "login": "wangfang", "display": "", "files": 0}]

    def cut(self) -> None:
        pass

    def close(self) -> None:
        pass


@pytest.fixture
def keeper(bureau: Bureau) -> FakeKeeper:
    """The person at the desk looks after the database."""
    line = FakeKeeper()
    hello = bureau.server.hello
    bureau.server.hello = lambda me, doc: {**hello(me, doc), "keeper": True}  # type: ignore[method-assign]  # as the real one says
    bureau.window.exchange.open_keeper = lambda _dsn, _password: line
    bureau.set_up()
    bureau.window.open_page("shared", "server")
    bureau.quiet()
    return line


def test_the_health_is_there_at_a_glance_and_decided_in_place(
    bureau: Bureau, keeper: FakeKeeper, picture_check: PictureCheck
) -> None:
    page = bureau.page()
    assert page.tab() == SERVER
    view = page.server
    rows = view.devices.rows_model.rows()
    assert [one.pc for one in rows] == ["PC-03", "PC-07", "PC-07"]
    states = [view.devices.rows_model.columns[0].text(one) for one in rows]
    assert states == ["正常", "换过身份", "旧拷贝"]
    picture_check("ui/shared_server_1366", grab(bureau.window, (1366, 768)))
    assert view.whole.isVisible()
    assert not view.done.isVisible()
    view.whole.click()
    bureau.quiet()
    assert keeper.said == ["whole"]
    assert not view.whole.isVisible()

    view.chain.click()
    bureau.quiet()
    assert view.checked.accessibleName().startswith("留痕的链完好")
    keeper.broken = [[7, "content"]]
    view.chain.click()
    bureau.quiet()
    assert "410402 第 7 组：内容被改过" in view.checked.text()


def test_recovery_is_ended_without_a_pc_only_for_a_reason(
    bureau: Bureau, keeper: FakeKeeper, picture_check: PictureCheck
) -> None:
    view = bureau.page().server
    keeper.doc = {**HEALTH, "paused": True}
    view.load()
    bureau.quiet()
    keeper.doc["devices"] = [DEVICE, {**HEALTH["devices"][1], "missing": True}]
    view.done.click()  # what is shown here is older than what the shared side knows
    bureau.quiet()
    assert view.checked.text() == "还有电脑没有来同步过。"
    titles = [one.accessibleName() for one in view.findChildren(Banner)]
    assert any(one.startswith("还有 1 台电脑没有来过 王芳（PC-07，登录名 liming") for one in titles)
    view.done.click()
    (ask,) = bureau.window.findChildren(MissingDialog)
    assert ask.stay.hasFocus() or not ask.go.hasFocus()
    ask.go.click()
    assert (ask.why.error(), keeper.said) == ("请填写为什么不等", [])
    ask.stay.setFocus()  # no caret blinks in the picture
    picture_check("ui/shared_missing_1366", grab(ask, (640, 420)))
    ask.why.set_value("电脑已报废")
    ask.go.click()
    bureau.quiet()
    assert keeper.said == ["done 电脑已报废"]
    assert not view.done.isVisible()


@pytest.mark.long
def test_who_received_personal_data_is_listed_beside_the_looks(
    bureau: Bureau, keeper: FakeKeeper, picture_check: PictureCheck
) -> None:
    bureau.window.open_page("settings", LOOKED_AT)
    bureau.quiet()
    page = bureau.window.stack.current()
    assert isinstance(page, SettingsPage)
    page.looks.views.at(1).click()
    bureau.quiet()
    assert keeper.asked == [("", bureau.desk.today() - timedelta(days=30))]
    table = page.looks.received.table
    first, second = table.rows_model.rows()
    said = [one.text(first) for one in table.rows_model.columns]
    assert said[1:] == ["李明", "liming", "新华区", "12 次", "1,240 件", "3 个"]
    assert table.rows_model.columns[1].text(second) == "wangfang"
    picture_check("ui/settings_received_1366", grab(bureau.window, (1366, 768)))
    bureau.server.hello = type(bureau.server).hello.__get__(bureau.server)  # type: ignore[method-assign]  # the role was taken away
    bureau.sync()
    assert not page.looks.views.isVisible()
    assert page.looks.stack.currentIndex() == 0


def test_packages_let_go_of_above_the_page_are_taken_in_and_answered(
    bureau: Bureau,
    keeper: FakeKeeper,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    picture_check: PictureCheck,
    qapp: QApplication,
) -> None:
    seen: list[tuple[str, str]] = []
    shown = threading.Event()

    def take(dsn: str, path: Path, step: Callable[[], object]) -> server_files.TakenFile:
        seen.append((dsn, path.name))
        if path.stem == "slow":
            shown.wait(10)
            panel._stop()  # what the button calls, while the work is under way
        step()
        if path.stem == "bad":
            raise UserError("这个数据包的签名没有登记。", field="file", kind="unknown_signer")
        if path.stem == "denied":
            raise OutsideError("共享库的用户名或密码不对。", kind="password")
        return server_files.TakenFile(path, Result("liming", "d-1", taken=3, files=2), path)

    monkeypatch.setattr(server_files, "take_beside", take)
    bureau.window.resize(1366, 768)
    panel = bureau.page().server.packages
    good, bad = tmp_path / "good.labx", tmp_path / "bad.labx"
    panel.drop.dropped.emit([good])
    assert (panel.user.error(), seen) == ("请填写数据库管理员", [])
    panel.user.set_value("insp_dba")
    panel.password.set_value(SECRET)
    panel.drop.dropped.emit([good, bad])
    bureau.quiet()
    assert panel.told.text().split("\n") == [
        "good.labx：liming：收下改动 3 组、附件 2 个；退回 0 组，以前收过 0 组",
        "回执：good.labx",
        "bad.labx：这个数据包的签名没有登记。",
    ]
    assert panel.told.accessibleName().startswith("有的没有收下")
    assert "user=insp_dba" in seen[0][0]
    assert panel.told.visibleRegion().boundingRect().size() == panel.told.size(), "scrolled to"
    panel.drop.setFocus()  # no caret blinks in the picture
    picture_check("ui/shared_packages_1366", grab(bureau.window, (1366, 768)))
    style.apply(qapp, RESOURCES, "dark", 1.0, shipped_fonts_only=True)
    bureau.quiet()
    picture_check("ui/shared_packages_dark", grab(bureau.window, (1440, 900)))
    assert let_go(bureau.window, QUrl.fromLocalFile(str(good)))  # anywhere above this page
    bureau.quiet()
    assert [name for _, name in seen] == ["good.labx", "bad.labx", "good.labx"]
    panel.take([tmp_path / "denied.labx", good])
    bureau.quiet()
    assert panel.told.text() == "共享库的用户名或密码不对。"
    assert len(seen) == 4, "the others would fare no better"
    panel.take([tmp_path / "slow.labx", good])
    shown.set()
    bureau.quiet()
    assert panel.told.text().startswith("已停止。")
    assert len(seen) == 5


@pytest.mark.usefixtures("keeper")
def test_what_colleagues_carried_here_is_taken_and_the_password_goes_with_the_page(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = bureau.page().server.packages
    panel.user.set_value("insp_dba")
    panel.password.set_value(SECRET)
    monkeypatch.setattr(server_files, "take_parcels", lambda _dsn: ["0" * 64])
    panel.carried.click()
    bureau.quiet()
    assert panel.told.text() == "000000000000 没有收下"
    bureau.page().show_tab(OVERVIEW)
    assert panel.password.text() == ""


def test_who_may_not_sees_no_tab_and_a_line_that_fails_is_said(
    bureau: Bureau, keeper: FakeKeeper
) -> None:
    page = bureau.page()

    def none(_dsn: str, _password: str) -> FakeKeeper:
        raise OutsideError("连不上共享库：没有应答。", kind="connection")

    bureau.window.exchange.open_keeper = none
    page.server.load()
    bureau.quiet()
    assert page.server.checked.text() == "连不上共享库：没有应答。"
    assert keeper.said == []
    bureau.server.hello = type(bureau.server).hello.__get__(bureau.server)  # type: ignore[method-assign]  # the role was taken away
    bureau.sync()
    assert page.tab() == OVERVIEW
    assert not page.tabs.at(list(page.views).index(SERVER)).isVisible()
