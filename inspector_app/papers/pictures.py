"""Makes photos and scans no larger than they are printed, so that a case file stays bounded."""

import struct
from collections.abc import Iterator
from io import BytesIO

import pikepdf
from PIL import Image, ImageOps

MOST_PIXELS = 1600  # the longer side of a photo: enough for A4 at 140 dpi
MOST_OF_SCAN = 2200  # of a scanned page, which has small print: 190 dpi
MOST_BYTES = 600_000  # of either; leaves and gravel take the lower qualities
QUALITIES = (82, 66, 50)
_PLAIN = ("RGB", "L")
# Phones take 108 and 200 million pixels; Pillow warns of a bomb at 89 and stops at twice this.
Image.MAX_IMAGE_PIXELS = 250_000_000
# What Pillow and pikepdf raise on pictures that are damaged, lack a size or a colour, or need a
# decoder that is not here (JBIG2). The classes of pikepdf are siblings: only their base is all.
UNREADABLE = (
    pikepdf.PikepdfError, Image.DecompressionBombError, ArithmeticError, AttributeError, EOFError,
    LookupError, OSError, RuntimeError, SyntaxError, TypeError, ValueError, struct.error,
)  # fmt: skip


def small_jpeg(data: bytes) -> tuple[tuple[int, int], bytes]:
    """Width and height of a photo as it is printed, upright, and its JPEG; ValueError when it is
    no picture."""
    try:
        with Image.open(BytesIO(data)) as opened:
            wanted = _fitting(opened.size, MOST_PIXELS)
            opened.draft("RGB", wanted)  # a JPEG is unpacked at a half or quarter at once
            plain = opened if opened.mode in _PLAIN else opened.convert("RGB")
            plain.thumbnail(wanted, Image.Resampling.BILINEAR)
            picture = ImageOps.exif_transpose(plain).convert("RGB")  # small first, then turned
    except UNREADABLE as error:
        raise ValueError(str(error)) from error
    return _jpeg(picture)


def slimmed(pdf: bytes) -> bytes:
    """A scan whose pages are larger than a photo would be, with its pictures made smaller; any
    other PDF as it is. What was kept as evidence is not touched: this is the copy in the file.
    """
    with pikepdf.open(BytesIO(pdf)) as file:
        if len(pdf) <= MOST_BYTES * len(file.pages):
            return pdf
        for image in list(_large(file)):
            _shrink(image)
        out = BytesIO()
        file.save(out, deterministic_id=True)
    return min(out.getvalue(), pdf, key=len)


def _large(file: pikepdf.Pdf) -> Iterator[pikepdf.Stream]:
    """Pictures of more bytes than one may have; those with a mask depend on their size."""
    for one in file.objects:
        if not isinstance(one, pikepdf.Stream) or one.get("/Subtype") != "/Image":
            continue
        masked = any(key in one for key in ("/SMask", "/Mask", "/ImageMask", "/Decode"))
        if not masked and len(one.read_raw_bytes()) > MOST_BYTES:
            yield one


def _shrink(image: pikepdf.Stream) -> None:
    """Write a smaller JPEG in place of a picture that can be read and is in plain colours."""
    try:
        picture = pikepdf.PdfImage(image).as_pil_image()
        picture.load()
    except UNREADABLE:
        return  # an odd encoding is bound as it is
    if picture.mode not in _PLAIN or not all(picture.size):
        return
    picture.thumbnail(_fitting(picture.size, MOST_OF_SCAN), Image.Resampling.BILINEAR)
    (image.Width, image.Height), jpeg = _jpeg(picture)
    image.write(jpeg, filter=pikepdf.Name.DCTDecode)
    image.BitsPerComponent = 8
    grey = picture.mode == "L"
    image.ColorSpace = pikepdf.Name.DeviceGray if grey else pikepdf.Name.DeviceRGB


def _fitting(size: tuple[int, int], most: int) -> tuple[int, int]:
    """The size at which the longer side is no longer than it may be."""
    share = min(most / max(size), 1)
    return max(round(size[0] * share), 1), max(round(size[1] * share), 1)


def _jpeg(picture: Image.Image) -> tuple[tuple[int, int], bytes]:
    """The picture at the best quality that is small enough; made smaller where none is."""
    while True:
        for quality in QUALITIES:
            out = BytesIO()
            picture.save(out, "JPEG", quality=quality)
            if out.tell() <= MOST_BYTES:
                return picture.size, out.getvalue()
        picture = picture.resize(_fitting(picture.size, round(max(picture.size) * 0.8)))
