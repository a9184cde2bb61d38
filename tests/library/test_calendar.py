"""The working-day table."""

import runpy
import sys
from datetime import date
from pathlib import Path

import pytest

from inspector_app.library.loading import Library
from inspector_app.library.office import resources_dir
from tests.library.shelf import CALENDAR, edit, problems, refusal


def test_it_covers_2004_to_2026(library: Library) -> None:
    calendar = library.calendar
    assert (calendar.first_year, calendar.last_year) == (2004, 2026)
    assert calendar.known(date(2026, 12, 31))
    assert not calendar.known(date(2027, 1, 1))


@pytest.mark.parametrize(
    ("day", "working", "name"),
    [
        (date(2026, 10, 1), False, "国庆节"),
        (date(2026, 10, 10), True, ""),  # a Saturday worked for National Day
        (date(2026, 2, 17), False, "春节"),
        (date(2015, 9, 3), False, "中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日"),
        (date(2026, 11, 18), True, ""),
    ],
)
def test_days_off_have_their_name(library: Library, day: date, working: bool, name: str) -> None:
    assert library.calendar.is_working(day) is working
    assert library.calendar.holiday_name(day) == name


def test_the_seed_script_writes_the_very_file_that_is_shipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = resources_dir() / "calendar" / "make_seed.py"
    monkeypatch.setattr(sys, "argv", [str(script), str(tmp_path / "made.toml")])
    runpy.run_path(str(script), run_name="__main__")
    shipped = (resources_dir() / "calendar" / "working_days.toml").read_bytes()
    assert (tmp_path / "made.toml").read_bytes() == shipped


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("year = 2005\n", "year = 2006\n", "年份应逐年相连"),
        ('"01-22"', '"01-32"', "“春节”里的“01-32”不是月-日"),
        ("[year.holidays]", "[year.holliday]", "缺少“holidays”"),
        ('"元旦" = ["01-01"]', '"元旦" = ["01-17"]', "既列为上班日又列为放假日"),
    ],
)
def test_a_broken_table_is_told(office: Path, old: str, new: str, sentence: str) -> None:
    edit(office, CALENDAR, old, new)
    assert sentence in refusal(office, "calendar")
    assert len(problems(office, "calendar")) == 1


def test_an_empty_table_is_refused(office: Path) -> None:
    (office / CALENDAR).write_text("year = []\n", encoding="utf-8")
    assert "没有任何年份" in refusal(office, "calendar")
