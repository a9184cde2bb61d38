"""The window on a real PostgreSQL: connect, load, conflicts, weeks offline, a big queue."""

from pathlib import Path

import pytest
from psycopg import conninfo
from PySide6.QtWidgets import QFileDialog

from inspector_app.domain.cases import Case, Stage
from inspector_app.services import looks
from inspector_app.sync.server import signers
from inspector_app.ui import rest
from inspector_app.ui.beats import LATE_MS, Beats, doing_nothing
from inspector_app.ui.exchange import FIRST_MS
from inspector_app.ui.pages.shared.page import CHOICES, FILES, OVERVIEW, PLACE, SERVER
from tests.helpers.builders import CITY, a_case
from tests.sync.pcs import A
from tests.sync.window.conftest import Real
from tests.ui.conftest import OFFSCREEN_WORDS

pytestmark = pytest.mark.qt_log_ignore(OFFSCREEN_WORDS, extend=True)
BIG = 1_500  # cases: several pages, and a queue of many calls


def told(real: Real) -> str:
    return real.page().place_form.told.text()


def test_two_pcs_edit_one_field_and_the_window_decides(real: Real) -> None:
    case_id = real.other.new_case()
    real.other.sync()
    real.fill_in(password="not-it")  # noqa: S106  # a wrong one
    real.page().place_form.test.click()
    real.quiet()
    assert told(real) == "共享库的用户名或密码不对。"
    real.connect()
    assert real.words().startswith("已同步")
    assert real.page().tab() == OVERVIEW
    real.other.edit(Case, case_id, stated_workers=40)
    real.edit(case_id, stated_workers=38)
    real.other.sync()
    real.sync()
    assert real.words() == "有冲突 1 项"
    real.window.open_page("shared")
    real.quiet()
    assert real.page().tab() == CHOICES
    view = real.page().choices.choice
    assert {"反映人数", "38", "40", "本机的值（a1）", "共享库的值（a2）"} <= set(view.cells())
    view.reason.set_value("核对了名册，应为 38 人")
    view.mine.click()
    real.quiet()
    real.sync()
    real.other.sync()
    assert real.other.case(case_id).stated_workers == 38
    assert real.words().startswith("已同步")
    # Each changed another legal fact while apart: merged by itself, looked at once.
    real.other.edit(Case, case_id, stage=Stage.INVESTIGATION)
    real.edit(case_id, stated_fen=5_000_000)
    real.other.sync()
    real.sync()
    assert real.words() == "1 件案件两处同改"
    real.window.open_page("shared")
    real.quiet()
    real.page().choices.choice.seen.click()
    real.quiet()
    real.sync()
    real.other.sync()
    assert looks.waits(real.desk, [case_id]) == {}
    assert real.postgres.ask("SELECT count(*) FROM sync.row WHERE t = 'case_look'") == [(2,)]


@pytest.mark.long
def test_what_cannot_be_connected_is_said_in_place(real: Real) -> None:
    form = None
    for typed, words in (
        ({"port": "1"}, "连不上共享库：服务器没有开。请检查网络，稍后再试。"),
        ({"database": "nothing"}, "服务器上没有这个库或账号，请核对连接串。"),
        ({"user": "nobody"}, "共享库的用户名或密码不对。"),
    ):
        real.fill_in(**typed)
        form = real.page().place_form
        form.test.click()
        real.quiet()
        assert told(real) == words
        assert not real.window.exchange.is_set_up()
    real.postgres.ask("ALTER SCHEMA sync_v1 RENAME TO sync_v0")
    real.connect()
    assert real.page().overview.trouble.text() == (
        "服务器上没有同步所需的功能，请管理员先升级共享库。"
    )
    real.postgres.ask("ALTER SCHEMA sync_v0 RENAME TO sync_v1")
    real.postgres.ask("UPDATE sync.server SET schema_min = 9999")
    real.sync()
    assert "请先升级本程序" in real.page().overview.trouble.text()
    real.postgres.ask("UPDATE sync.server SET schema_min = 1")
    real.sync()
    assert real.words().startswith("已同步")
    assert form is not None


