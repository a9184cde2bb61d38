"""How near a due date is: overdue, today, soon, far; or past, when it was not ours to keep."""

from dataclasses import dataclass
from datetime import date

from inspector_app.domain.term_rules import Whose
from inspector_app.domain.term_words import day_of
from inspector_app.domain.words import Word
from inspector_app.domain.workdays import WorkCalendar

SOON_WORKING_DAYS = 3


class Level(Word):
    """How near a due date is; colour never speaks alone, so each has its word."""

    OVERDUE = "overdue", "已超期"
    TODAY = "today", "今天到期"
    SOON = "soon", "即将到期"
    FAR = "far", "未到期"
    EXPIRED = "expired", "已届满"


def days_left(due: date, today: date) -> int:
    """Calendar days until a due date, negative when it has passed."""
    return (day_of(due) - day_of(today)).days


@dataclass(frozen=True, slots=True)
class DaysLeft:
    """Working days, or calendar days, until a due date; once it has passed, minus calendar days."""

    days: int
    working: bool = False


def time_left(due: date, today: date, calendar: WorkCalendar, *, working: bool) -> DaysLeft:
    """What is left of a term that counts working days, or of one that runs in calendar days.

    Where only days off are left no working day is, whatever the term counts.
    """
    left = days_left(due, today)
    if left <= 0:
        return DaysLeft(left)
    workdays = calendar.working_days_between(day_of(today), day_of(due))
    return DaysLeft(workdays, working=True) if working or not workdays else DaysLeft(left)


def level(due: date, today: date, calendar: WorkCalendar) -> Level:
    """How near a due date is: of a term (`Due.ends`), an order or a to-do."""
    end, now = day_of(due), day_of(today)
    if end <= now:
        return Level.TODAY if end == now else Level.OVERDUE
    first_far_day = calendar.add_working_days(now, SOON_WORKING_DAYS + 1)
    return Level.SOON if end < first_far_day else Level.FAR


def level_for(due: date, today: date, calendar: WorkCalendar, whose: Whose) -> Level:
    """The same, where a term that others have to keep is past and not overdue."""
    found = level(due, today, calendar)
    return Level.EXPIRED if found is Level.OVERDUE and whose is not Whose.OFFICE else found
