"""How cases speak on screen: deadline pills, stage dots, people and amounts in one manner."""

from inspector_app.domain.cases import Case, Stage
from inspector_app.domain.events import CaseEvent
from inspector_app.domain.money import yuan
from inspector_app.domain.office import Inspector
from inspector_app.domain.procedure import Procedure
from inspector_app.domain.terms import DaysLeft, Level

STAGES = ("登记", "立案", "调查", "责令改正", "告知", "决定", "结案")
"""The line of a case; `place` in resources/law/procedure/stages.toml counts along it from 0."""
_FILING, _OVER = 1, len(STAGES)
STAGE_TONES = {
    **dict.fromkeys(Stage, "info"),
    **dict.fromkeys((Stage.FILING, Stage.APPROVAL, Stage.LEGAL_REVIEW), "violet"),  # to approve
    **dict.fromkeys((Stage.INTAKE, Stage.SUPPLEMENT, Stage.SUSPENDED), "neutral"),
    **dict.fromkeys((Stage.REJECTED, Stage.DISPUTE, Stage.REFERRED), "neutral"),
    **dict.fromkeys((Stage.NO_PENALTY, Stage.WITHDRAWN), "neutral"),
    **dict.fromkeys((Stage.CLOSED, Stage.ARCHIVED), "success"),
    Stage.RECTIFICATION: "warning",
}
_LEVEL_TONES = {
    Level.OVERDUE: "danger",
    Level.TODAY: "warning",
    Level.SOON: "warning",
    Level.FAR: "neutral",
    Level.EXPIRED: "neutral",
}


def due_words(level: Level | None, left: DaysLeft | None) -> str:
    """超期 2 天, 今日到期, 剩 28 天; 剩 6 个工作日 where the term counts those; "" for no clock."""
    if level is None or left is None:
        return ""
    if level is Level.OVERDUE:
        return f"超期 {-left.days} 天"
    if level is Level.EXPIRED:
        return level.label
    if level is Level.TODAY:
        return "今日到期"
    # No working day is left, yet the date is still to come: it falls on days off.
    if left.days <= 0:
        return "休息日到期"
    return f"剩 {left.days} 个工作日" if left.working else f"剩 {left.days} 天"


def due_tone(level: Level | None) -> str:
    """Red is overdue and nothing else; amber is soon; the rest is plain."""
    return "none" if level is None else _LEVEL_TONES[level]


def stage_tone(stage: Stage | None) -> str:
    """The tone of a stage's dot; a clue that is no case yet is plain."""
    return STAGE_TONES[stage] if stage else "neutral"


def stage_place(procedure: Procedure, stage: Stage) -> int:
    """Where a case stands on the line of STAGES; past the last one it is over."""
    return _OVER if stage.ended else procedure.stages[stage].place


def skipped_places(
    procedure: Procedure, case: Case, events: tuple[CaseEvent, ...]
) -> frozenset[int]:
    """Places of the line the case never was at; none where its way is not on record."""
    moves = [event for event in events if event.to_stage]
    if not moves:
        return frozenset()
    been = {Stage(code) for event in moves for code in (event.from_stage, event.to_stage)}
    places = {0, *(procedure.stages[stage].place for stage in been)}
    places = places | {_FILING} if case.filed_on else places - {_FILING}
    return frozenset(range(stage_place(procedure, case.stage))) - places


def people_text(*people: Inspector | None) -> str:
    """李明、赵强; nobody is "—"."""
    return "、".join(one.name for one in people if one) or "—"


def workers_text(count: int | None) -> str:
    """37 人; unknown is "—"."""
    return "—" if count is None else f"{count:,} 人"


def amount_text(fen: int | None) -> str:
    """864,200.00 元; unknown is "—"."""
    return "—" if fen is None else f"{yuan(fen)} 元"


def paid_text(settled_fen: int, amount_fen: int) -> str:
    """320,000.00 元（37%）: 已支付 of a case and its share in 涉及金额; nothing paid is "—"."""
    if settled_fen <= 0:
        return "—"
    share = f"（{settled_fen * 100 // amount_fen}%）" if amount_fen > 0 else ""
    return f"{yuan(settled_fen)} 元{share}"


def short_no(number: str) -> str:
    """137号 of 平人社监〔2026〕137号: the year and office are known in a list."""
    return number.rpartition("〕")[2] or number


def month_text(first: str, last: str) -> str:
    """2026年6月至8月 of 2026-06 and 2026-08."""
    if not first:
        return "—"
    start, end = first.split("-"), (last or first).split("-")
    head = f"{start[0]}年{int(start[1])}月"
    if start == end:
        return head
    tail = f"{int(end[1])}月" if start[0] == end[0] else f"{end[0]}年{int(end[1])}月"
    return f"{head}至{tail}"
