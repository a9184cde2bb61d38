"""The field of unlawful acts: found by code or words while typing, listed and taken off again."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from inspector_app.domain.law import Violation
from inspector_app.ui.forms.field import FormField
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import clear_layout, label
from inspector_app.ui.widgets.buttons import button
from inspector_app.ui.widgets.suggest import Suggestion, Suggestions


def found(violations: Mapping[str, Violation], text: str) -> list[Suggestion]:
    """Acts whose code begins so, or whose name has all the typed words in it."""
    typed = text.strip().upper()
    words = typed.split()
    return [
        Suggestion(one.code, one.code, one.name)
        for one in violations.values()
        if one.code.startswith(typed) or all(word in one.name.upper() for word in words)
    ]


class CodesField(FormField):
    """The value is a tuple of codes in the order they were chosen."""

    def __init__(
        self, key: str, name: str, violations: Mapping[str, Violation], *, required: bool = False
    ) -> None:
        self.edit = QLineEdit()
        self._known, self._codes = violations, tuple[str, ...]()
        super().__init__(key, name, self.edit, required=required, hint="输入编号或者名称中的字查找")
        self.edit.setPlaceholderText("例如：拖欠、GZ-22")
        self.list = Suggestions(self.edit, lambda text: self.list.offer(found(violations, text)))
        self.list.taken.connect(self._taken)
        self._chosen = QWidget()
        self._lines = box(QVBoxLayout(self._chosen), spacing=2)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)  # noqa: S101 - FormField lays itself out so
        column.insertWidget(1, self._chosen)
        self._chosen.hide()

    def value(self) -> object:
        return self._codes

    def set_value(self, value: object) -> None:
        codes = value if isinstance(value, tuple | list) else ()
        self._codes = tuple(dict.fromkeys(str(code) for code in codes))
        self._show()

    def typed_problem(self) -> str:
        return "请从列表里选一项" if self.edit.text().strip() else ""

    def drop(self, code: str) -> None:
        """Take one off the list."""
        self._codes = tuple(one for one in self._codes if one != code)
        self._show()
        self.edit.setFocus()
        self._told()

    def _taken(self, chosen: object) -> None:
        if isinstance(chosen, Suggestion):
            self.edit.clear()
            self._codes = tuple(dict.fromkeys((*self._codes, chosen.key)))
            self._show()
            self._told()

    def _show(self) -> None:
        clear_layout(self._lines)
        for code in self._codes:
            known = self._known.get(code)
            line = QWidget()
            row = box(QHBoxLayout(line), spacing=8)
            words = label(f"{code}　{known.name if known else ''}".rstrip("　"), "body", wrap=True)
            row.addWidget(words, 1)
            drop = button("去掉", "link", clicked=partial(self.drop, code))
            drop.setAccessibleName(f"去掉 {code}")
            row.addWidget(drop, 0, Qt.AlignmentFlag.AlignTop)
            self._lines.addWidget(line)
        self._chosen.setVisible(bool(self._codes))
        self._show_foot()
