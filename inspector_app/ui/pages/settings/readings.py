"""The readings of a local choice side by side, the one in use marked, and what it means now."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.services.setting_readings import Reading, Readings
from inspector_app.ui.pages.law.pieces import Tile
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import clear_layout, label
from inspector_app.ui.widgets.pills import Pill


class ReadingsPart(QWidget):
    """Empty until the readings are known."""

    def __init__(self) -> None:
        super().__init__()
        self._column = box(QVBoxLayout(self), spacing=8)
        self.outcome = ""

    def show_readings(self, found: Readings) -> None:
        """Show these in place of the last ones."""
        self.outcome = found.outcome
        clear_layout(self._column)
        for row in found.rows:
            line = box(QHBoxLayout(), spacing=10)
            for reading in row:
                line.addWidget(_tile(reading), 1)
            self._column.addLayout(line)
        self._column.addWidget(label(found.outcome, "body", wrap=True))


def _tile(reading: Reading) -> Tile:
    tile = Tile(lead=reading.chosen)
    head = box(QHBoxLayout(), spacing=6)
    head.addWidget(label(reading.title, "sectionTitle", wrap=True), 1)
    if reading.chosen:
        head.addWidget(Pill("现用", "info"), 0, Qt.AlignmentFlag.AlignTop)
    tile.column.addLayout(head)
    tile.add(reading.says, "value")
    if reading.example:
        tile.add(reading.example)
    tile.add(reading.basis, "caption")
    tile.column.addStretch()
    return tile
