"""Laws of counting: backward terms, stops, extensions, the surcharge, whose term it is."""

from copy import deepcopy
from datetime import date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from inspector_app.domain.counting import halts_of
from inspector_app.domain.terms import (
    Direction,
    Level,
    Rolling,
    Term,
    TermUnit,
    Whose,
    compute,
    level_for,
    surcharge_series,
)
from inspector_app.errors import UserError
from tests.helpers.builders import a_term, calendar_2026

CALENDAR = calendar_2026()
WD, CD, MONTHS, YEARS = list(TermUnit)[:4]
days_2024_to_2026 = st.dates(date(2024, 1, 15), date(2026, 9, 30))
spans = st.tuples(st.integers(-20, 120), st.integers(0, 30))


def backward(**changes: object) -> Term:
    """D12: notice of a hearing, seven working days before it."""
    words = {
        "id": "D12",
        "name": "举行听证的通知",
        "start_event": "听证举行之日",
        "length": 7,
        "direction": Direction.BACKWARD,
        "article": "处罚法第64条",
    }
    return a_term(**(words | changes))


def surcharge(**changes: object) -> Term:
    """D18: 3 % a day up to the fine."""
    words = {
        "id": "D18",
        "name": "加处罚款",
        "start_event": "缴纳罚款期限届满之日",
        "length": None,
        "unit": CD,
        "daily_percent": 3,
        "cap_percent": 100,
        "article": "处罚法第72条",
    }
    return a_term(**(words | changes))


def next_working(day: date) -> date:
    """The day itself when it is worked, else the first one after it."""
    return CALENDAR.add_working_days(day - timedelta(1), 1)


@given(days_2024_to_2026, st.integers(1, 60))
def test_adding_working_days_and_counting_back_gives_the_same_day(day: date, length: int) -> None:
    start = next_working(day)
    end = compute(a_term(length=length), start, CALENDAR).due
    assert end is not None
    assert compute(backward(length=length), end, CALENDAR).due == start


@given(days_2024_to_2026, st.integers(1, 60))
def test_as_many_working_days_as_the_law_asks_lie_up_to_the_event(event: date, length: int) -> None:
    """The event may be a day off: the last day for acting is a working day all the same."""
    last = compute(backward(length=length), event, CALENDAR).due
    assert last is not None
    assert CALENDAR.is_working(last)
    assert CALENDAR.working_days_between(last, event) == length
    assert CALENDAR.working_days_between(next_working(last + timedelta(1)), event) < length


@given(days_2024_to_2026, st.integers(1, 90), st.sampled_from([CD, MONTHS]))
def test_a_backward_end_that_rolls_moves_earlier(event: date, length: int, unit: TermUnit) -> None:
    assume(unit is CD or length < 12)
    plain = compute(backward(length=length, unit=unit), event, CALENDAR).due
    rolled = compute(backward(length=length, unit=unit, rolls=True), event, CALENDAR)
    assert plain is not None
    assert rolled.due is not None
    assert rolled.due <= plain < event
    assert CALENDAR.is_working(rolled.due)
    assert rolled.rolled == (rolled.due != plain)


def test_a_backward_term_says_the_last_day_and_what_lies_between() -> None:
    assert compute(backward(), date(2026, 10, 15), CALENDAR).why == (
        "举行听证的通知（D12）：听证举行之日 2026年10月15日（星期四）；倒推 7 个工作日；"
        "跳过 10月1日至10月7日国庆节、周末 1 天；10月10日调休上班，计入；"
        "最迟 2026年9月30日（星期三）；依据处罚法第64条。"
    )


def test_a_backward_month_moves_off_a_holiday_to_the_day_before_it() -> None:
    term = backward(length=1, unit=MONTHS, rolls=True, rolling=Rolling.SETTING)
    due = compute(term, date(2026, 11, 3), CALENDAR, stops=[(date(2026, 10, 1),) * 2])
    assert (due.due, due.rolled) == (date(2026, 9, 30), True)
    assert due.skipped == tuple(date(2026, 10, day) for day in (1, 2, 3))
    assert "倒推的期限不因中止变动；最后一日逢 10月1日至10月3日国庆节；" in due.why
    assert "按本局设置提前至 2026年9月30日（星期三）" in due.why
    kept = compute(backward(length=1, unit=YEARS), date(2025, 10, 3), CALENDAR)
    assert kept.due == date(2024, 10, 3)
    assert "最迟 2024年10月3日（星期四），逢休息日不顺延" in kept.why


