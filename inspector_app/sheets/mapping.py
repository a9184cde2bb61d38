"""Which column of a foreign table holds which field: guessed, shown, corrected, remembered."""

import hashlib
import re
from collections.abc import Mapping as MappingLike
from collections.abc import Sequence
from dataclasses import dataclass, replace

from inspector_app.errors import UserError
from inspector_app.sheets.cells import EMPTY, Sheet
from inspector_app.sheets.columns import assign_columns
from inspector_app.sheets.fields import FIELDS, FieldKind, Kind, field_of, kind_of
from inspector_app.sheets.header import Header, find_header, heading, unit_of

REASON_HEADING = "原因"


@dataclass(frozen=True, slots=True)
class Mapping:
    """How to read one table. Rows and columns are counted from 0; `units` is by money field."""

    kind: Kind
    sheet: str
    header_rows: tuple[int, ...]
    first_data_row: int
    headers: tuple[str, ...]
    columns: dict[str, int]
    units: dict[str, str]
    title: str = ""
    unit: str = (
        ""  # what a unit row above the heading says; units follow it unless a heading differs
    )

    @property
    def fingerprint(self) -> str:
        """Same headings, same fingerprint: a mapping saved for one file fits the next month's."""
        return fingerprint(self.headers)

    def missing(self) -> tuple[str, ...]:
        """Labels of the fields that must have a column and have none."""
        return tuple(
            spec.label for spec in FIELDS[self.kind] if spec.required and not self._serves(spec.id)
        )

    def _serves(self, field_id: str) -> bool:
        stand_ins = STAND_INS.get((self.kind, field_id), ())
        return any(one in self.columns for one in (field_id, *stand_ins))

    def with_columns(self, columns: MappingLike[str, int]) -> "Mapping":
        """The mapping as corrected by hand; units of newly named money columns are looked up."""
        for field_id, column in columns.items():
            _check_column(self.kind, field_id, column, len(self.headers))
        units = {**_units(self.kind, self.headers, columns, self.unit), **self.units}
        kept = {field_id: unit for field_id, unit in units.items() if field_id in columns}
        return replace(self, columns=dict(columns), units=kept)

    def to_dict(self) -> dict[str, object]:
        """For saving as JSON."""
        return {
            "kind": self.kind.value,
            "sheet": self.sheet,
            "header_rows": list(self.header_rows),
            "first_data_row": self.first_data_row,
            "headers": list(self.headers),
            "columns": dict(self.columns),
            "units": dict(self.units),
            "title": self.title,
            "unit": self.unit,
        }


# In a case ledger the unit that owes may stand only in the party chain; the nearest employer first.
STAND_INS: dict[tuple[Kind, str], tuple[str, ...]] = {
    (Kind.CASES, "employer_name"): ("sub_name", "general_name"),
    (Kind.CLUES, "employer_name"): ("sub_name", "general_name"),
}


def guess(sheet: Sheet, kind: Kind) -> Mapping:
    """The likely mapping of a sheet; a heading not understood leaves its column out."""
    known = {heading(name) for spec in FIELDS[kind] for name in spec.names}
    header = find_header(sheet, known)
    columns = assign_columns(sheet, header, kind)
    return _mapping(sheet, kind, header, columns)


def _mapping(sheet: Sheet, kind: Kind, header: Header, columns: dict[str, int]) -> Mapping:
    return Mapping(
        kind=kind,
        sheet=sheet.name,
        header_rows=header.rows,
        first_data_row=header.first_data_row,
        headers=header.names,
        columns=columns,
        units=_units(kind, header.names, columns, header.unit),
        title=header.title,
        unit=header.unit,
    )


def guess_kind(sheet: Sheet) -> Kind:
    """The kind of list whose fields find the most columns; the plainer kind on a tie."""
    return max(Kind, key=lambda kind: (score(guess(sheet, kind)), -len(FIELDS[kind])))


def score(mapping: Mapping) -> int:
    """How well a mapping fits: a column each, much less when what must be there is missing."""
    return len(mapping.columns) - 10 * len(mapping.missing())


