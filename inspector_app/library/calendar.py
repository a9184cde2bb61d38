"""Reads resources/calendar/: which days the State Council moved, year by year."""

from datetime import date
from pathlib import Path

from inspector_app.domain.workdays import WorkCalendar
from inspector_app.library.rows import Row, read_toml

FILE = "resources/calendar/working_days.toml"


def load_calendar(office: Path) -> WorkCalendar:
    """The working-day table; its years follow one another without a gap."""
    top = read_toml(office, FILE)
    workdays: set[date] = set()
    names: dict[date, str] = {}
    years: list[int] = []
    for row in top.rows("year", "year"):
        year = row.number("year")
        if years and year != years[-1] + 1:
            raise row.wrong("年份应逐年相连")
        years.append(year)
        row.text("source")
        names |= dict(_days(row.row("holidays"), year))
        workdays.update(day for day, _ in _days(row.row("workdays"), year))
        row.finish()
    top.finish()
    if not years:
        raise top.wrong("没有任何年份")
    return WorkCalendar(frozenset(workdays), frozenset(names), years[0], years[-1], names)


def _days(row: Row, year: int) -> list[tuple[date, str]]:
    """春节 = ["02-15", …]: days of that year under the name of their holiday."""
    found: list[tuple[date, str]] = []
    for name in row:
        for text in row.texts(name):
            try:
                found.append((date.fromisoformat(f"{year}-{text}"), name))
            except ValueError as error:
                raise row.wrong(f"“{name}”里的“{text}”不是月-日") from error
    return found
