"""A PostgreSQL on loopback for the session, and in it a fresh shared database for each test."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import conninfo, sql

from inspector_app.sync.server import embedded, install, users
from inspector_app.sync.server.watchdog import dies_with_us
from tests.sync.pcs import GRANTS

CITY = "410400"
SCOPES = [
    install.Scope(CITY, "平顶山市", CITY),
    install.Scope("410402", "新华区", CITY),
    install.Scope("410403", "卫东区", CITY),
]
VERSION = int(os.environ.get("INSPECTOR_TEST_POSTGRES", "18"))


@dataclass(frozen=True)
class Postgres:
    """A shared database of the tests; `dsn` is the administrator's, `of` a person's."""

    dsn: str
    accounts: dict[str, str]
    database: str

    def of(self, name: str) -> str:
        return conninfo.make_conninfo(self.accounts[name], dbname=self.database)

    def line(self, name: str) -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(self.of(name), autocommit=True)

    def ask(self, query: str, *given: object) -> list[tuple[object, ...]]:
        """As the administrator."""
        with psycopg.connect(self.dsn, autocommit=True) as connection:
            cursor = connection.execute(query.encode(), given or None)
            return cursor.fetchall() if cursor.description else []


@dataclass(frozen=True)
class Cluster:
    """The server of the session with the database that the others are copied from."""

    admin: str
    accounts: dict[str, str]
    folder: Path

    def copy(self, template: str = embedded.DATABASE) -> Postgres:
        """A database like another, to which nobody is connected just now."""
        name = f"t_{uuid4().hex[:12]}"
        maker = conninfo.make_conninfo(self.admin, dbname="postgres")
        with psycopg.connect(maker, autocommit=True) as connection:
            words = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
            statement = words.format(sql.Identifier(name), sql.Identifier(template))
            connection.execute(statement)
            # A copy has the content of its template, not its walls.
            database = sql.Identifier(name)
            walls = "REVOKE ALL ON DATABASE {0} FROM PUBLIC; "
            walls += "GRANT CONNECT ON DATABASE {0} TO insp_client, insp_report"
            connection.execute(sql.SQL(walls).format(database))
        return Postgres(conninfo.make_conninfo(self.admin, dbname=name), self.accounts, name)

    def drop(self, one: Postgres) -> None:
        maker = conninfo.make_conninfo(self.admin, dbname="postgres")
        with psycopg.connect(maker, autocommit=True) as connection:
            words = sql.SQL("DROP DATABASE {} WITH (FORCE)")
            connection.execute(words.format(sql.Identifier(one.database)))


def programs(version: int) -> Path:
    """Where a version of PostgreSQL is: in the wheel, or where Debian puts it."""
    if version in embedded.BINARIES:
        return embedded.binaries(version)
    return Path(f"/usr/lib/postgresql/{version}/bin")


@contextmanager
def running(version: int) -> Iterator[Cluster]:
    """A server of that version with the tests' shared database; nothing of it survives.

    Not below pytest's own folder: each run of pytest shuts that one to everybody else, and the
    server of another run is somebody else when both run as root.
    """
    folder, bin_dir = Path(tempfile.mkdtemp(prefix="inspector-postgres-")), programs(version)
    with dies_with_us(folder):
        try:
            dsn = embedded.start(folder, bin_dir=bin_dir, fsync=False).dsn
            with psycopg.connect(dsn, autocommit=True) as connection:  # as some bureau's may be
                connection.execute("ALTER SYSTEM SET max_prepared_transactions = 4")
            embedded.stop(folder, bin_dir=bin_dir)
            dsn = embedded.start(folder, bin_dir=bin_dir, fsync=False).dsn
            install.init(dsn, SCOPES, trial=True)  # desks of tests are demonstrations
            accounts = {
                name: users.add_user(
                    dsn, name, [users.Grant(scope, write) for scope, write in scopes.items()]
                )
                for name, scopes in GRANTS.items()
            }
            yield Cluster(dsn, accounts, folder)
        finally:
            embedded.stop(folder, bin_dir=bin_dir)
            shutil.rmtree(folder)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """Started once for the session."""
    with running(VERSION) as one:
        yield one


@pytest.fixture
def postgres(cluster: Cluster) -> Iterator[Postgres]:
    """A shared database of two counties with the accounts a1, a2, b1 and city."""
    one = cluster.copy()
    yield one
    cluster.drop(one)
