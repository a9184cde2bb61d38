"""Logins of the shared database: one a person, with the scopes it may read or write."""

import re
import secrets
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from psycopg import conninfo, errors, sql

from inspector_app.domain.rights import Role, clash, takes_personal_data, writes
from inspector_app.errors import UserError
from inspector_app.sync import pg
from inspector_app.sync.server.admin import CLIENT, OWNER, Admin, admin, named, rows, value
from inspector_app.sync.server.install import MOST_CONNECTIONS

_NAME = re.compile(r"[a-z][a-z0-9_]{0,30}")
_RESERVED = ("insp_", "pg_")


@dataclass(frozen=True, slots=True)
class Grant:
    """A scope and what may be done there."""

    scope: str
    write: bool = True
    pii: bool = True

    @classmethod
    def of(cls, text: str) -> "Grant":
        """Read `410402`, `410402:read` or `410402:read,masked`."""
        code, colon, words = text.partition(":")
        said = set(words.split(",")) if colon else set()
        if not code.isdigit() or not said <= {"read", "masked"} or (colon and not said):
            message = f"“{text}”读不懂：写区划代码，只读的后面加 :read，不看个人信息的加 :masked。"
            raise UserError(message, field="scope")
        return cls(code, "read" not in said, "masked" not in said)

    def within(self, roles: frozenset[Role]) -> "Grant":
        """What of it these roles leave."""
        may_write, may_see = writes(roles), takes_personal_data(roles)
        return Grant(self.scope, self.write and may_write, self.pii and may_see)


@dataclass(frozen=True, slots=True)
class Account:
    """A person's login as the administrator sees it."""

    name: str
    display: str
    disabled: bool
    grants: tuple[Grant, ...]
    devices: int
    last_seen: datetime | None
    roles: tuple[Role, ...] = ()


def add_user(
    dsn: str,
    name: str,
    grants: Sequence[Grant],
    *,
    display: str = "",
    roles: Collection[Role] | None = None,
) -> str:
    """Make or renew a login; the answer is its connection string with a new password.

    `roles` None leaves them as they are; an account without any works cases.
    """
    if not _NAME.fullmatch(name) or name.startswith(_RESERVED):
        message = "登录名用小写字母开头，只含小写字母、数字和下划线，不超过 31 个字符。"
        raise UserError(message, field="name")
    if not grants:
        raise UserError("至少要给一个辖区：--scope 区划代码。", field="scope")
    password = secrets.token_urlsafe(18)
    with admin(dsn, owner=False) as connection:
        _login(connection, name, password)
        connection.execute(named("SET LOCAL ROLE {}", OWNER))
        _account(connection, name, display or name, grants, roles)
        database = str(value(connection, "SELECT current_database()"))
    place = {k: v for k, v in pg.parts_of(dsn).items() if k in ("host", "hostaddr", "port")}
    return conninfo.make_conninfo(**place, dbname=database, user=name, password=password)


def with_cities(dsn: str, grants: Sequence[Grant]) -> list[Grant]:
    """The same with the city of every county: units, projects, settings and numbers are there.

    The city is opened as widely as the counties are, unless something was said of it.
    """
    with admin(dsn) as connection:
        found = dict(rows(connection, "SELECT scope, city FROM sync.scope"))
    given = {one.scope for one in grants}
    more: dict[str, Grant] = {}
    for one in grants:
        city = str(found.get(one.scope, one.scope))
        if city not in given:
            old = more.get(city, Grant(city, write=False, pii=False))
            more[city] = Grant(city, one.write or old.write, one.pii or old.pii)
    return [*grants, *more.values()]


def _login(connection: Admin, name: str, password: str) -> None:
    """The role itself: may log in and call, nothing else."""
    query = (
        "SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls OR rolreplication"
        " OR NOT pg_has_role(oid, %s, 'MEMBER') FROM pg_roles WHERE rolname = %s"
    )
    foreign = value(connection, query, CLIENT, name)
    if foreign:
        raise UserError(
            f"数据库里已有另作他用的账号 {name}，请换一个。", field="name", kind="taken"
        )
    verb = "CREATE ROLE {} LOGIN" if foreign is None else "ALTER ROLE {} LOGIN"
    limit = sql.SQL(" CONNECTION LIMIT {} PASSWORD {}").format(MOST_CONNECTIONS, password)
    connection.execute(named(verb, name) + limit)
    if foreign is None:
        connection.execute(named("GRANT {} TO {}", CLIENT, name))


