"""Reads resources/law/terms.toml into the terms the clocks run by."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from inspector_app.domain.law import ForceLevel, Statute, TextLevel, grouped
from inspector_app.domain.terms import Direction, Origin, Rolling, Term, TermUnit, Whose
from inspector_app.errors import UserError
from inspector_app.library.law import citations
from inspector_app.library.rows import Row, by_id, read_toml

UNDATED = date(2004, 12, 1)  # a term without an article: as old as the 监察条例 it serves
ROLL_SETTING, ROLL_NOT = "term_roll", "不顺延"
FACT = re.compile(r"[a-z_]+([:=][A-Za-z0-9_]+)?")


@dataclass(frozen=True, slots=True)
class Terms:
    """All terms by id, and which of them roll only because the bureau chose so."""

    by_id: dict[str, Term]
    rolls_by_choice: frozenset[str]

    def chosen(self, settings: Mapping[str, str]) -> dict[str, Term]:
        """The terms as the bureau's settings complete them: empty lengths, and rolling."""
        keep = settings.get(ROLL_SETTING, "") == ROLL_NOT
        return {
            key: replace(
                term,
                length=term.length or _days(settings.get(term.setting, "")),
                rolls=term.rolls and not (keep and key in self.rolls_by_choice),
            )
            for key, term in self.by_id.items()
        }


def _days(text: str) -> int | None:
    """A length as the bureau wrote it; nothing, or 0, is none."""
    return int(text) or None if text.isascii() and text.isdigit() else None


def load_terms(office: Path, statutes: Mapping[str, Statute]) -> Terms:
    """Terms by id; levels and dates come from the first statute cited unless the row says more."""
    rows: dict[str, Row] = {}

    def read(row: Row) -> Term:
        rows[row.text("id")] = row
        try:
            return _term(row, statutes)
        except UserError as error:
            raise error if error.kind == "library" else row.wrong(error.message) from error

    top = read_toml(office, "resources/law/terms.toml")
    found = by_id(top.rows("term"), read)
    top.finish()
    for term in found.values():
        _check_pair(rows[term.id], term, found)
    by_choice = (key for key, term in found.items() if term.rolling is Rolling.SETTING)
    return Terms(found, frozenset(by_choice))


def _term(row: Row, statutes: Mapping[str, Statute]) -> Term:
    cited = citations(row, "articles", statutes)
    base = statutes[cited[0][0].statute] if cited else None
    text = row.word("text", TextLevel, base.text_level if base else TextLevel.UNSEEN)
    force = row.word("force", ForceLevel, base.force_level if base else ForceLevel.UNCHECKED)
    rolling = row.word("rolls", Rolling)
    converted = citations(row, "conversion", statutes) if row.has("conversion") else ()
    term = Term(
        id=row.text("id"),
        name=row.text("name"),
        start_event=row.text("start_event"),
        length=row.maybe("length", row.number),
        unit=row.word("unit", TermUnit),
        extension=row.maybe("extension", row.number),
        extension_unit=row.word("extension_unit", TermUnit) if row.has("extension_unit") else None,
        extension_note=row.text("extension_note", ""),
        extension_approver=row.text("extension_approver", ""),
        rolls=rolling is not Rolling.NO,
        article=grouped(printed for _, printed in cited),
        text_level=str(text.value),
        force_level=str(force.value),
        note=row.text("note", ""),
        effective_from=row.maybe("effective_from", row.day)
        or (base.effective_from if base else UNDATED),
        effective_to=row.maybe("effective_to", row.day),
        setting=row.text("setting", ""),
        direction=row.word("direction", Direction, Direction.FORWARD),
        rolling=rolling,
        whose=row.word("whose", Whose, Whose.OFFICE),
        origin=row.word("origin", Origin, Origin.NATIONAL),
        beside=row.text("beside", ""),
        starts=_facts(row, "starts"),
        ends=_facts(row, "ends"),
        when=_facts(row, "when"),
        stoppable=row.flag("stoppable"),
        conversion=grouped(printed for _, printed in converted),
        daily_percent=row.maybe("daily_percent", row.number),
        cap_percent=row.maybe("cap_percent", row.number),
    )
    _check(row, term)
    return term


def _facts(row: Row, key: str) -> tuple[str, ...]:
    """Codes of facts of a case: file, review_received=summary, served:penalty_notice, end:D17."""
    codes = row.texts(key, ())
    for code in codes:
        if not FACT.fullmatch(code):
            raise row.wrong(f"“{key}”里的“{code}”不是事实的代码，应如 file、served:penalty_notice")
    if len(set(codes)) < len(codes):
        raise row.wrong(f"“{key}”里有重复的代码")
    return codes


def _check(row: Row, term: Term) -> None:
    """What one row must say to make sense."""
    series = term.daily_percent is not None
    if term.length is None and not term.setting and not series:
        raise row.wrong("没有“length”的期限要写明由哪个“setting”填")
    if term.setting and (term.length is not None or series):
        raise row.wrong("“setting”只用于没有“length”的期限")
    if term.effective_to is not None and term.effective_to < term.effective_from:
        raise row.wrong("失效日期早于施行日期")
    if term.conversion and term.unit is not TermUnit.WORKING_DAYS:
        raise row.wrong("“conversion”只用于按工作日计算的期限")
    if (term.ends or term.when) and not term.starts:
        raise row.wrong("没有“starts”的期限不在案件里计时，不能有“ends”或者“when”")


def _check_pair(row: Row, term: Term, terms: Mapping[str, Term]) -> None:
    """What a row must say to make sense beside the others."""
    if term.beside:
        other = terms.get(term.beside)
        if other is None or other.origin is not Origin.NATIONAL:
            raise row.wrong(f"“beside”应为一条国家规定的编号，没有“{term.beside}”")
        if term.origin is Origin.NATIONAL:
            raise row.wrong("有“beside”的应为地方规定（origin）")
    for code in (*term.starts, *term.ends, *term.when):
        kind, _, key = code.partition(":")
        if kind == "end" and key not in terms:
            raise row.wrong(f"“{code}”里没有编号为“{key}”的期限")
