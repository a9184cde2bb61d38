"""What stands against a step in words: what is missing, which article, what would help."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.domain.guards.situation import Refusal
from inspector_app.ui.theme.icons import IconLabel
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import clear_layout, label

NOBODY = "法律不允许放行"


def detail(refusal: Refusal) -> str:
    """处罚法 44　填写拟罚款数额　法律不允许放行."""
    basis = f"依据 {refusal.article}" if refusal.article else ""
    parts = (basis, refusal.remedy, NOBODY if refusal.hard else "")
    return "　".join(part for part in parts if part)


def in_short(refusals: Sequence[Refusal]) -> str:
    """Every reason in one line, without what to do about it."""
    parts = [f"{one.message}（{one.article}）" if one.article else one.message for one in refusals]
    return "；".join(parts)


class Reasons(QWidget):
    """One block for each reason; those nobody may let pass bear a lock."""

    def __init__(self) -> None:
        super().__init__()
        self._column = box(QVBoxLayout(self), spacing=8)
        self._shown: tuple[Refusal, ...] = ()
        self.hide()

    def show_reasons(self, refusals: Sequence[Refusal]) -> None:
        """Show these; none takes no room."""
        self._shown = tuple(refusals)
        clear_layout(self._column)
        for one in self._shown:
            self._column.addWidget(_block(one))
        self.setAccessibleName(in_short(self._shown))
        self.setVisible(bool(self._shown))

    def shown(self) -> tuple[Refusal, ...]:
        """What is shown."""
        return self._shown


def _block(refusal: Refusal) -> QWidget:
    made = QWidget()
    row = box(QHBoxLayout(made), spacing=8)
    sign = "lock_closed_20" if refusal.hard else "circle_20"
    row.addWidget(IconLabel(sign, "text_3", 16), 0, Qt.AlignmentFlag.AlignTop)
    words = box(QVBoxLayout(), spacing=1)
    words.addWidget(label(refusal.message, "body", wrap=True))
    if below := detail(refusal):
        words.addWidget(label(below, "caption", wrap=True))
    row.addLayout(words, 1)
    return made