def _account(
    connection: Admin,
    name: str,
    display: str,
    grants: Sequence[Grant],
    roles: Collection[Role] | None,
) -> None:
    known = {code for (code,) in rows(connection, "SELECT scope FROM sync.scope")}
    strange = sorted({one.scope for one in grants} - known)
    if strange:
        raise UserError(f"共享库没有辖区 {'、'.join(strange)}。", field="scope")
    change = "UPDATE sync.account SET display = %s, disabled = false WHERE login = %s"
    if not connection.execute(change, (display, name)).rowcount:
        line = "INSERT INTO sync.account (login, display) VALUES (%s, %s)"
        connection.execute(line, (name, display))
    connection.execute("DELETE FROM sync.scope_grant WHERE login = %s", (name,))
    if roles is not None:
        _put_roles(connection, name, roles)
    held = _roles(connection).get(name, frozenset())
    for one in {grant.scope: grant.within(held) for grant in grants}.values():
        connection.execute(
            "INSERT INTO sync.scope_grant (login, scope, can_write, can_pii)"
            " VALUES (%s, %s, %s, %s)",
            (name, one.scope, one.write, one.pii),
        )
    _tell(connection, "account", name)


def _roles(connection: Admin) -> dict[str, frozenset[Role]]:
    found: dict[str, set[Role]] = {}
    for login, role in rows(connection, "SELECT login, role FROM sync.account_role"):
        found.setdefault(login, set()).add(Role(role))
    return {login: frozenset(roles) for login, roles in found.items()}


def _put_roles(connection: Admin, name: str, roles: Collection[Role]) -> None:
    problem = clash(frozenset(roles)) if roles else ""
    if problem:
        raise UserError(problem, field="role")
    connection.execute("DELETE FROM sync.account_role WHERE login = %s", (name,))
    for role in sorted(role.value for role in set(roles)):
        line = "INSERT INTO sync.account_role (login, role) VALUES (%s, %s)"
        connection.execute(line, (name, role))


def set_roles(dsn: str, name: str, roles: Collection[Role]) -> Account:
    """Give an account exactly these roles; what they forbid is taken from its scopes at once."""
    with admin(dsn) as connection:
        if not value(connection, "SELECT count(*) FROM sync.account WHERE login = %s", name):
            raise UserError(f"没有账号 {name}。", field="name", kind="not_found")
        held = frozenset(roles)
        connection.execute(
            "UPDATE sync.scope_grant SET can_write = can_write AND %s, can_pii = can_pii AND %s"
            " WHERE login = %s",
            (writes(held), takes_personal_data(held), name),
        )
        _put_roles(connection, name, held)
        _tell(connection, "roles", name)
    return next(one for one in users(dsn) if one.name == name)


def _tell(connection: Admin, kind: str, name: str) -> None:
    line = "SELECT sync.event(session_user::text, '', %s, jsonb_build_object('login', %s::text))"
    connection.execute(line, (kind, name))


def disable_user(dsn: str, name: str) -> None:
    """Close a login: no new connections, open ones end."""
    with admin(dsn, owner=False) as connection:
        connection.execute(named("SET LOCAL ROLE {}", OWNER))
        change = "UPDATE sync.account SET disabled = true WHERE login = %s"
        if not connection.execute(change, (name,)).rowcount:
            raise UserError(f"没有账号 {name}。", field="name", kind="not_found")
        _tell(connection, "disabled", name)
        connection.execute("RESET ROLE")
        connection.execute(named("ALTER ROLE {} NOLOGIN", name))
        _hang_up(connection, name)
    _let_go(dsn, name)


def _let_go(dsn: str, name: str) -> None:
    """Undo what a login left prepared (PREPARE TRANSACTION, where the server lets anybody): it
    holds its locks without a line, through a restart too. Only a superuser may."""
    query = "SELECT gid FROM pg_prepared_xacts WHERE owner = %s AND database = current_database()"
    with pg.connect(dsn) as connection:  # each by itself: none of them may be in a transaction
        for (gid,) in rows(connection, query, name):
            with suppress(errors.InsufficientPrivilege):
                connection.execute(sql.SQL("ROLLBACK PREPARED {}").format(sql.Literal(gid)))


def _hang_up(connection: Admin, name: str) -> None:
    """End the open lines of a login: one may hold a county's history, and would for ever."""
    line = "SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity WHERE usename = %s"
    try:
        with connection.transaction():
            connection.execute(line, (name,))
    except errors.InsufficientPrivilege:
        return  # every call of theirs is refused all the same


def users(dsn: str) -> list[Account]:
    """All logins, by name."""
    with admin(dsn) as connection:
        grants: dict[str, list[Grant]] = {}
        query = "SELECT login, scope, can_write, can_pii FROM sync.scope_grant ORDER BY 1, 2"
        for login, scope, write, pii in rows(connection, query):
            grants.setdefault(login, []).append(Grant(scope, write, pii))
        roles = _roles(connection)
        found = rows(
            connection,
            "SELECT a.login, a.display, a.disabled, count(d.device), max(d.last_seen)"
            " FROM sync.account a LEFT JOIN sync.device d ON d.login = a.login"
            " GROUP BY a.login, a.display, a.disabled ORDER BY 1",
        )
    return [
        Account(
            login,
            display,
            disabled,
            tuple(grants.get(login, ())),
            devices,
            seen,
            tuple(role for role in Role if role in roles.get(login, ())),
        )
        for login, display, disabled, devices, seen in found
    ]
