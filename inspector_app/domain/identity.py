"""公民身份号码: length, check digit and birth date decide; the region is never more than a hint.

The region of a number is that of its first issue: counties abolished since are common and right
(410411, 410424, 410426 …), and numbers of 1955 carry codes made in 1984 (libraries.md of stdnum's
`ric.validate` refuses such people, so it is not used).
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from stdnum.cn import ric

_PROVINCES = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
_OLDEST = 120


@dataclass(frozen=True, slots=True)
class IdCheck:
    """What the number says; `problem` is "" when it may be a real one, `hint` never blocks."""

    number: str
    problem: str
    hint: str = ""
    birth: date | None = None
    sex: str = ""  # 男, 女 or ""


def check_id_number(text: str, today: date) -> IdCheck:
    """Check a number as typed; it is tidied, never repaired."""
    number = re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", text)).upper()
    if not number:
        return IdCheck("", "没有填写身份证号")
    if re.fullmatch(r"[0-9]\.[0-9]+E\+?[0-9]+", number):
        return IdCheck(number, "被表格软件改成了科学记数，末几位已丢失，请向本人核对")
    if re.fullmatch(r"[0-9]{15}", number):
        return _check_old(number, today)
    if len(number) != 18:
        return IdCheck(number, f"应为 18 位，现有 {len(number)} 位")
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        return IdCheck(number, "前 17 位应为数字，末位为数字或 X")
    birth = _birth(number[6:14])
    problem = _birth_problem(birth, number[6:14], today) or _digit_problem(number)
    return _result(number, problem, birth, int(number[16]))


def _check_old(number: str, today: date) -> IdCheck:
    """15-digit numbers ended in 2013; old papers still carry them."""
    birth = _birth(f"19{number[6:12]}")
    problem = _birth_problem(birth, f"19{number[6:12]}", today)
    seventeen = f"{number[:6]}19{number[6:]}"
    hint = f"15 位旧号码，对应的 18 位号码是 {seventeen}{ric.calc_check_digit(seventeen + '0')}"
    return _result(number, problem, birth, int(number[14]), "" if problem else hint)


def _result(number: str, problem: str, birth: date | None, order: int, hint: str = "") -> IdCheck:
    if not _PROVINCES.fullmatch(number[:2]):
        strange = f"前两位 {number[:2]} 不是省级代码"
        hint = f"{hint}；{strange}" if hint else strange
    if problem:
        return IdCheck(number, problem, hint)
    return IdCheck(number, "", hint, birth, "男" if order % 2 else "女")


def _birth(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def _birth_problem(birth: date | None, digits: str, today: date) -> str:
    if birth is None:
        return f"出生日期 {digits} 不存在"
    if birth > today:
        return f"出生日期 {digits} 在今天之后"
    if today.year - birth.year > _OLDEST:
        return f"出生日期 {digits} 距今超过 {_OLDEST} 年"
    return ""


def _digit_problem(number: str) -> str:
    expected = ric.calc_check_digit(number)
    if number[17] == expected:
        return ""
    if number.endswith("000"):
        return "末三位是 000，可能被表格软件截掉了末几位，请向本人核对"
    return f"校验位不符，应为 {expected}，现为 {number[17]}"
