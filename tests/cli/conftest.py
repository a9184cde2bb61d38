"""Runs command lines as a script would, on ledgers of their own."""

import json
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from inspector_app.app import parts
from inspector_app.cli.main import run
from inspector_app.ledger.ledger import Ledger
from tests.e2e.days import DayDone, run_day
from tests.helpers.blank import blank, lay


@dataclass(frozen=True)
class Ran:
    """What one command line did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on stdout; anything else beside it is an error."""
        return json.loads(self.out)


Commands = Callable[..., Ran]


@pytest.fixture
def blank_ledgers(monkeypatch: pytest.MonkeyPatch) -> None:
    """A ledger that is made begins as a copy of one that was migrated once."""
    blank()  # before it would lay itself
    opened = Ledger.open

    def laid(path: Path, *, key: bytes | None = None, **rest: Any) -> Ledger:
        if key is None:
            with suppress(OSError):  # said by who opens it
                lay(path)
        return opened(path, key=key, **rest)

    monkeypatch.setattr(Ledger, "open", laid)


@pytest.fixture
def command(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    blank_ledgers: None,
) -> Commands:
    """Run one command line: `command("terms", "--rule", "D05", …)`; never on the user's ledger."""
    monkeypatch.setenv("INSPECTOR_APP_DATA", str(tmp_path / "own"))

    def ran(*words: object) -> Ran:
        capsys.readouterr()
        code = run([str(word) for word in words], parts())
        told = capsys.readouterr()
        return Ran(code, told.out, told.err)

    return ran


@pytest.fixture
def at(command: Commands, tmp_path: Path) -> Commands:
    """Run one command line with `--json` on a ledger of this test's own, on 2026-09-28."""

    def ran(*words: object) -> Ran:
        return command("--data", tmp_path / "data", "--today", "2026-09-28", "--json", *words)

    return ran


@pytest.fixture
def done(at: Commands) -> Callable[..., Any]:
    """The document of a command line that must succeed."""

    def document(*words: object) -> Any:
        ran = at(*words)
        assert ran.code == 0, ran.err
        return ran.json

    return document


@pytest.fixture(scope="session")
def demo_day(tmp_path_factory: pytest.TempPathFactory) -> DayDone:
    """A finished demonstration day; its ledger is copied before anything writes to it."""
    return run_day(tmp_path_factory.mktemp("day") / "demo")


@pytest.fixture
def demo(command: Commands, demo_day: DayDone, tmp_path: Path) -> Callable[..., Any]:
    """The document of a command line on a copy of the demonstration ledger."""
    data = tmp_path / "demo-ledger"
    shutil.copytree(demo_day.out / "ledger", data)

    def document(*words: object, code: int = 0) -> Any:
        ran = command("--data", data, "--today", "2026-10-09", "--json", *words)
        assert ran.code == code, ran.err
        return ran.json

    return document
