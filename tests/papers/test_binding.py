"""Pages bound into one file: stamps, bookmarks, photos, and what cannot be printed."""

from io import BytesIO

import pikepdf
import pytest
from PIL import Image
from pypdf import PdfReader

from inspector_app.papers.binding import (
    BoundPart,
    bind,
    count_pages,
    note_page,
    photo_page,
)
from inspector_app.papers.pictures import MOST_PIXELS
from inspector_app.papers.testpage import trial_page
from tests.helpers.desks import shipped_fonts
from tests.papers.pdf import text_of, words


def a_photo(size: tuple[int, int] = (3000, 2000), turned: bool = False) -> bytes:
    out = BytesIO()
    exif = Image.Exif()
    if turned:
        exif[0x0112] = 6  # taken upright, stored lying
    Image.new("RGB", size, (120, 160, 90)).save(out, "JPEG", exif=exif)
    return out.getvalue()


def a_part(title: str, numbered: bool = True) -> BoundPart:
    return BoundPart(title, note_page([title], shipped_fonts()), numbered)


def test_numbered_pages_are_stamped_at_the_outer_corner_and_named() -> None:
    told: list[tuple[int, int]] = []
    parts = [a_part("封面", numbered=False), a_part("指令书"), a_part("送达回证")]

    bound = bind(parts, shipped_fonts(), lambda done, total: told.append((done, total)))

    assert (bound.pages, bound.stamped) == (3, 2)
    reader = PdfReader(BytesIO(bound.pdf))
    assert [item.title for item in reader.outline] == ["封面", "指令书", "送达回证"]
    texts = [page.extract_text() for page in reader.pages]
    assert "1" not in texts[0]
    assert "1" in texts[1]
    assert "2" in texts[2]
    assert told == [(1, 3), (2, 3), (3, 3)]


A4, LYING, PIXELS = (595, 842), (842, 595), (2480, 3508)


@pytest.mark.parametrize("turn", [0, 90, 180, 270, -90])
@pytest.mark.parametrize("size", [A4, LYING, PIXELS])
def test_the_stamp_is_in_the_upper_outer_corner_however_a_page_lies(
    size: tuple[int, int], turn: int
) -> None:
    scan = pikepdf.Pdf.new()
    for _ in range(2):
        page = scan.add_blank_page(page_size=size)
        page.obj["/MediaBox"] = pikepdf.Array([50, 30, 50 + size[0], 30 + size[1]])
        page.obj["/Rotate"] = turn
    out = BytesIO()
    scan.save(out)
    bound = bind([BoundPart("扫描件", out.getvalue())], shipped_fonts())
    wide = size[0] if turn % 180 == 0 else size[1]
    unit = min(size) / 595
    first, second = words(bound.pdf)
    assert (first.text, second.text) == ("1", "2")
    for word in (first, second):
        assert 20 * unit < word.top < 60 * unit
    assert wide - 60 * unit < first.right < wide - 20 * unit
    assert 20 * unit < second.left < 60 * unit


def test_the_same_parts_give_the_same_bytes() -> None:
    parts = [a_part("指令书"), a_part("回证", numbered=False)]
    assert bind(parts, shipped_fonts()).pdf == bind(parts, shipped_fonts()).pdf


def test_nothing_numbered_bears_no_stamp() -> None:
    assert bind([a_part("封面", numbered=False)], shipped_fonts()).stamped == 0


@pytest.mark.parametrize("turned", [False, True])
def test_a_photo_is_one_page_small_and_upright(turned: bool) -> None:
    page = photo_page(a_photo(turned=turned), "现场照片（演示）", shipped_fonts())
    assert count_pages(page) == 1
    assert len(page) < 400_000
    image = PdfReader(BytesIO(page)).pages[0].images[0].image
    assert image is not None
    wide, high = image.size
    assert max(wide, high) <= MOST_PIXELS
    assert (high > wide) is turned
    assert "现场照片" in text_of(page)


@pytest.mark.parametrize("read", [lambda data: photo_page(data, "x", shipped_fonts()), count_pages])
def test_what_is_no_picture_or_no_pdf_is_told(read: object) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read(b"nothing of the kind")  # type: ignore[operator]  # one of two functions


def test_the_trial_page_has_one_page_and_every_sample() -> None:
    text = text_of(trial_page(shipped_fonts()))
    for sample in ("打印测试页", "三号仿宋", "三号黑体", "三号楷体", "毫米"):
        assert sample in text
