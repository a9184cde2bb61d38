"""更多 on a paper: out to WPS or Word, and the edited text taken back."""

from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QLabel

from inspector_app.errors import OutsideError
from inspector_app.papers.word.reading import docx_lines
from inspector_app.services.issuing import issue, pdf
from inspector_app.services.word import export_word, reserve_number
from inspector_app.ui.pages.paper.dialogs import IssueDialog
from inspector_app.ui.pages.paper.page import PaperPage
from inspector_app.ui.pages.paper.word import EditedDialog, RefusedDialog, ReserveDialog
from inspector_app.ui.print import PrintDialog
from tests.helpers.word_files import edited, exported
from tests.ui.pages.conftest import Driver
from tests.ui.pages.drafts import drafted, opened, sheet, shown_dialog, type_over

NUMBER = "平人社监令字〔2026〕第1号"
CHANGE = ("经查存在下列行为", "经查有下列违法行为")


class Desktop:
    """What the window asked the system for: file names to save, files to open."""

    def __init__(self, folder: Path) -> None:
        self.out = folder / "out.docx"
        self.asked: list[str] = []
        self.shown: list[str] = []
        self.chosen: list[Path] = []
        self.can_open = True
        self.cancelled = False

    def save(self, *given: object) -> tuple[str, str]:
        self.asked.append(str(given[2]))
        return "" if self.cancelled else str(self.out), ""

    def choose(self, *_: object) -> tuple[list[str], str]:
        return [str(path) for path in self.chosen], ""

    def show(self, url) -> bool:  # type: ignore[no-untyped-def]  # QUrl
        self.shown.append(url.toLocalFile())
        return self.can_open


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desktop:
    made = Desktop(tmp_path)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", made.save)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", made.choose)
    monkeypatch.setattr(QDesktopServices, "openUrl", made.show)
    return made


@pytest.fixture
def page(user: Driver) -> PaperPage:
    return opened(user, drafted(user))


def choose(user: Driver, page: PaperPage, entry: str) -> None:
    page.more.click()
    user.choose(entry)
    user.quiet()


def words(user: Driver) -> list[str]:
    return [one.text() for one in user.menu().actions() if not one.isSeparator()]


def put_out(user: Driver, page: PaperPage, desktop: Desktop, *changes: tuple[str, str]) -> None:
    """The number reserved, the document changed, the PDF of it: both chosen next."""
    desk, shown = user.scene.desk, sheet(user, page)
    reserve_number(desk, shown.paper.id)
    document, other = desktop.out, desktop.out.with_suffix(".pdf")
    document.write_bytes(edited(export_word(desk, shown.paper.id, document).docx, *changes))
    lines = docx_lines(document.read_bytes())
    other.write_bytes(exported(shown.kind, lines, desk.fonts()))
    desktop.chosen = [document, other]


def told(dialog: EditedDialog | RefusedDialog) -> str:
    return "\n".join(one.text() for one in dialog.findChildren(QLabel))


def test_the_menu_offers_word_for_every_paper_and_the_way_back_for_drafts(
    user: Driver, page: PaperPage
) -> None:
    page.more.click()
    assert words(user)[-2:] == ["用 WPS/Word 打开", "以修改后的文件为准"]
    user.menu().close()
    done = opened(user, issue(user.scene.desk, drafted(user)).id)
    done.more.click()
    assert words(user)[-1] == "用 WPS/Word 打开"


def test_a_number_is_reserved_printed_and_used(
    user: Driver, page: PaperPage, desktop: Desktop
) -> None:
    type_over(page, "party", "演示新名称有限公司")
    choose(user, page, "用 WPS/Word 打开")
    ask = shown_dialog(user, ReserveDialog)
    assert isinstance(ask, ReserveDialog)
    ask.go.click()
    user.quiet()

    assert desktop.asked == ["限期改正指令书.docx"]
    assert desktop.shown == [str(desktop.out)]
    lines = docx_lines(desktop.out.read_bytes())
    assert {NUMBER, "演示新名称有限公司："} <= set(lines)  # what was typed is in it, too
    assert sheet(user, page).paper.number == NUMBER
    assert NUMBER in page.head.hint()

    choose(user, page, "用 WPS/Word 打开")  # nothing to ask a second time
    assert len(desktop.shown) == 2
    user.act("print")
    issuing = shown_dialog(user, IssueDialog)
    assert isinstance(issuing, IssueDialog)
    assert f"使用预留的{NUMBER}" in issuing.notice.text()