@pytest.mark.long
def test_a_first_load_shows_how_far_it_is_can_be_stopped_and_goes_on(real: Real) -> None:
    cases = [
        a_case(id=f"0000{n:04d}-0000-7000-8000-000000000000", case_no="", scope=A, city=CITY,
               project_id=None)
        for n in range(BIG)
    ]  # fmt: skip
    real.other.add(*cases)
    real.other.sync(page=200)
    said: list[str] = []
    real.window.exchange.changed.connect(lambda state: said.append(state.words()[0]))
    real.fill_in()

    def load() -> None:
        real.page().place_form.keep.click()
        real.qtbot.waitUntil(lambda: any(one.endswith(" 条") for one in said), timeout=60_000)
        real.page().stop.click()
        real.quiet()
        assert 0 < _cases(real) < BIG
        real.sync()

    rest.begin()  # what other tests left is not looked through
    beats = Beats()
    bare, late = beats.during(lambda: doing_nothing(1.0)), beats.during(load)
    assert any(one.startswith("正在接收 ") and one.endswith(" 条") for one in said)
    assert _cases(real) == BIG
    assert real.words().startswith("已同步")
    assert late.own_worst_ms <= max(LATE_MS, 4 * bare.own_worst_ms)
    # Weeks offline: a big queue of single actions goes out and comes back to the other.
    for case in cases[:300]:
        real.edit(case.id, note="离线时写的")
    real.window.exchange.look()
    real.quiet()
    assert real.words() == "待上传 300 项"
    real.sync()
    real.other.sync(page=200)
    assert real.other.case(cases[299].id).note == "离线时写的"
    assert real.window.exchange.next_in() > FIRST_MS


def _cases(real: Real) -> int:
    with real.desk.ledger.read() as view:
        return len(view.find(Case))


@pytest.mark.long
def test_the_administrator_sees_the_server_and_everybody_computes_the_history(real: Real) -> None:
    real.postgres.ask("INSERT INTO sync.account_role VALUES ('a1', 'administrator')")
    case_id = real.other.new_case()
    real.other.sync()
    real.connect()
    real.edit(case_id, note="甲")
    real.sync()
    page = real.page()
    page.overview.check.click()
    real.quiet()
    assert page.overview.checked.accessibleName().startswith("历史一致")
    page.show_tab(SERVER)
    real.quiet()
    devices = page.server.devices.rows_model.rows()
    assert {one.login for one in devices} == {"a1", "a2"}
    page.server.chain.click()
    real.quiet()
    assert page.server.checked.accessibleName().startswith("留痕的链完好")
    real.postgres.ask("ALTER TABLE sync.changeset DISABLE TRIGGER changeset_stays")
    real.postgres.ask("UPDATE sync.changeset SET login = 'b1' WHERE login = 'a1'")
    page.server.chain.click()
    page.show_tab(OVERVIEW)
    page.overview.check.click()
    real.quiet()
    assert "链不相接" in page.server.checked.text()
    assert "链不相接" in page.overview.checked.text()
    assert page.tab() != PLACE


@pytest.mark.long
def test_the_administrator_takes_a_stick_in_and_its_answer_comes_back(
    real: Real, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real.postgres.ask("INSERT INTO sync.account_role VALUES ('a1', 'administrator')")
    signers.make_keys(real.postgres.dsn)
    case_id = real.other.new_case()
    real.other.sync()
    real.connect()
    real.edit(case_id, note="不在线时写的")
    package = tmp_path / "stick.labx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(package), ""))
    page = real.page()
    page.show_tab(FILES)
    real.quiet()
    page.files.out.click()
    real.quiet()
    assert package.exists(), page.files.told.text()
    page.show_tab(SERVER)
    real.quiet()
    panel, said = page.server.packages, conninfo.conninfo_to_dict(real.postgres.dsn)
    panel.user.set_value(said["user"])
    panel.password.set_value("not-it")
    panel.take([package])
    real.quiet()
    assert panel.told.text() == "共享库的用户名或密码不对。"
    panel.user.set_value("a1")
    panel.password.set_value(conninfo.conninfo_to_dict(real.postgres.of("a1"))["password"])
    panel.take([package])
    real.quiet()
    assert "没有管理权限" in panel.told.text()
    panel.user.set_value(said["user"])
    panel.password.set_value(said["password"])
    panel.take([package])
    real.quiet()
    assert "a1：收下改动 1 组" in panel.told.text()
    panel.take([package, tmp_path / "none.labx"])  # again: nothing is done twice
    real.quiet()
    assert "以前收过 1 组" in panel.told.text()
    assert panel.told.accessibleName().startswith("有的没有收下")
    panel.take_carried()
    real.quiet()
    assert panel.told.text() == "没有同事联网带来的数据包。"
    page.show_tab(FILES)
    page.files.take_in(tmp_path / "stick-回执.labx")
    real.quiet()
    assert "回执 1 组" in page.files.told.text()
    real.other.sync()
    assert real.other.case(case_id).note == "不在线时写的"
