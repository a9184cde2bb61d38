"""What the law and the file ask for next in a case, why, and the buttons that do it."""

from collections.abc import Callable, Container
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from inspector_app.domain.cases import Stage
from inspector_app.domain.guards.situation import Refusal
from inspector_app.domain.law import grouped
from inspector_app.domain.money import yuan
from inspector_app.domain.papers import Paper, PaperState
from inspector_app.domain.serving import is_begun
from inspector_app.domain.terms import date_text, weekday_text
from inspector_app.domain.void_papers import lost_paper
from inspector_app.services.case_sheet import CaseSheet
from inspector_app.services.clocks import CaseClock
from inspector_app.services.own_deadlines import OWN_DEADLINE, PERFORMANCE
from inspector_app.services.steps import Option
from inspector_app.ui.pages.case.moves import CLOSE, against, is_open, option_of

ORDER = "rectification_order"
INTERVIEW = "interview_notice"
INQUIRY = "inquiry_notice"
MADE_HERE = frozenset({ORDER, INTERVIEW, INQUIRY})


class Do(Enum):
    """What a button of the next step does."""

    STEP = "step"  # the form of the step `target`; `preset` fills its paper kind
    PAPER = "paper"  # start a draft of `target` (a paper kind)
    OPEN_PAPER = "open_paper"  # go on with the draft `target`
    SERVE = "serve"  # 登记送达
    SETTLE = "settle"  # 登记清偿
    TAB = "tab"  # a tab of the case page: claims, facts


@dataclass(frozen=True, slots=True)
class Act:
    """One button: what it says, what it does, to what."""

    label: str
    do: Do
    target: str = ""
    preset: str = ""


@dataclass(frozen=True, slots=True)
class NextStep:
    """The usual next step first; `tone` colours the box, `against` is what it still lacks."""

    title: str
    body: str
    acts: tuple[Act, ...]
    tone: str = "info"
    against: tuple[Refusal, ...] = ()


def own_clock(sheet: CaseSheet, rule: str = OWN_DEADLINE) -> CaseClock | None:
    """The clock of the day an order or a decision itself has set, once it was served."""
    return next((clock for clock in sheet.clocks if clock.rule == rule), None)


def unserved(sheet: CaseSheet) -> list[Paper]:
    """Issued papers for somebody outside, with a number, that a party still waits for."""
    return sheet.unserved


def next_step(sheet: CaseSheet, today: date, kinds: Container[str] = MADE_HERE) -> NextStep:
    """The next lawful step as the case stands today; `kinds` are the papers made here."""
    stage = sheet.case.stage
    if stage.ended:
        return _ended(sheet)
    if stage is Stage.INTAKE:
        return _intake(sheet)
    if waiting := unserved(sheet):
        return _serve(sheet, waiting)
    if kind := lost_paper(stage, sheet.events, sheet.papers):
        return _lost(sheet, kind, kinds)
    if stage is Stage.INVESTIGATION:
        return _investigation(sheet)
    if stage is Stage.RECTIFICATION:
        return _rectification(sheet, today, kinds)
    if stage is Stage.APPROVAL:
        return _first_of(sheet, kinds, ("penalty_notice", "handling_notice", "no_penalty"))
    if stage is Stage.PERFORMANCE:
        return _performance(sheet, kinds)
    return _usual(sheet, kinds)


def step_act(option: Option, words: str = "") -> Act:
    """The button that opens the form of a step."""
    return Act(words or option.step.name, Do.STEP, option.step.id)


def _acts(sheet: CaseSheet, *steps: str) -> tuple[Act, ...]:
    """Buttons of those of the steps that nothing stands against."""
    found = [option_of(sheet, step) for step in steps]
    return tuple(step_act(one) for one in found if one and not against(sheet, one))


# ── the stages that have much to say ─────────────────────────────────────────────────────────
def _ended(sheet: CaseSheet) -> NextStep:
    case = sheet.case
    if case.stage is Stage.CLOSED:
        title = f"本案已于{date_text(case.closed_on)}结案"
        return NextStep(title, case.closing_note, _acts(sheet, "archive"), "success")
    last = max(
        (event for event in sheet.events if event.to_stage),
        key=lambda event: (event.on, event.id),
        default=None,
    )
    tone = "success" if case.stage is Stage.ARCHIVED else "neutral"
    return NextStep(f"本案{case.stage.label}", last.note if last else "", (), tone)


def _intake(sheet: CaseSheet) -> NextStep:
    clock = next((one for one in sheet.clocks if one.rule == "D01"), None)
    until = f"，应在 {weekday_text(clock.ends)} 前决定是否立案" if clock else ""
    body = f"{date_text(sheet.case.received_on)}收到{until}。"
    tone = "warning" if clock and clock.days_left.days < 0 else "info"
    return NextStep("下一步：立案", body, _acts(sheet, "file"), tone)


