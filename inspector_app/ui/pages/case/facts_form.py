"""案情: the facts of a case, changed in place; each change saves itself and can be taken back."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector_app.domain.cases import Case, Source
from inspector_app.domain.office import Inspector
from inspector_app.errors import UserError
from inspector_app.services.case_sheet import CaseSheet
from inspector_app.services.cases import set_fields
from inspector_app.ui.context import UiContext
from inspector_app.ui.forms.choices import ChoiceField
from inspector_app.ui.forms.dates import DateField
from inspector_app.ui.forms.form import AutoSaver, Form
from inspector_app.ui.forms.lines import IntegerField, LineField, MoneyField
from inspector_app.ui.forms.texts import TextField
from inspector_app.ui.pages.case.suggesting import suggest_employers, suggest_projects
from inspector_app.ui.pages.cases_rows import counties
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.banners import Banner
from inspector_app.ui.widgets.basic import scrolling


class FactsForm(QWidget):
    """Every field of a case that people fill in."""

    said = Signal(str)

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._case_id = ""
        self._loaded: dict[str, object] = {}
        self.form = Form(12)
        self._build()
        self.closed_note = Banner("neutral")
        self.closed_note.hide()
        column = box(QVBoxLayout(self), spacing=8)
        column.addWidget(self.closed_note)
        column.addWidget(scrolling(self.form), 1)
        self.saver = AutoSaver(self.form, self._save)
        self.saver.said.connect(self.said)

    def _build(self) -> None:
        context, form = self._context, self.form
        form.section("当事人与项目")
        employer = LineField("employer", "用人单位", required=True)
        project = LineField("project", "工程项目", hint="没有工程项目的不填")
        self.suggestions = (
            suggest_employers(context, employer),
            suggest_projects(context, project),
        )
        form.add(employer, project)
        form.section("来源与案由")
        sources = [(one.value, one.label) for one in Source]
        form.add(
            ChoiceField("source", "来源", sources, required=True),
            ChoiceField("scope", "属地", counties(context.desk), required=True),
        )
        form.add(
            LineField("cause", "案由", required=True, max_length=60),
            DateField("received_on", "受理日期", today=context.today, required=True),
        )
        form.add(
            IntegerField("workers", "反映人数", hint="登记劳动者名单后，以名单为准"),
            MoneyField("amount_fen", "反映金额（元）"),
        )
        form.add(TextField("facts", "基本案情", lines=4))
        form.section("承办")
        self.lead = ChoiceField("lead", "主办监察员")
        self.assist = ChoiceField("assist", "协办监察员", check=self._two_people)
        form.add(self.lead, self.assist)
        form.add(LineField("leader", "包案领导"), TextField("note", "备注", lines=2))
        form.column.addStretch()

    def _two_people(self, value: object) -> str:
        same = value and value == self.lead.value()
        return "协办应是另一名监察员，执法须由两人进行" if same else ""

    def set_people(self, people: Sequence[Inspector]) -> None:
        """Who may handle a case."""
        for field in (self.lead, self.assist):
            field.set_options([(one.id, one.name) for one in people])

    # ── showing ──────────────────────────────────────────────────────────────────────────────
    def show_sheet(self, sheet: CaseSheet) -> None:
        """Fill in; a field that is being typed in keeps what was typed."""
        fresh = _values(sheet)
        same = sheet.case.id == self._case_id
        self._case_id = sheet.case.id
        for key, value in fresh.items():
            field = self.form.fields[key]
            untouched = field.value() == self._loaded.get(key)
            if not same or (untouched and field.value() != value):
                field.set_value(value)
                field.set_error("")
        self._loaded = fresh
        if not same:
            self.saver.reset()
        closed = sheet.case.closed_on is not None
        words = "本案已结案，改动会记入经过。" if closed else ""
        self.closed_note.say(words)

    def dismiss(self) -> bool:
        """Esc: close an open list of suggestions; False when there is none."""
        return any(one.dismiss() for one in self.suggestions)

    # ── saving ───────────────────────────────────────────────────────────────────────────────
    def save_now(self) -> None:
        """Hand over what is not yet saved."""
        self.saver.save_now()

    def _changed(self, values: dict[str, object]) -> dict[str, str]:
        fields = self.form.fields
        return {
            key: _text(value)
            for key, value in values.items()
            if value != self._loaded.get(key) and not fields[key].problem(complete=True)
        }

    def _save(self, values: dict[str, object]) -> None:
        changed = self._changed(values)
        if not changed:
            return
        desk, case_id = self._context.desk, self._case_id
        names = "、".join(self.form.fields[key].name for key in changed)
        before = {key: self._loaded[key] for key in changed}
        self._loaded |= {key: values[key] for key in changed}
        self._context.tasks.work(
            self,
            lambda: set_fields(desk, case_id, changed),
            lambda _names: self._saved(names),
            lambda error: self._failed(error, before),
        )

    def _saved(self, names: str) -> None:
        self.saver.done(self._context.desk.now())
        self.said.emit("")
        self._context.done(f"已改{names}")

    def _failed(self, error: Exception, before: dict[str, object]) -> None:
        self._loaded |= before
        self.saver.failed()
        if isinstance(error, UserError) and self.form.show_problem(error.field, error.message):
            return
        self._context.trouble(error)


def _values(sheet: CaseSheet) -> dict[str, object]:
    case: Case = sheet.case
    return {
        "employer": sheet.employer.name,
        "project": sheet.project.name if sheet.project else "",
        "source": case.source.value,
        "scope": case.scope,
        "cause": case.cause,
        "received_on": case.received_on,
        "workers": case.stated_workers,
        "amount_fen": case.stated_fen,
        "facts": case.facts,
        "lead": case.lead_id or "",
        "assist": case.assist_id or "",
        "leader": case.leader,
        "note": case.note,
    }


def _text(value: object) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)
