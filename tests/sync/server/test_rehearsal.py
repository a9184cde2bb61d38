"""The machine of the shared database is lost: the help's page is followed on a new one, to the
letter, and every case and number of every PC is there again."""

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from inspector_app.app import parts
from inspector_app.cli.main import run
from inspector_app.sync.server import embedded
from tests.sync.conftest import VERSION, programs

PAGE = Path(__file__).parents[3] / "resources" / "help" / "shared_server.md"
SECRET = "rehearsal"  # noqa: S105  # of machines that live for a minute
WHO = {"lia": "甲", "lib": "乙"}


class Machine:
    """One PostgreSQL machine; `tool` runs a program of PostgreSQL as superuser or as insp_dba."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        running = embedded.start(folder, bin_dir=programs(VERSION), fsync=False)
        self.parts = dict(word.split("=") for word in running.dsn.split())

    def tool(self, line: str, *, superuser: bool = False, database: str = "postgres") -> None:
        name, *words = line.split()
        user = self.parts["user"] if superuser else "insp_dba"
        secret = self.parts["password"] if superuser else SECRET
        env = {**os.environ, "LC_ALL": "C.UTF-8", "PGHOST": "127.0.0.1", "PGUSER": user}
        env |= {"PGPORT": self.parts["port"], "PGPASSWORD": secret, "PGDATABASE": database}
        program = [str(programs(VERSION) / name), *words]
        subprocess.run(program, env=env, check=True, capture_output=True, cwd=self.folder.parent)

    def sql(self, statement: str) -> None:
        script = self.folder.parent / "line.sql"
        script.write_text(statement, encoding="utf-8")
        self.tool("psql -v ON_ERROR_STOP=1 -f line.sql", superuser=True)

    def line(self, who: str, secret: str) -> str:
        place = f"host=127.0.0.1 port={self.parts['port']} dbname=shared"
        return f"{place} user={who} password={secret}"


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    """The document of a command that must end well."""

    def asked(*words: object) -> Any:
        capsys.readouterr()
        code = run(["--json", *map(str, words)], parts())
        told = capsys.readouterr()
        assert code == 0, told.err
        return json.loads(told.out)

    return asked


@pytest.fixture
def machines() -> Iterator[Callable[[str], Machine]]:
    """New machines, all of which are gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="inspector-rehearsal-"))
    folder.chmod(0o755)
    made: list[Machine] = []

    def new(name: str) -> Machine:
        made.append(Machine(folder / name))
        return made[-1]

    try:
        yield new
    finally:
        for one in made:
            if (one.folder / "data" / "postmaster.pid").exists():
                embedded.stop(one.folder, bin_dir=programs(VERSION))
        shutil.rmtree(folder)


def commands_of(heading: str) -> list[str]:
    """What stands between back-ticks in a section of the help."""
    page = PAGE.read_text(encoding="utf-8")
    section = page.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return re.findall(r"`([^`]+)`", section)


class Desk:
    """What two inspectors and the administrator type."""

    def __init__(self, ask: Callable[..., Any], folder: Path) -> None:
        self.ask, self.folder = ask, folder
        self.secrets: dict[str, str] = {}
        self.lines: dict[str, str] = {}

    def move(self, machine: Machine, patch: pytest.MonkeyPatch) -> None:
        patch.setenv("INSPECTOR_ADMIN_DSN", machine.line("insp_dba", SECRET))
        self.lines = {who: machine.line(who, secret) for who, secret in self.secrets.items()}

    def of(self, who: str, *words: object) -> Any:
        return self.ask("--data", self.folder / who, *words)

    def case(self, who: str, employer: str) -> str:
        filed = self.of(who, "case", "new", "--set", f"employer={employer}", "--set",
                        "scope=410402")  # fmt: skip
        return str(filed["case_no"])

    def sync(self) -> None:
        for who in WHO:
            self.of(who, "sync", "--once", "--dsn", self.lines[who])

    def cases(self, who: str) -> dict[str, str]:
        found = self.of(who, "case", "list")["cases"]
        return {one["case_no"]: one["id"] for one in found}


@pytest.mark.long
def test_a_lost_machine_is_replaced_as_the_help_says(
    ask: Callable[..., Any],
    machines: Callable[[str], Machine],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dump, _, roles = commands_of("备份")[:3]
    _, put_roles, _, make, restore, init, begin, end, *_ = commands_of("从备份恢复")
    desk, old = Desk(ask, tmp_path), machines("old")
    old.sql(f"CREATE ROLE insp_dba LOGIN CREATEROLE PASSWORD '{SECRET}'")
    old.sql("ALTER DATABASE shared OWNER TO insp_dba")
    desk.move(old, monkeypatch)
    ask(*init.split())
    for who, name in WHO.items():
        person = ("--display", name, "--scope", "410402", "--scope", "410400")
        line = ask("server", "user", "add", who, *person)["dsn"]
        desk.secrets[who] = dict(word.split("=") for word in line.split())["password"]
    desk.move(old, monkeypatch)
    numbers = [desk.case("lia", "演示甲一")]
    desk.sync()

    old.tool(dump)
    old.tool(roles, superuser=True)
    numbers += [desk.case("lia", "演示甲二"), desk.case("lib", "演示乙三")]
    desk.sync()
    desk.sync()
    numbers.append(desk.case("lia", "演示甲四"))  # never delivered before the loss
    embedded.stop(old.folder, bin_dir=programs(VERSION))

    new = machines("new")
    new.sql("DROP DATABASE shared")
    new.tool(put_roles, superuser=True)
    new.parts["password"] = old.parts["password"]  # the superuser's came along, as the help says
    new.sql(make)
    new.tool(restore)
    desk.move(new, monkeypatch)
    ask(*init.split())
    ask(*begin.split())
    desk.sync()
    assert ask(*end.split())["void"] == 0
    desk.sync()
    numbers.append(desk.case("lib", "演示乙五"))
    desk.sync()
    desk.sync()
    assert len(set(numbers)) == len(numbers)
    assert desk.cases("lia") == desk.cases("lib")
    assert desk.cases("lia").keys() == set(numbers)
    for who in WHO:
        assert desk.of(who, "check", "--server", "--dsn", desk.lines[who])["ok"]
    assert ask("server", "check")["broken"] == []
