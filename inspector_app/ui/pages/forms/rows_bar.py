"""The buttons above a list of rows: add, move up and down, remove; each with its key path."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import label
from inspector_app.ui.widgets.buttons import Button, button, icon_button


class RowsBar(QWidget):
    """What can be done with the row under the cursor."""

    def __init__(
        self,
        add: Callable[[], object],
        move: Callable[[int], object],
        remove: Callable[[], object],
    ) -> None:
        super().__init__()
        row = box(QHBoxLayout(self), (12, 8, 8, 8), 4)
        self.words = label("", "caption")
        row.addWidget(self.words, 1)
        self.add: Button = button("添加", "", "add_20", "在这一行后面添加", add, small=True)
        self.up = icon_button("chevron_up_20", "上移", lambda: move(-1))
        self.down = icon_button("chevron_down_20", "下移", lambda: move(1))
        self.remove = icon_button("delete_20", "删除", remove)
        for one in (self.add, self.up, self.down, self.remove):
            row.addWidget(one)

    def show_place(self, number: int, count: int, words: str) -> None:
        """Which row is meant, of how many."""
        self.words.setText(words)
        self.up.setEnabled(number > 0)
        self.down.setEnabled(0 <= number < count - 1)
        self.remove.setEnabled(0 <= number < count)
