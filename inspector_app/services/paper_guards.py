"""What the law asks before a step, asked already when its paper is approved or made."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from inspector_app.domain.cases import Case
from inspector_app.domain.guards.penalty import NOTICE
from inspector_app.domain.guards.situation import Attempt, Refusal, Situation
from inspector_app.domain.guards.written import HEARING, Written, written
from inspector_app.domain.papers import PaperKind, PaperProblem, Values
from inspector_app.domain.procedure import EITHER, Procedure, StepRow
from inspector_app.domain.steps import AT_PAPER, examine_paper
from inspector_app.ledger.rows import Rows
from inspector_app.services.approvals import Approval
from inspector_app.services.desk import Desk
from inspector_app.services.situation import standing


def paper_refusals(
    desk: Desk, view: Rows, case_id: str | None, kind: PaperKind, values: Values, on: date
) -> tuple[Refusal, ...]:
    """What stands against making this paper on that day; nothing where no step asks for it."""
    step = step_of_paper(desk.library.procedure, kind.id)
    if step is None or case_id is None:
        return ()
    situation = standing(desk, view, view.get(Case, case_id)).situation
    said = written("", kind.id, "", on, values)
    return examine_paper(situation, _attempt(situation, step, said))


def step_of_paper(procedure: Procedure, kind_id: str) -> StepRow | None:
    """The step that is taken by this kind of paper, where it has guards that hold for the paper."""
    for step in procedure.steps.values():
        kinds = {kind for text in step.papers for kind in text.split(EITHER)}
        if kind_id in kinds and not AT_PAPER.isdisjoint(step.guards):
            return step
    return None


def _attempt(case: Situation, step: StepRow, said: Written) -> Attempt:
    """The step as the draft would have it; a citizen who employs is fined as the notice told."""
    bare = Attempt(step=step, on=said.on)
    if step.outcomes and said.hearing:
        bare = replace(bare, outcome="hearing" if said.hearing == HEARING else "plain")
    if not said.fines:
        return bare
    notice = case.last_event(NOTICE)
    as_unit = notice is not None and bool(notice.amount_fen) and not notice.person_fen
    if said.person and not as_unit:
        return replace(bare, person_fen=said.heaviest)
    return replace(bare, amount_fen=said.heaviest)


def guard_problems(
    refusals: tuple[Refusal, ...], kind: PaperKind, approval: Approval | None
) -> Iterator[PaperProblem]:
    """The refusals as open points of the draft.

    What a leader may let pass is let pass with the approval; kinds without one are only told, as
    the step will ask.
    """
    passed = approval.passed if approval and approval.holds else ()
    for one in refusals:
        if one.hard:
            yield PaperProblem("", in_words(one))
        elif one.guard not in passed:
            yield PaperProblem("", in_words(one), blocking=bool(kind.approval))


def in_words(refusal: Refusal) -> str:
    """The guard's sentence without its full stop; what may be let pass says where."""
    said = refusal.sentence.removesuffix("。")
    return said if refusal.hard else f"{said}；负责人批准时写明放行理由的除外"
