"""Which files come to this PC by themselves, and where they lie here."""

from collections.abc import Collection
from dataclasses import dataclass

from inspector_app.ledger.files import FileStore
from inspector_app.sync.attachments.file_names import LAW, NamedFile

MB = 1024 * 1024
OWN, ALL, ASKED = "own", "all", "asked"


@dataclass(frozen=True, slots=True)
class FilePolicy:
    """Which files come by themselves: own cases and issued papers, all, or only what is asked for.

    `largest` in bytes; `person` is the inspector at this PC, by id.
    """

    which: str = OWN
    largest: int = 20 * MB
    person: str = ""

    def takes(self, one: NamedFile, size: int, own: Collection[str]) -> bool:
        """Whether a file comes without being asked for; `own` are the person's aggregates."""
        if one.t in LAW:
            return True
        if self.which == ASKED or size > self.largest:
            return False
        return self.which == ALL or one.issued or one.root in own


@dataclass(frozen=True, slots=True)
class FilePost:
    """Where files lie on this PC, and which of them come by themselves."""

    store: FileStore
    policy: FilePolicy = FilePolicy()
