"""The rules as this bureau applies them: the pack, its settings, choices, bands and calendar."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from weakref import WeakKeyDictionary

from inspector_app.domain.bureau_law import CalendarYear, DiscretionBand, RuleChoice
from inspector_app.domain.office import Setting
from inspector_app.domain.rules import Figure
from inspector_app.domain.term_rules import Rolling, Term
from inspector_app.domain.workdays import WorkCalendar
from inspector_app.errors import UserError
from inspector_app.ledger.ids import firsts, natural_id
from inspector_app.ledger.ledger import Ledger
from inspector_app.ledger.mapping import table_name
from inspector_app.library.loading import Library
from inspector_app.library.pack import find_row
from inspector_app.services.desk import Desk
from inspector_app.services.rule_values import (
    BUREAU,
    FIELD_WORDS,
    FIGURE_FIELDS,
    OTHER_FIELDS,
    TERM_FIELDS,
    chosen_figure,
    chosen_term,
    read_value,
)
from inspector_app.services.settings import all_settings


@dataclass(frozen=True, slots=True)
class OfficeRules:
    """What the bureau goes by, read once; `off` are the ids of rules it switched off.

    A rule that is off still stands in `terms` and `figures`: ask `term` and `figure` for those
    that apply.
    """

    terms: Mapping[str, Term]
    figures: Mapping[str, Figure]
    calendar: WorkCalendar
    settings: dict[str, str]
    choices: tuple[RuleChoice, ...]
    bands: tuple[DiscretionBand, ...]
    off: frozenset[str]

    def term(self, rule: str) -> Term | None:
        """The term of that id unless it is unknown or switched off."""
        return None if rule in self.off else self.terms.get(rule)

    def figure(self, rule: str) -> Figure | None:
        """The figure of that id unless it is unknown or switched off."""
        return None if rule in self.off else self.figures.get(rule)

    def chosen(self, rule: str) -> tuple[RuleChoice, ...]:
        """What the bureau chose about a rule."""
        return tuple(one for one in self.choices if one.rule == rule)


# The last answer for each ledger with the step and the library it was true for: every clock of
# every case asks for it, and hardly a step of the ledger touches what it is made of.
_Step = tuple[int, str]
_LAST: WeakKeyDictionary[Ledger, tuple[_Step, Library, str, OfficeRules]] = WeakKeyDictionary()
_MADE_OF = frozenset(map(table_name, (Setting, RuleChoice, DiscretionBand, CalendarYear)))


def shipped_rules(library: Library) -> OfficeRules:
    """The rules of a bureau that has chosen nothing: where there is no ledger yet."""
    settings = {key: spec.default for key, spec in library.settings.items()}
    return OfficeRules(
        terms=library.chosen_terms(settings),
        figures=library.chosen_figures(settings),
        calendar=library.calendar,
        settings=settings,
        choices=(),
        bands=(),
        off=frozenset(),
    )


def office_rules(desk: Desk) -> OfficeRules:
    """The rules with everything the bureau chose applied to them."""
    step, library, city = desk.ledger.head(), desk.library, desk.city
    known = _LAST.get(desk.ledger)
    # The very library: an accepted pack makes another one that equals it.
    here = known is not None and known[1] is library and known[2] == city
    if known is not None and here and not _changed(desk.ledger, known[0], step):
        rules = known[3]
    else:
        rules = _read(desk)
    _LAST[desk.ledger] = (step, library, city, rules)
    return rules


def _changed(ledger: Ledger, before: _Step, now: _Step) -> bool:
    """Whether anything the rules are made of may have changed between two steps."""
    if before == now:
        return False
    if now[0] <= before[0]:  # another history: a copy was put back
        return True
    return any(one.root_type in _MADE_OF for one in ledger.touched_since(before[0]))


def _read(desk: Desk) -> OfficeRules:
    settings = all_settings(desk)
    with desk.ledger.read() as view:
        stored = view.find(RuleChoice, scope=desk.city)
        bands = view.find(DiscretionBand, scope=desk.city)
        years = firsts(view.find(CalendarYear, scope=desk.city), lambda one: one.year)
    trial = getattr(desk.library, "trial", None)
    years |= {trial.year: trial} if trial else {}
    made = firsts(stored, lambda one: (one.rule, one.field))
    choices = tuple(one for one in made.values() if one.value)
    by_rule: dict[str, list[RuleChoice]] = defaultdict(list)
    for one in choices:
        by_rule[one.rule].append(one)
    terms = desk.library.chosen_terms(settings)
    figures = desk.library.chosen_figures(settings)
    return OfficeRules(
        terms={key: _kept_term(term, by_rule.get(key, ())) for key, term in terms.items()},
        figures={key: _kept_figure(one, by_rule.get(key, ())) for key, one in figures.items()},
        calendar=with_years(desk.library.calendar, years.values()),
        settings=settings,
        choices=choices,
        bands=tuple(bands),
        off=frozenset(one.rule for one in choices if one.field == "off"),
    )


def with_years(calendar: WorkCalendar, years: Iterable[CalendarYear]) -> WorkCalendar:
    """The calendar with the notices the bureau entered in place of what was known of those years.

    The table ends where a year is missing: what lies behind the gap counts as not announced.
    """
    for one in sorted(years, key=lambda year: year.year):
        if not one.holidays:
            continue  # taken back
        holidays = {_day(one.year, text): _name(text) for text in one.holidays}
        calendar = replace(
            calendar,
            workdays=frozenset(day for day in calendar.workdays if day.year != one.year),
            holidays=frozenset(day for day in calendar.holidays if day.year != one.year),
            names={day: name for day, name in calendar.names.items() if day.year != one.year},
        ).with_changes(
            workdays=[_day(one.year, text) for text in one.workdays],
            holidays=holidays,
            names=holidays,
            last_year=max(calendar.last_year, one.year)
            if one.year <= calendar.last_year + 1
            else calendar.last_year,
        )
    return calendar


def _day(year: int, text: str) -> date:
    return date.fromisoformat(f"{year}-{text[:5]}")


def _name(text: str) -> str:
    return text.partition("=")[2]


def _kept_term(term: Term, choices: Sequence[RuleChoice]) -> Term:
    """The term with the bureau's choices; as the pack has it when they no longer fit it."""
    try:
        return chosen_term(term, choices)
    except UserError:
        return term


