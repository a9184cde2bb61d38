"""The rule pack as one list: every row with its kind, its name and what it stands on."""

from collections.abc import Iterator
from dataclasses import dataclass

from inspector_app.domain.law import Basis, ForceLevel, Statute, TextLevel
from inspector_app.domain.terms import Term
from inspector_app.domain.words import Word
from inspector_app.library.loading import Library


class RowKind(Word):
    """What a row of the pack is."""

    TERM = "term", "期限"
    VIOLATION = "violation", "违法行为"
    FIGURE = "figure", "数值"
    WAGE = "minimum_wage", "最低工资"
    LIABILITY = "liability", "清偿责任"
    REMEDY = "remedy", "救济途径"
    SERVICE = "service", "送达方式"
    CONFLICT = "conflict", "不用的地方条款"
    TRIGGER = "trigger", "去向"
    EVIDENCE = "evidence", "证据"
    FACT = "situation_fact", "清偿情形"
    PROOF = "proof_kind", "送达凭据"
    STATUTE = "statute", "法规"


@dataclass(frozen=True, slots=True)
class PackRow:
    """One row: `value` is the rule itself; `basis` is None for words that are not rules."""

    id: str
    kind: RowKind
    name: str
    value: object
    basis: Basis | None


def pack_rows(library: Library) -> Iterator[PackRow]:
    """Every row of the pack, kind by kind; an id that is used twice comes twice."""
    for term in library.terms.values():
        yield PackRow(term.id, RowKind.TERM, term.name, term, term_basis(term))
    for act in library.violations.values():
        yield PackRow(act.code, RowKind.VIOLATION, act.name, act, act.basis)
    for figure in library.figures.values():
        yield PackRow(figure.id, RowKind.FIGURE, figure.name, figure, figure.basis)
    for wage in library.minimum_wages.values():
        name = f"河南最低工资（第{wage.area_class}类）"
        yield PackRow(wage.id, RowKind.WAGE, name, wage, wage.basis)
    for rule in library.liability.values():
        yield PackRow(rule.id, RowKind.LIABILITY, rule.situation, rule, rule.basis)
    for remedy in library.remedies.values():
        yield PackRow(remedy.id, RowKind.REMEDY, remedy.name, remedy, remedy.basis)
    for rung in library.service_rules.values():
        yield PackRow(rung.id, RowKind.SERVICE, rung.name, rung, rung.basis)
    for clause in library.henan_conflicts.values():
        yield PackRow(clause.id, RowKind.CONFLICT, clause.name, clause, clause.basis)
    yield from _words(library)
    for statute in library.statutes.values():
        kind = RowKind.STATUTE
        yield PackRow(statute.short, kind, statute.name, statute, statute_basis(statute))


def _words(library: Library) -> Iterator[PackRow]:
    """Codes that the rules refer to."""
    for trigger in library.triggers.values():
        yield PackRow(trigger.code, RowKind.TRIGGER, trigger.name, trigger, trigger.basis)
    for sort in library.evidence.values():
        yield PackRow(sort.code, RowKind.EVIDENCE, sort.name, sort, sort.basis)
    for fact in library.situation_facts.values():
        yield PackRow(fact.code, RowKind.FACT, fact.name, fact, None)
    for proof in library.proof_kinds.values():
        yield PackRow(proof.code, RowKind.PROOF, proof.name, proof, None)


def find_row(library: Library, asked: str) -> PackRow | None:
    """The row of that id (small letters will do), or the statute of that short or full name."""
    words = asked.strip()
    by_id = {row.id: row for row in pack_rows(library)}
    found = by_id.get(words) or by_id.get(words.upper()) or by_id.get(words.lower())
    if found is not None:
        return found
    bare = words.strip("《》")
    return next((row for row in by_id.values() if row.name == bare), None)


def term_basis(term: Term) -> Basis:
    """A term says the same in its own fields."""
    return Basis(
        articles=(term.article,) if term.article else (),
        text_level=TextLevel(term.text_level),
        force_level=ForceLevel(term.force_level),
        effective_from=term.effective_from,
        effective_to=term.effective_to,
        note=term.note,
    )


def statute_basis(statute: Statute) -> Basis:
    """A statute stands on itself."""
    return Basis(
        articles=(f"《{statute.name}》",),
        text_level=statute.text_level,
        force_level=statute.force_level,
        effective_from=statute.effective_from,
        effective_to=statute.effective_to,
        note=statute.note,
    )
