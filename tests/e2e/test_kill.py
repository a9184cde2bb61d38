"""The program itself killed (SIGKILL) at each named point of filling in and issuing a paper."""

import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from inspector_app.app import make_desk
from inspector_app.domain.cases import Stage
from inspector_app.domain.papers import NumberEntry, NumberState, Paper, PaperState
from inspector_app.ledger.crashpoints import POINTS
from inspector_app.ledger.views import CaseQuery
from inspector_app.services.cases import case_list
from inspector_app.services.check import check
from inspector_app.services.issuing import issue
from inspector_app.services.papers import draft_sheet, start_draft
from tests.e2e.days import DayDone

ROOT = Path(__file__).parents[2]
KIND = "rectification_order"
TYPED, TYPED_OVER = "演示事实：第一稿。", "演示事实：第二稿。"
IN_FILLING = tuple(point for point in POINTS if not point.startswith("file_"))


@dataclass(frozen=True)
class Killed:
    """A ledger whose program was killed, and the points it had passed."""

    data: Path
    draft_id: str
    code: int
    reached: frozenset[str]


def prepared(day: DayDone, data: Path, tmp_path: Path) -> str:
    """A copy of the demonstration ledger with one more order in draft; its id."""
    shutil.copytree(day.out / "ledger", data)
    desk = make_desk(data)
    case = case_list(desk, CaseQuery(stages=(Stage.RECTIFICATION,))).lines[0].row.id
    draft = start_draft(desk, case, KIND, extra={"facts": TYPED})
    desk.ledger.close()
    (tmp_path / "fields.json").write_text(json.dumps({"facts": TYPED_OVER}), encoding="utf-8")
    return draft.id


def killed(day: DayDone, tmp_path: Path, point: str, *verb: str) -> Killed:
    """Run one verb on the draft in a real process that dies at the point."""
    data, log = tmp_path / "data", tmp_path / "reached.log"
    draft_id = prepared(day, data, tmp_path)
    words = [*verb[:2], draft_id, *verb[2:]]
    env = {"INSPECTOR_CRASH_AT": point, "INSPECTOR_CRASH_LOG": str(log)}
    child = subprocess.run(
        [sys.executable, "-m", "inspector_app", "--data", data, "--today", "2026-10-09", *words],
        cwd=ROOT,
        env={**os.environ, **env},
        capture_output=True,
    )
    reached = log.read_text(encoding="utf-8").split() if log.exists() else []
    return Killed(data, draft_id, child.returncode, frozenset(reached))


def numbers(data: Path) -> list[int]:
    """Used numbers of the order series; each must belong to an issued paper with its page."""
    desk = make_desk(data)
    series = desk.library.kinds[KIND].series
    with desk.ledger.read() as view:
        entries = view.find(NumberEntry, series=series)
        for entry in entries:
            paper = view.get(Paper, entry.paper_id or "")
            assert entry.state is NumberState.ISSUED
            assert paper.state is PaperState.ISSUED
            assert desk.files.get(paper.sha256).startswith(b"%PDF")
    assert check(desk) == []
    desk.ledger.close()
    return sorted(entry.no for entry in entries)


@pytest.mark.parametrize("point", POINTS)
def test_a_paper_being_issued_is_issued_whole_or_not_at_all(
    day: DayDone, tmp_path: Path, point: str
) -> None:
    before = numbers(day.out / "ledger")
    ended = killed(day, tmp_path, point, "paper", "issue")
    assert ended.code == -signal.SIGKILL
    assert point in ended.reached
    used = numbers(ended.data)
    desk = make_desk(ended.data)
    with desk.ledger.read() as view:
        state = view.get(Paper, ended.draft_id).state
    assert (state is PaperState.ISSUED) == (len(used) == len(before) + 1)
    assert (state is PaperState.ISSUED) == (point == "after_commit")
    if state is PaperState.DRAFT:
        issue(desk, ended.draft_id)
    desk.ledger.close()
    assert numbers(ended.data) == list(range(1, len(before) + 2))


@pytest.mark.parametrize("point", IN_FILLING)
def test_what_was_typed_is_there_as_before_or_as_after(
    day: DayDone, tmp_path: Path, point: str
) -> None:
    fields = str(tmp_path / "fields.json")
    ended = killed(day, tmp_path, point, "paper", "fill", "--fields", fields)
    assert ended.code == -signal.SIGKILL
    assert point in ended.reached
    desk = make_desk(ended.data)
    assert check(desk) == []
    facts = draft_sheet(desk, ended.draft_id).values["facts"]
    desk.ledger.close()
    assert facts == (TYPED_OVER if point == "after_commit" else TYPED)


def test_a_process_nobody_kills_reaches_every_point(day: DayDone, tmp_path: Path) -> None:
    fields = str(tmp_path / "fields.json")
    ended = killed(day, tmp_path, "nowhere", "paper", "fill", "--fields", fields)
    assert (ended.code, ended.reached) == (0, frozenset(IN_FILLING))
    shutil.rmtree(ended.data)
    ended = killed(day, tmp_path, "nowhere", "paper", "issue")
    assert (ended.code, ended.reached) == (0, frozenset(POINTS))