def test_a_backward_term_from_an_unpublished_year_is_provisional() -> None:
    assert compute(backward(), date(2027, 1, 5), CALENDAR).provisional
    plain = backward(length=10, unit=CD)
    assert not compute(plain, date(2027, 1, 5), CALENDAR).provisional


@given(days_2024_to_2026, st.integers(1, 60), spans)
def test_a_stop_moves_working_days_by_exactly_those_it_covers(
    start: date, length: int, span: tuple[int, int]
) -> None:
    stop = (start + timedelta(span[0]), start + timedelta(sum(span)))
    plain = compute(a_term(length=length), start, CALENDAR).due
    moved = compute(a_term(length=length), start, CALENDAR, stops=[stop]).due
    assert plain is not None
    assert moved is not None
    first = max(stop[0], start + timedelta(1))
    touched = first <= plain and stop[1] > start
    covered = CALENDAR.working_days_between(first - timedelta(1), stop[1]) if touched else 0
    expected = CALENDAR.add_working_days(plain, covered) if covered else plain
    assert moved == expected


@given(days_2024_to_2026, st.integers(1, 12), st.sampled_from([CD, MONTHS]), spans, spans)
def test_stops_move_calendar_terms_by_exactly_the_days_they_cover(
    start: date, length: int, unit: TermUnit, one: tuple[int, int], other: tuple[int, int]
) -> None:
    stops = [(start + timedelta(span[0]), start + timedelta(sum(span))) for span in (one, other)]
    stopped = {
        first + timedelta(n) for first, last in stops for n in range((last - first).days + 1)
    }
    term = a_term(length=length, unit=unit)
    plain = compute(term, start, CALENDAR).due
    moved = compute(term, start, CALENDAR, stops=stops).due
    assert plain is not None
    assert moved is not None
    ran = [start + timedelta(n) for n in range(1, (moved - start).days + 1)]
    assert len([day for day in ran if day not in stopped]) == (plain - start).days
    assert moved not in stopped


@given(
    days_2024_to_2026, st.integers(1, 60), st.sampled_from([WD, CD, MONTHS]),
    st.integers(1, 40), st.sampled_from([WD, CD, MONTHS]), st.booleans(),
)  # fmt: skip
def test_an_extension_never_shortens(
    start: date, length: int, unit: TermUnit, more: int, other: TermUnit, rolls: bool
) -> None:
    term = a_term(length=length, unit=unit, extension=more, extension_unit=other, rolls=rolls)
    due = compute(term, start, CALENDAR, extended=True)
    assert due.due is not None
    assert due.extended_due is not None
    assert due.extended_due >= due.due
    assert due.due == compute(term, start, CALENDAR).due


@given(days_2024_to_2026, st.integers(1, 90), st.sampled_from([WD, CD, MONTHS, YEARS]), spans)
def test_a_rolling_term_never_ends_on_a_day_off_or_in_a_stop(
    start: date, length: int, unit: TermUnit, span: tuple[int, int]
) -> None:
    stop = (start + timedelta(span[0]), start + timedelta(sum(span)))
    end = compute(a_term(length=length, unit=unit, rolls=True), start, CALENDAR, stops=[stop]).due
    assert end is not None
    assert CALENDAR.is_working(end)
    assert not stop[0] <= end <= stop[1]


@given(st.dates(date(2024, 1, 1), date(2029, 12, 31)), st.integers(1, 40))
def test_months_keep_the_number_of_the_day_or_end_with_the_month(start: date, length: int) -> None:
    end = compute(a_term(length=length, unit=MONTHS), start, CALENDAR).due
    assert end is not None
    months = (end.year - start.year) * 12 + end.month - start.month
    assert months == length
    assert end.day == start.day or (end.day < start.day and (end + timedelta(1)).day == 1)


