"""Amounts as people write them in workbooks: "134.66万元" is one, "100余万元" is not."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from inspector_app.domain.money import MAX_FEN, yuan

_SCALES = {
    "亿": Decimal(100_000_000),
    "千万": Decimal(10_000_000),
    "百万": Decimal(1_000_000),
    "十万": Decimal(100_000),
    "万": Decimal(10_000),
    "千": Decimal(1_000),
    "百": Decimal(100),
    "元": Decimal(1),
    "角": Decimal("0.1"),
    "分": Decimal("0.01"),
}
_NUMBER = r"[0-9]+(?:\.[0-9]+)?"
_PART = re.compile(rf"({_NUMBER})({'|'.join(_SCALES)})")
_PREFIX = re.compile(r"^(?:共计|合计|总计|共|计)?:?(?:人民币|RMB|CNY)?:?¥?")
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]{1,2})?\s*元?")
_ABOUT = re.compile(
    r"大约|大概|左右|上下|以上|以下|以内|不足|不到|超过|至少|最多|约|近|余(?!额)|多|逾|超|几|数|来"
)
_FOREIGN = re.compile(r"\$|美元|美金|港元|港币|欧元|€|英镑|£|日元|USD|HKD|EUR|US")
_RANGE = re.compile(r"\d(?:亿|万|千|百|元)*\s*(?:-|~|—|–|―|～|至|到|或)+\s*\d")
_GROUPED = re.compile(r"(?<![0-9])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])")
_HANZI = re.compile(r"[零〇一二三四五六七八九十两壹贰叁肆伍陆柒捌玖拾佰仟]")
_NOTHING = {"", "无", "/", "-", "--", "—", "不详", "未知", "待核实", "待核", "不清楚"}


@dataclass(frozen=True, slots=True)
class AmountRead:
    """What was written, the fen it means (None when it is no exact amount), and a sentence.

    `note` is "" when a plain number was taken as it stands; otherwise it says how it was
    understood, or why it was not.
    """

    written: str
    fen: int | None
    note: str


def read_amount(text: str, *, unit: str = "元") -> AmountRead:
    """Read an amount; `unit` (元 or 万元) is that of the column, for numbers without one."""
    written = text.strip()
    bare = re.sub(r"\s+", "", unicodedata.normalize("NFKC", written))
    if bare in _NOTHING:
        return AmountRead(written, None, f"“{written}”不是金额" if bare else "没有写金额")
    fault = _fault(bare)
    if fault:
        return AmountRead(written, None, f"“{written}”{fault}")
    core = _PREFIX.sub("", bare, count=1).removesuffix("整").removesuffix("正")
    core = _GROUPED.sub(lambda match: match[0].replace(",", ""), core)
    fen = _fen(core, unit)
    if fen is None:
        return AmountRead(written, None, f"“{written}”看不出是多少钱，请写成 864200.00 这样")
    if fen != fen.to_integral_value():
        return AmountRead(written, None, f"“{written}”比分还小，请核对小数")
    if fen > MAX_FEN:
        return AmountRead(written, None, f"“{written}”过大，请核对单位")
    plain = _PLAIN.fullmatch(written) and (unit == "元" or written.endswith("元"))
    note = "" if plain else f"“{written}”按 {yuan(int(fen))} 元理解"
    return AmountRead(written, int(fen), note)


def _fault(bare: str) -> str:
    """Why this cannot be one exact amount of yuan; "" when nothing speaks against it."""
    if _FOREIGN.search(bare.upper()):
        return "是外币，请换算成人民币"
    if _RANGE.search(bare):
        return "是一个范围，未当作金额"
    if _ABOUT.search(bare):
        return "是约数，未当作金额"
    if re.match(r"^(?:¥|人民币)?[-−(]", bare):
        return "是负数，未当作金额"
    if not re.search(r"\d", bare):
        return "是汉字数字，请写成阿拉伯数字" if _HANZI.search(bare) else "不是金额"
    return ""


def _fen(core: str, unit: str) -> Decimal | None:
    """Exact fen, None for a shape nobody can be sure of."""
    if re.fullmatch(_NUMBER, core):
        return Decimal(core) * _SCALES[unit.removesuffix("元") or "元"] * 100
    parts = [(number, _SCALES[scale]) for number, scale in _PART.findall(core)]
    spelt = "".join(number + scale for number, scale in _PART.findall(core))
    whole_yuan = bool(parts) and parts[-1][1] > 1 and core == f"{spelt}元"
    if not parts or not (core == spelt or whole_yuan):
        return None  # "3万5" is 35,000 to one reader and 30,005 to another
    for (number, size), (smaller, smaller_size) in pairwise(parts):
        if "." in number or Decimal(smaller) * smaller_size >= size:
            return None
    return sum((Decimal(number) * size for number, size in parts), Decimal(0)) * 100
