"""Employers and projects: found again by code or name, never entered twice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from inspector_app.domain.credit_code import check_credit_code
from inspector_app.domain.parties import Employer, PartyRole, Project, ProjectParty
from inspector_app.errors import UserError
from inspector_app.ledger.ids import name_key, natural_id, new_id
from inspector_app.ledger.unit import UnitOfWork
from inspector_app.ledger.views import CaseQuery, CaseRow, EmployerRow, ProjectRow
from inspector_app.services.desk import Desk


@dataclass(frozen=True, slots=True)
class PartyLine:
    """One unit of a project with its part."""

    party: ProjectParty
    employer: Employer


@dataclass(frozen=True, slots=True)
class EmployerSheet:
    """An employer with everything it is part of; `code_problem` is a sentence or empty."""

    employer: Employer
    code_problem: str
    projects: tuple[tuple[Project, PartyRole], ...]
    cases: tuple[CaseRow, ...]


@dataclass(frozen=True, slots=True)
class ProjectSheet:
    """A project with its party chain and cases."""

    project: Project
    parties: tuple[PartyLine, ...]
    cases: tuple[CaseRow, ...]


def employers(desk: Desk, text: str = "", limit: int = 500) -> list[EmployerRow]:
    """Employers whose name, code or pinyin initials match, by name."""
    with desk.ledger.read() as view:
        return view.employer_rows(text, limit=limit)


def projects(desk: Desk, text: str = "", limit: int = 500) -> list[ProjectRow]:
    """Projects whose name or pinyin initials match, by name."""
    with desk.ledger.read() as view:
        return view.project_rows(text, limit=limit)


def save_employer(desk: Desk, unit: Employer) -> Employer:
    """Add or change an employer; a name or code that another one bears is refused."""
    unit = replace(unit, name=unit.name.strip(), credit_code=unit.credit_code.strip().upper())
    if not unit.name:
        raise UserError("请填写单位名称。", field="name")
    with desk.work("修改单位" if unit.id else "登记单位") as uow:
        _refuse_twin(uow, unit)
        saved = _put(uow, desk, unit)
        uow.commit()
    return saved


def _put(uow: UnitOfWork, desk: Desk, unit: Employer) -> Employer:
    if unit.id:
        uow.save(unit)
        return unit
    made = replace(
        unit,
        id=new_employer_id(desk, uow, unit.name, unit.credit_code),
        scope=desk.city,
        city=desk.city,
    )
    uow.add(made)
    return made


def new_employer_id(desk: Desk, uow: UnitOfWork, name: str, code: str) -> str:
    """The id of a new employer: by its code, without one by its name."""
    key = ("code", name_key(code)) if code else ("name", name_key(name))
    return natural_id(uow, Employer, desk.city, *key)


def new_project_id(desk: Desk, uow: UnitOfWork, name: str) -> str:
    """The id of a new project: by its name."""
    return natural_id(uow, Project, desk.city, name_key(name))


def _refuse_twin(uow: UnitOfWork, unit: Employer) -> None:
    before, code = uow.peek(Employer, unit.id) if unit.id else None, unit.credit_code
    if code and (before is None or before.credit_code != code):
        twin = _other(unit, uow.find(Employer, credit_code=code))
        if twin:
            raise UserError(f"信用代码 {code} 已登记在“{twin.name}”名下。", field="credit_code")
    if before and before.name == unit.name and (code or not before.credit_code):
        return  # two PCs may have registered it before they met: both rows stay changeable
    alike = [one for one in uow.find(Employer, name=unit.name) if not (one.credit_code and code)]
    if _other(unit, alike):
        raise UserError(f"“{unit.name}”已经登记过，请直接使用。", field="name")


def _other(unit: Employer, found: Iterable[Employer]) -> Employer | None:
    return next((one for one in found if one.id != unit.id), None)


def find_or_make_employer(
    desk: Desk, uow: UnitOfWork, name: str, credit_code: str = "", address: str = ""
) -> Employer:
    """The employer of that code, else of that name, else a new one; blanks are filled in."""
    name, code = name.strip(), credit_code.strip().upper()
    if not name:
        raise UserError("请填写用人单位名称。", field="employer")
    unit = uow.first(Employer, credit_code=code) if code else None
    if unit is None:
        same_name = uow.find(Employer, name=name)
        unit = next((one for one in same_name if not code or not one.credit_code), None)
    if unit is None:
        return _put(uow, desk, Employer("", name, desk.city, desk.city, code, address=address))
    better = replace(
        unit,
        credit_code=unit.credit_code or code,
        address=unit.address or address,
    )
    if better != unit:
        uow.save(better)
    return better


def find_or_make_project(
    desk: Desk, uow: UnitOfWork, name: str, county: str = ""
) -> Project | None:
    """The project of that name or a new one; None without a name."""
    name = name.strip()
    if not name:
        return None
    found = uow.first(Project, name=name)
    if found is None:
        made = new_project_id(desk, uow, name)
        found = Project(made, name, desk.city, desk.city, county=county)
        uow.add(found)
    return found


def save_project(desk: Desk, project: Project, parties: Sequence[ProjectParty]) -> Project:
    """Add or change a project and its whole party chain."""
    project = replace(project, name=project.name.strip())
    if not project.name:
        raise UserError("请填写项目名称。", field="name")
    if project.starts_on and project.ends_on and project.ends_on < project.starts_on:
        raise UserError("竣工日期不能早于开工日期。", field="ends_on")
    with desk.work("修改项目" if project.id else "登记项目") as uow:
        before = uow.peek(Project, project.id) if project.id else None
        if not (before and before.name == project.name) and uow.first(Project, name=project.name):
            raise UserError(f"项目“{project.name}”已经登记过，请直接使用。", field="name")
        if project.id:
            uow.save(project)
        else:
            made = new_project_id(desk, uow, project.name)
            project = replace(project, id=made, scope=desk.city, city=desk.city)
            uow.add(project)
        _put_chain(uow, project.id, parties)
        uow.commit()
    return project


def _put_chain(uow: UnitOfWork, project_id: str, parties: Sequence[ProjectParty]) -> None:
    before = {party.id: party for party in uow.find(ProjectParty, project_id=project_id)}
    for order, party in enumerate(parties):
        wanted = replace(party, project_id=project_id, order=order)
        old = before.pop(party.id, None)
        if old is None:
            uow.add(replace(wanted, id=new_id()))
        elif old != wanted:
            uow.save(wanted)
    for gone in before.values():
        uow.remove(gone)


def employer_sheet(desk: Desk, employer_id: str) -> EmployerSheet:
    """Everything the ledger knows of one employer."""
    with desk.ledger.read() as view:
        unit = view.get(Employer, employer_id)
        links = view.find(ProjectParty, employer_id=employer_id)
        made = tuple((view.get(Project, link.project_id), link.role) for link in links)
        cases = view.case_rows(CaseQuery(employer_id=employer_id)).rows
    problem = check_credit_code(unit.credit_code).problem if unit.credit_code else ""
    return EmployerSheet(unit, problem, made, tuple(cases))


def project_sheet(desk: Desk, project_id: str) -> ProjectSheet:
    """Everything the ledger knows of one project."""
    with desk.ledger.read() as view:
        project = view.get(Project, project_id)
        chain = sorted(view.find(ProjectParty, project_id=project_id), key=lambda p: p.order)
        lines = tuple(PartyLine(one, view.get(Employer, one.employer_id)) for one in chain)
        cases = view.case_rows(CaseQuery(project_id=project_id)).rows
    return ProjectSheet(project, lines, tuple(cases))
