"""What a card says when it is folded: one sentence, and a word or two in a pill."""

from collections.abc import Sequence
from dataclasses import dataclass

from inspector_app.domain.deciders import OrderState
from inspector_app.domain.deciders.blacklist import DECIDE, ListProposal
from inspector_app.domain.deciders.compensation import (
    ExtraPayProposal,
    MinimumWageProposal,
    SurchargeProposal,
)
from inspector_app.domain.deciders.crime import CrimeProposal
from inspector_app.domain.deciders.deposit import DepositProposal, Exempt
from inspector_app.domain.deciders.fines import FineLine
from inspector_app.domain.deciders.hearings import FineProposal
from inspector_app.domain.deciders.liability import LiabilityLine, LiabilityProposal
from inspector_app.domain.money import yuan
from inspector_app.domain.terms import date_text

HEAD = "以下是按法规列出的建议，由承办人和负责人决定。"
NO_ACTS = "没有登记违法行为"
NO_ROW = "没有勾选能够确定清偿责任的情形"
NOTHING_OWED = "没有尚欠工资"


@dataclass(frozen=True, slots=True)
class Headline:
    """The sentence of a card, and its pill: what is missing counts as amber."""

    text: str
    pill: str
    tone: str


def _lacking(text: str, missing: Sequence[str], pill: str, tone: str = "neutral") -> Headline:
    """What is missing goes before anything else the pill could say."""
    if missing:
        return Headline(text, f"还缺 {len(missing)} 项", "warning")
    return Headline(text, pill, tone)


def of_fines(found: FineProposal) -> Headline:
    """单位 50,000.00–100,000.00 元，应当告知听证权利."""
    if not found.lines:
        return Headline(NO_ACTS, "", "neutral")
    if not (found.unit.parts or found.person.parts):
        return _lacking("所列违法行为没有罚款", found.missing, "没有缺项", "success")
    unit = f"单位 {found.unit.words}" if found.unit.parts else ""
    person = f"每名责任人员 {found.person.words}" if found.person.parts else ""
    text = "，".join(part for part in (unit, person, found.hearing.label) if part)
    return _lacking(text, found.missing, "没有缺项", "success")


def of_liability(found: LiabilityProposal, *, inferred: bool = False) -> Headline:
    """施工总承包单位先行清偿（某集团），另有 1 种情形; what the chain ticked is to be confirmed."""
    main = [one for one in found.lines if not one.last_resort]
    if not main:
        last = "，可以动用保证金、应急周转金" if any(one.main for one in found.lines) else ""
        return _lacking(f"{NO_ROW}{last}", found.missing, "", "neutral")
    more = f"，另有 {len(main) - 1} 种情形" if len(main) > 1 else ""
    text = f"{payers_text(main[0])}{more}"
    if inferred:
        return _lacking(text, found.missing, "推论，待确认", "neutral")
    return _lacking(text, found.missing, "没有缺项", "success")


def payers_text(line: LiabilityLine) -> str:
    """施工总承包单位先行清偿（某集团）；分包单位负直接责任（未登记）."""
    return "；".join(f"{one.words}（{'、'.join(one.names) or '未登记'}）" for one in line.payers)


def of_crime(found: CrimeProposal) -> Headline:
    """具备移送审查条件, or what is lacking of the three elements."""
    if found.ready:
        return Headline(found.words, "由负责人决定", "violet")
    lacking = [found.amount_met, found.ordered_unheeded, found.evasion_shown].count(False)
    return Headline(found.words, f"尚缺 {lacking} 项", "neutral")


def of_list(found: ListProposal) -> Headline:
    """符合列入条件，最迟2026年12月4日作出决定."""
    if not found.met:
        lacking = [found.amount or found.incident, found.ordered_unheeded].count(False)
        return Headline(found.words, f"尚缺 {lacking} 项", "neutral")
    last = next((one.later or one.day for one in found.dates if one.name == DECIDE), None)
    until = f"，最迟{date_text(last)}作出决定" if last else ""
    out = "，已改正并承诺的可以不列入" if found.may_be_left_out else ""
    return _lacking(f"{found.words}{until}{out}", found.missing, "由负责人决定", "violet")


def of_extra_pay(found: ExtraPayProposal) -> Headline:
    """加付劳动者 40,955.25–81,910.50 元."""
    if not found.unpaid_fen:
        return Headline(NOTHING_OWED, "", "neutral")
    if found.low_fen is None or found.high_fen is None:
        return _lacking("加付幅度没有确定", found.missing, "")
    text = f"加付劳动者 {yuan(found.low_fen)}–{yuan(found.high_fen)} 元"
    if found.order is not OrderState.UNHEEDED:
        text = f"逾期不支付的，{text}"
    return _lacking(text, found.missing, "由负责人决定", "violet")


def of_deposit(found: DepositProposal | None) -> Headline:
    """应存 120,000.00–360,000.00 元."""
    if found is None:
        return Headline("合同额未填，不能计算", "还缺 1 项", "warning")
    text = found.words if found.exempt is Exempt.YES else f"应存 {found.words}"
    if found.exempt is Exempt.MAY:
        text = found.exempt.label
    return _lacking(text, found.missing, "没有缺项", "success")


def of_surcharge(found: SurchargeProposal) -> Headline:
    """截至2026年12月4日加处 3,000.00 元."""
    text = f"截至{date_text(found.on)}加处 {yuan(found.amount_fen)} 元"
    full = "已到上限" if found.on >= found.full_on else ""
    return Headline(text, full, "neutral")


def of_wage(found: MinimumWageProposal | None) -> Headline:
    """少发 1,200.00 元; nothing is compared before a month was typed."""
    if found is None:
        return Headline("填写月份和实发工资后比较", "", "neutral")
    gap = found.gap_fen
    text = f"低于最低工资标准，差额 {yuan(gap)} 元" if gap else "不低于已知的最低工资标准"
    return _lacking(text, found.missing, "没有缺项", "success")


def of_line(line: FineLine) -> str:
    """单位 5万元至10万元；每名责任人员500元至3000元; 没有罚款 where none is provided."""
    unit = f"单位 {line.unit.how}" if line.unit and line.unit.known else ""
    unit = "单位 待补数据" if line.unit and not line.unit.known else unit
    person = line.person.how if line.person else ""
    return "；".join(part for part in (unit, person) if part) or "没有罚款"


def bare(text: str, code: str) -> str:
    """What is missing of a violation, without its code: the block says it already."""
    return text.removeprefix(f"{code} ").removeprefix("的")
