"""单位与项目: two lists with search, and beside them what the ledger knows of the chosen one."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from inspector_app.domain.parties import Employer, Project
from inspector_app.ledger.views import EmployerRow, ProjectRow
from inspector_app.services.parties import (
    EmployerSheet,
    ProjectSheet,
    employer_sheet,
    employers,
    project_sheet,
    projects,
)
from inspector_app.ui.actions import Handler
from inspector_app.ui.bus import Changes
from inspector_app.ui.context import UiContext, sentence_of
from inspector_app.ui.page import Page
from inspector_app.ui.pages.parties.forms import EmployerForm, ProjectForm
from inspector_app.ui.pages.parties.pane import PartyPane
from inspector_app.ui.pages.parties.rows import employer_columns, project_columns
from inspector_app.ui.tables.view import RowsTable
from inspector_app.ui.tasks import Task
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import Panel, hair
from inspector_app.ui.widgets.buttons import button, segments
from inspector_app.ui.widgets.search import SearchBox
from inspector_app.ui.widgets.split import ListAndDetail
from inspector_app.ui.widgets.states import StateStack

RowT = TypeVar("RowT", EmployerRow, ProjectRow)
UNITS, PROJECTS = 0, 1


class PartiesPage(Page):
    """`arg`: "employer:<id>" or "project:<id>" shows that one."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context, "单位与项目")
        self._wanted = ""
        self._listing: Task[list[EmployerRow]] | Task[list[ProjectRow]] | None = None
        self._showing: Task[EmployerSheet] | Task[ProjectSheet] | None = None
        self._filled = False
        self.new = button("登记单位", "primary", "add_20", clicked=self.start_new)
        self.head.add(self.new)
        self.pane = PartyPane(context)
        self.pane.go.connect(self.show_for)
        self.pane.form_changed.connect(self._form_changed)
        self.split = ListAndDetail(self._build_list(), self.pane, 420)
        self.column.addWidget(self.split, 1)

    def _build_list(self) -> Panel:
        panel = Panel((1, 1, 1, 1), 0)
        bar = box(QHBoxLayout(), (12, 10, 12, 10), 10)
        self.tabs = segments(("单位", "项目"))
        self.tabs.chosen.connect(self._turn_to)
        self.search = SearchBox("名称、信用代码、拼音首字母", width=260)
        self.search.searched.connect(lambda _text: self._load())
        self.search.down.connect(self._to_table)
        bar.addWidget(self.tabs)
        bar.addStretch()
        bar.addWidget(self.search)
        panel.column.addLayout(bar)
        panel.column.addWidget(hair())
        desk = self.context.desk
        self.units: RowsTable[EmployerRow] = RowsTable(
            employer_columns(desk), lambda row: row.id, name="单位"
        )
        self.projects: RowsTable[ProjectRow] = RowsTable(
            project_columns(desk), lambda row: row.id, name="项目"
        )
        self.tables = QStackedWidget()
        for table in (self.units, self.projects):
            table.chosen.connect(self._choose)
            table.opened.connect(lambda _row: self.pane.edit())
            self.tables.addWidget(table)
        self.states = StateStack(self.tables, "building_multiple_20")
        panel.column.addWidget(self.states, 1)
        return panel

    # ── what the window calls ────────────────────────────────────────────────────────────────
    def show_for(self, arg: object) -> None:
        if isinstance(arg, str) and ":" in arg:
            kind, _, wanted = arg.partition(":")
            self._wanted = wanted
            self.search.set_text("")
            self._set_tab(PROJECTS if kind == "project" else UNITS)
        self._load()

    def refresh(self, changes: Changes) -> None:
        if changes.touches():
            self._load()

    def leave(self) -> bool:
        return self.pane.slot.may_leave()

    def place(self) -> object:
        key = self._table().current_key()
        return f"{'project' if self._is_projects() else 'employer'}:{key}" if key else None

    def handlers(self) -> Mapping[str, Handler]:
        here: dict[str, Handler] = {
            "find": self._find,
            "detail": self.split.toggle,
            "refresh": self._load,
        }
        if self.pane.slot.form is not None:
            here |= {"back": self._leave_form, "save": self.pane.slot.form.submit}
        return here

    def first_focus(self) -> QWidget | None:
        return self._table()

    def fit(self, width: int, height: int) -> None:  # noqa: ARG002 - lists scroll
        self.split.fit(width)

    # ── tabs ─────────────────────────────────────────────────────────────────────────────────
    def _is_projects(self) -> bool:
        return self.tabs.current() == PROJECTS

    def _table(self) -> RowsTable[EmployerRow] | RowsTable[ProjectRow]:
        return self.projects if self._is_projects() else self.units

    def _turn_to(self, number: int) -> None:
        if not self.leave():
            self.tabs.set_current(self.tables.currentIndex())
            return
        self._set_tab(number)
        self._load()

    def _set_tab(self, number: int) -> None:
        self.pane.slot.take_away()
        self.tabs.set_current(number)
        self.tables.setCurrentIndex(number)
        self.new.setText("登记项目" if number == PROJECTS else "登记单位")
        self.pane.clear()

    def _find(self) -> None:
        self.search.setFocus()
        self.search.edit.selectAll()

    def _to_table(self) -> None:
        self._table().setFocus()

    # ── forms ────────────────────────────────────────────────────────────────────────────────
    def start_new(self) -> None:
        """Enter a unit or a project, whichever list is shown."""
        context = self.context
        made: EmployerForm | ProjectForm = (
            ProjectForm(context, None) if self._is_projects() else EmployerForm(context, None)
        )
        made.saved.connect(self._made)
        if not self.split.detail_shown():
            self.split.toggle()
        self.pane.slot.put(made)

    def _made(self, saved: object) -> None:
        if isinstance(saved, Employer | Project):
            self._wanted = saved.id
            self._load()

    def _leave_form(self) -> None:
        self.pane.slot.leave()  # the list gets the keyboard as the form goes

    def _form_changed(self) -> None:
        self.handlers_changed()
        self.new.setVisible(self.pane.slot.form is None)  # the form has the one primary button
        if self.pane.slot.form is None and self.isVisible():
            self._to_table()  # else the focus would fall to the first thing in the window

    # ── reading ──────────────────────────────────────────────────────────────────────────────
    def _load(self) -> None:
        if self._listing is not None:
            self._listing.forget()
        if not self._filled:
            self.states.show_loading()
        desk, text, tasks = self.context.desk, self.search.text(), self.context.tasks
        if self._is_projects():
            self._listing = tasks.query(
                self, lambda: projects(desk, text), self._show_projects, self._failed
            )
        else:
            self._listing = tasks.query(
                self, lambda: employers(desk, text), self._show_units, self._failed
            )

    def _failed(self, error: Exception) -> None:
        self._listing = None
        self.states.show_error(sentence_of(error), self._load)

    def _show_units(self, rows: list[EmployerRow]) -> None:
        self._show(self.units, rows, "单位", "登记单位，或导入台账时自动登记。")

    def _show_projects(self, rows: list[ProjectRow]) -> None:
        self._show(self.projects, rows, "项目", "登记工程项目和参建单位，检查和文书从这里取。")

    def _show(self, table: RowsTable[RowT], rows: Sequence[RowT], name: str, body: str) -> None:
        self._listing, self._filled = None, True
        table.show_rows(rows)
        self.head.set_hint(f"{name} {len(rows)} 个")
        if not rows:
            self.pane.clear()
            if self.search.text():
                clear = button("清除", "", "dismiss_20", clicked=self._clear)
                self.states.show_empty(f"没有符合的{name}", "换一个词再找。", (clear,))
            else:
                new = button(f"登记{name}", "primary", clicked=self.start_new)
                self.states.show_empty(f"还没有{name}", body, (new,))
            return
        self.states.show_content()
        wanted, self._wanted = self._wanted, ""
        if wanted and table.current_key() != wanted:
            table.select_key(wanted)
        elif not table.current_key():
            table.selectRow(0)
        else:
            self._choose(table.current_row())

    def _clear(self) -> None:
        self.search.set_text("")
        self._load()

    def _choose(self, row: object) -> None:
        if self._showing is not None:
            self._showing.forget()
        desk, tasks = self.context.desk, self.context.tasks
        if isinstance(row, EmployerRow):
            unit = row.id
            self._showing = tasks.query(self, lambda: employer_sheet(desk, unit), self._show_sheet)
        elif isinstance(row, ProjectRow):
            project = row.id
            self._showing = tasks.query(
                self, lambda: project_sheet(desk, project), self._show_sheet
            )
        else:
            self.pane.clear()

    def _show_sheet(self, sheet: EmployerSheet | ProjectSheet) -> None:
        self._showing = None
        self.pane.show_sheet(sheet)
        self.handlers_changed()


def make(context: UiContext) -> Page:
    """Employers and projects."""
    return PartiesPage(context)
