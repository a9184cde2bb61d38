"""Rules in words: what a rule says, how far it was verified, what a fact of a case is called."""

import re
from collections.abc import Mapping
from functools import cache

from inspector_app.domain.cases import Source
from inspector_app.domain.law import (
    UNDATED,
    Basis,
    Citation,
    Fine,
    FinePer,
    ForceLevel,
    Multiple,
    Statute,
    TextLevel,
    Violation,
    chinese_number,
)
from inspector_app.domain.money import yuan
from inspector_app.domain.procedure import EITHER, GuardRow, StepRow
from inspector_app.domain.rules import (
    Figure,
    FigureUnit,
    LiabilityRule,
    LocalConflict,
    MinimumWage,
    Remedy,
    ServiceRule,
)
from inspector_app.domain.term_rules import Direction, Rolling, Term, TermUnit
from inspector_app.domain.term_words import date_text
from inspector_app.library.loading import Library

TEXT_MEANS: dict[TextLevel, str] = {
    TextLevel.FULL: "条文已经逐条对照全文，可以作为依据印在文书上。",
    TextLevel.EXCERPT: "只对照了逐条节选，没有见到全文，不作为定论印在文书上，待法制机构复核。",
    TextLevel.SECONDARY: "只见到转述，没有见到条文，不作为定论印在文书上，待法制机构复核。",
    TextLevel.UNSEEN: "没有见到原文，不作为定论印在文书上，请找到原文核对。",
    TextLevel.BUREAU: "没有可以对照的条文，是本局自己定的取值，文书上不写成法律规定。",
}
FORCE_MEANS: dict[ForceLevel, str] = {
    ForceLevel.CHECKED: "已核对现行有效。",
    ForceLevel.UNCHECKED: "是否仍然有效没有核对，引用以前请核对。",
}
LEFT_OPEN = "法律没有规定"
OF_SETTING = "（法律没有规定，由本局设置）"
_PLACE = re.compile(
    r"第(?P<article>[一二三四五六七八九十百零]+)条(?:之(?P<sub>[一二三四五六七八九]))?"
)
_NAMED = re.compile(r"《(?P<name>[^》]+)》(?P<places>[^《]*)")


# ── what a rule says ─────────────────────────────────────────────────────────────────────────
def term_value(term: Term, settings: Mapping[str, str] | None = None) -> str:
    """60 个工作日，可延长 30 个工作日（情况复杂，经负责人批准）."""
    if term.daily_percent:
        return f"每日按数额的 {term.daily_percent}% 加处，累计不超过数额的 {term.cap_percent}%"
    if term.length is None:
        filled = f"，由设置“{(settings or {}).get(term.setting, term.setting)}”填"
        return f"{LEFT_OPEN}期限长度{filled if term.setting else ''}"
    base = f"{term.length} {term.unit.label}{OF_SETTING if term.setting else ''}"
    if term.direction is Direction.BACKWARD:
        return f"提前 {base}"
    if term.extension is None:
        return base
    more = f"{term.extension} {(term.extension_unit or term.unit).label}"
    note = f"（{term.extension_note}）" if term.extension_note else ""
    return f"{base}，可延长 {more}{note}"


def term_brief(term: Term) -> str:
    """60＋30 个工作日: for a list."""
    if term.daily_percent or term.length is None:
        return term_value(term).partition("，")[0].removesuffix("期限长度")
    if term.extension is None or (term.extension_unit or term.unit) is not term.unit:
        return term_value(term).partition("（")[0]
    return f"{term.length}＋{term.extension} {term.unit.label}"


def rolling_words(term: Term) -> str:
    """What happens when the last day is a day off."""
    if term.unit is TermUnit.WORKING_DAYS:
        return "按工作日计算，末日总是工作日"
    if term.unit is TermUnit.HOURS:
        return "按小时计算，不顺延"
    moves = "顺延" if term.direction is Direction.FORWARD else "提前"
    if term.rolling is Rolling.LAW:
        return f"依法{moves}到工作日"
    if term.rolling is Rolling.SETTING:
        return f"按本局设置{moves if term.rolls else '不' + moves}"
    return f"不{moves}"


