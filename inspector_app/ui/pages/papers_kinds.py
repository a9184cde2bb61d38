"""The kinds of paper to choose from: by phase, by name or pinyin initials, the usual ones first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from inspector_app.domain.cases import Stage
from inspector_app.services.paper_choice import (
    PaperChoice,
    choice_initials,
    paper_choices,
    search_choices,
)
from inspector_app.ui.context import UiContext
from inspector_app.ui.tables.columns import Column, Kind
from inspector_app.ui.tables.view import RowsTable
from inspector_app.ui.theme.scaling import box, fix
from inspector_app.ui.widgets.basic import Elided, Panel, hair, label
from inspector_app.ui.widgets.search import SearchBox
from inspector_app.ui.widgets.states import StateStack

ALL, USUAL = "全部文书", "本阶段常用"
PHASE_ROW = 35
PHASES_WIDTH = 148


@dataclass(frozen=True, slots=True)
class PhaseLine:
    """A line of the phases with how many kinds the search leaves in it."""

    name: str
    count: int


def _basis(choice: PaperChoice) -> str:
    return choice.kind.law[0].article if choice.kind.law else ""


def _phase(choice: PaperChoice) -> str:
    return "常用" if choice.usual else choice.phase


PHASES: tuple[Column[PhaseLine], ...] = (
    Column("阶段", lambda line: line.name, 90, stretch=True),
    Column("数量", lambda line: str(line.count), 42, Kind.NUMBER),
)
KINDS: tuple[Column[PaperChoice], ...] = (
    Column("文书 / 依据", lambda one: one.kind.title, 200, Kind.TWO_LINE, stretch=True, sub=_basis),
    Column(
        "阶段",
        _phase,
        88,
        Kind.PILL,
        priority=2,
        tone=lambda one: "info" if one.usual else "none",
    ),
)


class KindPicker(Panel):
    """`opened` with the id of the kind that Enter was pressed on, here or in the search box."""

    opened = Signal(str)

    def __init__(self, context: UiContext) -> None:
        super().__init__((1, 1, 1, 1), 0)
        self._context = context
        self._stage: Stage | None = None
        self._choices: Sequence[PaperChoice] = paper_choices(context.desk)
        self._initials: Mapping[str, str] | None = None
        bar = box(QHBoxLayout(), (14, 10, 10, 10), 10)
        bar.addWidget(label("二　选择文书", "sectionTitle"))
        self.for_case = Elided("", "body")
        bar.addWidget(self.for_case, 1)
        self.search = SearchBox("文书名称、拼音首字母", width=200)
        self.search.edit.textChanged.connect(lambda _text: self._typed())
        self.search.edit.returnPressed.connect(self.take)
        self.search.down.connect(self._to_table)
        bar.addWidget(self.search)
        self.column.addLayout(bar)
        self.column.addWidget(hair())
        self.column.addLayout(self._build_body(), 1)
        self._filter()

    def _build_body(self) -> QHBoxLayout:
        body = box(QHBoxLayout())
        self.phases: RowsTable[PhaseLine] = RowsTable(
            PHASES, lambda line: line.name, row_height=PHASE_ROW, name="办案阶段"
        )
        self.phases.horizontalHeader().hide()
        self.phases.chosen.connect(lambda _line: self._filter())
        self.phases.opened.connect(lambda _line: self._to_table())
        self.table: RowsTable[PaperChoice] = RowsTable(
            KINDS, lambda one: one.kind.id, name="选择文书"
        )
        self.table.opened.connect(lambda _one: self.take())
        self.states = StateStack(self.table, "document_text_20")
        body.addWidget(fix(self.phases, width=PHASES_WIDTH))
        body.addWidget(hair(vertical=True))
        body.addWidget(self.states, 1)
        return body

    def begin(self) -> None:
        """Come into view: nothing typed, and the pinyin of the names read in the meantime."""
        self.search.edit.clear()
        if self._initials is None:
            self._initials, choices = {}, tuple(self._choices)
            self._context.tasks.query(self, lambda: choice_initials(choices), self._show_initials)

    # ── what is offered ──────────────────────────────────────────────────────────────────────
    def offer_for(self, stage: Stage | None, unit: str) -> None:
        """The usual ones of a case's stage first; `unit` is whose case it is."""
        self.for_case.set_full(unit)
        if stage is not self._stage:
            self._stage = stage
            self._choices = paper_choices(self._context.desk, stage)
            self.table.clearSelection()
            self._filter(first=True)

    def current(self) -> PaperChoice | None:
        """The kind under the cursor."""
        return self.table.current_row()

    def take(self) -> None:
        """Enter: this kind."""
        if (choice := self.current()) is not None:
            self.opened.emit(choice.kind.id)

    def _to_table(self) -> None:
        self.table.setFocus()

    def _typed(self) -> None:
        """Search all phases: whoever types a name need not know where it stands."""
        text = self.search.text()
        if text and self.phases.current_key() != ALL:
            self.phases.selectRow(0)
        self._filter(first=True)

    def _show_initials(self, initials: dict[str, str]) -> None:
        self._initials = initials
        if self.search.text():
            self._filter(first=True)

    def _filter(self, *, first: bool = False) -> None:
        """Show what the search and the phase leave; `first`: with the cursor on the first."""
        found = search_choices(self._choices, self.search.text(), self._initials or {})
        self.phases.show_rows(self._lines(found))
        self.phases.select_some_row()
        shown = [one for one in found if self._in_phase(one)]
        self.table.show_rows(shown)
        if not shown:
            self.states.show_empty("没有符合的文书", "换一个词再找；支持拼音首字母。")
            return
        self.states.show_content()
        if first or not self.table.current_key():
            self.table.selectRow(0)
            self.table.scrollToTop()

    def _in_phase(self, choice: PaperChoice) -> bool:
        line = self.phases.current_row()
        if line is None or line.name == ALL:
            return True
        return choice.usual if line.name == USUAL else choice.phase == line.name

    def _lines(self, found: Sequence[PaperChoice]) -> list[PhaseLine]:
        """All phases in their order, so that none moves while one types."""
        order = [one.name for one in self._context.desk.library.paper_phases]
        names = dict.fromkeys([*order, *(one.phase for one in self._choices)])
        lines = [PhaseLine(name, sum(one.phase == name for one in found)) for name in names]
        if any(one.usual for one in self._choices):
            lines.insert(0, PhaseLine(USUAL, sum(one.usual for one in found)))
        return [PhaseLine(ALL, len(found)), *lines]
