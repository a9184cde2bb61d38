"""Copies beside the one on file: a decision for the public, a blank one to write on by hand."""

import re
from pathlib import Path

from inspector_app.domain.cases import Case
from inspector_app.domain.claims import Worker, WorkerPrivate
from inspector_app.domain.clues import Clue, CluePerson
from inspector_app.domain.paper_values import loads
from inspector_app.domain.papers import Paper, PaperKind, PaperState
from inspector_app.domain.parties import Employer, Project, ProjectParty
from inspector_app.errors import OutsideError, UserError
from inspector_app.ledger.views import View
from inspector_app.papers.blank import blank_context, blank_form
from inspector_app.papers.context import RenderedPaper
from inspector_app.papers.redaction import Secrets, public_context, redacted
from inspector_app.papers.render import render
from inspector_app.services.desk import Desk
from inspector_app.services.papers import context, kind_of, kind_of_paper
from inspector_app.services.settings import all_settings

# 处罚法 48, 令45 9, 令29: decisions are what may have to be published.
PUBLISHED = frozenset({
    "penalty_decision", "summary_penalty_decision", "no_penalty_decision", "handling_decision",
    "list_decision",
})  # fmt: skip


def public_copy(desk: Desk, paper_id: str, *, any_kind: bool = False) -> RenderedPaper:
    """The copy without persons of an issued decision; `any_kind`: of any paper that has to be.

    It is set with the form it was issued with and the office as it is now: only what was issued
    is evidence.
    """
    with desk.ledger.read() as view:
        paper = view.get(Paper, paper_id)
        secrets = _secrets(view, paper)
    kind = kind_of_paper(desk, paper)
    if paper.state is not PaperState.ISSUED:
        raise UserError(f"只有已制发、没有作废的{kind.title}才有公开版。", kind="state")
    if kind.id not in PUBLISHED and not any_kind:
        message = f"{kind.title}一般不公开；确需公开的另行选择（--any）。"
        raise UserError(message, field="any", kind="not_public")
    shown, values = redacted(kind, loads(paper.values, kind), secrets)
    ctx = public_context(context(desk, number=paper.number, on=paper.issued_on))
    return render(shown, values, ctx, desk.fonts())


def export_public(desk: Desk, paper_id: str, path: Path, *, any_kind: bool = False) -> Path:
    """Write the copy where the user asked."""
    return _written(path, public_copy(desk, paper_id, any_kind=any_kind))


def blank_copy(desk: Desk, kind_id: str) -> RenderedPaper:
    """A kind with nothing filled in; no number is taken, there is room to write one."""
    kind = kind_of(desk, kind_id)
    form, values = blank_form(kind)
    ctx = blank_context(context(desk), _blank_number(desk, kind))
    return render(form, values, ctx, desk.fonts())


def export_blank(desk: Desk, kind_id: str, path: Path) -> Path:
    """Write the blank paper where the user asked."""
    return _written(path, blank_copy(desk, kind_id))


def _blank_number(desk: Desk, kind: PaperKind) -> str:
    """平人社监令字〔____〕第____号; nothing for kinds without a number."""
    if not kind.series:
        return ""
    settings = all_settings(desk)
    known = {
        "机关": settings["org_char"],
        "监察": settings["watch_char"],
        "文种": kind.series_char,
    }
    pattern = settings["paper_number_template"]
    return re.sub(r"\{(\w+)(?::\d)?\}", lambda mark: known.get(mark[1], "____"), pattern)


def _written(path: Path, page: RenderedPaper) -> Path:
    try:
        path.write_bytes(page.pdf)
    except OSError as error:
        raise OutsideError(f"文件“{path.name}”没有写成：{error.strerror}。") from error
    return path


def _secrets(view: View, paper: Paper) -> Secrets:
    """Everybody the ledger knows in the case: workers, who reported, contacts of units."""
    case = view.get(Case, paper.case_id) if paper.case_id else None
    if case is None:
        return Secrets()
    own = view.find(WorkerPrivate, case_id=case.id)
    clues = [clue.id for clue in view.find(Clue, case_id=case.id)]
    people = view.find_in(CluePerson, "clue_id", clues)
    chain = view.find(ProjectParty, project_id=case.project_id) if case.project_id else []
    unit = view.get(Employer, case.employer_id)
    project = view.get(Project, case.project_id).name if case.project_id else ""
    names = [one.name for one in view.find(Worker, case_id=case.id)]
    names += [one.name for one in people] + [one.contact for one in chain]
    numbers = [text for one in own for text in (one.id_number, one.phone, one.bank_card)]
    numbers += [text for one in people for text in (one.id_number, one.phone)]
    numbers += [unit.phone, *(one.phone for one in chain)]
    places = [one.address for one in people]
    return Secrets.of(names, numbers, places, keep=(unit.name, project, unit.legal_person))
