"""Understands single cells: dates, counts, money and words the way offices write them."""

import re
import unicodedata
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple, TypeVar

from inspector_app.domain.amounts import read_amount
from inspector_app.domain.cases import Source
from inspector_app.domain.claims import Payer
from inspector_app.domain.parties import Investment, ProjectKind
from inspector_app.domain.words import Word
from inspector_app.sheets.cells import Cell, CellFlag, squeeze

W = TypeVar("W", bound=Word)


class Understood(NamedTuple):
    """What a cell means; `problem` says why it means nothing, `changed` that it reads otherwise."""

    value: object
    problem: str = ""
    changed: bool = False


NOTHING = Understood(None)

_BLANKS = " \t\r\n\u3000\xa0"
_LATIN = re.compile("[A-Za-z]")
_DAY = re.compile(
    r"(\d{4})\s*[年./\-]\s*(\d{1,2})\s*[月./\-]\s*(\d{1,2})\s*日?(?:[\sT(].*|上午.*|下午.*)?"
)
_COMPACT_DAY = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_COUNT = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?:名|人|个|位|人次)*(?:劳动者|农民工|工人)?")
_PLAIN = re.compile(r"[¥￥]?\s*(-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)")
# Serial numbers of days as a spreadsheet counts them: 1954 to 2119.
_SERIALS = range(20_000, 80_000)
_SERIAL_ZERO = date(1899, 12, 30)
_WHOLE = re.compile(r"\d+\.0+")
_POWER = re.compile(r"([1-9])(?:\.(\d+))?[eE]\+?(\d{1,2})")
_PHONE_DIGITS = range(7, 13)
_FEN_PER_UNIT = {"元": 100, "万元": 1_000_000}


def understand_text(cell: Cell) -> Understood:
    """Text without blanks at its ends and line breaks inside a word."""
    if cell.flag is not CellFlag.NONE:
        return Understood(None, cell.flag.label)
    text = cell.text.strip(_BLANKS)
    if "\n" in text:
        text = "\n".join(part.strip(_BLANKS) for part in text.split("\n"))
    return Understood(text or None)


def understand_name(cell: Cell) -> Understood:
    """A name without the blanks that stretch two characters to the width of three."""
    text = understand_text(cell)
    if not isinstance(text.value, str):
        return text
    plain = text.value.replace("\n", "")
    if not _LATIN.search(plain):
        plain = "".join(plain.split())
    return Understood(plain, changed=plain != text.value)


def understand_digits(cell: Cell) -> Understood:
    """A phone or card number: digits as text, also when the cell held a number.

    A program that took it for a number left .0 behind it or wrote it as 1.38E10.
    """
    if cell.flag is not CellFlag.NONE:
        return Understood(None, cell.flag.label)
    bare = re.sub(r"\s+", "", cell.text)
    text = unicodedata.normalize("NFKC", bare)
    problem = ""
    if _WHOLE.fullmatch(text):
        text = text.partition(".")[0]
    elif power := _POWER.fullmatch(text):
        decimals = (power[2] or "").rstrip("0")
        problem = "写成科学计数法，末几位可能已丢失，请核对原件" * (len(decimals) < int(power[3]))
        text = power[1] + decimals.ljust(int(power[3]), "0")
    return Understood(text or None, problem, changed=text != bare)


def phone_problem(text: str) -> str:
    """Why a text is no phone number; "" when it may be one."""
    digits = len(re.sub(r"\D", "", text.removeprefix("+86")))
    return "" if digits in _PHONE_DIGITS else f"应为 7 至 12 位数字，现有 {digits} 位"


