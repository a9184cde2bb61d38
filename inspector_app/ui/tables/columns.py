"""What a table shows: columns as data."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

RowT = TypeVar("RowT")


class Kind(Enum):
    """How a cell is painted."""

    TEXT = "text"
    TWO_LINE = "two_line"  # `text` above, `sub` below
    DEADLINE = "deadline"  # a pill when `tone` says danger, warning …, else plain words
    PILL = "pill"
    STAGE = "stage"  # a dot of `tone` and the word
    NUMBER = "number"
    DATE = "date"


def _no_text(_row: object) -> str:
    return ""


def _neutral(_row: object) -> str:
    return "neutral"


@dataclass(frozen=True)  # no slots: Column[Row](…) sets __orig_class__
class Column(Generic[RowT]):
    """One column. `width` is px at 100 %; exactly one column of a table stretches.

    Priority 1 is always shown; when room is short the columns with the highest number go first.
    `tone` gives danger, warning, success, info, neutral, violet, or none (plain and grey).
    """

    title: str
    text: Callable[[RowT], str]
    width: int = 120
    kind: Kind = Kind.TEXT
    priority: int = 1
    stretch: bool = False
    sub: Callable[[RowT], str] = _no_text
    tone: Callable[[RowT], str] = _neutral
    tip: str = ""
    sort_key: str = ""  # name of the order for the loader; "" when the column does not sort

    def plain(self, row: RowT) -> str:
        """The cell as words: for screen readers and the clipboard."""
        below = self.sub(row)
        return f"{self.text(row)} {below}".strip() if below else self.text(row)
