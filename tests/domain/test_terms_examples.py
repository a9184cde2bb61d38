"""Worked examples for every term of the office, counted by hand on the calendar."""

from datetime import date, datetime

import pytest

from inspector_app.domain.terms import Due, TermUnit, compute, surcharge_series
from inspector_app.library.loading import load_library
from inspector_app.library.office import office_dir

LIBRARY = load_library(office_dir())
CHOSEN = {"term_defence_days": "5", "term_service_days": "7", "term_platform_days": "15"}
TERMS = LIBRARY.chosen_terms(CHOSEN)
PROVISIONAL = {("D56", "2026-12-25")}

# Days off used below: 2024 Spring Festival 10 to 17 February (worked: 4, 18), Labour Day 1 to 5 May
# (28 April, 11 May), Mid-Autumn 15 to 17 September (14), National Day 1 to 7 October; 2025 Spring
# Festival 28 January to 4 February (26 January, 8 February), National Day 1 to 8 October
# (28 September, 11 October); 2026 New Year 1 to 3 January (4), Spring Festival 15 to 23 February
# (14, 28), Tomb-sweeping 4 to 6 April, Labour Day 1 to 5 May (9), Dragon Boat 19 to 21 June,
# Mid-Autumn 25 to 27 September (20), National Day 1 to 7 October (10).
EXAMPLES = [
    (
        "D01",
        "2026-02-12",
        "2026-02-26",
    ),  # 13, 14 (a Saturday that is worked), then 24, 25, 26 after the Spring Festival
    (
        "D01",
        "2026-09-24",
        "2026-10-09",
    ),  # 28, 29, 30, then 8, 9 after the Mid-Autumn Festival and National Day
    ("D02", "2025-09-26", "2025-10-10"),  # 28 (a Sunday that is worked), 29, 30, then 9, 10
    ("D03", "2026-09-27", "2026-10-08"),  # 4 October is a holiday
    ("D03", "2026-03-02", "2026-03-09"),
    ("D04", "2024-02-29", "2026-02-28"),  # no 29 February in 2026
    ("D04", "2024-06-30", "2026-06-30"),
    ("D05", "2026-01-05", "2026-04-03"),  # the 60th falls before Tomb-sweeping Day
    ("D05", "2025-12-01", "2026-03-02"),  # over New Year and the Spring Festival
    ("D05", "2026-08-03", "2026-10-30"),  # over Mid-Autumn and National Day
    ("D06", "2026-01-16", "2026-02-24"),  # 15 February is the first day of the Spring Festival
    ("D06", "2026-09-02", "2026-10-08"),  # 2 October
    (
        "D07",
        "2026-04-20",
        "2026-05-13",
    ),  # 8 in April, then 6 to 9 May with a Saturday that is worked
    ("D08", "2026-07-03", "2026-10-08"),  # 1 October
    ("D08", "2025-11-17", "2026-02-24"),
    ("D09", "2026-02-11", "2026-02-27"),  # 12, 13, 14, 24 to 27
    ("D09", "2026-09-29", "2026-10-14"),
    ("D10", "2026-09-27", "2026-10-08"),
    ("D10", "2026-02-09", "2026-02-24"),  # 16 February
    ("D11", "2026-04-29", "2026-05-09"),  # 30, then 6, 7, 8 and Saturday 9 May
    ("D11", "2026-09-16", "2026-09-22"),  # 17, 18, Sunday 20, 21, 22
    ("D12", "2026-10-15", "2026-09-30"),  # 8, 9, 10, 12, 13, 14, 15 October lie between
    ("D12", "2026-03-05", "2026-02-25"),  # 26, 27, 28 February, 2 to 5 March lie between
    ("D12", "2024-05-08", "2024-04-25"),  # Sunday 28 April is worked
    ("D13", "2026-06-17", "2026-06-25"),  # over the Dragon Boat Festival
    ("D14", "2025-01-22", "2025-02-07"),  # Sunday 26 January is worked
    ("D15", "2026-09-28", "2026-10-05"),  # within the holiday: it does not roll
    ("D16", "2026-09-24", "2026-10-26"),  # 24 October is a Saturday
    ("D16", "2026-09-02", "2026-10-08"),
    ("D16", "2024-01-30", "2024-02-29"),  # leap day
    ("D17", "2026-09-21", "2026-10-08"),
    ("D17", "2026-03-06", "2026-03-23"),
    ("D19", "2026-02-13", "2026-02-24"),  # Saturday 14 is worked, then the Spring Festival
    ("D20", "2026-08-06", "2026-10-08"),
    ("D20", "2024-12-31", "2025-03-03"),  # 1 March 2025 is a Saturday
    ("D21", "2025-08-31", "2026-02-28"),  # no 31 February; Saturday the 28th is worked
    ("D21", "2026-04-02", "2026-10-08"),
    ("D21", "2023-08-31", "2024-02-29"),  # leap day
    ("D22", "2026-09-16", "2026-10-08"),
    ("D23", "2026-09-25", "2026-10-15"),
    ("D23", "2026-02-10", "2026-03-02"),
    ("D24", "2025-11-30", "2026-02-28"),  # no 30 February
    ("D24", "2026-07-05", "2026-10-08"),
    ("D25", "2026-04-28", "2026-05-08"),
    ("D26", "2026-04-17", "2026-05-06"),
    ("D27", "2024-04-25", "2024-05-08"),  # 26, Sunday 28, 29, 30, 6, 7, 8
    ("D28", "2026-09-30", "2026-10-08"),
    ("D28", "2026-03-10", "2026-03-13"),
    ("D30", "2026-02-13", "2026-02-24"),
    ("D31", "2026-05-07", "2026-05-11"),
    ("D32", "2026-06-16", "2026-06-22"),
    ("D33", "2026-02-06", "2026-03-12"),
    ("D34", "2025-01-24", "2025-02-07"),
    ("D35", "2026-09-18", "2026-10-15"),
    ("D36", "2024-09-12", "2024-09-27"),  # 13, Saturday 14, 18 to 20, 23 to 27
    ("D37", "2026-09-30", "2026-10-10"),  # 8, 9, Saturday 10
    ("D38", "2026-01-28", "2026-03-03"),
    ("D39", "2026-09-18", "2026-10-08"),
    ("D40", "2026-01-31", "2026-02-24"),
    ("D41", "2025-12-20", "2026-02-24"),
    ("D42", "2026-09-18", "2026-10-03"),
    ("D43", "2024-03-31", "2024-02-29"),  # no 31 February, leap day
    ("D43", "2026-10-31", "2026-09-30"),  # no 31 September
    ("D43", "2026-11-03", "2026-09-30"),  # 3 October is a holiday: the reminder moves earlier
    ("D44", "2026-09-02", "2026-10-02"),
    ("D44", "2024-01-31", "2024-03-01"),  # over leap day
    ("D45", "2026-02-27", "2026-03-05"),
    ("D46", "2026-05-08", "2026-05-12"),
    ("D47", "2025-08-31", "2026-02-28"),
    ("D47", "2024-08-31", "2025-02-28"),
    ("D48", "2026-01-30", "2026-02-06"),
    ("D49", "2025-09-24", "2025-10-28"),  # Sunday 28 September and Saturday 11 October are worked
    ("D50", "2026-01-29", "2026-02-12"),
    ("D51", "2026-01-16", "2026-02-24"),
    ("D52", "2024-01-13", "2024-02-18"),  # the first day worked is Sunday 18 February
    ("D53", "2026-09-04", "2026-10-04"),
    ("D54", "2026-04-02", "2026-04-07"),
    ("D55", "2025-04-21", "2025-05-14"),
    ("D56", "2026-12-25", "2027-01-01"),  # 2027 has no notice yet: provisional
    ("D57", "2026-02-12", "2026-02-14"),
    ("D58", "2026-09-22", "2026-09-28"),
    ("D59", "2026-01-01", "2026-01-04"),  # a Sunday that is worked
    ("D60", "2024-02-05", "2024-02-18"),  # 6 to 9, then Sunday 18
    ("D61", "2024-02-29", "2027-02-28"),
    ("D62", "2025-08-30", "2026-02-28"),
    ("D63", "2026-02-10", "2026-03-02"),
    ("D64", "2026-04-01", "2026-04-09"),
    ("D65", "2026-04-20", "2026-05-06"),
    ("D65", "2026-09-17", "2026-10-08"),
    ("D66", "2026-02-01", "2026-02-24"),
    ("D67", "2026-01-17", "2026-02-24"),
    ("D68", "2026-04-03", "2026-05-06"),
    ("D69", "2024-02-29", "2025-02-28"),
    ("D69", "2025-02-16", "2026-02-24"),
    ("D70", "2025-10-03", "2026-10-08"),
    ("D71", "2020-02-29", "2025-02-28"),
    ("D71", "2021-03-15", "2026-03-15"),
    ("D72", "2025-12-22", "2026-01-04"),  # 1 January is New Year, Sunday the 4th is worked
    ("D72", "2024-01-31", "2024-02-18"),
    ("D73", "2026-09-08", "2026-10-08"),
    ("D74", "2026-01-19", "2026-02-24"),
    ("D75", "2024-02-29", "2027-02-28"),
    ("D76", "2023-05-31", "2026-05-31"),
    ("D77", "2026-07-18", "2026-10-01"),
    ("D78", "2026-02-11", "2026-02-24"),
    ("D79", "2024-01-31", "2024-02-29"),
    ("D79", "2026-01-31", "2026-02-28"),
    ("D80", "2026-09-16", "2026-10-08"),
    ("D81", "2024-02-29", "2026-02-28"),
    ("D82", "2026-04-18", "2026-05-06"),
    ("D83", "2024-01-28", "2024-02-18"),
    ("D84", "2024-02-29", "2026-02-28"),
]

