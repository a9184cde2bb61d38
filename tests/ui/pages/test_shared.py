"""The page of the shared database: connect, exchange, conflicts, what was refused, no line."""

import logging
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from inspector_app.domain.cases import Case
from inspector_app.errors import OutsideError
from inspector_app.ledger.schema import BUSINESS, business_columns
from inspector_app.services import exchange as service
from inspector_app.services.choices import to_decide
from inspector_app.services.field_words import column_words
from inspector_app.services.shared_place import Place, dsn_of, kept_place
from inspector_app.ui import exchange as window_exchange
from inspector_app.ui.pages.case.page import CasePage
from inspector_app.ui.pages.home import HomePage
from inspector_app.ui.pages.shared.page import CHOICES, OVERVIEW, PLACE
from inspector_app.ui.screenshot import grab
from inspector_app.ui.theme import style
from tests.conftest import PictureCheck
from tests.sync.fake_line import FakeTransport
from tests.sync.fake_server import FakeServer
from tests.ui.fakes import RESOURCES
from tests.ui.pages.bureau import SECRET, Bureau
from tests.ui.pages.conftest import WAIT, press


# ── setting up ───────────────────────────────────────────────────────────────────────────────
def test_nothing_is_set_up_at_first_and_nothing_runs(bureau: Bureau) -> None:
    assert bureau.words() == "未连接共享库"
    assert bureau.window.exchange.next_in() == -1
    bureau.window.status.exchange.click()
    bureau.quiet()
    assert bureau.page().tab() == PLACE
    bureau.page().place_form.keep.click()
    assert bureau.page().place_form.form.fields["host"].error()
    assert bureau.lines == []


def test_connecting_keeps_the_place_but_never_the_password(bureau: Bureau) -> None:
    bureau.set_up()
    folder = bureau.window.exchange.folder
    assert kept_place(folder) == Place("127.0.0.1", "5432", "insp", "a1")
    kept = b"".join(one.read_bytes() for one in folder.rglob("*") if one.is_file())
    assert SECRET.encode() not in kept
    assert bureau.lines[0][1] == SECRET
    assert bureau.words().startswith("已同步 ")
    assert bureau.page().tab() == OVERVIEW
    assert 0 < bureau.window.exchange.next_in() <= 63_000  # the clock of Qt is coarse


def test_trying_the_line_keeps_nothing(bureau: Bureau) -> None:
    bureau.window.open_page("shared", "place")
    bureau.quiet()
    form = bureau.page().place_form
    form.form.set_values({"host": "127.0.0.1", "database": "insp", "user": "a1"})
    form.test.click()
    bureau.quiet()
    assert form.told.text() == "可以保存并同步。"
    assert not bureau.window.exchange.is_set_up()
    form.form.fields["port"].set_value("99999")
    form.test.click()
    bureau.quiet()
    assert "端口" in form.form.fields["port"].error()


def test_a_place_with_odd_characters_is_kept_whole(tmp_path: Path) -> None:
    odd = Place("db host", "5433", "库'名\\", "张 三")
    service.keep_dsn(tmp_path, dsn_of(odd))
    assert kept_place(tmp_path) == odd
    assert window_exchange.SHARED_FILE == service.FILE


# ── exchanging ───────────────────────────────────────────────────────────────────────────────
def test_an_exchange_runs_off_the_main_and_the_ledger_thread(bureau: Bureau) -> None:
    bureau.set_up()
    workers: list[int] = []
    bureau.window.tasks.query(bureau.window, threading.get_ident, workers.append)
    bureau.quiet()
    assert bureau.lines[0][2] not in (threading.get_ident(), workers[0])


def test_f5_brings_what_others_did_and_tells_the_pages(bureau: Bureau) -> None:
    bureau.set_up()
    case_id = bureau.other.new_case()
    bureau.other.sync()
    told: list[Any] = []
    bureau.window.bus.changed.connect(told.append)
    bureau.sync()
    with bureau.desk.ledger.read() as view:
        assert view.get(Case, case_id).id == case_id
    assert any(one.touches_one("case", case_id) for one in told)


def test_the_window_stays_alive_while_the_line_is_slow(bureau: Bureau) -> None:
    held, beats = threading.Event(), []
    bureau.set_up()

    def slow(_dsn: str, _password: str) -> FakeTransport:
        held.wait(10)
        return FakeTransport(bureau.server, "a1")

    bureau.window.exchange.open_line = slow
    bureau.window.actions_.trigger("sync")
    answers: list[int] = []
    bureau.window.tasks.query(bureau.window, lambda: 7, answers.append)
    QTimer.singleShot(0, bureau.window, lambda: beats.append(1))
    bureau.qtbot.waitUntil(lambda: bool(answers and beats), timeout=WAIT)
    assert bureau.words() == "正在同步…"
    bureau.window.actions_.trigger("sync")  # twice is once
    bureau.page().stop.click()
    held.set()
    bureau.quiet()
    assert "中途停止" in bureau.page().overview.words()[0]
    assert not bureau.window.exchange.state.running


def test_no_line_is_said_and_tried_again_later(bureau: Bureau) -> None:
    bureau.set_up()

    def none(_dsn: str, _password: str) -> FakeTransport:
        raise OutsideError("连不上共享库：没有应答。", kind="connection")

    bureau.window.exchange.open_line = none
    bureau.sync()
    assert bureau.words() == "无法连接，稍后自动重试"
    assert bureau.page().overview.trouble.text() == "连不上共享库：没有应答。"
    assert 0 < bureau.window.exchange.next_in() <= 8_000
    assert not bureau.window.banner.isVisible()


