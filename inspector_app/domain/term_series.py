"""The surcharge on a fine that is not paid in time: a sum that grows day by day up to a cap."""

from collections.abc import Sequence
from datetime import date

from inspector_app.domain.counting import Stop, count_calendar, halts_of, within
from inspector_app.domain.term_explain import (
    basis,
    halted_text,
    not_in_force,
)
from inspector_app.domain.term_rules import Term
from inspector_app.domain.term_words import day_of, weekday_text
from inspector_app.domain.workday_table import day_at
from inspector_app.errors import UserError


def surcharge_series(
    term: Term, base_fen: int, start: date, stops: Sequence[Stop] = ()
) -> tuple[tuple[date, int], ...]:
    """The sum due on each day, from the day after `start`, the last day for paying, to the cap.

    Days of a stop are left out (review or suit, 处罚法 73(3)). Parts of a fen are dropped.
    """
    daily, cap = _percents(term)
    if base_fen < 1:
        raise UserError("罚款数额应大于零", field="amount")
    halts, first = halts_of(stops), day_of(start).toordinal()
    return tuple(
        (day_at(count_calendar(first, day, halts)), base_fen * min(day * daily, cap) // 100)
        for day in range(1, capped_after(term) + 1)
    )


def capped_after(term: Term) -> int:
    """On which day the cap is reached: 34 at 3 % of the base."""
    daily, cap = _percents(term)
    return -(-cap // daily)


def explain_series(term: Term, start: date, stops: Sequence[Stop]) -> str:
    """From when the sum grows, by how much, and when it has reached its cap."""
    daily, cap = _percents(term)
    day, halts, count = day_of(start), halts_of(stops), capped_after(term)
    end = count_calendar(day.toordinal(), count, halts)
    passed = within(halts, day.toordinal(), end)
    parts = [
        f"{term.name}（{term.id}）：{term.start_event} {weekday_text(day)}",
        f"自次日起每日加处罚款数额的 {daily}%",
        *([halted_text(passed)] if passed else []),
        f"第 {count} 日即 {weekday_text(day_at(end))}达到罚款数额的 {cap}%，不再增加",
    ]
    late = "" if term.in_force(day) else not_in_force(term, day)
    return "；".join(parts) + f"{basis(term)}{late}。"


def _percents(term: Term) -> tuple[int, int]:
    if term.daily_percent is None or term.cap_percent is None:
        raise UserError(f"{term.id} 不是逐日加处的期限", field="rule")
    return term.daily_percent, term.cap_percent
