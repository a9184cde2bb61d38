"""What else a rule says, beyond its value: one name and one value a line."""

from collections.abc import Iterator

from inspector_app.domain.inspections import CheckItem
from inspector_app.domain.law import Statute, Violation
from inspector_app.domain.procedure import GuardRow, StepRow
from inspector_app.domain.rules import Figure, LiabilityRule, LocalConflict, Remedy, ServiceRule
from inspector_app.domain.term_rules import Origin, Term, Whose
from inspector_app.library.loading import Library
from inspector_app.services.law_uses import fact_list
from inspector_app.services.law_words import rolling_words

Fact = tuple[str, str]  # what it is called, what it is
_WHOSE = {
    Whose.OFFICE: "本机关，到期没有办的算超期",
    Whose.PARTY: "当事人，届满不算本机关超期",
}


def facts_of(value: object, library: Library) -> Iterator[Fact]:
    """What else a rule says, named; empty ones are left out by the caller."""
    if isinstance(value, Term):
        yield from _of_term(value, library)
    elif isinstance(value, Violation):
        yield from _of_violation(value, library)
    elif isinstance(value, Figure):
        yield "单位", value.unit.label
    elif isinstance(value, LiabilityRule):
        yield "情形", "、".join(library.situation_facts[code].name for code in value.needs)
        yield "追偿", value.recourse
        yield "次序", f"第 {value.order} 条，从上到下先命中的负主要责任"
    elif isinstance(value, Remedy):
        yield "复议机关", value.review_body or "按设置“行政复议机关”"
    elif isinstance(value, ServiceRule):
        yield "什么时候用", value.when
        yield "次序", f"第 {value.order} 种"
    elif isinstance(value, LocalConflict):
        yield "上位法", value.national_says
        yield "怎样办", value.advice
    elif isinstance(value, StepRow):
        yield "起始阶段", "、".join(stage.label for stage in value.sources)
        yield "要填", "、".join(ask.label for ask in value.asks)
        yield "先要有", fact_list(value.needs, library)
        yield "结果", "、".join((value.outcomes or {}).values())
    elif isinstance(value, GuardRow):
        yield "能不能放行", _guard_words(value)
    elif isinstance(value, Statute):
        yield "简称", value.short


def _guard_words(guard: GuardRow) -> str:
    if guard.hard:
        return "法律写明的要求，负责人也不能放行"
    return "负责人可以写明理由后放行，理由留痕"


def _of_term(term: Term, library: Library) -> Iterator[Fact]:
    yield "起算", term.start_event
    yield "谁的期限", _WHOSE.get(term.whose, f"{term.whose.label}，届满不算本机关超期")
    yield "末日逢休息日", rolling_words(term)
    yield "出处", Origin.HENAN.label if term.origin is Origin.HENAN else ""
    yield "“日”的含义", f"{term.conversion}，条文的“日”为工作日" if term.conversion else ""
    yield "中止计时", "可以登记中止，中止的日子不算" if term.stoppable else ""
    yield "案件里起算", fact_list(term.starts, library) or "不在案件里计时"
    yield "案件里完成", fact_list(term.ends, library)


def _of_violation(act: Violation, library: Library) -> Iterator[Fact]:
    yield "责任主体", "、".join(who.label for who in act.liable)
    yield "证据", "、".join(library.evidence[code].name for code in act.evidence)
    yield "去向", "、".join(library.triggers[code].name for code in act.triggers)


def facts_of_item(checklist: str, item: CheckItem) -> Iterator[Fact]:
    """What an item asks for and what follows when it fails."""
    yield "检查表", checklist
    yield "取证", item.evidence
    yield "不合格时查明的事实", item.finding
    yield "责令内容", item.demand
