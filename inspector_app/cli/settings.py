"""`settings`: the bureau's own choices and its inspectors."""

import click

from inspector_app.cli.lookup import find_inspector
from inspector_app.cli.number_look import number
from inspector_app.cli.options import Assignment
from inspector_app.cli.session import Json, Session, pass_session
from inspector_app.cli.verbs import VerbGroup
from inspector_app.domain.office import Inspector
from inspector_app.domain.rights import GRANTED, Act, Role
from inspector_app.services.rights import in_force
from inspector_app.services.settings import all_settings, get, inspectors, save, save_inspector


@click.group(cls=VerbGroup)
def command() -> None:
    """本局设置与监察员。"""


@command.command("get")
@click.argument("key", required=False)
@pass_session
def get_(session: Session, key: str | None) -> None:
    """一项或全部设置。"""
    desk = session.desk()
    values = {key: get(desk, key)} if key else all_settings(desk)
    labels = {name: desk.library.settings[name].label for name in values}
    rows: dict[str, Json] = dict(values)
    session.answer(
        {"settings": rows},
        *(f"{name}（{labels[name]}）：{value or '—'}" for name, value in values.items()),
    )


@command.command("set")
@click.argument("values", type=Assignment(), nargs=-1, required=True)
@pass_session
def set_(session: Session, values: tuple[tuple[str, str], ...]) -> None:
    """修改设置：键=值，可写多项；有一项不合规则全部不改。"""
    wanted = dict(values)
    save(session.desk(), wanted)
    rows: dict[str, Json] = dict(wanted)
    session.answer({"settings": rows}, f"已修改 {len(wanted)} 项")


command.add_command(number)


@command.command("inspectors")
@pass_session
def inspectors_(session: Session) -> None:
    """监察员名单。"""
    people = inspectors(session.desk(), active_only=False)
    rows: list[Json] = [
        {
            "id": one.id,
            "name": one.name,
            "certificate": one.certificate,
            "scope": one.scope,
            "active": one.active,
            "leader": one.leader,
            "roles": [role.value for role in Role if role in one.roles],
        }
        for one in people
    ]
    lines = [
        f"{one.name}  {one.certificate or '无证号'}  {one.department}  {_roles_text(one)}"
        for one in people
    ]
    session.answer({"inspectors": rows}, *lines)


@command.command("inspector")
@click.argument("name")
@click.option("--certificate", default="", help="执法证号；制发文书时必须有")
@click.option("--scope", default="", help="所在县区代码（默认本市）")
@click.option("--department", default="", help="科室或大队")
@click.option("--leader", is_flag=True, help="负责人：可以批准步骤和文书")
@pass_session
def inspector(
    session: Session, name: str, certificate: str, scope: str, department: str, leader: bool
) -> None:
    """登记一名监察员或者负责人。"""
    desk = session.desk()
    person = Inspector(
        "", name, scope or desk.city, desk.city, certificate, department, leader=leader
    )
    save_inspector(desk, person)
    made = next(
        one
        for one in reversed(inspectors(desk))
        if (one.name, one.certificate) == (name, certificate)
    )
    session.answer({"id": made.id, "name": made.name}, f"已登记监察员：{made.name}")


@command.command("roles")
@click.argument("name", required=False)
@click.argument("roles", nargs=-1, type=click.Choice([role.value for role in Role]))
@pass_session
def roles_(session: Session, name: str | None, roles: tuple[str, ...]) -> None:
    """职责：不带参数列出各职责能做什么；带姓名和职责，就让他正好担任这些。"""
    desk = session.desk()
    if name is not None:
        person = find_inspector(desk, name)
        if roles:
            person = person.with_roles(frozenset(map(Role, roles)))
            save_inspector(desk, person)
        document: dict[str, Json] = {"id": person.id, "name": person.name}
        document["roles"] = [role.value for role in Role if role in person.roles]
        session.answer(document, f"{person.name}：{_roles_text(person)}")
        return
    with desk.ledger.read() as view:
        counts = in_force(view)
    table: dict[str, Json] = {
        role.value: [act.value for act in Act if act in GRANTED[role]] for role in Role
    }
    lines = [
        f"{role.label}（{role.value}）：{'、'.join(a.label for a in Act if a in GRANTED[role])}"
        for role in Role
    ]
    state = "职责已生效" if counts else "还没有管理员：职责不生效，人人都能做所有的事"
    session.answer({"in_force": counts, "roles": table}, *lines, state)


def _roles_text(person: Inspector) -> str:
    return "、".join(role.label for role in Role if role in person.roles) or "没有职责"
