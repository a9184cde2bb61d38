"""The form of a draft: made from its kind, filled from the ledger, saved by itself."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from inspector_app.domain.paper_joint import JOINT
from inspector_app.domain.papers import PaperKind, PaperProblem, Values
from inspector_app.services.office_gaps import SETTING
from inspector_app.ui.context import UiContext
from inspector_app.ui.forms.choices import InspectorField
from inspector_app.ui.forms.form import AutoSaver, Form
from inspector_app.ui.forms.table_field import TableField
from inspector_app.ui.pages.paper.approval import ApprovalBar
from inspector_app.ui.pages.paper.earlier import EarlierLines
from inspector_app.ui.pages.paper.form import make_form
from inspector_app.ui.pages.paper.form_notice import FormNotice
from inspector_app.ui.pages.paper.joint import JointPicker
from inspector_app.ui.pages.paper.marks import LedgerMark
from inspector_app.ui.pages.paper.problem_bar import ProblemBar
from inspector_app.ui.pages.paper.reading import PaperNews, form_values, from_ledger, same
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import Panel, hair, scrolling


class PaperEditor(Panel):
    """`changed` after each edit, `said` with words for the page's head, `submitted` on Ctrl+Enter.

    `save` gets the values to store; it answers with `saved` or `not_saved`.
    """

    changed = Signal()
    said = Signal(str)
    submitted = Signal()

    def __init__(self, context: UiContext, save: Callable[[Values], object]) -> None:
        super().__init__((1, 1, 1, 1), 0)
        self._context, self._save = context, save
        self._kind: PaperKind | None = None
        self._plain: Values = {}
        self._area: QScrollArea | None = None
        self._saver: AutoSaver | None = None
        self.form = Form()
        self.marks: dict[str, LedgerMark] = {}
        self.edits = 0  # counts changes by the user, so that a late answer is known as late
        self.problems = ProblemBar(context)
        self.problems.jump.connect(self._jump)
        self.approval = ApprovalBar(context, self.save_now)
        self.older = FormNotice(context, self.save_now)
        self.earlier: EarlierLines | None = None
        self.joint: JointPicker | None = None
        self.column.addWidget(self.older)
        self.column.addWidget(self.approval)
        self.column.addWidget(hair())
        self.column.addWidget(self.problems)

    # ── showing a paper ──────────────────────────────────────────────────────────────────────
    def load(self, news: PaperNews) -> None:
        """A paper comes into view: its form is made anew."""
        self._kind, self._plain = news.sheet.kind, news.plain
        self.form = make_form(news.sheet.kind, self._context.today, news.people)
        content = QWidget()
        box(QVBoxLayout(content), (20, 16, 20, 16)).addWidget(self.form)
        old, self._area = self._area, scrolling(content)
        self.column.insertWidget(2, self._area, 1)
        if old is not None:
            old.hide()
            old.deleteLater()
        self.form.set_values(news.sheet.values)
        self._mark(news)
        self._offer_parties()
        self.earlier = EarlierLines(self.form, news.sheet.kind, self.values)
        self.earlier.taken.connect(self.save_now)
        self._saver = AutoSaver(self.form, self._hand_over)
        self._saver.said.connect(self.said)
        self.form.changed.connect(self._edited)
        self.form.submitted.connect(self.submitted)
        self._tell(news)

    def _tell(self, news: PaperNews) -> None:
        """What stands around the form."""
        self.problems.show_problems(news.sheet.problems)
        self.approval.show_news(news)
        self.older.show_news(news)
        if self.earlier is not None:
            self.earlier.show_papers(news.earlier)
        if self.joint is not None:
            self.joint.show_units(news.others)

    def _offer_parties(self) -> None:
        field = self.form.fields.get(JOINT)
        self.joint = None
        if isinstance(field, TableField):
            self.joint = JointPicker(self._context, self.form, field, self.save_now)

    def _mark(self, news: PaperNews) -> None:
        self.marks = {}
        for key, source in from_ledger(news.sheet.kind, news.plain).items():
            mark = LedgerMark(self.form.fields[key], source)
            mark.restore.connect(lambda key=key: self.restore(key))
            self.marks[key] = mark
        self._show_marks()

    def update_from(self, news: PaperNews) -> None:
        """The ledger changed meanwhile: what is not being typed follows it."""
        if self.pending():
            return
        self._plain = news.plain
        for one in self.form.fields.values():
            if isinstance(one, InspectorField):
                one.set_inspectors(news.people)
        for key, field in self.form.fields.items():
            if not same(field.value(), news.sheet.values.get(key)):
                field.set_value(news.sheet.values.get(key))
        if self._saver is not None:
            self._saver.reset()
        self._show_marks()
        self._tell(news)

    # ── values ───────────────────────────────────────────────────────────────────────────────
    def values(self) -> Values:
        """The paper's values as they stand in the form."""
        return form_values(self._kind, self.form.values(), self._plain) if self._kind else {}

    def restore(self, key: str) -> None:
        """Put the ledger's value back into a field; counts as an edit."""
        field = self.form.fields[key]
        field.set_value(self._plain.get(key))
        field.set_error("")
        field.setFocus()
        self.form.changed.emit()

    def _edited(self) -> None:
        self.edits += 1
        self._show_marks()
        self.changed.emit()

    def _show_marks(self) -> None:
        for key, mark in self.marks.items():
            mark.show_same(same=same(self.form.fields[key].value(), self._plain.get(key)))

    # ── saving ───────────────────────────────────────────────────────────────────────────────
    def _hand_over(self, _values: dict[str, object]) -> None:
        self._save(self.values())

    def save_now(self) -> None:
        """Hand over what changed, at once."""
        if self._saver is not None:
            self._saver.save_now()

    def pending(self) -> bool:
        """Whether something was typed that is not handed over yet."""
        return self._saver is not None and self._saver.pending()

    def saved(self, moment: datetime) -> None:
        """The saving succeeded."""
        if self._saver is not None:
            self._saver.done(moment)

    def not_saved(self) -> None:
        """It did not."""
        if self._saver is not None:
            self._saver.failed()

    # ── problems ─────────────────────────────────────────────────────────────────────────────
    def show_problems(self, problems: Sequence[PaperProblem]) -> None:
        """What still keeps the paper from being issued."""
        self.problems.show_problems(problems)
        still = {one.field for one in problems}
        for key, field in self.form.fields.items():
            if field.error() and key not in still:
                field.validate()

    def ready(self) -> bool:
        """Whether it can be issued; if not, say so under each field and go to the first."""
        blocking = self.problems.blocking()
        if not blocking:
            return True
        self.form.show_problems({one.field: one.message for one in reversed(blocking)})
        first = next((one for one in blocking if one.field), None)
        if first is None:
            self.approval.ask()  # all that is missing is a signature
        elif first.field.startswith(SETTING):
            self._context.toast(first.message, lambda: self._jump(first.field), "去设置")
        else:
            self.problems.jump_first()
        return False

    def _jump(self, key: str) -> None:
        if key.startswith(SETTING):
            spec = self._context.desk.library.settings[key.removeprefix(SETTING)]
            self._context.open_page("settings", spec.group)
            return
        messages = [one.message for one in self.problems.blocking() if one.field == key]
        if key in self.form.fields and messages:
            self.form.show_problem(key, messages[0])
        elif key in self.form.fields:
            self.form.jump(key)

    def focus_first(self) -> None:
        """The keyboard starts at the first open point, else at the first field."""
        open_keys = [one.field for one in self.problems.blocking() if one.field]
        keys = [key for key in (*open_keys, *self.form.fields) if key in self.form.fields]
        if not keys:
            return
        self.form.jump(keys[0])
        field, area = self.form.fields[keys[0]], self._area
        if area is not None:
            bottom = field.mapTo(self.form, field.rect().bottomLeft()).y()
            if bottom < area.viewport().height():
                area.verticalScrollBar().setValue(0)  # no need to cut the first heading off
