"""Whether a step of a case may be taken: its stage, its day, its papers and its guards."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from inspector_app.domain.cases import Case, Stage
from inspector_app.domain.facts import SETS_A_DAY
from inspector_app.domain.guards import ending, hearing, penalty, people
from inspector_app.domain.guards.situation import Attempt, Refusal, Situation
from inspector_app.domain.procedure import Ask, StepRow
from inspector_app.domain.term_words import date_text
from inspector_app.errors import UserError

Guard = Callable[[Situation, Attempt], str]

GUARDS: Mapping[str, Guard] = {
    guard.__name__: guard
    for guard in (
        people.approved,
        people.reason,
        people.two_inspectors,
        people.evidence,
        people.superior,
        people.suspension,
        people.extension_in_time,
        penalty.violations,
        penalty.amount,
        penalty.order_unheeded,
        penalty.legal_review,
        penalty.discussion,
        penalty.told_before,
        penalty.not_heavier,
        penalty.summary_limits,
        penalty.in_range,
        hearing.hearing_told,
        hearing.stop_work_told,
        hearing.new_notice,
        hearing.statement_over,
        hearing.handling_heard,
        hearing.hearing_over,
        hearing.hearing_request_in_time,
        hearing.hearing_set,
        hearing.hearing_notice_in_time,
        hearing.host_independent,
        ending.decision_stands,
        ending.decision_served,
        ending.fine_served,
        ending.fine_made,
        ending.demand_over,
        ending.suit_over,
        ending.apply_in_time,
        ending.crime_ordered,
        ending.list_ordered,
        ending.list_heard,
        ending.annulled,
        ending.closing,
    )
}
"""Guard id of resources/law/procedure/guards.toml -> what looks whether it holds: "" or what is
missing."""

REMAKE = "作废这份文书，期满后重新制作"

Articles = Callable[[Situation, Attempt], tuple[str, ...]]

ARTICLES: Mapping[str, Articles] = {
    "order_unheeded": penalty.order_articles,
    "in_range": penalty.penalty_articles,
    "extension_in_time": people.extension_articles,
}
"""Guards whose articles depend on the act or the term; the row's own stand where there is none."""

INPUT = frozenset(
    {
        "stop_work_told",
        "approved",
        "reason",
        "violations",
        "amount",
        "in_range",
        "hearing_told",
        "extension_in_time",
        "host_independent",
        "closing",
    }
)
"""Guards about what is typed with the step: they say nothing about whether its time has come."""

AT_PAPER = frozenset(
    {
        "order_unheeded",
        "legal_review",
        "discussion",
        "told_before",
        "not_heavier",
        "in_range",
        "summary_limits",
        "hearing_told",
        "statement_over",
        "handling_heard",
        "hearing_over",
        "decision_stands",
        "demand_over",
        "suit_over",
        "apply_in_time",
        "list_ordered",
        "list_heard",
    }
)
"""Guards that hold for the paper of a step too: what is printed and sealed cannot be taken back."""

BY_ACT = frozenset({"order_unheeded", "in_range"})
"""Guards that ask which act it is about; a paper of a step that asks so itself cannot tell."""

HEARD = frozenset({"statement_over", "handling_heard", "hearing_over"})
"""Guards that must have held already on the day the step's paper was made."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What stands against a step: `refusals` keep it, `reminders` are only said."""

    refusals: tuple[Refusal, ...]
    reminders: tuple[Refusal, ...]

    @property
    def may_pass(self) -> bool:
        """Whether a leader could let it pass with a reason."""
        return not any(refusal.hard for refusal in self.refusals)


