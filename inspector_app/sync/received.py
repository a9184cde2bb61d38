"""Who received personal data from the shared side: who, when, of which county, how many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

MOST = 5000


@dataclass(frozen=True, slots=True)
class Received:
    """A person on a day: how many times records of a county came, how many, and files fetched."""

    login: str
    display: str
    scope: str
    county: str
    day: date
    first: datetime
    last: datetime
    pages: int
    records: int
    files: int


class ReceivedLine(Protocol):
    """The line of somebody who looks after the shared side."""

    def received(self, scope: str, since: datetime, most: int) -> Sequence[Mapping[str, Any]]:
        """Who received personal data, by day."""
        ...


def received(line: ReceivedLine, scope: str, since: datetime) -> list[Received]:
    """The last days first; of one county, or of all when `scope` is empty."""
    return [
        Received(
            one["login"], one["display"], one["scope"], one["county"],
            date.fromisoformat(one["day"]), datetime.fromisoformat(one["first"]),
            datetime.fromisoformat(one["last"]), one["pages"], one["records"], one["files"],
        )
        for one in line.received(scope, since, MOST)
    ]  # fmt: skip