EXTENDED = [
    ("D05", "2026-01-05", "2026-05-20"),
    ("D06", "2026-01-16", "2026-03-17"),
    ("D33", "2026-02-06", "2026-04-10"),
    ("D41", "2025-12-20", "2026-03-20"),
]


def due_of(rule: str, start: str, *, extended: bool = False) -> Due:
    """The due date as the office computes it."""
    day = date.fromisoformat(start)
    return compute(TERMS[rule], day, LIBRARY.calendar, extended=extended)


@pytest.mark.parametrize(("rule", "start", "end"), EXAMPLES)
def test_each_term_ends_where_it_ends_on_paper(rule: str, start: str, end: str) -> None:
    due = due_of(rule, start)
    assert str(due.due) == end
    assert due.provisional == ((rule, start) in PROVISIONAL)
    assert due.start == date.fromisoformat(start)


@pytest.mark.parametrize(("rule", "start", "end"), EXTENDED)
def test_each_extended_term_ends_where_it_ends_on_paper(rule: str, start: str, end: str) -> None:
    due = due_of(rule, start, extended=True)
    assert str(due.extended_due) == end
    assert str(due.due) in {plain for other, at, plain in EXAMPLES if (other, at) == (rule, start)}


def test_every_term_has_an_example() -> None:
    counted = {rule for rule, _, _ in EXAMPLES}
    assert counted | {"D18", "D29"} == set(LIBRARY.terms)
    longer = {rule for rule, _, _ in EXTENDED}
    assert longer == {one.id for one in TERMS.values() if one.extension}


