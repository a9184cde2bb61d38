"""Facts an inspector ticks: shown in groups, tried at once, stored together when saved."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from inspector_app.domain.events import CaseEvent
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import clear_layout, label
from inspector_app.ui.widgets.ticks import TickBox


class Ticks(QObject):
    """What is ticked now and what the ledger has; `changed` when the first differs anew."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._stored: tuple[frozenset[str], int | None] = (frozenset(), None)
        self._codes: frozenset[str] = frozenset()
        self._price: int | None = None

    def load(self, event: CaseEvent | None, *, fresh: bool = False) -> None:
        """What was stored last; unsaved ticks stay unless another case is shown."""
        untouched = fresh or not self.dirty()
        codes = frozenset(event.codes) if event else frozenset[str]()
        self._stored = (codes, event.amount_fen if event else None)
        if untouched:
            self.revert()

    def revert(self) -> None:
        """Back to what is stored."""
        self._codes, self._price = self._stored

    def settle(self) -> None:
        """What is ticked now has been stored."""
        self._stored = (self._codes, self._price)

    def dirty(self) -> bool:
        """Whether something is not stored yet."""
        return (self._codes, self._price) != self._stored

    def count(self) -> int:
        """How many ticks and amounts differ from what is stored."""
        codes, price = self._stored
        return len(self._codes ^ codes) + (self._price != price)

    def codes(self) -> frozenset[str]:
        """Everything that is ticked."""
        return self._codes

    def price(self) -> int | None:
        """The unpaid price of the works; fen."""
        return self._price

    def set_price(self, fen: int | None) -> None:
        """Another price."""
        if fen != self._price:
            self._price = fen
            self.changed.emit()

    def toggle(self, code: str, shown: Iterable[str], *, on: bool) -> None:
        """Tick or untick; what the chain had ticked beside it is taken over by the inspector."""
        codes = self._codes | frozenset(shown)
        self._codes = codes | {code} if on else codes - {code}
        self.changed.emit()

    def confirm(self, shown: Iterable[str]) -> None:
        """Take over what was ticked beforehand."""
        self._codes |= frozenset(shown)
        self.changed.emit()


@dataclass(frozen=True, slots=True)
class Tick:
    """One fact; `note` says why it is ticked beforehand."""

    code: str
    name: str
    on: bool = False
    note: str = ""


class _Words(QLabel):
    """Words that tick their box when clicked, and may need two lines."""

    def __init__(self, text: str, target: TickBox) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "body")
        self.setWordWrap(True)
        self._target = target

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self._target.click()


class TickLine(QWidget):
    """The box, its words, and a grey line why it is ticked."""

    def __init__(self, tick: Tick) -> None:
        super().__init__()
        row = box(QHBoxLayout(self))
        self.box = TickBox("")  # brings a gap of its own
        self.box.setAccessibleName(tick.name)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        words = box(QVBoxLayout(), spacing=0)
        words.addWidget(_Words(tick.name, self.box))
        self.note = label("", "caption", wrap=True)
        words.addWidget(self.note)
        words.addStretch()
        row.addLayout(words, 1)
        self.show_tick(tick)

    def show_tick(self, tick: Tick) -> None:
        """Ticked or not, and why."""
        self.box.setChecked(tick.on)
        self.note.setText(tick.note)
        self.note.setVisible(bool(tick.note))
        self.box.setAccessibleDescription(tick.note)


class TickGroup(QWidget):
    """Facts under one heading, in `columns`."""

    def __init__(self, ticks: Ticks, title: str, columns: int = 1) -> None:
        super().__init__()
        self._ticks, self._columns = ticks, columns
        column = box(QVBoxLayout(self), spacing=6)
        self._title = label(title, "label")
        column.addWidget(self._title)
        self._grid = box(QGridLayout(), spacing=6)
        for number in range(columns):
            self._grid.setColumnStretch(number, 1)
        column.addLayout(self._grid)
        column.addStretch()
        self.lines: dict[str, TickLine] = {}

    def show_ticks(self, shown: Sequence[Tick], *, able: bool = True) -> None:
        """Show these; the boxes stay the same ones, so that the keyboard stays where it is."""
        if list(self.lines) != [one.code for one in shown]:
            self._build(shown)
        for one in shown:
            self.lines[one.code].show_tick(one)
        self.setEnabled(able)
        self.setVisible(bool(shown))

    def _build(self, shown: Sequence[Tick]) -> None:
        clear_layout(self._grid)
        self.lines = {one.code: TickLine(one) for one in shown}
        for number, (code, line) in enumerate(self.lines.items()):
            line.box.clicked.connect(lambda _on, code=code: self._clicked(code))
            self._grid.addWidget(line, number // self._columns, number % self._columns)

    def ticked(self) -> frozenset[str]:
        """What is ticked in this group."""
        return frozenset(code for code, line in self.lines.items() if line.box.isChecked())

    def _clicked(self, code: str) -> None:
        ticked = self.ticked()
        self._ticks.toggle(code, ticked - {code}, on=code in ticked)
