"""Files between two PCs: by themselves or on demand, from any byte on, none blocks another."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from inspector_app.domain.inspections import Evidence
from inspector_app.domain.papers import Paper, PaperState
from inspector_app.errors import OutsideError
from inspector_app.ledger.files import FileStore
from inspector_app.ledger.ids import new_id
from inspector_app.ledger.schema.exchange import sync_file, sync_piece
from inspector_app.sync.attachments import file_names, files
from inspector_app.sync.attachments.file_names import FileState
from inspector_app.sync.attachments.file_policy import ALL, ASKED, OWN, FilePolicy, FilePost
from inspector_app.sync.exchange import Exchange
from inspector_app.sync.talk import Report, Talk
from tests.helpers.sync_child import load
from tests.sync.fake_server import FakeServer
from tests.sync.pcs import NOW, Pc

Make = Callable[[str], Pc]
PHOTO = bytes(range(256)) * 40
REPO = Path(__file__).resolve().parents[3]


class Desk:
    """A PC with its folder of files."""

    def __init__(self, pc: Pc, person: str = "", which: str = OWN) -> None:
        self.pc, self.now = pc, NOW
        self.store = FileStore(pc.path.parent / f"{pc.path.stem}-files")
        self.policy = FilePolicy(which, person=person)

    def sync(self) -> Report:
        post = FilePost(self.store, self.policy)
        talk = Talk(self.pc.ledger, self.pc.line, now=lambda: self.now, files=post)
        return Exchange(talk).run()

    def attach(self, case_id: str, data: bytes = PHOTO, name: str = "照片.jpg") -> str:
        sha256 = self.store.put(data)
        self.pc.add(
            Evidence(
                new_id(), sha256, name, "image/jpeg", len(data), date(2026, 9, 21), case_id=case_id
            )
        )
        return sha256

    def states(self, case_id: str) -> list[FileState]:
        with self.pc.ledger.read() as view:
            named = file_names.named_by_rows(view.connection, {case_id})
            return list(file_names.states(view.connection, self.store, named).values())

    def missing(self) -> set[str]:
        with self.pc.ledger.read() as view:
            return file_names.not_downloaded(view.connection, self.store)

    def want(self, sha256: str) -> None:
        self.pc.do(lambda uow: file_names.want(uow.connection, sha256))

    def marks(self) -> list[tuple[str, str, int]]:
        with self.pc.ledger.read() as view:
            query = select(sync_file.c.sha256, sync_file.c.state, sync_file.c.tries)
            return [tuple(row) for row in view.connection.execute(query.order_by("sha256"))]

    def pieces(self) -> int:
        with self.pc.ledger.read() as view:
            return len(view.connection.execute(select(sync_piece)).all())


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces of 1000 bytes: a photo takes eleven."""
    monkeypatch.setattr(files, "PIECE", 1000)
    monkeypatch.setattr("tests.sync.fake_files.PIECE", 1000)


def a_draft(case_id: str) -> Paper:
    return Paper(new_id(), case_id, "order", "1", PaperState.DRAFT, "{}")


def two(pc: Make, **changes: Any) -> tuple[Desk, Desk, str]:
    one, other = Desk(pc("a1")), Desk(pc("a2"), person="me")
    case_id = one.pc.new_case(lead_id="me", **changes)
    return one, other, case_id


def test_files_of_own_cases_come_by_themselves(pc: Make) -> None:
    one, other, case_id = two(pc)
    sha256 = one.attach(case_id)
    assert one.states(case_id) == [FileState.LOCAL]
    one.pc.sync()
    assert one.states(case_id) == [FileState.WAITING]
    report = one.sync()
    assert (report.files_sent, report.files_received, report.file_troubles) == (1, 0, 0)
    assert one.states(case_id) == [FileState.SHARED]
    other.pc.sync()
    assert other.states(case_id) == [FileState.ELSEWHERE]
    assert other.sync().files_received == 1
    assert other.store.get(sha256) == PHOTO
    assert other.states(case_id) == [FileState.SHARED]
    for each in (one, other):
        calls = each.pc.line.calls
        each.sync()
        assert each.pc.line.calls == calls + 1, "a round on which nothing happened costs one call"
        assert each.pc.ledger.check() == []


def test_a_file_that_lies_elsewhere_is_not_lost_but_ones_own_is(pc: Make) -> None:
    one, other, case_id = two(pc)
    first, second = one.attach(case_id, b"first"), one.attach(case_id, b"second")
    one.pc.sync()
    other.pc.sync()
    assert other.missing() == {first, second}
    one.store.path(first).unlink()
    assert one.missing() == set(), "it was here, and is nowhere else"
    one.sync()
    one.store.path(second).unlink()
    assert one.missing() == {second}, "the shared database has it"