def test_a_term_without_a_length_in_law_has_none_unless_the_bureau_sets_one() -> None:
    for rule in ("D13", "D15", "D42"):
        bare = compute(LIBRARY.terms[rule], date(2026, 9, 28), LIBRARY.calendar)
        assert bare.due is None
        assert "没有规定期限长度" in bare.why


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (datetime(2026, 9, 30, 16, 45), datetime(2026, 10, 1, 16, 45)),  # noqa: DTZ001 - local
        (datetime(2024, 2, 28, 9, 0), datetime(2024, 2, 29, 9, 0)),  # noqa: DTZ001 - local
        (date(2026, 2, 14), date(2026, 2, 15)),  # without a time: the stricter day
    ],
)
def test_the_hours_for_handing_over_a_crime_run_from_the_approval(start: date, end: date) -> None:
    due = compute(LIBRARY.terms["D29"], start, LIBRARY.calendar)
    assert due.due == end
    assert due.term.unit is TermUnit.HOURS
    assert due.term.in_force(due.start)


def test_the_surcharge_grows_by_three_percent_a_day_and_ends_at_the_fine() -> None:
    """A fine of 20,000 yuan payable until 8 October 2026: 600 a day from the 9th on."""
    term = LIBRARY.terms["D18"]
    series = surcharge_series(term, 2_000_000, date(2026, 10, 8))
    assert series[0] == (date(2026, 10, 9), 60_000)
    assert series[1] == (date(2026, 10, 10), 120_000)
    assert series[32] == (date(2026, 11, 10), 1_980_000)
    assert series[33] == (date(2026, 11, 11), 2_000_000)
    assert len(series) == 34
    assert compute(term, date(2026, 10, 8), LIBRARY.calendar).due is None


def test_no_surcharge_grows_during_a_review() -> None:
    """Review from 12 October to 30 November: 50 days are left out, the cap comes 50 days later."""
    stop = (date(2026, 10, 12), date(2026, 11, 30))
    series = surcharge_series(LIBRARY.terms["D18"], 2_000_000, date(2026, 10, 8), [stop])
    assert [str(day) for day, _ in series[:4]] == [
        "2026-10-09", "2026-10-10", "2026-10-11", "2026-12-01",
    ]  # fmt: skip
    assert series[3][1] == 240_000
    assert series[-1] == (date(2026, 12, 31), 2_000_000)


def test_what_is_not_verified_says_so_in_its_reason() -> None:
    for term in TERMS.values():
        why = compute(term, date(2026, 3, 2), LIBRARY.calendar).why
        if term.length is None and not term.daily_percent:
            continue
        assert ("待法制机构复核" in why) == (term.text_level != "full"), term.id
        assert ("现行性待核" in why) == (term.force_level == "unchecked"), term.id
        assert term.article in why
