"""What a look over the ledger can find."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it must be. `kind` is a short English word for scripts."""

    kind: str
    where: str
    message: str
