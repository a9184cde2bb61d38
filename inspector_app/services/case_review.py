"""Scores the file of a case before others do: what a review would miss, and where to mend it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from inspector_app.domain.facts import Fact, Facts
from inspector_app.domain.guards.people import enough_inspectors
from inspector_app.domain.paper_joint import PARTY, all_parties
from inspector_app.domain.paper_values import loads
from inspector_app.domain.papers import Paper, PaperState
from inspector_app.domain.review import Review, ReviewStandard, score
from inspector_app.papers.context import RenderedPaper
from inspector_app.papers.score_sheet import ScoreHead, score_sheet
from inspector_app.services.case_sheet import CaseSheet, case_sheet
from inspector_app.services.clocks import CaseClock, ClockState
from inspector_app.services.desk import Desk
from inspector_app.services.exports import ledger_head
from inspector_app.services.settings import get
from inspector_app.services.unverified import unverified
from inspector_app.sheets.lines_out import ExportResult
from inspector_app.sheets.score_out import score_lines, write_score

CONFIRMED = "review_standard_confirmed"
NOT_LOADED = "局标准未载入"
UNIT = "employer.name"  # what a form draws its party from when it is the unit of the case


@dataclass(frozen=True, slots=True)
class ReviewSheet:
    """The score of one case; `confirmed` when the bureau took the standard as its own."""

    standard: ReviewStandard
    review: Review
    confirmed: bool
    case_no: str
    party: str
    papers: Mapping[str, str]  # id -> name and number of the papers a veto speaks of

    @property
    def head(self) -> str:
        """What must stand above the sheet while nobody confirmed the standard."""
        return "" if self.confirmed else NOT_LOADED


def review_case(desk: Desk, ref: str) -> ReviewSheet:
    """Score a case by what is in its file today."""
    return review_of(desk, case_sheet(desk, ref))


def review_of(desk: Desk, sheet: CaseSheet) -> ReviewSheet:
    """Score a case that was read before."""
    standard = desk.library.review_standard
    facts = Facts.of([*sheet.situation.facts.all, *_more(desk, sheet)])
    review = score(standard, facts)
    named = {paper_id for veto in review.vetoes for paper_id in veto.papers}
    return ReviewSheet(
        standard,
        review,
        standard.verified or get(desk, CONFIRMED) == "是",
        sheet.case.case_no,
        sheet.employer.name,
        {
            one.id: f"{sheet.title(one)}　{one.number}".strip()
            for one in sheet.papers
            if one.id in named
        },
    )


def score_page(desk: Desk, found: ReviewSheet) -> RenderedPaper:
    """The score as a page to print and to keep with the file."""
    head = ScoreHead(
        bureau=get(desk, "bureau_name"),
        case_no=found.case_no,
        party=found.party,
        made_on=desk.today(),
        warning=found.head,
        demo=desk.demo,
    )
    return score_sheet(found.standard, found.review, head, _struck(found), desk.fonts())


def _struck(found: ReviewSheet) -> list[tuple[str, str, str]]:
    return [
        (one.veto.name, "、".join(found.papers[paper] for paper in one.papers), one.veto.remedy)
        for one in found.review.vetoes
    ]


def export_score(desk: Desk, found: ReviewSheet, path: Path) -> ExportResult:
    """The score as a workbook, headed like the page."""
    warning = f"（{found.head}）" if found.head else ""
    head = replace(ledger_head(desk), title=f"案卷自评表{warning}")
    about = f"{found.case_no}　{found.party}"
    return write_score(path, score_lines(found.standard, found.review, _struck(found), about), head)


def _more(desk: Desk, sheet: CaseSheet) -> Iterator[Fact]:
    """Facts a reviewer looks at that no step records."""
    day = sheet.case.received_on
    yield from _of_clocks(sheet.clocks + sheet.past_clocks, desk.today())
    for event in sheet.events:
        if event.approver:
            yield Fact(f"approved:{event.step}", event.on)
    if enough_inspectors(sheet.situation):
        yield Fact("two_inspectors", day)
    if sheet.evidence or sheet.inspections:
        yield Fact("evidence", day)
    if sheet.claims:
        yield Fact("claims", day)
    if "工资" in sheet.case.cause or "薪" in sheet.case.cause:
        yield Fact("wages", day)
    yield from _of_service(sheet, day)
    if not _hearing_due(sheet):
        yield Fact("hearing_not_due", day)
    yield from _faults(desk, sheet)


def _of_clocks(clocks: tuple[CaseClock, ...], today: date) -> Iterator[Fact]:
    """ontime:D05 when done in time or still running; passed:D13 when a party's time is over."""
    for clock in clocks:
        running = clock.state is ClockState.RUNNING and clock.ends >= today
        if running or (clock.done_on is not None and not clock.late):
            yield Fact(f"ontime:{clock.rule}", clock.start)
        if clock.state is ClockState.EXPIRED:
            yield Fact(f"passed:{clock.rule}", clock.ends)


def _of_service(sheet: CaseSheet, day: date) -> Iterator[Fact]:
    numbered = [p for p in sheet.papers if p.state is PaperState.ISSUED and p.number]
    if sheet.services:
        yield Fact("anything_served", day)
    if not any(sheet.waiting(paper.id) for paper in numbered):
        yield Fact("all_served", day)


def _hearing_due(sheet: CaseSheet) -> bool:
    limits, notice = sheet.situation.limits, sheet.situation.last_event("penalty_notice")
    if notice is None:
        return False
    unit, person = limits.hearing_unit_fen, limits.hearing_person_fen
    over_unit = unit is not None and (notice.amount_fen or 0) >= unit
    return over_unit or (person is not None and (notice.person_fen or 0) >= person)


def _faults(desk: Desk, sheet: CaseSheet) -> Iterator[Fact]:
    """What fails a whole file: a party that is none, an article nobody has read."""
    known = {sheet.employer.name, *(line.employer.name for line in sheet.parties)}
    for paper in sheet.papers:
        if paper.state is not PaperState.ISSUED or paper.issued_on is None:
            continue
        if not known.issuperset(_parties(desk, paper)):
            yield Fact("wrong_party", paper.issued_on, "", paper.id)
        kind = desk.library.kinds.get(paper.kind)
        if kind and any(unverified(desk, kind, loads(paper.values, kind))):
            yield Fact("wrong_article", paper.issued_on, "", paper.id)


def _parties(desk: Desk, paper: Paper) -> tuple[str, ...]:
    """The units a paper is about; none for one that its form addresses to somebody else."""
    kind = desk.library.kinds.get(paper.kind)
    field = next((one for one in kind.fields if one.id == PARTY), None) if kind else None
    if kind is None or field is None or field.default != UNIT:
        return ()
    return all_parties(loads(paper.values, kind))
