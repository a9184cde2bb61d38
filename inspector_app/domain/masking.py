"""Hiding personal data in lists, logs, crash reports and masked exports (个人信息保护法 28、51)."""

import re
from collections.abc import Callable, Iterable

from stdnum.cn import uscc

COVERED = "（已隐去）"
_NOT_INSIDE = r"(?<![0-9A-Za-z])"
_NOT_BEFORE = r"(?![0-9A-Za-z])"
_BIRTH = r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_ID = re.compile(rf"{_NOT_INSIDE}\d{{6}}{_BIRTH}\d{{3}}[\dXx]{_NOT_BEFORE}")
_CARD = re.compile(rf"{_NOT_INSIDE}\d(?:[ -]?\d){{14,18}}{_NOT_BEFORE}")
_MOBILE = re.compile(rf"{_NOT_INSIDE}(?:\+?86[ -]?)?1[3-9]\d(?:[ -]?\d{{4}}){{2}}{_NOT_BEFORE}")
_LANDLINE = re.compile(rf"{_NOT_INSIDE}0\d{{2,3}}-\d{{7,8}}{_NOT_BEFORE}")


# What opens an encrypted ledger: a key as hex, a recovery code as eight groups of digits.
_KEY = re.compile(rf"{_NOT_INSIDE}[0-9a-fA-F]{{64,}}{_NOT_BEFORE}")
_CODE = re.compile(rf"{_NOT_INSIDE}\d{{6}}(?:[ -]?\d{{6}}){{7}}{_NOT_BEFORE}")


def mask_name(name: str) -> str:
    """张三 -> 张*, 张三丰 -> 张**: the family name's first character stays."""
    bare = name.strip()
    return bare[:1] + "*" * min(max(len(bare) - 1, 0), 2)


def mask_id_number(number: str) -> str:
    """410402********1234; a number too short to keep anything of is hidden whole."""
    return _middle(number.strip(), 6, 4)


def mask_phone(number: str) -> str:
    """138****1234; a landline keeps its area code."""
    bare = number.strip()
    area, dash, rest = bare.rpartition("-")
    if dash and area.startswith("0"):
        return f"{area}-{_middle(rest, 0, 3)}"
    return _middle(bare, 3, 4)


def mask_card(number: str) -> str:
    """6217***********1234."""
    return _middle(number.strip(), 4, 4)


def mask_text(text: str) -> str:
    """Free text with every identity number, bank card, phone number, key and code in it hidden.

    Credit codes of units stay readable: they are public, also those that are all digits.
    """
    for pattern, mask in _RULES:
        text = pattern.sub(mask, text)
    return text


def mask_people(text: str, names: Iterable[str], addresses: Iterable[str] = ()) -> str:
    """Free text as `mask_text` leaves it, with these people's names and addresses hidden too.

    A name is found with blanks in it (张 三); one of a single character, or an address of three,
    may be a word of its own and stays.
    """
    for address in sorted(filter(_is_place, map(str.strip, addresses)), key=len, reverse=True):
        text = text.replace(address, COVERED)
    for name in sorted({"".join(one.split()) for one in names}, key=len, reverse=True):
        if len(name) > 1:
            text = re.sub(r"\s*".join(map(re.escape, name)), mask_name(name), text)
    return mask_text(text)


def _is_place(text: str) -> bool:
    return len(text) > 3


def numbers_in(text: str) -> tuple[int, int]:
    """How many (identity numbers, bank cards) a text tells in the open."""
    found = {pattern: 0 for pattern, _ in _RULES}
    for pattern, mask in _RULES:
        hits = pattern.findall(text)
        text = pattern.sub(mask, text)
        found[pattern] = sum(hit not in text for hit in hits)
    return found[_ID], found[_CARD]


def _middle(text: str, head: int, tail: int) -> str:
    if len(text) <= head + tail:
        return "*" * len(text)
    return text[:head] + "*" * (len(text) - head - tail) + text[len(text) - tail :]


def _masked_id(match: re.Match[str]) -> str:
    return mask_id_number(match[0])


def _masked_card(match: re.Match[str]) -> str:
    public = match[0].startswith("9") and uscc.is_valid(match[0])
    return match[0] if public else mask_card(re.sub(r"[ -]", "", match[0]))


def _masked_mobile(match: re.Match[str]) -> str:
    return mask_phone(re.sub(r"\D", "", match[0])[-11:])


def _masked_landline(match: re.Match[str]) -> str:
    return mask_phone(match[0])


_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_KEY, lambda _match: "…"),
    (_CODE, lambda _match: "…"),
    (_ID, _masked_id),
    (_CARD, _masked_card),
    (_MOBILE, _masked_mobile),
    (_LANDLINE, _masked_landline),
)
