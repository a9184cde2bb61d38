"""Whether a case of unpaid wages is ready to be sent to the police: amount, order, evasion."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from inspector_app.domain.deciders import (
    Met,
    OrderState,
    Reason,
    ServedOrder,
    articles_of,
    not_filled,
    pay_order,
)
from inspector_app.domain.law import Basis
from inspector_app.domain.money import yuan
from inspector_app.domain.rules import Figure
from inspector_app.domain.term_words import date_text
from inspector_app.domain.words import Word


class Evasion(Word):
    """What shows that pay is refused though owed (法释〔2013〕3号 2): ticked by an inspector."""

    FLED = "fled", "逃跑、藏匿"
    ASSETS = "assets_moved", "转移、处分财产"
    BOOKS = "books_destroyed", "隐匿、销毁账目等材料"
    OTHER = "evaded", "以其他方法逃避支付"
    ABLE = "able_to_pay", "有能力支付而不支付"


class Exit(Word):
    """What speaks against sending the case, ticked by an inspector."""

    UNAWARE = "order_unknown", "有正当理由未知悉责令支付"
    COMPENSATED = "compensated", "已承担赔偿责任"
    GRAVE = "grave_harm", "造成严重后果"


@dataclass(frozen=True, slots=True)
class Owed:
    """What is still owed to one worker; `months` None where the period is not on record."""

    worker: str
    owing_fen: int
    months: int | None


@dataclass(frozen=True, slots=True)
class Respondent:
    """One unit that owes, with its workers and the orders to pay served on it."""

    name: str
    workers: Sequence[Owed]
    orders: Sequence[ServedOrder] = ()
    evasion: frozenset[Evasion] = frozenset()
    exits: frozenset[Exit] = frozenset()


@dataclass(frozen=True, slots=True)
class CrimeRules:
    """The amounts of the crime: Henan's own and the national span, and its articles."""

    months: Figure
    people: Figure
    one: Figure
    many: Figure
    national_one: Figure
    national_many: Figure
    order: Basis  # 责令支付仍不支付
    evasion: Basis
    exit: Basis


@dataclass(frozen=True, slots=True)
class WorkerTest:
    """One worker against the amount for one."""

    worker: str
    owing_fen: int
    months: int | None
    henan: Met
    national: Met


@dataclass(frozen=True, slots=True)
class CrimeProposal:
    """How far a respondent's case is from the police; proposed for a person to decide on."""

    respondent: str
    workers: int
    owing_fen: int
    single_met: bool
    many_met: bool
    ordered_unheeded: bool
    evasion_shown: bool
    single: Met
    single_national: Met
    many: Met
    many_national: Met
    worker_tests: tuple[WorkerTest, ...]
    order: OrderState
    order_deadline: date | None
    words: str
    reasons: tuple[Reason, ...]
    notes: tuple[Reason, ...]
    missing: tuple[str, ...]

    @property
    def amount_met(self) -> bool:
        """Whether either amount is reached by Henan's figures."""
        return self.single_met or self.many_met

    @property
    def ready(self) -> bool:
        """Whether all elements are on file."""
        return self.amount_met and self.ordered_unheeded and self.evasion_shown

    @property
    def articles(self) -> tuple[str, ...]:
        """Every article the proposal cites."""
        return articles_of((*self.reasons, *self.notes))


def propose_transfer(asked: Respondent, rules: CrimeRules, today: date) -> CrimeProposal:
    """Three answers and the words that sum them up: nothing here sends a case anywhere."""
    owed = [one for one in asked.workers if one.owing_fen > 0]
    total = sum(one.owing_fen for one in owed)
    tests = tuple(_test(one, rules) for one in owed)
    single = _best(one.henan for one in tests)
    many = _many(len(owed), total, rules.many, rules)
    order, state = pay_order(asked.orders, today, owing=bool(owed))
    lacking = _lacking(asked, single, many, state)
    return CrimeProposal(
        respondent=asked.name,
        workers=len(owed),
        owing_fen=total,
        single_met=single is Met.MET,
        many_met=many is Met.MET,
        ordered_unheeded=state is OrderState.UNHEEDED,
        evasion_shown=bool(asked.evasion),
        single=single,
        single_national=_best(one.national for one in tests),
        many=many,
        many_national=_many(len(owed), total, rules.national_many, rules),
        worker_tests=tests,
        order=state,
        order_deadline=order.deadline if order else None,
        words="尚缺：" + "、".join(lacking) if lacking else "具备移送审查条件",
        reasons=(
            *_single_reasons(tests, rules),
            *_many_reasons(len(owed), total, rules),
            _order_reason(order, state, rules),
            _evasion_reason(asked, rules),
        ),
        notes=_notes(asked, rules),
        missing=(
            *_missing(tests),
            *not_filled((rules.months, rules.people, rules.one, rules.many)),
        ),
    )


def reached(value: int, figure: Figure) -> Met:
    """Against a single amount met or not; against a span possible from its low end on."""
    if figure.low is None:
        return Met.UNKNOWN
    if value >= (figure.low if figure.high is None else figure.high):
        return Met.MET
    return Met.POSSIBLE if figure.high is not None and value >= figure.low else Met.NOT


