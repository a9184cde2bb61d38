"""自检: what was found in the rules, each finding a line that leads on to its rule."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.services.law_check import CheckOutcome, Finding
from inspector_app.ui.tables.columns import Column, Kind
from inspector_app.ui.tables.view import RowsTable
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.banners import Banner
from inspector_app.ui.widgets.basic import Panel, hair, label
from inspector_app.ui.widgets.buttons import button
from inspector_app.ui.widgets.states import StateStack

COLUMNS: tuple[Column[Finding], ...] = (
    Column("来自", lambda one: one.kind, 96, Kind.STAGE, tone=lambda _one: "info"),
    Column("在哪里", lambda one: one.where, 180, priority=2),
    Column("问题", lambda one: one.words, 300, stretch=True),
)


class CheckView(QWidget):
    """`go` carries rule: with the id of the rule a finding is about; `left` when it is closed."""

    go = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = box(QVBoxLayout(self), spacing=12)
        self.banner = Banner("success")
        self.banner.hide()
        column.addWidget(self.banner)
        panel = Panel((1, 1, 1, 1), 0)
        self.table: RowsTable[Finding] = RowsTable(
            COLUMNS, lambda one: f"{one.kind}{one.where}{one.words}", grid=True, name="自检结果"
        )
        self.table.opened.connect(self._open)
        self.states = StateStack(self.table, "shield_checkmark_20")
        panel.column.addWidget(self.states, 1)
        panel.column.addWidget(hair())
        foot = box(QHBoxLayout(), (14, 8, 12, 8), 8)
        self.count = label("", "body")
        foot.addWidget(self.count)
        foot.addStretch()
        foot.addWidget(button("返回规则", tip="Esc", clicked=self.left.emit))
        panel.column.addLayout(foot)
        column.addWidget(panel, 1)

    def show_outcome(self, outcome: CheckOutcome) -> None:
        """The findings, or that all is well."""
        found = outcome.findings
        self.table.show_rows(found)
        self.count.setText(f"{len(found)} 处　回车看规则" if found else "")
        if found:
            self.banner.say("回车打开有问题的规则。", f"发现 {len(found)} 处", "warning")
            self.states.show_content()
            self.table.selectRow(0)
            return
        self.banner.hide()
        looked = f"与导入的 {outcome.texts} 部原文对照过，引用的条文都在。"
        if not outcome.texts:
            looked = "还没有导入法规原文，引用的条文没有对照。"
        self.states.show_empty("没有发现问题", f"规则齐全。{looked}")

    def _open(self, finding: object) -> None:
        if isinstance(finding, Finding) and finding.rule:
            self.go.emit(f"rule:{finding.rule}")