def test_one_may_only_look_or_think_better_of_it(
    user: Driver, page: PaperPage, desktop: Desktop
) -> None:
    choose(user, page, "用 WPS/Word 打开")
    ask = shown_dialog(user, ReserveDialog)
    assert isinstance(ask, ReserveDialog)
    desktop.can_open = False
    ask.look.click()
    user.quiet()
    assert sheet(user, page).paper.number == ""
    assert user.toast() == f"这台电脑没有能打开 .docx 的程序，文件在 {desktop.out}"
    desktop.out.unlink()
    desktop.cancelled = True
    choose(user, page, "用 WPS/Word 打开")
    again = shown_dialog(user, ReserveDialog)
    assert isinstance(again, ReserveDialog)
    again.look.click()
    user.quiet()
    assert not desktop.out.exists()


def test_an_issued_paper_opens_without_a_question(user: Driver, desktop: Desktop) -> None:
    paper = issue(user.scene.desk, drafted(user))
    choose(user, opened(user, paper.id), "用 WPS/Word 打开")
    assert desktop.asked == [f"限期改正指令书_{paper.number}.docx"]
    assert paper.number in docx_lines(desktop.out.read_bytes())


def test_an_edited_text_is_compared_shown_and_filed(
    user: Driver, page: PaperPage, desktop: Desktop
) -> None:
    put_out(user, page, desktop, CHANGE)
    choose(user, page, "以修改后的文件为准")
    ask = shown_dialog(user, EditedDialog)
    assert isinstance(ask, EditedDialog)
    assert "另有 1 处文字不同" in ask.notice.text()
    assert "草稿为“你单位经查存在下列行为：”，文件中为“你单位经查有下列违法行为：”" in told(ask)
    ask.go.click()
    user.quiet()

    assert user.toast() == "已换成修改后的文件"
    assert "以修改后的文件为准" in page.head.hint()
    assert page.news is not None
    assert page.news.page == pdf(user.scene.desk, str(page.place()))
    user.act("print")
    issuing = shown_dialog(user, IssueDialog)
    assert isinstance(issuing, IssueDialog)
    issuing.go.click()
    user.quiet()
    printing = shown_dialog(user, PrintDialog)
    assert isinstance(printing, PrintDialog)
    printing.reject()
    assert sheet(user, page).paper.number == NUMBER


def test_the_programs_own_text_comes_back(user: Driver, page: PaperPage, desktop: Desktop) -> None:
    put_out(user, page, desktop)
    choose(user, page, "以修改后的文件为准")
    ask = shown_dialog(user, EditedDialog)
    assert isinstance(ask, EditedDialog)
    assert "文字没有改动" in ask.notice.text()
    ask.go.click()
    user.quiet()
    choose(user, page, "恢复程序排版的文本")
    assert user.toast() == "已恢复程序排版的文本"
    assert sheet(user, page).paper.sha256 == ""


def test_what_is_law_is_refused_at_leisure(user: Driver, page: PaperPage, desktop: Desktop) -> None:
    put_out(user, page, desktop, ("青禾建筑劳务有限公司", "青苗建筑劳务有限公司"))
    choose(user, page, "以修改后的文件为准")
    refused = shown_dialog(user, RefusedDialog)
    assert isinstance(refused, RefusedDialog)
    assert "“被指令单位”：草稿为“青禾建筑劳务有限公司（演示）”" in told(refused)
    refused.go.click()
    assert sheet(user, page).paper.sha256 == ""
    desktop.chosen = []
    choose(user, page, "以修改后的文件为准")  # no file chosen: nothing happens
    assert not refused.isVisible()


def test_a_disk_that_fails_is_told(
    user: Driver, page: PaperPage, desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_out(user, page, desktop)

    def fails(*_: object) -> None:
        raise OutsideError("磁盘满了。")

    monkeypatch.setattr("inspector_app.ui.pages.paper.word.check_edited", fails)
    choose(user, page, "以修改后的文件为准")
    assert user.window.banner.text() == "磁盘满了。"
