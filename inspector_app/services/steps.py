"""Steps of a case: taken as the law allows, refused with the article, let pass by a leader."""

import re
from dataclasses import dataclass, fields, replace

from inspector_app.domain.cases import Case
from inspector_app.domain.events import CaseEvent
from inspector_app.domain.guards.ending import missing, ways
from inspector_app.domain.guards.situation import Attempt, Refusal, Situation, StepDetails
from inspector_app.domain.office import Inspector, Todo, TodoOrigin
from inspector_app.domain.procedure import StepRow
from inspector_app.domain.rights import REVIEW_STEP
from inspector_app.domain.steps import Examined, check_place, examine, moved, time_has_come
from inspector_app.errors import UserError
from inspector_app.ledger.ids import new_id
from inspector_app.ledger.rows import Rows
from inspector_app.ledger.unit import UnitOfWork
from inspector_app.services.approvals import APPROVE
from inspector_app.services.case_ref import find_case
from inspector_app.services.desk import Desk
from inspector_app.services.rights import in_force
from inspector_app.services.rules import office_rules
from inspector_app.services.situation import standing

STRICT = "advised_guards"  # the setting: what has no verified article 只提醒 or 拦住
STRICT_VALUE = "拦住"
REVIEWER_APART = "reviewer_apart"  # the setting: who handles a case does not review it
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class StepForm(StepDetails):
    """What an inspector says of a step, named by its id; `override_by` names a leader."""

    step: str
    override_by: str = ""
    override_why: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was taken: the case after it, its event, and what it was reminded of."""

    case: Case
    event: CaseEvent
    reminders: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """A step open in the stage a case is in; `against` is what keeps it from being taken now."""

    step: StepRow
    against: tuple[Refusal, ...]


class StepRefusedError(UserError):
    """A step that is not legal yet: every reason with its article, and whether a leader may."""

    def __init__(self, step: StepRow, examined: Examined) -> None:
        lines = [f"不能{step.name}："] if len(examined.refusals) > 1 else []
        lines += [refusal.sentence for refusal in examined.refusals]
        if not examined.may_pass:
            lines.append("法律不允许放行。")
        super().__init__("\n".join(lines), field="step", kind="illegal_step")
        self.refusals = examined.refusals
        self.may_pass = examined.may_pass


def take_step(desk: Desk, ref: str, form: StepForm) -> Taken:
    """Take a step or record a fact; StepRefusedError says what would make it legal."""
    step = step_of(desk, form.step)
    case = find_case(desk, ref)
    with desk.work(step.name, form.note or form.override_why) as uow:
        stored = uow.get(Case, case.id)
        taken = _take(desk, uow, stored, step, form)
        uow.add(taken.event)
        _finish_todos(uow, taken.event)
        if taken.case != stored:
            uow.save(taken.case)
        uow.commit()
    return taken


_FINISHES = {"recheck": TodoOrigin.ORDER, "inquiry_answered": TodoOrigin.INQUIRY}


def _finish_todos(uow: UnitOfWork, event: CaseEvent) -> None:
    """What the service of a paper left to be done, and this step does."""
    origin = _FINISHES.get(event.step)
    for todo in uow.find(Todo, case_id=event.case_id) if origin else ():
        if todo.origin is origin and todo.done_on is None:
            uow.save(replace(todo, done_on=event.on))


def step_of(desk: Desk, step: str) -> StepRow:
    """The step of that id; the sentence of refusal names the known ones."""
    found = desk.library.procedure.steps.get(step)
    if found is None:
        known = "、".join(
            f"{one.id}（{one.name}）" for one in desk.library.procedure.steps.values()
        )
        raise UserError(f"没有名为“{step}”的步骤。可用：{known}。", field="step", kind="unknown")
    return found


def _take(desk: Desk, view: Rows, case: Case, step: StepRow, form: StepForm) -> Taken:
    situation = standing(desk, view, case).situation
    attempt = _completed(situation, attempt_of(step, form))
    check_place(situation, attempt)
    _check_typed(desk, attempt)
    _check_people(desk, view, case, attempt)
    strict = office_rules(desk).settings.get(STRICT) == STRICT_VALUE
    examined = examine(situation, attempt, strict=strict)
    passed = _passed(view, step, examined, form)
    after = moved(situation, attempt)
    return Taken(after, _event(situation, attempt, after, passed, form), examined.reminders)


def attempt_of(step: StepRow, form: StepForm) -> Attempt:
    """The step as guards look at it."""
    said = {field.name: getattr(form, field.name) for field in fields(StepDetails)}
    return Attempt(step=step, **said)


def _completed(situation: Situation, attempt: Attempt) -> Attempt:
    """Closing without saying how: the only way whose papers and facts are there."""
    if attempt.step.id != "close" or attempt.outcome:
        return attempt
    ready = [row.id for row in ways(situation) if not missing(situation, row)]
    return replace(attempt, outcome=ready[0]) if len(ready) == 1 else attempt


def _check_typed(desk: Desk, attempt: Attempt) -> None:
    """What is typed is something the pack knows."""
    if attempt.step.id == APPROVE:
        message = f"“{attempt.step.name}”要在那份文书上登记（paper approve）。"
        raise UserError(message, field="step", kind="illegal_step")
    if attempt.at and not _CLOCK.fullmatch(attempt.at):
        raise UserError(f"时刻“{attempt.at}”应写成 09:30。", field="at")
    if attempt.step.id == "outside_paper":
        papers = desk.library.procedure.papers
        if attempt.paper_kind not in papers:
            known = "、".join(f"{kind}（{title}）" for kind, title in papers.items())
            raise UserError(f"请写明文种，可用：{known}。", field="paper_kind")
        if not attempt.number.strip():
            raise UserError("请填写文书的字号；没有字号的写“无”。", field="number")
    if attempt.step.id in {"hearing_set", "order_deadline"} and attempt.until is None:
        raise UserError(f"{attempt.step.name}要写明是哪一天。", field="until")
    if attempt.step.id == "stop":
        terms = office_rules(desk).terms
        stoppable = [key for key, term in terms.items() if term.stoppable]
        wrong = [rule for rule in attempt.rules if rule not in stoppable]
        if wrong:
            message = f"{'、'.join(wrong)}不能中止计时，可以中止的有{'、'.join(stoppable)}。"
            raise UserError(message, field="rules")


def _check_people(desk: Desk, view: Rows, case: Case, attempt: Attempt) -> None:
    """Once roles are in force: who approves is a leader, who reviews a reviewer of other cases."""
    if not in_force(view):
        return
    people = {one.name: one for one in view.find(Inspector, active=True)}
    name = attempt.approver.strip()
    if name and not (name in people and people[name].leader):
        raise UserError(f"“{name}”不是登记的负责人，不能批准。", field="approver", kind="rights")
    if attempt.step.id != REVIEW_STEP:
        return
    handlers = {case.lead_id, case.assist_id}
    apart = office_rules(desk).settings.get(REVIEWER_APART) == "是"
    for said in filter(None, re.split(r"[、，,;；\s]+", attempt.people)):
        who = people.get(said)
        if who is None or not who.reviewer:
            message = f"“{said}”不是登记的法制审核人员。"
            raise UserError(message, field="people", kind="rights")
        if apart and who.id in handlers:
            message = f"{said}是本案承办人，不能审核本案（本局要求，可在设置里改）。"
            raise UserError(message, field="people", kind="rights")


def _passed(view: Rows, step: StepRow, examined: Examined, form: StepForm) -> tuple[str, ...]:
    """Ids of the guards a leader lets pass; StepRefusedError when nobody may or nobody does."""
    if not examined.refusals:
        return ()
    if not form.override_by.strip() or not examined.may_pass:
        raise StepRefusedError(step, examined)
    leader = view.first(Inspector, name=form.override_by.strip(), active=True, leader=True)
    if leader is None:
        message = f"“{form.override_by}”不是登记的负责人，不能放行。"
        raise UserError(message, field="override_by")
    if not form.override_why.strip():
        raise UserError("放行要写明理由，会留痕。", field="override_why")
    return tuple(dict.fromkeys(refusal.guard for refusal in examined.refusals))


def _event(
    situation: Situation, attempt: Attempt, after: Case, passed: tuple[str, ...], form: StepForm
) -> CaseEvent:
    before = situation.case
    went = attempt.step.moves
    return CaseEvent(
        id=new_id(),
        case_id=before.id,
        step=attempt.step.id,
        on=attempt.on,
        at=attempt.at,
        until=attempt.until,
        rules=attempt.rules,
        codes=attempt.codes,
        outcome=attempt.outcome,
        approver=attempt.approver.strip(),
        people=attempt.people.strip(),
        amount_fen=attempt.amount_fen,
        person_fen=attempt.person_fen,
        paper_kind=attempt.paper_kind,
        number=attempt.number.strip(),
        note=attempt.note.strip(),
        from_stage=before.stage.value if went else "",
        to_stage=after.stage.value if went else "",
        overridden=passed,
        override_by=form.override_by.strip() if passed else "",
        override_why=form.override_why.strip() if passed else "",
    )


def options(desk: Desk, ref: str) -> list[Option]:
    """Every step open in the case's stage, the usual first, with what is against it today."""
    case = find_case(desk, ref)
    with desk.ledger.read() as view:
        situation = standing(desk, view, case).situation
    return options_in(situation)


def options_in(situation: Situation) -> list[Option]:
    """The same for a situation already read."""
    steps = situation.procedure.from_stage(situation.case.stage)
    able = [
        step
        for step in steps
        if step.id != APPROVE and all(situation.facts.has(fact) for fact in step.needs)
    ]
    return [Option(step, time_has_come(situation, step)) for step in able]