def test_stops_that_overlap_or_touch_are_one() -> None:
    day = date(2026, 3, 2)
    stops = [(day + timedelta(5), day + timedelta(6)), (day, day + timedelta(2))]
    stops += [(day + timedelta(3), day + timedelta(3)), (day + timedelta(1), day + timedelta(2))]
    first = day.toordinal()
    assert halts_of(stops) == ((first, first + 3), (first + 5, first + 6))


def test_the_day_after_roll_and_stop_is_the_first_that_is_neither() -> None:
    """Friday is stopped, the weekend is off, Monday is stopped again."""
    term = a_term(length=3, unit=CD, rolls=True)
    stops = [(date(2026, 3, 9), date(2026, 3, 9)), (date(2026, 3, 20), date(2026, 3, 20))]
    due = compute(term, date(2026, 3, 4), CALENDAR, stops=stops)
    assert due.due == date(2026, 3, 10)


@pytest.mark.parametrize(
    ("rolls", "rolling", "words"),
    [
        (True, Rolling.LAW, "；依法顺延至 2026年10月26日（星期一）；"),
        (True, Rolling.SETTING, "；按本局设置顺延至 2026年10月26日（星期一）；"),
        (True, Rolling.NO, "；顺延至 2026年10月26日（星期一）；"),
        (False, Rolling.SETTING, "；到期 2026年10月24日（星期六），按本局设置不顺延；"),
        (False, Rolling.NO, "；到期 2026年10月24日（星期六），逢休息日不顺延；"),
    ],
)
def test_a_reason_says_by_what_the_last_day_rolls(
    rolls: bool, rolling: Rolling, words: str
) -> None:
    term = a_term(length=30, unit=CD, rolls=rolls, rolling=rolling)
    assert words in compute(term, date(2026, 9, 24), CALENDAR).why


@pytest.mark.parametrize(
    ("changes", "ending"),
    [
        ({"text_level": "full", "force_level": "checked"}, "依据若干规定第18条第1款。"),
        ({"text_level": "excerpt"}, "；条文为逐条节选，待法制机构复核。"),
        ({"text_level": "secondary"}, "；条文为转述，待法制机构复核。"),
        ({"text_level": "unseen"}, "；条文未见原文，待法制机构复核。"),
        ({"force_level": "unchecked"}, "第1款；现行性待核。"),
        (
            {"article": "《处罚法》第六十四条", "conversion": "《处罚法》第八十五条"},
            "依据《处罚法》第六十四条；条文的“日”为工作日（第八十五条）。",
        ),
        ({"conversion": "《处罚法》第八十五条"}, "为工作日（《处罚法》第八十五条）。"),
        ({"article": ""}, "；没有可引用的条文。"),
        ({"effective_from": date(2026, 4, 1)}, "；本条自2026年4月1日起施行，起算日在此之前。"),
        ({"effective_to": date(2026, 3, 1)}, "；本条2026年3月1日后失效，起算日在此之后。"),
    ],
)
def test_a_reason_ends_with_the_article_and_how_sure_it_is(
    changes: dict[str, object], ending: str
) -> None:
    assert compute(a_term(**changes), date(2026, 3, 2), CALENDAR).why.endswith(ending)


def test_a_reason_says_who_approves_and_whose_choice_the_length_is() -> None:
    term = a_term(extension=3, extension_approver="机关负责人", setting="days")
    why = compute(term, date(2026, 3, 2), CALENDAR, extended=True).why
    assert "当日不计，5 个工作日（本局设置），延长 3 个工作日（须经机关负责人批准）；" in why


def test_a_copy_of_a_term_explains_itself_alike() -> None:
    term = a_term()
    due = compute(term, date(2026, 3, 2), CALENDAR)
    assert compute(deepcopy(term), date(2026, 3, 2), CALENDAR) == due
    assert {term: 1}[a_term()] == 1


