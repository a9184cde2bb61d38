"""The tables of the ledger; one module for each aggregate, all known here."""

from sqlalchemy import Column, MetaData, Table

from inspector_app.ledger.schema import (
    access,
    bureau_law,
    cases,
    clues,
    exchange,
    inspections,
    leases,
    looks,
    machinery,
    office,
    papers,
    parties,
)
from inspector_app.ledger.schema.columns import metadata as _metadata

AGGREGATES = (clues, cases, parties, inspections, papers, office, bureau_law)
metadata: MetaData = _metadata

BUSINESS: tuple[Table, ...] = tuple(
    table for table in metadata.sorted_tables if table.info.get("business")
)


def business_columns(table: Table) -> list[Column[object]]:
    """The columns that hold content: all but the machinery of exchange."""
    return [column for column in table.columns if not column.info.get("machinery")]


def is_root(table: Table) -> bool:
    """True for an aggregate root."""
    return bool(table.info["roots"] == (("id", table.name),))


def merge_groups(table: Table) -> dict[str, tuple[str, ...]]:
    """Merge group -> its columns: they change together or ask (sync.md 5.3)."""
    groups: dict[str, list[str]] = {}
    for column in business_columns(table):
        groups.setdefault(column.info["group"], []).append(column.name)
    return {group: tuple(names) for group, names in groups.items()}


__all__ = [
    "AGGREGATES",
    "BUSINESS",
    "access",
    "business_columns",
    "exchange",
    "is_root",
    "leases",
    "looks",
    "machinery",
    "merge_groups",
]
