"""One paper: typed at the left, seen as it will be filed at the right, numbered once, kept."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from inspector_app.domain.papers import PaperProblem, PaperState, Values
from inspector_app.errors import UserError
from inspector_app.papers.context import RenderedPaper
from inspector_app.services.papers import preview, save_draft
from inspector_app.ui.actions import Handler
from inspector_app.ui.bus import Changes
from inspector_app.ui.context import UiContext, sentence_of
from inspector_app.ui.page import Page
from inspector_app.ui.pages.case.inline import InlineForm
from inspector_app.ui.pages.paper.copies import PaperCopies
from inspector_app.ui.pages.paper.doing import PaperDoing
from inspector_app.ui.pages.paper.editor import PaperEditor
from inspector_app.ui.pages.paper.issued import IssuedPanel
from inspector_app.ui.pages.paper.reading import PaperNews, read_paper
from inspector_app.ui.pages.paper.word import PaperWord
from inspector_app.ui.preview import PdfPreview
from inspector_app.ui.tasks import Task
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.buttons import button, icon_button
from inspector_app.ui.widgets.states import StateStack

PREVIEW_MS = 300
ROOM_FOR_PREVIEW = 900  # px at 100 %: below this the page gives way to the form until F4


class PaperPage(Page):
    """`arg` is the paper's id."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context, "文书")
        self._paper_id = ""
        self.news: PaperNews | None = None
        self._saved_words = ""
        self._wanted: bool | None = None
        self._room = True
        self._asked: Task[PaperNews] | None = None
        self._drawn: Task[RenderedPaper] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PREVIEW_MS)
        self._timer.timeout.connect(self._draw)
        self.doing = PaperDoing(context, self)
        self.copies = PaperCopies(context, self)
        self.word = PaperWord(context, self)
        self._build_head()
        self._build_body()

    # ── building ─────────────────────────────────────────────────────────────────────────────
    def _build_head(self) -> None:
        do = self.doing
        self.discard = button("删除草稿", "quiet", "delete_20", clicked=do.discard)
        self.void = button("作废", "danger", "prohibited_20", clicked=do.ask_void)
        self.serve = button("登记送达", "", "send_20", clicked=do.open_service)
        self.export = button("导出 PDF", "", "document_pdf_20", "Ctrl+E", do.export)
        self.more = icon_button("more_horizontal_20", "更多", self._show_more)
        self.issue = button("编号并打印", "primary", "print_20", "Ctrl+P", do.issue_or_print)
        self.buttons = (
            self.discard, self.void, self.serve, self.export, self.more, self.issue,
        )  # fmt: skip
        for one in self.buttons:
            one.hide()
            self.head.add(one)

    def _build_body(self) -> None:
        body = QWidget()
        row = box(QHBoxLayout(body), spacing=14)
        self.editor = PaperEditor(self.context, self._save)
        self.editor.changed.connect(self._timer.start)
        self.editor.said.connect(self._say_saved)
        self.editor.submitted.connect(self.doing.issue_or_print)
        self.editor.approval.changed.connect(self.service_changed)
        self.issued = IssuedPanel(self.context)
        self.left = QStackedWidget()
        self.left.addWidget(self.editor)
        self.left.addWidget(self.issued)
        self.preview = PdfPreview()
        row.addWidget(self.left, 56)
        row.addWidget(self.preview, 44)
        self.states = StateStack(body, "document_text_20")
        self.column.addWidget(self.states, 1)

    # ── what the window calls ────────────────────────────────────────────────────────────────
    def show_for(self, arg: object) -> None:
        if isinstance(arg, str) and arg and arg != self._paper_id:
            self._paper_id, self.news = arg, None
            self.issued.close_service()
            self.preview.show_notice("正在排版", "")
        self.load()

    def refresh(self, changes: Changes) -> None:
        if changes.touches():
            self.load()

    def leave(self) -> bool:
        self.editor.save_now()
        return True

    def place(self) -> object:
        return self._paper_id or None

    def handlers(self) -> Mapping[str, Handler]:
        here: dict[str, Handler] = {"detail": self._toggle_preview, "refresh": self.load}
        if self.news is None:
            return here
        here |= {"print": self.doing.issue_or_print, "export": self.doing.export}
        if self.news.is_draft():
            here["save"] = self.editor.save_now
        if self._entry() is not None:
            here["back"] = self._leave_entry
        return here

    def fit(self, width: int, height: int) -> None:  # noqa: ARG002 - form and page both scroll
        self._room = width >= ROOM_FOR_PREVIEW
        self._show_preview()

    def _toggle_preview(self) -> None:
        self._wanted = not self.preview.isVisibleTo(self)
        self._show_preview()

    def _show_preview(self) -> None:
        self.preview.setVisible(self._room if self._wanted is None else self._wanted)

    def _entry(self) -> InlineForm | None:
        """The small form that is open: a service, or an approval."""
        return self.issued.service or self.editor.approval.entry

    def _leave_entry(self) -> None:
        form = self._entry()
        if form is not None and form.may_close():
            self.issued.close_service()
            self.editor.approval.close_entry()
            self.service_changed()

    def service_changed(self) -> None:
        """A small form came or went."""
        if self.news is not None:
            self._show_head(self.news)
        self.handlers_changed()

    # ── reading ──────────────────────────────────────────────────────────────────────────────
    def load(self) -> None:
        """Read the paper again."""
        if not self._paper_id:
            return
        if self._asked is not None:
            self._asked.forget()
        if self.news is None:
            self.states.show_loading()
        desk, paper_id = self.context.desk, self._paper_id
        self._asked = self.context.tasks.query(
            self,
            lambda: read_paper(desk, paper_id),
            partial(self._arrived, self.editor.edits),
            self._failed,
        )

    def _failed(self, error: Exception) -> None:
        self._asked = None
        if isinstance(error, UserError) and error.kind == "not_found":
            self._gone(error)
            return
        self.states.show_error(sentence_of(error), self.load)

    def _gone(self, error: UserError) -> None:
        """The draft was thrown away, here or by an undo elsewhere."""
        self.news = None
        for one in self.buttons:
            one.hide()
        to_list = button("看全部文书", clicked=lambda: self.context.open_page("papers", None))
        self.states.show_empty("没有这份文书", error.message, (to_list,))
        self.handlers_changed()

    def _arrived(self, edits: int, news: PaperNews) -> None:
        self._asked = None
        before, self.news = self.news, news
        fresh = before is None or before.is_draft() != news.is_draft()
        fresh = fresh or (before is not None and before.sheet.kind != news.sheet.kind)
        if not news.is_draft():
            self._show_issued(news)
        elif fresh:
            self._saved_words = ""
            self.editor.load(news)
            self.left.setCurrentWidget(self.editor)
            self._draw()
        elif edits == self.editor.edits:
            self.editor.update_from(news)
            self._draw()
        self._show_head(news)
        self.states.show_content()
        if fresh and news.is_draft() and self.isVisible():
            self.editor.focus_first()
        self.handlers_changed()

    def _show_issued(self, news: PaperNews) -> None:
        self.issued.load(news)
        self.left.setCurrentWidget(self.issued)
        self._timer.stop()
        if news.page is not None:
            self.preview.show_pdf(news.page)

    def _show_head(self, news: PaperNews) -> None:
        paper, draft = news.sheet.paper, news.is_draft()
        issued = paper.state is PaperState.ISSUED
        self.head.set_title(news.sheet.kind.title)
        self.discard.setVisible(draft)
        serving = self._entry() is not None  # its form has the one primary button then
        self.void.setVisible(issued and not serving)
        served = news.row is not None and news.row.served_on is not None
        can_serve = issued and paper.case_id is not None and not served
        self.serve.setVisible(can_serve and not serving)
        self.export.setVisible(not serving)
        self.more.setVisible(not serving)
        self.issue.setVisible(not serving)
        self.issue.setText("编号并打印" if draft else "再次打印")
        self._tell_hint()
        kind = "case" if paper.case_id else "inspection"
        self.show_standing(kind, paper.case_id or paper.inspection_id or "")

    def _show_more(self) -> None:
        """Copies of this paper, and what else can be done with it."""
        if self.news is not None:
            entries = [*self.copies.entries(self.news), None, *self.word.entries(self.news)]
            menu = self.context.actions.menu(self, entries)
            menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def _tell_hint(self) -> None:
        news = self.news
        if news is None:
            return
        case = news.sheet.case
        parts = [
            news.sheet.paper.number or (case.case_no if case else ""),
            news.row.employer if news.row else "",
            "以修改后的文件为准" if news.is_draft() and news.page else "",
            self._saved_words or "草稿" if news.is_draft() else news.sheet.paper.state.label,
        ]
        self.head.set_hint("　".join(part for part in parts if part))

    # ── drawing and saving ───────────────────────────────────────────────────────────────────
    def _draw(self) -> None:
        """The page as it would be filed now; an older drawing on its way is dropped."""
        self._timer.stop()
        if self._drawn is not None:
            self._drawn.forget()
        if self.news is None or not self.news.is_draft():
            return
        if self.news.page is not None:  # edited outside: typing here does not change it
            self.preview.show_pdf(self.news.page)
            return
        desk, paper, values = self.context.desk, self.news.sheet.paper, self.editor.values()
        self._drawn = self.context.tasks.query(
            self,
            # its number: reserved for a text edited outside, else none
            lambda: preview(desk, paper.kind, values, paper.number, paper.form_version),
            self._show_page,
            self._not_drawn,
        )

    def _show_page(self, page: RenderedPaper) -> None:
        self._drawn = None
        if self.news is not None and self.news.is_draft():
            self.preview.show_pdf(page.pdf)

    def _not_drawn(self, error: Exception) -> None:
        self._drawn = None
        self.preview.show_notice("暂时排不出这一页", sentence_of(error))

    def _say_saved(self, words: str) -> None:
        self._saved_words = words
        self._tell_hint()

    def _save(self, values: Values) -> None:
        desk, paper_id = self.context.desk, self._paper_id
        self.context.tasks.work(
            self, lambda: save_draft(desk, paper_id, values), self._saved, self._not_saved
        )

    def _saved(self, problems: tuple[PaperProblem, ...]) -> None:
        self.editor.saved(self.context.desk.now())
        self.editor.show_problems(problems)

    def _not_saved(self, error: Exception) -> None:
        self.editor.not_saved()
        self.context.trouble(error)


def make(context: UiContext) -> Page:
    """The paper page."""
    return PaperPage(context)
