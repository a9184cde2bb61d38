"""One file with the whole ledger and all it refers to, made while the program is in use."""

import errno
import hashlib
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from inspector_app.errors import DAMAGED_ZIP, OutsideError, UserError
from inspector_app.ledger.engine import LEDGER
from inspector_app.ledger.last_step import LastStep
from inspector_app.services.desk import Desk
from inspector_app.vault import keyfile
from inspector_app.vault.sealing import SUFFIX

FILES = "files"


@dataclass(frozen=True, slots=True)
class BackupFile:
    """A finished backup."""

    path: Path
    sha256: str


def backup(desk: Desk, out: Path | None = None) -> BackupFile:
    """Write ledger and files into one zip; it appears under its name only when it is whole."""
    stamp = desk.now().strftime("%Y%m%d-%H%M%S")
    target = out or desk.ledger.path.parent / "backup" / f"台账备份_{stamp}.zip"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent) as folder:
            copy = desk.ledger.backup(Path(folder) / LEDGER)
            part = Path(folder) / "part.zip"
            with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as bundle:
                bundle.write(copy, LEDGER)
                if desk.ledger.is_encrypted():  # the copy stays encrypted: it needs its key file
                    bundle.write(desk.ledger.path.with_name(keyfile.NAME), keyfile.NAME)
                for path in desk.files.on_disk():
                    bundle.write(path, f"{FILES}/{path.parent.name}/{path.name}")
            with part.open("rb") as whole:  # of many gigabytes: never all of it in memory
                digest = hashlib.file_digest(whole, "sha256").hexdigest()
            part.replace(target)
    except OSError as error:
        message = f"备份没有写成：{error.strerror}。请检查磁盘空间。"
        raise OutsideError(message, kind="disk") from error
    return BackupFile(target, digest)


def restore(bundle: Path, data_dir: Path) -> Path:
    """Unpack a backup into a folder without a ledger; an existing one is never overwritten."""
    if (data_dir / LEDGER).exists():
        message = f"“{data_dir}”里已有台账，请换一个空文件夹恢复，核对后再替换。"
        raise UserError(message, kind="exists")
    try:
        names = _names(bundle)
        data_dir.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=data_dir) as folder:
            _unpack(bundle, folder)
            if (Path(folder) / FILES).exists():
                shutil.copytree(Path(folder) / FILES, data_dir / FILES, dirs_exist_ok=True)
            if keyfile.NAME in names:
                (Path(folder) / keyfile.NAME).replace(data_dir / keyfile.NAME)
            LastStep(data_dir / LEDGER).forget()  # older on purpose: nothing was lost
            for left in ("-wal", "-shm"):  # of a ledger that is gone: SQLite would mix them in
                (data_dir / f"{LEDGER}{left}").unlink(missing_ok=True)
            (Path(folder) / LEDGER).replace(data_dir / LEDGER)
    except OSError as error:
        message = f"没有恢复：“{data_dir}”写不进。请检查磁盘空间，或换一个文件夹。"
        raise OutsideError(message, kind="disk") from error
    return data_dir / LEDGER


def _names(bundle: Path) -> list[str]:
    """What is packed in a backup; nothing else may be."""
    with _told(bundle), zipfile.ZipFile(bundle) as packed:
        names = packed.namelist()
    if LEDGER not in names or not all(_expected(name) for name in names):
        raise UserError(f"“{bundle.name}”不是台账备份。", kind="not_a_backup")
    return names


def _unpack(bundle: Path, folder: str) -> None:
    with _told(bundle), zipfile.ZipFile(bundle) as packed:
        packed.extractall(folder)


@contextmanager
def _told(bundle: Path) -> Iterator[None]:
    """A damaged backup is told as what it is; a full disk is not its fault."""
    try:
        yield
    except DAMAGED_ZIP as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            raise
        message = f"“{bundle.name}”读不出来：没有拷完整，或者设有密码。请重新拷贝，或换一份备份。"
        raise OutsideError(message, kind="backup") from error


def _expected(name: str) -> bool:
    parts = name.split("/")
    bare = [part.removesuffix(SUFFIX) for part in parts[1:]]
    hexes = all(set(part) <= set("0123456789abcdef") for part in bare)
    return name in (LEDGER, keyfile.NAME) or (parts[0] == FILES and len(parts) == 3 and hexes)
