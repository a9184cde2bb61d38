"""The form of one step: what it asks for, why it is refused, and how a leader lets it pass."""

from collections.abc import Sequence

from inspector_app.domain.cases import Stage
from inspector_app.domain.events import CaseEvent
from inspector_app.domain.guards.situation import Refusal
from inspector_app.domain.law import grouped
from inspector_app.domain.procedure import Ask, StepRow
from inspector_app.services import steps
from inspector_app.services.case_sheet import CaseSheet
from inspector_app.services.steps import StepRefusedError, Taken, take_step
from inspector_app.ui.context import UiContext
from inspector_app.ui.forms.choices import ChoiceField
from inspector_app.ui.forms.texts import TextField
from inspector_app.ui.pages.case.found_codes import found_codes
from inspector_app.ui.pages.case.inline import Call, InlineForm, text_of
from inspector_app.ui.pages.case.moves import CLOSE, closings, may_pass
from inspector_app.ui.pages.case.refused_box import RefusedBox
from inspector_app.ui.pages.case.step_fields import StepFields
from inspector_app.ui.pages.case.step_forms import day_of
from inspector_app.ui.widgets.basic import label

PAID_WORDS = "拖欠的工资已全部清偿，违法行为已改正。"
LONGEST_ACTION = 8  # letters of a button; longer names of steps give way to 登记


class StepForm(InlineForm):
    """One step or fact of the procedure, with the day it happened."""

    def __init__(
        self,
        context: UiContext,
        sheet: CaseSheet,
        step: StepRow,
        paper_kind: str = "",
        refusals: Sequence[Refusal] = (),
    ) -> None:
        self._action = step.name if len(step.name) <= LONGEST_ACTION else "登记"
        super().__init__(context, step.name, self._action)
        self._sheet, self._step = sheet, step
        if step.basis:
            basis = f"依据 {grouped(step.articles)}" if step.articles else step.rule
            self.form.column.addWidget(label(basis, "caption", wrap=True))
        if step.note:
            self.form.column.addWidget(label(step.note, "caption", wrap=True))
        StepFields(context, sheet, step).build(self.form)
        self.refused = RefusedBox(step, sheet.leaders)
        self.refused.passing.connect(self._ask_leader)
        self.form.column.addWidget(self.refused)
        self._prefill(paper_kind)
        if refusals:
            self.refused.show_refusals(refusals, may_pass=may_pass(refusals))

    # ── what the case already knows ──────────────────────────────────────────────────────────
    def _prefill(self, paper_kind: str) -> None:
        fields, sheet = self.form.fields, self._sheet
        if paper_kind and "paper_kind" in fields:
            fields["paper_kind"].set_value(paper_kind)
        if self._step.id == CLOSE:
            ready = [row.id for row, lacks in closings(sheet) if not lacks]
            if len(ready) == 1:
                fields["outcome"].set_value(ready[0])
            if sheet.claims and sheet.totals.owing_fen <= 0:
                fields["note"].set_value(PAID_WORDS)
        if Ask.CODES in self._step.asks:
            desk = self.context.desk
            self.context.tasks.query(self, lambda: found_codes(desk, sheet), self._offer_codes)
        notice = sheet.situation.last_event("penalty_notice")
        if self._step.id == "penalty_decision" and notice is not None:
            fields["amount_fen"].set_value(notice.amount_fen)
            fields["person_fen"].set_value(notice.person_fen)

    def _offer_codes(self, codes: tuple[str, ...]) -> None:
        field = self.form.fields["codes"]
        if field.is_empty() and codes:
            field.set_value(codes)
            field.edited.emit()

    # ── doing it ─────────────────────────────────────────────────────────────────────────────
    def call(self, values: dict[str, object]) -> Call:
        desk, case_id = self.context.desk, self._sheet.case.id
        said = self._said(values)
        return lambda: take_step(desk, case_id, said)

    def _said(self, values: dict[str, object]) -> steps.StepForm:
        until = values.get("until")
        return steps.StepForm(
            step=self._step.id,
            on=day_of(values, "on", self.context.today()),
            at=text_of(values, "at"),
            until=day_of(values, "until", self.context.today()) if until else None,
            rules=_codes(values, "rules"),
            codes=_codes(values, "codes"),
            outcome=text_of(values, "outcome"),
            approver=text_of(values, "approver"),
            people=text_of(values, "people"),
            amount_fen=_fen(values, "amount_fen"),
            person_fen=_fen(values, "person_fen"),
            paper_kind=text_of(values, "paper_kind"),
            number=text_of(values, "number"),
            note=text_of(values, "note"),
            override_by=text_of(values, "override_by"),
            override_why=text_of(values, "override_why"),
        )

    def told(self, result: object) -> str:
        if not isinstance(result, Taken):
            return self._step.name
        words = told_words(self._step, result.event)
        reminders = "；".join(one.message for one in result.reminders)
        return f"{words}　提醒：{reminders}" if reminders else words

    # ── refused ──────────────────────────────────────────────────────────────────────────────
    def failed(self, error: Exception) -> None:
        if not isinstance(error, StepRefusedError):
            super().failed(error)
            return
        self.send.setEnabled(True)
        self.refused.show_refusals(error.refusals, may_pass=error.may_pass)
        self.bring_into_view(self.refused)

    def _ask_leader(self) -> None:
        """The leader and the reason are asked for; the next press takes the step."""
        leaders = [(one, one) for one in self._sheet.leaders]
        who = ChoiceField("override_by", "放行的负责人", leaders, required=True)
        why = TextField("override_why", "放行理由", required=True, lines=2)
        self.form.add(who)
        self.form.add(why)
        self.send.setText("放行并登记")
        who.setFocus()
        self.bring_into_view(self.send)


def told_words(step: StepRow, event: CaseEvent) -> str:
    """立案，转入“调查取证”; 本案已结案; a mere fact is 已登记：到现场."""
    if not event.to_stage:
        return f"已登记：{step.name}"
    stage = Stage(event.to_stage)
    return f"本案{stage.label}" if stage.ended else f"{step.name}，转入“{stage.label}”"


def _codes(values: dict[str, object], key: str) -> tuple[str, ...]:
    value = values.get(key)
    return tuple(str(one) for one in value) if isinstance(value, tuple) else ()


def _fen(values: dict[str, object], key: str) -> int | None:
    """An amount; one that was not filled in is not 0."""
    value = values.get(key)
    return value if isinstance(value, int) else None
