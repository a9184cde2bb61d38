"""Guards about people, reasons and evidence: who approved, who acts, what is on file."""

from inspector_app.domain.cases import Source
from inspector_app.domain.guards.situation import Attempt, Situation

_SUPERIOR = {
    "site_visit": "到现场",
    "met_party": "面见当事人",
    "opinion": "提出处理意见",
}


def approved(_case: Situation, attempt: Attempt) -> str:
    """A leader approved it."""
    return "" if attempt.approver.strip() else f"{attempt.step.name}没有负责人批准"


def reason(_case: Situation, attempt: Attempt) -> str:
    """The reason is written down."""
    return "" if attempt.note.strip() else f"{attempt.step.name}要写明理由"


def enough_inspectors(case: Situation) -> bool:
    """Whether two inspectors with certificates have the case."""
    return case.certified_count >= 2


def two_inspectors(case: Situation, _attempt: Attempt) -> str:
    """Two inspectors with certificates (监察条例 16, 处罚法 42)."""
    if enough_inspectors(case):
        return ""
    return f"持证监察员只有 {case.certified_count} 人，不足两人"


def evidence(case: Situation, _attempt: Attempt) -> str:
    """Something on file proves the facts."""
    return "" if case.has_evidence else "没有任何证据在卷"


def superior(case: Situation, _attempt: Attempt) -> str:
    """The four things a superior asks for in a case it assigned."""
    if case.case.source is not Source.SUPERIOR:
        return ""
    missing = [name for step, name in _SUPERIOR.items() if not case.facts.has(step)]
    if case.case.filed_on is None:
        missing.append("立案")
    return f"上级交办案件还没有{'、'.join(missing)}" if missing else ""


def suspension(case: Situation, _attempt: Attempt) -> str:
    """The bureau has chosen to have suspensions at all."""
    return "" if case.suspension else "本局没有启用中止办理"


def extension_articles(case: Situation, attempt: Attempt) -> tuple[str, ...]:
    """The articles of the terms that are to be extended."""
    found = (case.articles.get(rule, "") for rule in attempt.rules)
    return tuple(dict.fromkeys(article for article in found if article))


def extension_in_time(case: Situation, attempt: Attempt) -> str:
    """A term is extended once, before it runs out, and only where the law lets it."""
    if not attempt.rules:
        return "没有写明延长哪个期限"
    for rule in attempt.rules:
        end = case.ends.get(rule)
        if rule not in case.extendable:
            return f"{rule} 没有可以延长的规定"
        if any(event.step == "extend" and rule in event.rules for event in case.events):
            return f"{rule} 已经延长过一次"
        if end is None or attempt.on > end:
            return f"{rule} 已经到期或者没有起算"
    return ""
