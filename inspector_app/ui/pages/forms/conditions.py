"""When a block is printed, in words: 有 or 没有 one thing after another."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.ui.forms.choices import Combo
from inspector_app.ui.forms.field import FormField
from inspector_app.ui.theme.scaling import box, fix
from inspector_app.ui.widgets.basic import clear_layout, label
from inspector_app.ui.widgets.buttons import button, icon_button

WAYS = (("", "有"), ("!", "没有"))


class _Row(QWidget):
    """One condition."""

    def __init__(self, field: "ConditionsField", condition: str, names: Mapping[str, str]) -> None:
        super().__init__()
        row = box(QHBoxLayout(self), spacing=6)
        self.way, self.name = Combo(), Combo()
        fix(self.way, width=76)
        for mark, words in WAYS:
            self.way.addItem(words, mark)
        self.way.setCurrentIndex(1 if condition.startswith("!") else 0)
        self.way.setAccessibleName("有还是没有")
        name = condition.removeprefix("!")
        for one, words in names.items():
            self.name.addItem(words, one)
        if self.name.findData(name) < 0:
            self.name.addItem(name, name)
        self.name.setCurrentIndex(self.name.findData(name))
        self.name.setAccessibleName("看什么")
        for combo in (self.way, self.name):
            combo.activated.connect(lambda _index: field.told())
        row.addWidget(self.way)
        row.addWidget(self.name, 1)
        row.addWidget(icon_button("dismiss_16", "去掉这个条件", lambda: field.drop(self)))

    def condition(self) -> str:
        """As a form keeps it: amount, !period."""
        return f"{self.way.currentData()}{self.name.currentData()}"


class ConditionsField(FormField):
    """The value is a tuple of conditions; none means always."""

    def __init__(self, key: str, name: str) -> None:
        self._holder = QWidget()
        column = box(QVBoxLayout(self._holder), spacing=6)
        self._none = label("总是印", "body")
        self._rows = box(QVBoxLayout(), spacing=6)
        column.addWidget(self._none)
        column.addLayout(self._rows)
        self._names: Mapping[str, str] = {}
        self.rows: list[_Row] = []
        super().__init__(key, name, self._holder)
        self.more = button("加条件", "link", "add_20", clicked=self.begin, small=True)
        self.add_beside_label(self.more)
        self.setFocusProxy(self.more)

    def set_names(self, names: Mapping[str, str]) -> None:
        """What can be asked for, with what it is called."""
        self._names = names

    def value(self) -> object:
        return tuple(row.condition() for row in self.rows)

    def set_value(self, value: object) -> None:
        given: Sequence[object] = value if isinstance(value, tuple | list) else ()
        clear_layout(self._rows)
        self.rows = [_Row(self, str(one), self._names) for one in given]
        for row in self.rows:
            self._rows.addWidget(row)
        self._none.setVisible(not self.rows)

    def begin(self) -> None:
        """One more condition: the first thing nobody asks for yet."""
        taken = {row.condition().removeprefix("!") for row in self.rows}
        free = next((one for one in self._names if one not in taken), "")
        if free:
            self.set_value((*(row.condition() for row in self.rows), free))
            self.rows[-1].name.setFocus()
            self.told()

    def drop(self, row: _Row) -> None:
        """Without this condition."""
        self.set_value(tuple(one.condition() for one in self.rows if one is not row))
        self.told()

    def told(self) -> None:
        """The user changed something."""
        self._told()
