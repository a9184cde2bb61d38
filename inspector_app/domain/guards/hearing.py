"""Guards of being heard: the notice reached the party, its statement, and the hearing."""

import re

from inspector_app.domain.events import CaseEvent
from inspector_app.domain.facts import UNNUMBERED, Fact
from inspector_app.domain.guards.penalty import NOTICE, codes_of
from inspector_app.domain.guards.situation import Attempt, Situation
from inspector_app.domain.guards.written import HEARING, NO_HEARING
from inspector_app.domain.money import yuan
from inspector_app.domain.term_words import date_text

HANDLING = "handling_notice"
HEARING_NOTICE = "hearing_notice"
_BETWEEN_NAMES = re.compile(r"[、，,；;。\n]")


def hearing_told(case: Situation, attempt: Attempt) -> str:
    """From the hearing figures on the right must be told (处罚法 63), in the notice itself."""
    told = attempt.outcome == "hearing"
    for paper in case.written_for(attempt.step):
        if told and paper.hearing == NO_HEARING:
            return f"告知书{paper.number}没有写听证权利"
        if not told and paper.hearing == HEARING:
            return f"告知书{paper.number}写了听证权利，这里没有选“告知听证”"
    if told:
        return ""
    unit, person = case.limits.hearing_unit_fen, case.limits.hearing_person_fen
    if unit is not None and (attempt.amount_fen or 0) >= unit:
        return f"对单位罚款 {yuan(attempt.amount_fen or 0)} 元达到听证标准"
    if person is not None and (attempt.person_fen or 0) >= person:
        return f"对个人罚款 {yuan(attempt.person_fen or 0)} 元达到听证标准"
    return ""


def stop_work_told(case: Situation, attempt: Attempt) -> str:
    """An order to stop the work counts as 责令停产停业: concluded, not written (law.md 1.3)."""
    acts = [case.violations[code] for code in codes_of(case, attempt) if code in case.violations]
    stopped = [one.code for one in acts if one.stop_work]
    if attempt.outcome == "hearing" or not stopped:
        return ""
    return f"{'、'.join(stopped)} 责令项目停工，没有告知听证权利"


def new_notice(case: Situation, attempt: Attempt) -> str:
    """Telling anew needs a new notice, made after the one before (处罚法 44)."""
    kind = attempt.step.id
    before = case.last_event(kind)
    papers = case.facts.each(f"issued:{kind}")
    if before is None or any(paper.on > before.on for paper in papers):
        return ""
    return f"重新告知要制作新的告知书，{date_text(before.on)}告知以后还没有"


def statement_over(case: Situation, attempt: Attempt) -> str:
    """The party was heard on the penalty, gave it up, or let the time pass (处罚法 45, 62)."""
    return _heard(case, attempt, NOTICE)


def handling_heard(case: Situation, attempt: Attempt) -> str:
    """The employer was heard on the handling decision (监察条例 19)."""
    return _heard(case, attempt, HANDLING)


def _heard(case: Situation, attempt: Attempt, kind: str) -> str:
    missing = _not_served(case, kind)
    if missing:
        return missing
    start = max(fact.on for fact in _services(case, kind))
    for step in ("statement", "statement_waive"):
        found = case.facts.last(step)
        if found and found.on >= start:
            return ""
    end = case.ends.get("D13")
    return "" if end and attempt.on > end else "还没有听取陈述申辩，陈述申辩的时间也没有过"


def _notices(case: Situation, kind: str) -> list[Fact]:
    """The notices of the last telling: made after the telling before it."""
    told = case.events_of(kind)
    before = told[-2] if len(told) > 1 else None
    papers = case.facts.each(f"issued:{kind}")
    return [paper for paper in papers if before is None or paper.on > before.on]


def _services(case: Situation, kind: str) -> list[Fact]:
    papers = {paper.ref for paper in _notices(case, kind)}
    return [fact for fact in case.facts.each(f"served:{kind}") if fact.ref in papers]


def _not_served(case: Situation, kind: str) -> str:
    """Every notice has reached its party."""
    papers, served = _notices(case, kind), {fact.ref for fact in _services(case, kind)}
    if not papers:
        return "告知书还没有制作"
    missing = [paper.number for paper in papers if paper.ref not in served]
    numbers = "、".join(number for number in missing if number not in {"", UNNUMBERED})
    return f"告知书{numbers}还没有送达" if missing else ""


def _told(case: Situation) -> bool:
    notice = case.last_event(NOTICE)
    return notice is not None and notice.outcome == "hearing"


def hearing_over(case: Situation, attempt: Attempt) -> str:
    """Told of a hearing: it was held, waived, or not asked for in time (处罚法 63, 64)."""
    if not _told(case):
        return ""
    asked = case.facts.since("hearing_request", NOTICE)
    after = "hearing_request" if asked else NOTICE
    if any(case.facts.since(step, after) for step in ("hearing_held", "hearing_waive")):
        return ""
    if asked:
        return "当事人要求听证，听证还没有举行"
    missing = _not_served(case, NOTICE)
    if missing:
        return missing
    end = case.ends.get("D11")
    return "" if end and attempt.on > end else "要求听证的期限还没有届满"


def hearing_request_in_time(case: Situation, attempt: Attempt) -> str:
    """Asked for within five working days of the notice."""
    if not _told(case):
        return "告知书没有告知听证权利"
    end = case.ends.get("D11")
    return "要求听证的期限已过" if end and attempt.on > end else ""


def _set(case: Situation) -> CaseEvent | None:
    """The day of the hearing that was asked for last, as it was set last."""
    found, asked = case.last_event("hearing_set"), case.facts.last("hearing_request")
    return found if found and asked and found.on >= asked.on else None


def hearing_set(case: Situation, attempt: Attempt) -> str:
    """The day of the hearing is on record, and has come."""
    found = _set(case)
    if found is None:
        return "没有登记听证的日期"
    day = found.until or found.on
    return f"听证定在{date_text(day)}，日期还没有到" if attempt.on < day else ""


def hearing_notice_in_time(case: Situation, _attempt: Attempt) -> str:
    """Notice of the hearing reached the party seven working days before it."""
    latest = case.ends.get("D12")
    served = case.facts.since(f"served:{HEARING_NOTICE}", "hearing_request")
    if served is None or latest is None:
        return "听证通知书还没有送达"
    return "听证通知送达晚于听证的七个工作日前" if served.on > latest else ""


def host_independent(case: Situation, attempt: Attempt) -> str:
    """The one who presides, called so or named first, did not investigate the case (64(四))."""
    names = [name for name in _BETWEEN_NAMES.split(attempt.people) if name.strip()]
    if not names:
        return "没有写明听证主持人"
    hosts = [name for name in names if "主持" in name] or names[:1]
    same = [name for name in case.inspectors if name and any(name in host for host in hosts)]
    return f"{'、'.join(same)}是本案调查人员，不能主持听证" if same else ""
