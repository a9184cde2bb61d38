"""Guards of a penalty: the order before it, hearing, defence, review, and how high it may be."""

from collections.abc import Iterable

from inspector_app.domain.guards.situation import Attempt, Situation
from inspector_app.domain.law import Fine, FinePer, Violation
from inspector_app.domain.money import yuan

NOTICE = "penalty_notice"
ORDER = "rectification_order"
UNHEEDED = ("recheck=unheeded", "recheck=partly")


def codes_of(case: Situation, attempt: Attempt) -> tuple[str, ...]:
    """The violations it is about: of the step itself, else of the notice before it."""
    notice = case.last_event(NOTICE)
    return attempt.codes or (notice.codes if notice else ())


def _violations(case: Situation, attempt: Attempt) -> list[Violation]:
    return [case.violations[c] for c in codes_of(case, attempt) if c in case.violations]


def violations(case: Situation, attempt: Attempt) -> str:
    """The violations are named, and the pack knows them."""
    strange = [code for code in attempt.codes if code not in case.violations]
    if strange:
        return f"没有编号为{'、'.join(strange)}的违法行为"
    return "" if attempt.codes else "没有写明违法行为"


def amount(_case: Situation, attempt: Attempt) -> str:
    """The fine of the unit or of the person is written down; 0 is a mere warning."""
    missing = attempt.amount_fen is None and attempt.person_fen is None
    return "没有写明拟处罚的数额" if missing else ""


def order_unheeded(case: Situation, attempt: Attempt) -> str:
    """Fines that need an order first: it was served, its time is over, it was not obeyed."""
    needing = [one.code for one in _violations(case, attempt) if one.order_first]
    if not needing or not (attempt.amount_fen or attempt.person_fen):
        return ""
    head = f"{'、'.join(needing)} 须先责令限期改正、逾期不改正才能罚款，"
    served = case.facts.last(f"served:{ORDER}")
    if served is None:
        return head + "限期改正指令书还没有送达"
    deadline = case.facts.last(f"deadline:{ORDER}")
    if deadline is None or attempt.on <= deadline.on:
        return head + "改正期限还没有届满"
    later = [case.facts.last(code) for code in UNHEEDED]
    if not any(fact and fact.on > deadline.on for fact in later):
        return head + "期满后还没有复查记为未改正"
    return ""


def hearing_told(case: Situation, attempt: Attempt) -> str:
    """From the hearing figures on, and for stop-work orders, the right must be told."""
    if attempt.outcome == "hearing":
        return ""
    unit, person = case.limits.hearing_unit_fen, case.limits.hearing_person_fen
    if unit is not None and (attempt.amount_fen or 0) >= unit:
        return f"对单位罚款 {yuan(attempt.amount_fen or 0)} 元达到听证标准"
    if person is not None and (attempt.person_fen or 0) >= person:
        return f"对个人罚款 {yuan(attempt.person_fen or 0)} 元达到听证标准"
    return ""


def statement_over(case: Situation, attempt: Attempt) -> str:
    """The party was heard on the penalty, gave it up, or let the time pass (处罚法 45, 62)."""
    return _heard(case, attempt, NOTICE)


def handling_heard(case: Situation, attempt: Attempt) -> str:
    """The employer was heard on the handling decision (监察条例 19)."""
    return _heard(case, attempt, "handling_notice")


def _heard(case: Situation, attempt: Attempt, notice: str) -> str:
    if case.facts.last(f"served:{notice}") is None:
        return "告知书还没有送达"
    for step in ("statement", "statement_waive"):
        if case.facts.since(step, f"served:{notice}"):
            return ""
    end = case.ends.get("D13")
    return "" if end and attempt.on > end else "还没有听取陈述申辩，陈述申辩的时间也没有过"


def _told(case: Situation) -> bool:
    notice = case.last_event(NOTICE)
    return notice is not None and notice.outcome == "hearing"


def hearing_over(case: Situation, attempt: Attempt) -> str:
    """Told of a hearing: it was held, waived, or not asked for in time (处罚法 63, 64)."""
    if not _told(case):
        return ""
    if any(case.facts.since(step, NOTICE) for step in ("hearing_held", "hearing_waive")):
        return ""
    if case.facts.since("hearing_request", NOTICE):
        return "当事人要求听证，听证还没有举行"
    end = case.ends.get("D11")
    return "" if end and attempt.on > end else "要求听证的期限还没有届满"


