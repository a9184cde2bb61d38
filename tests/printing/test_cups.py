"""What a printer receives through CUPS is the page that is stored."""

import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter
from pypdf import PdfReader
from pytestqt.qtbot import QtBot

from inspector_app.domain.paper_values import example_values
from inspector_app.papers.context import PaperContext
from inspector_app.papers.render import render
from inspector_app.ui.printing import PrintJob, print_pdf, print_test_page, printer_names
from tests.helpers.desks import library, shipped_fonts
from tests.printing.conftest import Received

pytestmark = pytest.mark.cups
DPI = 100


@pytest.fixture(scope="module")
def order() -> bytes:
    """Three pages: an order with the table of its workers."""
    kind = library().kinds["rectification_order"]
    context = PaperContext("平顶山市人力资源和社会保障局", number="平人社监令字〔2026〕第1号")
    page = render(kind, example_values(kind), context, shipped_fonts())
    assert page.pages >= 2
    return page.pdf


def pictures(pdf: Path) -> list[Image.Image]:
    made = pdf.with_suffix("")
    command = ["pdftoppm", "-r", str(DPI), "-gray", "-png", str(pdf), str(made)]
    subprocess.run(command, check=True)
    found = sorted(pdf.parent.glob(f"{made.name}-*.png"))
    return [Image.open(path).convert("L") for path in found]


def difference(one: Image.Image, two: Image.Image) -> float:
    """Share of the page that differs, one sheet laid on the other to a quarter of a mm."""
    size = (min(one.width, two.width), min(one.height, two.height))
    soft = [page.crop((0, 0, *size)).filter(ImageFilter.BoxBlur(1)) for page in (one, two)]
    shares = []
    for right in (-1, 0, 1):
        for down in (-1, 0, 1):
            grey = ImageChops.difference(soft[0], ImageChops.offset(soft[1], right, down))
            shares.append(sum(grey.histogram()[60:]) / (size[0] * size[1]))
    return min(shares)


def test_the_printed_pages_are_the_stored_ones(
    qtbot: QtBot, queue: str, received: Received, order: bytes, tmp_path: Path
) -> None:
    stored = tmp_path / "stored.pdf"
    stored.write_bytes(order)
    assert queue in printer_names()

    count = print_pdf(order, "printed whole", PrintJob(printer=queue))

    came = tmp_path / "came.pdf"
    came.write_bytes(received.one().read_bytes())
    want, got = pictures(stored), pictures(came)
    assert len(got) == len(want) == count
    for number, (one, two) in enumerate(zip(want, got, strict=True), 1):
        assert difference(one, two) < 0.006, f"page {number}"
    blank = Image.new("L", want[0].size, 255)
    assert difference(want[0], blank) > 0.02  # the comparison can fail


def test_a_page_range_and_copies_arrive(
    qtbot: QtBot, queue: str, received: Received, order: bytes
) -> None:
    job = PrintJob(printer=queue, pages=(2,), copies=2, duplex="long", tray="upper")

    print_pdf(order, "printed twice", job)

    assert len(PdfReader(received.one()).pages) in {2, 4}  # 4: each copy on a sheet of its own


def test_a_test_page_shows_margins_and_fonts(
    qtbot: QtBot, queue: str, received: Received, tmp_path: Path
) -> None:
    print_test_page(PrintJob(printer=queue), shipped_fonts())

    came = tmp_path / "test.pdf"
    came.write_bytes(received.one().read_bytes())
    (page,) = pictures(came)
    assert difference(page, Image.new("L", page.size, 255)) > 0.005
