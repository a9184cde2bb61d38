"""What the calendar page reads: a year with its days, the years there are, what a saving moves."""

import re
from dataclasses import dataclass
from pathlib import Path

from inspector_app.errors import UserError
from inspector_app.services.calendar_notice import DayRow, NoticeRead, read_notice
from inspector_app.services.desk import Desk
from inspector_app.services.due_changes import AffectedCase
from inspector_app.services.office_calendar import (
    YearCheck,
    affected_by,
    check_year,
    known_years,
    read_notice_file,
    read_year,
)

NOTICE_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,8}[〔\[(（]\d{4}[〕\])）]\d{1,4}号")


@dataclass(frozen=True, slots=True)
class YearSheet:
    """One year. `known`: somebody announced it; `years` are those one can turn to, newest first."""

    year: int
    known: bool
    origin: str
    source: str
    rows: tuple[DayRow, ...]
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Consequence:
    """What is wrong or odd about the days, and the open cases they move."""

    check: YearCheck
    affected: tuple[AffectedCase, ...]


def read_sheet(desk: Desk, year: int) -> YearSheet:
    """The days of a year; none when nobody has announced it."""
    lines = known_years(desk)
    years = tuple(line.year for line in lines)
    offered = tuple(sorted({*years, max(years) + 1, desk.today().year}, reverse=True))
    try:
        table = read_year(desk, year)
    except UserError:
        return YearSheet(year, False, "", "", (), offered)
    return YearSheet(year, True, table.origin, table.source, table.rows, offered)


def consequence(desk: Desk, year: int, rows: tuple[DayRow, ...]) -> Consequence:
    """Look before saving: errors, odd days, and due dates that would move."""
    check = check_year(desk, year, rows)
    return Consequence(check, () if check.errors else affected_by(desk, year, rows))


def read_pasted(text: str, year: int | None) -> tuple[NoticeRead, str]:
    """The days of a pasted notice, and its number where it bears one."""
    number = NOTICE_NUMBER.search("".join(text.split()))
    return read_notice(text, year), number[0] if number else ""


def read_file(path: Path) -> tuple[NoticeRead, str]:
    """The days of a notice in a file; the file's name is its source."""
    return read_notice_file(path), path.stem
