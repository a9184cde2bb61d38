"""The days of a year while somebody changes them."""

from datetime import date

from inspector_app.services.calendar_notice import DayKind, DayRow
from inspector_app.ui.pages.calendar.draft import Look, YearDraft

NATIONAL_DAY = date(2026, 10, 1)
MAKE_UP = date(2026, 10, 10)
SATURDAY, FRIDAY = date(2026, 11, 21), date(2026, 11, 20)


def draft() -> YearDraft:
    rows = [DayRow(date(2026, 10, day), DayKind.HOLIDAY, "国庆节") for day in range(1, 8)]
    return YearDraft.of(2026, [*rows, DayRow(MAKE_UP, DayKind.WORKDAY, "")])


def test_every_day_turns_over_and_back_to_what_it_was() -> None:
    one = draft()
    for day, first, second in (
        (NATIONAL_DAY, Look.HOLIDAY, Look.WORK),
        (date(2026, 10, 3), Look.HOLIDAY, Look.MAKEUP),  # a Saturday of the holiday
        (MAKE_UP, Look.MAKEUP, Look.WEEKEND),
        (SATURDAY, Look.WEEKEND, Look.MAKEUP),
        (FRIDAY, Look.WORK, Look.HOLIDAY),
    ):
        assert one.look(day) is first
        one.toggle(day)
        assert (one.look(day), one.differs(day)) == (second, True)
        one.toggle(day)
        assert (one.look(day), one.differs(day)) == (first, False), day
    assert one.changed() == []


def test_a_day_off_takes_the_name_of_the_holiday_beside_it() -> None:
    one = draft()
    one.toggle(date(2026, 10, 8))
    assert one.name(date(2026, 10, 8)) == "国庆节"
    one.toggle(FRIDAY)
    assert one.name(FRIDAY) == ""
    one.set_name(FRIDAY, " 演示节 ")
    assert one.name(FRIDAY) == "演示节"
    one.set_name(SATURDAY, "演示节")
    assert [(run.name, run.count) for run in one.runs()] == [("国庆节", 8), ("演示节", 2)]
    one.set_name(SATURDAY, "")
    assert one.look(SATURDAY) is Look.WEEKEND
    one.set_name(date(2026, 11, 23), "上班的日子没有名称")
    assert one.name(date(2026, 11, 23)) == ""
    one.drop()
    assert one.changed() == []


def test_a_make_up_day_of_a_notice_equals_the_stored_one() -> None:
    """A notice says which holiday a make-up day belongs to; what is stored does not."""
    one = draft()
    one.replace([*one.ordered()[:-1], DayRow(MAKE_UP, DayKind.WORKDAY, "国庆节")])
    assert one.changed() == []
