"""The bureau's own choices, and its inspectors."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from inspector_app.domain.county_series import check_series
from inspector_app.domain.numbering import (
    LONGEST_NAME,
    NumberTemplate,
    Restart,
    Sharing,
    fit_in_number,
    paper_template,
)
from inspector_app.domain.odd_characters import FORBIDDEN
from inspector_app.domain.office import Inspector, Setting
from inspector_app.domain.rights import clash
from inspector_app.errors import UserError
from inspector_app.ledger.ids import firsts, name_key, natural_id, new_id
from inspector_app.ledger.rows import Rows
from inspector_app.ledger.unit import Committed, UnitOfWork
from inspector_app.services.desk import Desk

MOST_STOCK = 200  # more would keep a year's numbers on one PC


@dataclass(frozen=True, slots=True)
class Bureau:
    """How the bureau signs its papers."""

    name: str
    org_char: str
    watch_char: str
    address: str
    postcode: str
    phone: str
    contact: str


def all_settings(desk: Desk) -> dict[str, str]:
    """Every setting: the bureau's value where it chose one, else the default of the library."""
    with desk.ledger.read() as view:
        return settings_in(desk, view)


def settings_in(desk: Desk, rows: Rows) -> dict[str, str]:
    """The same, as a reading or a piece of work that is under way sees them."""
    values = {key: spec.default for key, spec in desk.library.settings.items()}
    chosen = firsts(rows.find(Setting), lambda row: row.key)
    return values | {key: row.value for key, row in chosen.items()}


def get(desk: Desk, key: str) -> str:
    """One setting; UserError when the library knows no such key."""
    if key not in desk.library.settings:
        raise UserError(f"没有名为“{key}”的设置项。", field=key, kind="setting")
    with desk.ledger.read() as view:
        row = view.first(Setting, key=key)
    return row.value if row else desk.library.settings[key].default


def save(desk: Desk, values: dict[str, str]) -> Committed:
    """Store the bureau's choices; a value its kind does not allow changes nothing."""
    for key, value in values.items():
        _check(desk, key, value.strip())
    _check_numbers(desk, values)
    with desk.work("修改设置") as uow:
        for key, value in values.items():
            row = uow.first(Setting, key=key)
            if row is None:
                made = natural_id(uow, Setting, desk.city, key)
                uow.add(Setting(made, key, value.strip(), scope=desk.city, city=desk.city))
            elif row.value != value.strip():
                uow.save(replace(row, value=value.strip()))
        return uow.commit()


def _check(desk: Desk, key: str, value: str) -> None:
    spec = desk.library.settings.get(key)
    if spec is None:
        raise UserError(f"没有名为“{key}”的设置项。", field=key, kind="setting")
    problem = spec.problem(value)
    if problem:
        raise UserError(f"{problem}。", field=key)
    if key in {"number_stock", "case_number_stock"} and int(value or 0) > MOST_STOCK:
        raise UserError(f"“{spec.label}”最多 {MOST_STOCK} 个。", field=key)
    if key == "rectification_days" and not 1 <= int(value) <= 365:
        raise UserError("改正期限应在 1 到 365 天之间。", field=key)
    if key in {"org_char", "watch_char"} and not fit_in_number(value):
        raise UserError(
            f"“{spec.label}”最多 {LONGEST_NAME} 字，不能有空格和 {FORBIDDEN} {{}}。", field=key
        )
    if key in {"case_number_template", "clue_number_template"}:
        NumberTemplate(value)
    elif key == "default_scope" and value not in desk.library.divisions:
        raise UserError(f"没有代码为“{value}”的属地。", field=key)


def _check_numbers(desk: Desk, values: Mapping[str, str]) -> None:
    """The template of paper numbers must keep apart what is counted apart, and who counts."""
    known = all_settings(desk) | {key: value.strip() for key, value in values.items()}
    if not values.keys().isdisjoint(("county_series", "org_char")):
        check_series(known["county_series"], desk.city, known["org_char"], desk.library.divisions)
    if values.keys().isdisjoint(("paper_number_template", "paper_series", "paper_restart")):
        return
    sharing = Sharing.by_label(known["paper_series"]) or Sharing.SEPARATE
    restart = Restart.by_label(known["paper_restart"]) or Restart.YEARLY
    paper_template(known["paper_number_template"], sharing, restart)  # says what is missing


def bureau(desk: Desk) -> Bureau:
    """The bureau as its papers name it."""
    values = all_settings(desk)
    return Bureau(
        name=values["bureau_name"],
        org_char=values["org_char"],
        watch_char=values["watch_char"],
        address=values["address"],
        postcode=values["postcode"],
        phone=values["phone"],
        contact=values["contact"],
    )


def inspectors(desk: Desk, *, active_only: bool = True) -> list[Inspector]:
    """The office's inspectors by name."""
    with desk.ledger.read() as view:
        people = view.find(Inspector, active=True) if active_only else view.find(Inspector)
    return sorted(people, key=lambda one: one.name)


def acting(desk: Desk, name: str) -> Desk:
    """The same desk with another inspector at it; the trail and papers bear that name."""
    with desk.ledger.read() as view:
        person = view.first(Inspector, name=name.strip(), active=True)
    if person is None:
        message = f"没有名为“{name}”的在岗监察员，请先在设置里登记。"
        raise UserError(message, field="as", kind="not_found")
    return replace(desk, actor=person.name, actor_id=person.id)


def save_inspector(desk: Desk, person: Inspector) -> Committed:
    """Add or change an inspector; two active ones cannot share a certificate number."""
    if not person.name.strip():
        raise UserError("请填写监察员姓名。", field="name")
    if problem := clash(person.roles):
        raise UserError(problem, field="roles")
    with desk.work("登记监察员" if not person.id else "修改监察员") as uow:
        _refuse_taken(uow, person)
        if person.id:
            _keep_an_administrator(uow, person)
            uow.save(person)
        else:
            uow.add(replace(person, id=_id_of(uow, person)))
        return uow.commit()


def _refuse_taken(uow: UnitOfWork, person: Inspector) -> None:
    """A certificate is not taken twice; two who have had one since they met stay changeable."""
    before = uow.peek(Inspector, person.id) if person.id else None
    if before and before.certificate == person.certificate and before.active >= person.active:
        return
    taken = uow.find(Inspector, certificate=person.certificate, active=True)
    for twin in taken if person.certificate else ():
        if twin.id != person.id:
            message = f"执法证号 {person.certificate} 已属于{twin.name}，请核对。"
            raise UserError(message, field="certificate")


def _id_of(uow: UnitOfWork, person: Inspector) -> str:
    """By name and certificate: one mistyped digit must not make two people one.

    Who has no certificate may be another of the same name.
    """
    if not person.certificate.strip():
        return new_id()
    key = (person.scope, person.certificate.strip(), name_key(person.name))
    return natural_id(uow, Inspector, *key)


def _keep_an_administrator(uow: UnitOfWork, person: Inspector) -> None:
    """Whoever set roles up must be able to change them: the last administrator stays one."""
    if person.administrator and person.active:
        return
    left = uow.find(Inspector, administrator=True, active=True)
    if [one.id for one in left] == [person.id]:
        message = f"{person.name}是唯一的管理员，请先让另一人担任管理员。"
        raise UserError(message, field="roles", kind="last_administrator")
