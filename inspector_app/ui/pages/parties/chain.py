"""The party chain of a project: who plays which part; Alt+↑↓ moves, Delete takes out."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.domain.parties import Employer, PartyRole, ProjectParty
from inspector_app.services.desk import Desk
from inspector_app.services.parties import PartyLine, employers, save_employer
from inspector_app.ui.context import UiContext
from inspector_app.ui.forms.choices import ChoiceField
from inspector_app.ui.forms.lines import LineField
from inspector_app.ui.pages.case.suggesting import suggest_employers
from inspector_app.ui.tables.columns import Column, Kind
from inspector_app.ui.tables.view import RowsTable
from inspector_app.ui.theme.scaling import box, fix
from inspector_app.ui.widgets.basic import label
from inspector_app.ui.widgets.buttons import button, icon_button

ROLES = {role.value: role for role in PartyRole}


def unit_of(desk: Desk, name: str) -> Employer:
    """The unit of that name, entered when the ledger lacks it; runs on the worker."""
    known = next((row for row in employers(desk, name) if row.name == name), None)
    if known is not None:
        return Employer(known.id, known.name, desk.city, desk.city)
    return save_employer(desk, Employer("", name, "", ""))


def line_key(line: PartyLine) -> str:
    """Names a link: one unit may play several parts."""
    return f"{line.party.role.value}:{line.employer.id}"


COLUMNS: tuple[Column[PartyLine], ...] = (
    Column(
        "参建单位",
        lambda line: line.employer.name,
        160,
        Kind.TWO_LINE,
        stretch=True,
        sub=lambda line: line.party.role.label,
    ),
)


class ChainEditor(QWidget):
    """`changed` after each change by the user; `parties` gives the chain in its order."""

    changed = Signal()

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._lines: list[PartyLine] = []
        column = box(QVBoxLayout(self), spacing=8)
        head = box(QHBoxLayout(), spacing=2)
        head.addWidget(label("参建单位", "sectionTitle"))
        head.addStretch()
        head.addWidget(icon_button("chevron_up_20", "上移（Alt+↑）", lambda: self.move_by(-1)))
        head.addWidget(icon_button("chevron_down_20", "下移（Alt+↓）", lambda: self.move_by(1)))
        head.addWidget(icon_button("delete_20", "移除（Delete）", self.drop))
        column.addLayout(head)
        self.table: RowsTable[PartyLine] = RowsTable(COLUMNS, line_key, name="参建单位")
        self.table.horizontalHeader().hide()
        self.table.installEventFilter(self)
        fix(self.table, min_height=110)
        column.addWidget(self.table)
        self.empty = label("还没有参建单位，在下面添加。", "muted")
        column.addWidget(self.empty)
        self.role = ChoiceField("role", "角色", [(role.value, role.label) for role in PartyRole])
        self.role.set_value(PartyRole.GENERAL.value)
        self.unit = LineField("unit", "单位", hint="名称或拼音首字母；没有的一并登记")
        suggest_employers(context, self.unit)
        self.unit.edit.returnPressed.connect(self.add)
        row = box(QHBoxLayout(), spacing=8)
        row.addWidget(self.role, 2)
        row.addWidget(self.unit, 3)
        column.addLayout(row)
        last = box(QHBoxLayout())
        last.addWidget(button("添加单位", "", "add_20", "Enter", self.add))
        last.addStretch()
        column.addLayout(last)
        self._show()

    def show_lines(self, lines: Sequence[PartyLine]) -> None:
        """Show a chain."""
        self._lines = list(lines)
        self._show()

    def parties(self) -> list[ProjectParty]:
        """The chain as it stands."""
        return [line.party for line in self._lines]

    def _show(self) -> None:
        self.table.show_rows(self._lines)
        self.table.setVisible(bool(self._lines))
        self.empty.setVisible(not self._lines)

    def _changed(self) -> None:
        self._show()
        self.changed.emit()

    # ── doing ────────────────────────────────────────────────────────────────────────────────
    def add(self) -> None:
        """Put the typed unit at the end with the chosen part."""
        name, role = self.unit.text(), ROLES.get(str(self.role.value()))
        if not name or role is None:
            self.unit.set_error("请填写单位" if role else "请先选择角色")
            return
        taken = [line for line in self._lines if line.employer.name == name]
        if any(line.party.role is role for line in taken):
            self.unit.set_error(f"“{name}”已经是{role.label}")
            return
        desk = self._context.desk
        self._context.tasks.work(
            self, lambda: unit_of(desk, name), lambda unit: self._added(unit, role)
        )

    def _added(self, unit: Employer, role: PartyRole) -> None:
        self._lines.append(PartyLine(ProjectParty("", "", unit.id, role), unit))
        self.unit.set_value("")
        self.unit.set_error("")
        self._changed()
        self.table.selectRow(len(self._lines) - 1)
        self.unit.setFocus()

    def drop(self) -> None:
        """Take the chosen unit out of the chain; the unit itself stays in the ledger."""
        at = self.table.currentIndex().row()
        if 0 <= at < len(self._lines):
            del self._lines[at]
            self._changed()
            self.table.selectRow(min(at, len(self._lines) - 1))

    def move_by(self, step: int) -> None:
        """Move the chosen unit up or down."""
        at = self.table.currentIndex().row()
        to = at + step
        if 0 <= at < len(self._lines) and 0 <= to < len(self._lines):
            self._lines.insert(to, self._lines.pop(at))
            self._changed()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
            if alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self.move_by(-1 if event.key() == Qt.Key.Key_Up else 1)
                return True
            if event.key() == Qt.Key.Key_Delete:
                self.drop()
                return True
        return super().eventFilter(watched, event)