def test_what_is_not_ones_own_comes_when_somebody_asks(pc: Make) -> None:
    one, other, case_id = two(pc)
    other.policy = FilePolicy(person="somebody else")
    sha256 = one.attach(case_id)
    one.sync()
    other.sync()
    assert other.states(case_id) == [FileState.ELSEWHERE]
    assert other.sync().files_received == 0
    other.want(sha256)
    assert other.sync().files_received == 1
    assert other.states(case_id) == [FileState.SHARED]


@pytest.mark.long
@pytest.mark.parametrize(
    ("which", "size", "comes"),
    [(ALL, 100, True), (ALL, 10, False), (ASKED, 10**6, False)],
)
def test_the_bureau_chooses_what_comes_by_itself(
    pc: Make, which: str, size: int, comes: bool
) -> None:
    one, other, case_id = two(pc)
    other.policy = FilePolicy(which, size, "somebody else")
    one.attach(case_id, b"x" * 50)
    one.sync()
    assert other.sync().files_received == comes


@pytest.mark.long
def test_issued_papers_and_rule_packs_always_come(pc: Make) -> None:
    one, other, case_id = two(pc)
    other.policy = FilePolicy(person="somebody else")
    page = one.store.put(b"%PDF issued")
    paper = a_draft(case_id)
    issued = replace(
        paper, state=PaperState.ISSUED, issued_on=date(2026, 9, 1), sha256=page, pages=1
    )
    one.pc.add(issued)
    one.sync()
    other.sync()
    assert other.store.get(page) == b"%PDF issued"


def test_the_edited_text_of_a_draft_goes_with_its_files(pc: Make) -> None:
    one, other, case_id = two(pc)
    other.policy = FilePolicy(ALL)
    pdf = one.store.put(b"%PDF edited")
    record = one.store.put(f'{{"pdf": "{pdf}", "docx": ""}}'.encode())
    one.pc.add(replace(a_draft(case_id), sha256=record))
    assert one.sync().files_sent == 2
    assert other.sync().files_received == 2
    assert other.store.get(pdf) == b"%PDF edited"


@pytest.mark.usefixtures("small_pieces")
def test_a_cut_line_goes_on_where_it_was(pc: Make, server: FakeServer) -> None:
    one, other, case_id = two(pc)
    sha256 = one.attach(case_id)
    for call, desk in (("file_put", one), ("file_get", other)):
        for _ in range(12):
            desk.pc.line.lose_reply_of = call
            try:
                desk.sync()
            except OutsideError:
                continue
    one.sync()
    other.sync()
    assert server.files.blobs == {sha256: PHOTO}
    assert other.store.get(sha256) == PHOTO
    assert other.pieces() == 0


@pytest.mark.usefixtures("small_pieces")
def test_a_stop_keeps_the_pieces_that_arrived(pc: Make) -> None:
    one, other, case_id = two(pc)
    one.attach(case_id)
    one.sync()
    other.pc.sync()
    asked = iter([False] * 6 + [True])
    post = FilePost(other.store, other.policy)
    talk = Talk(
        other.pc.ledger, other.pc.line, now=lambda: NOW, files=post,
        cancelled=lambda: next(asked, True),
    )  # fmt: skip
    assert Exchange(talk).run().cancelled
    kept = other.pieces()
    assert 0 < kept < 11
    calls = other.pc.line.calls
    other.sync()
    assert other.pc.line.calls - calls == 1 + 1 + (11 - kept), "hello, want, the rest"
    assert other.states(case_id) == [FileState.SHARED]


@pytest.mark.usefixtures("small_pieces")
def test_pieces_of_a_file_nobody_names_any_more_are_dropped(pc: Make) -> None:
    one, other, case_id = two(pc)
    one.attach(case_id)
    one.sync()
    other.pc.sync()
    asked = iter([False] * 6 + [True])
    post = FilePost(other.store, other.policy)
    line = other.pc.line
    talk = Talk(
        other.pc.ledger, line, now=lambda: NOW, files=post, cancelled=lambda: next(asked, True)
    )
    Exchange(talk).run()
    assert other.pieces() > 0
    one.pc.remove(Evidence, one.pc.find(Evidence)[0].id)
    one.sync()
    other.now = NOW + timedelta(days=1)
    other.sync()
    assert (other.pieces(), other.marks()) == (0, [])


def test_one_file_in_trouble_does_not_stop_the_others(pc: Make, server: FakeServer) -> None:
    one, other, case_id = two(pc)
    lost, large, good = (one.attach(case_id, data) for data in (b"lost", b"x" * 900, b"good"))
    one.store.path(lost).unlink()
    server.files.largest = 500
    report = one.sync()
    assert report.files_sent == 1
    assert report.file_troubles == 1
    assert {sha: state for sha, state, _ in one.marks()} == {
        lost: "absent", large: "trouble", good: "there",
    }  # fmt: skip
    other.sync()
    assert other.store.get(good) == b"good"
    assert one.sync().file_troubles == 0, "not again at once"
    server.files.largest = 10**6
    one.now = NOW + timedelta(days=1)
    assert one.sync().files_sent == 1


