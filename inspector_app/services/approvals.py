"""Whether a leader has approved a draft, and in which words: a change afterwards voids it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from inspector_app.domain.cases import Case
from inspector_app.domain.events import CaseEvent
from inspector_app.domain.office import Inspector
from inspector_app.domain.paper_values import dumps
from inspector_app.domain.papers import Paper, PaperKind, PaperProblem, Values
from inspector_app.domain.term_words import date_text
from inspector_app.ledger.rows import Rows
from inspector_app.papers.qr import fingerprint

APPROVE = "approve_paper"  # the step that records it: resources/law/procedure/steps_9_any_time.toml


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approved a draft, with what opinion, when, how; `holds`: it still says what it said.

    `passed`: guards of the paper's step that the leader let pass with a reason.
    """

    approver: str
    opinion: str
    on: date
    way: str  # paper, screen
    holds: bool
    passed: tuple[str, ...] = ()


def words_of(kind: PaperKind, values: Values) -> str:
    """What a draft says, as one fingerprint: no number and no day yet."""
    return fingerprint(kind.id, kind.version, "", None, dumps(values, kind))


def approval_of(view: Rows, paper: Paper, kind: PaperKind, values: Values) -> Approval | None:
    """The approval that holds, else the last one given; None where there never was any."""
    if not kind.approval or paper.case_id is None:
        return None
    given = [
        event
        for event in view.find(CaseEvent, case_id=paper.case_id, step=APPROVE)
        if paper.id in event.codes
    ]
    words = words_of(kind, values)
    holding = [event for event in given if event.number == words]
    last = (holding or given)[-1:]
    return next((_approval(event, holds=bool(holding)) for event in last), None)


def _approval(event: CaseEvent, *, holds: bool) -> Approval:
    by, note, way = event.approver, event.note, event.outcome
    return Approval(by, note, event.on, way, holds, event.overridden)


def unapproved(kind: PaperKind, approval: Approval | None) -> Iterator[PaperProblem]:
    """What keeps a draft of a kind that wants approval from being issued."""
    if not kind.approval or (approval and approval.holds):
        return
    if approval is None:
        yield PaperProblem("", f"{kind.title}须经负责人批准才能制发（{kind.approval}），还没有登记")
        return
    said = f"{approval.approver}于{date_text(approval.on)}批准"
    yield PaperProblem("", f"{said}之后内容有改动，须重新批准（{kind.approval}）")


def by_handler(view: Rows, paper: Paper, approval: Approval | None) -> Iterator[PaperProblem]:
    """Told, not refused: who approves handles the case too. No article read so far forbids it."""
    if paper.case_id is None or approval is None or not approval.holds:
        return
    case = view.get(Case, paper.case_id)
    handlers = {view.get(Inspector, one).name for one in (case.lead_id, case.assist_id) if one}
    if approval.approver in handlers:
        message = f"批准人{approval.approver}也是本案的承办人，请核对"
        yield PaperProblem("", message, blocking=False)
