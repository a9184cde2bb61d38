"""At the left: how far the inspection is, 现场情况, and the groups of items with their counts."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout

from inspector_app.services.inspections import InspectionSheet
from inspector_app.ui.pages.inspection.reading import SITE, GroupRow, group_rows
from inspector_app.ui.tables.columns import Column, Kind
from inspector_app.ui.tables.view import RowsTable
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import Panel, hair, label


def _below(row: GroupRow) -> str:
    if row.title == SITE:
        return "时间、负责人、意见"
    failed = f"，不合格 {row.failed}" if row.failed else ""
    return f"已答 {row.answered}/{row.total}{failed}"


COLUMNS: tuple[Column[GroupRow], ...] = (
    Column("检查内容", lambda row: row.title, 150, Kind.TWO_LINE, stretch=True, sub=_below),
)


class GroupsPanel(Panel):
    """`chosen` carries the title of a group, or SITE."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__((1, 1, 1, 1), 0)
        head = box(QVBoxLayout(), (16, 12, 16, 12), 8)
        self.words = label("", "sectionTitle")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        head.addWidget(self.words)
        head.addWidget(self.bar)
        self.column.addLayout(head)
        self.column.addWidget(hair())
        self.table: RowsTable[GroupRow] = RowsTable(COLUMNS, lambda row: row.title, name="检查内容")
        self.table.horizontalHeader().hide()
        self.table.chosen.connect(self._told)
        self.column.addWidget(self.table, 1)

    def _told(self, row: object) -> None:
        if isinstance(row, GroupRow):
            self.chosen.emit(row.title)

    def show_sheet(self, sheet: InspectionSheet) -> None:
        """Counts anew; the chosen group stays chosen."""
        rows = group_rows(sheet)
        total, answered = len(sheet.lines), sum(row.answered for row in rows)
        failed = len(sheet.findings)
        self.words.setText(f"已答 {answered}/{total}　不合格 {failed}")
        self.bar.setRange(0, total)
        self.bar.setValue(answered)
        self.table.show_rows([GroupRow(SITE, 0, 0, 0), *rows])