def fine_words(fine: Fine) -> str:
    """2万元至5万元（每名劳动者）."""
    low, high = FigureUnit.FEN.said(fine.low_fen), FigureUnit.FEN.said(fine.high_fen)
    span = high if fine.low_fen == fine.high_fen else f"{low}至{high}"
    span = span if fine.low_fen else f"{high}以下"
    return span if fine.per is FinePer.CASE else f"{span}（{fine.per.label}）"


def multiple_words(share: Multiple) -> str:
    """应付金额的 50% 至 100%."""
    if share.low_percent == share.high_percent:
        return f"{share.of}的 {share.low_percent}%"
    return f"{share.of}的 {share.low_percent}% 至 {share.high_percent}%"


def violation_value(act: Violation) -> str:
    """What follows from an unlawful act, in the order it is imposed."""
    parts = ["先责令限期改正，逾期不改才罚"] if act.order_first else []
    parts += ["责令停工"] if act.stop_work else []
    parts += [f"单位 {fine_words(act.unit_fine)}"] if act.unit_fine else []
    parts += [f"责任人员 {fine_words(act.person_fine)}"] if act.person_fine else []
    parts += [multiple_words(act.multiple)] if act.multiple else []
    return "；".join(parts) or "没有罚款幅度，责令改正或者按所列条款处理"


def violation_brief(act: Violation) -> str:
    """The range that counts, for a list."""
    if act.unit_fine:
        return f"单位 {fine_words(act.unit_fine)}"
    if act.person_fine:
        return f"责任人员 {fine_words(act.person_fine)}"
    return multiple_words(act.multiple) if act.multiple else "没有罚款幅度"


def wage_value(wage: MinimumWage) -> str:
    """每月 2,350.00 元，每小时 23.00 元."""
    return f"每月 {yuan(wage.month_fen)} 元，每小时 {yuan(wage.hour_fen)} 元"


def remedy_value(remedy: Remedy, library: Library) -> str:
    """申请行政复议：60 日；提起行政诉讼：6 个月."""
    review, suit = library.terms[remedy.review_term], library.terms[remedy.suit_term]
    first = "先申请复议，对复议决定不服才能起诉。" if remedy.review_first else ""
    return f"{first}申请行政复议 {term_value(review)}，提起行政诉讼 {term_value(suit)}"


def service_value(rung: ServiceRule, library: Library) -> str:
    """What must be on record for this way of service."""
    names = {code: kind.name for code, kind in library.proof_kinds.items()}
    groups = ["或者".join(names[code] for code in group) for group in rung.proofs]
    wait = f"；满 {term_value(library.terms[rung.term])}视为送达" if rung.term else ""
    return f"要有：{'、'.join(groups)}{wait}"


def step_value(step: StepRow) -> str:
    """From which stages to which."""
    if step.back:
        return "回到中止以前的阶段"
    if step.to is None:
        return "登记一件事，不改变阶段"
    return f"进入“{step.to.label}”"


def value_words(value: object, library: Library) -> str:
    """What any rule says."""
    if isinstance(value, Term):
        return term_value(value, {key: spec.label for key, spec in library.settings.items()})
    if isinstance(value, Violation):
        return violation_value(value)
    if isinstance(value, Figure):
        return value.said
    if isinstance(value, MinimumWage):
        return wage_value(value)
    if isinstance(value, LiabilityRule):
        limit = "，以未结清的工程款为限" if value.limit else ""
        return f"{'、'.join(value.payers)}{limit}"
    if isinstance(value, Remedy):
        return remedy_value(value, library)
    if isinstance(value, ServiceRule):
        return service_value(value, library)
    if isinstance(value, StepRow):
        return step_value(value)
    if isinstance(value, GuardRow):
        return value.remedy
    if isinstance(value, LocalConflict):
        return value.local_says
    return statute_value(value) if isinstance(value, Statute) else ""


