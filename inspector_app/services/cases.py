"""Cases: opened, changed, moved as the law allows, listed with what is due next."""

from dataclasses import dataclass, replace
from datetime import date

from inspector_app.domain.cases import Case, Source, Stage
from inspector_app.domain.money import MAX_FEN, parse_yuan
from inspector_app.domain.terms import DaysLeft, Level, date_text
from inspector_app.errors import UserError
from inspector_app.ledger.ids import new_id
from inspector_app.ledger.paging import Sums
from inspector_app.ledger.unit import UnitOfWork
from inspector_app.ledger.views import CaseQuery, CaseRow
from inspector_app.services.case_people import person_id, require_two
from inspector_app.services.case_ref import find_case
from inspector_app.services.clocks import NextDue, next_dues
from inspector_app.services.desk import Desk
from inspector_app.services.numbers import CASE_SERIES, draw, template
from inspector_app.services.parties import find_or_make_employer, find_or_make_project
from inspector_app.services.settings import all_settings

BASIS = "监察条例"  # short name in resources/law: no matter is older than this statute


@dataclass(frozen=True, slots=True)
class CaseForm:
    """What a new case is made of; `amount_fen` is what was reported, claims come later."""

    employer: str
    scope: str
    source: Source
    cause: str
    received_on: date
    credit_code: str = ""
    employer_address: str = ""
    project: str = ""
    note: str = ""
    facts: str = ""
    workers: int | None = None
    amount_fen: int | None = None
    amount_written: str = ""
    filed_on: date | None = None
    clue_id: str | None = None
    lead_id: str | None = None
    assist_id: str | None = None
    case_no: str = ""  # only when a ledger that bears numbers already is taken over
    import_key: str = ""


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A row of the ledger with its next due date."""

    row: CaseRow
    due: date | None
    level: Level | None
    days_left: DaysLeft | None
    rule: str


@dataclass(frozen=True, slots=True)
class CaseList:
    """One page of the ledger; `total` and `sums` are of the whole view."""

    lines: tuple[CaseLine, ...]
    total: int
    sums: Sums
    next: object | None


def new_case(desk: Desk, form: CaseForm) -> Case:
    """Enter a case and give it its number."""
    require_two(form.lead_id, form.assist_id)
    with desk.work("登记案件") as uow:
        case = open_case(desk, uow, form, all_settings(desk))
        uow.commit()
    return case


def open_case(desk: Desk, uow: UnitOfWork, form: CaseForm, settings: dict[str, str]) -> Case:
    """Enter a case within a transaction; employer and project are found again or made."""
    if form.received_on > desk.today():
        raise UserError("受理日期不能晚于今天。", field="received_on")
    if form.received_on < desk.library.statutes[BASIS].effective_from:
        raise UserError("受理日期早于《劳动保障监察条例》施行，请核对。", field="received_on")
    if form.scope not in desk.library.divisions:
        raise UserError(f"没有代码为“{form.scope}”的属地。", field="scope")
    unit = find_or_make_employer(desk, uow, form.employer, form.credit_code, form.employer_address)
    project = find_or_make_project(desk, uow, form.project, form.scope)
    case_id = new_id()
    case = Case(
        id=case_id,
        case_no=form.case_no or _number(desk, uow, form, settings, case_id),
        scope=form.scope,
        city=desk.city,
        stage=Stage.INTAKE,
        source=form.source,
        cause=form.cause.strip() or settings["default_cause"],
        employer_id=unit.id,
        received_on=form.received_on,
        project_id=project.id if project else None,
        clue_id=form.clue_id,
        lead_id=form.lead_id,
        assist_id=form.assist_id,
        stated_workers=form.workers,
        stated_fen=form.amount_fen,
        stated_amount=form.amount_written,
        facts=form.facts.strip(),
        note=form.note.strip(),
        import_key=form.import_key,
    )
    if form.filed_on:
        case = _filed(case, form.filed_on, desk.today())
    uow.add(case)
    return case


def _filed(case: Case, on: date, today: date) -> Case:
    """A case that was filed before it was entered here: a ledger taken over."""
    if on > today:
        raise UserError(f"立案日期不能晚于今天（{date_text(today)}）", field="on")
    if on < case.received_on:
        message = f"立案日期不能早于收到线索日期 {date_text(case.received_on)}"
        raise UserError(message, field="on")
    return replace(case, stage=Stage.INVESTIGATION, filed_on=on)


def _number(
    desk: Desk, uow: UnitOfWork, form: CaseForm, settings: dict[str, str], case_id: str
) -> str:
    return draw(
        desk,
        uow,
        CASE_SERIES,
        form.filed_on or form.received_on,
        form=template(settings, "case"),
        settings=settings,
        scope=form.scope,
        owner_id=case_id,
        used=lambda text: uow.first(Case, city=desk.city, case_no=text) is not None,
    )


def set_fields(desk: Desk, ref: str, values: dict[str, str], why: str = "") -> list[str]:
    """Change fields of a case by name; returns the names that really changed."""
    case = find_case(desk, ref)
    with desk.work("修改案件", why) as uow:
        before = uow.get(Case, case.id)
        after = before
        for name, value in values.items():
            after = _set_one(desk, uow, after, name, value.strip())
        _check(before, after)
        if after != before:
            uow.save(after)
        uow.commit()
    return [name for name in values if _of(before, name) != _of(after, name)]


def _check(before: Case, after: Case) -> None:
    """What only shows once all fields are set; what stood before is not held against the user."""
    if (before.lead_id, before.assist_id) != (after.lead_id, after.assist_id):
        require_two(after.lead_id, after.assist_id)
    moved = before.received_on != after.received_on
    if moved and after.filed_on and after.received_on > after.filed_on:
        message = f"受理日期不能晚于立案日期 {date_text(after.filed_on)}。"
        raise UserError(message, field="received_on")


def _of(case: Case, name: str) -> object:
    columns = {
        "employer": case.employer_id, "project": case.project_id, "workers": case.stated_workers,
        "amount_fen": case.stated_fen, "amount": case.stated_fen, "lead": case.lead_id,
        "assist": case.assist_id,
    }  # fmt: skip
    return columns[name] if name in columns else getattr(case, name)


def _set_one(desk: Desk, uow: UnitOfWork, case: Case, name: str, value: str) -> Case:
    match name:
        case "cause":
            if not value:
                raise UserError("案由不能为空。", field="cause")
            return replace(case, cause=value)
        case "note":
            return replace(case, note=value)
        case "facts":
            return replace(case, facts=value)
        case "leader":
            return replace(case, leader=value)
        case "employer":
            return replace(case, employer_id=find_or_make_employer(desk, uow, value).id)
        case "project":
            project = find_or_make_project(desk, uow, value, case.scope)
            return replace(case, project_id=project.id if project else None)
        case "scope":
            if value not in desk.library.divisions:
                raise UserError(f"没有代码为“{value}”的属地。", field="scope")
            return replace(case, scope=value)
        case "source":
            return replace(case, source=read_source(value))
        case "workers":
            return replace(case, stated_workers=read_count(value))
        case "amount_fen":
            return replace(case, stated_fen=read_count(value, field="amount_fen"))
        case "amount":
            return replace(case, stated_fen=parse_yuan(value), stated_amount=value)
        case "lead":
            return replace(case, lead_id=person_id(uow, value, "lead"))
        case "assist":
            return replace(case, assist_id=person_id(uow, value, "assist"))
        case "received_on":
            return replace(case, received_on=_read_date(value, desk.today()))
        case _:
            raise UserError(f"案件没有名为“{name}”的字段。", field=name)


def read_source(value: str) -> Source:
    """A channel by its code or its Chinese name."""
    found = Source.by_label(value) or next((s for s in Source if s.value == value), None)
    if found is None:
        known = "、".join(f"{one.value}（{one.label}）" for one in Source)
        raise UserError(f"没有“{value}”这个来源。可用：{known}。", field="source")
    return found


def read_count(value: str, field: str = "workers") -> int | None:
    """A whole number that is not negative; empty text is None."""
    if not value:
        return None
    if not (value.isascii() and value.isdigit()):
        raise UserError(f"“{value}”不是整数。", field=field)
    if len(value) > 18 or int(value) > MAX_FEN:
        raise UserError(f"“{value}”太大了，请核对。", field=field)
    return int(value)


def _read_date(value: str, today: date) -> date:
    try:
        read = date.fromisoformat(value)
    except ValueError as error:
        raise UserError(f"日期“{value}”应写成 2026-11-18。", field="received_on") from error
    if read > today:
        raise UserError("受理日期不能晚于今天。", field="received_on")
    return read


def case_list(desk: Desk, query: CaseQuery) -> CaseList:
    """One page of the ledger, each row with the clock that runs out first."""
    with desk.ledger.read() as view:
        page = view.case_rows(query)
        dues = next_dues(desk, view, [row.id for row in page.rows])
    none = NextDue(None, None, None, "")
    lines = tuple(
        CaseLine(row, due.due, due.level, due.days_left, due.name)
        for row in page.rows
        for due in (dues.get(row.id, none),)
    )
    return CaseList(lines, page.total, page.sums, page.next)
