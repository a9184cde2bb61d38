"""The left half: shelves, search, filters, and the rules that are left."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from inspector_app.services.law_rows import LawKind, LawRow, search_rows
from inspector_app.ui.pages.law.words import KINDS, RULES, KindLine, kind_lines, level_options
from inspector_app.ui.tables.view import RowsTable
from inspector_app.ui.theme.scaling import box, fix
from inspector_app.ui.widgets.basic import Panel, hair
from inspector_app.ui.widgets.buttons import button
from inspector_app.ui.widgets.chips import Chip, ChipRow
from inspector_app.ui.widgets.search import SearchBox
from inspector_app.ui.widgets.states import StateStack

KIND_ROW = 36
KINDS_WIDTH = 178


class Finder(Panel):
    """`chosen` carries the row under the cursor or None, `opened` the one Enter was pressed on.

    `initials_wanted` comes once, when somebody types what may be pinyin initials.
    """

    chosen = Signal(object)
    opened = Signal(object)
    initials_wanted = Signal()

    def __init__(self) -> None:
        super().__init__((1, 1, 1, 1), 0)
        self._rows: Sequence[LawRow] = ()
        self._initials: Mapping[str, str] | None = None
        self._wanted = ""
        self.column.addWidget(self._build_bar())
        self.column.addWidget(hair())
        body = box(QHBoxLayout())
        self.kinds: RowsTable[KindLine] = RowsTable(
            KINDS, lambda line: line.key, row_height=KIND_ROW, name="种类"
        )
        self.kinds.horizontalHeader().hide()
        self.kinds.chosen.connect(lambda _line: self._filter())
        self.kinds.opened.connect(lambda _line: self._to_table())
        self.table: RowsTable[LawRow] = RowsTable(
            RULES, lambda row: row.key, name="规则", faded=lambda row: row.off
        )
        self.table.chosen.connect(self.chosen)
        self.table.opened.connect(self.opened)
        self.states = StateStack(self.table, "scales_20")
        body.addWidget(fix(self.kinds, width=KINDS_WIDTH))
        body.addWidget(hair(vertical=True))
        body.addWidget(self.states, 1)
        self.column.addLayout(body, 1)

    def _build_bar(self) -> QWidget:
        holder = QWidget()
        bar = box(QVBoxLayout(holder), (12, 10, 12, 10), 8)
        row = box(QHBoxLayout(), spacing=8)
        self.search = SearchBox("编号、名称、条文、拼音首字母", width=300)
        self.search.edit.textChanged.connect(lambda _text: self._filter())
        self.search.down.connect(self._to_table)
        row.addWidget(self.search)
        self.level = Chip("核实程度")
        self.level.set_options(level_options())
        self.own = Chip("本局", single=True)
        self.own.set_options([("own", "只看本局口径"), ("off", "只看停用的")])
        self.chips = ChipRow((self.level, self.own))
        self.chips.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.chips.changed.connect(self._filter)
        row.addWidget(self.chips, 1)
        bar.addLayout(row)
        return holder

    def begin_search(self) -> None:
        """Ctrl+F: type what to look for."""
        self.search.setFocus()
        self.search.edit.selectAll()

    def _to_table(self) -> None:
        self.table.setFocus()

    # ── rows ─────────────────────────────────────────────────────────────────────────────────
    def show_rows(self, rows: Sequence[LawRow]) -> None:
        """All rules; the list shows those that the filters leave."""
        self._rows = rows
        if not self.kinds.current_key() and not self.kinds.rows_model.rows():
            self.kinds.show_rows(kind_lines(rows))
            self.kinds.selectRow(0)
        self._filter()

    def rows(self) -> Sequence[LawRow]:
        """All rules that were read."""
        return self._rows

    def shelf(self) -> LawKind | None:
        """The shelf chosen at the left."""
        line = self.kinds.current_row()
        return line.kind if line else None

    def find_key(self, key: str) -> bool:
        """Put the cursor on a rule; filters that hide it are taken off."""
        if self.table.current_key() != key and self.table.rows_model.number_of(key) < 0:
            self.clear_filters(keep=key)
        return self.table.current_key() == key or self.table.select_key(key)

    def clear_filters(self, keep: str = "") -> None:
        """Show everything again."""
        self._wanted = keep
        self.search.set_text("")
        self.level.set_chosen(())
        self.own.set_chosen(())
        self.chips.sync()
        self.kinds.selectRow(0)
        self._filter()

    def show_initials(self, initials: Mapping[str, str]) -> None:
        """The pinyin initials of every name, now that they are known."""
        self._initials = initials
        self._filter()

    def _filter(self) -> None:
        """Follows each key: the rules are few, nothing is asked of the ledger."""
        text = self.search.text()
        if self._initials is None and text.isascii() and text.isalpha():
            self._initials = {}
            self.initials_wanted.emit()
        found = search_rows(
            self._rows,
            text,
            initials=self._initials or {},
            levels=self.level.chosen(),
            own=self.own.chosen() == ("own",),
            off=self.own.chosen() == ("off",),
        )
        self.kinds.show_rows(kind_lines(found))
        kind = self.shelf()
        shown = [row for row in found if kind is None or row.kind is kind]
        self.table.show_rows(shown)
        if not self._rows:
            return
        if not shown:
            self._show_nothing(len(found))
            return
        self.states.show_content()
        wanted, self._wanted = self._wanted, ""
        if not (wanted and self.table.select_key(wanted)):
            self.table.select_some_row()

    def _show_nothing(self, elsewhere: int) -> None:
        kind = self.shelf()
        if elsewhere and kind is not None:
            everywhere = button("看全部种类", clicked=lambda: self.kinds.selectRow(0))
            words = f"“{kind.label}”里没有，其他种类里有 {elsewhere} 条。"
            self.states.show_empty("这一种里没有", words, (everywhere,))
            return
        clear = button("清除筛选", "", "dismiss_20", clicked=self.clear_filters)
        self.states.show_empty("没有这样的规则", "少写几个字，或者换一个条件。", (clear,))
