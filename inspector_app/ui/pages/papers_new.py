"""A new paper in two moves: find the case, choose the kind; nothing is typed twice."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from inspector_app.domain.papers import Paper
from inspector_app.ledger.views import CaseQuery
from inspector_app.services.cases import CaseList
from inspector_app.services.papers import start_draft
from inspector_app.ui.context import UiContext
from inspector_app.ui.pages.papers_cases import CasesPanel
from inspector_app.ui.pages.papers_kinds import KindPicker
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import hair
from inspector_app.ui.widgets.buttons import button

MOST_CASES = 100


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
        row = box(QHBoxLayout(self), spacing=14)
        panel = self._build_cases()
        self.search, self.cases, self.states = panel.search, panel.cases, panel.states
        self._load = panel.load
        row.addWidget(panel, 54)
        self.kinds = self._build_kinds()
        row.addWidget(self.kinds, 46)
        self._tell()

    def _build_cases(self) -> CasesPanel:
        panel = CasesPanel(self._context, CaseQuery(limit=MOST_CASES), self._show)
        panel.cases.chosen.connect(lambda _line: self._tell())
        panel.cases.opened.connect(lambda _line: self._to_kinds())
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

    def _show(self, found: CaseList) -> None:
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