@pytest.mark.long
def test_a_damaged_file_here_is_not_sent(pc: Make, server: FakeServer) -> None:
    one, _, case_id = two(pc)
    sha256 = one.attach(case_id)
    one.store.path(sha256).write_bytes(b"something else")
    assert one.sync().file_troubles == 1
    assert server.files.blobs == {}


def test_what_arrives_wrong_is_thrown_away_and_fetched_again(pc: Make, server: FakeServer) -> None:
    one, other, case_id = two(pc)
    sha256 = one.attach(case_id)
    one.sync()
    server.files.blobs[sha256] = PHOTO[:-1] + b"?"
    assert other.sync().file_troubles == 1
    assert not other.store.has(sha256)
    server.files.blobs[sha256] = PHOTO
    other.now = NOW + timedelta(hours=2)
    assert other.sync().files_received == 1


@pytest.mark.long
def test_a_file_nobody_delivered_yet_is_asked_for_again(pc: Make) -> None:
    one, other, case_id = two(pc)
    sha256 = one.attach(case_id)
    one.pc.sync()
    other.sync()
    assert other.marks() == [(sha256, "absent", 0)]
    one.sync()
    assert other.sync().files_received == 0, "not within the minute"
    other.now = NOW + timedelta(minutes=2)
    assert other.sync().files_received == 1


@pytest.mark.long
def test_a_server_put_back_gets_its_files_again(pc: Make, server: FakeServer) -> None:
    one, other, case_id = two(pc)
    one.pc.sync()
    image = server.backup()
    sha256 = one.attach(case_id)
    one.sync()
    server.restore(image)
    one.sync()
    server.recovery = False
    assert server.files.blobs == {sha256: PHOTO}
    other.sync()
    assert other.store.get(sha256) == PHOTO


def test_a_large_heap_goes_in_rounds_between_which_changes_go(
    pc: Make, server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _, case_id = two(pc)
    monkeypatch.setattr(files, "BYTES_A_ROUND", 25)
    for number in range(6):
        one.attach(case_id, b"%010d" % number)
    hellos = []
    known = server.hello
    monkeypatch.setattr(
        server, "hello", lambda me, doc: hellos.append(me) or known(me, doc), raising=True
    )
    assert one.sync().files_sent == 6
    assert len(hellos) == 2
    assert len(server.files.blobs) == 6


def test_a_shared_database_without_files_is_no_trouble(pc: Make) -> None:
    one, _, case_id = two(pc)
    one.attach(case_id)

    def old(_: object) -> object:
        raise OutsideError("没有这个功能", kind="server_too_old")

    one.pc.line.file_want = old
    assert one.sync().pushed == 2
    assert one.states(case_id) == [FileState.WAITING]


@pytest.mark.long
def test_two_cases_that_name_one_file_both_have_it(pc: Make, server: FakeServer) -> None:
    one, other, case_id = two(pc)
    second = one.pc.new_case(lead_id="me")
    for each in (case_id, second):
        one.attach(each)
    assert one.sync().files_sent == 2
    assert len(server.files.blobs) == 1
    other.sync()
    assert other.states(case_id) == other.states(second) == [FileState.SHARED]


def killed_at(pc: Make, server: FakeServer, folder: Path, point: str) -> None:
    """A child that fetches one file and sends another dies there; the next round is whole."""
    one, other, case_id = two(pc)
    first = one.attach(case_id)
    one.sync()
    other.pc.sync()
    second = other.attach(case_id, b"second" * 400)
    state, log = folder / "server", folder / "reached.log"
    state.write_bytes(server.backup())
    other.pc.reopen()
    child = subprocess.run(
        [sys.executable, "-m", "tests.helpers.sync_child", other.pc.path, state, "a2",
         other.store.folder],
        cwd=REPO, capture_output=True, text=True, encoding="utf-8",
        env={**os.environ, "INSPECTOR_CRASH_AT": point, "INSPECTOR_CRASH_LOG": str(log)},
    )  # fmt: skip
    assert child.stderr == ""
    assert child.returncode == (0 if point == "nowhere" else -signal.SIGKILL)
    if point == "nowhere":
        assert set(files.POINTS) <= set(log.read_text(encoding="utf-8").split())
    server.__dict__.update(load(state))
    other.sync()
    assert other.store.get(first) == PHOTO
    assert set(server.files.blobs) == {first, second}
    assert other.states(case_id) == [FileState.SHARED] * 2
    assert other.pieces() == 0
    assert other.pc.ledger.check() == []


@pytest.mark.long
@pytest.mark.parametrize("point", ["nowhere", *files.POINTS])
def test_a_kill_anywhere_among_files_loses_nothing(
    pc: Make, server: FakeServer, tmp_path: Path, point: str
) -> None:
    killed_at(pc, server, tmp_path, point)
