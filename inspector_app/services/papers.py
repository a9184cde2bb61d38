"""Papers as drafts: filled from the ledger, saved by themselves, checked before a number."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from inspector_app.domain.cases import Case
from inspector_app.domain.paper_checks import check
from inspector_app.domain.paper_reuse import hints
from inspector_app.domain.paper_values import dumps, loads
from inspector_app.domain.papers import (
    FieldType,
    InspectorRef,
    Paper,
    PaperKind,
    PaperProblem,
    PaperState,
    Service,
    Value,
    Values,
)
from inspector_app.domain.parties import Employer
from inspector_app.domain.serving import Deliveries, by_paper, served_on
from inspector_app.errors import UserError
from inspector_app.ledger.ids import new_id
from inspector_app.ledger.unit import UnitOfWork
from inspector_app.ledger.views import View
from inspector_app.papers.context import PaperContext, RenderedPaper
from inspector_app.papers.qr import PLACE
from inspector_app.papers.render import render
from inspector_app.services.approvals import approval_of, by_handler, unapproved
from inspector_app.services.clocks import deadline_of
from inspector_app.services.desk import Desk
from inspector_app.services.facts import case_facts
from inspector_app.services.leaks import leaks, reporters
from inspector_app.services.list_warnings import list_warnings
from inspector_app.services.numbers import release
from inspector_app.services.office_gaps import office_gaps
from inspector_app.services.paper_guards import guard_problems, paper_refusals
from inspector_app.services.paper_reuse import reuses
from inspector_app.services.rules import office_rules
from inspector_app.services.settings import all_settings, get
from inspector_app.services.templates import Forms, forms_of
from inspector_app.services.unverified import unverified


@dataclass(frozen=True, slots=True)
class DraftSheet:
    """A draft with the values it would be printed with.

    `values` is what the ledger knows now, overlaid by what was typed; `typed` names the latter.
    """

    paper: Paper
    kind: PaperKind
    values: Values
    typed: frozenset[str]
    problems: tuple[PaperProblem, ...]
    case: Case | None


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A row of the paper register."""

    id: str
    kind: str
    title: str
    number: str
    state: PaperState
    case_id: str | None
    case_no: str
    employer: str
    issued_on: date | None
    served_on: date | None
    deadline: date | None
    sha256: str
    void_reason: str
    internal: bool  # stays in the file, is not served
    deliveries: Deliveries = ()  # of a paper that is no draft, one for each party


def kinds(desk: Desk) -> list[PaperKind]:
    """Kinds of paper that can be made, each with the form in force, by title."""
    return sorted(forms_of(desk).kinds(), key=lambda kind: kind.title)


def kind_of(desk: Desk, kind_id: str, version: str = "") -> PaperKind:
    """The kind of that id with the form in force, or with the version a paper was made with.

    UserError names the known kinds.
    """
    kind = forms_of(desk).kind(kind_id, version)
    if kind is None:
        known = "、".join(f"{one.id}（{one.title}）" for one in kinds(desk))
        raise UserError(f"没有“{kind_id}”这种文书。可用：{known}。", field="kind")
    return kind


def kind_of_paper(desk: Desk, paper: Paper) -> PaperKind:
    """The kind of a paper with the version of the form it was begun or made with."""
    return kind_of(desk, paper.kind, paper.form_version)


def start_draft(
    desk: Desk,
    case_id: str | None,
    kind_id: str,
    *,
    inspection_id: str | None = None,
    extra: Mapping[str, Value] | None = None,
) -> Paper:
    """Begin a paper; nothing is copied: the ledger's facts show through until typed over."""
    kind = kind_of(desk, kind_id)
    paper = Paper(
        id=new_id(),
        case_id=case_id,
        kind=kind.id,
        form_version=kind.version,
        state=PaperState.DRAFT,
        values=dumps(dict(extra or {}), kind),
        inspection_id=inspection_id,
    )
    with desk.work(f"起草{kind.title}") as uow:
        if case_id:
            uow.get(Case, case_id)
        uow.add(paper)
        uow.commit()
    return paper


