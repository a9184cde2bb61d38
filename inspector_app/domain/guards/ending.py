"""Guards of the end: court enforcement, transfer for a crime, closing, taking up again."""

from inspector_app.domain.facts import Facts
from inspector_app.domain.guards.situation import Attempt, Situation
from inspector_app.domain.procedure import ClosingRow

DECISIONS = "served:handling_decision|penalty_decision|summary_penalty_decision"
PAYING = ("rectification_order", "handling_decision")  # papers that may order wages to be paid


def demand_over(case: Situation, attempt: Attempt) -> str:
    """Ten working days have passed since the demand letter was served (强制法 54)."""
    end = case.ends.get("D23")
    return "" if end and attempt.on > end else "催告书送达还没有满十个工作日"


def _pending(facts: Facts, received: str, ended: str) -> bool:
    return facts.has(received) and facts.since(ended, received) is None


def suit_over(case: Situation, attempt: Attempt) -> str:
    """Nobody can contest the decision any more, and nobody is contesting it (强制法 53)."""
    facts = case.facts
    if _pending(facts, "review_received", "review_decided"):
        return "行政复议还没有结果"
    if _pending(facts, "suit_received", "suit_judged"):
        return "行政诉讼还没有结果"
    if facts.has("suit_judged"):
        return ""
    end = case.ends.get("D22" if facts.has("review_decided") else "D21")
    return "" if end and attempt.on > end else "复议、起诉的期限还没有届满"


def apply_in_time(case: Situation, attempt: Attempt) -> str:
    """Within three months after the time for contesting ended (强制法 53)."""
    end = case.ends.get("D24")
    return "申请强制执行的期限已过" if end and attempt.on > end else ""


def crime_ordered(case: Situation, attempt: Attempt) -> str:
    """Payment was ordered, the paper served, its time is over, and wages are still owing."""
    days = [case.facts.last(f"deadline:{kind}") for kind in PAYING]
    over = [day for day in days if day and attempt.on > day.on]
    if not over:
        return "没有已送达、期限已届满的责令支付文书"
    unpaid = case.owing_fen is not None and case.owing_fen > 0
    ignored = case.facts.last("recheck=unheeded")
    if unpaid or (ignored and any(ignored.on > day.on for day in over)):
        return ""
    return "没有期满仍未支付的记录"


def annulled(case: Situation, _attempt: Attempt) -> str:
    """A review or a court took the decision away."""
    return "" if case.facts.has("annulled") else "没有撤销、变更或者责令重作的复议决定、判决"


def closing(case: Situation, attempt: Attempt) -> str:
    """The chosen way to close has its papers and facts."""
    row = case.procedure.closings.get(attempt.outcome)
    if row is None:
        known = "、".join(f"{one.id}（{one.name}）" for one in ways(case))
        return f"没有写明结案方式，本阶段可用：{known or '无'}"
    if case.case.stage not in row.sources:
        return f"“{row.name}”不能从“{case.case.stage.label}”阶段结案"
    lacks = missing(case, row)
    return f"按“{row.name}”结案还缺：{'、'.join(lacks)}" if lacks else ""


def ways(case: Situation) -> list[ClosingRow]:
    """Ways to close from where the case stands."""
    rows = case.procedure.closings.values()
    return [row for row in rows if case.case.stage in row.sources]


def missing(case: Situation, row: ClosingRow) -> list[str]:
    """What a way to close still lacks, in words."""
    title, facts = case.procedure.title, case.facts
    lacks = [title(kinds) for kinds in row.papers if not facts.has(f"issued:{kinds}")]
    lacks += [f"{title(k)}送达" for k in row.served if not facts.has(f"served:{k}")]
    for group in row.facts:
        if not any(facts.has(code) for code in group):
            lacks.append("或者".join(_fact_name(case, code) for code in group))
    return lacks


def _fact_name(case: Situation, code: str) -> str:
    """复查整改为“已改正”, of recheck=corrected."""
    if code == "paid_off":
        return "欠薪全部清偿"
    step, _, outcome = code.partition("=")
    row = case.procedure.steps[step]
    return f"{row.name}为“{(row.outcomes or {})[outcome]}”" if outcome else row.name
