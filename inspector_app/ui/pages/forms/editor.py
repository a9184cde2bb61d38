"""The middle of the page: four views of one form, and below them what the checks say."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from inspector_app.domain.papers import PaperKind
from inspector_app.library.form_text import row_at
from inspector_app.services.template_checks import FormReport
from inspector_app.ui.actions import Actions
from inspector_app.ui.pages.forms.body_view import BodyView
from inspector_app.ui.pages.forms.checks_view import ChecksView
from inspector_app.ui.pages.forms.field_form import Facts
from inspector_app.ui.pages.forms.fields_view import FieldsView
from inspector_app.ui.pages.forms.source_view import SourceView
from inspector_app.ui.pages.forms.top_view import TopView
from inspector_app.ui.pages.forms.work import FormWork
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import Panel
from inspector_app.ui.widgets.buttons import button, tabs
from inspector_app.ui.widgets.states import Notice

TOP, FIELDS, BODY, SOURCE = range(4)
NAMES = ("文书", "字段", "正文", "源文件")


class FormEditor(QWidget):
    """`said` carries a sentence for the foot of the window."""

    said = Signal(str)

    def __init__(self, work: FormWork, actions: Actions, settings: Mapping[str, str]) -> None:
        super().__init__()
        self._work = work
        column = box(QVBoxLayout(self), spacing=12)
        panel = Panel((1, 1, 1, 1), 0)
        bar = box(QHBoxLayout(), (14, 6, 12, 0), 8)
        self.tabs = tabs(NAMES)
        self.tabs.chosen.connect(self.turn_to)
        bar.addWidget(self.tabs, 1)
        panel.column.addLayout(bar)
        self.top = TopView(work, settings)
        self.fields = FieldsView(work)
        self.body = BodyView(work, actions, settings)
        self.source = SourceView(work)
        self.broken = Notice("error_circle_20_regular", "danger_solid")
        self.stack = QStackedWidget()
        for one in (self.top, self.fields, self.body, self.source, self.broken):
            self.stack.addWidget(one)
        panel.column.addWidget(self.stack, 1)
        self.checks = ChecksView()
        self.checks.jump.connect(self.go_to)
        column.addWidget(panel, 1)
        column.addWidget(self.checks)
        for view in (self.fields, self.body):
            view.said.connect(self.said)
        work.changed.connect(self.refresh)

    def set_shipped(self, shipped: PaperKind, facts: Facts) -> None:
        """The shipped form beside the one on the desk."""
        self.fields.set_shipped(shipped, facts)

    # ── views ────────────────────────────────────────────────────────────────────────────────
    def turn_to(self, number: int) -> None:
        """Show one of the views."""
        self.tabs.set_current(number)
        self.refresh()

    def view(self) -> int:
        """The view that is on."""
        return self.tabs.current()

    def refresh(self, *, anew: bool = False) -> None:
        """Show the text on the desk in the view that is on."""
        number = self.view()
        if number == SOURCE:
            self.source.refresh()
        elif self._work.kind() is None:
            self._tell_broken()
            return
        else:
            views = (self.top, self.fields, self.body)
            views[max(number, TOP)].refresh(anew=anew)
        self.stack.setCurrentIndex(number)

    def _tell_broken(self) -> None:
        """The text cannot be read: only the source can mend it."""
        to_source = button("到源文件", "", "edit_20", clicked=lambda: self.turn_to(SOURCE))
        self.broken.tell("格式读不出", "源文件有写错的地方，改好以后这里就能看。", (to_source,))
        self.stack.setCurrentWidget(self.broken)

    def first_focus(self) -> QWidget:
        """Where the keyboard starts in the view that is on."""
        views = (self.top, self.fields, self.body, self.source)
        return views[max(self.view(), 0)].first_focus()

    # ── checks ───────────────────────────────────────────────────────────────────────────────
    def show_report(self, report: FormReport) -> None:
        """The check list, the wrong lines of the source, the number as it would be printed."""
        self.checks.show_report(report)
        self.top.show_number(report.number)
        self.source.edit.mark_lines(fault.line for fault in report.faults)

    def go_to(self, line: int) -> None:
        """Show a line of the form: its field, its block, else the source."""
        array, number = row_at(self._work.text, line)
        readable = self._work.kind() is not None
        if readable and array == "field" and self.view() != SOURCE:
            self.turn_to(FIELDS)
            self.fields.select(number)
        elif readable and array == "body" and self.view() != SOURCE:
            self.turn_to(BODY)
            self.body.select(number)
        elif readable and not array and self.view() != SOURCE and self._is_named(line):
            self.turn_to(TOP)
            self.top.first_focus().setFocus()
        else:
            self.turn_to(SOURCE)
            self.source.edit.go_to(max(line, 1))

    def _is_named(self, line: int) -> bool:
        """Whether a line at the top is one that can be changed without the source."""
        lines = self._work.text.splitlines()
        key = lines[line - 1].partition("=")[0].strip() if 0 < line <= len(lines) else ""
        return key in self.top.form.fields