def hearing_request_in_time(case: Situation, attempt: Attempt) -> str:
    """Asked for within five working days of the notice."""
    if not _told(case):
        return "告知书没有告知听证权利"
    end = case.ends.get("D11")
    return "要求听证的期限已过" if end and attempt.on > end else ""


def hearing_set(case: Situation, _attempt: Attempt) -> str:
    """The day of the hearing is on record."""
    return "" if case.facts.since("hearing_set", "hearing_request") else "没有登记听证的日期"


def hearing_notice_in_time(case: Situation, _attempt: Attempt) -> str:
    """Notice of the hearing reached the party seven working days before it."""
    latest, served = case.ends.get("D12"), case.facts.last("served:hearing_notice")
    if served is None or latest is None:
        return "听证通知书还没有送达"
    return "听证通知送达晚于听证的七个工作日前" if served.on > latest else ""


def host_independent(case: Situation, attempt: Attempt) -> str:
    """The one who presides did not investigate the case."""
    if not attempt.people.strip():
        return "没有写明听证主持人"
    same = [name for name in case.inspectors if name and name in attempt.people]
    return f"{'、'.join(same)}是本案调查人员，不能主持听证" if same else ""


def legal_review(case: Situation, _attempt: Attempt) -> str:
    """After a hearing, and in complex cases, the legal review has passed (处罚法 58)."""
    if not (case.facts.since("hearing_held", NOTICE) or case.facts.has("submit=complex")):
        return ""
    last = case.last_event("legal_review")
    passed = last is not None and last.outcome == "passed"
    return "" if passed and case.facts.since("legal_review", NOTICE) else "法制审核还没有通过"


def discussion(case: Situation, _attempt: Attempt) -> str:
    """Complex or grave cases are discussed by the leaders (处罚法 57)."""
    if not case.facts.has("submit=complex") or case.facts.since("discuss", NOTICE):
        return ""
    return "情节复杂或者重大的案件还没有集体讨论"


def not_heavier(case: Situation, attempt: Attempt) -> str:
    """Never more than the notice told (处罚法 44, 45)."""
    notice = case.last_event(NOTICE)
    if notice is None:
        return ""
    more = (attempt.amount_fen or 0) > (notice.amount_fen or 0)
    worse = (attempt.person_fen or 0) > (notice.person_fen or 0)
    return "处罚数额高于告知书的数额" if more or worse else ""


def summary_limits(case: Situation, attempt: Attempt) -> str:
    """On-the-spot fines are small (处罚法 51)."""
    unit, person = case.limits.summary_unit_fen, case.limits.summary_person_fen
    if unit is not None and (attempt.amount_fen or 0) > unit:
        return f"当场对单位罚款不能超过 {yuan(unit)} 元"
    if person is not None and (attempt.person_fen or 0) > person:
        return f"当场对个人罚款不能超过 {yuan(person)} 元"
    return ""


def _range(fines: Iterable[Fine | None]) -> tuple[int, int] | None:
    """Least and most of several acts together; None when one is not counted by the case."""
    low = high = 0
    for fine in fines:
        if fine is None or fine.per is not FinePer.CASE:
            return None
        low, high = max(low, fine.low_fen), high + fine.high_fen
    return low, high


def in_range(case: Situation, attempt: Attempt) -> str:
    """The fine lies within what the acts allow; not asked where it is counted by heads."""
    acts = _violations(case, attempt)
    if any(one.multiple is not None for one in acts) or not acts:
        return ""
    for who, fen, fines in (
        ("单位", attempt.amount_fen, [one.unit_fine for one in acts if one.unit_fine]),
        ("个人", attempt.person_fen, [one.person_fine for one in acts if one.person_fine]),
    ):
        span = _range(fines)
        if not fen or span is None:
            continue
        if not fines:
            return f"这些违法行为没有对{who}的罚款"
        if not span[0] <= fen <= span[1]:
            return f"对{who}罚款应在 {yuan(span[0])} 元至 {yuan(span[1])} 元之间"
    return ""
