"""Turns what SQLite says about the world outside into a sentence an inspector can act on."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy.exc
from sqlcipher3 import dbapi2  # type: ignore[import-untyped]  # the wheel carries no types

from inspector_app.errors import OutsideError

# First match wins; the names are SQLite's own result codes.
_SENTENCES = (
    ("SQLITE_BUSY", "busy", "台账正被另一个程序写入，请稍后再试。"),
    ("SQLITE_LOCKED", "busy", "台账正被另一个程序写入，请稍后再试。"),
    ("SQLITE_FULL", "disk_full", "磁盘空间不足，刚才的操作没有保存。请清理磁盘后再试。"),
    ("SQLITE_NOTADB", "not_a_ledger", "台账文件打不开：密钥不对，或者它不是台账文件。"),
    ("SQLITE_CORRUPT", "corrupt", "台账文件已损坏，请用最近的备份恢复。"),
    ("SQLITE_READONLY", "readonly", "台账文件不允许写入，请检查文件夹权限。"),
    ("SQLITE_PERM", "readonly", "台账文件不允许访问，请检查文件夹权限。"),
    ("SQLITE_CANTOPEN", "cannot_open", "台账文件打不开，请检查文件夹是否存在、是否有权限。"),
    ("SQLITE_IOERR", "disk", "读写磁盘出错，刚才的操作没有保存。请检查磁盘后再试。"),
)


def sentence_for(error: BaseException) -> OutsideError | None:
    """The outside trouble behind a database error, or None when the fault is our own."""
    name = str(getattr(error, "sqlite_errorname", ""))
    for code, kind, sentence in _SENTENCES:
        if name.startswith(code):
            return OutsideError(sentence, kind=kind)
    return None


@contextmanager
def outside() -> Iterator[None]:
    """Raise OutsideError for trouble with disk, lock, file or key; let bugs pass as they are."""
    try:
        yield
    except sqlalchemy.exc.DBAPIError as error:
        trouble = sentence_for(error.orig) if error.orig is not None else None
        if trouble is None:
            raise
        raise trouble from error
    except dbapi2.Error as error:
        trouble = sentence_for(error)
        if trouble is None:
            raise
        raise trouble from error
