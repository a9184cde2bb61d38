"""更多: a paper out to WPS or Word, and the text that was changed there taken back."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from inspector_app.errors import UserError
from inspector_app.papers.word.facts import Difference
from inspector_app.services.edited import Edited, attach, check_edited, detach
from inspector_app.services.word import export_word, reserve_number
from inspector_app.ui.actions import Entry
from inspector_app.ui.context import UiContext
from inspector_app.ui.pages.paper.dialogs import PaperDialog
from inspector_app.ui.pages.paper.issued import title_of
from inspector_app.ui.pages.paper.reading import PaperNews
from inspector_app.ui.theme.scaling import box, fix
from inspector_app.ui.widgets.banners import Banner
from inspector_app.ui.widgets.basic import label, scrolling
from inspector_app.ui.widgets.buttons import button

if TYPE_CHECKING:
    from inspector_app.ui.pages.paper.page import PaperPage

OPEN, TAKE_BACK, PROGRAM_TEXT = "用 WPS/Word 打开", "以修改后的文件为准", "恢复程序排版的文本"
MOST_SHOWN = 200


class ReserveDialog(PaperDialog):
    """A text that is to be filed must bear its number: reserve it, or only have a look."""

    def __init__(
        self, context: UiContext, reserve: Callable[[], object], look: Callable[[], object]
    ) -> None:
        super().__init__(
            context.window, OPEN, "返回", button("预留字号并打开", "primary", "document_edit_20")
        )
        words = (
            "改好后要作为正式文本的，文件上须印有字号。预留的字号归这份草稿；"
            "删除草稿时字号作废，留在登记簿。"
        )
        self.column.addWidget(label(words, "body", wrap=True))
        self.look = button("不编号打开", clicked=lambda: self._do(look))
        self.row.insertWidget(1, self.look)
        self.go.clicked.connect(lambda _checked=False: self._do(reserve))
        self.finish()
        self.go.setFocus()

    def _do(self, act: Callable[[], object]) -> None:
        self.accept()
        act()


class EditedDialog(PaperDialog):
    """What the edited text says otherwise, before it takes the place of the program's."""

    def __init__(
        self, context: UiContext, wording: Sequence[Difference], go: Callable[[], object]
    ) -> None:
        super().__init__(
            context.window,
            TAKE_BACK,
            "返回",
            button("以此为准", "primary", "document_checkmark_20"),
        )
        self.notice = Banner("info")
        said = f"另有 {len(wording)} 处文字不同：" if wording else "文字没有改动。"
        self.notice.say(f"当事人、金额、日期、条款与草稿一致。{said}")
        self.column.addWidget(self.notice)
        if wording:
            self.column.addWidget(_listed([one.sentence for one in wording]))
        self.go.clicked.connect(lambda _checked=False: self._do(go))
        self.finish()
        self.go.setFocus()

    def _do(self, go: Callable[[], object]) -> None:
        self.accept()
        go()


class RefusedDialog(PaperDialog):
    """Why an edited text cannot be taken: read at leisure, it is several sentences."""

    def __init__(self, context: UiContext, message: str) -> None:
        super().__init__(context.window, "不能以修改后的文件为准", "", button("知道了", "primary"))
        self.stay.hide()
        self.message = message
        self.column.addWidget(_listed(message.split("；")))
        self.go.clicked.connect(self.accept)
        self.finish()
        self.go.setFocus()


def _listed(sentences: Sequence[str]) -> QWidget:
    content = QWidget()
    column = box(QVBoxLayout(content), (0, 0, 12, 0), 8)
    for sentence in sentences[:MOST_SHOWN]:
        column.addWidget(label(sentence, "body", wrap=True))
    column.addStretch()
    shown = scrolling(content)
    fix(shown, min_height=min(320, 44 * len(sentences)))
    return shown


class PaperWord:
    """Asks for files and for consent; what reads and writes runs on the worker."""

    def __init__(self, context: UiContext, page: "PaperPage") -> None:
        self._context, self._page = context, page
        self.dialog: PaperDialog | None = None

    def entries(self, news: PaperNews) -> list[Entry | None]:
        """What the menu offers for this paper."""
        made: list[Entry | None] = [Entry(OPEN, lambda: self.open(news), "document_edit_20")]
        if news.is_draft():
            made.append(Entry(TAKE_BACK, lambda: self.take_back(news), "attach_20"))
            if news.sheet.paper.sha256:
                made.append(Entry(PROGRAM_TEXT, lambda: self.back(news), "arrow_undo_20"))
        return made

    # ── out ──────────────────────────────────────────────────────────────────────────────────
    def open(self, news: PaperNews) -> None:
        """Write the document and open it; a draft that will be numbered is asked about first."""
        paper, kind = news.sheet.paper, news.sheet.kind
        if not news.is_draft() or not kind.series or paper.number:
            self._write(news)
            return
        self.dialog = ReserveDialog(
            self._context, lambda: self._reserve(news), lambda: self._write(news)
        )
        self.dialog.open()

    def _reserve(self, news: PaperNews) -> None:
        desk, paper_id = self._context.desk, news.sheet.paper.id
        self._context.tasks.work(
            self._page, lambda: reserve_number(desk, paper_id), lambda _: self._write(news)
        )

    def _write(self, news: PaperNews) -> None:
        title = title_of(news.sheet.paper, news.sheet.kind.title)
        chosen, _ = QFileDialog.getSaveFileName(
            self._context.window, "存为 Word 文件", f"{title}.docx", "Word 文件 (*.docx)"
        )
        if not chosen:
            return
        if news.is_draft():
            self._page.editor.save_now()
        desk, paper_id, path = self._context.desk, news.sheet.paper.id, Path(chosen)
        self._context.tasks.query(
            self._page, lambda: export_word(desk, paper_id, path), lambda _: self._show(path)
        )

    def _show(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._context.say(f"这台电脑没有能打开 .docx 的程序，文件在 {path}")

    # ── back ─────────────────────────────────────────────────────────────────────────────────
    def take_back(self, news: PaperNews) -> None:
        """Choose the PDF, and the document it was made from; compare; ask; put it in place."""
        chosen, _ = QFileDialog.getOpenFileNames(
            self._context.window,
            "修改后的文件：输出的 PDF，最好同时选中 Word 文件",
            "",
            "PDF 和 Word 文件 (*.pdf *.docx)",
        )
        if not chosen:
            return
        self._page.editor.save_now()
        desk, paper_id, files = self._context.desk, news.sheet.paper.id, [*map(Path, chosen)]
        self._context.tasks.query(
            self._page,
            lambda: check_edited(desk, paper_id, files),
            lambda found: self._ask(paper_id, files, found),
            self._refused,
        )

    def _ask(self, paper_id: str, files: Sequence[Path], found: Edited) -> None:
        self.dialog = EditedDialog(
            self._context, found.wording, lambda: self._attach(paper_id, files)
        )
        self.dialog.open()

    def _attach(self, paper_id: str, files: Sequence[Path]) -> None:
        desk = self._context.desk
        self._context.tasks.work(
            self._page,
            lambda: attach(desk, paper_id, files),
            lambda _: self._context.done("已换成修改后的文件"),
            self._refused,
        )

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            self._context.trouble(error)
            return
        self.dialog = RefusedDialog(self._context, error.message)
        self.dialog.open()

    def back(self, news: PaperNews) -> None:
        """The program's own text again."""
        desk, paper_id = self._context.desk, news.sheet.paper.id
        self._context.tasks.work(
            self._page,
            lambda: detach(desk, paper_id),
            lambda _: self._context.done("已恢复程序排版的文本"),
        )
