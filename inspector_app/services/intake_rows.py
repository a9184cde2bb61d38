"""One imported row of each kind becomes what the ledger knows; False when it is known already."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from inspector_app.domain.cases import Case, Source
from inspector_app.domain.clues import Clue
from inspector_app.domain.masking import mask_text
from inspector_app.domain.office import Inspector
from inspector_app.domain.parties import (
    Employer,
    Investment,
    PartyRole,
    Project,
    ProjectKind,
    ProjectParty,
)
from inspector_app.errors import UserError
from inspector_app.ledger.ids import new_id
from inspector_app.ledger.unit import UnitOfWork
from inspector_app.services.case_ref import find_case
from inspector_app.services.cases import CaseForm, open_case
from inspector_app.services.clues import ClueForm, enter
from inspector_app.services.desk import Desk
from inspector_app.services.parties import (
    find_or_make_employer,
    new_employer_id,
    new_project_id,
)
from inspector_app.sheets.fields import Kind
from inspector_app.sheets.importing import ImportRow


class RowRefusedError(UserError):
    """This row cannot be entered; raised before anything of it was written."""


@dataclass
class Entry:
    """What all rows of one import share."""

    desk: Desk
    settings: dict[str, str]
    kind: Kind
    case_ref: str = ""
    cases: dict[str, str] = field(default_factory=dict)  # case number in the file → case id
    rows_seen: Counter[tuple[object, ...]] = field(default_factory=Counter)
    rows_added: Counter[tuple[object, ...]] = field(default_factory=Counter)

    def county(self, name: str) -> str:
        """Division code of a county named in a row; the bureau's own default when not known."""
        for code, division in self.desk.library.divisions.items():
            if name and (division.name == name or division.name.rstrip("区县市") == name):
                return code
        return self.settings["default_scope"]

    def case_id(self, row: ImportRow) -> str:
        """The case a worker or payment belongs to: by the row's case number, else as chosen."""
        own = text_of(row, "case_no")
        ref = own or self.case_ref
        if not ref:
            raise UserError("请选择这份名单属于哪件案件，或在表中填写案件号。", field="case")
        if ref not in self.cases:
            try:
                self.cases[ref] = find_case(self.desk, ref).id
            except UserError as error:
                if not own:
                    raise
                raise RowRefusedError(error.message, field="case") from error
        return self.cases[ref]


def text_of(row: ImportRow, name: str) -> str:
    value = row.values.get(name)
    return value if isinstance(value, str) else ""


def number_of(row: ImportRow, name: str) -> int | None:
    value = row.values.get(name)
    return value if isinstance(value, int) else None


def day_of(row: ImportRow, name: str) -> date | None:
    value = row.values.get(name)
    return value if isinstance(value, date) else None


def word_of(row: ImportRow, name: str, default: Any) -> Any:
    value = row.values.get(name)
    return value if isinstance(value, type(default)) else default


def period_of(row: ImportRow) -> tuple[str, str]:
    """First and last month, YYYY-MM each; empty when the row does not say."""
    value = row.values.get("period")
    if isinstance(value, tuple) and len(value) == 2:
        return str(value[0]), str(value[1])
    return "", ""


def _statement(row: ImportRow, *names: str) -> str:
    """Prose of the row in one text."""
    return "\n".join(text for name in names if (text := text_of(row, name)))


def _extras(row: ImportRow) -> str:
    """Columns no field was found for; nobody knows what they say, so they count as personal."""
    kept = {head: text for head, text in row.extras.items() if head not in {"序号", "编号"}}
    return "\n".join(f"{heading}：{text}" for heading, text in kept.items())


def _received(entry: Entry, row: ImportRow, *names: str) -> tuple[date, tuple[str, ...]]:
    """The day a matter reached the office; without one it is the day the list is taken in."""
    today = entry.desk.today()
    day = next((found for name in names if (found := day_of(row, name))), None)
    if day is None:
        return today, ("没有接收日期，按导入当天计，请核实。",)
    if day > today:
        raise RowRefusedError(f"接收日期 {day.isoformat()} 晚于今天，请核对。", field="received_on")
    return day, ()


# Channels by which people report others; by the rest they complain in their own right.
_REPORTS = {Source.PHONE, Source.MEDIA, Source.GRID, Source.OTHER}


