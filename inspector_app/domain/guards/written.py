"""What a paper itself says of a fine and of the hearing: steps and drafts are held against it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from inspector_app.domain.paper_joint import FINE, JOINT, joint_rows
from inspector_app.domain.papers import Value

AMOUNT = "amount"
PENALTY = "penalty"  # the field of kinds that punish, and of no others
NO_HEARING, HEARING = "否", "是"
CITIZEN = "你"  # how a paper addresses a person


@dataclass(frozen=True, slots=True)
class Written:
    """A paper made in the program. `fines`: of the first party and of those beside it, fen.

    `person`: it is addressed to a citizen. `hearing`: 是, 否, or "" where the kind does not ask.
    """

    ref: str
    kind: str
    number: str
    on: date
    fines: tuple[int, ...] = ()
    person: bool = False
    hearing: str = ""

    @property
    def sums(self) -> frozenset[int]:
        """What a step may call the fine of this paper: one party's, or that of all together."""
        return frozenset({*self.fines, self.total})

    @property
    def total(self) -> int:
        """All its fines together; 0 where it has none."""
        return sum(self.fines)

    @property
    def heaviest(self) -> int:
        """The highest fine of one party; 0 where it has none."""
        return max(self.fines, default=0)


def written(ref: str, kind: str, number: str, on: date, values: Mapping[str, Value]) -> Written:
    """Read a paper's values; a kind without these fields has no fine and no hearing."""
    amount, hearing = values.get(AMOUNT), values.get("hearing")
    fines = [amount] if isinstance(amount, int) else []
    cells = [row.get(FINE, "").strip() for row in joint_rows(values.get(JOINT))]
    fines += [int(cell) for cell in cells if cell.isdecimal()]
    said = hearing if isinstance(hearing, str) and hearing in {HEARING, NO_HEARING} else ""
    person = values.get("you") == CITIZEN
    return Written(ref, kind, number, on, tuple(fines), person, said)
