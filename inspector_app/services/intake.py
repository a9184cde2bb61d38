"""Taking in lists that others wrote: looked at first, then entered as one action, never twice."""

import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from inspector_app.errors import OutsideError, UserError
from inspector_app.ledger.ids import new_id
from inspector_app.ledger.saved import ImportMapping
from inspector_app.ledger.unit import UnitOfWork
from inspector_app.services.desk import Desk
from inspector_app.services.intake_people import enter_payment, enter_worker
from inspector_app.services.intake_rows import (
    Entry,
    RowRefusedError,
    enter_case,
    enter_clue,
    enter_employer,
    enter_project,
)
from inspector_app.services.number_stock import NumbersOut
from inspector_app.services.settings import all_settings
from inspector_app.sheets import mapping as mappings
from inspector_app.sheets.cells import Cell, Sheet
from inspector_app.sheets.fields import Kind, kind_of
from inspector_app.sheets.importing import (
    ChangedValue,
    ImportRead,
    ImportRow,
    RejectedRow,
    read_rows,
    row_amount,
)
from inspector_app.sheets.read import read_workbook
from inspector_app.sheets.rejected import write_rejected

Progress = Callable[[int, int], None]

ENTERERS: dict[Kind, Callable[[Entry, UnitOfWork, ImportRow], bool]] = {
    Kind.CLUES: enter_clue,
    Kind.CASES: enter_case,
    Kind.WORKERS: enter_worker,
    Kind.PROJECTS: enter_project,
    Kind.EMPLOYERS: enter_employer,
    Kind.PAYMENTS: enter_payment,
}


class CancelledError(Exception):
    """The user stopped the import; nothing was entered."""


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What a file would bring, before anything is entered."""

    path: Path
    kind: Kind
    sheets: tuple[str, ...]
    sheet: Sheet
    mapping: mappings.Mapping
    sample: list[list[str]]
    read: ImportRead
    recalled: bool


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What became of the rows: accepted + rejected + already_known = data_rows.

    The refused rows lie in `rejected_file`; or nowhere, when `blocked` could not be written.
    """

    file: str
    kind: Kind
    data_rows: int
    accepted: int
    already_known: int
    changed_values: tuple[ChangedValue, ...]
    refused: tuple[RejectedRow, ...]
    rejected_file: Path | None
    blocked: Path | None
    amount_sum_fen: int
    changeset_id: str

    @property
    def rejected(self) -> int:
        """How many rows stayed out."""
        return len(self.refused)


def preview_import(
    desk: Desk,
    path: Path,
    kind: str = "",
    *,
    sheet: str = "",
    columns: Mapping[str, int] | None = None,
    progress: Progress | None = None,
) -> ImportPreview:
    """Read a file and say what each row would become; `columns` are corrections made by hand."""
    wanted = kind_of(kind) if kind else None
    sheets = read_workbook(path)
    chosen, mapping = mappings.choose(sheets, wanted, sheet)
    saved = None
    if columns is not None:
        mapping = mapping.with_columns(columns)
    else:
        saved = mappings.recall(chosen, _saved(desk, mapping.kind), mapping.kind)
        mapping = saved or mapping
    missing = mapping.missing()
    if missing and columns is None and wanted is None:
        message = f"没有认出“{path.name}”里的{'、'.join(missing)}列，请说明这是哪一类名单。"
        raise UserError(message, field="kind")
    read = read_rows(chosen, mapping, today=desk.today(), progress=progress)
    names = tuple(one.name for one in sheets if not one.hidden)
    sample = mappings.sample(chosen, mapping)
    return ImportPreview(
        path, mapping.kind, names, chosen, mapping, sample, read, saved is not None
    )


def _saved(desk: Desk, kind: Kind) -> list[mappings.Mapping]:
    """Mappings corrected by hand before; a damaged one is passed over."""
    with desk.ledger.read() as view:
        rows = view.find(ImportMapping, kind=kind.value)
    found = []
    for row in rows:
        try:
            found.append(mappings.from_dict(json.loads(row.mapping)))
        except (UserError, ValueError):
            continue
    return found


