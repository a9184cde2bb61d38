"""Due dates: counted, rolled, extended, stopped, and explained."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.domain.term_words import date_text, weekday_text
from inspector_app.domain.terms import Level, Term, TermUnit, compute, days_left, level
from inspector_app.errors import UserError
from tests.helpers.builders import a_term, calendar_2026

CALENDAR = calendar_2026()
starts = st.dates(date(2024, 1, 1), date(2026, 6, 30))


def investigation() -> Term:
    """D05: 60 working days and 30 more."""
    return a_term(
        id="D05",
        name="调查完成",
        start_event="立案之日",
        length=60,
        extension=30,
        extension_note="机关负责人批准",
        article="监察条例第17条",
    )


def publication() -> Term:
    """D16: 30 calendar days; this one rolls."""
    return a_term(
        id="D16",
        name="公告送达视为送达",
        start_event="发出公告之日",
        length=30,
        unit=TermUnit.CALENDAR_DAYS,
        rolls=True,
        article="民诉法第95条",
    )


def test_five_working_days_cross_two_holidays() -> None:
    due = compute(a_term(), date(2026, 9, 24), CALENDAR)
    assert due.due == due.ends == date(2026, 10, 9)
    assert (due.extended_due, due.rolled, due.provisional) == (None, False, False)
    assert due.skipped == (
        *(date(2026, 9, 25) + timedelta(days=n) for n in range(3)),
        *(date(2026, 10, 1) + timedelta(days=n) for n in range(7)),
    )
    assert due.why == (
        "投诉受理决定（D01）：接到投诉之日 2026年9月24日（星期四）；当日不计，5 个工作日；"
        "跳过 9月25日至9月27日中秋节、10月1日至10月7日国庆节；到期 2026年10月9日（星期五）；"
        "依据若干规定第18条第1款。"
    )


def test_a_make_up_saturday_counts_and_is_said() -> None:
    due = compute(a_term(length=3), date(2026, 9, 30), CALENDAR)
    assert due.due == date(2026, 10, 10)
    assert "10月10日调休上班，计入；到期 2026年10月10日（星期六）" in due.why


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2024, 2, 8), date(2024, 2, 21)),  # Friday 9 and Sunday 18 February are worked
        (date(2024, 4, 26), date(2024, 5, 7)),  # Sunday 28 April is worked
        (date(2025, 1, 24), date(2025, 2, 7)),  # Sunday 26 January is worked
        (date(2025, 9, 26), date(2025, 10, 10)),
        (date(2026, 2, 12), date(2026, 2, 26)),  # Saturday 14 February is worked
        (date(2026, 4, 30), date(2026, 5, 11)),  # Saturday 9 May is worked
    ],
)
def test_five_working_days_across_make_up_weekends(start: date, end: date) -> None:
    assert compute(a_term(), start, CALENDAR).due == end


def test_plain_weekends_are_counted_not_listed() -> None:
    due = compute(a_term(length=7), date(2026, 3, 2), CALENDAR)
    assert "跳过 周末 2 天；到期 2026年3月11日（星期三）" in due.why


def test_the_extension_is_counted_only_when_asked() -> None:
    plain = compute(investigation(), date(2026, 3, 2), CALENDAR)
    longer = compute(investigation(), date(2026, 3, 2), CALENDAR, extended=True)
    assert plain.extended_due is None
    assert longer.due == plain.due
    assert longer.extended_due == longer.ends == CALENDAR.add_working_days(date(2026, 3, 2), 90)
    assert "当日不计，60 个工作日，延长 30 个工作日；" in longer.why


def test_asking_for_an_extension_the_law_does_not_have_changes_nothing() -> None:
    due = compute(a_term(), date(2026, 3, 2), CALENDAR, extended=True)
    assert due.extended_due is None
    assert "5 个工作日（本条没有延长的规定）；" in due.why


def test_an_extension_may_have_another_unit() -> None:
    term = a_term(length=1, extension=1, extension_unit=TermUnit.MONTHS)
    due = compute(term, date(2026, 3, 6), CALENDAR, extended=True)
    assert (due.due, due.extended_due) == (date(2026, 3, 9), date(2026, 4, 9))
    assert "延长 1 个月" in due.why


def test_a_last_day_on_a_weekend_rolls_to_monday() -> None:
    due = compute(publication(), date(2026, 9, 24), CALENDAR)
    assert (due.due, due.rolled) == (date(2026, 10, 26), True)
    assert due.skipped == (date(2026, 10, 24), date(2026, 10, 25))
    assert "最后一日逢 周末 2 天；顺延至 2026年10月26日（星期一）" in due.why


def test_a_last_day_on_a_holiday_rolls_over_the_whole_holiday() -> None:
    due = compute(publication(), date(2026, 9, 2), CALENDAR)
    assert due.due == date(2026, 10, 8)
    assert "最后一日逢 10月2日至10月7日国庆节；顺延至" in due.why


def test_a_last_day_on_a_make_up_saturday_does_not_roll() -> None:
    due = compute(publication(), date(2026, 9, 10), CALENDAR)
    assert (due.due, due.rolled, due.skipped) == (date(2026, 10, 10), False, ())


def test_a_term_that_does_not_roll_ends_where_it_ends() -> None:
    due = compute(a_term(length=7, unit=TermUnit.CALENDAR_DAYS), date(2026, 9, 26), CALENDAR)
    assert (due.due, due.skipped) == (date(2026, 10, 3), ())


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2025, 12, 15), 1, date(2026, 1, 15)),
        (date(2025, 11, 30), 1, date(2025, 12, 30)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
    ],
)
def test_months_end_on_the_same_number_or_on_the_last_day(
    start: date, months: int, end: date
) -> None:
    assert compute(a_term(length=months, unit=TermUnit.MONTHS), start, CALENDAR).due == end


def test_years_count_twelve_months() -> None:
    due = compute(a_term(length=2, unit=TermUnit.YEARS), date(2024, 2, 29), CALENDAR)
    assert due.due == date(2026, 2, 28)
    assert "2 年" in due.why


def test_hours_run_to_the_minute() -> None:
    term = a_term(length=24, unit=TermUnit.HOURS)
    due = compute(term, datetime(2026, 9, 30, 15, 30), CALENDAR)  # noqa: DTZ001 - local wall time
    assert due.due == datetime(2026, 10, 1, 15, 30)  # noqa: DTZ001 - local wall time
    assert not due.provisional
    assert "2026年9月30日（星期三） 15:30；从该时刻起算，24 小时；到期" in due.why


def test_hours_from_a_bare_day_end_on_the_stricter_day() -> None:
    term = a_term(length=24, unit=TermUnit.HOURS, extension=24)
    due = compute(term, date(2026, 9, 30), CALENDAR, extended=True)
    assert (due.due, due.extended_due) == (date(2026, 10, 1), date(2026, 10, 2))


def test_hours_stand_still_during_a_stop() -> None:
    term = a_term(length=24, unit=TermUnit.HOURS)
    start = datetime(2026, 3, 2, 15, 30)  # noqa: DTZ001 - local wall time
    stop = (date(2026, 3, 3), date(2026, 3, 4))
    far = (date(2026, 4, 1), date(2026, 4, 1))
    due = compute(term, start, CALENDAR, stops=[stop, far])
    assert due.due == start + timedelta(hours=24 + 48)
    assert "中止计时 3月3日至3月4日共 2 天" in due.why


def test_a_time_is_ignored_where_days_are_counted() -> None:
    start = datetime(2026, 3, 2, 23, 59)  # noqa: DTZ001 - local wall time
    due = compute(a_term(), start, CALENDAR)
    assert (due.start, due.due) == (date(2026, 3, 2), date(2026, 3, 9))


def test_days_of_a_stop_do_not_count() -> None:
    stops = [(date(2026, 3, 4), date(2026, 3, 5)), (date(2026, 3, 5), date(2026, 3, 6))]
    due = compute(a_term(), date(2026, 3, 2), CALENDAR, stops=stops)
    assert due.due == date(2026, 3, 12)
    assert due.skipped == (date(2026, 3, 7), date(2026, 3, 8))
    assert "中止计时 3月4日至3月6日共 3 天；" in due.why


def test_a_stop_pushes_calendar_days_and_months_on() -> None:
    stops = [(date(2026, 3, 10), date(2026, 3, 12))]
    days = a_term(length=10, unit=TermUnit.CALENDAR_DAYS)
    months = a_term(length=1, unit=TermUnit.MONTHS)
    assert compute(days, date(2026, 3, 2), CALENDAR, stops=stops).due == date(2026, 3, 15)
    assert compute(months, date(2026, 3, 2), CALENDAR, stops=stops).due == date(2026, 4, 5)


def test_the_last_day_rolls_past_a_stop_too() -> None:
    term = a_term(length=4, unit=TermUnit.CALENDAR_DAYS, rolls=True)
    stops = [(date(2026, 3, 9), date(2026, 3, 9))]
    due = compute(term, date(2026, 3, 3), CALENDAR, stops=stops)
    assert due.due == date(2026, 3, 10)
    assert due.skipped == (date(2026, 3, 7), date(2026, 3, 8))


def test_a_make_up_day_inside_a_stop_is_not_counted() -> None:
    stops = [(date(2026, 10, 10), date(2026, 10, 10))]
    due = compute(a_term(length=3), date(2026, 9, 30), CALENDAR, stops=stops)
    assert due.due == date(2026, 10, 12)
    assert "调休" not in due.why


def test_a_stop_that_ends_before_it_begins_is_refused() -> None:
    stops = [(date(2026, 3, 5), date(2026, 3, 4))]
    with pytest.raises(UserError, match="起日 2026年3月5日 晚于止日 2026年3月4日"):
        compute(a_term(), date(2026, 3, 2), CALENDAR, stops=stops)


def test_a_due_date_in_a_year_without_a_notice_is_provisional() -> None:
    due = compute(a_term(), date(2026, 12, 28), CALENDAR)
    assert due.provisional
    assert due.why.endswith("工作日历只有 2024年至2026年的放假安排，此日期为暂定。")
    assert not compute(a_term(length=3), date(2026, 12, 28), CALENDAR).provisional


def test_a_term_that_began_before_the_table_is_provisional_too() -> None:
    assert compute(a_term(), date(2023, 12, 28), CALENDAR).provisional


def test_calendar_days_that_do_not_roll_need_no_notice() -> None:
    plain = a_term(length=30, unit=TermUnit.CALENDAR_DAYS)
    assert not compute(plain, date(2026, 12, 28), CALENDAR).provisional
    assert compute(publication(), date(2026, 12, 28), CALENDAR).provisional


def test_a_term_without_a_length_has_no_date_and_says_where_to_set_one() -> None:
    term = a_term(id="D13", name="陈述申辩", length=None, setting="陈述申辩天数")
    due = compute(term, date(2026, 3, 2), CALENDAR)
    assert (due.due, due.ends, due.skipped) == (None, None, ())
    assert due.why.endswith("没有规定期限长度，可在设置“陈述申辩天数”中填写。")
    assert compute(a_term(length=None), date(2026, 3, 2), CALENDAR).why.endswith("期限长度。")


def test_a_rule_is_in_force_between_its_dates() -> None:
    term = a_term(effective_from=date(2020, 5, 1), effective_to=date(2025, 12, 31))
    assert term.in_force(date(2020, 5, 1))
    assert term.in_force(date(2025, 12, 31))
    assert not term.in_force(date(2020, 4, 30))
    assert not term.in_force(date(2026, 1, 1))
    assert a_term().in_force(date(2100, 1, 1))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"length": 0}, "D01 的期限长度应为正整数"),
        ({"extension": -1}, "D01 的期限长度应为正整数"),
        ({"unit": TermUnit.HOURS, "rolls": True}, "D01 按小时计算，不能顺延"),
        ({"extension_unit": TermUnit.HOURS, "extension": 1}, "D01 按小时计算，不能顺延"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(changes: dict[str, object], sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        a_term(**changes)


@given(starts, st.integers(1, 60))
def test_exactly_the_length_in_working_days_lies_before_the_end(start: date, length: int) -> None:
    due = compute(a_term(length=length), start, CALENDAR)
    assert due.due is not None
    assert CALENDAR.working_days_between(start, due.due) == length
    span = (due.due - start).days
    assert span == length + len(due.skipped)


@given(starts, st.integers(1, 90), st.sampled_from(list(TermUnit)[:3]))
def test_a_rolled_end_is_a_working_day_and_never_earlier(
    start: date, length: int, unit: TermUnit
) -> None:
    plain = compute(a_term(length=length, unit=unit), start, CALENDAR).due
    rolled = compute(a_term(length=length, unit=unit, rolls=True), start, CALENDAR)
    assert plain is not None
    assert rolled.due is not None
    assert plain <= rolled.due
    assert CALENDAR.is_working(rolled.due)
    assert rolled.rolled == (rolled.due != plain)


@given(starts, st.integers(1, 60), st.integers(0, 20), st.integers(1, 10))
def test_a_stop_never_shortens_a_term(start: date, length: int, after: int, days: int) -> None:
    first = start + timedelta(days=after)
    stop = (first, first + timedelta(days=days - 1))
    plain = compute(a_term(length=length), start, CALENDAR)
    stopped = compute(a_term(length=length), start, CALENDAR, stops=[stop])
    assert plain.due is not None
    assert stopped.due is not None
    assert stopped.due >= plain.due
    assert not stop[0] <= stopped.due <= stop[1]


@pytest.mark.parametrize(
    ("due", "today", "expected", "left"),
    [
        (date(2026, 9, 28), date(2026, 9, 29), Level.OVERDUE, -1),
        (date(2026, 9, 29), date(2026, 9, 29), Level.TODAY, 0),
        (date(2026, 9, 30), date(2026, 9, 29), Level.SOON, 1),
        (date(2026, 10, 9), date(2026, 9, 29), Level.SOON, 10),  # a holiday lies between
        (date(2026, 10, 10), date(2026, 9, 29), Level.FAR, 11),  # the fourth working day
        (date(2026, 10, 7), date(2026, 9, 30), Level.SOON, 7),
    ],
)
def test_how_near_a_due_date_is(due: date, today: date, expected: Level, left: int) -> None:
    assert level(due, today, CALENDAR) is expected
    assert days_left(due, today) == left


def test_an_hour_counts_as_its_day_when_nearness_is_asked() -> None:
    moment = datetime(2026, 9, 29, 9, 0)  # noqa: DTZ001 - local wall time
    assert level(moment, date(2026, 9, 29), CALENDAR) is Level.TODAY
    assert days_left(moment, date(2026, 9, 28)) == 1


@given(st.dates(date(2024, 1, 1), date(2026, 12, 1)), st.integers(-5, 20))
def test_soon_means_at_most_three_working_days(today: date, ahead: int) -> None:
    due = today + timedelta(days=ahead)
    near = level(due, today, CALENDAR)
    assert (near is Level.SOON) == (ahead > 0 and CALENDAR.working_days_between(today, due) <= 3)


def test_dates_are_written_in_one_format() -> None:
    assert weekday_text(date(2026, 11, 18)) == "2026年11月18日（星期三）"
    assert date_text(date(2026, 1, 5)) == "2026年1月5日"
    assert weekday_text(None) == date_text(None) == "—"
