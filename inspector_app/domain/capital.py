"""Amounts in Chinese capitals (大写) as 支付结算办法 附一 has them: 壹仟肆佰零玖元伍角."""

from inspector_app.domain.money import MAX_FEN
from inspector_app.errors import UserError

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_SECTIONS = ("", "万", "亿")


def capital(fen: int) -> str:
    """玖拾元整, 玖拾元零伍分: 整 closes whole 元 only, 零 stands for every gap once."""
    if fen < 0:
        raise UserError("金额是负数，不能写成大写")
    if fen > MAX_FEN:
        raise UserError("金额过大，不能写成大写")
    whole, cents = divmod(fen, 100)
    if cents == 0:
        return f"{_whole_number(whole) or '零'}元整"
    if whole == 0:
        return _cents(cents)
    # 附一: no 角 but 分 demands 零; a 元 digit of 0 before 角 may have it, and here always has.
    gap = "零" if cents < 10 or whole % 10 == 0 else ""
    return f"{_whole_number(whole)}元{gap}{_cents(cents)}"


def _cents(cents: int) -> str:
    jiao, fen = divmod(cents, 10)
    return (f"{_DIGITS[jiao]}角" if jiao else "") + (f"{_DIGITS[fen]}分" if fen else "")


def _whole_number(number: int) -> str:
    """Sections of four digits; a gap between two of them is one 零."""
    text = ""
    gap = False
    for power in (2, 1, 0):
        section = number // 10_000**power % 10_000
        if section == 0:
            gap = True
            continue
        zero = "零" if text and (gap or section < 1_000) else ""
        text += zero + _section(section) + _SECTIONS[power]
        gap = False
    return text


def _section(number: int) -> str:
    text = ""
    gap = False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit == 0:
            gap = True
            continue
        text += ("零" if text and gap else "") + _DIGITS[digit] + _PLACES[power]
        gap = False
    return text
