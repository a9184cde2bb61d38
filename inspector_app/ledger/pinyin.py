"""Pinyin initials of a name, with every reading of every character: 单 is found by s, d and c."""

from functools import lru_cache
from itertools import product
from math import prod

CAP = 64  # combinations kept in full; a longer name varies one character at a time beyond it


@lru_cache(maxsize=20_000)
def initials_of(char: str) -> tuple[str, ...]:
    """The initials of a character's readings, the commonest first; itself when it has none."""
    # Imported here: 0.1 s and 8 MB, needed only when a name is stored.
    from pypinyin import Style, pinyin

    (readings,) = pinyin(char, style=Style.FIRST_LETTER, heteronym=True)
    return tuple(dict.fromkeys(one[:1].lower() for one in readings if one)) or (char,)


def variants(chars: list[str]) -> list[str]:
    """Every way to write the initials of these characters, each as one string."""
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
