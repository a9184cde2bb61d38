"""The fields of a step, made from what it asks for and from what the case already knows."""

from collections.abc import Sequence

from inspector_app.domain.law import Violation
from inspector_app.domain.procedure import Ask, StepRow
from inspector_app.domain.terms import date_text
from inspector_app.services.case_sheet import CaseSheet
from inspector_app.services.clocks import CaseClock
from inspector_app.services.own_deadlines import OWN_RULES
from inspector_app.ui.context import UiContext
from inspector_app.ui.forms.choices import ChoiceField, TicksField
from inspector_app.ui.forms.dates import DateField
from inspector_app.ui.forms.field import FormField
from inspector_app.ui.forms.form import Form
from inspector_app.ui.forms.lines import LineField, MoneyField, TimeField
from inspector_app.ui.forms.texts import TextField
from inspector_app.ui.pages.case.closing_ways import ClosingWays
from inspector_app.ui.pages.case.codes_field import CodesField
from inspector_app.ui.pages.case.fine_field import (
    FineField,
    hearing_words,
    person_words,
    unit_words,
)
from inspector_app.ui.pages.case.moves import CLOSE, closings
from inspector_app.ui.pages.case.step_words import field_words, is_fine, must

ROWS = (
    (Ask.PAPER_KIND, Ask.NUMBER),
    (Ask.CODES,),
    (Ask.OUTCOME,),
    (Ask.RULES,),
    (Ask.AMOUNT,),
    (Ask.PERSON_AMOUNT,),
    (Ask.UNTIL,),
    (Ask.PEOPLE,),
    (Ask.APPROVER,),
    (Ask.NOTE,),
)
"""In what order they stand; the day and the time come first."""


class StepFields:
    """Builds the fields of one step into a form; keys are those of services.steps.StepForm."""

    def __init__(self, context: UiContext, sheet: CaseSheet, step: StepRow) -> None:
        self._context, self._sheet, self._step = context, sheet, step

    def build(self, form: Form) -> None:
        """Put them into the form."""
        first: list[FormField] = [self._day()]
        if Ask.TIME in self._step.asks:
            first.append(TimeField("at", field_words(self._step, Ask.TIME)))
        form.add(*first)
        for row in ROWS:
            made = [self._field(ask) for ask in row if ask in self._step.asks]
            if made:
                form.add(*made)
            if Ask.OUTCOME in row and self._step.id == CLOSE:
                form.column.addWidget(ClosingWays(self._sheet))
        self._link(form)

    def _day(self) -> DateField:
        day = DateField("on", f"{self._step.name}日期", today=self._context.today, required=True)
        day.set_value(self._context.today())
        return day

    def _field(self, ask: Ask) -> FormField:
        step = self._step
        name, need = field_words(step, ask), must(step, ask)
        match ask:
            case Ask.CODES:
                return CodesField(
                    "codes", name, self._context.desk.library.violations, required=need
                )
            case Ask.OUTCOME:
                return ChoiceField("outcome", name, self._outcomes(), required=need)
            case Ask.RULES:
                return self._rules(name)
            case Ask.AMOUNT | Ask.PERSON_AMOUNT:
                return self._amount(ask, name)
            case Ask.UNTIL:
                return DateField(
                    "until", name, today=self._context.today, required=need, hint=self._until_hint()
                )
            case Ask.PAPER_KIND:
                kinds = [*self._sheet.situation.procedure.papers.items()]
                return ChoiceField("paper_kind", name, kinds, required=need)
            case Ask.NUMBER:
                hint = "没有字号的写“无”" if need else ""
                return LineField("number", name, required=need, max_length=60, hint=hint)
            case Ask.APPROVER:
                return approver_field("approver", name, self._sheet.leaders, required=need)
            case Ask.NOTE:
                return TextField("note", name, required=need, lines=2)
            case _:
                return LineField("people", name, max_length=80)

    def _until_hint(self) -> str:
        hints = {"stop": "不填为还没有恢复计时", "outside_paper": "没有送达的不填"}
        return hints.get(self._step.id, "")

    def _outcomes(self) -> list[tuple[str, str]]:
        if self._step.id != CLOSE:
            return [*(self._step.outcomes or {}).items()]
        return [
            (row.id, f"{row.name}（还缺材料）" if lacks else row.name)
            for row, lacks in closings(self._sheet)
        ]

    # ── terms ────────────────────────────────────────────────────────────────────────────────
    def _rules(self, name: str) -> TicksField:
        clocks = _open_terms(self._sheet, self._context, extending=self._step.id == "extend")
        pairs = {clock.rule: f"{clock.name}，现在到 {date_text(clock.ends)}" for clock in clocks}
        hint = "" if self._step.id == "extend" else "不选为全部可以中止的期限"
        if not pairs:
            hint = "本案现在没有这样的期限"
        return TicksField("rules", name, [*pairs.items()], hint=hint)

    # ── amounts ──────────────────────────────────────────────────────────────────────────────
    def _amount(self, ask: Ask, name: str) -> FormField:
        key = "amount_fen" if ask is Ask.AMOUNT else "person_fen"
        if not is_fine(self._step):
            return MoneyField(key, name)
        limits = self._sheet.situation.limits
        limit = limits.hearing_unit_fen if ask is Ask.AMOUNT else limits.hearing_person_fen
        return FineField(key, name, lambda fen: hearing_words(limit, fen))

    def _link(self, form: Form) -> None:
        """Ranges follow the acts chosen here, else those of the last notice."""
        fines = [one for one in form.fields.values() if isinstance(one, FineField)]
        codes = form.fields.get("codes")

        def tell() -> None:
            acts = self._acts(codes.value() if codes else self._noticed())
            for one in fines:
                unit = one.key == "amount_fen"
                one.set_range(unit_words(acts, self._sheet.workers) if unit else person_words(acts))

        if codes is not None:
            codes.edited.connect(tell)
        tell()

    def _noticed(self) -> tuple[str, ...]:
        notice = self._sheet.situation.last_event("penalty_notice")
        return notice.codes if notice else ()

    def _acts(self, codes: object) -> list[Violation]:
        known = self._context.desk.library.violations
        named = codes if isinstance(codes, tuple) else ()
        return [known[code] for code in named if code in known]


def _open_terms(sheet: CaseSheet, context: UiContext, *, extending: bool) -> list[CaseClock]:
    """Running terms that can still be extended, or that can be stopped."""
    done = {rule for event in sheet.events if event.step == "extend" for rule in event.rules}
    terms = context.desk.library.terms
    able = sheet.situation.extendable - done
    return [
        clock
        for clock in sheet.clocks
        if clock.rule not in OWN_RULES
        and (clock.rule in able if extending else terms[clock.rule].stoppable)
    ]


def approver_field(
    key: str, name: str, leaders: Sequence[str], *, required: bool = False
) -> FormField:
    """One of the leaders of the office; free text while none is registered."""
    if leaders:
        return ChoiceField(key, name, [(one, one) for one in leaders], required=required)
    hint = "在设置“监察员”里勾选负责人后，可以直接选"
    return LineField(key, name, required=required, max_length=30, hint=hint)
