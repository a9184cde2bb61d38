"""What the queue of files asks of the shared database: pieces by hash, keys, parcels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

PIECE = 1024 * 1024  # bytes a call carries at most
ASKED_A_CALL = 500
THERE, SEND, NONE, MORE, NO = "there", "send", "none", "more", "no"
Named = tuple[str, str]  # aggregate, hash


@dataclass(frozen=True, slots=True)
class FileAnswer:
    """How the shared database stands to a file: there, send (from byte `have` on), none, no."""

    state: str
    size: int = 0
    have: int = 0
    why: str = ""

    @classmethod
    def of(cls, doc: Mapping[str, Any]) -> "FileAnswer":
        """Read the answer."""
        return cls(
            doc["s"], int(doc.get("size") or 0), int(doc.get("have") or 0), doc.get("why") or ""
        )


@dataclass(frozen=True, slots=True)
class SharedKeys:
    """The keys of the shared database as hex, and whether it knows ours as this account's."""

    sign: str
    box: str
    me: str
    mine: bool


class FileLine(Protocol):
    """The part of a conversation that is about files. Trouble with the line is an OutsideError."""

    def file_want(self, asked: Sequence[Named]) -> list[FileAnswer]:
        """How it stands to each of these, in their order."""
        ...

    def file_put(self, root: str, sha256: str, size: int, start: int, data: bytes) -> FileAnswer:
        """Deliver a piece that begins at byte `start`."""
        ...

    def file_get(self, root: str, sha256: str, start: int) -> bytes | None:
        """A piece from byte `start` on; None for what is not here or not for us."""
        ...

    def file_keys(self, sign: str, box: str) -> SharedKeys | None:
        """Make our keys known, hear theirs; None when the administrator has made none."""
        ...

    def parcel_put(self, parcel: str, size: int, start: int, data: bytes) -> int:
        """Carry a colleague's sealed package on; up to which byte it is there, -1: no room."""
        ...
