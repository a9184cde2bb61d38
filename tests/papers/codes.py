"""Reads the code at the foot of a printed page back, module by module, from its picture."""

from io import BytesIO

from PIL import Image

from inspector_app.papers.geometry import BOTTOM, LEFT, PAGE_HEIGHT
from inspector_app.papers.qr import BELOW, SIZE
from tests.papers.pdf import run

DPI = 300


def printed_code(pdf: bytes, page: int = 1) -> tuple[tuple[bool, ...], ...]:
    """Dark and white modules as printed; () where there is no code."""
    png = run("pdftoppm", pdf, "-r", str(DPI), "-png", "-f", str(page), "-l", str(page), "-")
    with Image.open(BytesIO(png)) as opened:
        shown = opened.convert("L")
    dots = DPI / 72
    top = (PAGE_HEIGHT - BOTTOM + BELOW) * dots
    box = (LEFT * dots - 2, top - 2, (LEFT + SIZE) * dots, top + SIZE * dots)
    part = shown.crop(tuple(map(round, box)))
    dark = part.point(lambda level: 255 if level < 128 else 0).getbbox()
    if dark is None:
        return ()
    left, upper, right, lower = dark
    if abs((right - left) - (lower - upper)) > 2:
        return ()  # a page number, no square
    count = _count(part.crop(dark))
    step = (right - left) / count
    return tuple(
        tuple(
            part.getpixel((left + (x + 0.5) * step, upper + (y + 0.5) * step)) < 128
            for x in range(count)
        )
        for y in range(count)
    )


def _count(square: Image.Image) -> int:
    """Modules a side: the pattern at the corner is seven of them wide."""
    row = [square.getpixel((x, 2)) < 128 for x in range(square.width)]
    corner = row.index(False)
    return round(square.width / (corner / 7))
