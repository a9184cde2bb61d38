"""The code at the foot of a numbered paper: its number and a fingerprint of what it says."""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from reportlab.graphics.barcode.qrencoder import (
    QRECI,
    QR8bitByte,
    QRAlphaNum,
    QRCode,
    QRErrorCorrectLevel,
)
from reportlab.pdfgen.pathobject import PDFPathObject

from inspector_app.papers.fonts import Role
from inspector_app.papers.geometry import BOTTOM, LEFT, MM
from inspector_app.papers.pen import Pen, Style

SIZE = 18 * MM  # with its quiet zone: modules of a third of a millimetre
QUIET = 4  # modules left white around it, as readers want
BELOW = 5 * MM  # from the type area down to the code
GUIDE, FAINT = 5.0, 0.72  # the dashed place in a preview is a little smaller
PLACE = "核验码"
# Codewords for data of versions 1, 2 … at error level M (ISO/IEC 18004, table 7).
CAPACITY = (16, 28, 44, 64, 86, 108, 124, 154, 182, 216, 254, 290, 334, 365, 415)
# Nearly all of the code is a random number: looking for the best of eight masks, as one does for
# texts, takes nine times as long and gains nothing a reader would notice.
MASK = 0
UTF_8 = 26  # number of this encoding in the list readers know
_CODE = re.compile(r"(?P<number>\S.*?)\s+(?P<digest>[0-9A-Fa-f]{64})")


@dataclass(frozen=True, slots=True)
class Code:
    """What a scanned code says."""

    number: str
    digest: str


def fingerprint(kind: str, version: str, number: str, on: date | None, values: str) -> str:
    """SHA-256 of kind, form version, number, day of issue and values (JSON text, in any order)."""
    said = {
        "kind": kind,
        "version": version,
        "number": number,
        "on": on.isoformat() if on else "",
        "values": json.loads(values),
    }
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def code_text(number: str, digest: str) -> str:
    """What the code says: the number, a blank, 64 characters."""
    return f"{number} {digest.upper()}"


def read_code(text: str) -> Code | None:
    """A scanned text taken apart; None when it is no code of a paper."""
    found = _CODE.fullmatch(text.strip())
    return Code(found["number"], found["digest"].lower()) if found else None


def matrix(text: str) -> tuple[tuple[bool, ...], ...]:
    """Rows of modules, dark ones True. The number is UTF-8 and said to be so, the fingerprint in
    the shorter alphabet of digits and capitals."""
    number, _, digest = text.rpartition(" ")
    code = QRCode(_version(len(number.encode())), QRErrorCorrectLevel.M)
    for part in (QRECI(UTF_8), QR8bitByte(number), QRAlphaNum(f" {digest}")):
        code.addData(part)
    code.makeImpl(False, MASK)
    return tuple(tuple(bool(module) for module in row) for row in code.modules)


def _version(length: int) -> int:
    """The smallest code that holds a number of so many bytes; reportlab forgets to count what says
    the encoding."""
    for version, codewords in enumerate(CAPACITY, 1):
        lengths = 8 + 9 if version < 10 else 16 + 11
        bits = (4 + 8) + 4 + 4 + lengths + 8 * length + 358  # 358: a blank and 64 characters
        if bits <= 8 * codewords:
            return version
    raise ValueError("number too long for a code")


def paint_code(pen: Pen, text: str) -> None:
    """At the left below the type area, where no page number stands on a first page."""
    rows = matrix(text)
    side = SIZE / (len(rows) + 2 * QUIET)
    canvas = pen.canvas
    canvas.saveState()
    canvas.setFillGray(0)
    # A module is one unit: whole numbers are short to write, and one path is drawn at once.
    canvas.translate(LEFT, BOTTOM - BELOW - QUIET * side)
    canvas.scale(side, side)
    canvas.drawPath(PDFPathObject(["n", *_runs(rows)]), stroke=0, fill=1)
    canvas.restoreState()


def _runs(rows: Sequence[Sequence[bool]]) -> Iterator[str]:
    """Dark modules side by side as one rectangle each, downwards from (0, 0)."""
    for down, row in enumerate(rows, 1):
        at = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                yield f"{at} {-down} {length} 1 re"
            at += length


def paint_place(pen: Pen, words: str) -> None:
    """Where the code will stand, faint, in a preview."""
    canvas, side = pen.canvas, SIZE - 2 * GUIDE
    left, top = LEFT, BOTTOM - BELOW - GUIDE
    canvas.saveState()
    canvas.setStrokeGray(FAINT)
    canvas.setFillGray(FAINT)
    canvas.setDash(3, 2)
    pen.frame(left, top, side, side)
    style = Style(Role.HEI, 8)
    pen.text(left + (side - pen.width(words, style)) / 2, top - side / 2 - 3, words, style)
    canvas.restoreState()
