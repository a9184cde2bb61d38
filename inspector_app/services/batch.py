"""Several papers at once: bound into one file, issued one after another, a meeting of many."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from inspector_app.domain.binder import PROOF, FileItem, in_order
from inspector_app.domain.cases import Case
from inspector_app.domain.paper_values import dumps
from inspector_app.domain.papers import Paper, PaperState, Value, Values
from inspector_app.domain.parties import Employer
from inspector_app.errors import OutsideError, UserError
from inspector_app.ledger.ids import new_id
from inspector_app.ledger.rows import Rows
from inspector_app.papers.binding import Bound, BoundPart, bind
from inspector_app.papers.copies import even
from inspector_app.services.case_file import PDF, served_paper
from inspector_app.services.desk import Desk
from inspector_app.services.issuing import issue, pdf
from inspector_app.services.looks import WAITS
from inspector_app.services.number_stock import require
from inspector_app.services.numbers import paper_series
from inspector_app.services.papers import kind_of, kind_of_paper
from inspector_app.sync.numbers.number_line import Series

MEETING = "interview_notice"
Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Stopped:
    """A paper that a batch did not issue, and why."""

    paper_id: str
    title: str
    party: str
    message: str
    field: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Issued:
    """What a batch issued, in order; `stopped` names the first that could not be.

    `passed_over`: papers of cases in which something waits for somebody (see services.looks).
    """

    papers: tuple[Paper, ...]
    stopped: Stopped | None = None
    cancelled: bool = False
    passed_over: tuple[Stopped, ...] = ()


# ── one file ─────────────────────────────────────────────────────────────────────────────────
def filing_order(desk: Desk, paper_ids: Iterable[str]) -> list[Paper]:
    """The papers by case, each case in the order of its file: 正卷 first, then 副卷."""
    with desk.ledger.read() as view:
        papers = view.find_in(Paper, "id", paper_ids)
        cases = {one.id: one.case_no for one in view.find_in(Case, "id", _cases(papers))}
    by_case: dict[str, list[Paper]] = {}
    for paper in papers:
        by_case.setdefault(paper.case_id or "", []).append(paper)
    found: list[Paper] = []
    for case_id in sorted(
        by_case, key=lambda one: (not one, len(cases.get(one, "")), cases.get(one, ""))
    ):
        found += _in_order(desk, by_case[case_id])
    return found


def _cases(papers: Iterable[Paper]) -> set[str]:
    return {paper.case_id for paper in papers if paper.case_id}


def _in_order(desk: Desk, papers: Sequence[Paper]) -> list[Paper]:
    """The papers of one case in the order they are filed in."""
    known = {paper.id: paper for paper in papers}
    numbers = {paper.number: paper.id for paper in papers if paper.number}
    items = [_item(desk, paper, numbers) for paper in papers]
    parts = desk.library.file_parts
    placed = [item.id for part in parts for item in in_order(part, parts, items)]
    return [known[one] for one in dict.fromkeys([*placed, *known])]


def _item(desk: Desk, paper: Paper, numbers: dict[str, str]) -> FileItem:
    kind = kind_of_paper(desk, paper)
    return FileItem(
        id=paper.id,
        kind=paper.kind,
        title=kind.title,
        number=paper.number,
        maker="",
        on=paper.issued_on or desk.today(),
        sha256=paper.sha256,
        media_type=PDF,
        follows=served_paper(paper, kind, numbers) if paper.kind == PROOF else "",
    )


def bundle(
    desk: Desk,
    paper_ids: Sequence[str],
    *,
    both_sides: bool = False,
    mark: str = "",
    progress: Progress | None = None,
) -> Bound:
    """The papers in filing order as one PDF with bookmarks; drafts bear their mark.

    `both_sides`: each paper begins on a sheet of its own when printed on both sides.
    """
    papers = filing_order(desk, paper_ids)
    if not papers:
        raise UserError("请选择文书。", field="papers")
    parts = []
    for done, paper in enumerate(papers, 1):
        page = pdf(desk, paper.id, mark=mark)
        title = f"{kind_of_paper(desk, paper).title}　{paper.number}".strip()
        parts.append(BoundPart(title, even(page) if both_sides else page, numbered=False))
        if progress:
            progress(done, len(papers))
    return bind(parts, desk.fonts())


def export_bundle(
    desk: Desk, paper_ids: Sequence[str], path: Path, *, both_sides: bool = False
) -> Bound:
    """Write the papers where the user asked, as one file."""
    made = bundle(desk, paper_ids, both_sides=both_sides)
    try:
        path.write_bytes(made.pdf)
    except OSError as error:
        raise OutsideError(f"文件“{path.name}”没有写成：{error.strerror}。") from error
    return made


# ── issuing many ─────────────────────────────────────────────────────────────────────────────
def issue_all(
    desk: Desk,
    paper_ids: Sequence[str],
    progress: Progress | None = None,
    cancelled: Cancelled = lambda: False,
    *,
    despite_disputes: bool = False,
) -> Issued:
    """Issue drafts one after another, each in its own transaction; stop at the first bad one.

    What was issued before stays issued: a number once taken is not given back. A case in which
    something waits for somebody is passed over, the others go on.
    """
    done: list[Paper] = []
    over: list[Stopped] = []
    wanted = list(dict.fromkeys(paper_ids))
    _require_numbers(desk, wanted)
    for paper_id in wanted:
        if cancelled():
            return Issued(tuple(done), cancelled=True, passed_over=tuple(over))
        try:
            done.append(issue(desk, paper_id, despite_disputes=despite_disputes))
        except UserError as error:
            told = _stopped(desk, paper_id, error)
            if error.kind not in WAITS:
                return Issued(tuple(done), told, passed_over=tuple(over))
            over.append(told)
        if progress:
            progress(len(done) + len(over), len(wanted))
    return Issued(tuple(done), passed_over=tuple(over))


def _require_numbers(desk: Desk, paper_ids: Sequence[str]) -> None:
    """All numbers must be here before the first is taken: fetched at once, not one by one."""
    needs: Counter[Series] = Counter()
    with desk.ledger.read() as view:
        for paper in view.find_in(Paper, "id", paper_ids):
            draft = paper.state is PaperState.DRAFT
            series = paper_series(desk, view, kind_of_paper(desk, paper), paper) if draft else None
            if series is not None:
                needs[series] += 1
    require(desk, needs)


def _stopped(desk: Desk, paper_id: str, error: UserError) -> Stopped:
    with desk.ledger.read() as view:
        paper = view.peek(Paper, paper_id)
        case = view.peek(Case, paper.case_id) if paper and paper.case_id else None
        unit = view.get(Employer, case.employer_id).name if case else ""
    title = kind_of_paper(desk, paper).title if paper else "文书"
    return Stopped(paper_id, title, unit, error.message, error.field, error.kind)


# ── 集中约谈 ─────────────────────────────────────────────────────────────────────────────────
def cases_of_parties(desk: Desk, employer_ids: Sequence[str]) -> list[Case]:
    """The open case of each employer, the latest where there are several; UserError names those
    without one: a notice belongs to a case."""
    with desk.ledger.read() as view:
        found = [_open_case(view, one) for one in dict.fromkeys(employer_ids)]
        names = {one.id: one.name for one in view.find_in(Employer, "id", employer_ids)}
    without = [
        names[one]
        for one, case in zip(dict.fromkeys(employer_ids), found, strict=True)
        if case is None
    ]
    if without:
        shown = "、".join(without[:5]) + (f"等 {len(without)} 家" if len(without) > 5 else "")
        message = f"{shown}没有在办的案件，请先登记案件再约谈。"
        raise UserError(message, field="employers")
    return [case for case in found if case is not None]


def _open_case(view: Rows, employer_id: str) -> Case | None:
    own = [case for case in view.find(Case, employer_id=employer_id) if not case.stage.ended]
    return max(own, key=lambda case: (case.received_on, case.id), default=None)


def draft_meeting(
    desk: Desk, case_ids: Sequence[str], common: Mapping[str, Value], kind_id: str = MEETING
) -> list[Paper]:
    """One draft for each party, all with the same time and place, entered as one action.

    A unit with several of the cases is called once, in the first of them. What the ledger knows
    of each party (its name, what is owed) shows through as in any draft.
    """
    kind = kind_of(desk, kind_id)
    if not case_ids:
        raise UserError("请选择要约谈的单位。", field="cases")
    said: Values = {key: value for key, value in common.items() if value not in (None, "", ())}
    values = dumps(said, kind)
    with desk.work(f"集中约谈：起草{kind.title}") as uow:
        cases = [uow.get(Case, case_id) for case_id in dict.fromkeys(case_ids)]
        parties = {case.employer_id: case for case in reversed(cases)}
        papers = [
            Paper(new_id(), case.id, kind.id, kind.version, PaperState.DRAFT, values)
            for case in cases
            if parties[case.employer_id] is case
        ]
        uow.add_all(papers)
        uow.commit()
    return papers
