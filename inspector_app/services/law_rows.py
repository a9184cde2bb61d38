"""The list of everything the office goes by: one line a rule, found by code, name or article."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from inspector_app.domain.law import UNDATED, Basis, ForceLevel, TextLevel
from inspector_app.domain.procedure import GuardRow, StepRow
from inspector_app.domain.rules import MinimumWage
from inspector_app.domain.words import Word
from inspector_app.ledger.pinyin import variants
from inspector_app.library.loading import Library
from inspector_app.library.pack import RowKind, pack_rows, term_basis
from inspector_app.services.desk import Desk
from inspector_app.services.law_texts import text_bodies
from inspector_app.services.law_words import brief_words, cited_in
from inspector_app.services.rules import OfficeRules, office_rules

STEP, GUARD = "step:", "guard:"


class LawKind(Word):
    """The shelves of the rule browser, in their order."""

    TERM = "term", "期限"
    VIOLATION = "violation", "违法行为"
    FIGURE = "figure", "门槛和比例"
    LIABILITY = "liability", "清偿责任"
    REMEDY = "remedy", "救济"
    SERVICE = "service", "送达"
    WAGE = "wage", "最低工资"
    PROCEDURE = "procedure", "程序步骤和把关"
    STATUTE = "statute", "法规目录"
    CONFLICT = "conflict", "不用的地方条款"


_SHELVES = {
    RowKind.TERM: LawKind.TERM,
    RowKind.VIOLATION: LawKind.VIOLATION,
    RowKind.FIGURE: LawKind.FIGURE,
    RowKind.LIABILITY: LawKind.LIABILITY,
    RowKind.REMEDY: LawKind.REMEDY,
    RowKind.SERVICE: LawKind.SERVICE,
    RowKind.WAGE: LawKind.WAGE,
    RowKind.STATUTE: LawKind.STATUTE,
    RowKind.CONFLICT: LawKind.CONFLICT,
}


@dataclass(frozen=True, slots=True)
class LawRow:
    """One rule as the bureau applies it; `own`: it has a value of its own, `off`: it is not used.

    `key` opens the detail; `code` is what people call it by. Levels are None where no article
    stands behind the rule.
    """

    key: str
    kind: LawKind
    code: str
    name: str
    value: str
    articles: tuple[str, ...]
    text_level: TextLevel | None
    force_level: ForceLevel | None
    own: bool
    off: bool
    in_force: bool
    haystack: str  # what the search looks in


@dataclass(frozen=True, slots=True)
class Applied:
    """A rule with the value the bureau goes by beside the one of the pack."""

    key: str
    kind: LawKind
    code: str
    name: str
    pack: object
    applied: object
    basis: Basis | None


def applied_rules(desk: Desk) -> Iterator[Applied]:
    """Every rule of the browser, shelf by shelf."""
    library, rules = desk.library, office_rules(desk)
    steps_before = True
    for row in pack_rows(library):
        if row.kind is RowKind.STATUTE and steps_before:
            steps_before = False
            yield from _procedure(library)
        shelf = _SHELVES.get(row.kind)
        if shelf is not None:
            applied, basis = _own(rules, row.kind, row.id, row.value, row.basis)
            yield Applied(row.id, shelf, row.id, _name(row.name, row.value), row.value, applied,
                          basis)  # fmt: skip


def _name(name: str, value: object) -> str:
    """Which of the many minimum wages it is."""
    if isinstance(value, MinimumWage):
        classes = "一二三"[value.area_class - 1]
        return f"河南最低工资（{classes}类区域，{value.basis.effective_from.year}年）"
    return name


def _own(
    rules: OfficeRules, kind: RowKind, rule: str, value: object, basis: Basis | None
) -> tuple[object, Basis | None]:
    if kind is RowKind.TERM:
        term = rules.terms[rule]
        return term, term_basis(term)
    if kind is RowKind.FIGURE:
        figure = rules.figures[rule]
        return figure, figure.basis
    return value, basis


def _procedure(library: Library) -> Iterator[Applied]:
    rows: list[tuple[str, StepRow | GuardRow]] = [
        *((f"{STEP}{key}", step) for key, step in library.procedure.steps.items()),
        *((f"{GUARD}{key}", guard) for key, guard in library.procedure.guards.items()),
    ]
    for key, value in rows:
        word = "步骤" if isinstance(value, StepRow) else "把关"
        basis = basis_of_printed(library, value.articles)
        yield Applied(key, LawKind.PROCEDURE, word, value.name, value, value, basis)


def basis_of_printed(library: Library, articles: Iterable[str]) -> Basis | None:
    """What printed articles stand on: as well checked as the weakest statute among them."""
    printed = tuple(articles)
    cited = [one for text in printed for one in cited_in(text, library.statutes)]
    if not cited:
        return None
    bases = [library.statutes[one.statute] for one in cited]
    texts, forces = list(TextLevel), list(ForceLevel)
    return Basis(
        articles=printed,
        text_level=texts[max(texts.index(one.text_level) for one in bases)],
        force_level=forces[max(forces.index(one.force_level) for one in bases)],
        effective_from=bases[0].effective_from,
        effective_to=bases[0].effective_to,
        cited=tuple(cited),
    )


def law_rows(desk: Desk) -> list[LawRow]:
    """The lines of the browser; they are searched in memory, so that the list follows the keys."""
    rules, texts = office_rules(desk), text_bodies(desk)
    own = {one.rule for one in rules.choices if one.field != "off"}
    own |= {band.violation for band in rules.bands}
    return [
        _row(desk, one, texts.get(one.key, ""), own=one.key in own, off=_off(rules, one))
        for one in applied_rules(desk)
    ]


def _off(rules: OfficeRules, one: Applied) -> bool:
    return one.key in rules.off or one.kind is LawKind.CONFLICT


def _row(desk: Desk, one: Applied, body: str, *, own: bool, off: bool) -> LawRow:
    basis = one.basis
    value = brief_words(one.applied, desk.library)
    articles = basis.articles if basis else ()
    note = basis.note if basis else ""
    said = (one.code, one.key, one.name, value, note, *articles, body)
    return LawRow(
        key=one.key,
        kind=one.kind,
        code=one.code,
        name=one.name,
        value=value,
        articles=articles,
        text_level=basis.text_level if basis else None,
        force_level=basis.force_level if basis else None,
        own=own,
        off=off,
        in_force=basis is None or basis.effective_from == UNDATED or basis.in_force(desk.today()),
        haystack="\n".join(said).casefold(),
    )


def search_rows(
    rows: Iterable[LawRow],
    text: str = "",
    *,
    initials: Mapping[str, str] = MappingProxyType({}),
    kind: LawKind | None = None,
    levels: Iterable[str] = (),
    own: bool = False,
    off: bool = False,
) -> list[LawRow]:
    """Those that hold every word; of one shelf, of these levels, with a value of the bureau."""
    words, wanted = text.casefold().split(), set(levels)
    return [
        row
        for row in rows
        if (kind is None or row.kind is kind)
        and (not wanted or wanted & _level_keys(row))
        and (not own or row.own)
        and (not off or row.off)
        and all(word in row.haystack or word in initials.get(row.key, "") for word in words)
    ]


def row_initials(rows: Iterable[LawRow]) -> dict[str, str]:
    """The pinyin initials of each name, with every reading: dccl finds 调查处理."""
    return {row.key: "\n".join(variants([c for c in row.name if c.isalnum()])) for row in rows}


def _level_keys(row: LawRow) -> set[str]:
    found = (row.text_level, row.force_level)
    return {str(level.value) for level in found if level is not None} or {"none"}
