"""Numbers in the window: every one accounted for, few left is said, none left is fetched."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QApplication

from inspector_app.errors import OutsideError
from inspector_app.services import number_stock
from inspector_app.services.cases import new_case
from inspector_app.services.settings import save
from inspector_app.sync import lease_round
from inspector_app.ui.pages.shared import numbers_view
from inspector_app.ui.pages.shared.page import NUMBERS
from inspector_app.ui.screenshot import grab
from inspector_app.ui.theme import style
from tests.conftest import PictureCheck
from tests.helpers.desks import a_case_form
from tests.ui.fakes import RESOURCES
from tests.ui.pages.bureau import Bureau


@pytest.fixture
def leased(bureau: Bureau) -> Bureau:
    """Connected to a shared database that gives numbers out."""
    bureau.server.leased = True
    save(bureau.desk, {"case_number_stock": "3"})
    for who in ("a1", "a2"):
        bureau.server.grants[who]["410400"] = True
    bureau.server.heads["410400"] = (0, "")
    bureau.set_up()
    return bureau


def register_case(bureau: Bureau, then: list[str], failed: list[Exception]) -> None:
    """As the page of cases does it."""
    form = a_case_form(filed_on=None)
    bureau.window.tasks.work(
        bureau.window,
        lambda: new_case(bureau.desk, form).case_no,
        then.append,
        failed.append,
    )
    bureau.quiet()


def rows(bureau: Bureau) -> list[tuple[int, str]]:
    return [(one.no, one.fate.label) for one in bureau.page().numbers.rows if "案号" in one.name]


def test_few_left_is_said_and_none_left_is_fetched(leased: Bureau) -> None:
    assert "预留号" not in leased.words()
    made: list[str] = []
    failed: list[Exception] = []
    for _ in range(2):
        register_case(leased, made, failed)
    leased.window.exchange.look()
    leased.quiet()
    assert leased.words().endswith("预留号剩 1 个")
    for _ in range(2):
        register_case(leased, made, failed)
    assert [no[-2:] for no in made] == ["1号", "2号", "3号", "4号"]
    assert failed == []


def test_without_a_line_the_sentence_says_what_to_do(
    leased: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    leased.server.hello_numbers = "online"
    monkeypatch.setattr(lease_round, "GRACE", lease_round.GRACE * 0)
    leased.sync()

    def no_line(*_: Any) -> Any:
        raise OutsideError("没有网", kind="connection")

    good = leased.window.exchange.open_line
    leased.window.exchange.open_line = no_line
    failed: list[Exception] = []
    made: list[str] = []
    register_case(leased, made, failed)
    assert "请连上网络同步一次" in str(failed[0])
    leased.window.exchange.open_line = good
    register_case(leased, made, failed)
    assert len(made) == len(failed) == 1
    told = number_stock.held(leased.desk).low_of(("410400", "case", 2026))
    assert told == "字号制发时向共享库取，要连着网络。"


def test_the_page_accounts_for_every_number(
    leased: Bureau, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    register_case(leased, [], [])
    leased.window.open_page("shared", "numbers")
    leased.quiet()
    assert leased.page().tab() == NUMBERS
    assert rows(leased) == [(1, "已用"), (2, "预留"), (3, "预留")]
    view = leased.page().numbers
    assert [one.isVisible() for one in view.buttons()] == [True, False, True, True]
    path = tmp_path / "编号.xlsx"
    monkeypatch.setattr(numbers_view, "ask_path", lambda *_: path)
    view.save.click()
    leased.quiet()
    assert load_workbook(path).active.max_row > 3
    view.back.click()
    leased.quiet()
    assert "已停用" in view.how.text()
    monkeypatch.setattr(lease_round, "GRACE", lease_round.GRACE * 0)
    leased.sync()
    view.again.click()
    leased.quiet()
    assert rows(leased) == [(1, "已用"), (2, "退回待用"), (3, "退回待用")]
    view.keep.click()
    leased.quiet()
    assert view.back.isVisible()


def test_what_cannot_be_asked_is_told(leased: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    leased.window.open_page("shared", "numbers")
    leased.quiet()
    monkeypatch.setattr(numbers_view, "ask", lambda *_: (_ for _ in ()).throw(
        OutsideError("连不上共享库", kind="connection")
    ))  # fmt: skip
    leased.page().numbers.again.click()
    leased.quiet()
    assert "连不上共享库" in leased.page().numbers.told.text()
    assert rows(leased)


def test_a_ledger_alone_has_nothing_to_show_at_first(bureau: Bureau) -> None:
    bureau.window.open_page("shared", "numbers")
    bureau.quiet()
    assert rows(bureau) == []
    assert not bureau.page().numbers.save.isEnabled()


def test_the_register_in_a_picture(
    leased: Bureau, picture_check: PictureCheck, qapp: QApplication
) -> None:
    for _ in range(2):
        register_case(leased, [], [])
    style.apply(qapp, RESOURCES, "light", 1.0, shipped_fonts_only=True)
    leased.window.open_page("shared", "numbers")
    leased.quiet()
    picture_check("ui/shared_numbers_1366", grab(leased.window, (1366, 768)))
