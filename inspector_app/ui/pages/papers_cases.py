"""一　选择案件: the panel at the left where a paper's case, or several, is chosen."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout

from inspector_app.domain.money import yuan
from inspector_app.ledger.views import CaseQuery
from inspector_app.services.cases import CaseLine, CaseList, case_list
from inspector_app.ui.context import UiContext, sentence_of
from inspector_app.ui.tables.columns import Column, Kind
from inspector_app.ui.tables.view import RowsTable
from inspector_app.ui.tasks import Task
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import Panel, hair, label
from inspector_app.ui.widgets.search import SearchBox
from inspector_app.ui.widgets.states import StateStack


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


class CasesPanel(Panel):
    """Search and list; `show` puts what was found into view and says when that is nothing."""

    def __init__(
        self,
        context: UiContext,
        query: CaseQuery,
        show: Callable[[CaseList], None],
        *,
        multiple: bool = False,
    ) -> None:
        super().__init__((1, 1, 1, 1), 0)
        self._context, self._query, self._show = context, query, show
        self._task: Task[CaseList] | None = None
        bar = box(QHBoxLayout(), (14, 10, 10, 10), 10)
        bar.addWidget(label("一　选择案件", "sectionTitle"))
        bar.addStretch()
        self.search = SearchBox("单位、项目、案号、劳动者", width=280)
        self.search.searched.connect(lambda _text: self.load())
        self.search.down.connect(self.to_cases)
        bar.addWidget(self.search)
        self.column.addLayout(bar)
        self.column.addWidget(hair())
        self.cases: RowsTable[CaseLine] = RowsTable(
            CASES, lambda line: line.row.id, name="选择案件", multiple=multiple
        )
        self.states = StateStack(self.cases, "table_20")
        self.column.addWidget(self.states, 1)

    def to_cases(self) -> None:
        """From the search down into the list."""
        self.cases.setFocus()

    def load(self) -> None:
        """Look for what is typed; a search under way is forgotten."""
        if self._task is not None:
            self._task.forget()
        self.states.show_loading()
        desk, query = self._context.desk, replace(self._query, text=self.search.text())
        self._task = self._context.tasks.query(
            self,
            lambda: case_list(desk, query),
            self._found,
            lambda error: self.states.show_error(sentence_of(error), self.load),
        )

    def _found(self, found: CaseList) -> None:
        self._task = None
        self._show(found)
