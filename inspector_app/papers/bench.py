"""How long papers take, against the same with nothing around it: bare pages, joined pages."""

import time
from collections.abc import Callable
from io import BytesIO
from statistics import median

from PIL import Image
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

from inspector_app.domain.paper_values import example_values
from inspector_app.domain.papers import PaperKind, Values
from inspector_app.papers.context import PaperContext
from inspector_app.papers.fonts import FontSet, Role
from inspector_app.papers.geometry import LEFT, LINE_PITCH, PAGE_HEIGHT, PAGE_WIDTH, TOP
from inspector_app.papers.render import render

LINE = 28
PHOTO = (4000, 3000)  # 12 million pixels, as a phone takes it


def one_page_order(
    kind: PaperKind, ctx: PaperContext, fonts: FontSet, times: int = 10
) -> dict[str, float]:
    """Median seconds of a warm render, of the floor, and how they compare."""
    values = short_values(kind)
    text = "".join(str(value) for value in values.values())
    paper = render(kind, values, ctx, fonts)  # warms fonts and widths
    seconds = _median(lambda: render(kind, values, ctx, fonts), times)
    floor = _median(lambda: bare(text, fonts), times)
    return {
        "seconds": seconds,
        "floor_seconds": floor,
        "ratio": seconds / floor,
        "pages": paper.pages,
        "n": times,
    }


def short_values(kind: PaperKind) -> Values:
    """The example without what needs a second page: one demand, no table of workers."""
    values = example_values(kind)
    brief = {"wage_table": (), "evidence": None, "demands": "足额支付拖欠的劳动者工资。"}
    return {name: brief.get(name, value) for name, value in values.items()}


def bare(text: str, fonts: FontSet) -> bytes:
    """The floor: the characters of a text on a page, no breaking, no fallback, one font."""
    out = BytesIO()
    face = fonts.chains[Role.LATIN][-1]
    canvas = Canvas(out, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), invariant=1)
    canvas.setFont(face.name, 16)
    for number, start in enumerate(range(0, len(text), LINE)):
        y = PAGE_HEIGHT - TOP - (number + 1) * LINE_PITCH
        canvas.drawString(LEFT, y, text[start : start + LINE])
    canvas.save()
    return out.getvalue()


def photo(number: int) -> bytes:
    """An invented photo, no two alike, as large as a phone takes them."""
    grain = Image.effect_noise((PHOTO[0] // 8, PHOTO[1] // 8), 40 + number).resize(PHOTO)
    out = BytesIO()
    Image.merge("RGB", (grain, grain, grain)).save(out, "JPEG", quality=88)
    return out.getvalue()


def joined(pages: bytes) -> bytes:
    """The floor of binding: the same pages copied one by one into a new file, nothing added."""
    whole = PdfWriter()
    for page in PdfReader(BytesIO(pages)).pages:
        whole.add_page(page)
    out = BytesIO()
    whole.write(out)
    return out.getvalue()


def _median(work: Callable[[], object], times: int) -> float:
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return median(taken)
