"""Who answers for unpaid wages: the rows of the table in order, names from the party chain."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from inspector_app.domain.deciders import Reason, articles_of
from inspector_app.domain.law import Basis
from inspector_app.domain.money import yuan
from inspector_app.domain.parties import PartyRole
from inspector_app.domain.rules import LiabilityRule, SituationFact

# Codes of resources/law/liability.toml that a party chain can tell by itself.
DIRECT_HIRE, SUB_OWES, UNQUALIFIED = "direct_hire", "sub_owes", "let_to_unqualified"
NOBODY_PAYS = "nobody_pays"
UNPAID_PRICE = "unpaid_price"

_EMPLOYING = {PartyRole.SUB, PartyRole.LABOUR, PartyRole.CREW}
# Words of the law a payer is named by -> whose names they stand for.
_ROLES: tuple[tuple[str, tuple[PartyRole, ...]], ...] = (
    ("建设单位", (PartyRole.OWNER,)),
    ("施工总承包单位", (PartyRole.GENERAL,)),
    ("分包单位", (PartyRole.SUB, PartyRole.LABOUR)),
)
_OWN_WORDS = ("用人单位", "该单位")


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One unit on the project of the case; `own`: it is the unit the case is about."""

    role: PartyRole
    name: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known of a case. `ticked` is None while no inspector has looked at the facts."""

    employer: str
    engineering: bool
    chain: Sequence[ChainLink] = ()
    ticked: frozenset[str] | None = None
    owing_fen: int = 0
    unpaid_price_fen: int | None = None  # 未结清的工程款, as typed


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact that can be ticked: whether it is, and where that comes from."""

    code: str
    name: str
    ticked: bool
    source: str


@dataclass(frozen=True, slots=True)
class Payer:
    """Who answers, in the words of the law, and which units of the chain that is."""

    words: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LiabilityLine:
    """One row of the table that applies. `main` is the first one; the others stand beside it."""

    rule: str
    situation: str
    main: bool
    last_resort: bool
    payers: tuple[Payer, ...]
    limit_fen: int | None
    limit: str
    recourse: str
    basis: Basis
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LiabilityProposal:
    """Who answers for the wages of a case; proposed for a person to decide on."""

    facts: tuple[FactLine, ...]
    lines: tuple[LiabilityLine, ...]
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...]

    @property
    def articles(self) -> tuple[str, ...]:
        """Every article the proposal cites."""
        return articles_of(self.reasons)


def told_by_chain(situation: Situation) -> dict[str, str]:
    """Facts the party chain shows, each with the reason; never more than it shows."""
    roles = {link.role for link in situation.chain if link.own}
    others = {link.role for link in situation.chain if not link.own}
    if not situation.engineering or not situation.chain:
        return {} if situation.engineering else {DIRECT_HIRE: "没有工程项目，按单位直接用工"}
    found = {}
    if roles & {PartyRole.SUB, PartyRole.LABOUR} and PartyRole.GENERAL in others:
        found[SUB_OWES] = "参建单位中本案单位是分包、劳务单位，另有施工总承包单位"
    if PartyRole.CREW in roles:
        found[UNQUALIFIED] = "参建单位中用工的是班组长（个人）"
    if PartyRole.GENERAL in roles and not others & _EMPLOYING:
        found[DIRECT_HIRE] = "参建单位中本案单位是施工总承包单位，没有登记分包、班组"
    return found


def propose_liability(
    situation: Situation,
    rules: Iterable[LiabilityRule],
    facts: Mapping[str, SituationFact],
) -> LiabilityProposal:
    """The rows that apply, the first one leading; the deposit and the fund always come last."""
    told = told_by_chain(situation)
    listed = _facts(situation, facts, told)
    ticked = {one.code for one in listed if one.ticked}
    ordered = sorted(rules, key=lambda rule: rule.order)
    hits = [one for one in ordered if _applies(one, ticked) and not _last_resort(one)]
    last = [one for one in ordered if _last_resort(one)] if situation.engineering else []
    lines = (
        *(_line(one, situation, main=number == 0) for number, one in enumerate(hits)),
        *(_line(one, situation, main=not hits and NOBODY_PAYS in ticked) for one in last),
    )
    return LiabilityProposal(
        facts=listed,
        lines=lines,
        reasons=(*_sources(situation, told, facts), *(_reason(one) for one in lines)),
        missing=(
            *(["没有勾选能够确定清偿责任的情形"] if not hits else []),
            *_chain_missing(situation),
            *(text for one in lines for text in one.missing),
        ),
    )