def understand_date(cell: Cell) -> Understood:
    """A day; a text that names no single day is a problem, never a guess."""
    if cell.flag is not CellFlag.NONE:
        return Understood(None, cell.flag.label)
    if isinstance(cell.value, datetime):
        return Understood(cell.value.date(), changed=True)
    if isinstance(cell.value, date):
        return Understood(cell.value)
    text = unicodedata.normalize("NFKC", cell.text).strip()
    if not text or text in {"-", "/", "无", "—"}:
        return NOTHING
    if text.isdigit() and int(text) in _SERIALS:
        return Understood(_SERIAL_ZERO + timedelta(days=int(text)), changed=True)
    match = _DAY.fullmatch(text) or _COMPACT_DAY.fullmatch(text)
    if match is None:
        return Understood(None, f"“{text}”不是完整的日期")
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return Understood(None, f"没有“{text}”这一天")
    return Understood(day)


def understand_count(cell: Cell) -> Understood:
    """A number of people; 约30人 and 10余人 are not numbers."""
    if cell.flag is not CellFlag.NONE:
        return Understood(None, cell.flag.label)
    text = squeeze(cell.text)
    if not text or text in {"-", "/", "无", "—", "不详"}:
        return NOTHING
    match = _COUNT.fullmatch(text)
    if match is None:
        return Understood(None, f"“{cell.text.strip()}”不是确定的人数")
    return Understood(int(match[1].replace(",", "")))


def understand_money(cell: Cell, unit: str) -> Understood:
    """Fen. A bare number counts in `unit` (元 or 万元); a text that names its own unit keeps it."""
    if cell.flag is not CellFlag.NONE:
        return Understood(None, cell.flag.label)
    text = cell.text.strip()
    if not text or text in {"-", "/", "无", "—"}:
        return NOTHING
    rounded = _rounded(cell, unit)
    read = read_amount(rounded or text, unit=unit)
    if read.fen is None:
        return Understood(None, read.note)
    return Understood(read.fen, changed=bool(read.note or rounded))


def _rounded(cell: Cell, unit: str) -> str:
    """A calculated cell carries more digits than it shows: its number rounded to fen, else ""."""
    if isinstance(cell.value, str) or not is_plain_number(cell):
        return ""
    fen = Decimal(cell.text) * _FEN_PER_UNIT[unit]
    whole = fen.quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return "" if fen == whole else str(whole / _FEN_PER_UNIT[unit])


def is_plain_number(cell: Cell) -> bool:
    """Whether a money cell is a bare number, which takes its unit from the table."""
    return _PLAIN.fullmatch(unicodedata.normalize("NFKC", cell.text).strip()) is not None


_MONTH = r"(?:(\d{4})\s*[年./\-]\s*)?(\d{1,2})\s*月?(?:份)?"
_ONE_MONTH = re.compile(r"(\d{4})\s*(?:[年./\-]\s*)?(\d{1,2})\s*月?份?")
_MONTHS = re.compile(
    r"(\d{4})\s*[年./\-]\s*(\d{1,2})\s*月?份?(?:\d{1,2}日)?\s*(?:至|到|-|~|—+)\s*"
    + _MONTH
    + r"(?:\d{1,2}日)?"
)
_COMPACT_MONTHS = re.compile(r"(\d{4})(\d{2})\s*(?:至|到|-|~|—+)\s*(\d{4})(\d{2})")
_YEARS = re.compile(r"(\d{4})年?(?:\s*(?:至|到|-|~|—+)\s*(\d{4})年?)?")


def understand_period(cell: Cell) -> Understood:
    """First and last month of a stretch of time, each YYYY-MM, as a pair."""
    if cell.flag is not CellFlag.NONE:
        return Understood(None, cell.flag.label)
    if isinstance(cell.value, date):
        month = f"{cell.value:%Y-%m}"
        return Understood((month, month), changed=True)  # a month typed as text became a day
    text = unicodedata.normalize("NFKC", cell.text).strip()
    if not text:
        return NOTHING
    months = _two_months(text)
    if months is None or not all(1 <= month <= 12 for _, month in months) or months[0] > months[1]:
        return Understood(None, f"“{text}”看不出起止月份")
    first, last = (f"{year:04d}-{month:02d}" for year, month in months)
    return Understood((first, last), changed=_YEARS.fullmatch(text) is not None)


