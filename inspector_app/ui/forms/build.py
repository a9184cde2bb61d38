"""Makes the form of a paper from its kind: nothing about a single kind is written in code."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import groupby

from inspector_app.domain.office import Inspector
from inspector_app.domain.papers import Field, FieldType, PaperKind, TableRow
from inspector_app.ui.forms.choices import ChoiceField, InspectorField, TicksField
from inspector_app.ui.forms.dates import DateField
from inspector_app.ui.forms.field import FormField
from inspector_app.ui.forms.form import Form
from inspector_app.ui.forms.lines import IntegerField, LineField, MoneyField, TimeField
from inspector_app.ui.forms.table_field import TableField
from inspector_app.ui.forms.texts import TextField

Today = Callable[[], date]
WIDE = (FieldType.TEXT, FieldType.TABLE, FieldType.TICKS)
LONG_LINE = 100  # characters a line may hold before it takes a row of its own


def owing(row: TableRow) -> TableRow:
    """尚欠 follows from 应付 and 已付; nobody types it."""
    due, paid = row.get("due", ""), row.get("paid", "")
    if not due.isdigit():
        return {}
    return {"owing": str(int(due) - int(paid if paid.isdigit() else 0))}


def field_for(field: Field, today: Today, inspectors: Sequence[Inspector]) -> FormField:
    """The form field for a field of a paper kind."""
    key, name, need, why = field.id, field.label, field.required, field.help
    pairs = [(option, option) for option in field.options]
    match field.type:
        case FieldType.TEXT:
            return TextField(key, name, required=need, why=why, max_length=field.max_length)
        case FieldType.DATE:
            return DateField(key, name, today=today, required=need, why=why)
        case FieldType.TIME:
            return TimeField(key, name, required=need, why=why)
        case FieldType.MONEY:
            return MoneyField(key, name, required=need, why=why)
        case FieldType.INTEGER:
            return IntegerField(key, name, required=need, why=why)
        case FieldType.CHOICE:
            return ChoiceField(key, name, pairs, required=need, why=why)
        case FieldType.TICKS:
            return TicksField(key, name, pairs, required=need, why=why)
        case FieldType.INSPECTOR:
            return InspectorField(key, name, inspectors, required=need, why=why)
        case FieldType.TABLE:
            ids = {column.id for column in field.columns}
            derive = owing if {"due", "paid", "owing"} <= ids else None
            return TableField(key, name, field.columns, required=need, why=why, derive=derive)
        case _:
            return LineField(key, name, required=need, why=why, max_length=field.max_length)


def paper_form(kind: PaperKind, today: Today, inspectors: Sequence[Inspector]) -> Form:
    """The whole form: a heading for each group, short fields side by side."""
    form = Form()
    for group, fields in groupby(kind.fields, key=lambda field: field.group):
        if group:
            form.section(group)
        for row in in_rows(list(fields)):
            form.add(*(field_for(field, today, inspectors) for field in row))
    form.column.addStretch()
    return form


def in_rows(fields: Sequence[Field]) -> list[list[Field]]:
    """Two short fields a row; a wide one has a row of its own."""
    rows: list[list[Field]] = []
    for field in fields:
        beside = rows and len(rows[-1]) == 1 and not _is_wide(rows[-1][0])
        if beside and not _is_wide(field):
            rows[-1].append(field)
        else:
            rows.append([field])
    return rows


def _is_wide(field: Field) -> bool:
    long = field.type is FieldType.LINE and field.max_length > LONG_LINE
    return field.type in WIDE or long
