"""Reads resources/law/: statutes, violations, triggers and evidence codes."""

from collections.abc import Mapping
from pathlib import Path

from inspector_app.domain.law import (
    Citation,
    EvidenceKind,
    Fine,
    FinePer,
    ForceLevel,
    Liable,
    Multiple,
    Statute,
    TextLevel,
    Trigger,
    Violation,
    cite,
    read_citation,
)
from inspector_app.errors import UserError
from inspector_app.library.rows import Row, by_id, read_toml

FEN = 100


def load_statutes(office: Path) -> dict[str, Statute]:
    """Statutes by their short name."""
    top = read_toml(office, "resources/law/statutes.toml")
    found = by_id(top.rows("statute", "short"), _statute, key="short")
    top.finish()
    return found


def _statute(row: Row) -> Statute:
    statute = Statute(
        short=row.text("short"),
        name=row.text("name"),
        number=row.text("number", ""),
        effective_from=row.day("effective_from"),
        effective_to=row.maybe("effective_to", row.day),
        text_level=row.word("text", TextLevel),
        force_level=row.word("force", ForceLevel),
        stored=row.text("stored", ""),
        note=row.text("note", ""),
    )
    if statute.effective_to is not None and statute.effective_to < statute.effective_from:
        raise row.wrong("失效日期早于施行日期")
    return statute


def citations(
    row: Row, key: str, statutes: Mapping[str, Statute]
) -> tuple[tuple[Citation, str], ...]:
    """The citations in a cell, read and as printed; a statute that is not listed is refused."""
    found: list[tuple[Citation, str]] = []
    for text in row.texts(key):
        try:
            citation = read_citation(text)
        except UserError as error:
            raise row.wrong(f"“{key}”{error.message}") from error
        if citation.statute not in statutes:
            raise row.wrong(f"“{key}”引用的“{citation.statute}”不在法规表里")
        found.append((citation, cite(citation, statutes[citation.statute])))
    return tuple(found)


def printed(row: Row, key: str, statutes: Mapping[str, Statute]) -> tuple[str, ...]:
    """The citations in a cell as they stand on paper."""
    return tuple(text for _, text in citations(row, key, statutes))


def load_triggers(office: Path, statutes: Mapping[str, Statute]) -> dict[str, Trigger]:
    """What a failed item sets off, by code."""

    def read(row: Row) -> Trigger:
        return Trigger(
            code=row.text("code"),
            name=row.text("name"),
            meaning=row.text("meaning"),
            basis=printed(row, "basis", statutes),
            note=row.text("note", ""),
        )

    top = read_toml(office, "resources/law/triggers.toml")
    return by_id(top.rows("trigger", "code"), read, key="code")


def load_evidence(office: Path) -> dict[str, EvidenceKind]:
    """Sorts of evidence by code."""

    def read(row: Row) -> EvidenceKind:
        return EvidenceKind(row.text("code"), row.text("name"), row.text("examples"))

    top = read_toml(office, "resources/law/evidence.toml")
    return by_id(top.rows("evidence", "code"), read, key="code")


def load_violations(office: Path, statutes: Mapping[str, Statute]) -> dict[str, Violation]:
    """Violations by code, from every file of resources/law/violations/ in name order."""
    found: dict[str, Violation] = {}
    for path in sorted((office / "resources/law/violations").glob("*.toml")):
        top = read_toml(office, f"resources/law/violations/{path.name}")
        read = by_id(
            top.rows("violation", "code"), lambda row: _violation(row, statutes), key="code"
        )
        top.finish()
        twice = sorted(read.keys() & found.keys())
        if twice:
            raise UserError(f"{top.file} {twice[0]}：“code”重复", kind="library")
        found |= read
    return found


def _violation(row: Row, statutes: Mapping[str, Statute]) -> Violation:
    per = row.word("per", FinePer, FinePer.CASE)
    violation = Violation(
        code=row.text("code"),
        name=row.text("name"),
        liable=tuple(_liable(row, code) for code in row.texts("liable")),
        breaches=printed(row, "breaches", statutes),
        penalties=printed(row, "penalties", statutes),
        order_first=row.flag("order_first"),
        triggers=row.texts("triggers"),
        evidence=row.texts("evidence"),
        unit_fine=row.maybe("unit_yuan", lambda key: _fine(row, key, per)),
        person_fine=row.maybe("person_yuan", lambda key: _fine(row, key, FinePer.CASE)),
        multiple=row.maybe("percent", lambda key: _multiple(row, key)),
        stop_work=row.flag("stop_work"),
        effective_from=row.maybe("effective_from", row.day),
        note=row.text("note", ""),
    )
    if not (violation.breaches or violation.penalties):
        raise row.wrong("违反的条款和罚则不能都为空")
    return violation


def _liable(row: Row, code: str) -> Liable:
    for member in Liable:
        if member.value == code:
            return member
    raise row.wrong(f"“liable”写的是“{code}”，没有这种责任主体")


def _span(row: Row, key: str) -> tuple[int, int]:
    low, high = row.pair(key)
    if not 0 <= low <= high:
        raise row.wrong(f"“{key}”的下限应不高于上限")
    return low, high


def _fine(row: Row, key: str, per: FinePer) -> Fine:
    low, high = _span(row, key)
    return Fine(low * FEN, high * FEN, per)


def _multiple(row: Row, key: str) -> Multiple:
    low, high = _span(row, key)
    return Multiple(low, high, row.text("percent_of"))
