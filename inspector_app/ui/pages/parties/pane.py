"""The right pane: one unit or project in facts, what it is part of, its cases; or its form."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from inspector_app.domain.money import yuan
from inspector_app.domain.terms import date_text
from inspector_app.ledger.views import CaseRow
from inspector_app.services.home import county_name
from inspector_app.services.parties import EmployerSheet, ProjectSheet
from inspector_app.ui.context import UiContext
from inspector_app.ui.pages.form_slot import FormSlot
from inspector_app.ui.pages.parties.forms import EmployerForm, ProjectForm
from inspector_app.ui.pages.parties.rows import CASE_COLUMNS
from inspector_app.ui.tables.view import HEADER_HEIGHT, TWO_LINE_ROW, RowsTable
from inspector_app.ui.theme.scaling import box, fix
from inspector_app.ui.widgets.banners import Banner
from inspector_app.ui.widgets.basic import FactGrid, Panel, clear_layout, hair, label, scrolling
from inspector_app.ui.widgets.buttons import button
from inspector_app.ui.widgets.states import Notice

MOST_CASES = 6


class PartyPane(Panel):
    """`go` carries "employer:<id>" or "project:<id>"; `form_changed` when a form comes or goes."""

    go = Signal(str)
    form_changed = Signal()

    def __init__(self, context: UiContext) -> None:
        super().__init__((1, 1, 1, 1), 0)
        self._context = context
        self.sheet: EmployerSheet | ProjectSheet | None = None
        content = QWidget()
        self._feed = box(QVBoxLayout(content), (17, 14, 12, 14), 12)
        self.slot = FormSlot((17, 14, 12, 14))
        self.slot.filled.connect(self._show_form)
        self.slot.emptied.connect(self._show_facts)
        self.notice = Notice("building_multiple_20_regular")
        self.notice.tell("选择一条看详情", "")
        self.stack = QStackedWidget()
        for one in (self.notice, scrolling(content), scrolling(self.slot)):
            self.stack.addWidget(one)
        self.column.addWidget(self.stack, 1)

    # ── facts ────────────────────────────────────────────────────────────────────────────────
    def clear(self) -> None:
        """Nothing is chosen."""
        self.sheet = None
        if self.slot.form is None:
            self.stack.setCurrentIndex(0)

    def show_sheet(self, sheet: EmployerSheet | ProjectSheet) -> None:
        """Show one; a form that is open stays open."""
        self.sheet = sheet
        clear_layout(self._feed)
        if isinstance(sheet, EmployerSheet):
            self._show_employer(sheet)
        else:
            self._show_project(sheet)
        self._show_cases(sheet.cases)
        self._feed.addStretch()
        if self.slot.form is None:
            self.stack.setCurrentIndex(1)

    def _show_title(self, name: str) -> None:
        row = box(QHBoxLayout(), spacing=8)
        row.addWidget(label(name, "detailTitle", wrap=True), 1)
        row.addWidget(button("修改", "", "edit_20", "Enter", self.edit, small=True))
        self._feed.addLayout(row)

    def _show_employer(self, sheet: EmployerSheet) -> None:
        unit, desk = sheet.employer, self._context.desk
        self._show_title(unit.name)
        if sheet.code_problem:
            banner = Banner("info")
            banner.say(f"{unit.credit_code}：{sheet.code_problem}", "信用代码有误")
            self._feed.addWidget(banner)
        grid = _facts()
        grid.show_facts(
            [
                ("统一社会信用代码", unit.credit_code),
                ("法定代表人", unit.legal_person),
                ("属地", county_name(desk, unit.county) if unit.county else ""),
                ("电话", unit.phone),
                ("行业", unit.industry),
                ("地址", unit.address),
            ]
        )
        self._feed.addWidget(grid)
        self._note(unit.note)
        if sheet.projects:
            self._section(f"参建项目 {len(sheet.projects)}")
        for project, role in sheet.projects:
            self._link(project.name, role.label, f"project:{project.id}")

    def _show_project(self, sheet: ProjectSheet) -> None:
        one, desk = sheet.project, self._context.desk
        self._show_title(one.name)
        span = f"{date_text(one.starts_on)} 至 {date_text(one.ends_on)}"
        grid = _facts()
        grid.show_facts(
            [
                ("类别", one.kind.label),
                ("投资性质", one.investment.label),
                ("属地", county_name(desk, one.county) if one.county else ""),
                ("合同价（元）", yuan(one.contract_fen)),
                ("工期", span if one.starts_on or one.ends_on else ""),
                ("地址", one.address),
            ]
        )
        self._feed.addWidget(grid)
        self._note(one.note)
        self._section(f"参建单位 {len(sheet.parties)}" if sheet.parties else "参建单位")
        for line in sheet.parties:
            self._link(line.employer.name, line.party.role.label, f"employer:{line.employer.id}")
        if not sheet.parties:
            words = "还没有登记。生成文书要写明施工总承包单位，点“修改”添加。"
            self._feed.addWidget(label(words, "muted", wrap=True))

    def _note(self, note: str) -> None:
        if note:
            self._feed.addWidget(label(note, "body", wrap=True))

    def _section(self, title: str) -> None:
        self._feed.addWidget(hair())
        self._feed.addWidget(label(title, "sectionTitle"))

    def _link(self, name: str, role: str, target: str) -> None:
        row = box(QHBoxLayout(), spacing=6)
        row.addWidget(button(name, "link", tip="看详情", clicked=lambda: self.go.emit(target)))
        row.addStretch()
        row.addWidget(label(role, "caption"))
        self._feed.addLayout(row)

    def _show_cases(self, cases: Sequence[CaseRow]) -> None:
        self._section(f"案件 {len(cases)}" if cases else "案件")
        if not cases:
            self._feed.addWidget(label("没有案件。", "muted"))
            return
        table: RowsTable[CaseRow] = RowsTable(CASE_COLUMNS, lambda row: row.id, name="案件")
        table.show_rows(cases)
        table.opened.connect(lambda row: self._context.open_page("case", row.id))
        height = TWO_LINE_ROW * min(len(cases), MOST_CASES) + HEADER_HEIGHT + 2
        self._feed.addWidget(fix(table, height=height))

    # ── form ─────────────────────────────────────────────────────────────────────────────────
    def edit(self) -> None:
        """Change what is shown."""
        if isinstance(self.sheet, EmployerSheet):
            self.slot.put(EmployerForm(self._context, self.sheet.employer))
        elif isinstance(self.sheet, ProjectSheet):
            self.slot.put(ProjectForm(self._context, self.sheet.project, self.sheet.parties))

    def _show_form(self) -> None:
        self.stack.setCurrentIndex(2)
        self.form_changed.emit()

    def _show_facts(self) -> None:
        self.stack.setCurrentIndex(1 if self.sheet is not None else 0)
        self.form_changed.emit()


def _facts() -> FactGrid:
    """Two columns of facts, no higher than they need."""
    made = FactGrid(2)
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
    return made
