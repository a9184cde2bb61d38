"""Stores files (issued pages, photos) by their SHA-256: written once, never changed, checked."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from inspector_app.errors import OutsideError
from inspector_app.ledger.crashpoints import reach
from inspector_app.ledger.ids import new_id

_BLOCK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class FileProblem:
    """A stored file that is not what its name says."""

    sha256: str
    message: str


def _sync_folder(folder: Path) -> None:
    # The name of a new file is durable only when its folder is; Windows knows no such call.
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


class FileStore:
    """A folder of files named by their hash."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """Where the file of that hash lies (whether or not it does)."""
        if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
            raise ValueError(f"not a SHA-256: {sha256!r}")
        return self.folder / sha256[:2] / sha256

    def put(self, content: bytes | Path) -> str:
        """Store bytes or a copy of a file; durable when this returns. Same content, same hash."""
        try:
            data = content.read_bytes() if isinstance(content, Path) else content
        except OSError as error:
            raise OutsideError(f"文件读不出来：{content!s}", kind="disk") from error
        digest = hashlib.sha256(data).hexdigest()
        target = self.path(digest)
        try:
            if not (target.exists() and _hash(target) == digest):
                self._write(target, data)
        except OSError as error:
            raise OutsideError(
                "文件没有存成，请检查磁盘空间和文件夹权限后再试。", kind="disk"
            ) from error
        return digest

    def _write(self, target: Path, data: bytes) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f"{new_id()}.part")
        try:
            with part.open("wb") as file:
                file.write(data)
                reach("file_written")
                file.flush()
                os.fsync(file.fileno())
            reach("file_synced")
            part.replace(target)
            _sync_folder(target.parent)
        finally:
            part.unlink(missing_ok=True)
        reach("file_renamed")

    def get(self, sha256: str) -> bytes:
        """The stored bytes; OutsideError when they are gone or no longer what was stored."""
        try:
            data = self.path(sha256).read_bytes()
        except OSError as error:
            raise OutsideError("存档文件不见了，请从备份恢复。", kind="file_missing") from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise OutsideError("存档文件已被改动，请从备份恢复。", kind="file_changed")
        return data

    def check(self) -> list[FileProblem]:
        """Every stored file whose content is not what its name says."""
        return [
            FileProblem(path.name, "存档文件已被改动")
            for path in sorted(self.folder.glob("??/*"))
            if path.suffix != ".part" and _hash(path) != path.name
        ]


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