def run_import(
    desk: Desk,
    preview: ImportPreview,
    *,
    case_ref: str = "",
    rejected_dir: Path | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> ImportOutcome:
    """Enter every accepted row that is not known yet, all in one action that can be undone."""
    with desk.work(f"导入{preview.kind.label}", f"来自文件 {preview.path.name}") as uow:
        entered = _enter(desk, uow, preview, case_ref, progress, cancelled)
        _remember(uow, desk, preview)
        done = uow.commit()
    rejected_file, blocked = _kept(desk, preview, entered.rejected, rejected_dir)
    outcome = _outcome(preview, entered, done.changeset_id)
    return replace(outcome, rejected_file=rejected_file, blocked=blocked)


def try_import(desk: Desk, preview: ImportPreview, *, case_ref: str = "") -> ImportOutcome:
    """What `run_import` would make of the rows; nothing of it is kept."""
    with desk.work(f"试导入{preview.kind.label}") as uow:
        entered = _enter(desk, uow, preview, case_ref)
    return _outcome(preview, entered, "")


def as_read(preview: ImportPreview) -> ImportOutcome:
    """What the rows say alone, where nobody named the case they are to go into."""
    read = preview.read
    entered = _Entered(list(read.accepted), len(read.repeated), list(read.rejected))
    return _outcome(preview, entered, "")


@dataclass
class _Entered:
    """The rows of one run: taken, known already, refused."""

    accepted: list[ImportRow]
    known: int
    rejected: list[RejectedRow]


def _enter(
    desk: Desk,
    uow: UnitOfWork,
    preview: ImportPreview,
    case_ref: str,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> _Entered:
    """Enter row by row; a row that cannot be entered is kept with its reason."""
    entry = Entry(desk, all_settings(desk), preview.kind, case_ref)
    enter, total = ENTERERS[preview.kind], len(preview.read.accepted)
    found = _Entered([], len(preview.read.repeated), list(preview.read.rejected))
    for number, row in enumerate(preview.read.accepted, 1):
        if cancelled():
            raise CancelledError
        try:
            taken = enter(entry, uow, row)
        except RowRefusedError as refused:
            cells = _cells(preview, row)
            found.rejected.append(RejectedRow(row.row_no, cells, refused.message))
            continue
        except NumbersOut as out:
            raise out.and_more(total - number) from out
        found.accepted += [row] if taken else []
        found.known += 0 if taken else 1
        if progress is not None:
            progress(number, total)
    return found


def _outcome(preview: ImportPreview, entered: _Entered, changeset_id: str) -> ImportOutcome:
    taken = entered.accepted
    return ImportOutcome(
        file=preview.path.name,
        kind=preview.kind,
        data_rows=preview.read.data_rows,
        accepted=len(taken),
        already_known=entered.known,
        changed_values=tuple(note for row in taken for note in row.notes),
        refused=tuple(entered.rejected),
        rejected_file=None,
        blocked=None,
        amount_sum_fen=sum(row_amount(preview.kind, row.values) or 0 for row in taken),
        changeset_id=changeset_id,
    )


def _remember(uow: UnitOfWork, desk: Desk, preview: ImportPreview) -> None:
    """Keep the mapping, so that next month's file of the same headings needs no correction."""
    text = json.dumps(preview.mapping.to_dict(), ensure_ascii=False)
    mark = preview.mapping.fingerprint
    old = uow.first(ImportMapping, kind=preview.kind.value, header_key=mark)
    if old is None:
        uow.add(
            ImportMapping(
                id=new_id(),
                kind=preview.kind.value,
                name=preview.path.stem,
                header_key=mark,
                mapping=text,
                scope=desk.city,
                city=desk.city,
            )
        )
    elif old.mapping != text:
        uow.save(replace(old, mapping=text))


def _cells(preview: ImportPreview, row: ImportRow) -> tuple[Cell, ...]:
    return tuple(preview.sheet.rows[row.row_no - 1])


def _kept(
    desk: Desk, preview: ImportPreview, rejected: Sequence[RejectedRow], folder: Path | None
) -> tuple[Path | None, Path | None]:
    """Where the refused rows lie, and else where they could not be written.

    By then the list is in: a workbook that stands open elsewhere must not hide that, so they go
    under the next free name beside it, and where nothing can be written the outcome says so.
    """
    if not rejected:
        return None, None
    target = (folder or preview.path.parent) / rejected_name(preview)
    try:
        _write_rejected(desk, preview, rejected, target)
    except OutsideError:
        if not os.path.lexists(target):  # the folder itself takes nothing
            return None, target
    else:
        return target, None
    names = (target.with_stem(f"{target.stem}（{number}）") for number in count(2))
    beside = next(one for one in names if not os.path.lexists(one))
    try:
        _write_rejected(desk, preview, rejected, beside)
    except OutsideError:
        return None, target
    return beside, None


def rejected_name(preview: ImportPreview) -> str:
    """How the workbook of the refused rows of a file is called."""
    return f"{preview.path.stem}_未导入的行.xlsx"


def save_rejected(
    desk: Desk, preview: ImportPreview, outcome: ImportOutcome, path: Path
) -> ImportOutcome:
    """The refused rows written to another place than the one that was blocked."""
    _write_rejected(desk, preview, outcome.refused, path)
    return replace(outcome, rejected_file=path, blocked=None)


def _write_rejected(
    desk: Desk, preview: ImportPreview, rejected: Sequence[RejectedRow], path: Path
) -> None:
    """As a workbook with the reason of each, to be mended and imported again."""
    write_rejected(path, preview.sheet, preview.mapping, rejected, desk.today())
