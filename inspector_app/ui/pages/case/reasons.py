"""What stands against a step in words: what is missing, which article, what would help."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.domain.guards.situation import Refusal
from inspector_app.domain.law import grouped
from inspector_app.ui.theme.icons import IconLabel
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import clear_layout, label

NOBODY = "法律不允许放行"


def cited(article: str) -> str:
    """Articles as one phrase: each statute is named once."""
    return grouped(article.split("、")) if article.count("《") > 1 else article


def detail(refusal: Refusal) -> str:
    """The article, what would make it legal, and whether nobody may let it pass; a line each."""
    basis = f"依据 {cited(refusal.article)}" if refusal.article else ""
    parts = (basis, refusal.remedy, NOBODY if refusal.hard else "")
    return "\n".join(part for part in parts if part)


def in_short(refusals: Sequence[Refusal]) -> str:
    """The first reason with its article, and how many more there are."""
    if not refusals:
        return ""
    first, more = refusals[0], len(refusals) - 1
    basis = f"（{cited(first.article)}）" if first.article else ""
    return f"{first.message}{basis}" + (f"；另有 {more} 项" if more else "")


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
        self.setAccessibleName("；".join(one.message for one in self._shown))
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