def examine(case: Situation, attempt: Attempt, *, strict: bool = False) -> Examined:
    """Everything that stands against the step; `strict`: what only reminds refuses too.

    Only what had happened by the day of the step counts.
    """
    step, known = attempt.step, case.known_on(attempt.on)
    found = [*_missing_papers(case, known, attempt, step.papers, advised=False)]
    found += _unserved(case, known, attempt)
    found += [_guarded(known, attempt, name, advised=False) for name in step.guards]
    found += _made_too_early(case, known, attempt)
    advised = [*_missing_papers(case, known, attempt, step.papers_advised, advised=True)]
    advised += [_guarded(known, attempt, name, advised=True) for name in step.guards_advised]
    refusals = [one for one in found if one is not None]
    reminders = [one for one in advised if one is not None]
    if strict:
        return Examined((*refusals, *reminders), ())
    return Examined(tuple(refusals), tuple(reminders))


def examine_paper(case: Situation, attempt: Attempt) -> tuple[Refusal, ...]:
    """What stands against approving or issuing a paper of the step on that day.

    `attempt` has what the draft says; the papers of the step itself are not asked for.
    """
    step, known = attempt.step, case.known_on(attempt.on)
    names = [one for one in step.guards if one in AT_PAPER]
    if Ask.CODES in step.asks:
        names = [one for one in names if one not in BY_ACT]
    found = [_guarded(known, attempt, name, advised=False) for name in names]
    return tuple(one for one in found if one is not None)


def _made_too_early(case: Situation, known: Situation, attempt: Attempt) -> list[Refusal | None]:
    """The paper was made in the program while the party could still be heard."""
    names = [one for one in attempt.step.guards if one in HEARD and not GUARDS[one](known, attempt)]
    found: list[Refusal | None] = []
    for paper in known.written_for(attempt.step):
        then, day = case.known_on(paper.on), replace(attempt, on=paper.on)
        for name in names:
            early = _guarded(then, day, name, advised=False)
            if early is not None:
                said = f"{paper.number}在{date_text(paper.on)}制作时{early.message}"
                found.append(replace(early, message=said, remedy=REMAKE))
    return found


def _missing_papers(
    case: Situation, known: Situation, attempt: Attempt, kinds: tuple[str, ...], *, advised: bool
) -> list[Refusal | None]:
    remedy = "在本程序制作并制发，或者用“登记程序外制作的文书”补登"
    return [
        Refusal("papers", message, attempt.step.basis, remedy, advised=advised)
        for kind in kinds
        if (message := _lacking(case, known, attempt, f"issued:{kind}"))
    ]


def _unserved(case: Situation, known: Situation, attempt: Attempt) -> list[Refusal | None]:
    return [
        Refusal("served", message, attempt.step.basis, "登记送达")
        for kind in attempt.step.served
        if (message := _lacking(case, known, attempt, f"served:{kind}"))
    ]


def _lacking(case: Situation, known: Situation, attempt: Attempt, code: str) -> str:
    """What a paper lacks on the day of the step: it, its service, or an earlier day."""
    if known.facts.has(code):
        return ""
    head, _, kinds = code.partition(":")
    title, served = case.procedure.title(kinds), head == "served"
    later = case.facts.this_round().last(code)
    if later is not None:
        what = "送达" if served else "制作"
        return f"{title}的{what}日期 {date_text(later.on)} 晚于{attempt.step.name}日期"
    return f"{title}还没有送达" if served else f"没有{title}"


def _guarded(case: Situation, attempt: Attempt, name: str, *, advised: bool) -> Refusal | None:
    message = GUARDS[name](case, attempt)
    if not message:
        return None
    row = case.procedure.guards[name]
    own = ARTICLES[name](case, attempt) if name in ARTICLES else ()
    basis = "、".join(own or row.articles) or row.rule or attempt.step.basis
    return Refusal(name, message, basis, row.remedy, row.hard, advised)


