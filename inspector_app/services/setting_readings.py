"""What each local choice of law means: each reading with its source, and how it ends today."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from inspector_app.domain.law import UNDATED, Basis
from inspector_app.domain.rules import Figure, MinimumWage, minimum_wage_on
from inspector_app.domain.term_rules import Direction, Term, TermUnit
from inspector_app.domain.term_words import date_text, weekday_text
from inspector_app.domain.terms import compute
from inspector_app.library.pack import term_basis
from inspector_app.library.wages import CLASSES
from inspector_app.services.desk import Desk
from inspector_app.services.law_pairs import EARLIER, HENAN, NATIONAL, TermPair, all_pairs
from inspector_app.services.law_words import paper_title, term_value, wage_value
from inspector_app.services.rules import OfficeRules, office_rules

WAGES = "group:最低工资"
ROLL, NOT_ROLL = "顺延", "不顺延"
REMIND, REFUSE = "只提醒", "拦住"
YES, NO = "是", "否"
FAR = 90  # days looked ahead for an example of a last day that is a day off
NOT_FILLED = "没有填"


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read the law: what it says, on what it stands, how it comes out in an example.

    `chosen`: it is the one the bureau goes by.
    """

    title: str
    says: str
    basis: str
    example: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Readings:
    """The readings of one choice, in rows side by side, and what the choice means now."""

    rows: tuple[tuple[Reading, ...], ...]
    outcome: str


def all_readings(desk: Desk) -> dict[str, Readings]:
    """By the key of the setting, or group: and the name of a group."""
    rules = office_rules(desk)
    found: dict[str, Readings] = {}
    for key, read in READERS.items():
        made = read(desk, rules)
        if made is not None:
            found[key] = made
    for figure in rules.figures.values():
        if figure.setting and figure.setting not in found:
            found[figure.setting] = _figure_line(desk, rules, figure)
    return found


def basis_words(basis: Basis) -> str:
    """《…》第十七条　已核全文 · 现行性已核."""
    articles = "、".join(basis.articles) or "没有条文"
    return f"{articles}　{basis.level_words}"


# ── which of two terms leads ─────────────────────────────────────────────────────────────────
def _lead(desk: Desk, rules: OfficeRules) -> Readings:
    pairs = all_pairs(desk)
    chosen = rules.settings.get("term_lead", EARLIER)
    said = "；".join(_led(pair) for pair in pairs if pair.leading)
    both = "两套都计时，提醒和超期只看为准的一套。"
    return Readings(tuple(_sides(pair) for pair in pairs), f"本局选“{chosen}”：{said}。{both}")


def _sides(pair: TermPair) -> tuple[Reading, ...]:
    return tuple(
        Reading(
            title=f"{side.word}　{side.rule} {side.name}",
            says=side.value,
            basis=f"{side.article}　{side.levels}",
            example=f"今天起算，到 {weekday_text(side.ends)}",
            chosen=side.leads,
        )
        for side in (pair.national, pair.henan)
    )


def _led(pair: TermPair) -> str:
    leader = pair.leading
    assert leader is not None  # noqa: S101 - asked for only where one leads
    word = HENAN if leader is pair.henan else NATIONAL
    return f"{pair.national.name}按{word}"


# ── the last day is a day off ────────────────────────────────────────────────────────────────
def _roll(desk: Desk, rules: OfficeRules) -> Readings | None:
    found = _falls_off(desk, rules)
    if found is None:
        return None
    term, start, landed, moved = found
    chosen = rules.settings.get("term_roll", ROLL)
    head = f"{date_text(start)}起算 {term.length} {term.unit.label}（{term.id} {term.name}）"
    count = len(desk.library.rolls_by_choice)
    outcome = f"只影响法律没有写顺延的 {count} 条期限；依法顺延的和按工作日计算的不受影响。"
    rows = (
        Reading(ROLL, "移到其后第一个工作日", "民事诉讼法的规则，用于其他期限是本局的选择",
                f"{head}，到 {weekday_text(moved)}", chosen == ROLL),
        Reading(NOT_ROLL, "末日就是到期日", "条文没有写顺延",
                f"{head}，到 {weekday_text(landed)}", chosen == NOT_ROLL),
    )  # fmt: skip
    return Readings((rows,), outcome)