def brief_words(value: object, library: Library) -> str:
    """The same for a list."""
    if isinstance(value, Term):
        return term_brief(value)
    if isinstance(value, Violation):
        return violation_brief(value)
    return value_words(value, library)


def statute_value(statute: Statute) -> str:
    """国务院令第724号，共 64 条."""
    count = f"共 {statute.last_article} 条" if statute.last_article else ""
    whole = "整件引用" if statute.undivided else ""
    return "，".join(part for part in (statute.number, count, whole) if part)


# ── how far it was verified, and since when it applies ───────────────────────────────────────
def level_sentences(text: TextLevel, force: ForceLevel) -> tuple[str, str]:
    """What the two levels of a rule mean for somebody who wants to use it."""
    return f"{text.label}：{TEXT_MEANS[text]}", f"{force.label}：{FORCE_MEANS[force]}"


def span_words(basis: Basis) -> str:
    """2004年12月1日起施行; 2018年10月1日至2021年12月31日."""
    if basis.effective_from == UNDATED:
        return "施行日期没有见到"
    if basis.effective_to is None:
        return f"{date_text(basis.effective_from)}起"
    return f"{date_text(basis.effective_from)}至{date_text(basis.effective_to)}"


# ── printed citations back to places ─────────────────────────────────────────────────────────
@cache
def _numbers() -> dict[str, int]:
    return {chinese_number(number): number for number in range(1, 1000)}


def cited_in(printed: str, statutes: Mapping[str, Statute]) -> tuple[Citation, ...]:
    """The articles a printed phrase names: 《处罚法》第五十六条、第八十五条，《…》第一条."""
    found: dict[Citation, None] = {}
    for named in _NAMED.finditer(printed):
        statute = _named(named["name"], named["places"], statutes)
        if statute is None:
            continue
        places = list(_PLACE.finditer(named["places"]))
        if not places:
            found[Citation(statute.short)] = None
        for place in places:
            article = _numbers().get(place["article"], 0)
            found[Citation(statute.short, article, place["sub"] or "")] = None
    return tuple(found)


def _named(name: str, after: str, statutes: Mapping[str, Statute]) -> Statute | None:
    """The statute of a printed name; of several notices of one name that of the number after it."""
    same = [one for one in statutes.values() if _inner(one.name) == name]
    return next((one for one in same if f"（{one.number}）" in after), next(iter(same), None))


def _inner(name: str) -> str:
    return name.replace("《", "〈").replace("》", "〉")


# ── facts of a case ──────────────────────────────────────────────────────────────────────────
_PLAIN = {
    "received": "收到线索",
    "paid_off": "工资全部清偿",
    "annulled": "决定被变更、撤销或者确认违法",
    "published": "发出公告",
    "review_summary": "复议适用简易程序",
}
_PAPER = {"served": "送达", "issued": "制发", "deadline": "期满"}


def fact_words(code: str, library: Library) -> str:
    """What happened, of a fact's code: 立案, 送达限期改正指令书, D17（缴纳罚款）届满.

    "" for a fact that no step records.
    """
    head, mark, tail = code.partition(":")
    steps = library.procedure.steps
    if mark and head == "source":
        label = next((one.label for one in Source if one.value == tail), tail)
        return f"来源为{label}"
    if mark and head == "end":
        return f"{tail}（{library.terms[tail].name}）届满"
    if mark and head in _PAPER:
        titles = "或者".join(paper_title(kind, library) for kind in tail.split(EITHER))
        return f"{titles}{_PAPER[head]}" if head == "deadline" else f"{_PAPER[head]}{titles}"
    step, mark, outcome = code.partition("=")
    if step not in steps:
        return _PLAIN.get(code, "")
    known = (steps[step].outcomes or {}).get(outcome, outcome)
    return f"{steps[step].name}（{known}）" if mark else steps[step].name


def paper_title(kind: str, library: Library) -> str:
    """The title of a paper kind, whether the program makes it or not."""
    known = library.procedure.papers.get(kind)
    return known or library.title(kind)
