"""One imported row of each kind becomes what the ledger knows; False when it is known already."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from inspector_app.domain.cases import Case, Source
from inspector_app.domain.claims import Payer, Settlement, WageClaim, Worker, WorkerPrivate
from inspector_app.domain.clues import Clue
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
from inspector_app.services.cases import CaseForm, find_case, open_case
from inspector_app.services.claims import ClaimForm, enter_claims
from inspector_app.services.clues import ClueForm, enter
from inspector_app.services.desk import Desk
from inspector_app.services.parties import find_or_make_employer
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

    def county(self, name: str) -> str:
        """Division code of a county named in a row; the bureau's own default when not known."""
        for code, division in self.desk.library.divisions.items():
            if name and (division.name == name or division.name.rstrip("区县市") == name):
                return code
        return self.settings["default_scope"]

    def case_id(self, row: ImportRow) -> str:
        """The case a worker or payment belongs to: by the row's case number, else as chosen."""
        own = _text(row, "case_no")
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


def _text(row: ImportRow, name: str) -> str:
    value = row.values.get(name)
    return value if isinstance(value, str) else ""


def _number(row: ImportRow, name: str) -> int | None:
    value = row.values.get(name)
    return value if isinstance(value, int) else None


def _day(row: ImportRow, name: str) -> date | None:
    value = row.values.get(name)
    return value if isinstance(value, date) else None


def _word(row: ImportRow, name: str, default: Any) -> Any:
    value = row.values.get(name)
    return value if isinstance(value, type(default)) else default


def _period(row: ImportRow) -> tuple[str, str]:
    """First and last month, YYYY-MM each; empty when the row does not say."""
    value = row.values.get("period")
    if isinstance(value, tuple) and len(value) == 2:
        return str(value[0]), str(value[1])
    return "", ""


def _statement(row: ImportRow, *names: str) -> str:
    """Prose of the row in one text; columns no field was found for are kept with their heading."""
    parts = [_text(row, name) for name in names]
    parts += [f"{heading}：{text}" for heading, text in row.extras.items()]
    return "\n".join(part for part in parts if part)


def enter_clue(entry: Entry, uow: UnitOfWork, row: ImportRow) -> bool:
    """A row of a clue list."""
    if uow.first(Clue, import_key=row.import_key):
        return False
    received = _day(row, "received_on") or _day(row, "published_on") or entry.desk.today()
    form = ClueForm(
        source=_word(row, "source", Source.OTHER),
        received_on=min(received, entry.desk.today()),
        employer_name=_text(row, "employer_name"),
        scope=entry.county(_text(row, "county")),
        credit_code=_text(row, "credit_code"),
        employer_address=_text(row, "employer_address"),
        project_name=_text(row, "project_name"),
        cause=_text(row, "cause"),
        statement=_statement(row, "statement", "handling", "authority", "note"),
        workers=_number(row, "workers"),
        amount_fen=_number(row, "amount_fen"),
        amount_written=_text(row, "amount_written"),
        period_from=_period(row)[0],
        period_to=_period(row)[1],
        outside_no=_text(row, "outside_no"),
        import_key=row.import_key,
        flags=row.flags,
        person_name=_text(row, "person_name"),
        person_phone=_text(row, "person_phone"),
        person_id_number=_text(row, "person_id_number"),
        person_address=_text(row, "person_address"),
    )
    enter(entry.desk, uow, form, entry.settings)
    return True