def _serve(sheet: CaseSheet, waiting: list[Paper]) -> NextStep:
    new = [one.number for one in waiting if not is_begun(sheet.deliveries[one.id])]
    body = f"{'、'.join(new)} 已制发，还没有登记送达；送达之日起才计算期限。" if new else ""
    for paper in waiting:
        if is_begun(sheet.deliveries[paper.id]):
            body += f"{paper.number} 还没有送达{'、'.join(sheet.waiting(paper.id))}。"
    return NextStep("下一步：登记送达", body, (Act("登记送达", Do.SERVE),), "warning")


def _paid(sheet: CaseSheet) -> bool:
    return bool(sheet.claims) and sheet.totals.owing_fen <= 0


def _investigation(sheet: CaseSheet) -> NextStep:
    if _paid(sheet):
        body = (
            f"{sheet.totals.workers} 名劳动者的工资已全部清偿。"
            "情节轻微且已改正的可以撤销立案，其他的呈报处理。"
        )
        acts = _acts(sheet, "withdraw", "submit")
        return NextStep("下一步：撤销立案或者呈报处理", body, acts, "success")
    others = (
        Act(_named(sheet, INTERVIEW), Do.PAPER, INTERVIEW),
        Act(_named(sheet, INQUIRY), Do.PAPER, INQUIRY),
    )
    ordering = _named(sheet, ORDER)
    if draft := _draft(sheet, ORDER):
        body = f"{ordering}还是草稿，填完后编号打印。"
        going_on = Act("继续填写", Do.OPEN_PAPER, draft.id)
        return NextStep(f"下一步：完成{ordering}", body, (going_on, *others))
    order = option_of(sheet, "order")
    if order and not order.against:
        body = f"{ordering}已经送达，案件转入责令改正阶段。"
        return NextStep("下一步：转入责令改正", body, (step_act(order, "转入责令改正"),))
    making = Act(f"开具{ordering}", Do.PAPER, ORDER)
    return NextStep(f"下一步：开具{ordering}", _owing_words(sheet), (making, *others))


def _named(sheet: CaseSheet, kind: str) -> str:
    """What the bureau calls a kind of paper."""
    return sheet.titles.get(kind) or sheet.situation.procedure.papers.get(kind, kind)


def _draft(sheet: CaseSheet, kind: str) -> Paper | None:
    drafts = (one for one in sheet.papers if one.state is PaperState.DRAFT and one.kind == kind)
    return next(drafts, None)


def _owing_words(sheet: CaseSheet) -> str:
    if not sheet.claims:
        return "先核实劳动者名单和欠薪金额；确有拖欠的，责令限期支付。"
    return (
        f"已登记 {sheet.totals.workers} 名劳动者，尚欠 {yuan(sheet.totals.owing_fen)} 元；"
        "查实后责令限期支付。"
    )


def _rectification(sheet: CaseSheet, today: date, kinds: Container[str]) -> NextStep:
    """After the order: check by its deadline; corrected closes, unheeded goes on to handling."""
    close = _acts(sheet, CLOSE)
    if close and _paid(sheet):
        body = f"{sheet.totals.workers} 名劳动者的工资已全部清偿，可以结案。"
        return NextStep("下一步：结案", body, close, "success")
    last = sheet.situation.last_event("recheck")
    if last and last.outcome == "corrected":
        if not close:
            return _first_of(sheet, kinds, (CLOSE,))
        body = f"{date_text(last.on)}复查，违法行为已改正，可以结案。"
        return NextStep("下一步：结案", body, close, "success")
    owing = f"尚欠 {yuan(sheet.totals.owing_fen)} 元" if sheet.claims else "还没有劳动者名单"
    paying = Act("登记清偿", Do.SETTLE) if sheet.claims else Act("登记劳动者", Do.TAB, "claims")
    meeting = Act(_named(sheet, INTERVIEW), Do.PAPER, INTERVIEW)
    clock = own_clock(sheet)
    if last is not None and clock is None:
        step = sheet.situation.procedure.steps["recheck"]
        found = (step.outcomes or {}).get(last.outcome, "")
        body = f"{date_text(last.on)}复查为“{found}”，{owing}。依法呈报处理。"
        acts = (*_acts(sheet, "submit"), paying, meeting)
        return NextStep("下一步：呈报处理", body, acts, "warning")
    checking = _acts(sheet, "recheck")
    if clock is None:
        acts = (paying, meeting, *checking)
        return NextStep("下一步：督促清偿", f"整改期限还没有起算，{owing}。", acts)
    ends = "届满" if clock.ends < today else "届满前核查"
    body = (
        f"{_named(sheet, ORDER)}于 {date_text(clock.start)} 送达，"
        f"整改期限 {weekday_text(clock.ends)}{ends}，{owing}。"
    )
    checking = tuple(replace(act, label="录入复查结果") for act in checking)
    return NextStep("下一步：核查整改情况", body, (*checking, paying, meeting), "warning")


