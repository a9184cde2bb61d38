"""查看记录: who looked at personal data, for administrators and auditors."""

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from inspector_app.domain.access import fields_text
from inspector_app.services.access_register import AccessLine, export_access
from inspector_app.ui.context import UiContext
from inspector_app.ui.exchange_state import ExchangeState
from inspector_app.ui.pages.cases_export import ask_path, written
from inspector_app.ui.pages.settings.received_view import ReceivedPanel
from inspector_app.ui.tables.columns import Column, Kind
from inspector_app.ui.tables.view import RowsTable
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import label
from inspector_app.ui.widgets.buttons import button, segments
from inspector_app.ui.widgets.states import StateStack

COLUMNS: tuple[Column[AccessLine], ...] = (
    Column("时间", lambda one: one.entry.at.replace("T", " "), 140, Kind.DATE),
    Column("查看人", lambda one: one.entry.by_name, 76),
    Column("方式", lambda one: one.entry.way.label, 88, priority=5),
    Column("线索、案件", lambda one: one.matter, 156),
    Column("谁的", lambda one: one.person, 76, priority=3),
    Column("看了什么", lambda one: fields_text(one.entry.fields), 150, stretch=True),
    Column("理由", lambda one: one.entry.why, 110, priority=2),
)
VIEWS = ("在电脑上看的", "从共享库收到的")
ALLOWED_ONLY = "由管理员和审计查看。每件案件、线索自己的查看记录在它的“经过”里。"


class AccessPanel(QWidget):
    """The register, the last look first, and its export."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._lines: list[AccessLine] = []
        whole = box(QVBoxLayout(self), spacing=10)
        self.views = segments(VIEWS)
        self.views.chosen.connect(self.turn)
        whole.addWidget(self.views)
        self.stack = QStackedWidget()
        whole.addWidget(self.stack, 1)
        self.received = ReceivedPanel(context)
        here = QWidget()
        self.stack.addWidget(here)
        self.stack.addWidget(self.received)
        context.exchange.changed.connect(self._heard)
        self._heard(context.exchange.state)
        column = box(QVBoxLayout(here), spacing=10)
        bar = box(QHBoxLayout(), spacing=8)
        self.words = label("", "body", wrap=True)
        bar.addWidget(self.words, 1)
        self.export = button("导出 Excel", "", "arrow_export_20", clicked=self._export)
        bar.addWidget(self.export)
        column.addLayout(bar)
        self.table: RowsTable[AccessLine] = RowsTable(
            COLUMNS, lambda one: one.entry.id, grid=True, name="查看记录"
        )
        self.states = StateStack(self.table, "eye_20")
        column.addWidget(self.states, 1)

    def _heard(self, _state: ExchangeState) -> None:
        """Only who looks after the shared side is told who received what from it."""
        last = self._context.exchange.last
        keeper = last is not None and last.keeper
        self.views.setVisible(keeper)
        if not keeper:
            self.turn(0)

    def turn(self, number: int) -> None:
        """What was looked at on the PCs, or what came from the shared side."""
        self.views.set_current(number)
        self.stack.setCurrentIndex(number)
        if number:
            self.received.load()

    def show_lines(self, lines: list[AccessLine] | None) -> None:
        """The looks there were; None where they are not for the person at the desk."""
        self._lines = lines or []
        self.export.setVisible(bool(self._lines))
        self.words.setText(f"{len(self._lines)} 次，最近的在前" if self._lines else "")
        self.table.show_rows(self._lines)
        if self._lines:
            self.states.show_content()
        elif lines is None:
            self.states.show_empty("查看记录不在这里显示", ALLOWED_ONLY)
        else:
            words = "查看号码、反映人，导出完整版，制发写有证件号的文书，都会记在这里。"
            self.states.show_empty("还没有人查看过", words)

    def _export(self) -> None:
        path = ask_path(
            self._context, self, f"查看个人信息登记簿_{self._context.today():%Y%m%d}.xlsx"
        )
        if path is None:
            return
        desk, lines = self._context.desk, self._lines
        self._context.tasks.long_work(
            self,
            "正在导出",
            lambda _report: export_access(desk, path, lines),
            lambda made: written(self._context, f"已导出 {made.rows:,} 行", path),
        )
