"""Reads the words of an edited Word document and of the PDF that was exported from it."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING, cast

import pikepdf

from inspector_app.errors import DAMAGED_ZIP, UserError
from inspector_app.papers.geometry import MM, PAGE_HEIGHT, PAGE_WIDTH

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement
    from pypdf import PageObject
    from pypdf.generic import DictionaryObject

MOST_BYTES = 100 * 1024 * 1024  # unpacked; a paper of 435 workers takes two
A4_TOLERANCE = 2 * MM
_NOT_WORD = "文件打不开：已损坏、设有密码，或者不是 Word 文档。请用 WPS/Word 另存为 .docx 后再试。"
_NOT_PDF = "文件打不开，可能已损坏，或者不是 PDF。"
_OPEN_REVISIONS = "文件里还有修订没有处理，请在 WPS/Word 里接受或拒绝全部修订后再试。"
_OPEN_COMMENTS = "文件里还有批注，请删除全部批注后再试。"
_REVISIONS = frozenset(("ins", "del", "moveFrom", "moveTo"))


@dataclass(frozen=True, slots=True)
class PdfText:
    """The text of a PDF page by page, and the fonts it carries with it."""

    pages: tuple[str, ...]
    fonts: tuple[str, ...]


def docx_lines(data: bytes) -> tuple[str, ...]:
    """The text of every paragraph in reading order, those of table cells included.

    Refused while revisions or comments are open: what was printed of them is anybody's guess.
    """
    # Loading it costs a fifth of a second, and few papers are edited outside.
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError

    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            if sum(one.file_size for one in package.infolist()) > MOST_BYTES:
                raise UserError("文件展开后过大，不像一份文书。", field="file", kind="file")
        body = Document(BytesIO(data)).element.body
    except (
        *DAMAGED_ZIP, PackageNotFoundError, KeyError, AttributeError, SyntaxError,
    ) as error:  # fmt: skip
        raise UserError(_NOT_WORD, field="file", kind="file") from error
    names = {_name(node) for node in body.iter()}
    if names & _REVISIONS:
        raise UserError(_OPEN_REVISIONS, field="file", kind="file")
    if "commentReference" in names:
        raise UserError(_OPEN_COMMENTS, field="file", kind="file")
    pieces = groupby(_texts(body), key=lambda pair: pair[0])
    lines = ("".join(text for _, text in pair) for _, pair in pieces)
    return tuple(line for line in lines if line.strip())


def _name(node: "BaseOxmlElement") -> str:
    return str(node.tag).rpartition("}")[2]


def _texts(body: "BaseOxmlElement") -> Iterator[tuple["BaseOxmlElement", str]]:
    """Each piece of text with its paragraph; a text box is told once, not again for old Words."""
    for node in body.iter():
        if _name(node) != "t" or not node.text:
            continue
        above = [_name(one) for one in node.iterancestors()]
        if "Fallback" not in above:
            yield next(one for one in node.iterancestors() if _name(one) == "p"), node.text


def pdf_text(data: bytes) -> PdfText:
    """The words of an exported PDF: A4, readable, with its fonts, or it is refused."""
    # Loading it costs up to a second, and few papers are edited outside.
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    _refuse_locked(data)
    try:
        reader = PdfReader(BytesIO(data))
        pages = [(page, page.extract_text()) for page in reader.pages]
        for number, (page, text) in enumerate(pages, 1):
            _check_page(page, text, number)
        fonts = dict(pair for page, _ in pages for pair in _fonts(page))
    except (PyPdfError, KeyError, ValueError, TypeError, AttributeError, IndexError) as error:
        raise UserError(_NOT_PDF, field="file", kind="file") from error
    loose = [name for name, embedded in fonts.items() if not embedded]
    if loose:
        message = f"PDF 没有带上字体“{loose[0]}”，换一台电脑会变样，请在导出时选择嵌入字体。"
        raise UserError(message, field="file", kind="fonts")
    return PdfText(tuple(text for _, text in pages), tuple(fonts))


def _refuse_locked(data: bytes) -> None:
    try:
        with pikepdf.open(BytesIO(data)) as file:
            locked = file.is_encrypted
    except pikepdf.PasswordError:
        locked = True
    except pikepdf.PikepdfError as error:
        raise UserError(_NOT_PDF, field="file", kind="file") from error
    if locked:
        raise UserError("PDF 设了密码，请导出时不要加密。", field="file", kind="file")


def _check_page(page: "PageObject", text: str, number: int) -> None:
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    if abs(width - PAGE_WIDTH) > A4_TOLERANCE or abs(height - PAGE_HEIGHT) > A4_TOLERANCE:
        message = f"PDF 第 {number} 页不是 A4 纸（210×297 毫米）。"
        raise UserError(message, field="file", kind="file")
    if not text.strip():
        message = f"PDF 第 {number} 页没有可读的文字。请用 WPS/Word 输出 PDF，不要用扫描件。"
        raise UserError(message, field="file", kind="file")
    if "\ufffd" in text:
        message = f"PDF 第 {number} 页有读不出来的字，请换用 WPS/Word 的“输出为 PDF”。"
        raise UserError(message, field="file", kind="file")


def _fonts(page: "PageObject") -> Iterator[tuple[str, bool]]:
    """Names of the fonts of a page, and whether each is embedded."""
    for font in _inner(_inner(page, "/Resources"), "/Font").values():
        plain = font.get_object()
        name = str(plain.get("/BaseFont", "/Type3")).lstrip("/").rpartition("+")[2]
        heir = plain["/DescendantFonts"][0].get_object() if "/DescendantFonts" in plain else plain
        carried = _inner(heir, "/FontDescriptor")
        embedded = any(f"/FontFile{kind}" in carried for kind in ("", "2", "3"))
        yield name, embedded or plain.get("/Subtype") == "/Type3"


def _inner(node: "DictionaryObject", key: str) -> "DictionaryObject":
    """The dictionary under a key; an empty one where there is none."""
    return cast("DictionaryObject", node[key].get_object()) if key in node else type(node)()
