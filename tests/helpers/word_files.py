"""Word documents as somebody edited them, and PDFs as if they were exported from them."""

import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO

from inspector_app.domain.papers import Block, Layout, PaperKind
from inspector_app.papers.context import PaperContext
from inspector_app.papers.fonts import FontSet
from inspector_app.papers.render import render

DOCUMENT = "word/document.xml"


def edited(docx: bytes, *changes: tuple[str, str]) -> bytes:
    """The document with words exchanged wherever they stand; each must be there."""
    return rewritten(docx, lambda xml: _exchanged(xml, changes))


def _exchanged(xml: str, changes: Sequence[tuple[str, str]]) -> str:
    for old, new in changes:
        assert old in xml, old
        xml = xml.replace(old, new)
    return xml


def rewritten(docx: bytes, change) -> bytes:  # type: ignore[no-untyped-def]  # any text to text
    """The document with its main part changed."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(docx)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            after.writestr(name, change(data.decode()).encode() if name == DOCUMENT else data)
    return out.getvalue()


def exported(kind: PaperKind, lines: Sequence[str], fonts: FontSet) -> bytes:
    """A PDF that says these lines, one paragraph each, with a page number as Word puts it."""
    blocks = tuple(Block("para", text=re.sub("[{}]", "", line)) for line in lines)
    plain = replace(kind, body=blocks, fields=(), layout=Layout.LETTER)
    return render(plain, {}, PaperContext("某局", demo=True), fonts).pdf