def draft_sheet(desk: Desk, paper_id: str) -> DraftSheet:
    """A paper with the values it holds (issued) or would be printed with (draft)."""
    with desk.ledger.read() as view:
        paper = view.get(Paper, paper_id)
        case = view.get(Case, paper.case_id) if paper.case_id else None
    kind = kind_of_paper(desk, paper)
    own = loads(paper.values, kind)
    if paper.state is not PaperState.DRAFT:
        return DraftSheet(paper, kind, own, frozenset(own), (), case)
    values = complete(desk, kind, own, paper.case_id, paper.inspection_id)
    open_points = _open_points(desk, paper, kind, values)
    return DraftSheet(paper, kind, values, frozenset(own), open_points, case)


def _open_points(
    desk: Desk, paper: Paper, kind: PaperKind, values: Values
) -> tuple[PaperProblem, ...]:
    """What is wrong with the words, the approval they lack, what earlier papers say otherwise."""
    found = problems(desk, kind, values, paper.case_id)
    with desk.ledger.read() as view:
        approval = approval_of(view, paper, kind, values)
        against = paper_refusals(desk, view, paper.case_id, kind, values, desk.today())
        approved = (*unapproved(kind, approval), *by_handler(view, paper, approval))
    guarded = guard_problems(against, kind, approval)
    before = hints(reuses(desk, paper, kind, values), values)
    return (*found, *guarded, *approved, *before)


def complete(
    desk: Desk, kind: PaperKind, own: Values, case_id: str | None, inspection_id: str | None = None
) -> Values:
    """All values of a paper: typed ones first, else the form's default drawn from the ledger."""
    facts = case_facts(desk, case_id, inspection_id)
    values: Values = {}
    for field in kind.fields:
        if field.id in own:
            values[field.id] = own[field.id]
        elif field.default.startswith("="):
            values[field.id] = field.default[1:]
        elif field.default:
            values[field.id] = _typed(facts[field.default], field.type)
        else:
            values[field.id] = () if field.type in {FieldType.TICKS, FieldType.TABLE} else None
    return values


def _typed(value: Value, wanted: FieldType) -> Value:
    """A fact as the field's type wants it: a count becomes text in a line of text."""
    if wanted in {FieldType.LINE, FieldType.TEXT} and isinstance(value, int):
        return str(value)
    return value if value != "" else None


def problems(
    desk: Desk, kind: PaperKind, values: Values, case_id: str | None
) -> tuple[PaperProblem, ...]:
    """What keeps this paper from being issued, characters without a glyph included."""
    missing = desk.fonts().missing("".join(_texts(values)))
    found = check(
        kind,
        values,
        today=desk.today(),
        calendar=office_rules(desk).calendar,
        missing_glyphs=missing,
    )
    hidden = leaks(kind, values, reporters(desk, case_id))
    blank = office_gaps(desk, kind, values, context(desk))
    doubtful = list_warnings(desk, kind, values, case_id)
    return (*found, *hidden, *unverified(desk, kind, values), *blank, *doubtful)


def _texts(values: Values) -> Iterator[str]:
    """Every text a person typed or a workbook brought: where an odd character can come from."""
    for value in values.values():
        if isinstance(value, str):
            yield value
        elif isinstance(value, InspectorRef):
            yield value.name
        elif isinstance(value, tuple):
            for part in value:
                yield part if isinstance(part, str) else "".join(part.values())


def save_draft(desk: Desk, paper_id: str, typed: Values) -> tuple[PaperProblem, ...]:
    """Store what was typed; a value equal to the ledger's own is not stored a second time."""
    with desk.ledger.read() as view:
        paper = _draft(view, paper_id)
    kind = kind_of_paper(desk, paper)
    plain = complete(desk, kind, {}, paper.case_id, paper.inspection_id)
    own = {key: value for key, value in typed.items() if value != plain.get(key)}
    text = dumps(own, kind)
    if text != paper.values:
        with desk.work(f"修改{kind.title}草稿") as uow:
            uow.save(replace(_draft(uow, paper_id), values=text))
            uow.commit()
    return _open_points(desk, paper, kind, plain | own)


