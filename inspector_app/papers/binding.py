"""Binds pages into one PDF: photos as pages, page stamps at the outer corner, bookmarks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf
from reportlab.pdfgen.canvas import Canvas

from inspector_app.papers.fonts import FontSet, Role
from inspector_app.papers.geometry import (
    BOTTOM,
    HEIGHT,
    LEFT,
    MM,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    WIDTH,
)
from inspector_app.papers.pen import Pen, Style
from inspector_app.papers.pictures import small_jpeg

JSON = "application/json"
CAPTION = 40.0  # points kept below a photo
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class BoundPart:
    """Pages with the title of their bookmark; only numbered ones bear a page stamp."""

    title: str
    pdf: bytes
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class Bound:
    """The finished file: `stamped` counts the numbered pages."""

    pdf: bytes
    pages: int
    stamped: int


def count_pages(pdf: bytes) -> int:
    """How many pages a PDF has; ValueError when it is none."""
    try:
        with pikepdf.open(BytesIO(pdf)) as file:
            return len(file.pages)
    except pikepdf.PikepdfError as error:  # a password too: its class is no PdfError
        raise ValueError(str(error)) from error


def photo_page(data: bytes, caption: str, fonts: FontSet) -> bytes:
    """A photo on a page of its own, turned as it was taken; ValueError when it is no picture."""
    (across, down), jpeg = small_jpeg(data)
    room = HEIGHT - CAPTION
    scale = min(WIDTH / across, room / down)
    wide, high = across * scale, down * scale
    x, y = LEFT + (WIDTH - wide) / 2, BOTTOM + CAPTION + (room - high) / 2
    captioned = _page(lambda pen: _centred(pen, caption, y - 24), fonts)
    with pikepdf.open(BytesIO(captioned)) as file:
        # Not by reportlab: it unpacks the JPEG once more, and stores it a quarter larger as text.
        image = file.make_stream(
            jpeg,
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=across,
            Height=down,
            ColorSpace=pikepdf.Name.DeviceRGB,
            BitsPerComponent=8,
            Filter=pikepdf.Name.DCTDecode,
        )
        page = file.pages[0]
        name = page.add_resource(image, pikepdf.Name.XObject, pikepdf.Name.Photo)
        page.contents_add(f"q {wide:.3f} 0 0 {high:.3f} {x:.3f} {y:.3f} cm {name} Do Q".encode())
        out = BytesIO()
        file.save(out, deterministic_id=True)
    return out.getvalue()


def note_page(lines: Sequence[str], fonts: FontSet) -> bytes:
    """A page in place of something that cannot be printed: what it is and where it is kept."""

    def paint(pen: Pen) -> None:
        for number, line in enumerate(lines):
            _centred(pen, line, PAGE_HEIGHT * 0.62 - number * 28)

    return _page(paint, fonts)


def blank_canvas(out: BytesIO, fonts: FontSet) -> Canvas:
    """A page to draw on, whose fonts are all our own."""
    # Else reportlab names Helvetica, not embedded, in every file; its stub wants a number here.
    first_font: dict[str, Any] = {"initialFontName": fonts.chains[Role.LATIN][-1].name}
    return Canvas(out, (PAGE_WIDTH, PAGE_HEIGHT), invariant=1, pageCompression=1, **first_font)


def _page(paint: Callable[[Pen], None], fonts: FontSet) -> bytes:
    out = BytesIO()
    canvas = blank_canvas(out, fonts)
    paint(Pen(canvas, fonts))
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _centred(pen: Pen, text: str, y: float) -> None:
    style = Style(Role.BODY, 12)
    pen.text(max(LEFT, (PAGE_WIDTH - pen.width(text, style)) / 2), y, text, style)


def bind(
    parts: Sequence[BoundPart],
    fonts: FontSet,
    progress: Progress | None = None,
    attached: Mapping[str, bytes] | None = None,
) -> Bound:
    """All parts in one file; the numbered pages are stamped 1, 2, 3 … at the outer upper corner.

    `attached` are JSON files that go along inside of it, by their names.
    """
    whole = pikepdf.Pdf.new()
    for name, data in (attached or {}).items():
        whole.attachments[name] = pikepdf.AttachedFileSpec(
            whole,
            data,
            filename=name,
            description="",
            mime_type=JSON,
            creation_date="",
            mod_date="",
        )
    numbered: list[int] = []
    with whole.open_outline() as outline:
        for done, part in enumerate(parts, 1):
            first = len(whole.pages)
            with pikepdf.open(BytesIO(part.pdf)) as file:
                whole.pages.extend(file.pages)
            outline.root.append(pikepdf.OutlineItem(part.title, first))
            if part.numbered:
                numbered += range(first, len(whole.pages))
            if progress:
                progress(done, len(parts))
    _stamp(whole, numbered, fonts)
    out = BytesIO()
    whole.save(
        out,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=False,  # they are: packing every page anew took a quarter of the time
    )
    return Bound(out.getvalue(), len(whole.pages), len(numbered))


def attached_in(pdf: BytesIO, name: str) -> bytes:
    """A file that went along in a PDF; ValueError when there is none of that name."""
    try:
        with pikepdf.open(pdf) as file:
            if name not in file.attachments:
                raise ValueError(name)
            return file.attachments[name].get_file().read_bytes()
    except pikepdf.PikepdfError as error:
        raise ValueError(str(error)) from error


def _stamp(whole: pikepdf.Pdf, numbered: Sequence[int], fonts: FontSet) -> None:
    if not numbered:
        return
    odd = frozenset(numbered[::2])
    with pikepdf.open(BytesIO(_stamps(len(numbered), fonts))) as layer:
        for stamp, index in zip(layer.pages, numbered, strict=True):
            page = whole.pages[index]
            form = whole.copy_foreign(stamp.as_form_xobject())
            # Not add_overlay: it names the layer at random, and the file must be the same again.
            name = page.add_resource(form, pikepdf.Name.XObject, pikepdf.Name.PageStamp)
            page.contents_add(b"q", prepend=True)
            place = _upper_edge(page, right=index in odd)
            page.contents_add(f"Q q {place} cm {name} Do Q".encode())


def _upper_edge(page: pikepdf.Page, *, right: bool) -> str:
    """Where an A4 layer lies on a page of any size and turn: flush with its upper outer corner.

    A scan may be lying, turned by its reader, or as large as its pixels.
    """
    left, low, end, high = (float(one) for one in page.cropbox)
    across, up = end - left, high - low
    turn = int(page.obj.get("/Rotate", 0)) % 360
    wide, tall = (up, across) if turn in (90, 270) else (across, up)
    scale = min(wide, tall) / PAGE_WIDTH
    layer = pikepdf.Matrix().scaled(scale, scale)
    layer @= pikepdf.Matrix(
        1, 0, 0, 1, wide - PAGE_WIDTH * scale if right else 0.0, tall - PAGE_HEIGHT * scale
    )
    seen = {
        90: pikepdf.Matrix(0, 1, -1, 0, across, 0),
        180: pikepdf.Matrix(-1, 0, 0, -1, across, up),
        270: pikepdf.Matrix(0, -1, 1, 0, 0, up),
    }
    layer @= seen.get(turn, pikepdf.Matrix())
    layer @= pikepdf.Matrix(1, 0, 0, 1, left, low)
    return " ".join(f"{one:.4f}" for one in layer.shorthand)


def _stamps(count: int, fonts: FontSet) -> bytes:
    """One nearly empty page for each number: right on odd pages, left on even ones."""
    out = BytesIO()
    canvas = blank_canvas(out, fonts)
    pen = Pen(canvas, fonts)
    style = Style(Role.LATIN, 12)
    for number in range(1, count + 1):
        text = str(number)
        right = PAGE_WIDTH - 15 * MM - pen.width(text, style)
        pen.text(right if number % 2 else 15 * MM, PAGE_HEIGHT - 15 * MM, text, style)
        canvas.showPage()
    canvas.save()
    return out.getvalue()
