"""A new inspection: where, by which checklist, who goes; what the ledger lacks is entered too."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.domain.inspections import Inspection, InspectionKind
from inspector_app.domain.office import Inspector
from inspector_app.domain.parties import Employer, PartyRole, Project, ProjectParty
from inspector_app.errors import UserError
from inspector_app.ledger.views import CaseQuery
from inspector_app.services.case_ref import find_case
from inspector_app.services.case_sheet import CaseSheet, case_sheet
from inspector_app.services.cases import case_list
from inspector_app.services.desk import Desk
from inspector_app.services.inspections import InspectionForm, start_inspection
from inspector_app.services.parties import employers, projects, save_employer, save_project
from inspector_app.services.settings import get, inspectors
from inspector_app.ui.context import UiContext
from inspector_app.ui.forms.choices import ChoiceField
from inspector_app.ui.forms.dates import DateField
from inspector_app.ui.forms.form import Form
from inspector_app.ui.forms.lines import LineField
from inspector_app.ui.pages.case.suggesting import Suggesting, suggest_employers, suggest_projects
from inspector_app.ui.pages.inspection.site_form import inspector_choices
from inspector_app.ui.theme.scaling import box, fix
from inspector_app.ui.widgets.basic import Panel, hair, label, scrolling
from inspector_app.ui.widgets.buttons import button
from inspector_app.ui.widgets.suggest import Suggestion

MOST = 8


@dataclass(frozen=True, slots=True)
class Choices:
    """What the form offers."""

    people: tuple[Inspector, ...]
    scope: str


def read_choices(desk: Desk) -> Choices:
    """Inspectors and the county new things belong to; runs on the worker."""
    return Choices(tuple(inspectors(desk)), get(desk, "default_scope"))


def suggest_cases(desk: Desk, text: str) -> Sequence[Suggestion]:
    """Cases by number, unit, project or worker."""
    found = case_list(desk, CaseQuery(text=text, limit=MOST)).lines
    return [Suggestion(line.row.id, line.row.case_no, line.row.employer_name) for line in found]


def begin(desk: Desk, typed: dict[str, object], on: date) -> Inspection:
    """Find or enter project, unit and case by what was typed, then open the inspection."""
    project_name, unit_name = str(typed["project"]), str(typed["employer"])
    if not (project_name or unit_name):
        raise UserError("请填写被检查的项目或单位。", field="project")
    chosen = tuple(str(typed[key]) for key in ("inspector_1", "inspector_2") if typed[key])
    if len(set(chosen)) != len(chosen):
        raise UserError("两名检查人员不能是同一人（监察条例第十六条）。", field="inspector_2")
    case_id = find_case(desk, str(typed["case"])).id if typed["case"] else None
    scope = str(typed["scope"])
    unit_id = _unit(desk, unit_name) if unit_name else None
    project_id = _project(desk, project_name, unit_id, scope) if project_name else None
    form = InspectionForm(
        checklist_id=str(typed["checklist"]),
        on=on,
        scope=scope,
        kind=InspectionKind(str(typed["kind"])),
        employer_id=unit_id,
        project_id=project_id,
        case_id=case_id,
        inspector_ids=chosen,
        place=str(typed["place"]),
    )
    return start_inspection(desk, form)


def _unit(desk: Desk, name: str) -> str:
    known = next((row for row in employers(desk, name) if row.name == name), None)
    return known.id if known else save_employer(desk, Employer("", name, "", "")).id


def _project(desk: Desk, name: str, unit_id: str | None, scope: str) -> str:
    """A new project has the inspected unit as its general contractor (工资条例 28、30)."""
    known = next((row for row in projects(desk, name) if row.name == name), None)
    if known:
        return known.id
    chain = [ProjectParty("", "", unit_id, PartyRole.GENERAL)] if unit_id else []
    return save_project(desk, replace(Project("", name, "", ""), county=scope), chain).id


class NewInspection(QWidget):
    """`left` when the user thinks better of it, `made` with the id of the new inspection."""

    left = Signal()
    made = Signal(str)

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        outer = box(QHBoxLayout(self))
        panel = fix(Panel((1, 1, 1, 1), 0), max_width=760)
        holder = QWidget()
        box(QVBoxLayout(holder), (20, 16, 20, 16)).addWidget(self._build_form())
        panel.column.addWidget(scrolling(holder), 1)
        panel.column.addWidget(hair())
        foot = box(QHBoxLayout(), (20, 10, 20, 10), 8)
        self.words = label("", "fieldError", wrap=True)
        foot.addWidget(button("返回列表", tip="Esc", clicked=self.left.emit))
        foot.addWidget(self.words, 1)
        self.go = button("开始检查", "primary", "clipboard_checkmark_20", "Ctrl+Enter", self.submit)
        foot.addWidget(self.go)
        panel.column.addLayout(foot)
        outer.addWidget(panel, 1)
        outer.addStretch()

    def _build_form(self) -> Form:
        desk = self._context.desk
        self.form = form = Form()
        form.submitted.connect(self.submit)
        form.section("检查对象")
        self.project = LineField(
            "project", "工程项目", hint="输入名称或拼音首字母；台账里没有的，开始时一并登记"
        )
        self.employer = LineField(
            "employer", "单位", hint="不检查项目的填用人单位；新项目的填施工总承包单位"
        )
        self.case = LineField("case", "关联案件", hint="可以不填；生成文书时没有案件的自动立案")
        form.add(self.project)
        form.add(self.employer)
        counties = [
            (code, one.name) for code, one in desk.library.divisions.items() if code != desk.city
        ]
        city = desk.library.divisions.get(desk.city)
        whole = [(desk.city, city.name)] if city else []
        self.scope = ChoiceField("scope", "属地", [*whole, *counties], required=True)
        form.add(self.case, self.scope)
        form.section("检查安排")
        lists = [
            (one.id, f"{one.title}（{len(one.items)} 项）")
            for one in desk.library.checklists.values()
        ]
        self.checklist = ChoiceField("checklist", "检查表", lists, required=True)
        kinds = [(one.value, one.label) for one in InspectionKind]
        self.kind = ChoiceField("kind", "类型", kinds, required=True)
        form.add(self.checklist, self.kind, widths=(3, 2))
        self.on = DateField(
            "on", "检查日期", today=self._context.today, required=True, check=self._not_later
        )
        self.place = LineField("place", "地点", max_length=100)
        form.add(self.on, self.place, widths=(2, 3))
        why = "监察条例第十六条：不得少于二人"
        self.first = ChoiceField("inspector_1", "检查人员一", required=True, why=why)
        self.second = ChoiceField("inspector_2", "检查人员二", required=True, why=why)
        form.add(self.first, self.second)
        form.column.addStretch()
        suggest_projects(self._context, self.project)
        suggest_employers(self._context, self.employer)
        offered = Suggesting(self._context, self.case, suggest_cases)
        offered.list.taken.connect(self._case_taken)
        return form

    def _case_taken(self, found: object) -> None:
        """A case was chosen: its project and unit are filled in where nothing stands yet."""
        if not isinstance(found, Suggestion):
            return
        desk, case_id = self._context.desk, found.key
        self._context.tasks.query(self, lambda: case_sheet(desk, case_id), self._fill_from)

    def _fill_from(self, sheet: CaseSheet) -> None:
        if sheet.project and self.project.is_empty():
            self.project.set_text_by_user(sheet.project.name)
        if self.employer.is_empty() and self.project.is_empty():
            self.employer.set_text_by_user(sheet.employer.name)
        self.scope.set_value(sheet.case.scope)

    def _not_later(self, value: object) -> str:
        later = isinstance(value, date) and value > self._context.today()
        return "检查日期不能晚于今天" if later else ""

    # ── doing ────────────────────────────────────────────────────────────────────────────────
    def open_empty(self) -> None:
        """Come into view; what was typed and not sent before is still there."""
        desk = self._context.desk
        self._context.tasks.query(self, lambda: read_choices(desk), self._offer)
        self.project.setFocus()

    def _offer(self, found: Choices) -> None:
        choices = inspector_choices(found.people)
        for field in (self.first, self.second):
            field.set_options(choices)
        if self.form.is_dirty():
            return
        self.words.setText("" if choices else "还没有监察员，请先到设置里登记姓名和执法证号。")
        known = [key for key, _ in choices]
        me = self._context.desk.actor_id or ""
        self.form.set_values(
            {
                "project": "",
                "employer": "",
                "case": "",
                "place": "",
                "scope": found.scope,
                "checklist": next(iter(self._context.desk.library.checklists), ""),
                "kind": InspectionKind.ROUTINE.value,
                "on": self._context.today(),
                "inspector_1": me if me in known else "",
                "inspector_2": "",
            }
        )

    def submit(self) -> None:
        """Check, then begin; a second press while it runs does nothing."""
        self.words.setText("")
        if not self.go.isEnabled() or not self.form.validate():
            return
        values, day = self.form.values(), self.on.day()
        if day is None:
            return
        self.go.setEnabled(False)
        desk = self._context.desk
        self._context.tasks.work(self, lambda: begin(desk, values, day), self._begun, self._refused)

    def _begun(self, visit: Inspection) -> None:
        self.go.setEnabled(True)
        self.form.set_clean()
        self.made.emit(visit.id)

    def _refused(self, error: Exception) -> None:
        self.go.setEnabled(True)
        if not isinstance(error, UserError):
            self._context.trouble(error)
        elif not self.form.show_problem(error.field, error.message):
            self.words.setText(error.message)
