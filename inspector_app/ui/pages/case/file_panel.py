"""案卷: both parts as they would be bound, and the score a review would give the file."""

import re
from collections.abc import Callable

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from inspector_app.domain.binder import FilePart
from inspector_app.services.binder import BoundFile, bind_case
from inspector_app.services.case_file import CaseFile, file_of
from inspector_app.services.case_review import ReviewSheet, export_score, review_of, score_page
from inspector_app.services.case_sheet import CaseSheet
from inspector_app.ui.context import UiContext, sentence_of
from inspector_app.ui.pages.case.file_items import FileItemsPanel
from inspector_app.ui.pages.case.file_review import ReviewView
from inspector_app.ui.pages.case.next_step import Act
from inspector_app.ui.pages.cases_export import ask_path, stoppable, written
from inspector_app.ui.print import ask_and_print
from inspector_app.ui.tasks import Report, Task
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.buttons import segments
from inspector_app.ui.widgets.states import StateStack

REVIEW = "自评"
_NO_FILE_NAME = re.compile(r'[\\/:*?"<>|\s]+')
Read = tuple[CaseFile, ReviewSheet]


class FilePanel(QWidget):
    """Read when it is looked at: scans are opened to count their pages."""

    def __init__(self, context: UiContext, do: Callable[[Act], object]) -> None:
        super().__init__()
        self._context = context
        self._sheet: CaseSheet | None = None
        self._found: Read | None = None
        self._task: Task[Read] | None = None
        self._stale = False
        library = context.desk.library
        self.parts = [FileItemsPanel(part, self.bind, do) for part in library.file_parts]
        self.review = ReviewView(library.kinds, self.print_score, self.export_score, do)
        column = box(QVBoxLayout(self), spacing=8)
        bar = box(QHBoxLayout(), (14, 0, 12, 0), 8)
        self._names = [*(one.part.name for one in self.parts), REVIEW]
        self.views = segments(self._names)
        self.views.chosen.connect(self.show_view)
        bar.addWidget(self.views)
        bar.addStretch()
        column.addLayout(bar)
        self.stack = QStackedWidget()
        for one in (*self.parts, self.review):
            self.stack.addWidget(one)
        self.states = StateStack(self.stack, "archive_20")
        column.addWidget(self.states, 1)

    def show_view(self, number: int) -> None:
        """正卷, 副卷, or the score."""
        self.views.set_current(number)
        self.stack.setCurrentIndex(number)

    # ── reading ──────────────────────────────────────────────────────────────────────────────
    def show_sheet(self, sheet: CaseSheet) -> None:
        """The case as it stands; its file is read when the tab is in view."""
        if self._sheet is None or self._sheet.case.id != sheet.case.id:
            self._forget()
        self._sheet, self._stale = sheet, True
        if self.isVisible():
            self._read()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._read()

    def _forget(self) -> None:
        """Another case: an answer still on its way is not about it."""
        if self._task is not None:
            self._task.forget()
        self._task = self._found = None
        self.states.show_loading()
        self.show_view(0)

    def _read(self) -> None:
        sheet, desk = self._sheet, self._context.desk
        if sheet is None:
            return
        if self._task is not None:
            self._task.forget()
        if self._found is None:
            self.states.show_loading()
        self._stale = False
        self._task = self._context.tasks.query(
            self, lambda: (file_of(desk, sheet), review_of(desk, sheet)), self._show, self._failed
        )

    def _failed(self, error: Exception) -> None:
        self._task = None
        self.states.show_error(sentence_of(error), self._read)

    def _show(self, found: Read) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        self._task, self._found = None, found
        file, review = found
        for one in self.parts:
            one.show_file(file)
        self.review.show_review(sheet, review)
        counts = [str(len(file.part(one.part.id).placed)) for one in self.parts]
        counts.append(f"{review.review.got}/{review.review.points}")
        self.views.set_names([" ".join(pair) for pair in zip(self._names, counts, strict=True)])
        self.states.show_content()

    # ── doing ────────────────────────────────────────────────────────────────────────────────
    def bind(self, part: FilePart) -> None:
        """Ask where to, then bind one part on the worker; 停止 leaves no file."""
        sheet, desk = self._sheet, self._context.desk
        if sheet is None:
            return
        name = _NO_FILE_NAME.sub("", f"{sheet.case.case_no}_{sheet.employer.name}_{part.name}")
        path = ask_path(self._context, self, f"{name}.pdf")
        if path is None:
            return
        case_id = sheet.case.id

        def work(report: Report) -> BoundFile:
            return bind_case(desk, case_id, path, part.id, stoppable(report))

        self._context.tasks.long_work(self, f"正在装订{part.name}", work, self._bound)

    def _bound(self, made: BoundFile) -> None:
        words = f"已装订{made.part.name} {len(made.placed)} 件，共 {made.pages} 页"
        written(self._context, words, made.path)

    def print_score(self) -> None:
        """The score as a page, in the dialog that prints it or keeps it as PDF."""
        if self._found is None:
            return
        desk, review = self._context.desk, self._found[1]
        title = f"案卷自评表_{_NO_FILE_NAME.sub('', review.case_no)}"
        self._context.tasks.query(
            self,
            lambda: score_page(desk, review).pdf,
            lambda pdf: ask_and_print(self._context, pdf, title),
        )

    def export_score(self) -> None:
        """Ask where to, then write the score as a workbook on the worker."""
        if self._found is None:
            return
        desk, review = self._context.desk, self._found[1]
        path = ask_path(
            self._context, self, f"案卷自评表_{_NO_FILE_NAME.sub('', review.case_no)}.xlsx"
        )
        if path is not None:
            self._context.tasks.query(
                self,
                lambda: export_score(desk, review, path),
                lambda _made: written(self._context, "已导出自评表", path),
            )
