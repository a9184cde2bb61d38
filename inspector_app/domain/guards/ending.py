"""Guards of the end: court enforcement, crimes and lists, closing, taking up again."""

from datetime import date

from inspector_app.domain.facts import CONTESTS, Fact, Facts
from inspector_app.domain.guards.situation import Attempt, Situation
from inspector_app.domain.procedure import ClosingRow

DECISIONS = "served:handling_decision|penalty_decision|summary_penalty_decision"
FINES = "served:penalty_decision|summary_penalty_decision"
DEMAND = "served:demand_letter"
PAYING = ("rectification_order", "handling_decision")  # papers that may order wages to be paid
REMADE = frozenset({"annulled", "void"})  # after these a decision may be made anew
REPLACED = REMADE | {"changed"}  # after these there is nothing of the office's to enforce


def demand_over(case: Situation, attempt: Attempt) -> str:
    """Ten working days have passed since the demand for the decision was served (强制法 54)."""
    if case.facts.since(DEMAND, DECISIONS) is None:
        return "决定送达以后还没有送达催告书"
    end = case.ends.get("D23")
    return "" if end and attempt.on > end else "催告书送达还没有满十个工作日"


def _pending(facts: Facts, received: str, ended: str) -> bool:
    return facts.has(received) and facts.since(ended, received) is None


def contested(facts: Facts, outcomes: frozenset[str]) -> Fact | None:
    """The last review decision or judgment with one of these outcomes."""
    codes = [f"{step}={outcome}" for step in CONTESTS for outcome in sorted(outcomes)]
    found = [fact for code in codes if (fact := facts.last(code))]
    return max(found, key=lambda fact: fact.on, default=None)


def decision_stands(case: Situation, _attempt: Attempt) -> str:
    """There is a decision in force: served, and not taken away since (行诉解释 155)."""
    decided = case.facts.last(DECISIONS)
    if decided is None:
        return "没有已送达的决定"
    gone = contested(case.facts, REPLACED)
    return "决定已被撤销、变更或者确认无效" if gone and gone.on >= decided.on else ""


def decision_served(case: Situation, _attempt: Attempt) -> str:
    """There is a decision to perform: served, not made void, not taken away since."""
    return _nothing_in_force(case, DECISIONS)


def fine_served(case: Situation, _attempt: Attempt) -> str:
    """There is a fine to pay: the fifteen days run from its receipt (处罚法 67)."""
    return _nothing_in_force(case, FINES)


def fine_made(case: Situation, _attempt: Attempt) -> str:
    """What is collected on the spot is collected by a decision handed over there (处罚法 68)."""
    return _nothing_in_force(case, FINES.replace("served:", "issued:"))


def _nothing_in_force(case: Situation, code: str) -> str:
    """A fine that a review lowered is still paid; one that was taken away is not."""
    served = case.facts.last(code)
    if served is None:
        head, _, kinds = code.partition(":")
        what = "已送达、有效的" if head == "served" else "有效的"
        return f"没有{what}{case.procedure.title(kinds)}"
    gone = contested(case.facts, REMADE)
    return "决定已被撤销或者确认无效" if gone and gone.on >= served.on else ""


def suit_over(case: Situation, attempt: Attempt) -> str:
    """Nobody can contest the decision any more, and nobody is contesting it (强制法 53)."""
    facts = case.facts
    if _pending(facts, "review_received", "review_decided"):
        return "行政复议还没有结果"
    if _pending(facts, "suit_received", "suit_judged"):
        return "行政诉讼还没有结果"
    if facts.has("suit_judged"):
        return ""
    end = _last_day_to_sue(case)
    return "" if end and attempt.on > end else "复议、起诉的期限还没有届满"


def _last_day_to_sue(case: Situation) -> date | None:
    """After a review fifteen days, else six months; on-the-spot fines go to review only.

    Who withdrew the application for review may still sue in the six months (行诉解释 58).
    """
    facts, ends = case.facts, case.ends
    if facts.has("review_decided") and not _holds(facts, "review_decided=settled"):
        return ends.get("D22")
    return ends.get("D21") or ends.get("D20")


def apply_in_time(case: Situation, attempt: Attempt) -> str:
    """Within three months after the time for contesting ended (强制法 53); none after a suit."""
    end = case.ends.get("D24")
    late = end is not None and attempt.on > end and not case.facts.has("suit_judged")
    return "申请强制执行的期限已过" if late else ""


def crime_ordered(case: Situation, attempt: Attempt) -> str:
    """Payment was ordered, the paper served, its time is over, and wages are still owing."""
    return _unpaid(case, attempt)


def list_ordered(case: Situation, attempt: Attempt) -> str:
    """The same before a list: ordered to pay in time, and did not (名单办法 5)."""
    return _unpaid(case, attempt)


def _unpaid(case: Situation, attempt: Attempt) -> str:
    over = [day for kind in PAYING for day in _ran_out(case.facts, kind) if attempt.on > day]
    if not over:
        return "没有已送达、期限已届满的责令支付文书"
    unpaid = case.owing_fen is not None and case.owing_fen > 0
    ignored = case.facts.last("recheck=unheeded")
    if unpaid or (ignored and any(ignored.on > day for day in over)):
        return ""
    return "没有期满仍未支付的记录"


def _ran_out(facts: Facts, kind: str) -> list[date]:
    """The last days that papers gave which were served by then."""
    served = min((fact.on for fact in facts.each(f"served:{kind}")), default=None)
    days = (fact.on for fact in facts.each(f"deadline:{kind}"))
    return [day for day in days if served is not None and served <= day]


def list_heard(case: Situation, attempt: Attempt) -> str:
    """The party was told, and its objection checked or its time for one over (名单办法 6(2))."""
    facts = case.facts
    if not facts.has("served:list_notice"):
        return "列入名单事先告知书还没有送达"
    if facts.has("list_objection"):
        if facts.since("list_checked", "list_objection") is None:
            return "当事人的异议还没有核实"
        upheld = _holds(facts, "list_checked=accepted")
        return "当事人的异议成立，不能列入名单" if upheld else ""
    end = case.ends.get("D34")
    return "" if end and attempt.on > end else "提出异议的期限还没有届满"


def annulled(case: Situation, _attempt: Attempt) -> str:
    """A review or a court took the decision away, and the case was not reopened for it yet."""
    gone, again = contested(case.facts, REMADE), case.facts.last("reopen")
    if gone and (again is None or gone.on > again.on):
        return ""
    return "没有撤销、责令重作或者确认无效的复议决定、判决"


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
    title, facts = case.procedure.title, case.facts.this_round()
    lacks = [title(kinds) for kinds in row.papers if not facts.has(f"issued:{kinds}")]
    lacks += [f"{title(k)}送达" for k in row.served if not facts.has(f"served:{k}")]
    for group in row.facts:
        if not any(_holds(facts, code) for code in group):
            lacks.append("或者".join(case.procedure.fact_name(code) for code in group))
    return lacks


def _holds(facts: Facts, code: str) -> bool:
    """Whether it happened; of a step with an outcome the last one counts."""
    step, mark, _ = code.partition("=")
    found, last = facts.last(code), facts.last(step)
    return found is not None and (not mark or last is None or found.ref == last.ref)