def _facts(
    situation: Situation, facts: Mapping[str, SituationFact], told: Mapping[str, str]
) -> tuple[FactLine, ...]:
    """Facts of the situation: as an inspector ticked them, else as the chain tells."""
    asked = [one for one in facts.values() if situation.engineering or not one.engineering]
    ticked = situation.ticked
    if ticked is None:
        return tuple(
            FactLine(one.code, one.name, one.code in told, told.get(one.code, "")) for one in asked
        )
    return tuple(
        FactLine(one.code, one.name, one.code in ticked, "监察员勾选" if one.code in ticked else "")
        for one in asked
    )


def _sources(
    situation: Situation, told: Mapping[str, str], facts: Mapping[str, SituationFact]
) -> tuple[Reason, ...]:
    """Says what was taken from the chain without an inspector, or what goes against it."""
    known = {code: why for code, why in told.items() if code in facts}
    if situation.ticked is None:
        return tuple(
            Reason(f"预先勾选“{facts[code].name}”：{why}，请核对", inferred=True)
            for code, why in known.items()
        )
    return tuple(
        Reason(f"没有勾选“{facts[code].name}”，但{why}", inferred=True)
        for code, why in known.items()
        if code not in situation.ticked
    )


def _applies(rule: LiabilityRule, ticked: Collection[str]) -> bool:
    return all(code in ticked for code in rule.needs)


def _last_resort(rule: LiabilityRule) -> bool:
    return rule.needs == (NOBODY_PAYS,)


def _line(rule: LiabilityRule, situation: Situation, *, main: bool) -> LiabilityLine:
    last = _last_resort(rule)
    payers = tuple(_payer(words, situation) for words in rule.payers)
    limited = rule.limit == UNPAID_PRICE
    price = situation.unpaid_price_fen if limited else None
    missing = [] if last else [f"“{one.words}”是哪一家没有登记" for one in payers if not one.names]
    if limited and price is None:
        missing.append("未结清的工程款未填，限额没有确定")
    return LiabilityLine(
        rule=rule.id,
        situation=rule.situation,
        main=main,
        last_resort=last,
        payers=payers,
        limit_fen=None if price is None else min(price, situation.owing_fen),
        limit=_limit_words(price, situation) if limited else "",
        recourse=rule.recourse,
        basis=rule.basis,
        missing=tuple(missing),
    )


def _limit_words(price: int | None, situation: Situation) -> str:
    if price is None:
        return "以未结清的工程款为限（未填）"
    short = situation.owing_fen - price
    tail = f"，不足部分 {yuan(short)} 元" if short > 0 else "，足以清偿"
    return f"以未结清的工程款 {yuan(price)} 元为限{tail}"


def _payer(words: str, situation: Situation) -> Payer:
    """Names by the part the words speak of; the unit of the case where they say 用人单位."""
    roles = {role for label, meant in _ROLES if label in words for role in meant}
    if roles:
        names = [link.name for link in situation.chain if link.role in roles]
        return Payer(words, tuple(dict.fromkeys(names)))
    own = any(words == one for one in _OWN_WORDS)
    return Payer(words, (situation.employer,) if own else ())


def _chain_missing(situation: Situation) -> tuple[str, ...]:
    if not situation.engineering:
        return ()
    if not situation.chain:
        return ("项目没有登记参建单位",)
    known = {link.role for link in situation.chain}
    wanted = (PartyRole.OWNER, PartyRole.GENERAL)
    lacking = [f"项目没有登记{role.label}" for role in wanted if role not in known]
    if not any(link.own for link in situation.chain):
        lacking.append(f"{situation.employer}不在项目的参建单位中")
    return tuple(lacking)


def _reason(line: LiabilityLine) -> Reason:
    """One sentence: who, up to how much, and what follows; no article orders the last resorts."""
    who = "；".join(f"{p.words}（{'、'.join(p.names) or '未登记'}）" for p in line.payers)
    head = "以上都不能及时支付的" if line.last_resort else line.situation
    if line.last_resort:
        who = "→".join(one.words for one in line.payers)
    parts = [f"{head}：{who}", line.limit, line.recourse, line.basis.note]
    text = "；".join(part for part in parts if part)
    return Reason(text, line.basis, inferred=line.last_resort)
