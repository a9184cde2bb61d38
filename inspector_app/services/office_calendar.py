"""The working-day table of the office: what is known of each year, and the notice of a new one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from inspector_app.domain.bureau_law import CalendarYear
from inspector_app.domain.terms import weekday_text
from inspector_app.domain.workdays import WorkCalendar
from inspector_app.errors import UserError
from inspector_app.ledger.ids import firsts, natural_id
from inspector_app.library.statute_text import read_words
from inspector_app.services.calendar_notice import (
    DayKind,
    DayRow,
    NoticeRead,
    read_notice,
    read_table,
)
from inspector_app.services.desk import Desk
from inspector_app.services.due_changes import AffectedCase, changed_dues
from inspector_app.services.rules import office_rules, with_trial_year
from inspector_app.sheets.read import read_workbook

SHIPPED, ENTERED = "随程序", "本局录入"
THIRTEEN_SINCE = 2025  # 全国年节及纪念日放假办法 as amended on 2024-11-10
STATUTORY = {
    "元旦": 1, "春节": 4, "清明节": 1, "劳动节": 2, "端午节": 1, "中秋节": 1, "国庆节": 3,
}  # fmt: skip
FIXED_DAYS = {"01-01": "元旦", "05-01": "劳动节", "05-02": "劳动节"} | {
    f"10-0{day}": "国庆节" for day in (1, 2, 3)
}
TEXT_FILES = {".txt", ".md", ".docx"}


@dataclass(frozen=True, slots=True)
class YearLine:
    """One known year in the list."""

    year: int
    origin: str
    source: str
    known: bool  # False: entered, but a year before it is missing


@dataclass(frozen=True, slots=True)
class YearTable:
    """The days of one year that differ from Monday to Friday."""

    year: int
    origin: str
    source: str
    rows: tuple[DayRow, ...]
    working_days: int


@dataclass(frozen=True, slots=True)
class YearCheck:
    """What is wrong with the days of a year (nothing may be stored), and what is only odd."""

    errors: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SavedYear:
    """A year that was stored, what was odd about it, and the open cases it moves."""

    stored: CalendarYear
    warnings: tuple[str, ...]
    affected: tuple[AffectedCase, ...]


def _entered(desk: Desk) -> dict[int, CalendarYear]:
    with desk.ledger.read() as view:
        rows = view.find(CalendarYear, scope=desk.city)
    made = firsts(rows, lambda row: row.year)
    return {year: row for year, row in made.items() if row.holidays}


def known_years(desk: Desk) -> list[YearLine]:
    """Every year of the table, the newest first."""
    entered, shipped = _entered(desk), desk.library.calendar
    last = office_rules(desk).calendar.last_year
    years = sorted({*range(shipped.first_year, shipped.last_year + 1), *entered}, reverse=True)
    return [
        YearLine(
            year,
            ENTERED if year in entered else SHIPPED,
            entered[year].source if year in entered else "",
            year <= last,
        )
        for year in years
    ]


def read_year(desk: Desk, year: int) -> YearTable:
    """The days of one year; UserError when nobody has announced it."""
    calendar, entered = office_rules(desk).calendar, _entered(desk).get(year)
    if entered is None and not calendar.known(date(year, 1, 1)):
        span = f"{calendar.first_year} 年至 {calendar.last_year} 年"
        message = f"没有 {year} 年的放假安排，现有 {span}。"
        raise UserError(message, field="year", kind="not_found")
    return YearTable(
        year=year,
        origin=ENTERED if entered else SHIPPED,
        source=entered.source if entered else "",
        rows=_rows(calendar, year),
        working_days=_working_days(calendar, year),
    )


def _rows(calendar: WorkCalendar, year: int) -> tuple[DayRow, ...]:
    off = [
        DayRow(day, DayKind.HOLIDAY, calendar.holiday_name(day))
        for day in calendar.holidays
        if day.year == year
    ]
    on = [DayRow(day, DayKind.WORKDAY, "") for day in calendar.workdays if day.year == year]
    return tuple(sorted(off + on, key=lambda row: row.day))


def _days_of(year: int) -> Iterable[date]:
    first = date(year, 1, 1)
    return (first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days))


def _working_days(calendar: WorkCalendar, year: int) -> int:
    return sum(calendar.is_working(day) for day in _days_of(year))


def check_year(desk: Desk, year: int, rows: Sequence[DayRow]) -> YearCheck:
    """Everything wrong or odd about the days somebody wants to store for a year."""
    errors = list(_errors(year, rows))
    calendar = office_rules(desk).calendar
    if year > calendar.last_year + 1:
        errors.append(f"年份应逐年相连：请先录入 {calendar.last_year + 1} 年的放假安排。")
    if year < calendar.first_year:
        errors.append(f"工作日历从 {calendar.first_year} 年开始，不能录入更早的年份。")
    return YearCheck(tuple(errors), () if errors else tuple(_warnings(year, rows)))


def _errors(year: int, rows: Sequence[DayRow]) -> Iterable[str]:
    if not any(row.kind is DayKind.HOLIDAY for row in rows):
        yield "没有任何放假的日期。"
    kinds: dict[date, DayKind] = {}
    for row in rows:
        told = weekday_text(row.day)
        if row.day.year != year:
            yield f"{told}不在 {year} 年。"
        if row.day in kinds:
            both = kinds[row.day] is not row.kind
            yield f"{told}既写放假又写上班。" if both else f"{told}写了两次。"
        kinds[row.day] = row.kind
        if row.kind is DayKind.WORKDAY and row.day.weekday() < 5:
            yield f"{told}不是周末，本来就上班，不用列为调休上班。"
        if row.kind is DayKind.HOLIDAY and not row.name.strip():
            yield f"{told}没有写是什么节日。"
        if "=" in row.name:
            yield f"{told}的节日名称里不能有等号。"


def _warnings(year: int, rows: Sequence[DayRow]) -> Iterable[str]:
    """The statutory days (全国年节及纪念日放假办法 2); those before 2025 were fewer."""
    off = {row.day: row.name for row in rows if row.kind is DayKind.HOLIDAY}
    if year < THIRTEEN_SINCE:
        return
    for name, count in STATUTORY.items():
        have = sum(name in words for words in off.values())
        if have < count:
            yield f"{name}依法放假 {count} 天，这里只有 {have} 天，请核对。"
    for text, name in FIXED_DAYS.items():
        if date.fromisoformat(f"{year}-{text}") not in off:
            month, day = text.split("-")
            yield f"{int(month)}月{int(day)}日（{name}）没有列为放假，请核对。"
    made_up = sum(row.kind is DayKind.WORKDAY for row in rows)
    given = sum(day.weekday() < 5 for day in off) - made_up
    if given != sum(STATUTORY.values()):
        total = sum(STATUTORY.values())
        yield f"放假日减去调休上班，工作日净减 {given} 天，法定为 {total} 天，请核对有无漏列。"


def save_year(
    desk: Desk, year: int, rows: Sequence[DayRow], source: str, why: str = ""
) -> SavedYear:
    """Store the days of a year in place of what was known of it."""
    check = check_year(desk, year, rows)
    if check.errors:
        more = f"（另有 {len(check.errors) - 1} 处）" if len(check.errors) > 1 else ""
        raise UserError(f"{check.errors[0]}{more}", field="rows")
    if not source.strip():
        raise UserError("请填写来源，例如通知的文号。", field="source")
    affected = affected_by(desk, year, rows)
    made = _year_row(desk, year, rows, source.strip())
    with desk.work("登记放假安排", why) as uow:
        old = uow.first(CalendarYear, scope=desk.city, year=year)
        known = old.id if old else natural_id(uow, CalendarYear, desk.city, str(year))
        made = replace(made, id=known)
        (uow.save if old else uow.add)(made)
        uow.commit()
    return SavedYear(made, check.warnings, affected)


def _year_row(desk: Desk, year: int, rows: Sequence[DayRow], source: str) -> CalendarYear:
    ordered = sorted(rows, key=lambda row: row.day)
    return CalendarYear(
        id="",
        year=year,
        source=source,
        holidays=tuple(
            f"{row.day:%m-%d}={row.name.strip()}" for row in ordered if row.kind is DayKind.HOLIDAY
        ),
        workdays=tuple(f"{row.day:%m-%d}" for row in ordered if row.kind is DayKind.WORKDAY),
        scope=desk.city,
        city=desk.city,
    )


def take_back_year(desk: Desk, year: int, why: str) -> None:
    """Return to what the program ships for that year; nothing when it ships none."""
    entered = _entered(desk)
    if year not in entered:
        raise UserError(f"本局没有录入 {year} 年的放假安排。", field="year", kind="not_found")
    if not why.strip():
        raise UserError("请写明理由。", field="why")
    if year > desk.library.calendar.last_year and any(later > year for later in entered):
        raise UserError(f"请先撤回 {year} 年以后的放假安排。", field="year")
    with desk.work("撤回放假安排", why.strip()) as uow:
        uow.save(replace(entered[year], holidays=(), workdays=()))
        uow.commit()


def read_notice_file(path: Path, year: int | None = None) -> NoticeRead:
    """Days of a notice in a file: text (.txt, .md, .docx), else a table; nothing is stored."""
    if path.suffix.lower() in TEXT_FILES:
        return read_notice(read_words(path), year)
    return read_table(read_workbook(path), year)


def import_notice(
    desk: Desk, path: Path, year: int | None = None, source: str = ""
) -> tuple[NoticeRead, SavedYear]:
    """Read and store a notice; what was not understood must be put right first."""
    read = read_notice_file(path, year)
    if read.problems or read.year is None:
        count = f"（共 {len(read.problems)} 处）" if len(read.problems) > 1 else ""
        raise UserError(f"{read.problems[0]}{count}", field="file", kind="notice")
    return read, save_year(desk, read.year, read.rows, source or path.name)


def affected_by(desk: Desk, year: int, rows: Sequence[DayRow]) -> tuple[AffectedCase, ...]:
    """Open cases with a due date that the days of that year would move."""
    trial = with_trial_year(desk, _year_row(desk, year, rows, ""))
    return changed_dues(desk, trial)
