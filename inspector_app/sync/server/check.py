"""What the IT desk looks at: versions, encryption, PCs, open conflicts, whether history holds."""

from dataclasses import dataclass
from datetime import datetime

from inspector_app.sync.server import definitions
from inspector_app.sync.server.admin import Admin, admin, rows, value
from inspector_app.sync.server.doors import open_doors
from inspector_app.sync.server.install import migrations
from inspector_app.sync.server.plain import plain_from_outside


@dataclass(frozen=True, slots=True)
class Device:
    """A PC that has exchanged; `acked` behind `last_n` is a PC that lost an answer."""

    device: str
    login: str
    last_n: int
    last_seen: datetime
    skew_seconds: int | None
    app: str
    schema: int


@dataclass(frozen=True, slots=True)
class ScopeState:
    """A jurisdiction: how long its history is and what waits in it."""

    scope: str
    name: str
    seq: int
    open_conflicts: int


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """A place where history is not as it was written; what: gap, link, content or head."""

    scope: str
    seq: int
    what: str


@dataclass(frozen=True, slots=True)
class Check:
    """The state of a shared database."""

    server: str
    ssl: bool
    schema: int
    missing: tuple[str, ...]
    recovery: bool
    doubts: tuple[str, ...]  # logins whose PCs remember a history that is not here
    numbers: str
    devices: tuple[Device, ...]
    scopes: tuple[ScopeState, ...]
    rejected: int
    broken: tuple[BrokenLink, ...]
    plain_from_outside: bool | None  # None: this administrator may not look
    holding: tuple[str, ...]  # logins with a transaction of a minute or more: others wait for it
    open_doors: bool  # functions of PostgreSQL that fill locks or the disk are everybody's
    name: str
    identity: str  # which database it is, also after it was put back; empty before the migration


def check(dsn: str) -> Check:
    """Look at everything; nothing is changed."""
    with admin(dsn) as connection:
        done = {number for (number,) in rows(connection, "SELECT number FROM sync.migration")}
        missing = [f"{one.number:04d}_{one.name}" for one in migrations() if one.number not in done]
        missing += [] if definitions.is_current(connection) else [definitions.NAME]
        ((schema, recovery, numbers),) = rows(
            connection, "SELECT schema_version, recovery, numbers FROM sync.server"
        )
        made = value(connection, "SELECT to_regclass('sync.identity')") is not None
        identity = str(value(connection, "SELECT id FROM sync.identity")) if made else ""
        return Check(
            str(value(connection, "SHOW server_version")), value(connection, "SHOW ssl") == "on",
            schema, tuple(missing), recovery, _doubts(connection), numbers, _devices(connection),
            _scopes(connection),
            int(value(connection, "SELECT count(*) FROM sync.event WHERE kind = 'rejected'")),
            _broken(connection), _plain(connection), holding(connection, 60),
            bool(open_doors(connection)), str(value(connection, "SELECT current_database()")),
            identity,
        )  # fmt: skip


def holding(connection: Admin, seconds: int) -> tuple[str, ...]:
    """Whose transaction has been open so long, with a line or left prepared without one: limits of
    time a login may lift for itself."""
    query = (
        "SELECT usename::text FROM pg_stat_activity WHERE datname = current_database()"
        " AND xact_start < clock_timestamp() - %s * interval '1 second'"
        " AND pid <> pg_backend_pid() AND usename IS NOT NULL"
        " UNION SELECT owner::text FROM pg_prepared_xacts WHERE database = current_database()"
        " AND prepared < clock_timestamp() - %s * interval '1 second' ORDER BY 1"
    )
    return tuple(str(login) for (login,) in rows(connection, query, seconds, seconds))


def _plain(connection: Admin) -> bool | None:
    """Asked last: as the administrator himself, the owner of the tables may not look there."""
    connection.execute("RESET ROLE")
    return plain_from_outside(connection)


def _doubts(connection: Admin) -> tuple[str, ...]:
    found = rows(connection, "SELECT DISTINCT login FROM sync.suspicion ORDER BY login")
    return tuple(login for (login,) in found)


def _devices(connection: Admin) -> tuple[Device, ...]:
    query = (
        "SELECT device, login, last_n, last_seen, skew_seconds, app, schema_version"
        " FROM sync.device ORDER BY last_seen DESC, device"
    )
    return tuple(Device(*row) for row in rows(connection, query))


def _scopes(connection: Admin) -> tuple[ScopeState, ...]:
    query = (
        "SELECT s.scope, s.name, h.seq, (SELECT count(*) FROM sync.conflict c"
        " WHERE c.scope = s.scope AND c.state = 'open')"
        " FROM sync.scope s JOIN sync.head h ON h.scope = s.scope ORDER BY s.scope"
    )
    return tuple(ScopeState(*row) for row in rows(connection, query))


def _broken(connection: Admin) -> tuple[BrokenLink, ...]:
    found = rows(connection, "SELECT scope, seq, what FROM sync.verify() ORDER BY scope, seq, what")
    return tuple(BrokenLink(*row) for row in found)
