"""What the ledger knows of a case, in the shape the deciders ask for."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from inspector_app.domain.deciders import ServedOrder
from inspector_app.domain.deciders.crime import Owed
from inspector_app.domain.deciders.fine_ranges import Act
from inspector_app.domain.deciders.liability import ChainLink
from inspector_app.domain.facts import Fact, Facts
from inspector_app.domain.inspections import Evidence
from inspector_app.domain.law import Liable, Violation
from inspector_app.domain.paper_values import loads
from inspector_app.domain.papers import Paper
from inspector_app.domain.parties import PartyRole
from inspector_app.errors import UserError
from inspector_app.ledger.views import View
from inspector_app.library.loading import Library
from inspector_app.services.case_sheet import CaseSheet
from inspector_app.services.claim_facts import employs
from inspector_app.services.clock_parts import ORDER
from inspector_app.services.desk import Desk
from inspector_app.services.inspections import InspectionSheet, read_sheet
from inspector_app.services.order_facts import (
    MIGRANT_ARREARS,
    OTHER_ARREARS,
    for_the_order,
    roles_of,
)

HANDLING = "handling_decision"
CODED = ("violations", "penalty_notice", "handling_notice", "summary_penalty")
_CODE = re.compile(r"(?<![A-Za-z0-9])E(?:1[0-3]|[1-9])(?![0-9])")
# Facts that prove something by themselves -> the sort of evidence they are (law.md 2.8).
_PROVING = {
    "issued:inspection_record": "E7",
    "issued:inquiry_record": "E5",
    "issued:inquiry_notice": "E6",
    "inquiry_answered": "E6",
    "accounts_answered": "E4",
    f"served:{ORDER}": "E13",
    f"served:{HANDLING}": "E13",
}
_SEEN = "E7"  # photos and films of a visit


@dataclass(frozen=True, slots=True)
class ActCount:
    """What an inspector adds to a violation: the day, heads, months, a sum, a band, which act."""

    on: date | None = None
    people: int | None = None
    months: int | None = None
    base_fen: int | None = None
    act: str = ""
    band: str = ""


def visits_of(desk: Desk, view: View, sheet: CaseSheet) -> list[InspectionSheet]:
    """The inspections of a case, the oldest first."""
    visits = sorted(sheet.inspections, key=lambda one: (one.on, one.id))
    return [read_sheet(desk, view, one.id) for one in visits]


def acts_of(
    desk: Desk,
    sheet: CaseSheet,
    visits: Sequence[InspectionSheet],
    counts: Mapping[str, ActCount],
) -> tuple[Act, ...]:
    """Each violation once: of inspections, of recorded steps, of the wage list, or named by hand.

    A violation found on a visit is taken to have lasted until that day.
    """
    known, days = desk.library.violations, _found_days(desk, sheet, visits)
    for event in sheet.events:
        if event.step in CODED:
            for code in event.codes:
                days.setdefault(code, None)
    if sheet.totals.owing_fen > 0 and employs(sheet):
        migrant = sheet.project is not None or "农民工" in sheet.case.cause
        code = MIGRANT_ARREARS if migrant else OTHER_ARREARS
        days[code] = desk.today()  # still owing: the act goes on
    for code in counts:
        if code not in known:
            raise UserError(f"没有编号为“{code}”的违法行为。", field="acts", kind="unknown")
        days.setdefault(code, None)
    return tuple(
        _act(known[code], day, counts.get(code, ActCount()))
        for code, day in days.items()
        if code in known
    )


def _act(violation: Violation, day: date | None, count: ActCount) -> Act:
    return Act(
        violation=violation,
        on=count.on or day,
        people=count.people,
        months=count.months,
        base_fen=count.base_fen,
        act=count.act,
        band=count.band,
    )


def _found_days(
    desk: Desk, sheet: CaseSheet, visits: Iterable[InspectionSheet]
) -> dict[str, date | None]:
    """Violations that can be held against the unit of the case, with the last day they were seen.

    Where its part on the project is unknown all of them are listed (law.md 2, 责任主体).
    """
    roles = roles_of(sheet.parties, sheet.employer.id)
    mine = _liable_as(roles, employing=employs(sheet))
    found: dict[str, date | None] = {}
    for visit in visits:
        for one in for_the_order(desk, visit, roles, employer=employs(sheet)):
            for code in one.violations:
                violation = desk.library.violations.get(code)
                if violation and (not roles or mine & set(violation.liable)):
                    found[code] = visit.inspection.on
    return found


def _liable_as(roles: Iterable[PartyRole], *, employing: bool) -> set[Liable]:
    """As what a unit with these parts can be held liable."""
    own = {PartyRole.OWNER: Liable.OWNER, PartyRole.GENERAL: Liable.GENERAL}
    sub = dict.fromkeys((PartyRole.SUB, PartyRole.LABOUR), Liable.SUB)
    found = {as_ for role, as_ in (own | sub).items() if role in set(roles)}
    return found | {Liable.ANYONE} | ({Liable.EMPLOYER, Liable.HOST} if employing else set())


def evidence_on_file(
    library: Library, sheet: CaseSheet, visits: Iterable[InspectionSheet]
) -> dict[str, tuple[str, ...]]:
    """Sources by code: papers, visits, and files whose name or note bears a code."""
    found: dict[str, list[str]] = {}
    for code, sort in _PROVING.items():
        for fact in sheet.situation.facts.each(code):
            _put(found, sort, f"{_title(library, code)}{fact.number}")
    files = list(sheet.evidence)
    for visit in visits:
        _put(found, _SEEN, f"{visit.inspection.on.isoformat()} 现场检查")
        files += visit.evidence
    for file in files:
        for sort in _codes(file):
            _put(found, sort, "附件" if file.case_id else f"检查附件 {file.item_id}".strip())
    return {code: tuple(sources) for code, sources in found.items()}


def _title(library: Library, code: str) -> str:
    """What a fact is called: the paper it is about, else the step."""
    kind = code.partition(":")[2]
    if not kind:
        return library.procedure.steps[code].name
    known = kind in library.kinds or kind in library.procedure.papers
    return library.title(kind) if known else "文书"


def _put(found: dict[str, list[str]], code: str, source: str) -> None:
    sources = found.setdefault(code, [])
    if source not in sources:
        sources.append(source)


def _codes(file: Evidence) -> list[str]:
    """Codes written into a file's note or name; a photo or film of a visit is E7."""
    codes = _CODE.findall(f"{file.note} {file.name}")
    if file.media_type.split("/")[0] in {"image", "video"} and file.inspection_id:
        codes.append(_SEEN)
    return list(dict.fromkeys(codes))