def choose(
    sheets: Sequence[Sheet], kind: Kind | None = None, name: str = ""
) -> tuple[Sheet, Mapping]:
    """The sheet to take in, and its mapping; hidden sheets only when asked for by name."""
    if name:
        named = [sheet for sheet in sheets if sheet.name == name]
        if not named:
            raise UserError(f"文件里没有名为“{name}”的表。", field="sheet")
    else:
        named = [sheet for sheet in sheets if not sheet.hidden] or list(sheets)
    guesses = [(sheet, guess(sheet, kind or guess_kind(sheet))) for sheet in named]
    return max(guesses, key=lambda pair: score(pair[1]))


def fingerprint(headers: Sequence[str]) -> str:
    """Of the headings without blanks, marks and the column of reasons we add to rejected rows."""
    bare = [heading(text) for text in headers]
    while bare and bare[-1] in {"", REASON_HEADING}:
        bare.pop()
    return hashlib.sha256("\n".join(bare).encode()).hexdigest()


def recall(sheet: Sheet, saved: Sequence[Mapping], kind: Kind) -> Mapping | None:
    """The saved mapping whose headings this sheet has, moved to where they stand here."""
    fresh = guess(sheet, kind)
    for mapping in saved:
        if mapping.kind == kind and mapping.fingerprint == fresh.fingerprint:
            return replace(
                mapping,
                sheet=sheet.name,
                header_rows=fresh.header_rows,
                first_data_row=fresh.first_data_row,
                headers=fresh.headers,
                title=fresh.title,
                unit=fresh.unit,
                units={**mapping.units, **_units(kind, fresh.headers, mapping.columns, fresh.unit)},
            )
    return None


def _units(
    kind: Kind, headers: Sequence[str], columns: MappingLike[str, int], unit: str
) -> dict[str, str]:
    """Unit of each money column: its own heading first, then the unit row, then 元."""
    return {
        field_id: unit_of(headers[column]) or unit or "元"
        for field_id, column in columns.items()
        if field_of(kind, field_id).kind is FieldKind.MONEY
    }


def from_dict(data: MappingLike[str, object]) -> Mapping:
    """A mapping saved by `to_dict`; a damaged one is refused."""
    try:
        kind = kind_of(str(data["kind"]))
        headers = tuple(_texts(data["headers"]))
        columns = {key: _whole(value) for key, value in _dict(data["columns"]).items()}
        for field_id, column in columns.items():
            _check_column(kind, field_id, column, len(headers))
        return Mapping(
            kind=kind,
            sheet=str(data["sheet"]),
            header_rows=tuple(_whole(row) for row in _list(data["header_rows"])),
            first_data_row=_whole(data["first_data_row"]),
            headers=headers,
            columns=columns,
            units={key: _unit(value) for key, value in _dict(data["units"]).items()},
            title=str(data.get("title", "")),
            unit=str(data.get("unit", "")),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise UserError("保存的列对应关系已损坏，请重新对应各列。", field="mapping") from error


def _check_column(kind: Kind, field_id: str, column: int, width: int) -> None:
    try:
        field_of(kind, field_id)
    except KeyError as error:
        message = f"{kind.label}没有“{field_id}”这一项。"
        raise UserError(message, field="mapping") from error
    if not 0 <= column < width:
        raise UserError(f"表里没有第 {column + 1} 列。", field="mapping")


def _dict(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise TypeError("not an object")
    return {str(key): inner for key, inner in value.items()}


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError("not a list")
    return value


def _texts(value: object) -> list[str]:
    return [str(one) for one in _list(value)]


def _whole(value: object) -> int:
    if not isinstance(value, int) or value < 0:
        raise ValueError("not a count")
    return value


def _unit(value: object) -> str:
    if value not in {"元", "万元"}:
        raise ValueError("not a unit")
    return str(value)


def sample(sheet: Sheet, mapping: Mapping, rows: int = 5) -> list[list[str]]:
    """The first filled data rows as text, for the preview."""
    found = [
        [re.sub(r"\s+", " ", cell.text).strip() for cell in row]
        for row in sheet.rows[mapping.first_data_row :]
        if any(cell is not EMPTY for cell in row)
    ]
    return found[:rows]