def test_a_wrong_password_is_asked_for_and_not_tried_again(bureau: Bureau) -> None:
    bureau.set_up()

    def wrong(_dsn: str, _password: str) -> FakeTransport:
        raise OutsideError("共享库的用户名或密码不对。", kind="password")

    bureau.window.exchange.open_line = wrong
    bureau.sync()
    assert bureau.words() == "请输入共享库密码"
    assert bureau.window.exchange.next_in() == -1
    bureau.window.actions_.trigger("sync")
    bureau.quiet()
    assert bureau.page().tab() == PLACE
    assert bureau.page().place_form.told.text() == "共享库的用户名或密码不对。"


# ── conflicts ────────────────────────────────────────────────────────────────────────────────
def test_a_conflict_shows_both_values_and_leaving_chooses_nothing(bureau: Bureau) -> None:
    bureau.set_up()
    bureau.disputed()
    assert bureau.words() == "有冲突 1 项"
    bureau.window.status.exchange.click()
    bureau.quiet()
    page = bureau.page()
    assert page.tab() == CHOICES
    cells = page.choices.choice.cells()
    assert {"反映人数", "38", "40"} <= set(cells)
    assert "本机的值（a1）" in cells
    assert "共享库的值（a2）" in cells
    bureau.window.go_back()
    bureau.quiet()
    assert [one.answered for one in to_decide(bureau.desk)] == [False]


def test_a_legal_fact_needs_a_reason_and_the_choice_reaches_the_others(bureau: Bureau) -> None:
    bureau.set_up()
    case_id = bureau.disputed()
    bureau.window.open_page("shared")
    bureau.quiet()
    view = bureau.page().choices.choice
    view.mine.click()
    assert view.reason.error() == "请写明这样处理的理由"
    view.reason.set_value("核对了名册，应为 38 人")
    view.mine.click()
    bureau.quiet()
    bureau.sync()
    bureau.other.sync()
    assert bureau.other.case(case_id).stated_workers == 38
    assert bureau.words().startswith("已同步")
    assert bureau.page().choices.states.state() == "empty"


def test_the_case_and_the_first_page_say_what_is_disputed(bureau: Bureau) -> None:
    bureau.set_up()
    case_id = bureau.disputed()
    bureau.window.open_page("case", case_id)
    bureau.quiet()
    case = bureau.window.stack.current()
    assert isinstance(case, CasePage)
    assert case.disputes.accessibleName().startswith("本案有 1 项与共享库的冲突")
    assert case.head.pill() == "有冲突"
    bureau.window.open_page("home")
    bureau.quiet()
    home = bureau.window.stack.current()
    assert isinstance(home, HomePage)
    assert home.disputes.isVisible()
    press(home.disputes, "去处理")
    bureau.quiet()
    assert bureau.page().tab() == CHOICES


def test_text_may_be_decided_without_a_reason(bureau: Bureau) -> None:
    bureau.set_up()
    case_id = bureau.other.new_case()
    bureau.other.sync()
    bureau.sync()
    bureau.other.edit(Case, case_id, note="那边的备注")
    bureau.edit(case_id, note="这边的备注")
    bureau.other.sync()
    bureau.sync()
    bureau.window.open_page("shared")
    bureau.quiet()
    bureau.page().choices.choice.theirs.click()
    bureau.quiet()
    bureau.sync()
    with bureau.desk.ledger.read() as view:
        assert view.get(Case, case_id).note == "那边的备注"


def test_what_was_refused_is_said_in_words(bureau: Bureau) -> None:
    bureau.set_up()
    case_id = bureau.other.new_case()
    bureau.other.sync()
    bureau.sync()
    bureau.edit(case_id, note="改一下")
    refuse(bureau.server)
    bureau.sync()
    bureau.window.open_page("shared")
    bureau.quiet()
    page = bureau.page()
    assert page.choices.choice.notice.text().startswith("这条记录已经移送到别的县区。")
    assert page.choices.choice.mine.text() == "再次上传"
    assert bureau.words() == "有冲突 1 项"


def refuse(server: FakeServer) -> None:
    """From now on every set is refused."""

    def take(me: str, device: str, one: Any) -> Any:
        return {"n": one["n"], "s": "rejected", "why": "root_moved", "ops": []}

    server._take = take  # type: ignore[method-assign]  # the model refuses all


# ── words, secrets, start ────────────────────────────────────────────────────────────────────
def test_every_column_has_a_name_of_the_office() -> None:
    names = {column.name for table in BUSINESS for column in business_columns(table)}
    assert {name for name in names if column_words(name) == "其他内容"} == set()


def test_nothing_of_a_person_stands_in_the_status_or_the_log(
    bureau: Bureau, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        bureau.set_up()
        bureau.disputed()
    seen = caplog.text + bureau.words() + bureau.window.status.exchange.toolTip()
    assert SECRET not in seen
    assert "青禾" not in seen


def test_the_window_starts_without_the_database_driver() -> None:
    code = "import sys, inspector_app.app_window; sys.exit('psycopg' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


# ── pictures ─────────────────────────────────────────────────────────────────────────────────
def test_the_views_look_as_they_were_accepted(
    bureau: Bureau, picture_check: PictureCheck, qapp: QApplication
) -> None:
    bureau.window.open_page("shared")
    bureau.quiet()
    picture_check("ui/shared_place_1366", grab(bureau.window, (1366, 768)))
    bureau.set_up()
    bureau.disputed()
    bureau.window.open_page("home")
    bureau.window.open_page("shared")
    bureau.quiet()
    picture_check("ui/shared_choice_light", grab(bureau.window, (1440, 900)))
    bureau.page().show_tab(OVERVIEW)
    style.apply(qapp, RESOURCES, "dark", 1.0, shipped_fonts_only=True)
    bureau.quiet()
    picture_check("ui/shared_overview_dark", grab(bureau.window, (1440, 900)))
