"""Turns the rows of a mapped sheet into values, and says of each row what became of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from inspector_app.sheets.cells import Cell, Sheet
from inspector_app.sheets.fields import Kind
from inspector_app.sheets.keys import KeyMaker
from inspector_app.sheets.lines import DataLine, LeftOut, data_lines
from inspector_app.sheets.mapping import Mapping
from inspector_app.sheets.row_values import Reading, RowError, read_row

Progress = Callable[[int, int], None]
PROGRESS_EVERY = 500


@dataclass(frozen=True, slots=True)
class ChangedValue:
    """A value understood otherwise than written; money is fen, everything else text."""

    row: int
    field: str
    written: str
    understood: str | int


@dataclass(frozen=True, slots=True)
class ImportRow:
    """A row that can be taken in. `import_key` is the same whenever the same row comes again."""

    row_no: int
    values: dict[str, object]
    notes: tuple[ChangedValue, ...]
    flags: tuple[str, ...]
    import_key: str
    extras: dict[str, str]  # columns no field was found for: heading to text
    repeat_of: int | None = None  # row of the same file that already said so


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that cannot be taken in, with the sentence why and its cells as they were."""

    row_no: int
    cells: tuple[Cell, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class ImportRead:
    """All that a sheet said. accepted + repeated + rejected = data rows."""

    kind: Kind
    accepted: tuple[ImportRow, ...]
    repeated: tuple[ImportRow, ...]
    rejected: tuple[RejectedRow, ...]
    left_out: tuple[LeftOut, ...]
    notes: tuple[str, ...]  # sentences about the sheet as a whole
    amount_sum_fen: int

    @property
    def data_rows(self) -> int:
        """Rows that are data, whatever became of them."""
        return len(self.accepted) + len(self.repeated) + len(self.rejected)

    @property
    def changed_values(self) -> tuple[ChangedValue, ...]:
        """What was understood otherwise than written, over all accepted rows."""
        return tuple(note for row in self.accepted for note in row.notes)


def read_rows(
    sheet: Sheet, mapping: Mapping, *, today: date, progress: Progress | None = None
) -> ImportRead:
    """Read every data row of the sheet as the mapping says."""
    accepted: list[ImportRow] = []
    repeated: list[ImportRow] = []
    rejected: list[RejectedRow] = []
    left_out: list[LeftOut] = []
    keys = KeyMaker(mapping.kind)
    total = len(sheet.rows) - mapping.first_data_row
    reading = Reading(mapping, today)
    amount = 0
    for count, line in enumerate(data_lines(sheet, mapping), start=1):
        if progress is not None and count % PROGRESS_EVERY == 0:
            progress(count, total)
        if isinstance(line, LeftOut):
            left_out.append(line)
            continue
        try:
            row = _row(line, reading)
        except RowError as problem:
            rejected.append(RejectedRow(line.row_no, line.cells, str(problem)))
            continue
        key, first_row = keys.key(row.values, line.row_no)
        row = replace(row, import_key=key, repeat_of=first_row)
        if first_row is not None:
            repeated.append(row)
            continue
        accepted.append(row)
        amount += row_amount(mapping.kind, row.values) or 0
    notes = _sheet_notes(mapping)
    return ImportRead(
        mapping.kind,
        tuple(accepted),
        tuple(repeated),
        tuple(rejected),
        tuple(left_out),
        notes,
        amount,
    )


def row_amount(kind: Kind, values: dict[str, object]) -> int | None:
    """The money a row is about, in fen: what is owed, paid or contracted; None when unknown."""
    if kind is Kind.WORKERS:
        due, paid, withheld = (_fen(values, k) for k in ("due_fen", "paid_fen", "withheld_fen"))
        return None if due is None else due - (paid or 0) - (withheld or 0)
    return _fen(values, "contract_fen" if kind is Kind.PROJECTS else "amount_fen")


def _fen(values: dict[str, object], key: str) -> int | None:
    value = values.get(key)
    return value if isinstance(value, int) else None


def _row(line: DataLine, reading: Reading) -> ImportRow:
    read = read_row(line, reading)
    notes = tuple(
        ChangedValue(line.row_no, field, written, understood)
        for field, written, understood in read.changed
    )
    return ImportRow(line.row_no, read.values, notes, tuple(read.flags), "", read.extras)


def _sheet_notes(mapping: Mapping) -> tuple[str, ...]:
    notes = []
    in_wan = [field for field, unit in mapping.units.items() if unit == "万元"]
    if in_wan:
        names = "、".join(mapping.headers[mapping.columns[field]] for field in in_wan)
        notes.append(f"表内金额单位是万元，“{names}”列中不带单位的数已乘以 10000 折算为元。")
    if mapping.kind is Kind.WORKERS and "owing" in mapping.columns and "due" not in mapping.columns:
        notes.append("表中没有应发金额，应发按欠发加已发、代扣计。")
    return tuple(notes)
