"""Stores files (issued pages, photos) by their SHA-256: written once, never changed, checked."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from inspector_app.errors import OutsideError
from inspector_app.ledger.crashpoints import reach
from inspector_app.ledger.ids import new_id
from inspector_app.vault.keyfile import sync_folder
from inspector_app.vault.keys import WrongKeyError
from inspector_app.vault.sealing import SUFFIX, FileKeys

_BLOCK = 1024 * 1024
_PART = ".part"
_CHANGED = "存档文件已被改动"
_OPEN = "存档文件没有加密"


@dataclass(frozen=True, slots=True)
class FileProblem:
    """A stored file that is not what its name says."""

    sha256: str
    message: str


class FileStore:
    """A folder of files named by their hash.

    With `keys` a file is encrypted and its name tells nothing; to the caller nothing changes:
    content in, content out, and its address is the hash of the content. A file that is not yet
    encrypted is read all the same.
    """

    def __init__(self, folder: Path, keys: FileKeys | None = None) -> None:
        self.folder = folder
        self.keys = keys

    def path(self, sha256: str) -> Path:
        """Where the file of that hash lies (whether or not it does)."""
        if self.keys is None:
            return self.plain_path(sha256)
        _refuse_other_than_hash(sha256)
        name = self.keys.name(sha256)
        return self.folder / name[:2] / f"{name}{SUFFIX}"

    def plain_path(self, sha256: str) -> Path:
        """Where it lies, or lay, without encryption."""
        _refuse_other_than_hash(sha256)
        return self.folder / sha256[:2] / sha256

    def has(self, sha256: str) -> bool:
        """Whether the file of that hash is here; whether it is whole, `get` says."""
        return self.path(sha256).exists() or self.plain_path(sha256).exists()

    def put(self, content: bytes | Path) -> str:
        """Store bytes or a copy of a file; durable when this returns. Same content, same hash."""
        try:
            data = content.read_bytes() if isinstance(content, Path) else content
        except OSError as error:
            raise OutsideError(f"文件读不出来：{content!s}", kind="disk") from error
        digest = hashlib.sha256(data).hexdigest()
        target = self.path(digest)
        try:
            if not (target.exists() and self._whole(target, digest)):
                self._write(target, self._as_stored(target, data))
        except OSError as error:
            raise OutsideError(
                "文件没有存成，请检查磁盘空间和文件夹权限后再试。", kind="disk"
            ) from error
        return digest

    def _as_stored(self, target: Path, data: bytes) -> bytes:
        return data if self.keys is None else self.keys.seal(target.stem, data)

    def _write(self, target: Path, data: bytes) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f"{new_id()}{_PART}")
        try:
            with part.open("wb") as file:
                file.write(data)
                reach("file_written")
                file.flush()
                os.fsync(file.fileno())
            reach("file_synced")
            part.replace(target)
            sync_folder(target.parent)
        finally:
            part.unlink(missing_ok=True)
        reach("file_renamed")

    def get(self, sha256: str) -> bytes:
        """The stored bytes; OutsideError when they are gone or no longer what was stored."""
        path = self.path(sha256)
        if not path.exists():
            path = self.plain_path(sha256)
        try:
            data = self._content(path)
        except OSError as error:
            raise OutsideError(
                "存档文件不在本机，请从共享库下载，或者从备份恢复。", kind="file_missing"
            ) from error
        if data is None or hashlib.sha256(data).hexdigest() != sha256:
            raise OutsideError(f"{_CHANGED}，请从备份恢复。", kind="file_changed")
        return data

    def remove(self, sha256: str) -> None:
        """Take a file away for good (purge): overwritten where it lies, then deleted."""
        for path in (self.path(sha256), self.plain_path(sha256)):
            if path.exists():
                with path.open("r+b") as file:
                    file.write(bytes(path.stat().st_size))
                    file.flush()
                    os.fsync(file.fileno())
                path.unlink()

    def _content(self, path: Path) -> bytes | None:
        """What a file on disk holds; None when its seal is broken."""
        data = path.read_bytes()
        if path.suffix != SUFFIX:
            return data
        try:
            return self.keys.unseal(path.stem, data) if self.keys is not None else None
        except WrongKeyError:
            return None

    def _whole(self, path: Path, sha256: str) -> bool:
        if path.suffix != SUFFIX:
            return _hash(path) == sha256
        data = self._content(path)
        return data is not None and hashlib.sha256(data).hexdigest() == sha256

    def content_of(self, path: Path) -> bytes | None:
        """What one of `on_disk` holds; None when it is not what its name says."""
        data = self._content(path)
        if data is None:
            return None
        digest = hashlib.sha256(data).hexdigest()
        named = self.keys.name(digest) if self.keys and path.suffix == SUFFIX else digest
        return data if path.stem == named else None

    def on_disk(self) -> Iterator[Path]:
        """Every stored file as it lies there, for a backup."""
        return (path for path in sorted(self.folder.glob("??/*")) if path.suffix != _PART)

    def check(self) -> list[FileProblem]:
        """Every stored file whose content is not what its name says, or that lies open."""
        problems = ((path, self._problem(path)) for path in self.on_disk())
        return [FileProblem(path.stem, words) for path, words in problems if words]

    def _problem(self, path: Path) -> str:
        if self.content_of(path) is None:
            return _CHANGED
        return _OPEN if self.keys is not None and path.suffix != SUFFIX else ""


def _refuse_other_than_hash(sha256: str) -> None:
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise ValueError(f"not a SHA-256: {sha256!r}")


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