def enter_clue(entry: Entry, uow: UnitOfWork, row: ImportRow) -> bool:
    """A row of a clue list."""
    if uow.first(Clue, import_key=row.import_key):
        return False
    received, dated = _received(entry, row, "received_on", "published_on")
    source = word_of(row, "source", Source.OTHER)
    form = ClueForm(
        source=source,
        received_on=received,
        employer_name=text_of(row, "employer_name"),
        scope=entry.county(text_of(row, "county")),
        credit_code=text_of(row, "credit_code"),
        employer_address=text_of(row, "employer_address"),
        project_name=text_of(row, "project_name"),
        cause=text_of(row, "cause"),
        statement=_statement(row, "statement", "handling", "authority", "note"),
        workers=number_of(row, "workers"),
        amount_fen=number_of(row, "amount_fen"),
        amount_written=text_of(row, "amount_written"),
        period_from=period_of(row)[0],
        period_to=period_of(row)[1],
        outside_no=text_of(row, "outside_no"),
        import_key=row.import_key,
        flags=(*row.flags, *dated),
        person_name=text_of(row, "person_name"),
        person_phone=text_of(row, "person_phone"),
        person_id_number=text_of(row, "person_id_number"),
        person_address=text_of(row, "person_address"),
        person_note=_extras(row),
        confidential=source in _REPORTS,
    )
    enter(entry.desk, uow, form, entry.settings)
    return True


def enter_case(entry: Entry, uow: UnitOfWork, row: ImportRow) -> bool:
    """A row of a case ledger; its own case number is kept."""
    number = text_of(row, "case_no")
    known = uow.first(Case, import_key=row.import_key)
    if known or (number and uow.first(Case, case_no=number)):
        return False
    filed = day_of(row, "filed_on")
    received, dated = _received(entry, row, "received_on", "filed_on", "published_on")
    people = {one.name: one.id for one in uow.find(Inspector)}
    form = CaseForm(
        employer=text_of(row, "employer_name"),
        credit_code=text_of(row, "credit_code"),
        employer_address=text_of(row, "employer_address"),
        scope=entry.county(text_of(row, "county")),
        project=text_of(row, "project_name"),
        source=word_of(row, "source", Source.OTHER),
        cause=text_of(row, "cause"),
        received_on=received,
        filed_on=filed,
        facts=mask_text(_statement(row, "facts", "handling", "reason")),
        note=mask_text(
            "；".join(part for part in (text_of(row, "note"), *row.flags, *dated) if part)
        ),
        workers=number_of(row, "workers"),
        amount_fen=number_of(row, "amount_fen"),
        amount_written=text_of(row, "amount_written"),
        lead_id=people.get(text_of(row, "lead_name")),
        assist_id=people.get(text_of(row, "assist_name")),
        case_no=number,
        import_key=row.import_key,
    )
    case = open_case(entry.desk, uow, form, entry.settings)
    if case.project_id:
        _chain(entry, uow, case.project_id, row)
    return True


_ROLES = {
    "owner_name": PartyRole.OWNER,
    "general_name": PartyRole.GENERAL,
    "sub_name": PartyRole.SUB,
    "labour_name": PartyRole.LABOUR,
    "supervisor_name": PartyRole.SUPERVISOR,
}


def _chain(entry: Entry, uow: UnitOfWork, project_id: str, row: ImportRow) -> None:
    """Units named beside a project become its party chain; those known are not entered again."""
    known = {(one.employer_id, one.role) for one in uow.find(ProjectParty, project_id=project_id)}
    for name, role in _ROLES.items():
        if not text_of(row, name):
            continue
        unit = find_or_make_employer(entry.desk, uow, text_of(row, name))
        if (unit.id, role) in known:
            continue
        prefix = name.removesuffix("_name")
        contact, phone = text_of(row, f"{prefix}_contact"), text_of(row, f"{prefix}_phone")
        order = len(known)
        uow.add(ProjectParty(new_id(), project_id, unit.id, role, contact, phone, order))
        known.add((unit.id, role))


def enter_project(entry: Entry, uow: UnitOfWork, row: ImportRow) -> bool:
    """A row of a project list with its party chain."""
    if uow.first(Project, name=text_of(row, "name")):
        return False
    project = Project(
        id=new_project_id(entry.desk, uow, text_of(row, "name")),
        name=text_of(row, "name"),
        scope=entry.desk.city,
        city=entry.desk.city,
        county=entry.county(text_of(row, "county")),
        address=text_of(row, "address"),
        kind=word_of(row, "kind", ProjectKind.OTHER),
        investment=word_of(row, "investment", Investment.PRIVATE),
        starts_on=day_of(row, "starts_on"),
        ends_on=day_of(row, "ends_on"),
        contract_fen=number_of(row, "contract_fen"),
        note=_statement(row, "authority", "note"),
    )
    uow.add(project)
    _chain(entry, uow, project.id, row)
    return True


def enter_employer(entry: Entry, uow: UnitOfWork, row: ImportRow) -> bool:
    """A row of a list of units."""
    name, code = text_of(row, "name"), text_of(row, "credit_code")
    if uow.first(Employer, name=name) or (code and uow.first(Employer, credit_code=code)):
        return False
    uow.add(
        Employer(
            id=new_employer_id(entry.desk, uow, name, code),
            name=name,
            scope=entry.desk.city,
            city=entry.desk.city,
            credit_code=code,
            legal_person=text_of(row, "legal_person"),
            address=text_of(row, "address"),
            phone=text_of(row, "phone"),
            industry=text_of(row, "industry"),
            county=entry.county(text_of(row, "county")),
            note=_statement(row, "note"),
        )
    )
    return True
