"""What follows from the answers so far: open points first, then each finding with its demand."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.domain.findings import OpenPoint
from inspector_app.domain.inspections import Finding
from inspector_app.services.inspections import InspectionSheet
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.banners import Banner
from inspector_app.ui.widgets.basic import Panel, clear_layout, hair, label, scrolling
from inspector_app.ui.widgets.buttons import button
from inspector_app.ui.widgets.states import StateStack


class FindingsPanel(Panel):
    """`jump` carries the id of an item."""

    jump = Signal(str)

    def __init__(self) -> None:
        super().__init__((1, 1, 1, 1), 0)
        head = box(QHBoxLayout(), (16, 12, 12, 10), 8)
        self.title = label("发现的问题", "sectionTitle")
        head.addWidget(self.title)
        head.addStretch()
        self.column.addLayout(head)
        self.column.addWidget(hair())
        content = QWidget()
        self._feed = box(QVBoxLayout(content), (16, 12, 12, 12), 12)
        self.states = StateStack(scrolling(content), "clipboard_checkmark_20")
        self.column.addWidget(self.states, 1)

    def show_sheet(self, sheet: InspectionSheet) -> None:
        """Build the list anew; it is short."""
        found, points = sheet.findings, sheet.open_points
        self.title.setText(f"发现的问题 {len(found)}" if found else "发现的问题")
        clear_layout(self._feed)
        if not (found or points):
            self.states.show_empty(
                "还没有发现问题", "答“否”或“部分”的项，事实、条款和要求会列在这里，直接写进指令书。"
            )
            return
        if points:
            self._feed.addWidget(self._open_points(points))
        for number, one in enumerate(found):
            if number or points:
                self._feed.addWidget(hair())
            self._feed.addWidget(self._finding(one))
        self._feed.addStretch()
        self.states.show_content()

    def _open_points(self, points: tuple[OpenPoint, ...]) -> QWidget:
        made = QWidget()
        column = box(QVBoxLayout(made), spacing=4)
        banner = Banner("info")
        banner.say("每个不合格项都要有证据，点项号去补。", f"还差 {len(points)} 项证据")
        column.addWidget(banner)
        row = box(QHBoxLayout(), spacing=2)
        for number, point in enumerate(points):
            if number and number % 6 == 0:
                row.addStretch()
                column.addLayout(row)
                row = box(QHBoxLayout(), spacing=2)
            row.addWidget(self._link(point.item_id, point.message))
        row.addStretch()
        column.addLayout(row)
        return made

    def _link(self, item_id: str, tip: str) -> QWidget:
        return button(item_id, "link", tip=tip, clicked=lambda: self.jump.emit(item_id))

    def _finding(self, one: Finding) -> QWidget:
        made = QWidget()
        column = box(QVBoxLayout(made), spacing=4)
        head = box(QHBoxLayout(), spacing=6)
        head.addWidget(self._link(one.item_id, "回到这一项"))
        words = f"答“{one.answer.label}”"
        head.addWidget(label(words if one.proven else f"{words}，还差证据", "caption"))
        head.addStretch()
        column.addLayout(head)
        fact = one.fact.rstrip("。") + (f"：{one.note.rstrip('。')}" if one.note else "") + "。"
        column.addWidget(label(fact, "value", wrap=True))
        if one.articles:
            column.addWidget(label("、".join(one.articles), "caption", wrap=True))
        demand = f"要求：{one.demand}" if one.demand else "只记入笔录，不写进指令书"
        column.addWidget(label(demand, "body", wrap=True))
        return made
