"""登记案件: a case entered by hand, without a clue before it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.domain.cases import Case, Source
from inspector_app.domain.office import Inspector
from inspector_app.errors import UserError
from inspector_app.services.cases import CaseForm, new_case
from inspector_app.services.desk import Desk
from inspector_app.services.settings import get, inspectors
from inspector_app.ui.actions import Handler
from inspector_app.ui.context import UiContext
from inspector_app.ui.forms.choices import ChoiceField
from inspector_app.ui.forms.dates import DateField
from inspector_app.ui.forms.form import Form
from inspector_app.ui.forms.lines import IntegerField, LineField
from inspector_app.ui.forms.texts import TextField
from inspector_app.ui.page import Page
from inspector_app.ui.pages.case.inline import text_of
from inspector_app.ui.pages.case.suggesting import suggest_employers, suggest_projects
from inspector_app.ui.pages.cases_rows import counties
from inspector_app.ui.pages.clue.fields import CreditCodeField, WrittenAmountField
from inspector_app.ui.pages.form_draft import FormDraft
from inspector_app.ui.theme.scaling import box, fix
from inspector_app.ui.widgets.basic import Panel, scrolling
from inspector_app.ui.widgets.buttons import button


@dataclass(frozen=True, slots=True)
class Defaults:
    """What the bureau has chosen, and who may handle a case."""

    scope: str
    cause: str
    people: tuple[Inspector, ...]


def read_defaults(desk: Desk) -> Defaults:
    """Settings and inspectors for a new case or clue."""
    return Defaults(get(desk, "default_scope"), get(desk, "default_cause"), tuple(inspectors(desk)))


class CaseFormPage(Page):
    """One form; what is typed is kept until it is sent or cleared."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context, "登记案件")
        self.form = Form(12)
        self._build_fields()
        panel = Panel((20, 16, 14, 14), 12)
        panel.column.addWidget(scrolling(self.form), 1)
        row = box(QHBoxLayout(), spacing=8)
        self.send = button("登记并编号", "primary", tip="Ctrl+Enter", clicked=self.submit)
        row.addWidget(self.send)
        row.addWidget(button("清空", "quiet", clicked=self.clear))
        row.addStretch()
        panel.column.addLayout(row)
        holder = QWidget()
        column = box(QVBoxLayout(holder))
        column.addWidget(fix(panel, max_width=980), 1)
        self.column.addWidget(holder, 1)
        self.form.submitted.connect(self.submit)
        self.draft = FormDraft(context, "case", self.form)
        self.draft.said.connect(self.head.set_hint)
        if self.draft.restore():
            self.head.set_hint("上次没有填完，已恢复")

    def _build_fields(self) -> None:
        context, form = self.context, self.form
        form.section("当事人与项目")
        employer = LineField("employer", "用人单位", required=True)
        project = LineField("project", "工程项目", hint="没有工程项目的不填")
        self.suggestions = (
            suggest_employers(context, employer),
            suggest_projects(context, project),
        )
        form.add(employer, CreditCodeField("credit_code", "统一社会信用代码"), widths=(3, 2))
        form.add(project, LineField("employer_address", "单位地址"), widths=(3, 2))
        form.section("来源与案由")
        sources = [(one.value, one.label) for one in Source]
        self.received = DateField("received_on", "受理日期", today=context.today, required=True)
        form.add(
            ChoiceField("source", "来源", sources, required=True),
            ChoiceField("scope", "属地", counties(context.desk), required=True),
            self.received,
        )
        self.amount = WrittenAmountField(
            "amount_written", "反映金额", placeholder="例如：86.42万元", hint="按反映的原话写"
        )
        form.add(
            LineField("cause", "案由", required=True, max_length=60),
            IntegerField("workers", "反映人数"),
            self.amount,
        )
        form.add(TextField("facts", "基本案情", lines=4))
        form.section("立案与承办")
        self.lead = ChoiceField("lead", "主办监察员")
        self.assist = ChoiceField("assist", "协办监察员", check=self._two_people)
        form.add(
            DateField("filed_on", "立案日期", today=context.today, hint="还没有立案的不填"),
            self.lead,
            self.assist,
        )
        form.add(TextField("note", "备注", lines=2))
        form.column.addStretch()

    def _two_people(self, value: object) -> str:
        same = value and value == self.lead.value()
        return "协办应是另一名监察员，执法须由两人进行" if same else ""

    # ── what the window calls ────────────────────────────────────────────────────────────────
    def show_for(self, _arg: object) -> None:
        desk = self.context.desk
        self.context.tasks.query(self, lambda: read_defaults(desk), self._offer)

    def leave(self) -> bool:
        self.draft.keep()
        return True

    def handlers(self) -> Mapping[str, Handler]:
        return {"save": self.draft.keep, "back": self._back}

    def _back(self) -> None:
        if not any(one.dismiss() for one in self.suggestions):
            self.context.back()

    def first_focus(self) -> QWidget | None:
        return self.form.fields["employer"]

    def _offer(self, found: Defaults) -> None:
        people = [(one.id, one.name) for one in found.people]
        for field in (self.lead, self.assist):
            field.set_options(people)
        fresh = {
            "received_on": self.context.today(),
            "scope": found.scope,
            "cause": found.cause,
            "lead": self.context.desk.actor_id or "",
        }
        for key, value in fresh.items():
            if self.form.fields[key].is_empty():
                self.form.fields[key].set_value(value)
        self.draft.saver.reset()

    # ── doing ────────────────────────────────────────────────────────────────────────────────
    def clear(self) -> None:
        """Give up what is typed."""
        for field in self.form.fields.values():
            field.set_value(None)
            field.set_error("")
        self.draft.drop()
        self.head.set_hint("")
        self.show_for(None)
        self.form.fields["employer"].setFocus()

    def submit(self) -> None:
        """Check, enter, number, and open the case."""
        if not self.send.isEnabled() or not self.form.validate():
            return
        desk, made = self.context.desk, self._made(self.form.values())
        self.send.setEnabled(False)
        self.context.tasks.work(self, lambda: new_case(desk, made), self._done, self._failed)

    def _made(self, values: dict[str, object]) -> CaseForm:
        received, filed, workers = (values[k] for k in ("received_on", "filed_on", "workers"))
        return CaseForm(
            employer=text_of(values, "employer"),
            scope=text_of(values, "scope"),
            source=Source(text_of(values, "source")),
            cause=text_of(values, "cause"),
            received_on=received if isinstance(received, date) else self.context.today(),
            credit_code=text_of(values, "credit_code"),
            employer_address=text_of(values, "employer_address"),
            project=text_of(values, "project"),
            note=text_of(values, "note"),
            facts=text_of(values, "facts"),
            workers=workers if isinstance(workers, int) else None,
            amount_fen=self.amount.fen(),
            amount_written=text_of(values, "amount_written"),
            filed_on=filed if isinstance(filed, date) else None,
            lead_id=text_of(values, "lead") or None,
            assist_id=text_of(values, "assist") or None,
        )

    def _done(self, case: Case) -> None:
        self.send.setEnabled(True)
        self.clear()
        self.context.open_page("case", case.id)
        self.context.say(f"已登记 {case.case_no}")

    def _failed(self, error: Exception) -> None:
        self.send.setEnabled(True)
        if isinstance(error, UserError) and self.form.show_problem(error.field, error.message):
            return
        self.context.trouble(error)


def make(context: UiContext) -> Page:
    """The form of a new case."""
    return CaseFormPage(context)
