"""`case new`: a case from fields typed on the command line."""

from datetime import date

import click

from inspector_app.cli.options import Assignment
from inspector_app.cli.session import Session, pass_session
from inspector_app.cli.verbs import Verb
from inspector_app.domain.cases import Source
from inspector_app.errors import UserError
from inspector_app.services.cases import CaseForm, new_case, read_count, read_source
from inspector_app.services.desk import Desk
from inspector_app.services.settings import get

FIELDS = (
    "employer", "credit_code", "scope", "project", "source", "cause", "note", "workers",
    "amount_fen", "received_on",
)  # fmt: skip


@click.command("new", cls=Verb)
@click.option(
    "--set", "fields", type=Assignment(), multiple=True, required=True, help="字段=值；可重复"
)
@pass_session
def new(session: Session, fields: tuple[tuple[str, str], ...]) -> None:
    """登记一件案件。字段：employer、credit_code、scope、project、source、cause、note、workers、
    amount_fen、received_on。"""
    form = case_form(session.desk(), dict(fields))
    made = new_case(session.desk(), form)
    session.answer({"id": made.id, "case_no": made.case_no}, f"已登记：{made.case_no}")


def case_form(desk: Desk, fields: dict[str, str]) -> CaseForm:
    """The form that these fields fill; an unknown field is told."""
    strange = [name for name in fields if name not in FIELDS]
    if strange:
        known = "、".join(FIELDS)
        raise UserError(f"没有字段“{strange[0]}”。可用：{known}。", field=strange[0])
    return CaseForm(
        employer=fields.get("employer", ""),
        credit_code=fields.get("credit_code", ""),
        scope=fields.get("scope", "") or get(desk, "default_scope"),
        project=fields.get("project", ""),
        source=read_source(fields["source"]) if "source" in fields else Source.VISIT,
        cause=fields.get("cause", ""),
        note=fields.get("note", ""),
        workers=read_count(fields.get("workers", "")),
        amount_fen=read_count(fields.get("amount_fen", ""), field="amount_fen"),
        received_on=read_day(fields.get("received_on", ""), desk.today(), "received_on"),
    )


def read_day(text: str, default: date, field: str) -> date:
    """A typed date; blank is the default."""
    if not text:
        return default
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UserError(f"日期“{text}”应写成 2026-11-18。", field=field) from error
