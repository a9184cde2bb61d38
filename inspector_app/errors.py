"""Who is to blame: the input (UserError), the world (OutsideError), or us (anything else)."""

import lzma
import zipfile
import zlib

# What zipfile raises, at its opening or at the reading of a member, on bytes that are no zip,
# are damaged, are packed in a way it does not know, or ask for a password (RuntimeError).
DAMAGED_ZIP = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, NotImplementedError, EOFError,
    ValueError, OSError,
)  # fmt: skip


class UserError(Exception):
    """A sentence to show as it stands, in Chinese, that says what to do; nothing was changed.

    `field` names the input the sentence is about, so that a form can jump there.
    `kind` is a short English word for scripts (`--json` prints it).
    """

    def __init__(self, message: str, *, field: str = "", kind: str = "input") -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.kind = kind


class OutsideError(Exception):
    """Disk, lock, printer or network failed; the sentence (Chinese) says what to try."""

    def __init__(self, message: str, *, kind: str = "outside") -> None:
        super().__init__(message)
        self.message = message
        self.kind = kind


class OtherDatabase(OutsideError):  # noqa: N818  # what happened, not what broke
    """The line leads to a shared database this ledger does not belong to; `database` is its id."""

    def __init__(self, message: str, *, database: str) -> None:
        super().__init__(message, kind="other_database")
        self.database = database
