"""One sheet with every key of the window (Ctrl+/), read from the actions themselves."""

from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.ui.actions import Actions, key_words
from inspector_app.ui.theme.scaling import box, fix
from inspector_app.ui.widgets.basic import label

# Keys of lists and forms, which belong to Qt widgets and not to actions.
FIXED = (
    ("列表与表单", "选择", "↑ ↓"),
    ("列表与表单", "打开", "Enter"),
    ("列表与表单", "首行、末行", "Home End"),
    ("列表与表单", "复制所选行", "Ctrl C"),
    ("列表与表单", "提交表单", "Ctrl Enter"),
    ("列表与表单", "日期加减一天", "↑ ↓"),
    ("列表与表单", "打开日历", "Alt ↓"),
)


class KeySheet(QDialog):
    """Groups of keys in two columns; any of Esc and Enter closes it."""

    def __init__(self, parent: QWidget, actions: Actions) -> None:
        super().__init__(parent)
        self.setWindowTitle("键盘一览")
        fix(self, min_width=640)
        row = box(QHBoxLayout(self), (28, 24, 28, 24), 40)
        lines = [(s.group, s.title, key_words(s.keys)) for s in actions.specs.values() if s.keys]
        columns = [box(QVBoxLayout(), spacing=14) for _ in range(2)]
        groups = [
            (name, list(found))
            for name, found in groupby(sorted([*lines, *FIXED], key=_group), key=_group)
        ]
        groups.sort(key=lambda pair: -len(pair[1]))
        heights = [0, 0]
        for name, found in groups:
            shorter = heights.index(min(heights))
            heights[shorter] += len(found) + 2
            columns[shorter].addLayout(self._group_grid(name, found))
        for column in columns:
            column.addStretch()
            row.addLayout(column, 1)

    def _group_grid(self, name: str, found: list[tuple[str, str, str]]) -> QGridLayout:
        grid = box(QGridLayout(), spacing=6)
        grid.addWidget(label(name, "sectionTitle"), 0, 0)
        for number, (_group_name, title, keys) in enumerate(found, start=1):
            grid.addWidget(label(title, "body"), number, 0)
            grid.addWidget(label(keys, "kbd"), number, 1, Qt.AlignmentFlag.AlignRight)
        return grid

    def open_sheet(self) -> None:
        """Show it above the window."""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.open()


def _group(line: tuple[str, str, str]) -> str:
    return line[0]
