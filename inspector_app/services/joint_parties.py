"""Further parties of a paper: units of the project's chain, or named from the ledger."""

from collections.abc import Sequence

from inspector_app.domain.cases import Case
from inspector_app.domain.paper_joint import JOINT, joint_rows
from inspector_app.domain.papers import Column, Paper, PaperKind, TableRow, Values
from inspector_app.domain.parties import Employer, ProjectParty
from inspector_app.errors import UserError
from inspector_app.services.desk import Desk


def joint_candidates(desk: Desk, paper: Paper, kind: PaperKind) -> tuple[TableRow, ...]:
    """The other units on the project of a case as rows of the field; none where a kind has none."""
    columns = _columns(kind)
    if not columns or paper.case_id is None:
        return ()
    with desk.ledger.read() as view:
        case = view.get(Case, paper.case_id)
        chain = view.find(ProjectParty, project_id=case.project_id) if case.project_id else []
        ids = [one.employer_id for one in sorted(chain, key=lambda one: one.order)]
        units = {one.id: one for one in view.find_in(Employer, "id", ids)}
    others = [units[one] for one in dict.fromkeys(ids) if one != case.employer_id]
    return tuple(_row(columns, unit) for unit in others)


def with_parties(desk: Desk, kind: PaperKind, values: Values, names: Sequence[str]) -> Values:
    """The values with these units, known by name or credit code, as further parties."""
    if not names:
        return values
    columns = _columns(kind)
    if not columns:
        raise UserError(f"{kind.title}只写一个当事人，其余的另做一份。", field=JOINT)
    have = joint_rows(values.get(JOINT))
    made = tuple(_row(columns, _unit(desk, name.strip())) for name in names)
    return values | {JOINT: (*have, *made)}


def _columns(kind: PaperKind) -> tuple[Column, ...]:
    return next((field.columns for field in kind.fields if field.id == JOINT), ())


def _unit(desk: Desk, name: str) -> Employer:
    with desk.ledger.read() as view:
        found = view.find(Employer, name=name) or view.find(Employer, credit_code=name.upper())
    if not name or not found:
        raise UserError(f"台账里没有“{name}”这个单位，请先登记单位。", field=JOINT)
    return found[0]


def _row(columns: Sequence[Column], unit: Employer) -> TableRow:
    known = {
        "name": unit.name,
        "code": unit.credit_code,
        "person": unit.legal_person,
        "address": unit.address,
    }
    return {one.id: known.get(one.id, "") for one in columns}
