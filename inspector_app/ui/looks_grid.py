"""What two PCs changed in a case while apart, side by side: to be read, not to be chosen from."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from inspector_app.services.looks import Changed, SideBySide
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import clear_layout, label

OTHER = "另一台电脑改的"
MOST_SHOWN = 12  # of one side: an import may have touched hundreds


class LooksGrid(QWidget):
    """Two columns of what each side changed: the name above, old → new below."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = box(QGridLayout(self), spacing=10)
        self._grid.setHorizontalSpacing(24)
        for place in range(2):
            self._grid.setColumnStretch(place, 1)

    def show_sides(self, looks: Sequence[SideBySide]) -> None:
        """Show these, one below the other; none hides the whole."""
        clear_layout(self._grid)
        for number, one in enumerate(looks):
            heads = (f"{one.by_name}改的", OTHER)
            for place, (head, side) in enumerate(zip(heads, (one.own, one.other), strict=True)):
                self._grid.addWidget(label(head, "label"), 2 * number, place)
                self._grid.addWidget(_side(side), 2 * number + 1, place)
        self.setVisible(bool(looks))

    def words(self) -> list[str]:
        """Everything shown, for tests and screen readers."""
        return [
            str(one.property("text"))
            for one in self.findChildren(QWidget)
            if one.property("role") is not None and not one.isHidden()
        ]


def _side(changes: Sequence[Changed]) -> QWidget:
    made = QWidget()
    column = box(QVBoxLayout(made), spacing=6)
    for one in changes[:MOST_SHOWN]:
        column.addWidget(label(one.name, "body", wrap=True))
        column.addWidget(label(" → ".join(part for part in (one.old, one.new) if part), wrap=True))
    if len(changes) > MOST_SHOWN:
        column.addWidget(label(f"另有 {len(changes) - MOST_SHOWN} 处", "muted"))
    column.addStretch()
    return made
