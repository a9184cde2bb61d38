"""A new paper in two moves: find the case, choose the kind; nothing is typed twice."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from inspector_app.domain.money import yuan
from inspector_app.domain.papers import Paper
from inspector_app.ledger.views import CaseQuery
from inspector_app.services.cases import CaseLine, CaseList, case_list
from inspector_app.services.papers import start_draft
from inspector_app.ui.context import UiContext, sentence_of
from inspector_app.ui.pages.papers_kinds import KindPicker
from inspector_app.ui.tables.columns import Column, Kind
from inspector_app.ui.tables.view import RowsTable
from inspector_app.ui.tasks import Task
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import Panel, hair, label
from inspector_app.ui.widgets.buttons import button
from inspector_app.ui.widgets.search import SearchBox
from inspector_app.ui.widgets.states import StateStack

MOST_CASES = 100


def _case_below(line: CaseLine) -> str:
    return "　".join(part for part in (line.row.case_no, line.row.project_name) if part)


CASES: tuple[Column[CaseLine], ...] = (
    Column(
        "单位 / 项目",
        lambda line: line.row.employer_name,
        240,
        Kind.TWO_LINE,
        stretch=True,
        sub=_case_below,
    ),
    Column("案由", lambda line: line.row.cause, 130, priority=3),
    Column("涉及金额(元)", lambda line: yuan(line.row.amount_fen), 122, Kind.NUMBER, priority=2),
    Column("阶段", lambda line: line.row.stage.label, 104, priority=4),
)


@dataclass(frozen=True, slots=True)
class NewFor:
    """What the page of papers is opened with to begin one for a case that is already chosen."""

    case_no: str


class NewPaper(QWidget):
    """`left` when the user thinks better of it, `made` with the id of the new draft."""

    left = Signal()
    made = Signal(str)

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._task: Task[CaseList] | None = None
        row = box(QHBoxLayout(self), spacing=14)
        row.addWidget(self._build_cases(), 54)
        self.kinds = self._build_kinds()
        row.addWidget(self.kinds, 46)
        self._tell()

    def _build_cases(self) -> Panel:
        panel = Panel((1, 1, 1, 1), 0)
        bar = box(QHBoxLayout(), (14, 10, 10, 10), 10)
        bar.addWidget(label("一　选择案件", "sectionTitle"))
        bar.addStretch()
        self.search = SearchBox("单位、项目、案号、劳动者", width=280)
        self.search.searched.connect(lambda _text: self._load())
        self.search.down.connect(self._to_cases)
        bar.addWidget(self.search)
        panel.column.addLayout(bar)
        panel.column.addWidget(hair())
        self.cases: RowsTable[CaseLine] = RowsTable(
            CASES, lambda line: line.row.id, name="选择案件"
        )
        self.cases.chosen.connect(lambda _line: self._tell())
        self.cases.opened.connect(lambda _line: self._to_kinds())
        self.states = StateStack(self.cases, "table_20")
        panel.column.addWidget(self.states, 1)
        return panel

    def _build_kinds(self) -> KindPicker:
        picker = KindPicker(self._context)
        picker.opened.connect(lambda _kind: self.start())
        picker.column.addWidget(hair())
        foot = box(QHBoxLayout(), (14, 10, 12, 10), 8)
        foot.addWidget(button("返回列表", tip="Esc", clicked=self.left.emit))
        foot.addStretch()
        self.go = button("开始填写", "primary", "document_edit_20", "Enter", self.start)
        foot.addWidget(self.go)
        picker.column.addLayout(foot)
        return picker

    # ── choosing ─────────────────────────────────────────────────────────────────────────────
    def open_for(self, text: str = "") -> None:
        """Come into view, ready to look for a case; for the kind when `text` names the case."""
        self.search.set_text(text)
        self.kinds.begin()
        self._load()
        self.first_focus().setFocus()

    def first_focus(self) -> QWidget:
        """The kind when the case is chosen already, else the case."""
        return self.kinds.search if self.search.text() else self.search

    def reload(self) -> None:
        """The ledger changed."""
        self._load()

    def _load(self) -> None:
        if self._task is not None:
            self._task.forget()
        self.states.show_loading()
        query = CaseQuery(text=self.search.text(), limit=MOST_CASES)
        desk = self._context.desk
        self._task = self._context.tasks.query(
            self,
            lambda: case_list(desk, query),
            self._show,
            lambda error: self.states.show_error(sentence_of(error), self._load),
        )

    def _show(self, found: CaseList) -> None:
        self._task = None
        lines = [line for line in found.lines if not line.row.stage.ended]
        closed = [line for line in found.lines if line.row.stage.ended]
        self.cases.show_rows([*lines, *closed])
        if found.lines:
            self.states.show_content()
            if not self.cases.current_key():
                self.cases.selectRow(0)
        elif self.search.text():
            self.states.show_empty("没有符合的案件", "换一个词再找；支持拼音首字母。")
        else:
            self.states.show_empty(
                "还没有案件",
                "文书要写进一个案件。先登记线索或案件。",
                (self._context.actions.button("clue.new", "primary"),),
            )
        self._tell()

    def _to_cases(self) -> None:
        self.cases.setFocus()

    def _to_kinds(self) -> None:
        self.kinds.search.setFocus()

    def _tell(self) -> None:
        line = self.cases.current_row()
        self.kinds.offer_for(
            line.row.stage if line else None, line.row.employer_name if line else ""
        )
        self.go.setEnabled(line is not None)

    def start(self) -> None:
        """Begin the draft and open it."""
        line, choice = self.cases.current_row(), self.kinds.current()
        if line is None or choice is None or not self.go.isEnabled():
            return
        self.go.setEnabled(False)
        desk, case_id, kind_id = self._context.desk, line.row.id, choice.kind.id
        self._context.tasks.work(
            self, lambda: start_draft(desk, case_id, kind_id), self._started, self._not_started
        )

    def _started(self, paper: Paper) -> None:
        self.go.setEnabled(True)
        self.made.emit(paper.id)

    def _not_started(self, error: Exception) -> None:
        self.go.setEnabled(True)
        self._context.trouble(error)
