"""Finds the line of a table or key in a TOML text: the parser keeps values but no lines."""

import re
from collections.abc import Iterator
from functools import lru_cache

Place = tuple[str | int, ...]  # ("term", 0, "length"): the key of the first [[term]]

_PIECE = re.compile(
    r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*'
    r"|[\[\]{}\n]|[^\"'#\[\]{}\n]+",
    re.DOTALL,
)
_NAME = r"""(?:[\w-]+|"[^"]*"|'[^']*')"""
_NAMES = rf"{_NAME}(?:\s*\.\s*{_NAME})*"
HEAD = re.compile(rf"\s*(?P<many>\[)?\[\s*(?P<names>{_NAMES})\s*\]")
KEY = re.compile(rf"\s*(?P<names>{_NAMES})\s*=")


def line_of(text: str, place: Place) -> int:
    """The line of a place, else of the nearest place around it; 0 for the file as a whole."""
    known = _lines(text)
    while place and place not in known:
        place = place[:-1]
    return known[place] if place else 0


@lru_cache(maxsize=4)
def _lines(text: str) -> dict[Place, int]:
    found: dict[Place, int] = {}
    counts: dict[Place, int] = {}
    table: Place = ()
    for number, statement in statements(text):
        head = HEAD.match(statement)
        if head:
            *around, last = _split(head["names"])
            table = (*_inside(around, counts), last)
            if head["many"]:
                counts[table] = counts.get(table, 0) + 1
                found.setdefault(table, number)
                table = (*table, counts[table] - 1)
            found[table] = number
        elif key := KEY.match(statement):
            found[(*table, *_split(key["names"]))] = number
    return found


def _split(names: str) -> list[str]:
    return [name.strip("\"'") for name in re.findall(_NAME, names)]


def _inside(names: list[str], counts: dict[Place, int]) -> Place:
    """Where a header's table lies: the last row so far of each array of tables around it."""
    place: Place = ()
    for name in names:
        place = (*place, name)
        if place in counts:
            place = (*place, counts[place] - 1)
    return place


def statements(text: str) -> Iterator[tuple[int, str]]:
    """Each statement with its line, the text cut up without loss.

    What lies in strings and brackets starts none.
    """
    line, start, depth, parts = 1, 1, 0, list[str]()
    for match in _PIECE.finditer(text):
        piece = match[0]
        depth += (piece in "[{") - (piece in "]}") if len(piece) == 1 else 0
        parts.append(piece)
        line += piece.count("\n")
        if piece == "\n" and depth == 0:
            yield start, "".join(parts)
            start, parts = line, []
    yield start, "".join(parts)
