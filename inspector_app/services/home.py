"""The first page: what is due, sorted by the days left, and the drafts that wait."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from weakref import WeakKeyDictionary

from inspector_app.domain.cases import Case, Stage
from inspector_app.domain.clues import Clue, ClueState
from inspector_app.domain.office import Todo
from inspector_app.domain.papers import Paper, PaperState, Service
from inspector_app.domain.serving import by_paper, waiting
from inspector_app.domain.terms import DaysLeft, Level, level
from inspector_app.ledger.ledger import Ledger
from inspector_app.ledger.views import CaseQuery, CaseRow, View
from inspector_app.services.clocks import NextDue, clue_due, timing
from inspector_app.services.desk import Desk
from inspector_app.services.dues_kept import Step, open_dues
from inspector_app.services.templates import forms_of


@dataclass(frozen=True, slots=True)
class Card:
    """A count that is also a filter of the list below."""

    key: str
    label: str
    count: int
    hint: str


@dataclass(frozen=True, slots=True)
class DueRow:
    """Something due: a case by its first clock, a clue by its own, or a to-do."""

    kind: str  # case / clue / todo
    id: str
    case_id: str | None
    title: str
    case_no: str
    county: str
    project: str
    cause: str
    due: date | None
    level: Level | None
    days_left: DaysLeft | None
    rule: str
    workers: int | None
    amount_fen: int | None
    stage: Stage | None
    lead_id: str | None = None


@dataclass(frozen=True, slots=True)
class DraftRow:
    """An unfinished paper."""

    paper_id: str
    title: str
    case_no: str
    case_id: str | None


@dataclass(frozen=True, slots=True)
class Overview:
    """All that the first page shows."""

    cards: tuple[Card, ...]
    rows: tuple[DueRow, ...]
    drafts: tuple[DraftRow, ...]
    open_cases: int
    open_clues: int
    all_cases: int


@dataclass(frozen=True, slots=True)
class _Due:
    """All that is due in the office, before anybody's own is picked out."""

    rows: tuple[DueRow, ...]
    drafts: tuple[DraftRow, ...]
    unserved: int
    open_clues: int
    all_cases: int


# The last answer for each ledger, with the change and the day it was true for: the window asks
# for its counts and the first page for its rows at the same moment.
_LAST: WeakKeyDictionary[Ledger, tuple[tuple[str, date], _Due]] = WeakKeyDictionary()


def overview(desk: Desk, *, mine: bool = False) -> Overview:
    """What is due, the most urgent first; `mine` leaves out cases that others handle."""
    due = _due(desk)
    lead = desk.actor_id if mine else None
    rows = tuple(row for row in due.rows if not lead or row.kind != "case" or row.lead_id == lead)
    return Overview(
        cards=_cards(rows, due.unserved, len(due.drafts)),
        rows=rows,
        drafts=due.drafts,
        open_cases=sum(1 for row in rows if row.kind == "case"),
        open_clues=due.open_clues,
        all_cases=due.all_cases,
    )


def _due(desk: Desk) -> _Due:
    step = desk.ledger.head()
    key = (step[1], desk.today())
    known = _LAST.get(desk.ledger)
    if known is None or known[0] != key:
        known = _LAST[desk.ledger] = (key, _read_due(desk, step))
    return known[1]


def _read_due(desk: Desk, step: Step) -> _Due:
    with desk.ledger.read() as view:
        rows = _case_rows(desk, view, step) + _clue_rows(desk, view) + _todo_rows(desk, view)
        drafts, forms = view.find(Paper, state=PaperState.DRAFT), forms_of(desk, view)
        titles = {one.id: forms.title_of(one) for one in drafts}
        owners = view.find_in(Case, "id", [draft.case_id or "" for draft in drafts])
        cases = {case.id: case.case_no for case in owners}
        counts = view.counts()
        unserved = _unserved(desk, view)
    rows.sort(key=lambda row: (row.due or date.max, row.title))
    waiting = (
        DraftRow(one.id, titles[one.id], cases.get(one.case_id or "", ""), one.case_id)
        for one in drafts
    )
    return _Due(tuple(rows), tuple(waiting), unserved, counts.open_clues, counts.cases)


