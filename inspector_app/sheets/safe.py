"""Makes text safe for a workbook somebody else will open, and files safe to replace."""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from inspector_app.errors import OutsideError

# A spreadsheet runs a cell that starts like this as a formula once it is edited or saved as text.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_ONLY_DASHES = re.compile(r"[-—/]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")
MAX_TEXT = 32_000


def safe_text(text: str) -> str:
    """Text that no spreadsheet takes for a formula; an apostrophe in front keeps it text."""
    guarded = text.startswith(_FORMULA_STARTS) and not _ONLY_DASHES.fullmatch(text)
    clean = _CONTROL.sub("", text.replace("\r\n", "\n"))
    if len(clean) > MAX_TEXT:
        clean = clean[:MAX_TEXT] + "…（过长，已截断）"
    return f"'{clean}" if guarded else clean


def unguarded(text: str) -> str:
    """The text as it was before `safe_text`, for workbooks that come back."""
    if text.startswith("'") and text[1:].startswith(_FORMULA_STARTS):
        return text[1:]
    return text


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A path to write to; it takes the place of `path` only when everything was written."""
    handle = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        number, name = tempfile.mkstemp(suffix=path.suffix, prefix=".", dir=path.parent)
        os.close(number)
        handle = Path(name)
        yield handle
        handle.replace(path)
    except OSError as error:
        message = f"写不了文件“{path.name}”。请关闭正在打开它的程序，或换一个位置再导出。"
        raise OutsideError(message) from error
    finally:
        if handle is not None:
            handle.unlink(missing_ok=True)


def file_sha256(path: Path) -> str:
    """Hash of the file as it lies on disk."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
