"""Stored values as an inspector reads them: words for codes, names for ids, 元 for fen, masked."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from inspector_app.domain.bureau_law import StatuteText
from inspector_app.domain.cases import Case, Stage
from inspector_app.domain.claims import WageClaim, Worker
from inspector_app.domain.clues import Clue, CluePerson
from inspector_app.domain.inspections import Inspection
from inspector_app.domain.masking import mask_name, mask_people, mask_text
from inspector_app.domain.money import yuan
from inspector_app.domain.office import Inspector
from inspector_app.domain.papers import Paper
from inspector_app.domain.parties import Employer, Project
from inspector_app.domain.terms import date_text
from inspector_app.domain.words import Word
from inspector_app.ledger.mapping import STORED, table_name
from inspector_app.ledger.rows import Rows
from inspector_app.ledger.schema import metadata
from inspector_app.library.loading import Library
from inspector_app.services.field_words import column_words
from inspector_app.services.office_subjects import office_subjects

EMPTY = "空"
HIDDEN_DIFFERS = "（隐去的部分不同）"
LONGEST, LONGEST_OPEN = 200, 4000
WHOLE = {"values": "文书里的内容", "form": "表样的内容", "mapping": "各列的对应"}
_STORED = {table_name(cls): cls for cls in STORED}
_SAME_ID = {"worker_private": "worker"}
_NAMES = ("name", "receiver", "witness")


@cache
def _hint(table: str, column: str) -> Any:
    """What a column holds, by the dataclass it belongs to; str when nobody says."""
    cls = _STORED.get(table)
    hint = get_type_hints(cls).get(column, str) if cls else str
    if get_origin(hint) in (Union, UnionType):
        return next(one for one in get_args(hint) if one is not type(None))
    return hint


def _title(view: Rows, cls: type[Any], row_id: str, say: Callable[[Any], str]) -> str:
    known = view.peek(cls, row_id)
    return say(known) if known is not None else "本机没有的记录"


def is_empty(value: object) -> bool:
    """Whether nothing stands there: a field left out is as empty as one left blank."""
    return value is None or value in ("", "[]")


def alike(first: object, second: object) -> bool:
    """Whether two stored values say the same."""
    return first == second or (is_empty(first) and is_empty(second))


class Sayings:
    """Says values with one ledger's names and one library's titles; masked unless `covered` is off.

    Whoever takes the cover off has put the look on record before.
    """

    def __init__(self, view: Rows, library: Library, *, covered: bool = True) -> None:
        self._view, self._library, self._covered = view, library, covered
        self._refs: Mapping[str, Callable[[str], str]] = {
            **office_subjects(view, library),
            "inspector": self._by(Inspector, lambda one: one.name),
            "employer": self._by(Employer, lambda one: one.name),
            "project": self._by(Project, lambda one: one.name),
            "case": self._by(Case, lambda one: one.case_no or "未编号的案件"),
            "clue": self._by(Clue, lambda one: one.clue_no or "未编号的线索"),
            "paper": self._by(Paper, self._paper),
            "worker": self._by(Worker, lambda one: self._name_of(one.name)),
            "wage_claim": self._by(WageClaim, self._claim),
            "statute_text": self._by(StatuteText, lambda one: one.title),
            "inspection": self._by(Inspection, lambda one: f"{date_text(one.on)}的检查"),
        }

    def value(self, table: str, column: str, value: object, of: str = "") -> str:
        """The value of a column; `of` is its aggregate: who reported a clue is not named in it."""
        if is_empty(value):
            return EMPTY
        words = self._said(table, column, value)
        if of and self._covered and table in ("clue", "clue_person"):
            people = self._view.find(CluePerson, clue_id=of)
            words = mask_people(
                words, [one.name for one in people], [one.address for one in people]
            )
        most = LONGEST if self._covered else LONGEST_OPEN
        return words if len(words) <= most else f"{words[:most]}…"

    def subject(self, table: str, row_id: str) -> str:
        """Which record a row is: 张*, 青禾建筑; empty when its kind has no name of its own."""
        if table == "case":
            known = self._view.peek(Case, row_id)
            unit = self._view.peek(Employer, known.employer_id) if known else None
            return unit.name if unit else ""
        ref = self._refs.get(_SAME_ID.get(table, table))
        return ref(row_id) if ref is not None else ""

    def pair(
        self, table: str, column: str, first: object, second: object, of: str = ""
    ) -> tuple[str, str]:
        """Two values that differ; masked ones that look alike say that they do."""
        if column in WHOLE and not self._covered:
            first, second = _what_differs(first, second)
        said = self.value(table, column, first, of), self.value(table, column, second, of)
        if alike(first, second) or said[0] != said[1]:
            return said
        return said[0] + HIDDEN_DIFFERS, said[1] + HIDDEN_DIFFERS

    def _said(self, table: str, column: str, value: object) -> str:
        text, info = str(value), self._info(table, column)
        if column in WHOLE:
            return WHOLE[column] if self._covered else text
        if info.get("pii"):
            return self._name_of(text) if column in _NAMES else self._text(text)
        if info.get("many"):
            return "、".join(self._one(column, info, one) for one in json.loads(text))
        if column.endswith("_fen") and isinstance(value, int):
            return f"{yuan(value)} 元"
        hint = _hint(table, column)
        if hint is bool:
            return "是" if value else "否"
        if hint is date:
            return date_text(date.fromisoformat(text))
        if isinstance(hint, type) and issubclass(hint, Word):
            return self._word(hint, text)
        return self._one(column, info, text)

    def _info(self, table: str, column: str) -> Mapping[str, Any]:
        known = metadata.tables.get(table)
        return known.columns[column].info if known is not None and column in known.columns else {}

    def _one(self, column: str, info: Mapping[str, Any], text: str) -> str:
        ref = self._refs.get(info.get("ref", ""))
        if ref is not None:
            return ref(text)
        titled = self._titles().get(column)
        return titled(text) if titled else self._text(text)

    def _name_of(self, name: str) -> str:
        return mask_name(name) if self._covered else name

    def _text(self, text: str) -> str:
        return mask_text(text) if self._covered else text

    def _titles(self) -> Mapping[str, Callable[[str], str]]:
        library = self._library
        return {
            "scope": self._place,
            "city": self._place,
            "county": self._place,
            "step": lambda one: _name(library.procedure.steps.get(one), one),
            "from_stage": lambda one: self._word(Stage, one),
            "to_stage": lambda one: self._word(Stage, one),
            "codes": lambda one: _name(library.violations.get(one), one),
            "violation": lambda one: _name(library.violations.get(one), one),
            "overridden": lambda one: _name(library.procedure.guards.get(one), one),
            "paper_kind": self._kind,
            "kind": self._kind,
            "checklist_id": lambda one: _title_of(library.checklists.get(one), one),
            "sha256": lambda one: f"{one[:12]}…",
        }

    def _place(self, code: str) -> str:
        return _name(self._library.divisions.get(code), code)

    def _kind(self, kind_id: str) -> str:
        return self._library.title(kind_id)

    @staticmethod
    def _word(words: type[Word], text: str) -> str:
        return next((one.label for one in words if one.value == text), text)

    def _by(self, cls: type[Any], say: Callable[[Any], str]) -> Callable[[str], str]:
        return lambda row_id: _title(self._view, cls, row_id, say)

    def _paper(self, paper: Paper) -> str:
        return f"{self._kind(paper.kind)}{paper.number}"

    def _claim(self, claim: WageClaim) -> str:
        worker = self._refs["worker"](claim.worker_id)
        return f"{worker}的工资" + (f"（{claim.period_from}起）" if claim.period_from else "")


def _what_differs(first: object, second: object) -> tuple[object, object]:
    """Of two contents kept as JSON the parts that differ; as they are when they are none."""
    try:
        one, two = json.loads(str(first)), json.loads(str(second))
    except ValueError:
        return first, second
    if not isinstance(one, dict) or not isinstance(two, dict):
        return first, second
    names = [name for name in {**one, **two} if one.get(name) != two.get(name)]
    return _parts(one, names), _parts(two, names)


def _parts(content: Mapping[str, object], names: list[str]) -> str:
    filled = ((name, content.get(name)) for name in names if not is_empty(content.get(name)))
    return "；".join(f"{column_words(name)}：{value}" for name, value in filled)


def _name(known: Any, code: str) -> str:
    return str(known.name) if known is not None else code


def _title_of(known: Any, code: str) -> str:
    return str(known.title) if known is not None else code
