"""What the law and the file ask for next in a case, why, and the buttons that do it."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from inspector_app.domain.cases import Stage
from inspector_app.domain.money import yuan
from inspector_app.domain.office import Todo, TodoOrigin
from inspector_app.domain.papers import Paper, PaperState
from inspector_app.domain.terms import date_text, weekday_text
from inspector_app.services.case_sheet import CaseSheet
from inspector_app.services.clocks import CaseClock

ORDER = "rectification_order"
INTERVIEW = "interview_notice"
INQUIRY = "inquiry_notice"


class Do(Enum):
    """What a button of the next step does."""

    FILE = "file"  # 立案
    ORDER = "order"  # 转入责令改正
    CLOSE = "close"  # 结案
    PAPER = "paper"  # start a draft of `target` (a paper kind)
    OPEN_PAPER = "open_paper"  # go on with the draft `target`
    SERVE = "serve"  # 登记送达
    SETTLE = "settle"  # 登记清偿
    CLAIMS = "claims"  # the list of workers, on the case page
    CHECKED = "checked"  # the follow-up `target` (a to-do) is done


@dataclass(frozen=True, slots=True)
class Act:
    """One button: what it says, what it does, to what."""

    label: str
    do: Do
    target: str = ""


@dataclass(frozen=True, slots=True)
class NextStep:
    """The usual next step first; `tone` colours the box."""

    title: str
    body: str
    acts: tuple[Act, ...]
    tone: str = "info"


def order_clock(sheet: CaseSheet) -> CaseClock | None:
    """The clock of the deadline an order itself has set, once it was served."""
    return next((clock for clock in sheet.clocks if clock.rule == "ORDER"), None)


def unserved(sheet: CaseSheet) -> list[Paper]:
    """Issued papers with a number that no service covers."""
    served = {one for service in sheet.services for one in service.paper_ids}
    return [
        paper
        for paper in sheet.papers
        if paper.state is PaperState.ISSUED and paper.number and paper.id not in served
    ]


def next_step(sheet: CaseSheet, today: date) -> NextStep:
    """The next lawful step of a case as it stands today."""
    if sheet.case.stage is Stage.CLOSED:
        return _closed(sheet)
    if sheet.case.stage is Stage.INTAKE:
        return _intake(sheet)
    if waiting := unserved(sheet):
        return _serve(waiting)
    if sheet.claims and sheet.totals.owing_fen <= 0:
        return _all_paid(sheet)
    if sheet.case.stage is Stage.INVESTIGATION:
        return _investigation(sheet)
    return _check(sheet, today)


def _closed(sheet: CaseSheet) -> NextStep:
    day = date_text(sheet.case.closed_on)
    return NextStep(f"本案已于{day}结案", sheet.case.closing_note, (), "success")


def _intake(sheet: CaseSheet) -> NextStep:
    clock = next((one for one in sheet.clocks if one.rule == "D01"), None)
    until = f"，应在 {weekday_text(clock.due)} 前决定是否立案" if clock else ""
    body = f"{date_text(sheet.case.received_on)}收到{until}。"
    tone = "warning" if clock and clock.days_left < 0 else "info"
    return NextStep("下一步：立案", body, (Act("立案", Do.FILE),), tone)


def _serve(waiting: list[Paper]) -> NextStep:
    names = "、".join(paper.number for paper in waiting)
    body = f"{names} 已制发，还没有登记送达；送达之日起才计算期限。"
    return NextStep("下一步：登记送达", body, (Act("登记送达", Do.SERVE),), "warning")


def _all_paid(sheet: CaseSheet) -> NextStep:
    body = f"{sheet.totals.workers} 名劳动者的工资已全部清偿，可以结案。"
    return NextStep("下一步：结案", body, (Act("结案", Do.CLOSE),), "success")


def _investigation(sheet: CaseSheet) -> NextStep:
    orders = [paper for paper in sheet.papers if paper.kind == ORDER]
    draft = next((paper for paper in orders if paper.state is PaperState.DRAFT), None)
    others = (
        Act("约谈通知书", Do.PAPER, INTERVIEW),
        Act("调查询问通知书", Do.PAPER, INQUIRY),
    )
    if draft:
        body = "限期改正指令书还是草稿，填完后编号打印。"
        going_on = Act("继续填写", Do.OPEN_PAPER, draft.id)
        return NextStep("下一步：完成限期改正指令书", body, (going_on, *others), "info")
    if any(paper.state is PaperState.ISSUED for paper in orders):
        body = "限期改正指令书已经送达，案件转入责令改正阶段。"
        return NextStep("下一步：转入责令改正", body, (Act("转入责令改正", Do.ORDER),), "info")
    making = Act("开具限期改正指令书", Do.PAPER, ORDER)
    return NextStep("下一步：开具限期改正指令书", _owing_words(sheet), (making, *others), "info")


def _owing_words(sheet: CaseSheet) -> str:
    if not sheet.claims:
        return "先核实劳动者名单和欠薪金额；确有拖欠的，责令限期支付。"
    return (
        f"已登记 {sheet.totals.workers} 名劳动者，尚欠 {yuan(sheet.totals.owing_fen)} 元；"
        "查实后责令限期支付。"
    )


def _check(sheet: CaseSheet, today: date) -> NextStep:
    """After the order: check by its deadline, enter what was paid, then close."""
    owing = f"尚欠 {yuan(sheet.totals.owing_fen)} 元" if sheet.claims else "还没有劳动者名单"
    first = Act("登记清偿", Do.SETTLE) if sheet.claims else Act("登记劳动者", Do.CLAIMS)
    close, meet = Act("结案", Do.CLOSE), Act("约谈通知书", Do.PAPER, INTERVIEW)
    clock, todo = order_clock(sheet), _follow_up(sheet)
    if clock is None:
        words = "已复查" if todo is None else "整改期限还没有起算"
        return NextStep("下一步：督促清偿", f"{words}，{owing}。", (first, meet, close), "info")
    ends = "届满" if clock.due < today else "届满前核查"
    body = (
        f"限期改正指令书于 {date_text(clock.start)} 送达，"
        f"整改期限 {weekday_text(clock.due)}{ends}，{owing}。"
    )
    acts = (first, close, meet)
    if todo is not None:
        acts = (first, Act("完成复查", Do.CHECKED, todo.id), close)
    return NextStep("下一步：核查整改情况", body, acts, "warning")


def _follow_up(sheet: CaseSheet) -> Todo | None:
    """The open to-do that the service of the order has left."""
    still = (one for one in sheet.todos if one.done_on is None and one.origin is TodoOrigin.ORDER)
    return next(still, None)
