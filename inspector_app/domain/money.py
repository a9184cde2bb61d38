"""Amounts of money: int fen inside, 864,200.00 on screen and paper, and back again when typed."""

import re
import unicodedata

from inspector_app.errors import UserError

MAX_FEN = 99_999_999_999_999
"""999,999,999,999.99 元: no wage case comes near it, and 大写 stays within 亿."""

_TYPED = re.compile(r"(?P<yuan>\d+|\d{1,3}(?:,\d{3})+)(?:\.(?P<cents>\d*))?")


def yuan(fen: int | None) -> str:
    """864,200.00; none is "—"."""
    if fen is None:
        return "—"
    sign = "-" if fen < 0 else ""
    whole, cents = divmod(abs(fen), 100)
    return f"{sign}{whole:,}.{cents:02d}"


def parse_yuan(text: str, *, field: str = "") -> int:
    """Fen of an amount typed into a money field; anything doubtful is refused with the reason."""
    typed = unicodedata.normalize("NFKC", text).strip()
    bare = typed.removeprefix("¥").removesuffix("元").strip()
    if not bare:
        raise UserError("请填写金额", field=field)
    if bare.startswith("-"):
        raise UserError("金额不能是负数", field=field)
    match = _TYPED.fullmatch(bare)
    if match is None:
        raise UserError(f"“{typed}”不是金额，请写成 864200.00 这样", field=field)
    cents = match["cents"] or ""
    if len(cents) > 2:
        raise UserError("金额最多写到分，小数点后不超过两位", field=field)
    fen = int(match["yuan"].replace(",", "")) * 100 + int(cents.ljust(2, "0"))
    if fen > MAX_FEN:
        raise UserError("金额过大，请核对单位是不是元", field=field)
    return fen
