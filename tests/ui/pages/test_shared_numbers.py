"""Numbers in the window: every one accounted for, few left is said, none left is fetched."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QApplication

from inspector_app.domain.papers import PaperState
from inspector_app.errors import OutsideError
from inspector_app.services import number_stock
from inspector_app.services.cases import new_case
from inspector_app.services.papers import draft_sheet, start_draft
from inspector_app.services.settings import save
from inspector_app.sync.numbers import lease_round
from inspector_app.ui.pages.paper.dialogs import IssueDialog
from inspector_app.ui.pages.paper.page import PaperPage
from inspector_app.ui.pages.shared import numbers_view
from inspector_app.ui.pages.shared.page import NUMBERS
from inspector_app.ui.print import PrintDialog
from inspector_app.ui.screenshot import grab
from inspector_app.ui.theme import style
from tests.conftest import PictureCheck
from tests.helpers.desks import a_case_form
from tests.helpers.ready import ORDER, ready_case
from tests.ui.fakes import RESOURCES
from tests.ui.pages.bureau import WAIT, Bureau


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


# ── through the page of a paper ──────────────────────────────────────────────────────────────
def asked(bureau: Bureau, paper_id: str) -> IssueDialog:
    """The page of a draft, and what is asked before it is numbered."""
    bureau.window.open_page("paper", paper_id)
    bureau.quiet()
    page = bureau.window.stack.current()
    assert isinstance(page, PaperPage)
    bureau.qtbot.waitUntil(lambda: page.preview.page_count() > 0, timeout=WAIT)
    bureau.quiet()
    page.doing.issue_or_print()
    bureau.quiet()
    assert isinstance(page.doing.dialog, IssueDialog)
    return page.doing.dialog


def go(bureau: Bureau, dialog: IssueDialog) -> str:
    """Number it; what the foot of the window says."""
    dialog.go.click()
    bureau.quiet()
    for printing in bureau.window.findChildren(PrintDialog):
        printing.reject()
        printing.deleteLater()
    toast = bureau.window.toast_
    return toast.text() if toast.isVisible() else ""


@pytest.mark.long
def test_a_paper_takes_a_leased_number_and_without_one_and_a_line_says_what_to_do(
    leased: Bureau,
) -> None:
    case_id = ready_case(leased.desk)
    save(leased.desk, {"number_stock": "2"})
    first, second, third = (start_draft(leased.desk, case_id, ORDER).id for _ in range(3))
    leased.sync()
    # Nobody here has issued such a paper yet: the number comes over the line, and one to spare.
    ask = asked(leased, first)
    assert "要连着网络取一个" in ask.notice.text()
    assert go(leased, ask) == "已制发 平人社监令字〔2026〕第1号"

    def no_line(*_: Any) -> Any:
        raise OutsideError("没有网", kind="connection")

    good, leased.window.exchange.open_line = leased.window.exchange.open_line, no_line
    ask = asked(leased, second)
    assert "本机预留号剩 1 个，用完要联网取。" in ask.notice.text()
    assert go(leased, ask) == "已制发 平人社监令字〔2026〕第2号", "no line is needed"
    ask = asked(leased, third)
    assert "本机预留号剩 0 个，要连着网络取一个。" in ask.notice.text()
    told = go(leased, ask)
    assert told == "本机预留的号不够，请连上网络同步一次，再办这一步。"
    page = leased.window.stack.current()
    assert isinstance(page, PaperPage)
    assert page.issue.isEnabled()
    assert draft_sheet(leased.desk, third).paper.state is PaperState.DRAFT
    leased.window.exchange.open_line = good
    assert go(leased, asked(leased, third)) == "已制发 平人社监令字〔2026〕第3号"
    leased.sync()
    assert leased.desk.ledger.check() == []
    series, numbers = leased.desk.library.kinds[ORDER].series, leased.server.numbers.rows
    taken = [
        key[3] for key, row in numbers.items() if row["state"] == "issued" and key[1] == series
    ]
    assert sorted(taken) == [1, 2, 3]


@pytest.mark.long
def test_what_keeps_numbers_from_coming_is_said(leased: Bureau) -> None:
    for _ in range(3):
        register_case(leased, [], [])
    leased.server.recovery = True
    failed: list[Exception] = []
    register_case(leased, [], failed)
    assert str(failed[0]).startswith("共享库正在恢复")


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
