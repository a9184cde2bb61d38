"""The table of further parties: out of the way until wanted, filled from the project's units."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint

from inspector_app.domain.paper_joint import NAME, joint_rows
from inspector_app.domain.papers import TableRow, Value
from inspector_app.ui.actions import Entry
from inspector_app.ui.context import UiContext
from inspector_app.ui.forms.form import Form
from inspector_app.ui.forms.table_field import TableField
from inspector_app.ui.widgets.buttons import button

ADD, BY_HAND = "添加", "自己填写"


class JointPicker(QObject):
    """A button at the label: most papers have one party and show no empty table.

    `done` after a unit was added.
    """

    def __init__(
        self, context: UiContext, form: Form, field: TableField, done: Callable[[], object]
    ) -> None:
        super().__init__(field)
        self._context, self._form, self._field, self._done = context, form, field, done
        self._units: Sequence[TableRow] = ()
        self._by_hand = False
        self.button = button(ADD, "link", "add_20", clicked=self._show)
        self.button.setAccessibleName(f"{ADD}{field.name}")
        field.add_beside_label(self.button)
        form.changed.connect(self.refresh)
        self.refresh()

    def show_units(self, units: Sequence[TableRow]) -> None:
        """The units that are offered."""
        self._units = units
        self.refresh()

    def refresh(self) -> None:
        """The table stands there once it has rows, or is wanted."""
        self._field.editor.setVisible(self._by_hand or bool(self._rows()))

    def _show(self) -> None:
        there = {row.get(NAME, "") for row in self._rows()}
        units = [
            Entry(unit[NAME], partial(self.add, unit), enabled=unit[NAME] not in there)
            for unit in self._units
        ]
        entries = [*units, None] if units else []
        menu = self._context.actions.menu(self.button, [*entries, Entry(BY_HAND, self.open_table)])
        menu.popup(self.button.mapToGlobal(QPoint(0, self.button.height())))

    def add(self, unit: TableRow) -> None:
        """One more row; counts as an edit."""
        rows: Value = (*self._rows(), dict(unit))
        self._field.set_value(rows)
        self._field.set_error("")
        self._form.changed.emit()
        self._done()

    def open_table(self) -> None:
        """An empty row to type in."""
        self._by_hand = True
        self.refresh()
        self._field.add_row()

    def _rows(self) -> tuple[TableRow, ...]:
        value = self._field.value()
        return joint_rows(value) if isinstance(value, tuple) else ()
