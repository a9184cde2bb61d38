"""Pinyin initials of a name, with every reading of every character: 单 is found by s, d and c."""

from functools import cache
from itertools import product
from math import prod
from pathlib import Path

VARIED = 64  # characters of which every reading is kept; the rest of a long name has its commonest
CAP = 64  # combinations kept in full; a longer name varies one character at a time beyond it
TABLE = Path(__file__).with_name("initials.txt")


@cache
def _table() -> dict[str, tuple[str, ...]]:
    """Character -> initials. A line at a time, so that the window has its turns in between: reading
    the dictionaries of pypinyin kept every thread waiting for up to a quarter of a second."""
    found: dict[str, tuple[str, ...]] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        letters, chars = line.split(" ", 1)
        if letters != "#":
            found.update(dict.fromkeys(chars, tuple(letters)))
    return found


def initials_of(char: str) -> tuple[str, ...]:
    """The initials of a character's readings, the commonest first; itself when it has none."""
    return _table().get(char) or (char[:1].lower(),)


def variants(chars: list[str]) -> list[str]:
    """Every way to write the initials of these characters, each as one string.

    Beyond the first `VARIED` characters one way only, so that what is kept of a text grows with
    its length and no faster.
    """
    if len(chars) > VARIED:
        whole = "".join(initials_of(char)[0] for char in chars)
        return [whole, *(one for one in variants(chars[:VARIED]) if not whole.startswith(one))]
    choices = [initials_of(char) for char in chars]
    if prod(len(one) for one in choices) <= CAP:
        return ["".join(letters) for letters in product(*choices)]
    full = 1
    narrowed = []
    for one in choices:
        keep = one if full * len(one) <= CAP else one[:1]
        full *= len(keep)
        narrowed.append(keep)
    found = ["".join(letters) for letters in product(*narrowed)]
    first = [one[0] for one in choices]
    for place, one in enumerate(choices):
        found += ["".join([*first[:place], other, *first[place + 1 :]]) for other in one[1:]]
    return list(dict.fromkeys(found))