_WEAKEST = (Met.NOT, Met.UNKNOWN, Met.POSSIBLE, Met.MET)


def _both(*answers: Met) -> Met:
    """Conditions that must all hold: as weak as the weakest."""
    return min(answers, key=_WEAKEST.index)


def _best(answers: Iterable[Met]) -> Met:
    """Conditions of which one is enough."""
    return max(answers, key=_WEAKEST.index, default=Met.NOT)


def _test(one: Owed, rules: CrimeRules) -> WorkerTest:
    """Three months and the amount, both (法释〔2013〕3号 3(1)(一))."""
    long = Met.UNKNOWN if one.months is None else reached(one.months, rules.months)
    henan = _both(long, reached(one.owing_fen, rules.one))
    national = _both(long, reached(one.owing_fen, rules.national_one))
    return WorkerTest(one.worker, one.owing_fen, one.months, henan, national)


def _many(people: int, total: int, amount: Figure, rules: CrimeRules) -> Met:
    """Ten people and the sum, both (法释〔2013〕3号 3(1)(二))."""
    return _both(reached(people, rules.people), reached(total, amount))


def _lacking(asked: Respondent, single: Met, many: Met, state: OrderState) -> list[str]:
    lacking = []
    if Met.MET not in (single, many):
        lacking.append("数额标准")
    if state is not OrderState.UNHEEDED:
        lacking.append("经责令支付逾期未付")
    if not asked.evasion:
        lacking.append("逃避支付或者有能力支付的证据")
    return lacking


def _single_reasons(tests: Sequence[WorkerTest], rules: CrimeRules) -> tuple[Reason, ...]:
    henan = sum(one.henan is Met.MET for one in tests)
    national = sum(one.national is Met.MET for one in tests)
    possible = sum(one.national is Met.POSSIBLE for one in tests)
    limit, span = rules.one.said, rules.national_one.said
    months = rules.months.said
    return (
        Reason(f"单人：{henan} 人达到河南标准（{months}且{limit}）", rules.one.basis),
        Reason(
            f"单人：{national} 人达到全国幅度高限，{possible} 人在幅度内（{months}且{span}）",
            rules.national_one.basis,
        ),
    )


def _many_reasons(people: int, total: int, rules: CrimeRules) -> tuple[Reason, ...]:
    head = f"多人：{people} 人，累计尚欠 {yuan(total)} 元"
    least = rules.people.said
    henan = _many(people, total, rules.many, rules).label
    national = _many(people, total, rules.national_many, rules).label
    return (
        Reason(f"{head}，河南标准（{least}且{rules.many.said}）{henan}", rules.many.basis),
        Reason(
            f"{head}，全国幅度（{least}且{rules.national_many.said}）{national}",
            rules.national_many.basis,
        ),
    )


def _order_reason(order: ServedOrder | None, state: OrderState, rules: CrimeRules) -> Reason:
    if order is None:
        return Reason("没有已送达的责令支付文书", rules.order)
    words = {
        OrderState.UNHEEDED: "期满仍有欠薪",
        OrderState.RUNNING: "期限未满",
        OrderState.OPEN: "没有写明期限",
        OrderState.OBEYED: "欠薪已付清",
    }
    until = f"，期限至{date_text(order.deadline)}" if order.deadline else ""
    served = f"{order.title}{order.number}于{date_text(order.effective_on)}送达"
    return Reason(f"{served}{until}，{words[state]}", rules.order)


def _evasion_reason(asked: Respondent, rules: CrimeRules) -> Reason:
    shown = "、".join(one.label for one in Evasion if one in asked.evasion)
    return Reason(f"逃避支付或者有能力支付：{shown or '没有勾选'}", rules.evasion)


def _notes(asked: Respondent, rules: CrimeRules) -> tuple[Reason, ...]:
    """Ways out, for whoever decides: none of them changes the answers above."""
    notes = [
        Reason("刑事立案前付清并承担赔偿责任、没有严重后果的，可以不认为是犯罪", rules.exit),
        Reason("提起公诉前付清的可以减免，一审宣判前付清的可以从轻", rules.exit),
    ]
    if Exit.UNAWARE in asked.exits:
        notes.append(Reason("有正当理由未知悉责令支付的，不算责令支付仍不支付", rules.order))
    if Exit.COMPENSATED in asked.exits:
        notes.append(Reason("已登记承担赔偿责任，请核对工资是否付清", rules.exit))
    if Exit.GRAVE in asked.exits:
        notes.append(Reason("已登记造成严重后果，立案前付清也只可以酌情从宽", rules.exit))
    return tuple(notes)


def _missing(tests: Sequence[WorkerTest]) -> tuple[str, ...]:
    bare = [one.worker for one in tests if one.months is None]
    if not bare:
        return ()
    names = "、".join(bare[:3]) + (f"等 {len(bare)} 人" if len(bare) > 3 else "")
    return (f"{names}的欠薪起止月未填，不能算月数",)
