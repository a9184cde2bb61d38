"""The forms of an employer and of a project; a wrong credit code is told, never refused."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from inspector_app.domain.credit_code import check_credit_code
from inspector_app.domain.parties import Employer, Investment, Project, ProjectKind
from inspector_app.services.desk import Desk
from inspector_app.services.parties import PartyLine, save_employer, save_project
from inspector_app.ui.context import UiContext
from inspector_app.ui.forms.choices import ChoiceField
from inspector_app.ui.forms.dates import DateField
from inspector_app.ui.forms.lines import LineField, MoneyField
from inspector_app.ui.forms.texts import TextField
from inspector_app.ui.pages.case.inline import Call, InlineForm, text_of
from inspector_app.ui.pages.parties.chain import ChainEditor

LINES = ("name", "credit_code", "legal_person", "phone", "address", "industry", "county", "note")


def counties(desk: Desk) -> list[tuple[str, str]]:
    """(code, name) of the city and its counties."""
    return [(code, one.name) for code, one in desk.library.divisions.items()]


class CodeField(LineField):
    """A credit code: what is wrong with it stands below, and it is kept all the same."""

    def __init__(self) -> None:
        super().__init__("credit_code", "统一社会信用代码", placeholder="18 位")

    def typed_problem(self) -> str:
        return check_credit_code(self.text()).problem if self.text() else ""

    def validate(self, *, complete: bool = False) -> bool:
        super().validate(complete=complete)
        return True  # 登记的就是这样写的: kept as written and flagged


class EmployerForm(InlineForm):
    """One unit, new or known."""

    def __init__(self, context: UiContext, unit: Employer | None) -> None:
        super().__init__(context, "修改单位" if unit else "登记单位", "保存" if unit else "登记")
        self._unit = unit or Employer("", "", context.desk.city, context.desk.city)
        self.form.add(LineField("name", "单位名称", required=True, max_length=80))
        self.form.add(CodeField())
        self.form.add(
            LineField("legal_person", "法定代表人", max_length=30),
            LineField("phone", "电话", max_length=30),
        )
        self.form.add(LineField("address", "地址", max_length=120))
        self.form.add(
            ChoiceField("county", "属地", counties(context.desk)),
            LineField("industry", "行业", max_length=30),
        )
        self.form.add(TextField("note", "备注", lines=2, max_length=500))
        self.form.set_values({key: getattr(self._unit, key) for key in LINES})
        self.form.fields["credit_code"].validate()

    def call(self, values: dict[str, object]) -> Call:
        desk = self.context.desk
        made = replace(
            self._unit,
            name=text_of(values, "name"),
            credit_code=text_of(values, "credit_code"),
            legal_person=text_of(values, "legal_person"),
            phone=text_of(values, "phone"),
            address=text_of(values, "address"),
            industry=text_of(values, "industry"),
            county=text_of(values, "county"),
            note=text_of(values, "note"),
        )
        return lambda: save_employer(desk, made)

    def told(self, _result: object) -> str:
        return "已保存单位" if self._unit.id else "已登记单位"


class ProjectForm(InlineForm):
    """One project with its party chain."""

    def __init__(
        self, context: UiContext, project: Project | None, lines: Sequence[PartyLine] = ()
    ) -> None:
        title = "修改项目" if project else "登记项目"
        super().__init__(context, title, "保存" if project else "登记")
        self._project = project or Project("", "", context.desk.city, context.desk.city)
        self._add_fields()
        self.chain = ChainEditor(context)
        self.chain.show_lines(lines)
        self.form.column.addWidget(self.chain)
        one = self._project
        self.form.set_values(
            {
                "name": one.name,
                "kind": one.kind.value,
                "investment": one.investment.value,
                "county": one.county,
                "contract_fen": one.contract_fen,
                "address": one.address,
                "starts_on": one.starts_on,
                "ends_on": one.ends_on,
                "note": one.note,
            }
        )
        self._chain_before = self.chain.parties()

    def _add_fields(self) -> None:
        desk, today, add = self.context.desk, self.context.today, self.form.add
        add(LineField("name", "项目名称", required=True, max_length=80))
        kinds = [(one.value, one.label) for one in ProjectKind]
        money = [(one.value, one.label) for one in Investment]
        add(
            ChoiceField("kind", "类别", kinds, required=True),
            ChoiceField("investment", "投资性质", money, required=True),
        )
        add(
            ChoiceField("county", "属地", counties(desk)),
            MoneyField("contract_fen", "合同价（元）"),
        )
        add(LineField("address", "地址", max_length=120))
        add(
            DateField("starts_on", "开工日期", today=today),
            DateField("ends_on", "竣工日期", today=today),
        )
        add(TextField("note", "备注", lines=2, max_length=500))

    def may_close(self) -> bool:
        if self.chain.parties() != self._chain_before and not self._warned:
            self._warned = True
            self.say("参建单位还没保存：Ctrl+Enter 保存，再按一次 Esc 放弃。")
            return False
        return super().may_close()

    def call(self, values: dict[str, object]) -> Call:
        desk, parties = self.context.desk, self.chain.parties()
        made = replace(
            self._project,
            name=text_of(values, "name"),
            kind=ProjectKind(text_of(values, "kind")),
            investment=Investment(text_of(values, "investment")),
            county=text_of(values, "county"),
            contract_fen=_fen(values["contract_fen"]),
            address=text_of(values, "address"),
            starts_on=_day(values["starts_on"]),
            ends_on=_day(values["ends_on"]),
            note=text_of(values, "note"),
        )
        return lambda: save_project(desk, made, parties)

    def told(self, _result: object) -> str:
        return "已保存项目" if self._project.id else "已登记项目"


def _fen(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None
