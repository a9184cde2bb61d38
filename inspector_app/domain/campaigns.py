"""Special campaigns (专项行动) and funds (应急周转金) that cases are counted under."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Campaign:
    """A special campaign with its dates; aggregate root of a scope."""

    id: str
    name: str
    scope: str
    city: str
    starts_on: date
    ends_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fund:
    """A fund wages may be advanced from; aggregate root of a scope."""

    id: str
    name: str
    scope: str
    city: str
    opened_on: date
    note: str = ""
