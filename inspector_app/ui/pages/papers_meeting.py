"""集中约谈: mark the cases at the left, say once when and where at the right, draft them all."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.domain.papers import Field, Paper, Values
from inspector_app.errors import UserError
from inspector_app.ledger.views import CaseQuery
from inspector_app.services.batch import MEETING, draft_meeting
from inspector_app.services.cases import CaseLine, CaseList
from inspector_app.services.papers import complete, kind_of
from inspector_app.ui.context import UiContext
from inspector_app.ui.forms.build import field_for, in_rows
from inspector_app.ui.forms.form import Form
from inspector_app.ui.pages.paper.reading import form_values
from inspector_app.ui.pages.papers_cases import CasesPanel
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import Panel, hair, label, scrolling
from inspector_app.ui.widgets.buttons import button

MOST_CASES = 500
# Each party's own: drawn from its case, as in any draft.
OWN = frozenset(("party", "co_parties", "reason", "inspector_1", "inspector_2"))
USUAL = {"attendee": "法定代表人（负责人）或者项目负责人"}


class MeetingPage(QWidget):
    """`left` when the user thinks better of it, `made` with the drafts."""

    left = Signal()
    made = Signal(object)

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._kind = kind_of(context.desk, MEETING)
        row = box(QHBoxLayout(self), spacing=14)
        panel = self._build_cases()
        self.search, self.cases, self.states = panel.search, panel.cases, panel.states
        self._load = panel.load
        row.addWidget(panel, 54)
        row.addWidget(self._build_form(), 46)

    def _build_cases(self) -> CasesPanel:
        query = CaseQuery(open_only=True, limit=MOST_CASES)
        panel = CasesPanel(self._context, query, self._show, multiple=True)
        panel.cases.selectionModel().selectionChanged.connect(self._marked)
        panel.column.addWidget(hair())
        foot = box(QHBoxLayout(), (14, 8, 12, 8), 8)
        self.count = label("", "body")
        foot.addWidget(self.count)
        foot.addStretch()
        foot.addWidget(button("全选", "link", clicked=panel.cases.selectAll))
        panel.column.addLayout(foot)
        return panel

    def _build_form(self) -> Panel:
        panel = Panel((1, 1, 1, 1), 0)
        bar = box(QHBoxLayout(), (14, 10, 10, 10), 10)
        bar.addWidget(label("二　共同的时间、地点和要求", "sectionTitle"))
        bar.addStretch()
        panel.column.addLayout(bar)
        panel.column.addWidget(hair())
        self.form = Form()
        self.form.submitted.connect(self.start)
        for fields in in_rows(_common(self._kind.fields)):
            self.form.add(*(field_for(field, self._context.today, ()) for field in fields))
        self.form.column.addStretch()
        content = QWidget()
        box(QVBoxLayout(content), (20, 16, 20, 16)).addWidget(self.form)
        panel.column.addWidget(scrolling(content), 1)
        panel.column.addWidget(hair())
        foot = box(QHBoxLayout(), (14, 10, 12, 10), 8)
        foot.addWidget(button("返回列表", tip="Esc", clicked=self.left.emit))
        foot.addStretch()
        self.go = button("起草通知书", "primary", "document_edit_20", "Ctrl+Enter", self.start)
        foot.addWidget(self.go)
        panel.column.addLayout(foot)
        return panel

    # ── choosing ─────────────────────────────────────────────────────────────────────────────
    def open_for(self) -> None:
        """Come into view; what the bureau says in every notice is filled in."""
        self.search.set_text("")
        desk, kind = self._context.desk, self._kind
        self._context.tasks.query(self, lambda: complete(desk, kind, {}, None), self._fill)
        self._load()
        self.search.setFocus()

    def _fill(self, plain: Values) -> None:
        if not self.form.is_dirty():
            self.form.set_values({**plain, **USUAL})

    def reload(self) -> None:
        """The ledger changed."""
        self._load()

    def _show(self, found: CaseList) -> None:
        self.cases.show_rows(found.lines)
        if found.lines:
            self.states.show_content()
        else:
            words = f"{self._kind.title}写在案件里；换一个词再找。"
            self.states.show_empty("没有符合的在办案件", words)
        self._tell()

    def _marked(self, _now: QItemSelection, _before: QItemSelection) -> None:
        self._tell()

    def chosen(self) -> list[CaseLine]:
        """The marked cases."""
        return self.cases.selected_rows()

    def _tell(self) -> None:
        lines = self.chosen()
        units = len({line.row.employer_id for line in lines})
        self.count.setText(f"已选 {len(lines)} 件，{units} 个单位" if lines else "未选择")
        self.go.setText(f"起草 {units} 份通知书" if units else "起草通知书")
        self.go.setEnabled(units > 0)

    # ── drafting ─────────────────────────────────────────────────────────────────────────────
    def start(self) -> None:
        """Draft one notice for each unit."""
        lines = self.chosen()
        if not lines or not self.go.isEnabled() or not self.form.validate():
            return
        self.go.setEnabled(False)
        desk, ids, common = self._context.desk, [line.row.id for line in lines], self.values()
        self._context.tasks.work(
            self, lambda: draft_meeting(desk, ids, common), self._drafted, self._not_drafted
        )

    def values(self) -> Values:
        """What all notices say alike."""
        typed = form_values(self._kind, self.form.values(), {})
        return {key: value for key, value in typed.items() if key in self.form.fields}

    def _drafted(self, papers: list[Paper]) -> None:
        self.go.setEnabled(True)
        self.form.set_clean()
        self.made.emit(papers)

    def _not_drafted(self, error: Exception) -> None:
        self.go.setEnabled(True)
        if isinstance(error, UserError) and self.form.show_problem(error.field, error.message):
            return
        self._context.trouble(error)


def _common(fields: Sequence[Field]) -> list[Field]:
    return [field for field in fields if field.id not in OWN]
