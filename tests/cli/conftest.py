"""Runs command lines as a script would, on ledgers of their own."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from inspector_app.app import parts
from inspector_app.cli.main import run


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
def command(capsys: pytest.CaptureFixture[str]) -> Commands:
    """Run one command line: `command("terms", "--rule", "D05", …)`."""

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