def check_place(case: Situation, attempt: Attempt) -> None:
    """UserError when the step cannot be taken from this stage, or not on that day."""
    step = attempt.step
    if case.case.stage not in step.sources:
        raise UserError(_wrong_stage(case, step), field="step", kind="illegal_step")
    facts = case.known_on(attempt.on).facts
    for fact in step.needs:
        if not facts.has(fact):
            name = case.procedure.fact_name(fact)
            message = f"{step.name}之前要先登记“{name}”（{step.basis}）"
            raise UserError(message, field="step", kind="illegal_step")
    if step.outcomes and attempt.outcome not in step.outcomes:
        known = "、".join(f"{code}（{name}）" for code, name in step.outcomes.items())
        raise UserError(f"{step.name}要写明结果：{known}", field="outcome")
    _check_day(case, attempt)


def _wrong_stage(case: Situation, step: StepRow) -> str:
    stage = case.case.stage
    moves = [one.name for one in case.procedure.from_stage(stage) if one.moves]
    labels = "、".join(one.label for one in step.sources)
    here = f"可以{'、'.join(moves)}" if moves else "没有后续步骤"
    basis = f"（{step.basis}）" if step.basis else ""
    return f"本案在“{stage.label}”阶段，不能{step.name}{basis}，要先到“{labels}”；现在{here}"


def _check_day(case: Situation, attempt: Attempt) -> None:
    step, on = attempt.step, attempt.on
    if on > case.today:
        message = f"{step.name}日期不能晚于今天（{date_text(case.today)}）"
        raise UserError(message, field="on")
    if attempt.until is not None:
        if attempt.until > case.today and not step.future:
            raise UserError(f"{step.name}写的日期不能晚于今天", field="until")
        if attempt.until < on and step.id not in SETS_A_DAY:
            message = f"{step.name}写的{date_text(attempt.until)}早于办理日期 {date_text(on)}"
            raise UserError(message, field="until")
    earlier = [("收到线索", case.case.received_on)]
    if step.moves:
        earlier += [("立案", day) for day in [case.case.filed_on] if day]
        moved = [event.on for event in case.events if event.to_stage]
        earlier += [("上一步", max(moved))] if moved else []
    if step.to is Stage.CLOSED:
        days = [fact.on for fact in case.facts.all if not fact.code.startswith("deadline:")]
        earlier.append(("最后一次办理", max(days)))
    for name, day in earlier:
        if on < day:
            raise UserError(f"{step.name}日期不能早于{name}日期 {date_text(day)}", field="on")


def moved(case: Situation, attempt: Attempt) -> Case:
    """The case after the step."""
    step, before = attempt.step, case.case
    if step.back:
        stopped = case.last_event("suspend")
        assert stopped is not None  # noqa: S101 - only a suspended case is in that stage
        return replace(before, stage=Stage(stopped.from_stage))
    if step.to is None:
        return before
    after = replace(before, stage=step.to)
    if step.id == "file":
        after = replace(after, filed_on=attempt.on)
    if step.to is Stage.CLOSED:
        return replace(after, closed_on=attempt.on, closing_note=attempt.note.strip())
    if before.stage.ended and not step.to.ended:
        return replace(after, closed_on=None, closing_note="")
    return after


def time_has_come(case: Situation, step: StepRow) -> tuple[Refusal, ...]:
    """What stands against a step already now, before anybody typed anything for it."""
    bare = Attempt(step=step, on=case.today)
    found = examine(case, bare).refusals
    told = tuple(one for one in found if one.guard not in INPUT)
    return (*told, *_no_way_to_close(case, step))


def _no_way_to_close(case: Situation, step: StepRow) -> list[Refusal]:
    """Closing is possible in several ways; what each lacks, unless one lacks nothing."""
    if step.to is not Stage.CLOSED:
        return []
    lacks = {row.name: ending.missing(case, row) for row in ending.ways(case)}
    if not all(lacks.values()):
        return []
    said = "；".join(f"按“{name}”还缺{'、'.join(missing)}" for name, missing in lacks.items())
    row = case.procedure.guards["closing"]
    return [Refusal("closing", said, row.rule, row.remedy)]