def _case_rows(desk: Desk, view: View, step: Step) -> list[DueRow]:
    rows = view.case_rows(CaseQuery(open_only=True, limit=100_000)).rows
    dues = open_dues(desk, view, step, [row.id for row in rows])
    return [_case_row(desk, row, dues[row.id]) for row in rows]


def _case_row(desk: Desk, row: CaseRow, due: NextDue | None) -> DueRow:
    return DueRow(
        kind="case",
        id=row.id,
        case_id=row.id,
        title=row.employer_name,
        case_no=row.case_no,
        county=county_name(desk, row.scope),
        project=row.project_name,
        cause=row.cause,
        due=due.due if due else None,
        level=due.level if due else None,
        days_left=due.days_left if due else None,
        rule=due.name if due else "",
        workers=row.workers,
        amount_fen=row.amount_fen,
        stage=row.stage,
        lead_id=row.lead_id,
    )


def county_name(desk: Desk, scope: str) -> str:
    """The name of a county by its code; the code itself when the office does not know it."""
    division = desk.library.divisions.get(scope)
    return division.name if division else scope


def _clue_rows(desk: Desk, view: View) -> list[DueRow]:
    """Open clues by the term for deciding on them (D01)."""
    by = timing(desk)
    rows = []
    for clue in view.find(Clue, state=ClueState.OPEN):
        clock = clue_due(by, clue.received_on)
        rows.append(
            DueRow(
                kind="clue",
                id=clue.id,
                case_id=None,
                title=clue.employer_name,
                case_no=clue.clue_no,
                county=county_name(desk, clue.scope),
                project=clue.project_name,
                cause=clue.cause or "待核查线索",
                due=clock.due if clock else None,
                level=clock.level if clock else None,
                days_left=clock.days_left if clock else None,
                rule=clock.name if clock else "",
                workers=clue.workers,
                amount_fen=clue.amount_fen,
                stage=None,
            )
        )
    return rows


def _todo_rows(desk: Desk, view: View) -> list[DueRow]:
    """To-dos of their own; the follow-up of a paper shows as the clock of its case."""
    open_todos = [
        todo for todo in view.find(Todo) if todo.done_on is None and todo.paper_id is None
    ]
    cases = {case.id: case for case in view.find_in(Case, "id", [t.case_id for t in open_todos])}
    by = timing(desk)
    return [
        DueRow(
            kind="todo",
            id=todo.id,
            case_id=todo.case_id,
            title=todo.title,
            case_no=cases[todo.case_id].case_no,
            county=county_name(desk, cases[todo.case_id].scope),
            project="",
            cause=todo.origin.label,
            due=todo.due_on,
            level=level(todo.due_on, by.today, by.calendar),
            days_left=by.left(todo.due_on),
            rule="待办",
            workers=None,
            amount_fen=None,
            stage=cases[todo.case_id].stage,
        )
        for todo in open_todos
    ]


def _unserved(desk: Desk, view: View) -> int:
    """Issued papers that are served at all and that a party still waits for."""
    papers = view.find(Paper, state=PaperState.ISSUED)
    found = by_paper(papers, view.find(Service))
    return sum(
        1
        for paper in papers
        if paper.number and waiting(found[paper.id]) and not desk.library.is_internal(paper.kind)
    )


def _cards(rows: Sequence[DueRow], unserved: int, drafts: int) -> tuple[Card, ...]:
    def of(wanted: Level) -> list[DueRow]:
        return [row for row in rows if row.level is wanted]

    late, now, soon = of(Level.OVERDUE), of(Level.TODAY), of(Level.SOON)
    first = late[0].days_left if late else None
    oldest = f"最久 {-first.days} 天 · {late[0].title}" if first else "没有超期事项"
    return (
        Card("overdue", "已超期", len(late), oldest),
        Card("today", "今日到期", len(now), now[0].title if now else "今天没有到期事项"),
        Card(
            "soon", "三个工作日内", len(soon), soon[0].title if soon else "三个工作日内没有到期事项"
        ),
        Card(
            "unserved",
            "待送达文书",
            unserved,
            "已编号，尚未登记送达" if unserved else "没有待送达的文书",
        ),
        Card("drafts", "文书草稿", drafts, "点开可继续填写" if drafts else "没有未完成的文书"),
    )
