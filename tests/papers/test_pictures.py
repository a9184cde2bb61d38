"""Photos and scans are bound small: a case file of huge pictures stays bounded."""

import os
import struct
from io import BytesIO

import pikepdf
import pytest
from PIL import Image
from pypdf import PdfReader

from inspector_app.papers.binding import (
    BoundPart,
    attached_in,
    bind,
    count_pages,
    note_page,
    photo_page,
)
from inspector_app.papers.pictures import (
    MOST_BYTES,
    MOST_OF_SCAN,
    MOST_PIXELS,
    slimmed,
    small_jpeg,
)
from tests.helpers.desks import shipped_fonts


def grain(size: tuple[int, int], mode: str = "RGB") -> Image.Image:
    """Noise: what a JPEG can do the least about."""
    bands = 3 if mode == "RGB" else 1
    few = os.urandom(size[0] * size[1] * bands // 16)
    return Image.frombytes(mode, (size[0] // 4, size[1] // 4), few).resize(size)


def jpeg(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=95)
    return out.getvalue()


def a_scan(*pictures: tuple[Image.Image, dict[str, object]]) -> bytes:
    """A PDF with one picture a page, as a scanner writes it."""
    whole = pikepdf.Pdf.new()
    for picture, more in pictures:
        page = whole.add_blank_page(page_size=(595, 842))
        colours = pikepdf.Name.DeviceGray if picture.mode == "L" else pikepdf.Name.DeviceRGB
        image = whole.make_stream(
            jpeg(picture), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image,
            Width=picture.width, Height=picture.height, ColorSpace=colours, BitsPerComponent=8,
            Filter=pikepdf.Name.DCTDecode,
        )  # fmt: skip
        for key, value in more.items():
            image[key] = value
        name = page.add_resource(image, pikepdf.Name.XObject)
        page.contents_add(f"q 595 0 0 842 0 0 cm {name} Do Q".encode())
    out = BytesIO()
    whole.save(out)
    return out.getvalue()


def sizes(pdf: bytes) -> list[tuple[int, int]]:
    found = [page.images[0].image for page in PdfReader(BytesIO(pdf)).pages]
    return [one.size for one in found if one is not None]


# ── photos ───────────────────────────────────────────────────────────────────────────────────
def test_a_file_of_huge_photos_is_bounded() -> None:
    """Twelve million grainy pixels, six times over: the worst there is."""
    huge = jpeg(grain((4000, 3000)))
    pages = [photo_page(huge, f"照片 {number}", shipped_fonts()) for number in range(6)]
    bound = bind([BoundPart("照片", page) for page in pages], shipped_fonts())
    assert len(huge) > 4 * MOST_BYTES
    assert len(bound.pdf) < 6 * (MOST_BYTES + 40_000)


def test_a_photo_of_a_hundred_million_pixels_is_taken() -> None:
    size, small = small_jpeg(jpeg(Image.new("L", (12000, 9000), 128)))
    assert size == (MOST_PIXELS, MOST_PIXELS * 3 // 4)
    assert len(small) < MOST_BYTES


@pytest.mark.parametrize("mode", ["RGB", "L", "P", "1", "RGBA", "CMYK"])
def test_every_kind_of_picture_becomes_a_jpeg(mode: str) -> None:
    out = BytesIO()
    Image.new(mode, (3200, 40)).save(out, "TIFF")
    size, small = small_jpeg(out.getvalue())
    assert size == (MOST_PIXELS, 20)
    with Image.open(BytesIO(small)) as seen:
        assert (seen.format, seen.mode) == ("JPEG", "RGB")


def test_a_line_of_pixels_stays_one() -> None:
    out = BytesIO()
    Image.new("RGB", (9000, 1)).save(out, "JPEG")
    assert small_jpeg(out.getvalue())[0] == (MOST_PIXELS, 1)


def test_a_bomb_is_no_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100)
    with pytest.raises(ValueError, match="exceeds limit"):
        small_jpeg(jpeg(Image.new("L", (400, 400))))


def test_a_damaged_tiff_is_no_picture() -> None:
    """Where the pixels begin became a fraction: Pillow fails on it with a TypeError."""
    out = BytesIO()
    Image.new("RGB", (40, 30)).save(out, "TIFF")
    whole, torn = struct.pack("<HH", 273, 4), struct.pack("<HH", 273, 11)
    assert out.getvalue().count(whole) == 1
    with pytest.raises(ValueError, match="float"):
        small_jpeg(out.getvalue().replace(whole, torn))


# ── scans ────────────────────────────────────────────────────────────────────────────────────
def test_a_heavy_scan_is_bound_lighter_and_keeps_its_pages() -> None:
    scan = a_scan((grain((2480, 3508)), {}), (grain((2480, 3508), "L"), {}))
    light = slimmed(scan)
    assert len(scan) > 4 * MOST_BYTES
    assert len(light) <= 2 * MOST_BYTES + 5_000
    assert all(1000 < max(size) <= MOST_OF_SCAN for size in sizes(light))
    assert len(sizes(light)) == 2
    assert slimmed(scan) == light


def test_a_pdf_within_bounds_is_bound_as_it_is() -> None:
    page = note_page(["书证"], shipped_fonts())
    assert slimmed(page) is page


def kept(pdf: bytes) -> list[int]:
    """How many bytes each picture has."""
    with pikepdf.open(BytesIO(pdf)) as file:
        streams = [one for one in file.objects if isinstance(one, pikepdf.Stream)]
        return [len(one.read_raw_bytes()) for one in streams if one.get("/Subtype") == "/Image"]


def test_masked_odd_and_unreadable_pictures_are_left_alone() -> None:
    heavy = grain((2000, 3000))
    inverted = {"/Decode": pikepdf.Array([1, 0, 1, 0, 1, 0])}
    four = {"/ColorSpace": pikepdf.Name.DeviceCMYK}
    scan = a_scan((heavy, inverted), (heavy.convert("CMYK"), four), (heavy, {}))
    with pikepdf.open(BytesIO(scan)) as file:
        pages = [page.resources.XObject for page in file.pages]
        torn = next(iter(pages[2].values()))
        torn.write(os.urandom(2 * MOST_BYTES), filter=pikepdf.Name.JPXDecode)
        out = BytesIO()
        file.save(out)
    assert len(kept(out.getvalue())) == 3
    assert kept(slimmed(out.getvalue())) == kept(out.getvalue())


NAME = pikepdf.Name
TINT = {"FunctionType": 2, "Domain": [0, 1], "C0": [0, 0, 0, 0], "C1": [0, 1, 0, 0], "N": 1}
GREY = {"Width": 1000, "Height": 700, "BitsPerComponent": 8, "ColorSpace": NAME.DeviceGray}
ODD = {
    "jbig2": GREY | {"BitsPerComponent": 1, "Filter": NAME.JBIG2Decode},
    "separation": GREY | {"ColorSpace": [NAME.Separation, NAME.Spot, NAME.DeviceCMYK, TINT]},
    "no width": {key: value for key, value in GREY.items() if key != "Width"},
    "no size": GREY | {"Width": 0, "Height": 0},
    "too short": GREY | {"Height": 7000},
    "three bits": GREY | {"BitsPerComponent": 3},
    "no profile": GREY | {"ColorSpace": [NAME.ICCBased]},
    "no filter of ours": GREY | {"Filter": NAME.Unheard},
}


def raw_scan(*looks: dict[str, object]) -> bytes:
    """A PDF of pictures as their entries say, all of the same heavy noise."""
    whole = pikepdf.Pdf.new()
    for look in looks:
        page = whole.add_blank_page(page_size=(595, 842))
        image = whole.make_stream(os.urandom(MOST_BYTES + 100_001))
        image.Type, image.Subtype = NAME.XObject, NAME.Image
        for key, value in look.items():
            image[f"/{key}"] = plain(value)
        page.add_resource(image, NAME.XObject, NAME.Im0)
        page.contents_add(b"q 595 0 0 842 0 0 cm /Im0 Do Q")
    out = BytesIO()
    whole.save(out)
    return out.getvalue()


def plain(value: object) -> object:
    if isinstance(value, dict):
        return pikepdf.Dictionary({f"/{key}": plain(one) for key, one in value.items()})
    return pikepdf.Array([plain(one) for one in value]) if isinstance(value, list) else value


@pytest.mark.parametrize("look", ODD)
def test_a_picture_no_decoder_takes_is_bound_as_it_is(look: str) -> None:
    scan = raw_scan(ODD[look])
    assert kept(slimmed(scan)) == kept(scan)
    assert kept(scan)[0] > MOST_BYTES


def test_one_odd_page_keeps_no_case_file_from_being_bound() -> None:
    odd, heavy = raw_scan(*ODD.values()), a_scan((grain((2000, 3000)), {}))
    with pikepdf.open(BytesIO(odd)) as whole, pikepdf.open(BytesIO(heavy)) as more:
        whole.pages.extend(more.pages)
        out = BytesIO()
        whole.save(out)
    light = slimmed(out.getvalue())
    assert sorted(kept(light))[1:] == sorted(kept(odd))
    assert min(kept(light)) <= MOST_BYTES < min(kept(heavy))
    bound = bind([BoundPart("书证", light)], shipped_fonts())
    assert bound.pages == len(ODD) + 1


def test_a_pdf_with_a_password_is_none() -> None:
    with pikepdf.open(BytesIO(a_scan((grain((40, 40)), {})))) as file:
        out = BytesIO()
        file.save(out, encryption=pikepdf.Encryption(user="1", owner="2"))
    with pytest.raises(ValueError, match="password"):
        count_pages(out.getvalue())
    with pytest.raises(ValueError, match="password"):
        attached_in(out, "case.json")
