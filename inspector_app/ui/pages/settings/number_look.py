"""How numbers of papers look: brackets, 第 and digits clicked together, and what comes of it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from inspector_app.domain.numbering import (
    BRACKETS,
    PADS,
    brackets_of,
    padding_of,
    says_di,
    with_brackets,
    with_di,
    with_padding,
)
from inspector_app.ui.forms.lines import LineField
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import label
from inspector_app.ui.widgets.buttons import Choices, segments

PAD_WORDS = ("不补零", "三位", "四位")
DI_WORDS = ("写第", "不写第")


class NumberLook(QWidget):
    """Changes the pattern in the field above it; `changed` after each click."""

    changed = Signal()

    def __init__(self, field: LineField) -> None:
        super().__init__()
        self._field = field
        row = box(QHBoxLayout(self), spacing=8)
        self.brackets = self._choice(row, "括号", BRACKETS)
        self.di = self._choice(row, "序号前", DI_WORDS)
        self.digits = self._choice(row, "位数", PAD_WORDS)
        row.addStretch()
        self.brackets.chosen.connect(
            lambda number: self._put(with_brackets(self._text(), BRACKETS[number]))
        )
        self.di.chosen.connect(lambda number: self._put(with_di(self._text(), on=number == 0)))
        self.digits.chosen.connect(
            lambda number: self._put(with_padding(self._text(), PADS[number]))
        )

    def _choice(self, row: QHBoxLayout, name: str, words: Sequence[str]) -> Choices:
        made = segments(words, -1)
        made.setAccessibleName(name)
        row.addWidget(label(name, "fieldHint"))
        row.addWidget(made)
        return made

    def _text(self) -> str:
        return str(self._field.value())

    def _put(self, pattern: str) -> None:
        self._field.set_value(pattern)
        self.follow()
        self.changed.emit()

    def follow(self) -> None:
        """Show what the pattern in the field has; nothing where it is of another shape."""
        pattern = self._text()
        pair, digits = brackets_of(pattern), padding_of(pattern)
        self.brackets.set_current(BRACKETS.index(pair) if pair in BRACKETS else -1)
        self.di.set_current(0 if says_di(pattern) else 1)
        self.digits.set_current(PADS.index(digits) if digits in PADS else -1)
