"""Guards of a penalty: the order before it, what was told, review, and how high it may be."""

from collections.abc import Iterable, Sequence

from inspector_app.domain.guards.situation import Attempt, Situation
from inspector_app.domain.guards.written import Written
from inspector_app.domain.law import Fine, FinePer, Violation
from inspector_app.domain.money import yuan

NOTICE = "penalty_notice"
ORDER = "rectification_order"
UNHEEDED = ("recheck=unheeded", "recheck=partly")


def codes_of(case: Situation, attempt: Attempt) -> tuple[str, ...]:
    """The violations it is about: of the step itself, else of the notice before it."""
    notice = case.last_event(NOTICE)
    return attempt.codes or (notice.codes if notice else ())


def order_articles(case: Situation, attempt: Attempt) -> tuple[str, ...]:
    """The articles that make the order come first: of each act its own."""
    return _penalties(_order_first(case, attempt))


def penalty_articles(case: Situation, attempt: Attempt) -> tuple[str, ...]:
    """The articles that say how high the fine may be."""
    return _penalties(_violations(case, attempt))


def _penalties(acts: Iterable[Violation]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(article for one in acts for article in one.penalties))


def _violations(case: Situation, attempt: Attempt) -> list[Violation]:
    return [case.violations[c] for c in codes_of(case, attempt) if c in case.violations]


def violations(case: Situation, attempt: Attempt) -> str:
    """The violations are named, and the pack knows them."""
    strange = [code for code in attempt.codes if code not in case.violations]
    if strange:
        return f"没有编号为{'、'.join(strange)}的违法行为"
    return "" if attempt.codes else "没有写明违法行为"


def amount(case: Situation, attempt: Attempt) -> str:
    """The fine of the unit or of the person is written, as its paper has it; 0 is a warning."""
    if attempt.amount_fen is None and attempt.person_fen is None:
        return "没有写明拟处罚的数额"
    papers = case.written_for(attempt.step)
    unit = [one for one in papers if not one.person]
    # A citizen who employs is the unit of its case: fined as such where nobody else is.
    alone = not unit and attempt.person_fen is None
    person = [one for one in papers if one.person and not alone]
    return _otherwise("单位", attempt.amount_fen, papers if alone else unit) or _otherwise(
        "个人", attempt.person_fen, person
    )


def _otherwise(who: str, fen: int | None, papers: Sequence[Written]) -> str:
    """What the papers say, where that is another fine than the step's; "" without such papers."""
    known = {one for paper in papers for one in paper.sums} | {sum(one.total for one in papers)}
    if not papers or (fen or 0) in known:
        return ""
    said = "、".join(f"{one.number}为 {yuan(one.total)} 元" for one in papers)
    return f"对{who}罚款 {yuan(fen or 0)} 元与文书不一致（{said}）"


def _order_first(case: Situation, attempt: Attempt) -> list[Violation]:
    """The acts that are punished only after an order: by a fine, or by stopping the work."""
    fined = bool(attempt.amount_fen or attempt.person_fen)
    acts = _violations(case, attempt)
    return [one for one in acts if one.order_first and (fined or one.stop_work)]


def order_unheeded(case: Situation, attempt: Attempt) -> str:
    """Acts that need an order first: it was served, its time is over, it was not obeyed."""
    needing = _order_first(case, attempt)
    if not needing:
        return ""
    head = f"{'、'.join(one.code for one in needing)} 须先责令限期改正、逾期不改正才能处罚，"
    served = case.facts.last(f"served:{ORDER}")
    if served is None:
        return f"{head}{case.procedure.title(ORDER)}还没有送达"
    deadline = case.facts.last(f"deadline:{ORDER}")
    if deadline is None or attempt.on <= deadline.on:
        return head + "改正期限还没有届满"
    if deadline.on < served.on:
        return head + "指令书送达时改正期限已过"
    later = [case.facts.last(code) for code in UNHEEDED]
    if not any(fact and fact.on > deadline.on for fact in later):
        return head + "期满后还没有复查记为未改正"
    return ""


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


def told_before(case: Situation, attempt: Attempt) -> str:
    """Nothing is punished of which the party was not told (处罚法 44, 62)."""
    notice = case.last_event(NOTICE)
    if notice is None:
        return "没有登记过告知拟处罚"
    untold = [code for code in attempt.codes if code not in notice.codes]
    return f"{'、'.join(untold)} 没有告知过当事人" if untold else ""


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
