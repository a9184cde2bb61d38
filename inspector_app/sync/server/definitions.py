"""The functions and walls of the shared side: each is defined once, all are renewed together."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import LiteralString

from psycopg import sql

from inspector_app import __version__
from inspector_app.errors import UserError
from inspector_app.sync.server.admin import Admin, rows

NAME = "functions"
_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Definition:
    """One file of functions, or the walls that stand on them."""

    name: str
    text: str


def definitions() -> list[Definition]:
    """All there are; the walls come last."""
    paths = [*sorted((_FOLDER / "functions").glob("*.sql")), _FOLDER / "walls.sql"]
    return [Definition(path.stem, path.read_text(encoding="utf-8")) for path in paths]


def is_current(connection: Admin) -> bool:
    """Whether the shared side works by the functions of this program."""
    return _known(connection) == (sha(), __version__)


def renew(connection: Admin) -> bool:
    """Take all functions and walls down and put this program's up; False when these stand.

    Raises UserError when a newer program put up those that stand.
    """
    known, program = _known(connection)
    if (known, program) == (sha(), __version__):
        return False
    if _order(program) > _order(__version__):
        raise UserError("共享库比本程序新，请换用新版程序来管理。", kind="server_too_new")
    if known != sha():
        _take_down(connection)
        # They call one another in any order.
        connection.execute("SET LOCAL check_function_bodies = off")
        for one in definitions():
            connection.execute(one.text.encode())  # our own files
    line = "INSERT INTO sync.definition (sha, program) VALUES (%s, %s)"
    connection.execute(line, (sha(), __version__))
    return True


def _known(connection: Admin) -> tuple[str, str]:
    query = "SELECT sha, program FROM sync.definition ORDER BY at DESC LIMIT 1"
    found = rows(connection, query)
    return found[0] if found else ("", "0")


def sha() -> str:
    """What tells this program's functions from those of any other version."""
    whole = "".join(one.text for one in definitions())
    return hashlib.sha256(whole.encode()).hexdigest()


def _order(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


_TRIGGERS = (
    "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
    " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'sync' AND NOT t.tgisinternal"
)
_POLICIES = "SELECT policyname, tablename FROM pg_policies WHERE schemaname = 'sync'"
_FUNCTIONS = (
    "SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
    " WHERE n.nspname IN ('sync', 'sync_v1')"
)


def _take_down(connection: Admin) -> None:
    """Whatever stands, by whatever version: what a newer one no longer has is gone as well."""
    for name, table in rows(connection, _TRIGGERS):
        connection.execute(_on("DROP TRIGGER {} ON {}", name, table))
    for name, table in rows(connection, _POLICIES):
        connection.execute(_on("DROP POLICY {} ON {}", name, table))
    for (function,) in rows(connection, _FUNCTIONS):  # quoted by the server where it must be
        connection.execute(f"DROP FUNCTION {function}".encode())


def _on(template: LiteralString, name: str, table: str) -> sql.Composed:
    return sql.SQL(template).format(sql.Identifier(name), sql.Identifier("sync", table))
