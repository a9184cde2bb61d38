"""The ways to close from here, each with what it still lacks."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.services.case_sheet import CaseSheet
from inspector_app.ui.pages.case.moves import closings
from inspector_app.ui.theme.icons import IconLabel
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import label

READY = "材料齐全"


class ClosingWays(QWidget):
    """One line for each way."""

    def __init__(self, sheet: CaseSheet) -> None:
        super().__init__()
        column = box(QVBoxLayout(self), spacing=6)
        for row, lacks in closings(sheet):
            words = f"还缺：{'、'.join(lacks)}" if lacks else READY
            column.addWidget(_line(row.name, words, ready=not lacks))


def _line(name: str, words: str, *, ready: bool) -> QWidget:
    made = QWidget()
    row = box(QHBoxLayout(made), spacing=8)
    sign = IconLabel("checkmark_circle_20", "success_solid", 16)
    if not ready:
        sign = IconLabel("circle_20", "text_3", 16)
    row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    texts = box(QVBoxLayout(), spacing=1)
    texts.addWidget(label(name, "body", wrap=True))
    texts.addWidget(label(words, "caption", wrap=True))
    row.addLayout(texts, 1)
    return made