def _two_months(text: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    if match := _COMPACT_MONTHS.fullmatch(text):
        return (int(match[1]), int(match[2])), (int(match[3]), int(match[4]))
    if match := _MONTHS.fullmatch(text):
        year = int(match[3] or match[1])
        return (int(match[1]), int(match[2])), (year, int(match[4]))
    if match := _YEARS.fullmatch(text):
        return (int(match[1]), 1), (int(match[2] or match[1]), 12)
    if match := _ONE_MONTH.fullmatch(text):
        return (int(match[1]), int(match[2])), (int(match[1]), int(match[2]))
    return None


# Words found in cells that mean a member though its label is written otherwise; first hit wins.
_SOURCE_WORDS = (
    ("12345", Source.HOTLINE_12345),
    ("12333", Source.HOTLINE_12333),
    ("全国", Source.NATIONAL),
    ("国务院", Source.NATIONAL),
    ("监管系统", Source.PROVINCIAL),
    ("信访", Source.PETITION),
    ("来访", Source.VISIT),
    ("来电", Source.PHONE),
    ("电话", Source.PHONE),
    ("来信", Source.LETTER),
    ("网格", Source.GRID),
    ("排查", Source.GRID),
    ("媒体", Source.MEDIA),
    ("巡查", Source.PATROL),
    ("日常检查", Source.PATROL),
    ("交办", Source.SUPERIOR),
    ("督办", Source.SUPERIOR),
    ("移送", Source.TRANSFER),
    ("移交", Source.TRANSFER),
    ("转办", Source.TRANSFER),
)
_PROJECT_WORDS = (
    ("房", ProjectKind.BUILDING),
    ("市政", ProjectKind.BUILDING),
    ("交通", ProjectKind.TRANSPORT),
    ("公路", ProjectKind.TRANSPORT),
    ("水利", ProjectKind.WATER),
)
_INVESTMENT_WORDS = (
    ("政府", Investment.GOVERNMENT),
    ("财政", Investment.GOVERNMENT),
    ("国企", Investment.STATE),
    ("国有", Investment.STATE),
    ("社会", Investment.PRIVATE),
    ("民营", Investment.PRIVATE),
    ("自筹", Investment.PRIVATE),
)
_PAYER_WORDS = (
    ("保证金", Payer.DEPOSIT),
    ("周转金", Payer.FUND),
    ("预售", Payer.PRESALE),
    ("总包", Payer.GENERAL),
    ("总承包", Payer.GENERAL),
    ("建设单位", Payer.OWNER),
    ("业主", Payer.OWNER),
    ("用人单位", Payer.EMPLOYER),
    ("企业", Payer.EMPLOYER),
    ("单位", Payer.EMPLOYER),
)


def understand_source(cell: Cell) -> Understood:
    """The channel a matter came by."""
    return _word(cell, Source, _SOURCE_WORDS)


def understand_project_kind(cell: Cell) -> Understood:
    """The trade of a project."""
    return _word(cell, ProjectKind, _PROJECT_WORDS)


def understand_investment(cell: Cell) -> Understood:
    """Whose money a project is built with."""
    return _word(cell, Investment, _INVESTMENT_WORDS)


def understand_payer(cell: Cell) -> Understood:
    """Where paid money came from."""
    return _word(cell, Payer, _PAYER_WORDS)


def _word(cell: Cell, words: type[W], hints: tuple[tuple[str, W], ...]) -> Understood:
    text = squeeze(cell.text)
    if not text:
        return NOTHING
    exact = words.by_label(cell.text)
    if exact is not None:
        return Understood(exact)
    for part, member in hints:
        if part in text:
            return Understood(member, changed=True)
    choices = "、".join(member.label for member in words)
    return Understood(None, f"“{cell.text.strip()}”不在选项中（{choices}）")
