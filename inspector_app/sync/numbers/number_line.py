"""What the exchange asks of the register of numbers at the shared database."""

from collections.abc import Sequence
from typing import Any, Protocol

Series = tuple[str, str, int]  # scope, series, year (0 for a series that runs on)
Used = tuple[int, str]  # a number and the id of the entry that bears it


class NumberLine(Protocol):
    """The calls about numbers. Trouble with the line is an OutsideError."""

    def lease(self, device: str, scope: str, series: str, year: int, count: int) -> list[int]:
        """All numbers of a series on lease to this PC, filled up to `count` of them."""
        ...

    def release(
        self, device: str, scope: str, series: str, year: int, nos: Sequence[int], policy: str
    ) -> None:
        """Give unused numbers back: `reuse`, or `void:` and why; what is not ours is left alone."""
        ...

    def held(self, device: str) -> dict[Series, list[int]]:
        """Everything on lease to a device of this account."""
        ...

    def redeclare(
        self, device: str, scope: str, series: str, year: int, nos: Sequence[int]
    ) -> list[int]:
        """After a restore: what this PC holds; those that somebody else holds come back."""
        ...

    def declare_used(
        self, device: str, scope: str, series: str, year: int, used: Sequence[Used], was: str
    ) -> list[int]:
        """What this PC has used without a lease; those somebody else has used too come back."""
        ...

    def register(self, scope: str, year: int) -> dict[str, Any]:
        """Every number of a scope and year with what became of it; what is borne twice."""
        ...
