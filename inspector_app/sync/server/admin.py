"""The administrator's line to the shared database: one transaction a task, trouble in sentences."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, LiteralString

import psycopg
from psycopg import conninfo, sql

from inspector_app.errors import OutsideError, UserError
from inspector_app.sync import pg
from inspector_app.sync.line_trouble import trouble

OWNER, CLIENT, REPORT = "insp_owner", "insp_client", "insp_report"
Admin = psycopg.Connection[Any]
_NOT_READY = "这个库还没有建成共享库，请先运行 server init。"


@contextmanager
def admin(dsn: str, *, owner: bool = True) -> Iterator[Admin]:
    """All or nothing of what is done inside, as the owner of the shared tables."""
    connection = pg.connect(dsn)
    try:
        with connection.transaction():
            connection.execute("SET LOCAL statement_timeout = 0")
            connection.execute("SET LOCAL lock_timeout = '30s'")
            if owner:
                if not is_ready(connection):
                    raise UserError(_NOT_READY, field="dsn", kind="not_ready")
                connection.execute(named("SET LOCAL ROLE {}", OWNER))
            yield connection
    except psycopg.errors.InsufficientPrivilege as error:
        message = "这个账号没有管理权限，请用数据库管理员的连接串。"
        raise OutsideError(message, kind="rights") from error
    except psycopg.Error as error:
        raise trouble(error) from error
    finally:
        connection.close()


def as_login(dsn: str, user: str, password: str) -> str:
    """The same place with another login; never to be kept."""
    return conninfo.make_conninfo(**{**pg.parts_of(dsn), "user": user, "password": password})


def is_ready(connection: Admin) -> bool:
    """Whether the shared tables are here."""
    return value(connection, "SELECT to_regclass('sync.migration') IS NOT NULL") is True


def value(connection: Admin, query: LiteralString, *given: object) -> Any:
    """The one value a query answers; None when it answers nothing."""
    row = connection.execute(query, given).fetchone()
    return None if row is None else row[0]


def rows(connection: Admin, query: LiteralString, *given: object) -> list[tuple[Any, ...]]:
    """All a query answers."""
    return list(connection.execute(query, given).fetchall())


def named(template: LiteralString, *names: str) -> sql.Composed:
    """A statement with quoted names in it."""
    return sql.SQL(template).format(*(sql.Identifier(name) for name in names))
