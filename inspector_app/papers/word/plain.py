"""Text stripped to what it says: no blanks, no rules to write on, one form of each character."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

# Radicals and variants that exporters write in place of the usual characters, and full-width
# letters and digits; Chinese punctuation stays what it is.
_VARIANTS = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
_NOTHING = re.compile("[\\s_\u00ad\u200b-\u200d\u2060\ufeff]+")
_SENTENCE = re.compile("[^，。；：！？]*[，。；：！？]+|[^，。；：！？]+")
_PAGE_MARKS = (
    re.compile("^[—－–-]\\d+[—－–-]|[—－–-]\\d+[—－–-]$"),
    re.compile("^第\\d+页共\\d+页|第\\d+页共\\d+页$"),
)
_IDEOGRAPHS = 0x3400
DEMO_MARK = "演示数据"


def plain(text: str) -> str:
    """The same words for every program that writes them."""
    folded = _VARIANTS.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return _NOTHING.sub("", folded)


def is_rare(char: str) -> bool:
    """Whether a character is likely to come from a font of its own, out of its place in a PDF."""
    if ord(char) < _IDEOGRAPHS or unicodedata.category(char) != "Lo":
        return False
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False


def common(text: str) -> str:
    """The text without its rare characters."""
    return "".join(char for char in text if not is_rare(char))


def rare(text: str) -> Counter[str]:
    """Its rare characters, and how often each occurs."""
    return Counter(filter(is_rare, text))


def clauses(lines: Iterable[str]) -> list[str]:
    """Lines cut at their punctuation: what changed is told in pieces of this size."""
    return [clause for line in lines for clause in _SENTENCE.findall(line)]


def words_only(text: str) -> Counter[str]:
    """How often each letter, digit and character occurs; punctuation is not counted."""
    return Counter(char for char in text if unicodedata.category(char)[0] in "LNS")


def page_bodies(pages: Sequence[str], every_page: Sequence[str], heads: Sequence[str]) -> str:
    """The text of a PDF's pages as one, without what stands on each: numbers, signature lines.

    `every_page` is printed outside the text; `heads` of tables are kept where they come first.
    """
    bodies = ""
    for page in pages:
        body = _trimmed(plain(page), (*every_page, DEMO_MARK))
        for head in heads:
            if head in bodies:
                body = body.removeprefix(head)
        bodies += body
    return bodies


def _trimmed(text: str, marks: Sequence[str]) -> str:
    """A page without the marks at its beginning and end, in whatever order they come."""
    while True:
        shorter = text
        for mark in marks:
            shorter = shorter.removeprefix(mark).removesuffix(mark)
        for pattern in _PAGE_MARKS:
            shorter = pattern.sub("", shorter)
        if shorter == text:
            return text
        text = shorter
