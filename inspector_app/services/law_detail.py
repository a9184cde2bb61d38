"""Everything about one rule on one sheet: value, basis, levels, the bureau's own, who uses it."""

from dataclasses import dataclass
from datetime import date

from inspector_app.domain.bureau_law import DiscretionBand, RuleChoice
from inspector_app.domain.law import Basis, ForceLevel, Statute, TextLevel, Violation
from inspector_app.domain.procedure import GuardRow, StepRow
from inspector_app.domain.rules import Figure, MinimumWage
from inspector_app.domain.term_rules import Rolling, Term, TermUnit
from inspector_app.errors import UserError
from inspector_app.library.loading import Library
from inspector_app.services.desk import Desk
from inspector_app.services.law_facts import Fact, facts_of
from inspector_app.services.law_pairs import TermPair, pair_of
from inspector_app.services.law_rows import Applied, LawKind, applied_rules, basis_of_printed
from inspector_app.services.law_texts import WholeText, whole_text
from inspector_app.services.law_uses import Use, UseGroup, beyond, used_by
from inspector_app.services.law_words import (
    cited_in,
    level_sentences,
    span_words,
    value_words,
)
from inspector_app.services.rule_values import (
    FIELD_WORDS,
    FIGURE_FIELDS,
    NO,
    OTHER_FIELDS,
    TERM_FIELDS,
    YES,
)
from inspector_app.services.rules import office_rules
from inspector_app.services.statutes import ShownArticle, beside, current_texts


@dataclass(frozen=True, slots=True)
class ChosenValue:
    """The bureau's value for a field beside the one of the pack, with who, when and why."""

    field: str
    label: str
    pack: str
    own: str
    why: str
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """An article a rule cites, as printed; `statute` is its short name ("" when not listed).

    `imported`: the bureau brought the text of that statute in.
    """

    printed: str
    statute: str
    imported: bool
    role: str = ""  # 违反 or 罚则, for a violation


@dataclass(frozen=True, slots=True)
class WageLine:
    """The province's minimum wage from a day on, by class; fen a month and fen an hour."""

    since: date
    usable: bool
    classes: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class LawDetail:
    """One rule in words. `levels` are the two sentences about its verification, or one of why not.

    `askable` are the fields the bureau may choose a value for, with the value of the pack.
    """

    key: str
    kind: LawKind | None
    code: str
    name: str
    value: str
    pack_value: str
    off: bool
    text_level: TextLevel | None
    force_level: ForceLevel | None
    levels: tuple[str, ...]
    span: str
    note: str
    facts: tuple[Fact, ...]
    articles: tuple[ArticleLine, ...]
    beside: tuple[ShownArticle, ...]
    text: WholeText | None  # of a statute, where the bureau brought it in
    pair: TermPair | None
    chosen: tuple[ChosenValue, ...]
    askable: tuple[Fact, ...]
    bands: tuple[DiscretionBand, ...]
    wages: tuple[WageLine, ...]
    hints: tuple[Use, ...]  # local clauses that go beyond this rule, never applied
    uses: tuple[UseGroup, ...]

    @property
    def is_violation(self) -> bool:
        """Whether it has a discretion standard."""
        return self.kind is LawKind.VIOLATION


def find_applied(desk: Desk, key: str) -> Applied:
    """The rule of that key; UserError when there is none."""
    wanted = key.strip()
    rules = {one.key: one for one in applied_rules(desk)}
    found = rules.get(wanted) or rules.get(wanted.upper())
    if found is None:
        raise UserError(f"法规库中没有“{key}”。", field="rule", kind="unknown")
    return found


def rule_detail(desk: Desk, key: str) -> LawDetail:
    """The sheet of one rule."""
    one, rules = find_applied(desk, key), office_rules(desk)
    basis = one.basis
    pack = basis_of_printed(desk.library, _printed(one)) or basis
    return LawDetail(
        key=one.key,
        kind=one.kind,
        code=one.code,
        name=one.name,
        value=value_words(one.applied, desk.library),
        pack_value=value_words(one.pack, desk.library),
        off=one.key in rules.off or one.kind is LawKind.CONFLICT,
        text_level=basis.text_level if basis else None,
        force_level=basis.force_level if basis else None,
        levels=_levels(one),
        span=span_words(basis) if basis else "",
        note=_note(one),
        facts=tuple(fact for fact in facts_of(one.applied, desk.library) if fact[1]),
        articles=article_lines(desk, _printed(one), getattr(one.pack, "penalties", ())),
        beside=tuple(beside(desk, pack.cited)) if pack else (),
        text=whole_text(desk, one.key) if one.kind is LawKind.STATUTE else None,
        pair=pair_of(desk, one.applied) if isinstance(one.applied, Term) else None,
        chosen=tuple(_chosen(one, choice) for choice in rules.chosen(one.key)),
        askable=_askable(one),
        bands=tuple(band for band in rules.bands if band.violation == one.key),
        wages=_wages(desk.library) if isinstance(one.pack, MinimumWage) else (),
        hints=_hints(desk.library, one),
        uses=used_by(desk, one),
    )


