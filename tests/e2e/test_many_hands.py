"""Several programs issue papers on one ledger at the same time: each number once, none left out."""

import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from inspector_app.app import make_desk
from inspector_app.domain.cases import Source
from inspector_app.domain.office import Inspector
from inspector_app.domain.papers import NumberEntry, NumberState, Paper, PaperState
from inspector_app.services.batch import MEETING
from inspector_app.services.cases import CaseForm, new_case
from inspector_app.services.check import check
from inspector_app.services.papers import start_draft
from inspector_app.services.settings import inspectors, save, save_inspector
from tests.helpers.desks import REACHED

ROOT = Path(__file__).parents[2]
DAY = date(2026, 9, 28)
SAID = {
    "attendee": "法定代表人", "interview_date": date(2026, 10, 13), "interview_time": "09:30",
    "place": "演示会议室", "explain_by": date(2026, 10, 12),
}  # fmt: skip


def drafts(data: Path, count: int) -> list[str]:
    """A ledger with so many complete drafts of one case."""
    desk = make_desk(data, today=DAY)
    for number, name in enumerate(("演示李明", "演示赵强"), 1):
        save_inspector(desk, Inspector("", name, desk.city, desk.city, f"演示{number}"))
    save(desk, REACHED)
    lead, assist = (one.id for one in inspectors(desk))
    form = CaseForm(
        employer="演示青禾建筑劳务有限公司", scope=desk.city, source=Source.VISIT,
        cause="拖欠农民工工资", received_on=DAY, lead_id=lead, assist_id=assist,
    )  # fmt: skip
    case = new_case(desk, form)
    made = [start_draft(desk, case.id, MEETING, extra=SAID).id for _ in range(count)]  # type: ignore[arg-type]  # values
    desk.ledger.close()
    return made


def issue_together(data: Path, ids: list[str], programs: int) -> list[int]:
    """Deal the drafts out to real command lines that run at once; their exit codes."""
    hands = [
        subprocess.Popen(
            [sys.executable, "-m", "inspector_app", "--data", str(data), "--today", str(DAY),
             "paper", "issue", *ids[number::programs]],
            cwd=ROOT, env=dict(os.environ), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        for number in range(programs)
    ]  # fmt: skip
    told = [hand.communicate()[1].decode()[-300:] for hand in hands]
    assert [hand.returncode for hand in hands] == [0] * programs, "".join(told)
    return [hand.returncode for hand in hands]


def assert_each_number_once(data: Path, count: int) -> None:
    desk = make_desk(data, today=DAY)
    with desk.ledger.read() as view:
        entries = view.find(NumberEntry, series=desk.library.kinds[MEETING].series)
        papers = view.find(Paper, kind=MEETING)
    assert sorted(one.no for one in entries) == list(range(1, count + 1))
    assert {one.state for one in entries} == {NumberState.ISSUED}
    assert sorted(one.paper_id or "" for one in entries) == sorted(one.id for one in papers)
    assert {one.state for one in papers} == {PaperState.ISSUED}
    numbers = [one.number for one in papers]
    assert len(set(numbers)) == count
    assert all(desk.files.get(one.sha256).startswith(b"%PDF") for one in papers)
    assert check(desk) == []
    desk.ledger.close()


@pytest.mark.parametrize("point", ["before_commit:3", "after_commit:3", "file_renamed:3"])
def test_a_batch_that_is_killed_leaves_no_gap_and_goes_on(tmp_path: Path, point: str) -> None:
    data = tmp_path / "data"
    ids = drafts(data, 5)
    words = ["--data", str(data), "--today", str(DAY), "paper", "issue", *ids]
    env = {**os.environ, "INSPECTOR_CRASH_AT": point}
    ended = subprocess.run(
        [sys.executable, "-m", "inspector_app", *words], cwd=ROOT, env=env, capture_output=True
    )
    assert ended.returncode == -signal.SIGKILL
    desk = make_desk(data, today=DAY)
    with desk.ledger.read() as view:
        left = [one.id for one in view.find(Paper, state=PaperState.DRAFT)]
    desk.ledger.close()
    assert 0 < len(left) < 5
    issue_together(data, left, 1)
    assert_each_number_once(data, 5)


@pytest.mark.parametrize("programs", [3])
def test_a_few_programs_number_their_papers_without_a_gap(tmp_path: Path, programs: int) -> None:
    ids = drafts(tmp_path / "data", 18)
    issue_together(tmp_path / "data", ids, programs)
    assert_each_number_once(tmp_path / "data", 18)


@pytest.mark.long
def test_eight_programs_number_500_papers_once_each(tmp_path: Path) -> None:
    ids = drafts(tmp_path / "data", 500)
    issue_together(tmp_path / "data", ids, 8)
    assert_each_number_once(tmp_path / "data", 500)
