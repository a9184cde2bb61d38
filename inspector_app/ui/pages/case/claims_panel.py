"""劳动者: who is owed what, with totals and 大写; numbers of persons masked until asked for."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from inspector_app.domain.capital import capital
from inspector_app.domain.money import yuan
from inspector_app.services.access import reveal_workers
from inspector_app.services.case_sheet import CaseSheet
from inspector_app.services.claims import ClaimRow
from inspector_app.ui.actions import Entry
from inspector_app.ui.context import UiContext
from inspector_app.ui.pages.case.claim_form import ClaimEdit
from inspector_app.ui.pages.case.table_panel import TablePanel
from inspector_app.ui.pages.case.words import month_text
from inspector_app.ui.pages.cases_export import FULL, MASKED, ask_why, export_workers
from inspector_app.ui.pages.imports_ask import ImportAsk
from inspector_app.ui.pages.reveal import ReasonDialog, Uncovered
from inspector_app.ui.tables.columns import Column, Kind
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import label, scrolling
from inspector_app.ui.widgets.buttons import button

HIDE_AGAIN = "隐去号码"
SHOW = "显示号码"
HINT = "显示所选劳动者的身份证号、电话和卡号（空格键）；要写理由，一分钟后隐去"


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
    Column("银行卡号", lambda row: row.bank_card, 150, priority=9),
)  # fmt: skip


class ClaimsPanel(QWidget):
    """The list, or the form of one worker in its place. `settle` names the claim to be paid."""

    settle = Signal(str)

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._sheet: CaseSheet | None = None
        self._shown: tuple[str, tuple[ClaimRow, ...]] | None = None  # case, rows in the open
        self.uncovered = Uncovered(self)
        self.uncovered.over.connect(self.cover)
        self._edit: ClaimEdit | None = None
        self.dialog: ReasonDialog | None = None
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
        self.reveal = panel.add_button(button(SHOW, "quiet", "eye_20", HINT, self.toggle_reveal))
        panel.table.installEventFilter(self)
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
        self._show_rows(sheet)

    def _show_rows(self, sheet: CaseSheet) -> None:
        sums = sheet.totals
        words = ""
        if sheet.claims:
            words = (
                f"{sums.workers} 人　应发 {yuan(sums.due_fen)}　已发 {yuan(sums.paid_fen)}　"
                f"尚欠 {yuan(sums.owing_fen)} 元"
            )
        shown = self._shown[1] if self._shown and self.uncovered.lasts() else sheet.claims
        self.panel.show_rows(shown, words)
        owing = sums.owing_fen if sheet.claims else 0
        self.capital.setText(f"尚欠合计大写：{capital(owing)}" if owing > 0 else "")
        self.capital.setVisible(owing > 0)

    def toggle_reveal(self) -> None:
        """Show the numbers of the current worker once a reason is given, or cover them again."""
        if self.uncovered.lasts():
            self.cover()
            return
        row = self.panel.table.current_row()
        if row is None:
            self._context.say("先选一名劳动者")
            return
        worker_id = row.worker.id
        title = f"查看{row.worker.name}的号码"
        self.dialog = ReasonDialog(self, title, "查看", lambda why: self._ask_for(worker_id, why))
        self.dialog.open()

    def _ask_for(self, worker_id: str, why: str) -> None:
        """The look is on record before anything is shown."""
        if self._sheet is None:
            return
        desk, case_id = self._context.desk, self._sheet.case.id
        self._context.tasks.work(
            self,
            lambda: reveal_workers(desk, case_id, why, worker_id=worker_id),
            lambda rows: self._uncover(case_id, rows),
        )

    def _uncover(self, case_id: str, rows: tuple[ClaimRow, ...]) -> None:
        if self._sheet is None or self._sheet.case.id != case_id or not self.isVisible():
            return
        self._shown = (case_id, rows)
        self.uncovered.begin()
        self.reveal.setText(HIDE_AGAIN)
        self._show_rows(self._sheet)

    def cover(self) -> None:
        """Numbers are covered again: asked for, a minute later, or when the page is left."""
        self._hide_numbers()
        if self._sheet is not None:
            self._show_rows(self._sheet)

    def _hide_numbers(self) -> None:
        self._shown = None
        self.uncovered.end()
        self.reveal.setText(SHOW)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The space bar on a worker is the eye button."""
        space = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space
        if space and event.type() == QEvent.Type.KeyPress:
            self.toggle_reveal()
            return True
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.cover()

    # ── the form ─────────────────────────────────────────────────────────────────────────────
    def add_worker(self) -> None:
        """A new worker."""
        if self._sheet is not None:
            self._open(ClaimEdit(self._context, self._sheet.case.id))

    def edit_row(self, row: ClaimRow) -> None:
        """Change one: its numbers stay covered, and stay as they are unless typed anew."""
        sheet = self._sheet
        claim_id = row.claim.id
        masked = (
            next((one for one in sheet.claims if one.claim.id == claim_id), None) if sheet else None
        )
        if sheet is not None and masked is not None:
            self._open(ClaimEdit(self._context, sheet.case.id, masked))

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
            Entry(FULL, lambda: ask_why(self, lambda why: self._export(case_id, why)), "table_20"),
            Entry(MASKED, lambda: self._export(case_id), "eye_off_20"),
        ]
        menu = self._context.actions.menu(self, entries)
        menu.popup(self.reveal.mapToGlobal(self.reveal.rect().bottomLeft()))

    def _export(self, case_id: str, why: str = "") -> None:
        export_workers(self._context, self, case_id, masked=not why, why=why)

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
