"""The recovery code: eight groups of six digits, each of which shows a slip of the pen."""

import os
import re
import unicodedata

from inspector_app.errors import UserError

GROUPS = 8
DIGITS = 6
_STEP = 11  # a group is a multiple of it: one wrong digit, or two swapped, never is
_BYTES = 2


def fresh_secret() -> bytes:
    """128 random bits: nobody guesses them, so that no slow derivation is needed."""
    return os.urandom(GROUPS * _BYTES)


def written(secret: bytes) -> str:
    """The secret as digits to copy: 123456-234567-…"""
    pairs = [secret[at : at + _BYTES] for at in range(0, GROUPS * _BYTES, _BYTES)]
    return "-".join(f"{int.from_bytes(pair, 'big') * _STEP:0{DIGITS}d}" for pair in pairs)


def read(text: str) -> bytes:
    """The secret of digits as somebody typed them; UserError names the group with the slip."""
    digits = re.sub(r"[\s\-—–,，.。]", "", unicodedata.normalize("NFKC", text))
    if not re.fullmatch(r"[0-9]*", digits):
        raise UserError("恢复码只有数字。", field="code", kind="recovery_code")
    if len(digits) != GROUPS * DIGITS:
        message = f"恢复码共 {GROUPS} 组，每组 {DIGITS} 位数字；现在有 {len(digits)} 位。"
        raise UserError(message, field="code", kind="recovery_code")
    pairs = []
    for number in range(GROUPS):
        value, rest = divmod(int(digits[number * DIGITS : (number + 1) * DIGITS]), _STEP)
        if rest or value >= 256**_BYTES:
            message = f"恢复码第 {number + 1} 组抄错了，请核对。"
            raise UserError(message, field="code", kind="recovery_code")
        pairs.append(value.to_bytes(_BYTES, "big"))
    return b"".join(pairs)
