"""Makes a PostgreSQL database the shared one: roles, limits, tables, functions, whitelist."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from psycopg import errors, sql

from inspector_app.errors import UserError
from inspector_app.ledger.migrate import REVISIONS
from inspector_app.ledger.purge import free_text
from inspector_app.ledger.schema import BUSINESS, business_columns
from inspector_app.sync.server import definitions
from inspector_app.sync.server.admin import (
    CLIENT,
    OWNER,
    REPORT,
    Admin,
    admin,
    is_ready,
    named,
    rows,
    value,
)
from inspector_app.sync.server.doors import close_doors
from inspector_app.sync.wire import PROTOCOL

OLDEST_SCHEMA = 1
MOST_CONNECTIONS = 3  # of one person: the exchange, a second PC, one that hangs
_FOLDER = Path(__file__).parent
# For every session of the database, whatever the PC asks for at first.
_LIMITS = (
    ("statement_timeout", "30s"),
    ("lock_timeout", "10s"),
    ("idle_in_transaction_session_timeout", "10s"),
    ("idle_session_timeout", "60s"),
    ("synchronous_commit", "on"),
    ("default_transaction_isolation", "read committed"),  # what the functions are called in
    ("jit", "off"),  # compiling took half a second of a greeting that takes 5 ms
)


@dataclass(frozen=True, slots=True)
class Scope:
    """A jurisdiction with a history of its own."""

    code: str
    name: str
    city: str


@dataclass(frozen=True, slots=True)
class Migration:
    """One numbered file of statements."""

    number: int
    name: str
    text: str

    @property
    def sha(self) -> str:
        """What it must still say when it is met again."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def migrations() -> list[Migration]:
    """All there are, in their order."""
    return [
        Migration(int(path.stem[:4]), path.stem[5:], path.read_text(encoding="utf-8"))
        for path in sorted(_FOLDER.glob("[0-9][0-9][0-9][0-9]_*.sql"))
    ]


def init(dsn: str, scopes: Iterable[Scope], *, numbers: str = "", trial: bool = False) -> list[str]:
    """Build the shared side in an empty database; again, it only adds what is missing.

    `numbers` is leased (at first) or online; nothing said leaves it as it is. A `trial` takes in
    demonstrations without a question.
    """
    with admin(dsn, owner=False) as connection:
        _roles(connection)
        _database(connection)
        if not is_ready(connection):
            _schemas(connection)
        connection.execute("RESET ROLE")
        close_doors(connection)
        connection.execute(named("SET LOCAL ROLE {}", OWNER))
        done = _migrate(connection)
        _add_scopes(connection, scopes)
        if numbers:
            connection.execute("UPDATE sync.server SET numbers = %s", (numbers,))
        if trial:
            connection.execute("UPDATE sync.identity SET trial = true")
    return done


def migrate(dsn: str) -> list[str]:
    """Bring the shared side up to this program; the names of what was carried out."""
    with admin(dsn) as connection:
        done = _migrate(connection)
        connection.execute("RESET ROLE")
        close_doors(connection)
    return done


def _roles(connection: Admin) -> None:
    """Roles nobody can log in as: the owner, who may call, who may report."""
    known = {name for (name,) in rows(connection, "SELECT rolname FROM pg_roles")}
    for name in (OWNER, CLIENT, REPORT):
        if name not in known:
            connection.execute(named("CREATE ROLE {} NOLOGIN", name))
    if not _may_become_owner(connection):
        connection.execute(named("GRANT {} TO CURRENT_USER", OWNER))


def _may_become_owner(connection: Admin) -> bool:
    """From 16 on, who makes a role may give it away but not take it: only trying tells."""
    try:
        with connection.transaction():
            connection.execute(named("SET LOCAL ROLE {}", OWNER))
            connection.execute("RESET ROLE")
    except errors.InsufficientPrivilege:
        return False
    return True


def _database(connection: Admin) -> None:
    """Nobody but our roles comes in, nobody makes objects, and no session stays for ever."""
    here = str(value(connection, "SELECT current_database()"))
    connection.execute(named("REVOKE ALL ON DATABASE {} FROM PUBLIC", here))
    for role in (CLIENT, REPORT):
        connection.execute(named("GRANT CONNECT ON DATABASE {} TO {}", here, role))
    connection.execute(named("GRANT CREATE ON DATABASE {} TO {}", here, OWNER))
    connection.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    known = {name for (name,) in rows(connection, "SELECT name FROM pg_settings")}
    for name, setting in _LIMITS:
        if name in known:
            statement = named("ALTER DATABASE {} SET {} = ", here, name) + sql.Literal(setting)
            connection.execute(statement)