def discard_draft(desk: Desk, paper_id: str) -> None:
    """Throw a draft away; issued papers are voided instead."""
    with desk.work("删除文书草稿") as uow:
        uow.remove(_draft(uow, paper_id))
        release(uow, paper_id)
        uow.commit()


def _draft(view: View | UnitOfWork, paper_id: str) -> Paper:
    paper = view.get(Paper, paper_id)
    if paper.state is not PaperState.DRAFT:
        raise UserError(f"文书{paper.number}已制发，不能再改；需要更正请作废后重做。", kind="state")
    return paper


def context(desk: Desk, *, number: str = "", on: date | None = None) -> PaperContext:
    """The bureau's part of a paper."""
    settings = all_settings(desk)
    return PaperContext(
        bureau=settings["bureau_name"],
        number=number,
        issue_date=on or desk.today(),
        address=settings["address"],
        postcode=settings["postcode"],
        phone=settings["phone"],
        contact=settings["contact"],
        court=settings["court"],
        review_body=settings["review_body"],
        settings={k: v for k, v in settings.items() if not k.endswith("_template")},
        demo=desk.demo,
    )


def code_wanted(desk: Desk) -> bool:
    """Whether the bureau wants a code at the foot of numbered papers."""
    return get(desk, "paper_qr") == "是"


def preview(
    desk: Desk, kind_id: str, values: Values, number: str = "", version: str = ""
) -> RenderedPaper:
    """The page as it would be filed, with the faint marks of a draft."""
    return draft_page(desk, kind_of(desk, kind_id, version), values, number)


def draft_page(desk: Desk, kind: PaperKind, values: Values, number: str = "") -> RenderedPaper:
    """The page of a form that is at hand, with the faint marks of a draft."""
    place = PLACE if kind.series and code_wanted(desk) else ""
    ctx = replace(context(desk, number=number), draft=True, code=place)
    return render(kind, values, ctx, desk.fonts())


def paper_list(
    desk: Desk, *, state: PaperState | None = None, case_id: str | None = None
) -> list[PaperRow]:
    """The paper register, drafts first, then the newest numbers."""
    wanted: dict[str, object] = {"state": state} if state else {}
    if case_id:
        wanted |= {"case_id": case_id}
    with desk.ledger.read() as view:
        papers = view.find(Paper, **wanted)
        cases = {c.id: c for c in view.find_in(Case, "id", {p.case_id or "" for p in papers})}
        units = {
            u.id: u.name
            for u in view.find_in(Employer, "id", {c.employer_id for c in cases.values()})
        }
        served = by_paper(papers, view.find_in(Service, "case_id", list(cases)))
        forms = forms_of(desk, view)
    rows = [_row(desk, forms, paper, cases, units, served) for paper in papers]
    rows.sort(key=lambda row: (row.issued_on or date.min, row.number), reverse=True)
    return sorted(rows, key=lambda row: row.state is not PaperState.DRAFT)


def _row(
    desk: Desk,
    forms: Forms,
    paper: Paper,
    cases: Mapping[str, Case],
    units: Mapping[str, str],
    served: Mapping[str, Deliveries],
) -> PaperRow:
    kind = forms.of_paper(paper)
    case = cases.get(paper.case_id or "")
    return PaperRow(
        id=paper.id,
        kind=paper.kind,
        title=kind.title,
        number=paper.number,
        state=paper.state,
        case_id=paper.case_id,
        case_no=case.case_no if case else "",
        employer=units.get(case.employer_id, "") if case else "",
        issued_on=paper.issued_on,
        served_on=served_on(served.get(paper.id, ())),
        deadline=deadline_of(desk, paper),
        sha256="" if paper.state is PaperState.DRAFT else paper.sha256,
        void_reason=paper.void_reason,
        internal=not kind.served,
        deliveries=served.get(paper.id, ()),
    )
