"""Small words to declare ledger tables with: line, word, day, count, root and child tables."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, MetaData, Table, Text
from sqlalchemy.schema import SchemaItem

from inspector_app.domain.words import Word

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
}

metadata = MetaData(naming_convention=NAMES)

_DAY = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"
_MONTH = "[0-9][0-9][0-9][0-9]-[0-9][0-9]"


# What people here must keep apart. A guard (triggers.py) refuses a second one, not the index: two
# PCs may each have made one while apart, and the shared state must still come in and be shown.
APART = {"apart": True}


def _info(name: str, group: str, pii: bool, ref: str = "") -> dict[str, Any]:
    """Merge group (its own name when alone), personal-data mark, table a soft reference names."""
    return {"group": group or name, "pii": pii, "ref": ref}


def line(name: str, *, group: str = "", pii: bool = False) -> Column[Any]:
    """Text, never NULL."""
    return Column(name, Text, nullable=False, info=_info(name, group, pii))


def maybe_line(name: str, *, group: str = "") -> Column[Any]:
    """Text or NULL."""
    return Column(name, Text, nullable=True, info=_info(name, group, pii=False))


def filled(name: str, *, group: str = "", pii: bool = False) -> Column[Any]:
    """Text that must say something."""
    check = CheckConstraint(f"\"{name}\" <> ''", name=name)
    info = {**_info(name, group, pii), "filled": True}
    return Column(name, Text, check, nullable=False, info=info)


def word(name: str, words: type[Word], *, group: str = "") -> Column[Any]:
    """The stored code of an enum member, and nothing else."""
    codes = ", ".join(f"'{one.value}'" for one in words)
    check = CheckConstraint(f'"{name}" IN ({codes})', name=name)
    return Column(name, Text, check, nullable=False, info=_info(name, group, pii=False))


def day(name: str, *, null: bool = False, group: str = "") -> Column[Any]:
    """An ISO date."""
    check = CheckConstraint(f"\"{name}\" GLOB '{_DAY}'", name=name)
    return Column(name, Text, check, nullable=null, info=_info(name, group, pii=False))


def month(name: str, *, group: str = "") -> Column[Any]:
    """YYYY-MM, or empty when nobody said."""
    check = CheckConstraint(f"\"{name}\" = '' OR \"{name}\" GLOB '{_MONTH}'", name=name)
    return Column(name, Text, check, nullable=False, info=_info(name, group, pii=False))


def count(name: str, *, null: bool = False, group: str = "") -> Column[Any]:
    """A whole number from 0 on; money is whole fen."""
    check = CheckConstraint(f'"{name}" >= 0', name=name)
    return Column(name, Integer, check, nullable=null, info=_info(name, group, pii=False))


def flag(name: str, *, group: str = "") -> Column[Any]:
    """Yes or no, stored as 1 or 0."""
    check = CheckConstraint(f'"{name}" IN (0, 1)', name=name)
    return Column(name, Integer, check, nullable=False, info=_info(name, group, pii=False))


def many(name: str, *, group: str = "", ref: str = "") -> Column[Any]:
    """Several texts as a JSON array; `ref` when they are ids of another aggregate."""
    check = CheckConstraint(f'json_valid("{name}")', name=name)
    info = {**_info(name, group, pii=False, ref=ref), "many": True}
    return Column(name, Text, check, nullable=False, info=info)


def later(schema: int, *columns: Column[Any]) -> tuple[Column[Any], ...]:
    """Columns that came with a later schema: older rows and programs say nothing of them."""
    for column in columns:
        column.info["since"] = schema
    return columns


def inside(name: str, table: str, *, null: bool = False, group: str = "") -> Column[Any]:
    """A reference to a row of the same aggregate: enforced."""
    key = ForeignKey(f"{table}.id")
    return Column(name, Text, key, nullable=null, info=_info(name, group, False, table))


def across(name: str, table: str, *, null: bool = False, group: str = "") -> Column[Any]:
    """A reference to another aggregate: soft, because that one may arrive later by exchange."""
    return Column(name, Text, nullable=null, info=_info(name, group, False, table))


def _table(
    name: str, roots: tuple[tuple[str, str], ...], columns: Sequence[SchemaItem], same_id: str = ""
) -> Table:
    key = [ForeignKey(f"{same_id}.id")] if same_id else []
    info = _info("id", "", pii=False, ref=same_id)
    return Table(
        name,
        metadata,
        Column("id", Text, *key, primary_key=True, nullable=False, info=info),
        *columns,
        Column("row_rev", Integer, nullable=False, server_default="0", info={"machinery": True}),
        sqlite_strict=True,
        info={"roots": roots, "business": True},
    )


def root_table(name: str, *columns: SchemaItem) -> Table:
    """An aggregate root: has its own scope (county or city code) and city."""
    own = (filled("scope", group="scope"), filled("city", group="scope"))
    return _table(name, (("id", name),), (*columns, *own))


def child_table(
    name: str, *columns: SchemaItem, roots: tuple[tuple[str, str], ...], same_id: str = ""
) -> Table:
    """A part of an aggregate: `roots` pairs each root id column with its table, first filled wins.

    `city` repeats the root's city: it is the tenant key of the shared side, on every table.
    """
    city = Column("city", Text, nullable=False, info={**_info("city", "", False), "tenant": True})
    return _table(name, roots, (*columns, city), same_id)
