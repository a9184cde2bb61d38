"""Sums that a text calls a fine: 罚款人民币60,000元, 罚款陆万元, 处6万元罚款."""

import re
from collections.abc import Iterator
from decimal import Decimal

_WIDE = str.maketrans("０１２３４５６７８９．", "0123456789.")
_NUMERALS = {char: at % 10 for at, char in enumerate("零一二三四五六七八九〇壹贰叁肆伍陆柒捌玖")}
_NUMERALS["两"] = 2
_PLACES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1_000, "仟": 1_000}
_MYRIAD = 10_000
_CHINESE = "".join((*_NUMERALS, *_PLACES, "万"))
_SUM = rf"(?:\d[\d,]*(?:\.\d+)?\s*[万千百]?|[{_CHINESE}]+)\s*(?=元)"
_AFTER = re.compile(rf"罚款(?P<gap>[^。；\n元\d{_CHINESE}]{{0,12}})(?P<sum>{_SUM})")
_BEFORE = re.compile(rf"(?P<gap>.?.?)(?<![\d,.{_CHINESE}])(?P<sum>{_SUM})元的?罚款")
_RATE = re.compile("每|没收|标准|按")  # so much a head or a day is not the fine itself


def fines_named(text: str) -> list[int]:
    """Every sum the text calls a fine, fen, each once; what is fined by heads or days is none."""
    plain = text.translate(_WIDE)
    return list(dict.fromkeys(_found(plain)))


def _found(text: str) -> Iterator[int]:
    for pattern in (_AFTER, _BEFORE):
        for match in pattern.finditer(text):
            if not _RATE.search(match["gap"]):
                yield _fen(match["sum"].strip())


def _fen(text: str) -> int:
    if not text[0].isdigit():
        return _chinese(text) * 100
    unit = {"万": _MYRIAD, "千": 1_000, "百": 100}.get(text[-1], 1)
    number = Decimal(text.rstrip("万千百 ").replace(",", ""))
    return int(number * unit * 100)


def _chinese(text: str) -> int:
    whole = section = digit = 0
    for char in text:
        if char == "万":
            whole, section, digit = (whole + section + digit) * _MYRIAD, 0, 0
        elif char in _PLACES:
            section, digit = section + (digit or 1) * _PLACES[char], 0
        else:
            digit = _NUMERALS[char]
    return whole + section + digit
