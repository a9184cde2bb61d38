"""The key file beside the ledger: written whole or not at all, twice, found by what it opens."""

import os
from pathlib import Path

from inspector_app.errors import OutsideError
from inspector_app.vault.envelope import Envelope, from_bytes, is_whole, to_bytes
from inspector_app.vault.keys import LedgerKey

NAME = "ledger.keys"
# A twin of the same content, for a disk that spoils one. An older content is never kept: it
# would still open with the password that was just changed.
TWIN = "ledger.keys.copy"
NEXT = "ledger.keys.next"  # of a ledger that is being converted, see ledger/convert.py
SALT_BYTES = 16
PLAIN_HEAD = b"SQLite format 3\0"


def head_of(ledger: Path) -> bytes:
    """The first 16 bytes of a ledger file; empty when there is none."""
    try:
        with ledger.open("rb") as file:
            return file.read(SALT_BYTES)
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise OutsideError("台账文件打不开，请检查文件夹权限。", kind="cannot_open") from error


def is_encrypted(ledger: Path) -> bool:
    """Whether the ledger file is there and not open to read."""
    head = head_of(ledger)
    return len(head) == SALT_BYTES and head != PLAIN_HEAD and key_file_near(ledger.parent)


def key_file_near(folder: Path) -> bool:
    """Whether a key file lies in the folder: without one an unreadable ledger is just damaged."""
    return any((folder / name).exists() for name in (NAME, TWIN, NEXT))


def candidates(folder: Path, salt: str) -> list[Envelope]:
    """Every readable key file in the folder, those of the ledger that begins so first."""
    found = []
    for name in (NAME, TWIN, NEXT):
        try:
            found.append(from_bytes((folder / name).read_bytes()))
        except (OSError, ValueError):
            continue
    return sorted(dict.fromkeys(found), key=lambda one: one.ledger_salt != salt)


def keep(folder: Path, envelope: Envelope, key: LedgerKey) -> None:
    """Write the key file and its twin; durable when this returns."""
    data = to_bytes(envelope, key)
    for name in (TWIN, NAME):
        write(folder / name, data)


def is_kept(folder: Path, envelope: Envelope, key: LedgerKey) -> bool:
    """Whether just this is kept, in both files."""
    return spoiled(folder, to_bytes(envelope, key)) == []


def unsound(folder: Path, key: LedgerKey) -> list[str]:
    """The names of the key files that are missing, changed, or not alike."""
    read = {name: _read(folder / name) for name in (NAME, TWIN)}
    wrong = [name for name, data in read.items() if not is_whole(data, key)]
    return wrong or ([TWIN] if read[NAME] != read[TWIN] else [])


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def spoiled(folder: Path, data: bytes) -> list[str]:
    """The names of the key files that do not hold these bytes."""
    return [name for name in (NAME, TWIN) if _read(folder / name) != data]


def keep_next(folder: Path, envelope: Envelope, key: LedgerKey) -> None:
    """Write the key file of a conversion that is not yet decided."""
    write(folder / NEXT, to_bytes(envelope, key))


def forget(folder: Path) -> None:
    """Remove the key files of a ledger that is open again."""
    for name in (NAME, TWIN, NEXT):
        (folder / name).unlink(missing_ok=True)


def write(path: Path, data: bytes) -> None:
    """A file written beside, made durable and moved over; OutsideError when the disk refuses."""
    fresh = path.with_name(f"{path.name}.part")
    try:
        with fresh.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise OutsideError("密钥文件没有存成，请检查磁盘空间和文件夹权限。", kind="disk") from error


def sync_folder(folder: Path) -> None:
    """Make names in a folder durable; Windows knows no such call."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