def orders_of(library: Library, sheet: CaseSheet) -> tuple[ServedOrder, ...]:
    """Orders to rectify and decisions to pay that reached the party, with what became of them."""
    papers = {paper.id: paper for paper in sheet.papers}
    facts = sheet.situation.facts
    found = []
    for kind in (ORDER, HANDLING):
        for served in facts.each(f"served:{kind}"):
            deadline = _deadline(facts, kind, served)
            order = ServedOrder(
                title=_title(library, f"served:{kind}"),
                number=served.number,
                effective_on=served.on,
                deadline=deadline,
                demands_pay=_demands_pay(library, papers.get(served.ref), kind, sheet),
            )
            found.append(replace(order, obeyed=_obeyed(facts, kind, order)))
    return tuple(found)


def _deadline(facts: Facts, kind: str, served: Fact) -> date | None:
    """The last day the paper itself sets; of one made elsewhere the day recorded for the kind."""
    all_days = list(facts.each(f"deadline:{kind}"))
    own = [one.on for one in all_days if one.ref == served.ref]
    return max(own or [one.on for one in all_days if one.on >= served.on], default=None)


def _obeyed(facts: Facts, kind: str, order: ServedOrder) -> bool | None:
    """By the last check after service; part of it done is not done, once the days are over."""
    if kind == HANDLING:
        return True if _since(facts, "performed", order.effective_on) else None
    checks = {
        outcome: _since(facts, f"recheck={outcome}", order.effective_on)
        for outcome in ("corrected", "partly", "unheeded")
    }
    bad = [day for day in (checks["partly"], checks["unheeded"]) if day]
    good = checks["corrected"]
    if good and (not bad or good >= max(bad)):
        return True
    over = order.deadline is not None and any(day > order.deadline for day in bad)
    return False if over else None


def _since(facts: Facts, code: str, day: date) -> date | None:
    return max((fact.on for fact in facts.each(code) if fact.on >= day), default=None)


def _demands_pay(library: Library, paper: Paper | None, kind: str, sheet: CaseSheet) -> bool:
    """Whether it orders wages to be paid: by its amount, else by what the case is about."""
    form = library.kinds.get(paper.kind) if paper else None
    if kind == HANDLING or paper is None or form is None:
        return sheet.totals.workers > 0
    amount = loads(paper.values, form).get("amount")
    return isinstance(amount, int) and amount > 0


def owed_by_worker(sheet: CaseSheet) -> tuple[Owed, ...]:
    """What each worker is still owed, and in how many months of which some pay is unpaid."""
    rows: dict[str, list[tuple[int, set[str] | None]]] = {}
    names = {}
    for row in sheet.claims:
        names[row.worker.id] = row.worker.name
        months = set(_months(row.claim.period_from, row.claim.period_to)) or None
        rows.setdefault(row.worker.id, []).append((row.owing_fen, months))
    return tuple(Owed(names[key], *_together(claims)) for key, claims in rows.items())


def _together(claims: Sequence[tuple[int, set[str] | None]]) -> tuple[int, int | None]:
    """Sum and months of a worker's claims; months only when each unpaid one says its period."""
    unpaid = [months for owing, months in claims if owing > 0]
    known = [months for months in unpaid if months is not None]
    covered = len(set[str]().union(*known)) if len(known) == len(unpaid) else None
    return sum(owing for owing, _ in claims), covered


def _months(start: str, end: str) -> Iterator[str]:
    """YYYY-MM from the first to the last month, both counted; nothing without a start."""
    if not start:
        return
    year, month = int(start[:4]), int(start[5:7])
    last = end or start
    while f"{year:04d}-{month:02d}" <= last:
        yield f"{year:04d}-{month:02d}"
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def chain_of(sheet: CaseSheet) -> tuple[ChainLink, ...]:
    """The party chain of the project, in its order."""
    own = sheet.employer.id
    return tuple(
        ChainLink(line.party.role, line.employer.name, own=line.employer.id == own)
        for line in sheet.parties
    )
