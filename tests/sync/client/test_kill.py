"""A process killed with SIGKILL at any point of an exchange loses and repeats nothing."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from inspector_app.domain.cases import Case
from inspector_app.domain.claims import Worker
from inspector_app.sync.exchange import POINTS
from tests.helpers.builders import a_worker_claim
from tests.helpers.sync_child import load
from tests.sync.client.invariants import applied_once, chained, nothing_overwritten
from tests.sync.fake_server import FakeServer
from tests.sync.pcs import Pc, server_rows

REPO = Path(__file__).resolve().parents[3]
WORST = ("after_push_before_ack", "mid_page", "mid_refork")
Make = Callable[[str], Pc]


def an_old_copy_with_work_to_do(pc: Make) -> tuple[Pc, Pc, list[str]]:
    """A PC put back to an old image: it must take a new name, deliver, and receive pages."""
    one, other = pc("a1"), pc("a2")
    cases = [one.new_case() for _ in range(3)]
    one.sync()
    other.sync()
    image = one.image()
    one.edit(Case, cases[0], note="已上传，磁盘上没有了")
    one.sync()
    one.go_back(image)
    one.edit(Case, cases[1], note="甲")
    one.add(*a_worker_claim(1, case_id=cases[2]))
    other.sync()
    other.edit(Case, cases[0], facts="乙")
    other.edit(Case, cases[2], facts="乙")
    other.sync()
    return one, other, cases


def exchange_and_die(one: Pc, folder: Path, point: str) -> tuple[int, set[str]]:
    server, log = folder / "server", folder / "reached.log"
    server.write_bytes(one.server.backup())
    one.reopen()
    child = subprocess.run(
        [sys.executable, "-m", "tests.helpers.sync_child", one.path, server, one.me],
        cwd=REPO,
        env={**os.environ, "INSPECTOR_CRASH_AT": point, "INSPECTOR_CRASH_LOG": str(log)},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert child.stderr == ""
    one.server.__dict__.update(load(server))
    return child.returncode, set(log.read_text(encoding="utf-8").split())


def nothing_is_lost(server: FakeServer, one: Pc, other: Pc, cases: list[str]) -> None:
    for each in (one, other, one):
        each.sync()
    for each in (one, other):
        assert each.rows() == server_rows(server, server.grants[each.me])
        assert each.case(cases[0]).note == "已上传，磁盘上没有了"
        assert each.case(cases[1]).note == "甲"
        assert [each.case(case_id).facts for case_id in cases] == ["乙", "", "乙"]
        assert [worker.name for worker in each.find(Worker)] == ["演示工人1"]
        assert each.conflicts(every=True) == []
        assert each.refused() == []
        assert each.ledger.check() == []
    nothing_overwritten(server)
    applied_once(server)
    chained(server)


def kill_at(pc: Make, server: FakeServer, tmp_path: Path, point: str) -> None:
    one, other, cases = an_old_copy_with_work_to_do(pc)
    code, _ = exchange_and_die(one, tmp_path, point)
    assert code == -signal.SIGKILL
    nothing_is_lost(server, one, other, cases)


@pytest.mark.parametrize("point", WORST)
def test_a_kill_where_it_hurts_most_loses_nothing(
    pc: Make, server: FakeServer, tmp_path: Path, point: str
) -> None:
    kill_at(pc, server, tmp_path, point)


@pytest.mark.long
@pytest.mark.parametrize("point", sorted(set(POINTS) - set(WORST)))
def test_a_kill_anywhere_else_loses_nothing(
    pc: Make, server: FakeServer, tmp_path: Path, point: str
) -> None:
    kill_at(pc, server, tmp_path, point)


def test_every_point_is_reached(pc: Make, server: FakeServer, tmp_path: Path) -> None:
    one, other, cases = an_old_copy_with_work_to_do(pc)
    code, reached = exchange_and_die(one, tmp_path, "nowhere")
    assert code == 0
    assert set(POINTS) <= reached
    nothing_is_lost(server, one, other, cases)
