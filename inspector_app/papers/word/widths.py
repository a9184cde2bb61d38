"""How wide text will be in fonts that only the other PC has: a guess, in em."""

from inspector_app.papers.grid import PAD, SMALLEST
from inspector_app.papers.linebreak import groups

_NARROW = 0x2E80  # below stand Latin letters, digits and signs, but not these:
_WIDE = frozenset("“”‘’—…☐☑①②③④⑤⑥⑦⑧⑨⑩×·")


def width_of(char: str) -> float:
    """Width of a character in em."""
    if ord(char) >= _NARROW or char in _WIDE:
        return 1.0
    return 0.72 if char.isupper() or char in "%@" else 0.5


def fitting(text: str, width: float, size: float) -> float:
    """The size at which no number of a table cell is split; never above `size`."""
    widest = max(
        (
            sum(map(width_of, piece.rstrip(" ")))
            for part in text.split("\n")
            for piece in groups(part)
        ),
        default=0.0,
    )
    room = width - 2 * PAD
    if widest * size <= room:
        return size
    return max(SMALLEST, int(room / widest * 2) / 2)