def test_a_surcharge_has_no_end_but_a_reason() -> None:
    due = compute(surcharge(), datetime(2026, 10, 8, 9, 0), CALENDAR)  # noqa: DTZ001 - local
    assert (due.due, due.start, due.provisional) == (None, date(2026, 10, 8), False)
    assert due.why == (
        "加处罚款（D18）：缴纳罚款期限届满之日 2026年10月8日（星期四）；"
        "自次日起每日加处罚款数额的 3%；第 34 日即 2026年11月11日（星期三）达到罚款数额的 100%，"
        "不再增加；依据处罚法第72条。"
    )
    early = surcharge(effective_from=date(2026, 10, 9))
    stop = (date(2026, 10, 12), date(2026, 10, 13))
    why = compute(early, date(2026, 10, 8), CALENDAR, stops=[stop]).why
    assert "；中止计时 10月12日至10月13日共 2 天；第 34 日即 2026年11月13日" in why
    assert why.endswith("；本条自2026年10月9日起施行，起算日在此之前。")


@given(st.integers(1, 10**9), st.integers(1, 10), st.integers(10, 200))
def test_a_surcharge_never_shrinks_and_ends_at_its_cap(fen: int, daily: int, cap: int) -> None:
    series = surcharge_series(
        surcharge(daily_percent=daily, cap_percent=cap), fen, date(2026, 10, 8)
    )
    sums = [amount for _, amount in series]
    assert sums == sorted(sums)
    assert sums[-1] == fen * cap // 100
    assert sums[0] == fen * daily // 100
    assert [day for day, _ in series] == [
        date(2026, 10, 8) + timedelta(n + 1) for n in range(len(series))
    ]
    assert (len(series) - 1) * daily < cap <= len(series) * daily


@pytest.mark.parametrize(
    ("term", "fen", "sentence"),
    [(surcharge(), 0, "罚款数额应大于零"), (a_term(), 100, "D01 不是逐日加处的期限")],
)
def test_a_surcharge_on_nothing_is_refused(term: Term, fen: int, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        surcharge_series(term, fen, date(2026, 10, 8))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"extension": 3}, "D12 从事件倒推，不能延长"),
        ({"unit": TermUnit.HOURS}, "D12 从事件倒推，不能延长，也不能按小时计算"),
        ({"length": None, "daily_percent": 3, "cap_percent": 100}, "不能倒推"),
    ],
)
def test_a_backward_rule_that_makes_no_sense_is_refused(
    changes: dict[str, object], sentence: str
) -> None:
    with pytest.raises(UserError, match=sentence):
        backward(**changes)


@pytest.mark.parametrize(
    "changes",
    [{"daily_percent": None}, {"cap_percent": None}, {"daily_percent": 0}, {"cap_percent": 2}],
)
def test_a_surcharge_needs_a_rate_and_a_cap(changes: dict[str, object]) -> None:
    with pytest.raises(UserError, match="比例和上限应都为正数"):
        surcharge(**changes)


def test_a_surcharge_has_no_length() -> None:
    with pytest.raises(UserError, match="没有期限长度"):
        surcharge(length=30)


@pytest.mark.parametrize("whose", list(Whose))
def test_only_what_the_office_has_to_keep_is_overdue(whose: Whose) -> None:
    day = date(2026, 3, 4)
    past = level_for(day - timedelta(1), day, CALENDAR, whose)
    assert past is (Level.OVERDUE if whose is Whose.OFFICE else Level.EXPIRED)
    assert level_for(day, day, CALENDAR, whose) is Level.TODAY
    assert level_for(day + timedelta(60), day, CALENDAR, whose) is Level.FAR


@pytest.mark.parametrize(
    ("term", "start"),
    [
        (a_term(length=30, unit=CD), date(9999, 12, 20)),
        (a_term(length=30), date(9999, 12, 20)),
        (a_term(length=1, unit=MONTHS), date(9999, 12, 20)),
        (backward(length=9, unit=CD), date(1, 1, 3)),
        (backward(length=9), date(1, 1, 3)),
    ],
)
def test_what_lies_beyond_every_calendar_is_refused(term: Term, start: date) -> None:
    with pytest.raises(UserError, match="日期超出日历的范围"):
        compute(term, start, CALENDAR)
