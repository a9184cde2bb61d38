"""One register on screen: search and filters above, its rows, how many there are below."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from inspector_app.services.desk import Desk
from inspector_app.ui.actions import Entry
from inspector_app.ui.context import UiContext, sentence_of
from inspector_app.ui.exchange_column import Standings
from inspector_app.ui.tables.columns import Column
from inspector_app.ui.tables.view import RowsTable
from inspector_app.ui.tasks import Task
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import Panel, hair, label
from inspector_app.ui.widgets.buttons import Button, button
from inspector_app.ui.widgets.chips import Chip, ChipRow
from inspector_app.ui.widgets.search import SearchBox
from inspector_app.ui.widgets.states import StateStack

RowT = TypeVar("RowT")


@dataclass(frozen=True)
class Filter(Generic[RowT]):
    """A chip: its name, what it offers, and whether a row is wanted by what was chosen."""

    name: str
    options: Sequence[tuple[str, str]]
    wants: Callable[[RowT, tuple[str, ...]], bool]


@dataclass(frozen=True)
class Register(Generic[RowT]):
    """What tells one register from another."""

    name: str
    hint: str  # in the search box
    columns: Sequence[Column[RowT]]
    key: Callable[[RowT], str]
    read: Callable[[Desk], list[RowT]]
    text: Callable[[RowT], str]  # where the search looks
    count: str  # 份, 次
    empty: tuple[str, str]
    filters: Mapping[str, Filter[RowT]] = field(default_factory=dict)
    faded: Callable[[RowT], bool] | None = None
    multiple: bool = False
    kind: str = ""  # the record a row stands for: where it is shared, the column 同步 tells of it


class RegisterView(Panel, Generic[RowT]):
    """`opened` with a row on Enter, `selected` when others are marked, `loaded` after reading."""

    opened = Signal(object)
    selected = Signal()
    loaded = Signal()

    def __init__(self, context: UiContext, register: Register[RowT]) -> None:
        super().__init__((1, 1, 1, 1), 0)
        self._context, self.register = context, register
        self.rows: tuple[RowT, ...] | None = None
        self._task: Task[list[RowT]] | None = None
        self.empty_buttons: Callable[[], Sequence[Button]] = lambda: ()
        self.bar = box(QHBoxLayout(), (12, 10, 12, 10), 10)
        self.search = SearchBox(register.hint, width=260)
        self.search.searched.connect(lambda _text: self.show_rows())
        self.search.down.connect(self.to_table)
        self.chips = {key: Chip(one.name) for key, one in register.filters.items()}
        for key, chip in self.chips.items():
            chip.set_options(register.filters[key].options)
        self.chip_row = ChipRow(tuple(self.chips.values()))
        self.chip_row.changed.connect(self.show_rows)
        self.chip_row.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.bar.addWidget(self.search)
        self.bar.addWidget(self.chip_row)
        self.bar.addStretch()
        self.column.addLayout(self.bar)
        self.column.addWidget(hair())
        self._build_table()

    def _build_table(self) -> None:
        spec = self.register
        self.stands = Standings(self._context, spec.kind, spec.key) if spec.kind else None
        columns = (*spec.columns, *((self.stands.column(),) if self.stands else ()))
        self.table: RowsTable[RowT] = RowsTable(
            columns, spec.key, grid=all(one.kind.value != "two_line" for one in columns),
            faded=spec.faded, name=spec.name, multiple=spec.multiple,
        )  # fmt: skip
        if self.stands:
            self.stands.follow(self.table)
        self.table.opened.connect(self.opened)
        self.table.selectionModel().selectionChanged.connect(self._marked)
        self.states = StateStack(self.table, "document_text_20")
        self.column.addWidget(self.states, 1)
        self.column.addWidget(hair())
        self.foot = box(QHBoxLayout(), (14, 8, 12, 8), 8)
        self.count = label("", "body")
        self.foot.addWidget(self.count)
        self.foot.addStretch()
        self.column.addLayout(self.foot)

    def _marked(self, _now: QItemSelection, _before: QItemSelection) -> None:
        self._tell()
        self.selected.emit()

    # ── reading ──────────────────────────────────────────────────────────────────────────────
    def load(self) -> None:
        """Read the register again."""
        if self._task is not None:
            self._task.forget()
        if self.rows is None:
            self.states.show_loading()
        desk, read = self._context.desk, self.register.read
        self._task = self._context.tasks.query(
            self, lambda: read(desk), self._arrived, self._failed
        )

    def _failed(self, error: Exception) -> None:
        self._task = None
        self.states.show_error(sentence_of(error), self.load)

    def _arrived(self, rows: list[RowT]) -> None:
        self._task, self.rows = None, tuple(rows)
        self.show_rows()
        self.loaded.emit()

    # ── showing ──────────────────────────────────────────────────────────────────────────────
    def shown(self) -> list[RowT]:
        """The rows that the filters leave."""
        words = self.search.text().split()
        chosen = {key: chip.chosen() for key, chip in self.chips.items()}
        filters = self.register.filters
        return [
            row
            for row in self.rows or ()
            if all(word in self.register.text(row) for word in words)
            and all(not chosen[key] or one.wants(row, chosen[key]) for key, one in filters.items())
        ]

    def show_rows(self) -> None:
        """Show what the filters leave, or why there is nothing."""
        if self.rows is None:
            return
        rows, marked = self.shown(), {self.register.key(row) for row in self.marked()}
        self.chip_row.sync()
        self.table.show_rows(rows)
        self._mark_again(rows, marked)
        self._tell()
        if rows:
            self.states.show_content()
            if not self.table.current_key():
                self.table.selectRow(0)
        elif self.rows:
            clear = button("清除筛选", "", "dismiss_20", clicked=self.clear)
            self.states.show_empty("没有符合筛选的内容", "换一个条件，或清除筛选。", (clear,))
        else:
            self.states.show_empty(*self.register.empty, self.empty_buttons())

    def _mark_again(self, rows: Sequence[RowT], keys: set[str]) -> None:
        """Several marked rows stay marked when the register is read again."""
        flags = QItemSelectionModel.SelectionFlag
        if keys:
            self.table.clearSelection()
        for number, row in enumerate(rows):
            if self.register.key(row) in keys:
                index = self.table.rows_model.index(number, 0)
                self.table.selectionModel().select(index, flags.Select | flags.Rows)

    def marked(self) -> list[RowT]:
        """The marked rows, when there are several; one marked row is only where one stands."""
        rows = self.table.selected_rows()
        return rows if len(rows) > 1 else []

    def _tell(self) -> None:
        total = f"{self.table.rows_model.rowCount()} {self.register.count}"
        marked = len(self.marked())
        self.count.setText(f"已选 {marked} {self.register.count}，共 {total}" if marked else total)

    def clear(self) -> None:
        """Without any filter."""
        self.search.set_text("")
        self.chip_row.clear()

    def entries(self) -> tuple[Entry, ...]:
        """For the menu of a row: the column 同步, shown or not."""
        return self.stands.entries() if self.stands else ()

    # ── keys ─────────────────────────────────────────────────────────────────────────────────
    def to_search(self) -> None:
        """Ctrl+F."""
        self.search.setFocus()
        self.search.edit.selectAll()

    def to_table(self) -> None:
        """↓ in the search box."""
        self.table.setFocus()

    def first_focus(self) -> QWidget:
        """The keyboard starts in the rows."""
        return self.table
