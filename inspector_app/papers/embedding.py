"""Loads a TrueType font so that what is printed can also be copied back."""

from pathlib import Path

from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.pdfbase.ttfonts import TTFError, TTFont

BLOCK = 100  # a bfchar block may hold no more entries


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
