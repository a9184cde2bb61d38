"""What the office keeps about its own way of working: saved list views and import mappings."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SavedView:
    """A named filter of a list page; `query` is JSON of that page's query."""

    id: str
    page: str
    name: str
    query: str
    scope: str
    city: str


@dataclass(frozen=True, slots=True)
class ImportMapping:
    """How the columns of a known workbook were read; `header_key` recognises it next time."""

    id: str
    kind: str
    name: str
    header_key: str
    mapping: str  # JSON, see sheets.mapping
    scope: str
    city: str
