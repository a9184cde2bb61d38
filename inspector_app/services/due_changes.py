"""Which open cases would have other due dates under another calendar or another rule pack."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from inspector_app.ledger.views import CaseQuery, CaseRow, View
from inspector_app.services.case_facts import many_rows
from inspector_app.services.clocks import CaseClock, case_clocks, timing
from inspector_app.services.desk import Desk

MOST = 100_000


@dataclass(frozen=True, slots=True)
class DueMove:
    """A clock whose last day moves; None where it does not run before or after."""

    rule: str
    name: str
    before: date | None
    after: date | None


@dataclass(frozen=True, slots=True)
class AffectedCase:
    """An open case with the clocks that move."""

    case_id: str
    case_no: str
    employer: str
    moves: tuple[DueMove, ...]


def open_cases(view: View) -> dict[str, CaseRow]:
    """Every open case by its id."""
    rows = view.case_rows(CaseQuery(open_only=True, limit=MOST)).rows
    return {row.id: row for row in rows}


def changed_dues(desk: Desk, trial: Desk) -> tuple[AffectedCase, ...]:
    """Open cases with a running clock that ends on another day at the other desk."""
    now, then = timing(desk), timing(trial)
    found: list[AffectedCase] = []
    with desk.ledger.read() as view:
        titles = open_cases(view)
        for rows in many_rows(view, list(titles)):
            moves = tuple(
                _moves(_running(case_clocks(now, rows)), _running(case_clocks(then, rows)))
            )
            if moves:
                title = titles[rows.case.id]
                found.append(AffectedCase(title.id, title.case_no, title.employer_name, moves))
    return tuple(found)


_Clocks = Mapping[tuple[str, date, str], CaseClock]


def _running(clocks: Iterable[CaseClock]) -> _Clocks:
    return {(one.rule, one.start, one.paper_id): one for one in clocks}


def _moves(before: _Clocks, after: _Clocks) -> Iterator[DueMove]:
    for key in dict.fromkeys([*before, *after]):
        old, new = before.get(key), after.get(key)
        ends = (old.ends if old else None, new.ends if new else None)
        known = new or old
        if known and ends[0] != ends[1]:
            yield DueMove(known.rule, known.title, *ends)
