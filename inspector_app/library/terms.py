"""Reads resources/law/terms.toml into the terms the clocks run by."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from inspector_app.domain.law import ForceLevel, Statute, TextLevel, grouped
from inspector_app.domain.terms import Term, TermUnit
from inspector_app.domain.words import Word
from inspector_app.errors import UserError
from inspector_app.library.law import citations
from inspector_app.library.rows import Row, by_id, read_toml

UNDATED = date(2004, 12, 1)  # a term without an article: as old as the 监察条例 it serves


ROLL_SETTING, ROLL_NOT = "term_roll", "不顺延"


class Rolls(Word):
    """Why the last day moves on from a day off: by law, by the bureau's choice, or not at all."""

    LAW = "law", "依法顺延"
    SETTING = "setting", "按本局设置顺延"
    NO = "no", "不顺延"


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
    chosen: set[str] = set()

    def read(row: Row) -> Term:
        rolls = row.word("rolls", Rolls)
        if rolls is Rolls.SETTING:
            chosen.add(row.text("id"))
        try:
            return _term(row, statutes, rolls is not Rolls.NO)
        except UserError as error:
            raise error if error.kind == "library" else row.wrong(error.message) from error

    top = read_toml(office, "resources/law/terms.toml")
    found = by_id(top.rows("term"), read)
    top.finish()
    return Terms(found, frozenset(chosen))


def _term(row: Row, statutes: Mapping[str, Statute], rolls: bool) -> Term:
    cited = citations(row, "articles", statutes)
    base = statutes[cited[0][0].statute] if cited else None
    text = row.word("text", TextLevel, base.text_level if base else TextLevel.UNSEEN)
    force = row.word("force", ForceLevel, base.force_level if base else ForceLevel.UNCHECKED)
    term = Term(
        id=row.text("id"),
        name=row.text("name"),
        start_event=row.text("start_event"),
        length=row.maybe("length", row.number),
        unit=row.word("unit", TermUnit),
        extension=row.maybe("extension", row.number),
        extension_note=row.text("extension_note", ""),
        rolls=rolls,
        article=grouped(printed for _, printed in cited),
        text_level=str(text.value),
        force_level=str(force.value),
        note=row.text("note", ""),
        effective_from=row.maybe("effective_from", row.day)
        or (base.effective_from if base else UNDATED),
        effective_to=row.maybe("effective_to", row.day),
        setting=row.text("setting", ""),
    )
    if term.length is None and not term.setting:
        raise row.wrong("没有“length”的期限要写明由哪个“setting”填")
    if term.effective_to is not None and term.effective_to < term.effective_from:
        raise row.wrong("失效日期早于施行日期")
    return term
