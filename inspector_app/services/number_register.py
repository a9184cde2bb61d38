"""The register of numbers: each one issued, void with its reason, on lease, or given back."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from inspector_app.domain.cases import Case
from inspector_app.domain.clues import Clue
from inspector_app.domain.papers import NumberEntry, NumberState, Paper
from inspector_app.domain.words import Word
from inspector_app.errors import UserError
from inspector_app.ledger.rows import Rows
from inspector_app.services.desk import Desk
from inspector_app.services.exports import ledger_head
from inspector_app.services.number_stock import RUNNING_YEAR, series_words
from inspector_app.services.templates import forms_of
from inspector_app.sheets.lines_out import ExportResult
from inspector_app.sheets.numbers_out import NUMBERS, NumberOut
from inspector_app.sheets.register_out import write_register
from inspector_app.sync import memory
from inspector_app.sync.numbers import leases
from inspector_app.sync.numbers.number_line import NumberLine, Series

HERE = "本机"
Told = Mapping[str, Mapping[str, Any]]  # scope -> what the shared database says of its numbers


class Fate(Word):
    """What became of a number; each is in exactly one of these."""

    ISSUED = "issued", "已用"
    DRAFT = "draft", "草稿占用"
    VOID = "void", "作废"
    LEASED = "leased", "预留"
    FREE = "free", "退回待用"
    UNKNOWN = "unknown", "在别的电脑，联网可查"


@dataclass(frozen=True, slots=True)
class NumberRow:
    """A number of a series; `twin` when two papers bear it, from before two PCs met."""

    series: Series
    name: str
    no: int
    fate: Fate
    bearer: str = ""
    where: str = ""
    since: str = ""
    reason: str = ""
    twin: bool = False

    def fate_words(self) -> str:
        """已用, 重号 said with it."""
        return f"{self.fate.label}（重号）" if self.twin else self.fate.label


@dataclass(frozen=True, slots=True)
class SeriesSum:
    """A series in figures."""

    series: Series
    name: str
    last: int
    counts: Mapping[Fate, int]

    def words(self) -> str:
        """1 到 30 号：已用 20、作废 1、预留 9."""
        parts = [f"{fate.label} {self.counts[fate]}" for fate in Fate if self.counts.get(fate)]
        return f"1 到 {self.last} 号：{'、'.join(parts)}"


_OF_ENTRY = {
    NumberState.ISSUED: Fate.ISSUED,
    NumberState.LEASED: Fate.DRAFT,
    NumberState.VOID: Fate.VOID,
}


def ask(desk: Desk, line: NumberLine, year: int) -> Told:
    """What the shared database says of the numbers of every scope that is exchanged here."""
    with desk.ledger.read() as view:
        scopes = sorted(memory.cursors(view.connection))
    return {scope: line.register(scope, year) for scope in scopes}


def register(desk: Desk, year: int, told: Told | None = None) -> list[NumberRow]:
    """Every number 1 to n of the series of a year and of those that run on.

    `told` is what `ask` brought; without it, what other PCs hold is not known.
    """
    years = (year, RUNNING_YEAR)
    with desk.ledger.read() as view:
        forms_of(desk, view)  # what the bureau calls its kinds
        entries = [one for one in view.find(NumberEntry) if one.year in years]
        bearers = _bearers(view, entries)
        held = [one for one in leases.every(view.connection) if one.series[2] in years]
        device = memory.device(view.connection)
    found: dict[tuple[Series, int], list[NumberRow]] = {}
    for scope, doc in (told or {}).items():
        for row in doc["numbers"]:
            one = _told_row(desk, scope, row, device)
            found[one.series, one.no] = [one]
    for lease in held:
        one = NumberRow(
            lease.series, series_words(desk, lease.series), lease.no, Fate.LEASED, "", HERE,
            lease.at,
        )  # fmt: skip
        found.setdefault((one.series, one.no), [one])
    own: dict[tuple[Series, int], list[NumberRow]] = {}
    for entry in entries:
        one = _own_row(desk, entry, bearers)
        before = found.get((one.series, one.no), [one])[0]
        own.setdefault((one.series, one.no), []).append(
            replace(one, where=before.where, since=before.since)
        )
    twins = {key: [replace(one, twin=True) for one in rows] for key, rows in own.items()
             if len(rows) > 1}  # fmt: skip
    return _whole(desk, found | own | twins)


def _whole(desk: Desk, found: Mapping[tuple[Series, int], Sequence[NumberRow]]) -> list[NumberRow]:
    """Series by series from 1 on; what nobody here knows of stands there as such."""
    last: dict[Series, int] = {}
    for series, no in found:
        last[series] = max(last.get(series, 0), no)
    rows: list[NumberRow] = []
    for series in sorted(last):
        name = series_words(desk, series)
        for no in range(1, last[series] + 1):
            rows += found.get((series, no)) or [NumberRow(series, name, no, Fate.UNKNOWN)]
    return rows


def _own_row(desk: Desk, entry: NumberEntry, bearers: Mapping[str, str]) -> NumberRow:
    series = (entry.scope, entry.series, entry.year)
    return NumberRow(
        series, series_words(desk, series), entry.no, _OF_ENTRY[entry.state],
        bearers.get(entry.paper_id or "", ""), reason=entry.reason,
    )  # fmt: skip


def _told_row(desk: Desk, scope: str, row: Sequence[Any], device: str) -> NumberRow:
    name, year, no, state, where, who, reason, at, borne = row
    fate = Fate(state)
    if borne and fate is Fate.LEASED:
        fate = Fate.DRAFT
    series = (scope, name, year)
    place = HERE if where == device else f"{who or '未知'}的电脑" if where else ""
    said = reason if fate is Fate.VOID else ""
    return NumberRow(series, series_words(desk, series), no, fate, "", place, at, said)


def _bearers(view: Rows, entries: Iterable[NumberEntry]) -> dict[str, str]:
    ids = [one.paper_id for one in entries if one.paper_id]
    found = {one.id: one.number for one in view.find_in(Paper, "id", ids)}
    found |= {one.id: one.case_no for one in view.find_in(Case, "id", ids)}
    return found | {one.id: one.clue_no for one in view.find_in(Clue, "id", ids)}


def sums(rows: Iterable[NumberRow]) -> list[SeriesSum]:
    """Each series in figures, in the order of the rows."""
    counts: dict[Series, Counter[Fate]] = {}
    names: dict[Series, str] = {}
    last: dict[Series, int] = {}
    for row in rows:
        counts.setdefault(row.series, Counter())[row.fate] += 1
        names[row.series], last[row.series] = row.name, row.no
    return [SeriesSum(one, names[one], last[one], count) for one, count in counts.items()]


def since_words(since: str) -> str:
    """2026-09-28 09:41, in the time of this PC; empty stays empty."""
    return f"{datetime.fromisoformat(since).astimezone():%Y-%m-%d %H:%M}" if since else ""


def export(desk: Desk, path: Path, rows: Sequence[NumberRow]) -> ExportResult:
    """Write the register as a workbook; UserError when there is nothing."""
    if not rows:
        raise UserError("这一年还没有编号。", kind="empty")
    head = replace(ledger_head(desk), title="编号登记簿")
    lines = [
        NumberOut(
            "|".join(map(str, (*row.series, row.no, at))), row.name, str(row.series[2] or "连续"),
            row.no, row.fate_words(), row.bearer, row.where, since_words(row.since), row.reason,
        )
        for at, row in enumerate(rows)
    ]  # fmt: skip
    return write_register(path, NUMBERS, lines, head, masked=False)
