"""A damaged or locked zip is told in a sentence wherever one is read, and nothing changes."""

import errno
import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import docx
import pytest

from inspector_app.errors import OutsideError, UserError
from inspector_app.ledger.engine import LEDGER
from inspector_app.library.pack_zip import read_zipped
from inspector_app.library.statute_text import read_words
from inspector_app.papers.word.reading import docx_lines
from inspector_app.services import backup as backups
from inspector_app.services.backup import backup, restore
from inspector_app.services.desk import Desk
from inspector_app.services.protection import _packed_open
from inspector_app.sheets.read import read_workbook
from inspector_app.vault.keyfile import PLAIN_HEAD
from tests.sheets.builders import workbook

LOCAL, CENTRAL = b"PK\x03\x04", b"PK\x01\x02"
SHEET, BODY = "xl/worksheets/sheet1.xml", "word/document.xml"
LAW = "law/wages.toml"


@pytest.fixture
def sources(tmp_path: Path) -> dict[str, bytes]:
    """A whole file of each kind the program unpacks by itself, small."""
    rows = [[f"工人{number}", number * 37 % 101] for number in range(40)]
    table = workbook(tmp_path / "whole.xlsx", rows)
    letter = docx.Document()
    for number in range(1, 30):
        letter.add_paragraph(f"第{number}条 工资按月足额支付，第 {number * 37 % 101} 日。")
    out = io.BytesIO()
    letter.save(out)
    noise = bytes(number * number % 251 for number in range(600))
    return {
        "xlsx": table.read_bytes(),
        "docx": out.getvalue(),
        "backup": zipped({LEDGER: PLAIN_HEAD + noise * 2}),
        "pack": zipped({"pack.toml": b"version = '1'\n", LAW: b"a = 1\n" + noise.hex().encode()}),
    }


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(name, data)
    return out.getvalue()


def damaged(data: bytes, member: str, most: int) -> Iterator[bytes]:
    """The zip with one byte of the packed data of a member changed, at up to `most` places."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        info = package.getinfo(member)
    head = info.header_offset
    lengths = (data[head + 26 : head + 28], data[head + 28 : head + 30])
    start = head + 30 + sum(int.from_bytes(one, "little") for one in lengths)
    for place in range(start, start + info.compress_size, info.compress_size // most + 1):
        yield data[:place] + bytes([data[place] ^ 0x5A]) + data[place + 1 :]


def marked(data: bytes, *, locked: bool) -> bytes:
    """Every member asks for a password; or is packed in a way nobody knows."""
    found = bytearray(data)
    for sign, at in ((LOCAL, 6), (CENTRAL, 8)):
        place = found.find(sign)
        while place >= 0:
            if locked:
                found[place + at] |= 1
            else:
                found[place + at + 2] = 99
            place = found.find(sign, place + 4)
    return bytes(found)


READERS: dict[str, tuple[str, str, Callable[[Path], object], str]] = {
    "list": ("xlsx", SHEET, read_workbook, "已损坏"),
    "letter": ("docx", BODY, lambda path: docx_lines(path.read_bytes()), "打不开.*另存为"),
    "statute": ("docx", BODY, read_words, "打不开.*另存为"),
    "rules": ("pack", LAW, lambda path: read_zipped(path.read_bytes()), "打不开.*已损坏"),
    "backup": ("backup", LEDGER, lambda path: restore(path, path.with_name("new")), "换一份备份"),
}


@pytest.mark.parametrize("reader", READERS)
def test_one_changed_byte_is_told(sources: dict[str, bytes], tmp_path: Path, reader: str) -> None:
    source, member, read, said = READERS[reader]
    path = tmp_path / "x.zip"
    for data in damaged(sources[source], member, 24):
        path.write_bytes(data)
        with pytest.raises((UserError, OutsideError), match=said):
            read(path)
    assert not list(tmp_path.glob("new/*"))


@pytest.mark.parametrize("locked", [True, False])
@pytest.mark.parametrize("reader", READERS)
def test_a_locked_or_strange_zip_is_told(
    sources: dict[str, bytes], tmp_path: Path, reader: str, locked: bool
) -> None:
    source, _, read, said = READERS[reader]
    path = tmp_path / "x.zip"
    path.write_bytes(marked(sources[source], locked=locked))
    with pytest.raises((UserError, OutsideError), match=f"{said}|设有密码"):
        read(path)
    assert not list(tmp_path.glob("new/*"))


def test_a_directory_that_says_nonsense_is_told(sources: dict[str, bytes], tmp_path: Path) -> None:
    """Names that are no text, places before the start: any byte after the first member."""
    path = tmp_path / "x.xlsx"
    data = sources["xlsx"]
    for place in range(data.find(CENTRAL), len(data), 5):
        path.write_bytes(data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :])
        with suppress(UserError):  # where the reading does not need the byte, it is read
            read_workbook(path)


def test_what_cannot_be_looked_into_is_no_open_copy(
    sources: dict[str, bytes], tmp_path: Path
) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(sources["backup"])
    assert _packed_open(path)
    for data in (*damaged(sources["backup"], LEDGER, 24), marked(sources["backup"], locked=True)):
        path.write_bytes(data)
        assert not _packed_open(path)


def test_a_backup_is_never_whole_in_memory_and_appears_only_when_hashed(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_large(_: Path) -> bytes:
        raise MemoryError

    monkeypatch.setattr(Path, "read_bytes", too_large)
    assert len(backup(desk, tmp_path / "one.zip").sha256) == 64

    def unreadable(*_: object) -> None:
        raise OSError(5, "读取错误")

    monkeypatch.setattr(backups.hashlib, "file_digest", unreadable)
    with pytest.raises(OutsideError, match="备份没有写成"):
        backup(desk, tmp_path / "two.zip")
    assert not (tmp_path / "two.zip").exists()


def test_a_full_disk_is_not_the_fault_of_the_backup(
    sources: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(sources["backup"])

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(zipfile.ZipFile, "extractall", full)
    with pytest.raises(OutsideError, match="检查磁盘空间") as caught:
        restore(path, tmp_path / "new")
    assert caught.value.kind == "disk"
    assert not list(tmp_path.glob("new/*"))
