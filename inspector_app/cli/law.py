"""`law`: look up a term or a violation, and check that all rules are complete."""

import click

from inspector_app.cli.problems import answer_check
from inspector_app.cli.session import Json, Session, pass_session, plain
from inspector_app.cli.verbs import VerbGroup
from inspector_app.errors import UserError
from inspector_app.library.check import check_law


@click.group(cls=VerbGroup)
def command() -> None:
    """法规库：查询与自检。"""


@command.command("show")
@click.argument("rule", metavar="ID")
@pass_session
def show(session: Session, rule: str) -> None:
    """一条期限或违法行为，连同依据和核实程度。"""
    library = session.parts.library()
    key = rule.upper()
    found = library.terms.get(key) or library.violations.get(key)
    if found is None:
        message = f"法规库中没有“{rule}”。"
        raise UserError(message, field="rule", kind="unknown")
    row = plain(found)
    assert isinstance(row, dict)  # noqa: S101 - terms and violations are dataclasses
    kind = "term" if key in library.terms else "violation"
    document: dict[str, Json] = {"id": key, "kind": kind, **row}
    lines = [f"{name}：{value}" for name, value in row.items() if value not in (None, "", [])]
    session.answer(document, *lines)


@command.command("check")
@pass_session
def check(session: Session) -> None:
    """检查全部规则能否读出、是否完整。"""
    answer_check(session, check_law(session.parts.office()), "规则齐全。")
