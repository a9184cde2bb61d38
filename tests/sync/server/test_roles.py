"""What accounts of each role can do, tried by hostile clients; nothing is in the way before."""

from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from inspector_app.domain.rights import Role
from inspector_app.errors import OutsideError, UserError
from inspector_app.sync.server import users
from inspector_app.sync.server.users import Grant, set_roles
from tests.sync.conftest import Postgres
from tests.sync.server.pushes import A, B, Sender, case, dele, ins, move, uid, upd, worker

Make = Callable[..., Sender]


def approval(name: str, of: str, way: str = "screen") -> dict[str, Any]:
    return ins(
        "case_event", name, case_id=uid(of), step="approve_paper", on="2026-09-21", outcome=way,
        approver="周岚", rules="[]", codes="[]", overridden="[]",
    )  # fmt: skip


def person(name: str, **flags: int) -> dict[str, Any]:
    return ins("inspector", name, name="李明", active=1, **flags)


def look(name: str) -> dict[str, Any]:
    return ins("access_entry", name, way="reveal", about="case", fields="[]", at="2026-09-21T09:30")


def roles(postgres: Postgres, **given: Role) -> None:
    for login, role in given.items():
        set_roles(postgres.dsn, login, {role})


def test_before_anybody_has_a_role_everybody_has_all(sender: Make) -> None:
    one = sender("a1")
    assert one.push(case("c"), approval("v", "c"), person("p", leader=1))["s"] == "ok"


def test_an_approval_on_the_screen_is_a_leader_s(postgres: Postgres, sender: Make) -> None:
    roles(postgres, a1=Role.INSPECTOR, a2=Role.LEADER)
    clerk, leader = sender("a1"), sender("a2")
    assert clerk.push(case("c"))["s"] == "ok"
    assert clerk.push(approval("v", "c"))["why"] == "role_leader"
    assert clerk.push(approval("p", "c", "paper"))["s"] == "ok"  # the signature is on paper
    made = upd("case_event", "p", "c", outcome=("paper", "screen"))
    made["gb"] = {}
    assert clerk.push(made)["why"] == "role_leader"
    assert leader.push(approval("v", "c"))["s"] == "ok"
    # A case with its approvals goes to another county under whoever may move it.
    assert sender("city").push(move("c", A, B))["s"] == "ok"
    assert postgres.ask("SELECT * FROM sync.verify()") == []


def test_nobody_makes_himself_something_else(postgres: Postgres, sender: Make) -> None:
    roles(postgres, a1=Role.INSPECTOR, a2=Role.ADMINISTRATOR)
    clerk, boss = sender("a1"), sender("a2")
    assert clerk.push(person("me"))["s"] == "ok"
    for flag in ("leader", "reviewer", "administrator", "auditor", "no_casework"):
        change = upd("inspector", "me", "me", **{flag: (0, 1)}) | {"root_type": "inspector"}
        assert clerk.push(change)["why"] == "role_administrator"
        assert clerk.push(person(flag, **{flag: 1}))["why"] == "role_administrator"
    raised = upd("inspector", "me", "me", leader=(0, 1)) | {"root_type": "inspector"}
    assert boss.push(raised)["s"] == "ok"
    renamed = upd("inspector", "me", "me", phone=("", "1")) | {"root_type": "inspector"}
    assert clerk.push(renamed)["s"] == "ok"


def test_the_record_of_a_look_stays_as_it_came(postgres: Postgres, sender: Make) -> None:
    one = sender("a1")
    assert one.push(look("k"))["s"] == "ok"
    change = upd("access_entry", "k", "k", why=("", "无")) | {"root_type": "access_entry"}
    change["gb"] |= {"way": "reveal", "about": "case", "fields": "[]", "at": "2026-09-21T09:30"}
    assert one.push(change)["why"] == "append_only"
    gone = dele("access_entry", "k", "k", way="reveal", about="case", fields="[]",
                at="2026-09-21T09:30") | {"root_type": "access_entry"}  # fmt: skip
    assert one.push(gone)["why"] == "append_only"


def test_an_auditor_reads_what_is_masked_and_writes_nothing(
    postgres: Postgres, sender: Make
) -> None:
    assert sender("a1").push(case("c"), worker("w", "c"))["s"] == "ok"
    auditor = sender("a2")
    account = set_roles(postgres.dsn, "a2", {Role.AUDITOR})
    assert account.roles == (Role.AUDITOR,)
    assert account.grants == (Grant(A, write=False, pii=False),)
    assert auditor.push(upd("case", "c", "c", note=("", "x")))["why"] == "scope_not_granted"
    (root,) = auditor.line.pull(A, 0, 0, "", 10).roots
    assert [row.cells["name"] for row in root.rows if row.t == "worker"] == [""]
    with pytest.raises(OutsideError):
        auditor.line.lease("pc-a2-1", A, "series", 2026, 1)
    for statement in (
        "UPDATE sync.scope_grant SET can_write = true WHERE login = 'a2'",
        "UPDATE sync.scope_grant SET can_pii = true WHERE login = 'a2'",
        "INSERT INTO sync.account_role VALUES ('a1', 'auditor')",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="auditor"):
            postgres.ask(statement)


def test_roles_come_with_the_login_and_are_listed(postgres: Postgres) -> None:
    with pytest.raises(UserError, match="不能兼任"):
        set_roles(postgres.dsn, "a1", {Role.AUDITOR, Role.INSPECTOR})
    with pytest.raises(UserError, match="没有账号"):
        set_roles(postgres.dsn, "nobody", {Role.LEADER})
    users.add_user(postgres.dsn, "keeper", [Grant(A)], roles={Role.ADMINISTRATOR})
    users.add_user(postgres.dsn, "keeper", [Grant(A)])  # a new password: roles stay
    found = {one.name: one for one in users.users(postgres.dsn)}
    assert found["keeper"].roles == (Role.ADMINISTRATOR,)
    assert found["keeper"].grants == (Grant(A, write=True, pii=False),)
    assert found["b1"].roles == ()
    assert postgres.ask("SELECT kind FROM sync.event WHERE kind = 'account'")
