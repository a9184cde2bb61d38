"""统一社会信用代码: tidy what was typed and say what is wrong with it (GB 32100)."""

import re
import unicodedata
from dataclasses import dataclass

from stdnum.cn import uscc

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_OLD = {15: "，像是旧的工商注册号", 9: "，像是旧的组织机构代码"}
_LOOKALIKE = {"O": "0", "I": "1", "Z": "2", "S": "5"}


@dataclass(frozen=True, slots=True)
class CodeCheck:
    """The tidied code and what is wrong with it; `problem` is "" when it is good."""

    code: str
    problem: str


def check_credit_code(text: str) -> CodeCheck:
    """Never repairs: a code with a problem is kept as written, tidied, and flagged."""
    code = normalise(text)
    return CodeCheck(code, _problem(code))


def normalise(text: str) -> str:
    """Half-width capitals without spaces and dashes."""
    return re.sub(r"[\s\-‐-―]", "", unicodedata.normalize("NFKC", text)).upper()


def _problem(code: str) -> str:
    if not code:
        return "没有填写统一社会信用代码"
    if re.fullmatch(r"[0-9]\.[0-9]+E\+?[0-9]+", code):
        return "被表格软件改成了科学记数，末几位已丢失，请重新核对"
    if len(code) != 18:
        return f"应为 18 位，现有 {len(code)} 位{_OLD.get(len(code), '')}"
    for place, char in enumerate(code, start=1):
        if char not in _ALPHABET:
            like = _LOOKALIKE.get(char)
            return f"第 {place} 位不能是“{char}”" + (f"，可能是数字 {like}" if like else "")
        if 3 <= place <= 8 and not char.isdigit():
            return f"第 {place} 位应为数字（登记机关行政区划），现为“{char}”"
    expected = uscc.calc_check_digit(code[:17])
    if code[17] != expected:
        return f"校验位不符，应为 {expected}，现为 {code[17]}"
    return ""
