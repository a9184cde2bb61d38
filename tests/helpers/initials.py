"""Makes the table of pinyin initials from pypinyin: `python -m tests.helpers.initials`."""

import sys
from collections.abc import Iterator

from pypinyin import Style, pinyin
from pypinyin.constants import PINYIN_DICT

from inspector_app.ledger.pinyin import TABLE

HEAD = """\
# Pinyin initials of {count:,} characters, all readings, the commonest first; a line for each set.
# Made by tests/helpers/initials.py from pypinyin (MIT, resources/licences/pypinyin-MIT.txt).
"""


def known() -> Iterator[str]:
    """Every character pypinyin has readings of."""
    return map(chr, sorted(PINYIN_DICT))


def initials(char: str) -> tuple[str, ...]:
    """What pypinyin says of a character; itself when it has no reading."""
    (readings,) = pinyin(char, style=Style.FIRST_LETTER, heteronym=True)
    return tuple(dict.fromkeys(one[:1].lower() for one in readings if one)) or (char,)


def table() -> str:
    """The whole file."""
    found: dict[str, list[str]] = {}
    for char in known():
        found.setdefault("".join(initials(char)), []).append(char)
    lines = (f"{letters} {''.join(chars)}\n" for letters, chars in sorted(found.items()))
    return HEAD.format(count=sum(map(len, found.values()))) + "".join(lines)


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8", newline="\n")
    sys.stdout.write(f"{TABLE}\n")
