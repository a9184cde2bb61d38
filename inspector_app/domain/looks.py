"""Two PCs changed the legal facts of one case while apart: somebody looks before the next paper."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class CaseLook:
    """That it happened, or that somebody has looked at it; child of a case, never changed.

    A finding names by table, row and column (`t|id|column`) what each side changed, never a value:
    those stand in the trail of every PC. `found_id` is empty for a finding, and names the finding
    that was looked at else; `by_name` is who changed `own_facts`, or who looked.
    """

    id: str
    case_id: str
    found_id: str
    by_name: str
    on: date
    own_facts: tuple[str, ...] = ()
    other_facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """One legal fact: a column of a row; a whole row that came or went has no column."""

    t: str
    id: str
    column: str = ""

    def key(self) -> str:
        """As a finding names it."""
        return f"{self.t}|{self.id}|{self.column}"

    @classmethod
    def of(cls, key: str) -> "Fact":
        """Read a key; ValueError when it is none."""
        t, row_id, column = key.split("|")
        return cls(t, row_id, column)


def unseen(looks: Iterable[CaseLook]) -> tuple[CaseLook, ...]:
    """The findings nobody has looked at yet, oldest first."""
    known = list(looks)
    seen = {one.found_id for one in known}
    return tuple(
        sorted((one for one in known if not one.found_id and one.id not in seen), key=_age)
    )


def _age(one: CaseLook) -> tuple[date, str]:
    return one.on, one.id
