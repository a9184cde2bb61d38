"""Reads resources/law/: statutes, what a row stands on, triggers and evidence codes."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from inspector_app.domain.law import (
    UNDATED,
    Basis,
    Citation,
    EvidenceKind,
    ForceLevel,
    Statute,
    TextLevel,
    Trigger,
    cite,
    read_citation,
)
from inspector_app.domain.words import Word
from inspector_app.errors import UserError
from inspector_app.library.rows import Row, table

W = TypeVar("W", bound=Word)
READ = (TextLevel.FULL, TextLevel.EXCERPT, TextLevel.SECONDARY, TextLevel.UNSEEN)


def load_statutes(office: Path) -> dict[str, Statute]:
    """Statutes by their short name."""
    return table(office, "resources/law/statutes.toml", "statute", _statute, key="short")


def _statute(row: Row) -> Statute:
    statute = Statute(
        short=row.text("short"),
        name=row.text("name"),
        number=row.text("number", ""),
        effective_from=row.maybe("effective_from", row.day) or UNDATED,
        effective_to=row.maybe("effective_to", row.day),
        text_level=_rung(row, "text", READ),
        force_level=row.word("force", ForceLevel),
        last_article=row.number("last_article", 0),
        undivided=row.flag("undivided"),
        stored=row.text("stored", ""),
        note=row.text("note", ""),
    )
    if statute.effective_from == UNDATED and not statute.note:
        raise row.wrong("没有“effective_from”的要在“note”写明原因")
    if statute.effective_to is not None and statute.effective_to < statute.effective_from:
        raise row.wrong("失效日期早于施行日期", "effective_to")
    return statute


def citations(
    row: Row, key: str, statutes: Mapping[str, Statute]
) -> tuple[tuple[Citation, str], ...]:
    """The citations in a cell, read and as printed; one that no listed statute has is refused."""
    found: list[tuple[Citation, str]] = []
    for text in row.texts(key):
        try:
            citation = read_citation(text)
        except UserError as error:
            raise row.wrong(f"“{key}”{error.message}", key) from error
        statute = statutes.get(citation.statute)
        if statute is None:
            raise row.wrong(f"“{key}”引用的“{citation.statute}”不在法规表里", key)
        if not statute.has(citation):
            raise row.wrong(f"“{key}”引用的“{text}”不存在，该法规没有这一条", key)
        found.append((citation, cite(citation, statute)))
    return tuple(found)


def printed(row: Row, key: str, statutes: Mapping[str, Statute]) -> tuple[str, ...]:
    """The citations in a cell as they stand on paper."""
    return tuple(text for _, text in citations(row, key, statutes))


def basis(row: Row, statutes: Mapping[str, Statute], *keys: str) -> Basis:
    """What a row stands on: the articles in the cells of `keys` ("articles" when none is named).

    A row is as well checked as the weakest statute it cites, and its own cells `text` and `force`
    may only say less. Its dates are those of the first statute cited, unless the row says others.
    """
    cited = [one for key in keys or ("articles",) for one in citations(row, key, statutes)]
    bases = [statutes[citation.statute] for citation, _ in cited]
    if not cited and not row.text("note", ""):
        raise row.wrong("没有依据条款的要在“note”写明原因")
    first = bases[0].effective_from if bases else UNDATED
    made = Basis(
        articles=tuple(dict.fromkeys(text for _, text in cited)),
        text_level=_level(row, "text", READ, (one.text_level for one in bases)),
        force_level=_level(row, "force", tuple(ForceLevel), (one.force_level for one in bases)),
        effective_from=row.maybe("effective_from", row.day) or first,
        effective_to=row.maybe("effective_to", row.day)
        or (bases[0].effective_to if bases else None),
        note=row.text("note", ""),
        cited=tuple(dict.fromkeys(citation for citation, _ in cited)),
    )
    if made.effective_to is not None and made.effective_to < made.effective_from:
        raise row.wrong("失效日期早于施行日期", "effective_to")
    return made


def _level(row: Row, key: str, ladder: tuple[W, ...], cited: Iterable[W]) -> W:
    """The weakest of the statutes cited, or less where the row says so; ladders go from best down.

    Without any article nothing was read in full, whatever the row says.
    """
    weakest = max(map(ladder.index, cited), default=None)
    best = len(ladder) // 2 if weakest is None else weakest
    said = _rung(row, key, ladder, ladder[-1 if weakest is None else weakest])
    if ladder.index(said) < best:
        raise row.wrong(f"“{key}”写的是“{said.value}”，高于所引法规的核实程度", key)
    return said


def _rung(row: Row, key: str, ladder: tuple[W, ...], default: W | None = None) -> W:
    """A level the pack may give: a choice of the bureau is none."""
    said = row.word(key, type(ladder[0]), default)
    if said not in ladder:
        raise row.wrong(f"“{key}”写的是“{said.value}”，只有本局的选择才这样写", key)
    return said


def load_triggers(office: Path, statutes: Mapping[str, Statute]) -> dict[str, Trigger]:
    """What a failed item sets off, by code."""

    def read(row: Row) -> Trigger:
        return Trigger(
            code=row.text("code"),
            name=row.text("name"),
            meaning=row.text("meaning"),
            basis=basis(row, statutes),
            note=row.text("note", ""),
        )

    return table(office, "resources/law/triggers.toml", "trigger", read, key="code")


def load_evidence(office: Path, statutes: Mapping[str, Statute]) -> dict[str, EvidenceKind]:
    """Sorts of evidence by code."""

    def read(row: Row) -> EvidenceKind:
        found = basis(row, statutes)
        return EvidenceKind(row.text("code"), row.text("name"), row.text("examples"), found)

    return table(office, "resources/law/evidence.toml", "evidence", read, key="code")