def _printed(one: Applied) -> tuple[str, ...]:
    """The articles as the pack prints them, without the words about the bureau's choice."""
    value = one.pack
    if isinstance(value, Term):
        return (value.article,) if value.article else ()
    if isinstance(value, Statute):
        return ()
    if isinstance(value, StepRow | GuardRow):
        return value.articles
    basis = getattr(value, "basis", None) or one.basis
    return basis.articles if basis else ()


def _note(one: Applied) -> str:
    """What the pack says beside the rule; why the bureau chose otherwise stands elsewhere."""
    value, basis = one.pack, getattr(one.pack, "basis", None)
    parts = [basis.note if isinstance(basis, Basis) else ""]
    if isinstance(value, StepRow):
        parts = [value.rule, value.note]
    elif isinstance(value, GuardRow):
        parts = [value.rule]
    elif isinstance(value, Violation | Term | Statute):
        parts.append(value.note)
    return "；".join(dict.fromkeys(part for part in parts if part))


def _levels(one: Applied) -> tuple[str, ...]:
    if one.basis is None:
        return ("没有可以引用的条文，是本局的要求或者记录事项。",)
    return level_sentences(one.basis.text_level, one.basis.force_level)


def article_lines(
    desk: Desk, printed: tuple[str, ...], penalties: tuple[str, ...] = ()
) -> tuple[ArticleLine, ...]:
    """The articles one by one; of a violation whether each is broken or punishes."""
    texts, statutes = current_texts(desk), desk.library.statutes
    lines = []
    for text in (part for one in printed for part in one.split("，")):
        cited = cited_in(text, statutes)
        short = cited[0].statute if cited else ""
        role = "" if not penalties else "罚则" if text in penalties else "违反"
        lines.append(ArticleLine(text, short, short in texts, role))
    return tuple(lines)


# ── the bureau's own ─────────────────────────────────────────────────────────────────────────
def _askable(one: Applied) -> tuple[Fact, ...]:
    """Fields the bureau may choose a value for, with what the pack says."""
    value = one.pack
    if one.kind in (LawKind.PROCEDURE, LawKind.CONFLICT, LawKind.STATUTE):
        return ()
    fields: tuple[str, ...] = OTHER_FIELDS
    if isinstance(value, Term):
        unit = one.applied.unit if isinstance(one.applied, Term) else value.unit
        fixed = value.rolling is Rolling.LAW or unit in (TermUnit.HOURS, TermUnit.WORKING_DAYS)
        fields = tuple(f for f in TERM_FIELDS if not (f == "rolling" and fixed))
        if value.daily_percent:
            fields = OTHER_FIELDS
    elif isinstance(value, Figure):
        fields = tuple(f for f in FIGURE_FIELDS if f != "high" or value.high is not None)
    return tuple((field, field_words(value, field)) for field in fields)


def field_words(value: object, field: str) -> str:
    """What the pack says in one field of a rule."""
    if field == "off":
        return NO
    if isinstance(value, Term):
        return {
            "length": _length(value),
            "unit": value.unit.label,
            "rolling": YES if value.rolls else NO,
        }[field]
    if isinstance(value, Figure):
        number = value.low if field == "low" else value.high
        return "没有规定" if number is None else value.unit.said(number)
    return ""


def _length(term: Term) -> str:
    return f"{term.length} {term.unit.label}" if term.length else "没有规定"


def _chosen(one: Applied, choice: RuleChoice) -> ChosenValue:
    own, value = choice.value, one.applied
    if isinstance(value, Term):
        units = {"unit": value.unit.label, "length": _length(value)}
        own = units.get(choice.field, own)
    elif isinstance(value, Figure) and choice.field in ("low", "high"):
        number = value.low if choice.field == "low" else value.high
        own = choice.value if number is None else value.unit.said(number)
    return ChosenValue(
        field=choice.field,
        label=FIELD_WORDS.get(choice.field, choice.field),
        pack=field_words(one.pack, choice.field),
        own=own,
        why=choice.why,
        by=choice.decided_by,
        on=choice.decided_on,
    )


# ── beside the rule ──────────────────────────────────────────────────────────────────────────
def _wages(library: Library) -> tuple[WageLine, ...]:
    by_day: dict[date, dict[int, MinimumWage]] = {}
    for wage in library.minimum_wages.values():
        by_day.setdefault(wage.basis.effective_from, {})[wage.area_class] = wage
    return tuple(
        WageLine(
            since,
            not any(one.history_only for one in row.values()),
            tuple((row[number].month_fen, row[number].hour_fen) for number in sorted(row)),
        )
        for since, row in sorted(by_day.items(), reverse=True)
    )


def _hints(library: Library, one: Applied) -> tuple[Use, ...]:
    if not isinstance(one.pack, Violation):
        return ()
    return tuple(
        Use(f"rule:{clause.id}", clause.name, f"{clause.local_says}。{clause.advice}")
        for clause in library.henan_conflicts.values()
        if beyond(clause, one.pack)
    )
