"""The forms of the office as lists: what each kind is made with, its versions, older drafts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from inspector_app.domain.cases import Case
from inspector_app.domain.paper_values import dumps, loads
from inspector_app.domain.papers import Paper, PaperKind, PaperState
from inspector_app.domain.templates import Template
from inspector_app.errors import UserError
from inspector_app.ledger.views import View
from inspector_app.services.desk import Desk
from inspector_app.services.templates import (
    BACK_WORDS,
    NO_MORE,
    Forms,
    forms_of,
    is_older,
    known_kind,
    label_of,
)

GONE = "已停用，不再新拟"
SHIPPED, IN_FORCE, WAITING, REPLACED = "随程序", "现用", "待施行", "已替代"


@dataclass(frozen=True, slots=True)
class FormRow:
    """One kind in the list of forms."""

    id: str
    title: str
    version: str
    effective_from: date
    own: bool
    added: bool  # a kind the bureau has added
    waiting: tuple[tuple[str, date], ...]  # what comes, in words, and when
    problem: str
    drafts: int  # drafts of it that keep to another version


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version of a kind's form."""

    version: str
    effective_from: date
    state: str
    own: bool


def form_rows(desk: Desk) -> list[FormRow]:
    """Every kind with the form in force, by title."""
    with desk.ledger.read() as view:
        forms = forms_of(desk, view)
        counts = _older(forms, view)
    kinds = [kind for one in forms.ids() if (kind := forms.kind(one)) is not None]
    rows = [_row(forms, kind, counts.get(kind.id, 0)) for kind in kinds]
    return sorted(rows, key=lambda row: row.title)


def _row(forms: Forms, kind: PaperKind, drafts: int) -> FormRow:
    waiting = forms.waiting(kind.id)
    return FormRow(
        id=kind.id,
        title=kind.title,
        version=kind.version,
        effective_from=kind.effective_from,
        own=forms.in_force(kind.id) is not None,
        added=bool(kind.copy_of),
        waiting=tuple((label_of(one), one.effective_from) for one in waiting),
        problem=forms.problem(kind.id) if forms.is_offered(kind.id) else GONE,
        drafts=drafts,
    )


def _older(forms: Forms, view: View) -> dict[str, int]:
    counts: dict[str, int] = {}
    for paper in view.find(Paper, state=PaperState.DRAFT):
        if is_older(forms, paper):
            counts[paper.kind] = counts.get(paper.kind, 0) + 1
    return counts


def version_rows(desk: Desk, kind_id: str) -> list[VersionRow]:
    """Every version of a kind's form, the last one first, the shipped one at the end."""
    forms = forms_of(desk)
    shipped = known_kind(desk, kind_id)
    own = forms.own.get(kind_id, [])
    begun = [one for one in own if one.effective_from <= forms.today]
    rows = [
        VersionRow(label_of(one), one.effective_from, _state(forms, one, begun), own=True)
        for one in reversed(own)
    ]
    if not desk.library.kinds.is_shipped(kind_id):
        return rows
    state = SHIPPED if forms.in_force(kind_id) else f"{SHIPPED}，{IN_FORCE}"
    return [*rows, VersionRow(shipped.version, shipped.effective_from, state, own=False)]


def own_versions(desk: Desk, kind_id: str) -> tuple[VersionRow, ...]:
    """The bureau's own versions whose text can be looked at, the last one first."""
    return tuple(
        one
        for one in version_rows(desk, kind_id)
        if one.own and one.version not in (BACK_WORDS, NO_MORE)
    )


def _state(forms: Forms, one: Template, begun: Sequence[Template]) -> str:
    if one.effective_from > forms.today:
        return WAITING
    return IN_FORCE if one is begun[-1] else REPLACED


# ── drafts that keep to another version ──────────────────────────────────────────────────────────
@dataclass(frozen=True, slots=True)
class OlderDraft:
    """A draft begun with another version than the one in force."""

    id: str
    kind: str
    title: str
    version: str
    now: str
    case_no: str


def older_drafts(desk: Desk, kind_id: str = "") -> list[OlderDraft]:
    """Drafts, of one kind or of all, that keep to another version; the oldest first."""
    wanted: dict[str, object] = {"kind": kind_id} if kind_id else {}
    with desk.ledger.read() as view:
        forms = forms_of(desk, view)
        drafts = view.find(Paper, state=PaperState.DRAFT, **wanted)
        older = [one for one in drafts if is_older(forms, one)]
        cases = view.find_in(Case, "id", [one.case_id or "" for one in older])
        numbers = {case.id: case.case_no for case in cases}
    return [_draft(forms, one, numbers.get(one.case_id or "", "")) for one in older]


def _draft(forms: Forms, paper: Paper, case_no: str) -> OlderDraft:
    now = forms.kind(paper.kind)
    title, version = (now.title, now.version) if now else (paper.kind, "")
    return OlderDraft(paper.id, paper.kind, title, paper.form_version, version, case_no)


def update_draft(desk: Desk, paper_id: str) -> Paper:
    """Go over to the form in force; what the new form does not ask is left behind."""
    with desk.work("文书草稿改用新格式") as uow:
        paper = uow.get(Paper, paper_id)
        forms = forms_of(desk, uow)
        now = forms.kind(paper.kind)
        if paper.state is not PaperState.DRAFT or now is None:
            raise UserError("只有草稿可以改用新格式。", kind="state")
        if paper.number:
            told = f"{paper.number}已经预留，草稿保持原来的格式；要改用新格式请删除后重做。"
            raise UserError(told, kind="state")
        values = dumps(loads(paper.values, now), now)
        changed = replace(paper, form_version=now.version, values=values)
        uow.save(changed)
        uow.commit()
    return changed