def enter_case(entry: Entry, uow: UnitOfWork, row: ImportRow) -> bool:
    """A row of a case ledger; its own case number is kept."""
    number = _text(row, "case_no")
    known = uow.first(Case, import_key=row.import_key)
    if known or (number and uow.first(Case, case_no=number)):
        return False
    filed = _day(row, "filed_on")
    received = _day(row, "received_on") or filed or _day(row, "published_on") or entry.desk.today()
    people = {one.name: one.id for one in uow.find(Inspector)}
    form = CaseForm(
        employer=_text(row, "employer_name"),
        credit_code=_text(row, "credit_code"),
        employer_address=_text(row, "employer_address"),
        scope=entry.county(_text(row, "county")),
        project=_text(row, "project_name"),
        source=_word(row, "source", Source.OTHER),
        cause=_text(row, "cause"),
        received_on=min(received, entry.desk.today()),
        filed_on=filed,
        facts=_statement(row, "facts", "handling", "reason"),
        note="；".join([part for part in (_text(row, "note"), *row.flags) if part]),
        workers=_number(row, "workers"),
        amount_fen=_number(row, "amount_fen"),
        amount_written=_text(row, "amount_written"),
        lead_id=people.get(_text(row, "lead_name")),
        assist_id=people.get(_text(row, "assist_name")),
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
        if not _text(row, name):
            continue
        unit = find_or_make_employer(entry.desk, uow, _text(row, name))
        if (unit.id, role) in known:
            continue
        prefix = name.removesuffix("_name")
        contact, phone = _text(row, f"{prefix}_contact"), _text(row, f"{prefix}_phone")
        order = len(known)
        uow.add(ProjectParty(new_id(), project_id, unit.id, role, contact, phone, order))
        known.add((unit.id, role))


def enter_worker(entry: Entry, uow: UnitOfWork, row: ImportRow) -> bool:
    """A row of a roster with what is owing."""
    case_id = entry.case_id(row)
    form = ClaimForm(
        name=_text(row, "name"),
        due_fen=_number(row, "due_fen") or 0,
        paid_fen=_number(row, "paid_fen") or 0,
        withheld_fen=_number(row, "withheld_fen") or 0,
        id_number=_text(row, "id_number"),
        phone=_text(row, "phone"),
        bank=_text(row, "bank"),
        bank_card=_text(row, "bank_card"),
        trade=_text(row, "trade"),
        crew=_text(row, "crew"),
        period_from=_period(row)[0],
        period_to=_period(row)[1],
        note=_text(row, "note"),
    )
    if _claim_known(uow, case_id, form):
        return False
    enter_claims(uow, case_id, [form])
    return True


def _claim_known(uow: UnitOfWork, case_id: str, form: ClaimForm) -> bool:
    """Whether this person already has a claim of this amount for this period in the case."""
    for worker in uow.find(Worker, case_id=case_id, name=form.name):
        private = uow.first(WorkerPrivate, id=worker.id)
        if private and private.id_number != form.id_number:
            continue
        for claim in uow.find(WageClaim, worker_id=worker.id):
            if (claim.due_fen, claim.period_from) == (form.due_fen, form.period_from):
                return True
    return False


def enter_project(entry: Entry, uow: UnitOfWork, row: ImportRow) -> bool:
    """A row of a project list with its party chain."""
    if uow.first(Project, name=_text(row, "name")):
        return False
    project = Project(
        id=new_id(),
        name=_text(row, "name"),
        scope=entry.desk.city,
        city=entry.desk.city,
        county=entry.county(_text(row, "county")),
        address=_text(row, "address"),
        kind=_word(row, "kind", ProjectKind.OTHER),
        investment=_word(row, "investment", Investment.PRIVATE),
        starts_on=_day(row, "starts_on"),
        ends_on=_day(row, "ends_on"),
        contract_fen=_number(row, "contract_fen"),
        note=_statement(row, "authority", "note"),
    )
    uow.add(project)
    _chain(entry, uow, project.id, row)
    return True


def enter_employer(entry: Entry, uow: UnitOfWork, row: ImportRow) -> bool:
    """A row of a list of units."""
    name, code = _text(row, "name"), _text(row, "credit_code")
    if uow.first(Employer, name=name) or (code and uow.first(Employer, credit_code=code)):
        return False
    uow.add(
        Employer(
            id=new_id(),
            name=name,
            scope=entry.desk.city,
            city=entry.desk.city,
            credit_code=code,
            legal_person=_text(row, "legal_person"),
            address=_text(row, "address"),
            phone=_text(row, "phone"),
            industry=_text(row, "industry"),
            county=entry.county(_text(row, "county")),
            note=_statement(row, "note"),
        )
    )
    return True


def enter_payment(entry: Entry, uow: UnitOfWork, row: ImportRow) -> bool:
    """A row of a payment list: money that reached a worker of a case."""
    case_id, name = entry.case_id(row), _text(row, "name")
    amount, paid_on = _number(row, "amount_fen") or 0, _day(row, "paid_on") or entry.desk.today()
    claims = [
        claim
        for worker in uow.find(Worker, case_id=case_id, name=name)
        for claim in uow.find(WageClaim, worker_id=worker.id)
    ]
    if not claims:
        raise RowRefusedError(f"案件的欠薪明细里没有{name}。", field="name")
    settled = uow.find(Settlement, claim_id=claims[0].id)
    voucher = _text(row, "voucher")
    if any((s.amount_fen, s.paid_on, s.voucher) == (amount, paid_on, voucher) for s in settled):
        return False
    owing = claims[0].owing_fen - sum(s.amount_fen for s in settled)
    if amount > owing:
        raise RowRefusedError(f"{name}的支付金额超过尚欠金额，请核对。", field="amount")
    payer = _word(row, "payer", Payer.OTHER)
    uow.add(Settlement(new_id(), case_id, claims[0].id, amount, paid_on, payer, voucher))
    return True


ENTERERS: dict[Kind, Callable[[Entry, UnitOfWork, ImportRow], bool]] = {
    Kind.CLUES: enter_clue,
    Kind.CASES: enter_case,
    Kind.WORKERS: enter_worker,
    Kind.PROJECTS: enter_project,
    Kind.EMPLOYERS: enter_employer,
    Kind.PAYMENTS: enter_payment,
}