def _falls_off(desk: Desk, rules: OfficeRules) -> tuple[Term, date, date, date] | None:
    """The next day from which a term that rolls by choice ends on a day off: both its ends."""
    usable = [
        replace(term, rolls=True)
        for key, term in rules.terms.items()
        if key in desk.library.rolls_by_choice
        and term.unit is TermUnit.CALENDAR_DAYS
        and term.direction is Direction.FORWARD
        and term.length
    ]
    for term in usable[:1]:
        for ahead in range(FAR):
            start = desk.today() + timedelta(days=ahead)
            moved = compute(term, start, rules.calendar)
            plain = compute(replace(term, rolls=False), start, rules.calendar)
            if moved.due and plain.due and moved.due != plain.due:
                return term, start, plain.due, moved.due
    return None


# ── lengths the law leaves open ──────────────────────────────────────────────────────────────
def _end(desk: Desk, rules: OfficeRules, term: Term, length: int, unit: TermUnit) -> str:
    due = compute(replace(term, length=length, unit=unit), desk.today(), rules.calendar).due
    return f"今天起算，到 {weekday_text(due)}"


def _own_length(desk: Desk, rules: OfficeRules, rule: str) -> Reading:
    term = rules.terms[rule]
    if term.length is None:
        return Reading("本局", NOT_FILLED, "不计时", "", chosen=True)
    return Reading(
        "本局",
        f"{term.length} {term.unit.label}",
        "法律没有规定，由本局定",
        _end(desk, rules, term, term.length, term.unit),
        chosen=True,
    )


def _defence(desk: Desk, rules: OfficeRules) -> Readings:
    law, hearing = desk.library.terms["D13"], rules.terms["D11"]
    rows = (
        Reading("法律", "没有写天数", basis_words(term_basis(law)), ""),
        Reading("听证申请（D11）", term_value(hearing), basis_words(term_basis(hearing)),
                _end(desk, rules, hearing, hearing.length or 0, hearing.unit)),
        _own_length(desk, rules, "D13"),
    )  # fmt: skip
    return Readings((rows,), "告知书送达后，满这个天数才能作出决定。")


def _service(desk: Desk, rules: OfficeRules) -> Readings:
    term = rules.terms["D15"]
    basis = basis_words(term_basis(desk.library.terms["D15"]))
    length = term.length or 7
    rows = (
        Reading("转述一：日", f"{length} 日", basis,
                _end(desk, rules, term, length, TermUnit.CALENDAR_DAYS),
                term.unit is TermUnit.CALENDAR_DAYS),
        Reading("转述二：工作日", f"{length} 个工作日", basis,
                _end(desk, rules, term, length, TermUnit.WORKING_DAYS),
                term.unit is TermUnit.WORKING_DAYS),
    )  # fmt: skip
    return Readings((rows,), "改按工作日的，在“法规与规则”里给 D15 另定单位。")


def _platform(desk: Desk, rules: OfficeRules) -> Readings:
    note = desk.library.terms["D42"].note
    rows = (
        Reading("全国", "没有查到统一时限", note, ""),
        _own_length(desk, rules, "D42"),
    )
    return Readings((rows,), "只用于全国平台、省监管系统和 12333 来的线索。")


# ── guards and suspension ────────────────────────────────────────────────────────────────────
def _guards(desk: Desk, rules: OfficeRules) -> Readings:
    chosen = rules.settings.get("advised_guards", REMIND)
    wants = "；".join(_advised(desk))
    rows = (
        Reading(REMIND, "没有做到的写在步骤旁边，仍然可以登记", "条文没有核实",
                "例如没有立案审批表，提醒后可以登记立案", chosen == REMIND),
        Reading(REFUSE, "没有做到的不能登记，负责人写明理由可以放行", "本局的要求",
                "例如没有立案审批表，要补登或者由负责人放行", chosen == REFUSE),
    )  # fmt: skip
    return Readings((rows,), f"涉及：{wants}。")


