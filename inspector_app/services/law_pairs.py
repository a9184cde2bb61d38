"""National and Henan terms side by side: what each says, how it comes out today, which leads."""

from dataclasses import dataclass
from datetime import date

from inspector_app.domain.law import ForceLevel, TextLevel
from inspector_app.domain.term_rules import Term
from inspector_app.domain.terms import compute, weekday_text
from inspector_app.services.desk import Desk
from inspector_app.services.law_words import term_value
from inspector_app.services.rules import OfficeRules, office_rules

EARLIER, NATIONAL, HENAN = "取较早的", "国家规定", "河南规定"


@dataclass(frozen=True, slots=True)
class TermSide:
    """One of the two: what it says and when it would end if it began today."""

    rule: str
    word: str  # 国家规定 or 河南规定
    name: str
    value: str
    article: str
    levels: str
    ends: date | None
    off: bool
    leads: bool


@dataclass(frozen=True, slots=True)
class TermPair:
    """Both, and why the leading one leads."""

    national: TermSide
    henan: TermSide
    why: str

    @property
    def leading(self) -> TermSide | None:
        """The one reminders go by; None when neither applies."""
        return next((one for one in (self.national, self.henan) if one.leads), None)


def pair_of(desk: Desk, term: Term) -> TermPair | None:
    """The pair a term belongs to; None when it stands alone."""
    rules = office_rules(desk)
    henan = term if term.beside else _beside(rules, term)
    national = rules.terms.get(henan.beside) if henan else None
    return term_pair(desk, national, henan) if henan and national else None


def _beside(rules: OfficeRules, term: Term) -> Term | None:
    return next((one for one in rules.terms.values() if one.beside == term.id), None)


def all_pairs(desk: Desk, lead: str | None = None) -> list[TermPair]:
    """Every pair of terms that run side by side, as a choice of `lead` would have them."""
    rules = office_rules(desk)
    return [
        term_pair(desk, rules.terms[term.beside], term, lead)
        for term in rules.terms.values()
        if term.beside in rules.terms
    ]


def term_pair(desk: Desk, national: Term, henan: Term, lead: str | None = None) -> TermPair:
    """Both sides, begun today; `lead` in place of the bureau's setting."""
    rules, today = office_rules(desk), desk.today()
    chosen = rules.settings.get("term_lead", "") if lead is None else lead
    ends = {term.id: compute(term, today, rules.calendar).due for term in (national, henan)}
    usable = [term for term in (national, henan) if term.id not in rules.off and ends[term.id]]
    leader, why = _leader(usable, ends, henan, chosen)
    sides = [
        TermSide(
            rule=term.id,
            word=word,
            name=term.name,
            value=term_value(term),
            article=desk.library.terms[term.id].article,
            levels=_levels(term),
            ends=ends[term.id],
            off=term.id in rules.off,
            leads=leader is not None and term.id == leader.id,
        )
        for term, word in ((national, NATIONAL), (henan, HENAN))
    ]
    return TermPair(sides[0], sides[1], why)


def _leader(
    usable: list[Term], ends: dict[str, date | None], henan: Term, chosen: str
) -> tuple[Term | None, str]:
    """Which one reminders go by, and the sentence that says why."""
    if not usable:
        return None, "两套期限都没有启用。"
    if len(usable) == 1:
        return usable[0], f"另一套没有启用，按{usable[0].origin.label}提醒。"
    if chosen in (NATIONAL, HENAN):
        leader = henan if chosen == HENAN else next(one for one in usable if one is not henan)
        return leader, f"本局设置为“{chosen}”，按{chosen}提醒，另一套照常计时。"
    leader = min(usable, key=lambda one: (ends[one.id] or date.max, one.beside != ""))
    when = weekday_text(ends[leader.id])
    said = f"今天起算，较早的是{leader.origin.label}，到{when}，按它提醒，另一套照常计时。"
    return leader, f"本局设置为“{EARLIER}”。{said}"


def _levels(term: Term) -> str:
    return f"{TextLevel(term.text_level).label} · {ForceLevel(term.force_level).label}"
