"""What the clocks of a case cost, against adding days and writing the dates out."""

from collections.abc import Callable
from datetime import date, timedelta

from inspector_app.domain.cases import Case, Source, Stage
from inspector_app.domain.events import CaseEvent
from inspector_app.domain.papers import Paper, PaperState, Service, ServiceMethod
from inspector_app.library.loading import Library
from inspector_app.services.case_facts import CaseRows
from inspector_app.services.clocks import Timing, clocks_of
from inspector_app.services.rules import shipped_rules

FILED = date(2026, 1, 5)
# Days after filing, step, outcome, until when: an order, a fine with a hearing, its end in court.
STORY: tuple[tuple[int, str, str, int | None], ...] = (
    (0, "file", "", None),
    (2, "preserve", "", None),
    (8, "preserve_handled", "", None),
    (5, "extend", "", None),
    (30, "recheck", "unheeded", None),
    (31, "submit", "complex", None),
    (35, "penalty_notice", "hearing", None),
    (37, "hearing_request", "", None),
    (37, "hearing_set", "", 55),
    (55, "hearing_held", "", None),
    (57, "legal_review", "passed", None),
    (58, "discuss", "", None),
    (60, "penalty_decision", "", None),
    (60, "publish_penalty", "", None),
    (62, "stop", "other", 66),
    (80, "review_received", "ordinary", None),
    (88, "review_answered", "", None),
    (120, "review_decided", "upheld", None),
    (125, "crime_report", "", None),
    (126, "crime_approve", "", None),
    (127, "crime_send", "", None),
    (150, "court_apply", "", None),
)
OUTSIDE = (
    (35, "penalty_notice"), (38, "hearing_notice"), (60, "penalty_decision"),
    (125, "demand_letter"), (130, "list_notice"),
)  # fmt: skip


def busy_case(library: Library) -> CaseRows:
    """An invented case on which nearly everything has happened."""
    case = Case(
        "case", "演示〔2026〕1号", "410402", "410400", Stage.ENFORCEMENT, Source.VISIT, "拖欠工资",
        "employer", FILED - timedelta(days=3), filed_on=FILED,
    )  # fmt: skip
    story = [(day, step, outcome, until, "", "") for day, step, outcome, until in STORY]
    story += [(day, "outside_paper", "", day + 1, kind, f"{day}号") for day, kind in OUTSIDE]
    events = [
        CaseEvent(
            id=f"{number:03d}",
            case_id="case",
            step=step,
            on=FILED + timedelta(days=day),
            at="10:00" if step.startswith("crime") else "",
            until=None if until is None else FILED + timedelta(days=until),
            rules=("D05",) if step in {"extend", "stop"} else (),
            outcome=outcome,
            paper_kind=kind,
            number=written,
        )
        for number, (day, step, outcome, until, kind, written) in enumerate(story)
    ]
    orders = [_order(library, number) for number in range(3)]
    services = [
        Service(f"s{one.id}", "case", (one.id,), ServiceMethod.DIRECT, one.issued_on or FILED)
        for one in orders
    ]
    return CaseRows(case, orders, services, events)


def _order(library: Library, number: int) -> Paper:
    kind = library.kinds["rectification_order"]
    day = FILED + timedelta(days=3 + number)
    values = f'{{"deadline": "{day + timedelta(days=15)}"}}'
    return Paper(
        id=f"p{number}",
        case_id="case",
        kind=kind.id,
        form_version=kind.version,
        state=PaperState.ISSUED,
        values=values,
        number=str(number),
        issued_on=day,
    )


def case_clocks(library: Library) -> tuple[Callable[[], object], Callable[[], object]]:
    """Reckon all clocks of the busy case once; and the floor for as many dates."""
    by, rows = (
        Timing(shipped_rules(library), library, FILED + timedelta(days=160)),
        busy_case(library),
    )
    lengths = [(clock.start, clock.due - clock.start) for clock in clocks_of(by, rows)]

    def ours() -> object:
        return clocks_of(by, rows)

    def floor() -> object:
        return [
            f"{start}，{end.year}年{end.month}月{end.day}日"
            for start, length in lengths
            for end in (start + length,)
        ]

    return ours, floor
