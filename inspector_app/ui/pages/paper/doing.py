"""What can be done with a paper: issue, print, export, serve, void, throw a draft away."""

from typing import TYPE_CHECKING

from inspector_app.domain.papers import Paper
from inspector_app.errors import UserError
from inspector_app.services.case_sheet import CaseSheet, case_sheet
from inspector_app.services.issuing import issue, pdf, void
from inspector_app.services.looks import InTheWay, SideBySide, before_issuing, looked
from inspector_app.services.numbers import stock_words
from inspector_app.services.papers import discard_draft
from inspector_app.ui.context import UiContext
from inspector_app.ui.pages.case.serve_form import ServeForm
from inspector_app.ui.pages.paper.dialogs import IssueDialog, VoidDialog
from inspector_app.ui.pages.paper.issued import title_of
from inspector_app.ui.print import ask_and_print, save_pdf

if TYPE_CHECKING:
    from inspector_app.ui.pages.paper.page import PaperPage


class PaperDoing:
    """The hands of the paper page; every change runs on the worker."""

    def __init__(self, context: UiContext, page: "PaperPage") -> None:
        self._context, self._page = context, page
        self.dialog: IssueDialog | VoidDialog | None = None

    # ── issue and print ──────────────────────────────────────────────────────────────────────
    def issue_or_print(self) -> None:
        """Ctrl+P: a draft is numbered first, an issued paper printed again from its stored page."""
        news = self._page.news
        if news is None:
            return
        if news.is_draft():
            self._page.editor.save_now()
            desk, case_id = self._context.desk, news.sheet.paper.case_id
            # The save runs first on the same worker; its answer brings the open points.
            paper_id = news.sheet.paper.id
            self._context.tasks.query(
                self._page,
                lambda: (before_issuing(desk, case_id), stock_words(desk, paper_id)),
                lambda asked: self._ask_issue(*asked),
            )
        elif news.page is not None:
            title = title_of(news.sheet.paper, news.sheet.kind.title)
            ask_and_print(self._context, news.page, title)

    def _ask_issue(self, asked: tuple[InTheWay, list[SideBySide]], stock: str = "") -> None:
        news, editor = self._page.news, self._page.editor
        if news is None or not news.is_draft() or editor.pending() or not editor.ready():
            return
        waiting, sides = asked
        self.dialog = IssueDialog(
            self._context, news, lambda: self._issue(waiting), waiting.disputed(), sides, stock
        )
        self.dialog.open()

    def _issue(self, waiting: InTheWay) -> None:
        news = self._page.news
        if news is None:
            return
        self._page.issue.setEnabled(False)
        paper_id, case_id = news.sheet.paper.id, news.sheet.paper.case_id
        self._context.tasks.work(
            self._page,
            lambda: self._issued_page(paper_id, case_id or "", waiting),
            lambda made: self._print_new(*made),
            self._not_issued,
        )

    def _issued_page(self, paper_id: str, case_id: str, waiting: InTheWay) -> tuple[Paper, bytes]:
        desk = self._context.desk
        if waiting.looks:
            looked(desk, case_id)  # both sides stood in the dialog
        made = issue(desk, paper_id, despite_disputes=waiting.disputed() > 0)
        return made, pdf(desk, paper_id)

    def _print_new(self, paper: Paper, page: bytes) -> None:
        self._page.issue.setEnabled(True)
        title = self._context.desk.library.title(paper.kind)
        self._context.say(f"已制发 {paper.number}" if paper.number else f"已制发{title}")
        ask_and_print(self._context, page, title_of(paper, title))

    def _not_issued(self, error: Exception) -> None:
        self._page.issue.setEnabled(True)
        form = self._page.editor.form
        if isinstance(error, UserError) and form.show_problem(error.field, error.message):
            return
        self._context.trouble(error)

    # ── the rest ─────────────────────────────────────────────────────────────────────────────
    def export(self) -> None:
        """Save the page as a file: the stored one, or a draft as it stands now."""
        news = self._page.news
        if news is None:
            return
        title = title_of(news.sheet.paper, news.sheet.kind.title)
        if news.page is not None:
            save_pdf(self._context, news.page, title)
            return
        self._page.editor.save_now()
        desk, paper_id = self._context.desk, news.sheet.paper.id
        self._context.tasks.query(
            self._page,
            lambda: pdf(desk, paper_id),
            lambda page: save_pdf(self._context, page, f"{title}_草稿"),
        )

    def discard(self) -> None:
        """Throw the draft away; 撤销 brings it back."""
        news = self._page.news
        if news is None or not news.is_draft():
            return
        desk, paper_id = self._context.desk, news.sheet.paper.id
        self._context.tasks.work(
            self._page, lambda: discard_draft(desk, paper_id), lambda _: self._discarded()
        )

    def _discarded(self) -> None:
        self._context.done("已删除草稿")
        self._context.open_page("papers", None)

    def ask_void(self) -> None:
        """Ask for the reason, then void."""
        news = self._page.news
        if news is None:
            return
        self.dialog = VoidDialog(self._context, news.sheet.paper.number, self._void)
        self.dialog.open()

    def _void(self, why: str) -> None:
        news, desk = self._page.news, self._context.desk
        if news is None:
            return
        paper = news.sheet.paper
        self._context.tasks.work(
            self._page,
            lambda: void(desk, paper.id, why),
            lambda _: self._context.say(f"已作废 {paper.number}"),
        )

    def open_service(self) -> None:
        """登记送达 in place, above the facts."""
        news, desk = self._page.news, self._context.desk
        if news is None or news.sheet.paper.case_id is None:
            return
        case_id = news.sheet.paper.case_id
        self._context.tasks.query(self._page, lambda: case_sheet(desk, case_id), self._show_service)

    def _show_service(self, sheet: CaseSheet) -> None:
        news = self._page.news
        if news is None:
            return
        made = ServeForm(self._context, sheet)
        made.choose(news.sheet.paper.id)
        self._page.issued.open_service(made)
        made.closed.connect(self._page.service_changed)
        self._page.service_changed()
