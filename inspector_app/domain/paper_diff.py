"""Where two wordings differ, piece by piece: sentences first, then words within them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from inspector_app.domain.words import Word

_SENTENCE = re.compile(r"[^。；！？\n]*[。；！？\n]+|[^。；！？\n]+")
_WORD = re.compile(
    r"\d[\d,.]*|[A-Za-z]+|《[^《》]{1,40}》|第[零〇一二三四五六七八九十百\d]+[条款项]|.", re.DOTALL
)
MOST_WORDS = 1200  # of a changed passage; longer ones are shown as changed whole
NEAR = 12  # unchanged characters kept on either side of a change
GAP = "……"


class Side(Word):
    """Where a piece stands."""

    BOTH = "both", "相同"
    EARLIER = "earlier", "此前"
    HERE = "here", "现在"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stands in both wordings or in one."""

    text: str
    side: Side


def pieces(earlier: str, here: str) -> tuple[Piece, ...]:
    """Both wordings in one row: dropping HERE gives the earlier one, dropping EARLIER this one."""
    found: list[Piece] = []
    for old, new in _changes(_SENTENCE.findall(earlier), _SENTENCE.findall(here)):
        if old == new:
            found.append(Piece("".join(old), Side.BOTH))
        else:
            found += _within("".join(old), "".join(new))
    return tuple(_joined(one for one in found if one.text))


def _within(old: str, new: str) -> Iterator[Piece]:
    one, other = _WORD.findall(old), _WORD.findall(new)
    if max(len(one), len(other)) > MOST_WORDS:
        yield from (Piece(old, Side.EARLIER), Piece(new, Side.HERE))
        return
    for was, now in _changes(one, other):
        if was == now:
            yield Piece("".join(was), Side.BOTH)
        else:
            yield from (Piece("".join(was), Side.EARLIER), Piece("".join(now), Side.HERE))


def _changes(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[list[str], list[str]]]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for _tag, a, b, c, d in matcher.get_opcodes():
        yield list(old[a:b]), list(new[c:d])


def _joined(found: Iterator[Piece]) -> Iterator[Piece]:
    """Neighbours of the same side as one."""
    last: Piece | None = None
    for one in found:
        if last is not None and last.side is one.side:
            last = Piece(last.text + one.text, one.side)
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last


def around(found: Sequence[Piece]) -> tuple[Piece, ...]:
    """The changes with a few unchanged characters on either side; the rest as dots."""
    kept: list[Piece] = []
    for at, one in enumerate(found):
        if one.side is not Side.BOTH:
            kept.append(one)
            continue
        before = NEAR if at > 0 else 0
        after = NEAR if at < len(found) - 1 else 0
        if len(one.text) <= before + after + len(GAP):
            kept.append(one)
        else:
            tail = one.text[len(one.text) - after :]
            kept.append(Piece(one.text[:before] + GAP + tail, Side.BOTH))
    return tuple(kept)
