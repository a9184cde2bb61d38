"""A process killed with SIGKILL at any named point loses nothing committed and no number."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from inspector_app.domain.papers import NumberEntry, Paper, PaperState
from inspector_app.ledger.crashpoints import POINTS
from inspector_app.ledger.files import FileStore
from inspector_app.ledger.ledger import Ledger

REPO = Path(__file__).resolve().parents[2]
IN_DRAFTS = ("work_begun", "rows_written", "after_pack", "before_commit", "after_commit")
IN_ISSUES = (*IN_DRAFTS, "file_written", "file_synced", "file_renamed")


@dataclass(frozen=True, slots=True)
class Ended:
    """How a child ended and what it had said."""

    code: int
    said: list[dict[str, Any]]
    reached: set[str]


def run_child(path: Path, what: str, crash_at: str) -> Ended:
    log = path.with_name("reached.log")
    named = {"INSPECTOR_CRASH_AT": crash_at, "INSPECTOR_CRASH_LOG": str(log)}
    files = path.with_name("files")
    child = subprocess.run(
        [sys.executable, "-m", "tests.helpers.ledger_child", path, files, what, "4"],
        cwd=REPO,
        env={**os.environ, **named},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert child.stderr == ""
    said = [json.loads(line) for line in child.stdout.splitlines()]
    return Ended(child.returncode, said, set(log.read_text(encoding="utf-8").split()))


def committed_is_there(path: Path, ended: Ended, *, unsaid: int = 0) -> None:
    """What was told is there, and `unsaid` more: the step that was durable but not yet told."""
    ledger = Ledger.open(path)
    files = FileStore(path.with_name("files"))
    with ledger.read() as view:
        typed = view.get(Paper, "paper-typed")
        saved = max((one.get("saved", 0) for one in ended.said), default=0)
        assert len(json.loads(typed.values).get("facts", "")) == 2 * (saved + unsaid * bool(saved))
        issued = view.find(Paper, state=PaperState.ISSUED)
        numbers = view.find(NumberEntry)
    told = {one["number"]: one["sha256"] for one in ended.said if "number" in one}
    assert told.items() <= {paper.number: paper.sha256 for paper in issued}.items()
    assert len(issued) == len(told) + unsaid * bool(told)
    assert {entry.paper_id for entry in numbers} == {paper.id for paper in issued}
    assert sorted(entry.no for entry in numbers) == list(range(1, len(issued) + 1))
    for paper in issued:
        assert paper.number.encode() in files.get(paper.sha256)
    assert files.check() == []
    assert ledger.check() == []
    ledger.close()


@pytest.mark.parametrize("point", IN_DRAFTS)
def test_a_draft_being_typed_survives_a_kill(path: Path, point: str) -> None:
    ended = run_child(path, "drafts", f"{point}:3")
    assert ended.code == -signal.SIGKILL
    assert {"saved": 1} in ended.said
    committed_is_there(path, ended, unsaid=point == "after_commit")


@pytest.mark.parametrize("point", IN_ISSUES)
def test_a_paper_being_issued_survives_a_kill(path: Path, point: str) -> None:
    ended = run_child(path, "issue", f"{point}:{3 if point.startswith('file') else 7}")
    assert ended.code == -signal.SIGKILL
    assert any("number" in one for one in ended.said)
    committed_is_there(path, ended, unsaid=point == "after_commit")


@pytest.mark.parametrize(("what", "points"), [("drafts", IN_DRAFTS), ("issue", IN_ISSUES)])
def test_every_point_is_reached_by_a_child_that_is_let_live(
    path: Path, what: str, points: tuple[str, ...]
) -> None:
    ended = run_child(path, what, "nowhere")
    assert (ended.code, ended.reached) == (0, set(points))
    assert len(ended.said) == 5
    committed_is_there(path, ended)


def test_no_named_point_is_left_out() -> None:
    assert set(IN_DRAFTS) | set(IN_ISSUES) == set(POINTS)