def _lost(sheet: CaseSheet, kind: str, kinds: Container[str]) -> NextStep:
    """The paper by which the case got here was made void: it is made anew, or nothing counts."""
    name = _named(sheet, kind)
    body = f"{name}已作废，本案现在没有有效的{name}，有关期限仍在计算；重新制作后从新的日期起算。"
    acts = (_paper_act(sheet, kind, kinds),)
    return NextStep(f"下一步：重新制作{name}", body, acts, "warning")


def _performance(sheet: CaseSheet, kinds: Container[str]) -> NextStep:
    """A decision stands: it is paid or performed, else the court is asked to enforce it."""
    if is_open(sheet, CLOSE):
        return NextStep("下一步：结案", "决定已经履行，可以结案。", _acts(sheet, CLOSE), "success")
    if is_open(sheet, "court_apply"):
        body = "催告期满仍未履行，复议、起诉的期限也已届满，可以申请人民法院强制执行。"
        acts = _acts(sheet, "court_apply", "performed", "fine_paid")
        return NextStep("下一步：申请强制执行", body, acts, "warning")
    enforcing = option_of(sheet, "court_apply")
    lacks = against(sheet, enforcing) if enforcing else ()
    acts = (*_acts(sheet, "performed", "fine_paid"), *_cures(sheet, enforcing, kinds))
    body = "履行了的登记履行；逾期不履行的，催告后申请人民法院强制执行。"
    if clock := own_clock(sheet, PERFORMANCE):
        looks = tuple(replace(act, label="录入核查结果") for act in _acts(sheet, "recheck"))
        body = f"{clock.why}{body}"
        return NextStep("下一步：核查履行情况", body, (*looks, *acts), "warning", lacks)
    return NextStep("下一步：督促履行", body, acts, "info", lacks)


# ── the others: the usual step, or what it lacks ─────────────────────────────────────────────
def _usual(sheet: CaseSheet, kinds: Container[str]) -> NextStep:
    facts = sheet.situation.facts
    usual = [
        one.step.id
        for one in sheet.options
        if one.step.usual and (one.step.moves or not facts.has(one.step.id))
    ]
    return _first_of(sheet, kinds, tuple(usual))


def _first_of(sheet: CaseSheet, kinds: Container[str], steps: tuple[str, ...]) -> NextStep:
    """Those of the steps that are open; where none is, what the first of them lacks."""
    known = [one for step in steps if (one := option_of(sheet, step))]
    ready = [one for one in known if not against(sheet, one)]
    if ready:
        first = ready[0].step
        body = f"依据{grouped(first.articles)}。" if first.articles else ""
        acts = tuple(step_act(one) for one in ready)
        return NextStep(f"下一步：{first.name}", body, acts)
    if not known:
        return NextStep(sheet.case.stage.label, "这一阶段没有固定的下一步，按需要登记。", ())
    first = known[0].step
    lacks = against(sheet, known[0])
    body = f"还缺 {len(lacks)} 项，补齐后{first.name}。"
    cures = _cures(sheet, known[0], kinds)
    return NextStep(f"下一步：{first.name}", body, cures, "warning", lacks)


def _cures(sheet: CaseSheet, option: Option | None, kinds: Container[str]) -> tuple[Act, ...]:
    """Buttons that bring what a step lacks, those for papers first; each once."""
    if option is None:
        return ()
    facts = sheet.situation.facts
    found = [
        _paper_act(sheet, group, kinds)
        for group in (*option.step.papers, *option.step.served)
        if not facts.has(f"issued:{group}")
    ]
    for one in option.against:
        found += _acts(sheet, *CURES.get(one.guard, ()))
        if one.guard == "two_inspectors":
            found.append(Act("指定监察员", Do.TAB, "facts"))
        if one.guard == "evidence":
            found.append(Act("登记劳动者", Do.TAB, "claims"))
    return tuple(dict.fromkeys(found))


CURES = {
    "statement_over": ("statement", "statement_waive"),
    "handling_heard": ("statement", "statement_waive"),
    "hearing_over": ("hearing_held", "hearing_set", "hearing_waive"),
    "hearing_set": ("hearing_set",),
    "legal_review": ("legal_review",),
    "discussion": ("discuss",),
    "order_unheeded": ("recheck",),
    "superior": ("site_visit", "met_party", "opinion"),
    "annulled": ("review_decided", "suit_judged"),
}
"""Guard -> the steps that bring what it misses."""


def _paper_act(sheet: CaseSheet, group: str, kinds: Container[str]) -> Act:
    return paper_act(sheet, group, kinds, sheet.situation.procedure.papers.__getitem__)


def paper_act(
    sheet: CaseSheet, group: str, kinds: Container[str], title_of: Callable[[str], str]
) -> Act:
    """Go on with the draft, begin one, or enter a paper that was made elsewhere."""
    for kind in group.split("|"):
        if draft := _draft(sheet, kind):
            return Act(f"继续填写{title_of(kind)}", Do.OPEN_PAPER, draft.id)
        if kind in kinds:
            return Act(f"开具{title_of(kind)}", Do.PAPER, kind)
    kind = group.split("|")[0]
    return Act(f"补登{title_of(kind)}", Do.STEP, "outside_paper", kind)
