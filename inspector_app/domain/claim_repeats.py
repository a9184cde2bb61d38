"""The same sum listed twice: rows of one person whose months overlap."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from inspector_app.domain.money import yuan
from inspector_app.domain.term_words import month_range


@dataclass(frozen=True, slots=True)
class ListedClaim:
    """A row of the worker list as far as it tells whose it is and of which months (YYYY-MM)."""

    name: str
    id_number: str
    period_from: str
    period_to: str
    due_fen: int

    @property
    def words(self) -> str:
        """王演示（2026年5月至7月，应发 10,000.00 元）."""
        return f"{self.name.strip()}（{self.sum_words}）"

    @property
    def sum_words(self) -> str:
        """2026年5月至7月，应发 10,000.00 元."""
        months = month_range(self.period_from, self.period_to) or "没写欠薪月份"
        return f"{months}，应发 {yuan(self.due_fen)} 元"


def repeats(rows: Sequence[ListedClaim]) -> Iterator[tuple[ListedClaim, ListedClaim]]:
    """Each row that may be an earlier one again, with the first such row, in the order listed."""
    by_name: defaultdict[str, list[ListedClaim]] = defaultdict(list)
    by_number: defaultdict[str, list[ListedClaim]] = defaultdict(list)
    for row in rows:
        name, number = row.name.strip(), _number(row)
        alike = [*by_number[number], *by_name[name]] if number else by_name[name]
        first = next((one for one in alike if _is_again(one, row)), None)
        if first is not None:
            yield first, row
        by_name[name].append(row)
        if number:
            by_number[number].append(row)


def _number(row: ListedClaim) -> str:
    return row.id_number.strip().upper()


def _is_again(one: ListedClaim, other: ListedClaim) -> bool:
    """One identity number is one person; where either row has none the name has to do."""
    numbers = {_number(one), _number(other)}
    if len(numbers) > 1 and "" not in numbers:
        return False
    return _overlap(one, other)


def _overlap(one: ListedClaim, other: ListedClaim) -> bool:
    """Months in common; a row that does not say its months may be of any."""
    first, last = _months(one)
    begin, end = _months(other)
    return first <= end and begin <= last


def _months(row: ListedClaim) -> tuple[str, str]:
    """First and last month; a row with only one of the two is of that month alone."""
    start, end = row.period_from or row.period_to, row.period_to or row.period_from
    return (start, end) if start else ("0000-00", "9999-99")
