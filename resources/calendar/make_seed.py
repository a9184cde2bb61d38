"""Writes working_days.toml from the chinesecalendar package: run again after its yearly release."""

import sys
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from chinese_calendar import Holiday, constants

HEAD = """\
# 国务院办公厅历年节假日安排：holidays 放假（含连休的周末），workdays 周末调休上班，均为“月-日”。
# 由 make_seed.py 依 chinesecalendar 软件包生成；新一年的通知公布后，也可照样手工添一节。
"""
LONGER = {"清明": "清明节", "端午": "端午节", "中秋": "中秋节"}
SOURCE = "国务院办公厅关于{year}年部分节假日安排的通知（经 chinesecalendar 整理）"


def by_year(days: Mapping[date, str]) -> dict[int, dict[str, list[str]]]:
    """Year, Chinese holiday name, month-days in order."""
    chinese = {holiday.value: holiday.chinese for holiday in Holiday}
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for day, name in sorted(days.items()):
        short = chinese[name]
        found[day.year][LONGER.get(short, short)].append(f"{day:%m-%d}")
    return found


def table(title: str, days: Mapping[str, list[str]]) -> list[str]:
    rows = [
        f'"{name}" = [{", ".join(f"{one!r}" for one in listed)}]' for name, listed in days.items()
    ]
    return [f"[year.{title}]", *(row.replace("'", '"') for row in rows)]


def seed() -> str:
    """The whole file as text."""
    holidays, workdays = by_year(constants.holidays), by_year(constants.workdays)
    lines = [HEAD]
    for year in sorted(holidays):
        lines += ["[[year]]", f"year = {year}", f'source = "{SOURCE.format(year=year)}"']
        lines += table("holidays", holidays[year])
        lines += [*table("workdays", workdays.get(year, {})), ""]
    return "\n".join(lines)


def main() -> None:
    """Write the file beside this script, or where the first argument says."""
    target = Path(
        sys.argv[1] if len(sys.argv) > 1 else Path(__file__).with_name("working_days.toml")
    )
    target.write_text(seed(), encoding="utf-8")


if __name__ == "__main__":
    main()
