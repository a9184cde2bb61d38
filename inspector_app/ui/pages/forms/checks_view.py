"""The check list below the editor: one line when all is well, else each fault with its line."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from inspector_app.library.kind_checks import FormFault
from inspector_app.services.template_checks import FormReport
from inspector_app.ui.tables.columns import Column, Kind
from inspector_app.ui.tables.view import RowsTable
from inspector_app.ui.theme.current import tokens
from inspector_app.ui.theme.icons import IconLabel
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import Elided, Panel, hair, label

MOST_SHOWN = 3  # faults in view at once; the others are scrolled to
ROW_HEIGHT = 46


@dataclass(frozen=True, slots=True)
class FaultRow:
    """One fault in the list."""

    number: int
    fault: FormFault

    @property
    def key(self) -> str:
        """Its name over refreshes."""
        return f"{self.number} {self.fault.check.value}"


def _where(row: FaultRow) -> str:
    line = f"第 {row.fault.line} 行" if row.fault.line else "整份"
    return f"{line}　没有通过：{row.fault.check.label}"


COLUMNS: tuple[Column[FaultRow], ...] = (
    Column("问题", lambda row: row.fault.message, 200, Kind.TWO_LINE, stretch=True, sub=_where),
)


class ChecksView(Panel):
    """`jump` carries the line of the fault that was opened; 0 is the form as a whole."""

    jump = Signal(object)

    def __init__(self) -> None:
        super().__init__((1, 1, 1, 1), 0)
        self.report: FormReport | None = None
        row = box(QHBoxLayout(), (14, 9, 14, 9), 8)
        self._icon = IconLabel("clock_20", "text_3", 18)
        self.title = label("", "fieldLabel")
        self.words = Elided("", "caption")
        row.addWidget(self._icon)
        row.addWidget(self.title)
        row.addWidget(self.words, 1)
        self.column.addLayout(row)
        self._hair = hair()
        self.column.addWidget(self._hair)
        self.table: RowsTable[FaultRow] = RowsTable(
            COLUMNS, lambda row: row.key, row_height=ROW_HEIGHT, name="没有通过的检查"
        )
        self.table.horizontalHeader().hide()
        self.table.opened.connect(lambda row: self.jump.emit(row.fault.line))
        self.column.addWidget(self.table)
        self.show_waiting()

    def show_waiting(self) -> None:
        """The check is on its way; the last result stays in view."""
        if self.report is None:
            self._say("clock_20", "text_3", "正在检查", "")
            self._show_faults(())

    def show_report(self, report: FormReport) -> None:
        """What the checks found."""
        self.report = report
        if report.ok:
            names = "、".join(line.check.label for line in report.lines)
            pages = f"例子 {report.pages[0]} 页，最长的例子 {report.pages[1]} 页"
            self._say("checkmark_circle_20", "success_fg", "检查全部通过", f"{pages}　{names}")
        else:
            told = f"有 {len(report.faults)} 处要改，改好才能存"
            self._say("error_circle_20", "danger_fg", told, "Enter 或双击到那一处")
        self._show_faults(report.faults)

    def show_problem(self, message: str) -> None:
        """The check itself could not be carried out."""
        self.report = None
        self._say("warning_20", "warning_fg", "没有检查成", message)
        self._show_faults(())

    def _say(self, icon: str, colour: str, title: str, words: str) -> None:
        self._icon.set_icon(icon, colour)
        self.title.setText(title)
        self.words.set_full(words)

    def _show_faults(self, faults: Sequence[FormFault]) -> None:
        self.table.show_rows([FaultRow(number, one) for number, one in enumerate(faults)])
        self.table.setVisible(bool(faults))
        self._hair.setVisible(bool(faults))
        self.rescale()

    def rescale(self) -> None:
        """As high as the faults, up to a few rows."""
        shown = min(self.table.rows_model.rowCount(), MOST_SHOWN)
        self.table.setFixedHeight(tokens().px(ROW_HEIGHT * shown + 2))