def _advised(desk: Desk) -> Iterator[str]:
    """立案：立案审批表、负责人批准."""
    procedure = desk.library.procedure
    for step in procedure.steps.values():
        papers = [paper_title(kind, desk.library) for kind in step.papers_advised]
        guards = [procedure.guards[key].name for key in step.guards_advised]
        if papers or guards:
            yield f"{step.name}（{'、'.join([*papers, *guards])}）"


def _suspension(desk: Desk, rules: OfficeRules) -> Readings:
    step = desk.library.procedure.steps["suspend"]
    chosen = rules.settings.get("suspension_allowed", NO)
    stages = "、".join(stage.label for stage in step.sources)
    rows = (
        Reading(NO, "案件不能中止，一直办到结案", step.rule, "", chosen == NO),
        Reading(YES, "可以登记“中止办理”，要负责人批准和理由", f"从这些阶段：{stages}", "",
                chosen == YES),
    )  # fmt: skip
    return Readings((rows,), "中止办理不停期限；期限要停的，另外登记“中止计时”。")


# ── figures and wages ────────────────────────────────────────────────────────────────────────
def _deposit(desk: Desk, rules: OfficeRules) -> Readings:
    national, own = rules.figures["DP-BASE"], rules.figures["DP-HENAN-BASE"]
    contract = 1_000_000_000  # fen: ten million yuan, easy to reckon with
    rows = (
        Reading("国家规定", national.said, basis_words(national.basis),
                f"合同额 1000万元的工程：{_shares(national, contract)}", own.low is None),
        Reading("河南规定", own.said if own.low is not None else "办法没有取得",
                basis_words(desk.library.figures["DP-HENAN-BASE"].basis),
                f"合同额 1000万元的工程：{_shares(own, contract)}" if own.low is not None else "",
                own.low is not None),
    )  # fmt: skip
    return Readings((rows,), "没有填的，按国家幅度给出区间。")


def _shares(figure: Figure, fen: int) -> str:
    ends = [end for end in (figure.low, figure.high) if end is not None]
    yuan = [f"{fen * end // 10_000 // 100:,}" for end in ends]
    return f"{'至'.join(yuan)} 元"


def _figure_line(desk: Desk, rules: OfficeRules, figure: Figure) -> Readings:
    """The pack's figure beside the bureau's, in one line."""
    pack = desk.library.figures[figure.id]
    law = f"规则包：{pack.said}" if pack.low is not None else "规则包：没有取得"
    typed = rules.settings.get(figure.setting, "")
    own = f"本局：{figure.said}" if _is_own(figure, pack) else f"本局：{typed or NOT_FILLED}"
    return Readings((), f"{law}（{basis_words(pack.basis)}）；{own}")


def _is_own(figure: Figure, pack: Figure) -> bool:
    return figure.basis.text_level is not pack.basis.text_level


def _wages(desk: Desk, _rules: OfficeRules) -> Readings:
    today, wages = desk.today(), desk.library.minimum_wages.values()
    rows = [
        _wage(name, wage)
        for name, number in CLASSES.items()
        if (wage := minimum_wage_on(wages, today, number)) is not None
    ]
    told = "没有选类别的县区，不计算是否低于最低工资。跨年的欠薪按每月当时的标准比较。"
    return Readings((tuple(rows),) if rows else (), told)


def _wage(name: str, wage: MinimumWage) -> Reading:
    since = wage.basis.effective_from
    begun = "" if since == UNDATED else f"{date_text(since)}起"
    return Reading(f"{name}区域", wage_value(wage), wage.basis.level_words, begun)


READERS: Mapping[str, Callable[[Desk, OfficeRules], Readings | None]] = {
    "term_lead": _lead,
    "term_roll": _roll,
    "term_defence_days": _defence,
    "term_service_days": _service,
    "term_platform_days": _platform,
    "advised_guards": _guards,
    "suspension_allowed": _suspension,
    "deposit_base_rate": _deposit,
    WAGES: _wages,
}
"""Choices whose readings stand side by side; the others have one line."""
