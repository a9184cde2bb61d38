"""One line of a sheet as the values of a clue, case, worker, project, unit or payment."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from inspector_app.domain.credit_code import check_credit_code
from inspector_app.domain.identity import check_id_number
from inspector_app.domain.money import yuan
from inspector_app.domain.name_length import too_long
from inspector_app.sheets.cells import EMPTY, Cell, CellFlag
from inspector_app.sheets.columns import WORD_READERS
from inspector_app.sheets.fields import AMOUNT_CHECK, FIELDS, FieldKind, FieldSpec, Kind
from inspector_app.sheets.lines import DataLine
from inspector_app.sheets.mapping import STAND_INS, Mapping
from inspector_app.sheets.values import (
    NOTHING,
    Understood,
    is_plain_number,
    phone_problem,
    understand_count,
    understand_date,
    understand_digits,
    understand_money,
    understand_name,
    understand_period,
    understand_text,
)

_READERS: dict[FieldKind, Callable[[Cell], Understood]] = {
    FieldKind.TEXT: understand_text,
    FieldKind.NAME: understand_name,
    FieldKind.DATE: understand_date,
    FieldKind.COUNT: understand_count,
    FieldKind.DIGITS: understand_digits,
    FieldKind.PERIOD: understand_period,
    **WORD_READERS,
}
# What is stored as the name of somebody or something.
_NAMES = frozenset(
    {spec.id for specs in FIELDS.values() for spec in specs if spec.kind is FieldKind.NAME}
    | {"name", "project_name"}
)
# Days on which something has happened: none of them lies ahead.
_PAST_DAYS = {
    *("received_on", "filed_on", "closed_on", "paid_on", "published_on", "order_served_on"),
}
# The day a matter reached the office is the first of these that a row has; terms start from it.
_STARTS = {
    Kind.CLUES: ("received_on", "published_on"),
    Kind.CASES: ("received_on", "filed_on", "published_on"),
}
# Without these a row of the kind is about nothing.
_MONEY_NEEDED = {Kind.WORKERS: ("due", "owing"), Kind.PAYMENTS: ("amount",)}


class RowError(Exception):
    """Why a row cannot be taken in, as the sentence to show beside it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a row needs to know besides the row."""

    mapping: Mapping
    today: date


@dataclass(slots=True)
class RowRead:
    """What a row said: values by field, what reads differently, and what is odd but kept."""

    values: dict[str, object] = field(default_factory=dict)
    changed: list[tuple[str, str, str | int]] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    extras: dict[str, str] = field(default_factory=dict)
    bad_money: dict[str, str] = field(default_factory=dict)  # money field to why it is no number
    bad_days: dict[str, str] = field(default_factory=dict)  # date field to why it is no day


def read_row(line: DataLine, reading: Reading) -> RowRead:
    """Understand the line; RowError when it cannot be taken in."""
    mapping = reading.mapping
    row = RowRead()
    for spec in FIELDS[mapping.kind]:
        column = mapping.columns.get(spec.id)
        if column is not None and line.filled[column] is not EMPTY:
            _take(row, spec, line.filled[column], reading)
    for column in line.shared_money:
        row.flags.append(f"“{mapping.headers[column]}”与上一行合并为一格，本行按空白计")
    _stand_in(row, mapping.kind)
    _require(row, mapping.kind)
    if AMOUNT_CHECK.id in mapping.columns:
        _cross_check(row, line, mapping)
    if mapping.kind in _MONEY_NEEDED:
        _settle_money(row, mapping)
    if mapping.kind in _STARTS:
        _settle_start(row, mapping.kind, reading.today)
    used = set(mapping.columns.values())
    for column, cell in enumerate(line.cells):
        if column not in used and cell.text.strip() and mapping.headers[column]:
            row.extras[mapping.headers[column]] = cell.text.strip()
    return row


def _take(row: RowRead, spec: FieldSpec, cell: Cell, reading: Reading) -> None:
    if spec.kind is FieldKind.MONEY:
        _take_money(row, spec, cell, reading.mapping.units[spec.id])
    elif spec.kind is FieldKind.CREDIT_CODE:
        _take_credit_code(row, spec, cell)
    elif spec.kind is FieldKind.ID_NUMBER:
        _take_id_number(row, spec, cell, reading.today)
    else:
        read = _READERS[spec.kind](cell)
        if spec.id in _NAMES and (refused := too_long(str(read.value or ""))):
            raise RowError(f"{spec.label}：{refused}")
        _keep(row, spec, spec.id, cell, read)
        if read.problem and spec.kind is FieldKind.DATE:
            row.bad_days[spec.id] = f"{spec.label}：{read.problem}"
        doubt = _doubt(spec, read.value, reading.today)
        if doubt and not read.problem:
            row.flags.append(f"{spec.label}：{doubt}")


def _doubt(spec: FieldSpec, value: object, today: date) -> str:
    """What is odd about a value that can be read: it is kept, and said."""
    if isinstance(value, str) and spec.id.endswith("phone"):
        return phone_problem(value)
    if isinstance(value, date) and spec.id in _PAST_DAYS and value > today:
        return f"{value.isoformat()} 在今天之后，请核对"
    if isinstance(value, tuple) and value[1] > f"{today:%Y-%m}":
        return f"{value[1]} 还没有到，请核对"
    return ""


def _keep(row: RowRead, spec: FieldSpec, key: str, cell: Cell, read: Understood) -> None:
    if read.problem:
        row.flags.append(f"{spec.label}：{read.problem}")
    if read.value is None:
        return
    row.values[key] = read.value
    if read.changed:
        row.changed.append((key, cell.text.strip(), _plain(read.value)))


def _take_money(row: RowRead, spec: FieldSpec, cell: Cell, unit: str) -> None:
    read = understand_money(cell, unit)
    if spec.id == "amount" and cell.flag is CellFlag.NONE and read != NOTHING:
        bare = is_plain_number(cell) and unit == "万元"
        row.values["amount_written"] = cell.text.strip() + (unit if bare else "")
    if read.problem:
        row.bad_money[spec.id] = read.problem
    _keep(row, spec, f"{spec.id}_fen", cell, read)


def _take_credit_code(row: RowRead, spec: FieldSpec, cell: Cell) -> None:
    text = understand_digits(cell)
    if not isinstance(text.value, str):
        _keep(row, spec, spec.id, cell, text)
        return
    check = check_credit_code(text.value)
    problem = f"{check.code} {check.problem}" if check.problem else ""
    changed = check.code != cell.text.strip()
    _keep(row, spec, spec.id, cell, Understood(check.code, problem, changed))


def _take_id_number(row: RowRead, spec: FieldSpec, cell: Cell, today: date) -> None:
    text = understand_digits(cell)
    if not isinstance(text.value, str):
        _keep(row, spec, spec.id, cell, text)
        return
    check = check_id_number(text.value, today)
    changed = check.number != cell.text.strip()
    _keep(row, spec, spec.id, cell, Understood(check.number, check.problem, changed))


def _stand_in(row: RowRead, kind: Kind) -> None:
    """A ledger may name the debtor only as a link of the party chain: take the nearest, say so."""
    for (owner, wanted), others in STAND_INS.items():
        if owner is not kind or row.values.get(wanted):
            continue
        for other in others:
            if row.values.get(other):
                row.values[wanted] = row.values[other]
                labels = {spec.id: spec.label for spec in FIELDS[kind]}
                row.flags.append(f"没有写{labels[wanted]}，取{labels[other]}")
                break


def _require(row: RowRead, kind: Kind) -> None:
    for spec in FIELDS[kind]:
        key = f"{spec.id}_fen" if spec.kind is FieldKind.MONEY else spec.id
        if spec.required and spec.kind is not FieldKind.MONEY and not row.values.get(key):
            raise RowError(f"没有{spec.label}")


def _cross_check(row: RowRead, line: DataLine, mapping: Mapping) -> None:
    """Compare the amount as written with the number somebody made of it."""
    cell = line.filled[mapping.columns[AMOUNT_CHECK.id]]
    other = understand_money(cell, mapping.units[AMOUNT_CHECK.id]).value
    name = mapping.headers[mapping.columns[AMOUNT_CHECK.id]]
    own = row.values.get("amount_fen")
    if not isinstance(other, int) or own == other:
        return
    written = row.values.get("amount_written", "")
    if isinstance(own, int):
        row.flags.append(f"金额“{written}”与“{name}”列的 {yuan(other)} 不一致，以前者为准")
    else:
        row.flags.append(f"“{name}”列写的是 {yuan(other)}，未采用，请核实后填写金额")


def _settle_money(row: RowRead, mapping: Mapping) -> None:
    """The amounts of a worker or payment must be numbers, and must agree with each other."""
    for field_id, problem in row.bad_money.items():
        raise RowError(f"{_label(mapping.kind, field_id)}：{problem}")
    wanted = _MONEY_NEEDED[mapping.kind]
    if not any(field_id in mapping.columns for field_id in wanted):
        return  # a roster without amounts
    if not any(f"{field_id}_fen" in row.values for field_id in wanted):
        labels = "或".join(_label(mapping.kind, field_id) for field_id in wanted)
        raise RowError(f"没有{labels}金额".replace("金额金额", "金额"))
    if mapping.kind is Kind.WORKERS:
        _settle_claim(row)


def _settle_start(row: RowRead, kind: Kind, today: date) -> None:
    """A day that is written but cannot be read, or lies ahead, is no reason to take today's."""
    for field_id in _STARTS[kind]:
        if field_id in row.bad_days:
            raise RowError(f"{row.bad_days[field_id]}，请写成 2026-11-18 这样的日期")
        day = row.values.get(field_id)
        if isinstance(day, date):
            if day > today:
                raise RowError(f"{_label(kind, field_id)} {day.isoformat()} 晚于今天，请核对")
            break
    if "filed_on" in row.bad_days:  # a case taken over as not filed would be filed once more
        raise RowError(f"{row.bad_days['filed_on']}，请写成 2026-11-18 这样的日期")


def _settle_claim(row: RowRead) -> None:
    """欠发 = 应发 − 已发 − 代扣; what is missing follows from the others."""
    owing = row.values.pop("owing_fen", None)
    due, paid, withheld = (row.values.get(k) for k in ("due_fen", "paid_fen", "withheld_fen"))
    gone = sum(fen for fen in (paid, withheld) if isinstance(fen, int))
    if not isinstance(due, int):
        row.values["due_fen"] = (owing if isinstance(owing, int) else 0) + gone
        return
    if isinstance(owing, int) and owing != due - gone:
        row.flags.append(
            f"欠发写的是 {yuan(owing)}，应发减已发、代扣是 {yuan(due - gone)}，以计算为准"
        )
    if due < gone:
        row.flags.append("已发与代扣之和超过应发，请核对")


def _label(kind: Kind, field_id: str) -> str:
    return next(spec.label for spec in FIELDS[kind] if spec.id == field_id)


def _plain(value: object) -> str | int:
    if isinstance(value, int):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return str(getattr(value, "label", value.value))
    if isinstance(value, tuple):
        return " 至 ".join(str(part) for part in value)
    return str(value)
