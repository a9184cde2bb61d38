"""Loads a TrueType font so that what is printed can also be copied back."""

from pathlib import Path

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.pdfbase.ttfonts import TTFError, TTFont, TTFontFace

BLOCK = 100  # a bfchar block may hold no more entries
rl_config.useA85 = 0  # pages as bytes, not as ASCII text: a fifth smaller, and quicker to write


def to_unicode(fontname: str, subset: list[int]) -> str:
    """The ToUnicode map of a subset, in UTF-16: reportlab's own writes 𬱖 as five hex digits."""
    entries = [f"<{at:02X}> <{_utf16(code)}>" for at, code in enumerate(subset)]
    blocks = []
    for start in range(0, len(entries), BLOCK):
        block = entries[start : start + BLOCK]
        blocks += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return "\n".join(
        (
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            f"/CMapName /{fontname} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
            *blocks,
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        )
    )


def _utf16(code: int) -> str:
    # A lone surrogate is no character; the map must still have a line for it.
    return chr(code).encode("utf-16-be", "replace").hex().upper()


ttfonts.makeToUnicodeCMap = to_unicode  # Distrotech/reportlab has no other way in


class _Glyphs:
    """The outlines of a font, sliced without copying all of them (megabytes) for each paper."""

    def __init__(self, face: TTFontFace) -> None:
        self._face = face
        self._start = face.get_table_pos("glyf")[0]

    def __getitem__(self, part: slice) -> bytes:
        start, length = self._start + part.start, part.stop - part.start
        return bytes(self._face.get_chunk(start, length))


class _Face(TTFontFace):
    """A font file that hands out its outlines piece by piece."""

    def get_table(self, tag: str) -> bytes | _Glyphs:
        if tag == "glyf":
            return _Glyphs(self)
        return bytes(super().get_table(tag))  # type: ignore[no-untyped-call]  # no stub


ttfonts.TTFontFace = _Face  # type: ignore[misc]  # reportlab has no other way in here either
_LOADED: dict[str, TTFont | None] = {}


def load(path: Path, index: int = 0) -> TTFont | None:
    """The font of a file, registered under its path; None for what cannot be embedded (CFF)."""
    name = f"{path}#{index}"
    if name not in _LOADED:
        try:
            font = TTFont(name, str(path), subfontIndex=index, asciiReadable=False)
        except (TTFError, OSError, ValueError):
            _LOADED[name] = None
        else:
            pdfmetrics.registerFont(font)
            _LOADED[name] = font
    return _LOADED[name]