def _kept_figure(figure: Figure, choices: Sequence[RuleChoice]) -> Figure:
    try:
        return chosen_figure(figure, choices)
    except UserError:
        return figure


def stale_choices(desk: Desk) -> list[RuleChoice]:
    """Choices that change nothing any more: an update of the pack has outgrown their rule."""
    known = office_rules(desk)
    return [one for one in known.choices if _is_stale(desk.library, known, one)]


def _is_stale(library: Library, known: OfficeRules, one: RuleChoice) -> bool:
    if one.field == "off":
        return find_row(library, one.rule) is None
    term, figure = known.terms.get(one.rule), known.figures.get(one.rule)
    if term:
        return term.text_level != str(BUREAU.value)
    return figure is None or figure.basis.text_level is not BUREAU


@dataclass(frozen=True)
class _TrialLibrary(Library):
    """A library on which the days of one year are tried out before they are stored."""

    trial: CalendarYear


def with_trial_year(desk: Desk, year: CalendarYear) -> Desk:
    """The same desk, as it would count with the days of that year."""
    library = _TrialLibrary(desk.library.office, year)
    kept = {key: part for key, part in vars(desk.library).items() if key != "_dues"}
    vars(library).update(kept | {"calendar": with_years(desk.library.calendar, [year])})
    return replace(desk, library=library)


def choices_of(desk: Desk, rule: str) -> tuple[RuleChoice, ...]:
    """What the bureau chose about one rule and did not take back."""
    return office_rules(desk).chosen(known_rule(desk, rule))


def choose(desk: Desk, rule: str, field: str, value: str, why: str) -> RuleChoice:
    """Record the bureau's own value for a field of a rule, with its reason, who and when."""
    rule, field, value = known_rule(desk, rule), field.strip(), value.strip()
    if not value:
        message = "请填写本局的取值；要恢复原规则请用“撤回”。"
        raise UserError(message, field="value")
    return _store(desk, rule, field, _checked(desk, rule, field, value), why)


def take_back(desk: Desk, rule: str, field: str, why: str) -> RuleChoice:
    """Return to what the pack says, also for a rule it no longer holds; the trail keeps both."""
    wanted, field = rule.strip().upper(), field.strip()
    made = next(
        (
            one
            for one in office_rules(desk).choices
            if one.rule.upper() == wanted and one.field == field
        ),
        None,
    )
    if made is None:
        word = FIELD_WORDS.get(field, field)
        raise UserError(f"本局没有对 {rule} 的“{word}”另作规定。", field="field", kind="not_found")
    return _store(desk, made.rule, field, "", why)


def _store(desk: Desk, rule: str, field: str, value: str, why: str) -> RuleChoice:
    if not why.strip():
        raise UserError("请写明理由。", field="why")
    action = "采用本局口径" if value else "撤回本局口径"
    with desk.work(action, why.strip()) as uow:
        old = uow.first(RuleChoice, scope=desk.city, rule=rule, field=field)
        made = RuleChoice(
            id=old.id if old else natural_id(uow, RuleChoice, desk.city, rule, field),
            rule=rule,
            field=field,
            value=value,
            why=why.strip(),
            decided_on=desk.today(),
            decided_by=desk.actor,
            scope=desk.city,
            city=desk.city,
        )
        (uow.save if old else uow.add)(made)
        uow.commit()
    return made


def known_rule(desk: Desk, rule: str) -> str:
    """The id as the pack writes it; UserError when it holds no such rule."""
    row = find_row(desk.library, rule)
    if row is None or row.basis is None:
        raise UserError(f"法规库中没有“{rule}”。", field="rule", kind="unknown")
    return row.id


def _checked(desk: Desk, rule: str, field: str, value: str) -> str:
    """The value as it is stored; UserError with a sentence when the rule cannot take it."""
    term, figure = desk.library.terms.get(rule), desk.library.figures.get(rule)
    fields = TERM_FIELDS if term else FIGURE_FIELDS if figure else OTHER_FIELDS
    if field not in fields:
        known = "、".join(f"{name}（{FIELD_WORDS[name]}）" for name in fields)
        message = f"{rule} 没有可改的“{field}”。可用：{known}。"
        raise UserError(message, field="field", kind="unknown")
    value = read_value(field, value)
    if field == "rolling" and term and term.rolling is Rolling.LAW:
        raise UserError(f"{rule} 依法顺延，本局不能另作规定。", field="value")
    trial = RuleChoice("", rule, field, value, "", desk.today(), desk.actor, desk.city, desk.city)
    others = [one for one in choices_of(desk, rule) if one.field != field]
    try:
        if term:
            chosen_term(term, [*others, trial])
        elif figure:
            chosen_figure(figure, [*others, trial])
    except UserError as error:
        raise UserError(error.message, field="value") from error
    return value