def _schemas(connection: Admin) -> None:
    connection.execute(named("SET LOCAL ROLE {}", OWNER))
    connection.execute("CREATE SCHEMA sync")
    connection.execute("CREATE SCHEMA sync_v1")
    # New functions and tables are nobody's until the walls say otherwise.
    connection.execute("ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC")
    connection.execute(
        "CREATE TABLE sync.migration (number integer PRIMARY KEY, name text NOT NULL,"
        " sha text NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp())"
    )
    connection.execute(
        "CREATE TABLE sync.definition (sha text NOT NULL, program text NOT NULL,"
        " at timestamptz NOT NULL DEFAULT clock_timestamp())"
    )


def _migrate(connection: Admin) -> list[str]:
    known = dict(rows(connection, "SELECT number, sha FROM sync.migration"))
    done = []
    every = migrations()
    if max(known, default=0) > every[-1].number:
        raise UserError("共享库比本程序新，请换用新版程序来管理。", kind="server_too_new")
    for one in every:
        if one.number in known:
            if known[one.number] != one.sha:
                message = f"共享库第 {one.number} 号变更与本程序的不同，请联系开发方。"
                raise UserError(message, kind="migration")
            continue
        connection.execute(one.text.encode())  # our own files
        line = "INSERT INTO sync.migration (number, name, sha) VALUES (%s, %s, %s)"
        connection.execute(line, (one.number, one.name, one.sha))
        done.append(f"{one.number:04d}_{one.name}")
    if definitions.renew(connection):
        done.append(definitions.NAME)
    _describe(connection)
    return done


def _describe(connection: Admin) -> None:
    """Tell the server what tables and columns the ledger has; what it knew before stays known."""
    for table in BUSINESS:
        roots = json.dumps([list(pair) for pair in table.info["roots"]])
        _put(connection, "tab", ("t",), {"t": table.name, "roots": roots})
    for table in BUSINESS:
        for column in business_columns(table):
            told = {"t": table.name, "name": column.name, "grp": column.info["group"]}
            told |= {"since": column.info.get("since", 1), "pii": bool(column.info.get("pii"))}
            told |= {"kind": "int" if column.type.python_type is int else "text"}
            _put(connection, "col", ("t", "name"), {**told, "nullable": bool(column.nullable)})
            for key in column.foreign_keys:
                parent = {"t": table.name, "name": column.name, "parent": key.column.table.name}
                _put(connection, "ref", ("t", "name"), parent)
    connection.execute("DELETE FROM sync.free_text")
    for t, name in free_text():
        connection.execute("INSERT INTO sync.free_text (t, name) VALUES (%s, %s)", (t, name))
    if not value(connection, "SELECT count(*) FROM sync.server"):
        connection.execute(
            "INSERT INTO sync.server"
            " (epoch, protocol_min, protocol_max, schema_version, schema_min, numbers)"
            " VALUES (sync.new_id(), %s, %s, 0, %s, 'leased')",
            (PROTOCOL, PROTOCOL, OLDEST_SCHEMA),
        )
    here = (int(REVISIONS[-1]), PROTOCOL)
    connection.execute("UPDATE sync.server SET schema_version = %s, protocol_max = %s", here)


def _put(connection: Admin, table: str, keys: tuple[str, ...], told: Mapping[str, object]) -> None:
    """Insert or update a row of the whitelist, in the portable way."""
    rest = [name for name in told if name not in keys]
    where = sql.SQL(" AND ").join(_equals(name) for name in keys)
    change = sql.SQL(", ").join(_equals(name) for name in rest)
    place = sql.Identifier("sync", table)
    update = sql.SQL("UPDATE {} SET {} WHERE {}").format(place, change, where)
    if connection.execute(update, [told[name] for name in (*rest, *keys)]).rowcount:
        return
    names = sql.SQL(", ").join(sql.Identifier(name) for name in told)
    gaps = sql.SQL(", ").join(sql.Placeholder() for _ in told)
    insert = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(place, names, gaps)
    connection.execute(insert, list(told.values()))


def _equals(name: str) -> sql.Composed:
    return sql.SQL("{} = {}").format(sql.Identifier(name), sql.Placeholder())


def _add_scopes(connection: Admin, scopes: Iterable[Scope]) -> None:
    known = {code for (code,) in rows(connection, "SELECT scope FROM sync.scope")}
    for one in scopes:
        if one.code in known:
            continue
        line = "INSERT INTO sync.scope (scope, city, name) VALUES (%s, %s, %s)"
        connection.execute(line, (one.code, one.city, one.name))
        connection.execute("INSERT INTO sync.head (scope) VALUES (%s)", (one.code,))
