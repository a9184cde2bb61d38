"""What the paper page reads of a paper in one go, and values between form and ledger."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from inspector_app.domain.office import Inspector
from inspector_app.domain.paper_reuse import Earlier
from inspector_app.domain.papers import (
    Field,
    FieldType,
    InspectorRef,
    PaperKind,
    PaperState,
    TableRow,
    Value,
    Values,
)
from inspector_app.services.approvals import Approval
from inspector_app.services.desk import Desk
from inspector_app.services.issuing import pdf
from inspector_app.services.joint_parties import joint_candidates
from inspector_app.services.paper_form import OlderForm, older_form
from inspector_app.services.paper_life import approval_now
from inspector_app.services.paper_reuse import earlier_papers
from inspector_app.services.papers import DraftSheet, PaperRow, complete, draft_sheet, paper_list
from inspector_app.services.settings import inspectors

SHORT = 24  # characters that fit half of the panel


@dataclass(frozen=True, slots=True)
class PaperNews:
    """A paper as the ledger has it now; `plain` is what the ledger alone would fill in."""

    sheet: DraftSheet
    plain: Values
    row: PaperRow | None
    people: tuple[Inspector, ...]
    page: bytes | None  # the stored page of an issued or void paper, or of a text edited outside
    approval: Approval | None = None  # of a draft whose kind wants one
    earlier: tuple[Earlier, ...] = ()  # issued papers of its case, for a draft
    others: tuple[TableRow, ...] = ()  # units that may be further parties, as rows of the field
    older: OlderForm | None = None  # a draft made with another form than the one in force

    def is_draft(self) -> bool:
        """Whether it can still be changed."""
        return self.sheet.paper.state is PaperState.DRAFT


def read_paper(desk: Desk, paper_id: str) -> PaperNews:
    """Everything the page shows of a paper; runs on the worker."""
    sheet = draft_sheet(desk, paper_id)
    paper = sheet.paper
    draft = paper.state is PaperState.DRAFT
    rows = paper_list(desk, case_id=paper.case_id) if paper.case_id else paper_list(desk)
    return PaperNews(
        sheet=sheet,
        plain=complete(desk, sheet.kind, {}, paper.case_id, paper.inspection_id) if draft else {},
        row=next((row for row in rows if row.id == paper_id), None),
        people=tuple(inspectors(desk)),
        page=None if draft and not paper.sha256 else pdf(desk, paper_id),
        approval=approval_now(desk, sheet) if draft else None,
        earlier=earlier_papers(desk, paper),
        others=joint_candidates(desk, paper, sheet.kind) if draft else (),
        older=older_form(desk, paper),
    )


def form_values(kind: PaperKind, shown: Mapping[str, object], plain: Values) -> Values:
    """What stands in the form as the paper's values: an empty line where the ledger has nothing
    either is nothing, not an empty text that was typed."""
    values: Values = {}
    for field in kind.fields:
        value = shown.get(field.id)
        if value == "" and not plain.get(field.id):
            value = None
        # Each form field gives the type its kind of field wants; see forms/build.
        values[field.id] = cast("Value", value)
    return values


def same(one: object, other: object) -> bool:
    """Whether two values mean the same: nothing is nothing, however it is written."""
    empty = (None, "", ())
    return one == other or (one in empty and other in empty)


def from_ledger(kind: PaperKind, plain: Values) -> dict[str, str]:
    """Fields that fill themselves in, in the order of the form, and from where: 台账 or 设置."""
    drawn = [field for field in kind.fields if field.default and field.default[0] != "="]
    return {
        field.id: "设置" if field.default.startswith(("bureau.", "setting.")) else "台账"
        for field in drawn
        if plain.get(field.id) not in (None, "", ())
    }


def is_short(field: Field, value: object) -> bool:
    """Whether a value takes little room: a date, a number, a name; an amount has its 大写."""
    if field.type is FieldType.MONEY:
        return False
    return isinstance(value, date | int | InspectorRef) or len(str(value or "")) <= SHORT
