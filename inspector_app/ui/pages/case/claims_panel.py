"""劳动者: who is owed what, with totals and 大写; numbers of persons masked until asked for."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from inspector_app.domain.capital import capital
from inspector_app.domain.masking import mask_card
from inspector_app.domain.money import yuan
from inspector_app.services.case_sheet import CaseSheet, case_sheet
from inspector_app.services.claims import ClaimRow
from inspector_app.ui.actions import Entry
from inspector_app.ui.context import UiContext
from inspector_app.ui.pages.case.claim_form import ClaimEdit
from inspector_app.ui.pages.case.table_panel import TablePanel
from inspector_app.ui.pages.case.words import month_text
from inspector_app.ui.pages.cases_export import export_workers
from inspector_app.ui.pages.imports_ask import ImportAsk
from inspector_app.ui.tables.columns import Column, Kind
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import label, scrolling
from inspector_app.ui.widgets.buttons import button

HIDE_AGAIN = "隐去号码"
SHOW = "显示号码"


def _check_words(row: ClaimRow) -> str:
    if row.id_problem:
        return "证号有误"
    return "已付清" if row.owing_fen <= 0 else "尚欠"


def _check_tone(row: ClaimRow) -> str:
    if row.id_problem:
        return "warning"
    return "success" if row.owing_fen <= 0 else "neutral"


COLUMNS: tuple[Column[ClaimRow], ...] = (
    Column("姓名", lambda row: row.worker.name, 90, stretch=True),
    Column("身份证号", lambda row: row.id_number, 166, priority=2),
    Column("电话", lambda row: row.phone, 108, priority=7),
    Column("工种", lambda row: row.worker.trade, 76, priority=5),
    Column("欠薪期间", lambda row: month_text(row.claim.period_from, row.claim.period_to), 132,
           priority=6),
    Column("应发(元)", lambda row: yuan(row.claim.due_fen), 100, Kind.NUMBER),
    Column("已发(元)", lambda row: yuan(row.claim.paid_fen + row.settled_fen), 96, Kind.NUMBER,
           priority=3),
    Column("代扣(元)", lambda row: yuan(row.claim.withheld_fen), 84, Kind.NUMBER, priority=8),
    Column("尚欠(元)", lambda row: yuan(row.owing_fen), 104, Kind.NUMBER),
    Column("状态", _check_words, 92, Kind.PILL, tone=_check_tone,
           tip="证号有误的仍按原样保存，请向本人核对"),
    Column("银行卡号", lambda row: row.bank_card and mask_card(row.bank_card), 150, priority=9),
)  # fmt: skip


class ClaimsPanel(QWidget):
    """The list, or the form of one worker in its place. `settle` names the claim to be paid."""

    settle = Signal(str)

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._sheet: CaseSheet | None = None
        self._revealed = False
        self._edit: ClaimEdit | None = None
        column = box(QVBoxLayout(self))
        self.stack = QStackedWidget()
        column.addWidget(self.stack)
        self.panel: TablePanel[ClaimRow] = TablePanel(
            COLUMNS,
            lambda row: row.claim.id,
            "劳动者名单",
            ("还没有劳动者名单", "添加劳动者，或从 Excel 导入名单（Ctrl+I）。"),
            "people_20",
        )
        self.stack.addWidget(self.panel)
        self._build_bar()
        self.capital = label("", "muted", wrap=True)
        self.capital.setContentsMargins(14, 0, 12, 8)
        panel_column = self.panel.layout()
        if isinstance(panel_column, QVBoxLayout):
            panel_column.addWidget(self.capital)

    def _build_bar(self) -> None:
        panel = self.panel
        self.reveal = panel.add_button(
            button(SHOW, "quiet", "eye_20", "在本页显示完整的身份证号和电话", self.toggle_reveal)
        )
        panel.add_button(button("导入", "", "arrow_import_20", "Ctrl+I", self.import_roster))
        panel.add_button(button("导出", "", "arrow_export_20", "Ctrl+E", self.ask_export))
        self.add = panel.add_button(button("添加", "", "person_add_20", clicked=self.add_worker))
        panel.table.opened.connect(self.edit_row)
        panel.table.set_menu(self._menu)

    # ── showing ──────────────────────────────────────────────────────────────────────────────
    def show_sheet(self, sheet: CaseSheet) -> None:
        """Show the workers of a case; another case hides the numbers again."""
        if self._sheet is None or self._sheet.case.id != sheet.case.id:
            self._hide_numbers()
            self.close_form()
        self._sheet = sheet
        if self._revealed:
            self._read_revealed(self._show_rows)
        else:
            self._show_rows(sheet)

    def _show_rows(self, sheet: CaseSheet) -> None:
        sums = sheet.totals
        words = ""
        if sheet.claims:
            words = (
                f"{sums.workers} 人　应发 {yuan(sums.due_fen)}　已发 {yuan(sums.paid_fen)}　"
                f"尚欠 {yuan(sums.owing_fen)} 元"
            )
        self.panel.show_rows(sheet.claims, words)
        owing = sums.owing_fen if sheet.claims else 0
        self.capital.setText(f"尚欠合计大写：{capital(owing)}" if owing > 0 else "")
        self.capital.setVisible(owing > 0)

    def _read_revealed(self, then: Callable[[CaseSheet], object]) -> None:
        sheet, desk = self._sheet, self._context.desk
        if sheet is not None:
            case_id = sheet.case.id
            self._context.tasks.query(self, lambda: case_sheet(desk, case_id, reveal=True), then)

    def toggle_reveal(self) -> None:
        """Show or hide the numbers of persons on this page."""
        if self._revealed:
            self._hide_numbers()
            if self._sheet is not None:
                self._show_rows(self._sheet)
            return
        self._revealed = True
        self.reveal.setText(HIDE_AGAIN)
        self._read_revealed(self._show_rows)

    def _hide_numbers(self) -> None:
        self._revealed = False
        self.reveal.setText(SHOW)

    # ── the form ─────────────────────────────────────────────────────────────────────────────
    def add_worker(self) -> None:
        """A new worker."""
        if self._sheet is not None:
            self._open(ClaimEdit(self._context, self._sheet.case.id))

    def edit_row(self, row: ClaimRow) -> None:
        """Change one: read in the open first, so that masks are never saved."""
        self._read_revealed(lambda sheet: self._edit_in(sheet, row.claim.id))

    def _edit_in(self, sheet: CaseSheet, claim_id: str) -> None:
        row = next((one for one in sheet.claims if one.claim.id == claim_id), None)
        if row is not None:
            self._open(ClaimEdit(self._context, sheet.case.id, row))

    def _open(self, form: ClaimEdit) -> None:
        self.close_form()
        self._edit = form
        form.closed.connect(self.close_form)
        holder = QWidget()
        inner = box(QVBoxLayout(holder), (14, 4, 14, 12))
        inner.addWidget(form)
        inner.addStretch()
        area = scrolling(holder)
        self.stack.addWidget(area)
        self.stack.setCurrentWidget(area)
        form.start()

    def form(self) -> ClaimEdit | None:
        """The form that is open."""
        return self._edit

    def leave_form(self) -> bool:
        """Esc: close the form unless it has to warn first; False when none is open."""
        if self._edit is None:
            return False
        if self._edit.may_close():
            self.close_form()
        return True

    def close_form(self) -> None:
        """Back to the list."""
        self._edit = None
        area = self.stack.widget(1)
        if area is not None:
            self.stack.removeWidget(area)
            area.deleteLater()
            self.panel.table.setFocus()

    # ── in and out ───────────────────────────────────────────────────────────────────────────
    def import_roster(self) -> None:
        """A roster from a workbook into this case."""
        if self._sheet is not None:
            case, unit = self._sheet.case, self._sheet.employer.name
            ask = ImportAsk("workers", None, case.id, f"{case.case_no}　{unit}")
            self._context.open_page("imports", ask)

    def ask_export(self) -> None:
        """The full list or the masked one."""
        if self._sheet is None:
            return
        case_id = self._sheet.case.id
        entries = [
            Entry("内部完整版", lambda: self._export(case_id, masked=False), "table_20"),
            Entry("报送脱敏版", lambda: self._export(case_id, masked=True), "eye_off_20"),
        ]
        menu = self._context.actions.menu(self, entries)
        menu.popup(self.reveal.mapToGlobal(self.reveal.rect().bottomLeft()))

    def _export(self, case_id: str, *, masked: bool) -> None:
        export_workers(self._context, self, case_id, masked=masked)

    def _menu(self, row: ClaimRow) -> QMenu:
        claim_id = row.claim.id
        entries = [
            Entry("修改", lambda: self.edit_row(row), "edit_20"),
            Entry(
                "登记清偿",
                lambda: self.settle.emit(claim_id),
                "money_20",
                enabled=row.owing_fen > 0,
            ),
        ]
        return self._context.actions.menu(self, entries)
