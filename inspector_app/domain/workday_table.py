"""The working days of many years counted once, so that a date is looked up and not walked to."""

from bisect import bisect_right
from collections.abc import Collection, Mapping
from datetime import date
from itertools import accumulate

from inspector_app.domain.term_words import counted_text, off_days_text, run_text
from inspector_app.errors import UserError

WEEK = b"\1\1\1\1\1\0\0"  # ordinal 1 is a Monday
LAST_ORDINAL = date.max.toordinal()


def day_at(ordinal: int) -> date:
    """The day of that ordinal; what lies beyond every calendar is refused."""
    if 1 <= ordinal <= LAST_ORDINAL:
        return date.fromordinal(ordinal)
    raise UserError("日期超出日历的范围，请核对年份", field="date")


def weekdays_up_to(ordinal: int) -> int:
    """Mondays to Fridays from ordinal 1 on, that day included."""
    weeks, days = divmod(ordinal, 7)
    return 5 * weeks + min(days, 5)


def weekday_at(count: int) -> int:
    """Ordinal of the `count`-th Monday to Friday."""
    weeks, days = divmod(count - 1, 5)
    return 7 * weeks + days + 1


class DayRuns:
    """Special days in order, with the words for each stretch of days that follow one another."""

    def __init__(self, days: Mapping[int, str]) -> None:
        self.ordinals = sorted(days)
        self._names = [days[one] for one in self.ordinals]
        self._begun = [0]  # stretches that begin before the n-th day
        self._texts: list[str] = []
        first = 0
        for ordinal in self.ordinals:
            if days.get(ordinal - 1) == days[ordinal]:
                self._texts.pop()
            else:
                first = ordinal
            self._texts.append(self._words(first, ordinal, days[ordinal]))
            self._begun.append(len(self._texts))

    def texts(self, low: int, high: int) -> list[str]:
        """The stretches among the days numbered low up to high, cut off at both ends."""
        if low == high:
            return []
        begun = self._begun
        found = self._texts[begun[low] : begun[high]]
        if begun[low + 1] > begun[low] and (
            high == len(self.ordinals) or begun[high + 1] > begun[high]
        ):
            return found
        return self._cut(low, high)

    def _cut(self, low: int, high: int) -> list[str]:
        """The same when a stretch reaches over one of the ends."""
        found: list[str] = []
        while low < high:
            end = bisect_right(self._begun, self._begun[low + 1], lo=low + 1) - 1
            last = min(end, high) - 1
            found.append(self._words(self.ordinals[low], self.ordinals[last], self._names[low]))
            low = last + 1
        return found

    @staticmethod
    def _words(first: int, last: int, name: str) -> str:
        return run_text(date.fromordinal(first), date.fromordinal(last)) + name


class WorkTable:
    """Every day from the year before the first notice to the years after the last, by ordinal.

    `index` and `at` also know the days beyond: there Monday to Friday work.
    """

    def __init__(
        self,
        workdays: Collection[date],
        holidays: Collection[date],
        names: Mapping[date, str],
        years: tuple[int, int],
    ) -> None:
        self.known = tuple(
            date(year, *month_day).toordinal()
            for year, month_day in zip(years, ((1, 1), (12, 31)), strict=True)
        )
        exceptions = {day.toordinal() for day in (*workdays, *holidays)}
        self.first = max(min(self.known[0], *exceptions, LAST_ORDINAL) - 366, 1)
        self.last = min(max(self.known[1], *exceptions, 1) + 3 * 366, LAST_ORDINAL)
        span = self.last - self.first + 1
        flags = bytearray((WEEK * (span // 7 + 2))[(self.first - 1) % 7 :][:span])
        for day in holidays:
            flags[day.toordinal() - self.first] = 0
        makeups = {day.toordinal() for day in workdays if day.weekday() > 4}
        for day in workdays:
            flags[day.toordinal() - self.first] = 1
        # One more at the front: the count up to day n stands at n - first + 1.
        self._worked = [0, *accumulate(flags)]
        self._at = [self.first + n for n, flag in enumerate(flags) if flag]
        self._off = tuple(
            date.fromordinal(self.first + n) for n, flag in enumerate(flags) if not flag
        )
        named = {day.toordinal(): names.get(day) or "节假日" for day in holidays}
        self._holidays, self._named = DayRuns(named), self._counted(named)
        self._makeups, self._made_up = DayRuns(dict.fromkeys(makeups, "")), self._counted(makeups)
        self._name_of = {day: named[day.toordinal()] for day in holidays}

    def _counted(self, days: Collection[int]) -> list[int]:
        flags = bytearray(self.last - self.first + 1)
        for day in days:
            flags[day - self.first] = 1
        return [0, *accumulate(flags)]

    def index(self, ordinal: int) -> int:
        """How many working days lie up to and with that day, from the first of the table on."""
        if self.first <= ordinal <= self.last:
            return self._worked[ordinal - self.first + 1]
        if ordinal < self.first:
            return weekdays_up_to(ordinal) - weekdays_up_to(self.first - 1)
        return len(self._at) + weekdays_up_to(ordinal) - weekdays_up_to(self.last)

    def at(self, index: int) -> int:
        """Ordinal of the working day with that index."""
        if 0 < index <= len(self._at):
            return self._at[index - 1]
        if index < 1:
            return weekday_at(index + weekdays_up_to(self.first - 1))
        return weekday_at(index - len(self._at) + weekdays_up_to(self.last))

    def is_known(self, low: int, high: int) -> bool:
        """Whether the notices of all those days have been published."""
        return self.known[0] <= low and high <= self.known[1]

    def off_days(self, low: int, high: int) -> tuple[date, ...]:
        """The days off after `low` up to and with `high`."""
        if self.first <= low + 1 and high <= self.last:
            first = self.first - 1
            worked = self._worked
            return self._off[
                low - first - worked[low - first] : high - first - worked[high - first]
            ]
        index = self.index
        return tuple(
            day_at(one) for one in range(low + 1, high + 1) if index(one) == index(one - 1)
        )

    def off_text(self, low: int, high: int) -> str:
        """The same days in words; "" when there are none."""
        if not (self.first <= low + 1 and high <= self.last):
            return off_days_text(self.off_days(low, high), lambda day: self._name_of.get(day, ""))
        low, high = low - self.first + 1, high - self.first + 1
        first, last = self._named[low], self._named[high]
        off = (high - self._worked[high]) - (low - self._worked[low])
        return counted_text(self._holidays.texts(first, last), off - (last - first)) if off else ""

    def makeup_text(self, low: int, high: int) -> str:
        """The weekend days worked after `low` up to and with `high`, in words; mostly none."""
        low = min(max(low, self.first - 1), self.last) - self.first + 1
        high = min(max(high, self.first - 1), self.last) - self.first + 1
        first, last = self._made_up[low], self._made_up[high]
        return "、".join(self._makeups.texts(first, last)) if first < last else ""
