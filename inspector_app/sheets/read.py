"""Opens whatever file somebody sent and says what tables are in it."""

import zipfile
from pathlib import Path

from inspector_app.errors import DAMAGED_ZIP, OutsideError, UserError
from inspector_app.sheets.cells import Sheet
from inspector_app.sheets.read_book import read_book
from inspector_app.sheets.read_html import looks_like_html, read_html
from inspector_app.sheets.read_text import read_text

MAX_BYTES = 200 * 1024 * 1024

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# What people send instead of a table, by the first bytes of the file.
_NOT_TABLES = (
    (b"%PDF", "这是 PDF 文件，不是表格。请向报送单位索要 Excel 文件。"),
    (b"\x89PNG", "这是图片，不是表格。请向报送单位索要 Excel 文件。"),
    (b"\xff\xd8\xff", "这是图片，不是表格。请向报送单位索要 Excel 文件。"),
    (b"Rar!", "这是压缩包。请解压后再导入其中的表格。"),
    (b"7z\xbc\xaf", "这是压缩包。请解压后再导入其中的表格。"),
    (b"{\\rtf", "这是文字文档，不是表格。请另存为 xlsx 后再导入。"),
)


def read_workbook(path: Path) -> list[Sheet]:
    """All tables of the file that hold anything; the content decides the format, not the name."""
    data = _bytes_of(path)
    for start, message in _NOT_TABLES:
        if data.startswith(start):
            raise UserError(message, kind="file")
    if data.startswith(b"PK"):
        _check_zip(path)
        sheets = read_book(path)
    elif data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise UserError("文件设有打开密码。请去掉密码后再导入。", kind="file")
        sheets = read_book(path)
    elif looks_like_html(data):
        sheets = read_html(data, path.stem)
    else:
        sheets = read_text(data, path.stem)
    filled = [sheet for sheet in sheets if sheet.rows]
    if not filled:
        raise UserError("文件里没有内容。", kind="file")
    return filled


def _bytes_of(path: Path) -> bytes:
    if not path.is_file():
        raise UserError(f"没有找到文件“{path.name}”。", kind="file")
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UserError("文件超过 200 MB。请拆分后再导入。", kind="file")
        data = path.read_bytes()
    except OSError as error:
        raise OutsideError(f"读不了文件“{path.name}”。请确认它没有被别的程序占用。") from error
    if not data.strip(b"\x00 \r\n\t"):
        raise UserError("文件是空的。", kind="file")
    return data


def _check_zip(path: Path) -> None:
    """Say what kind of package it is before a reader that knows only workbooks complains."""
    try:
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist())
            unpacked = sum(entry.file_size for entry in package.infolist())
    except DAMAGED_ZIP as error:
        raise UserError("文件已损坏，打不开。请重新索要或重新下载。", kind="file") from error
    if any(name.startswith("word/") for name in names):
        raise UserError("这是 Word 文档。请把其中的表格另存为 xlsx 后再导入。", kind="file")
    if not ({"xl/workbook.xml", "xl/workbook.bin", "content.xml"} & names):
        raise UserError("这是压缩包或别的文档，不是表格。请导入其中的表格文件。", kind="file")
    if unpacked > 10 * MAX_BYTES:
        raise UserError("文件展开后超过 2 GB。请拆分后再导入。", kind="file")
