"""Random histories by stick: packages and answers in any order, twice, never; nothing is lost."""

import shutil
from collections.abc import Iterator
from contextlib import nullcontext, suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspector_app.domain.cases import Case
from inspector_app.errors import OutsideError
from inspector_app.ledger.files import FileStore
from inspector_app.sync.attachments.file_policy import ALL, FilePolicy, FilePost
from inspector_app.sync.packages import cards, file_in, file_out, own_keys
from inspector_app.sync.packages.sealed import Keys, open_sealed, seal
from inspector_app.sync.server.answer import said_back
from inspector_app.sync.server.take import Result, play
from tests.sync.client.invariants import applied_once, chained, nothing_overwritten
from tests.sync.fake_line import FakeTransport
from tests.sync.fake_server import FakeServer
from tests.sync.pcs import GRANTS, NOW, A, Pc, copied, server_rows

SERVER = Keys.make()
ACTS = ("edit", "edit", "out", "out", "take", "take", "in", "in", "online", "again")


class ModelLine(FakeTransport):
    """The model as the administrator's program asks it."""

    def raw(self, function: str, *values: Any) -> Any:
        if function == "hello":
            return self._travel(self.server.hello(self.me, self._travel(values[0])))
        return self._travel(self.server.pull(*values))


class Bureau:
    """Two PCs of a county, a stick each way, and the model at the administrator's."""

    def __init__(self, blank: Path, folder: Path) -> None:
        self.server, self.folder = FakeServer(GRANTS), folder
        self.pcs = [
            Pc(copied(blank, folder / f"{me}.ledger"), self.server, me) for me in ("a1", "a2")
        ]
        self.packages: list[list[Path]] = [[], []]
        self.answers: list[list[Path]] = [[], []]
        self.posts = [FilePost(FileStore(folder / pc.me), FilePolicy(ALL)) for pc in self.pcs]
        card = cards.write(folder / "shared.labx", cards.SHARED, "共享库", "", SERVER)
        self.keys: list[Keys] = []
        for pc in self.pcs:
            pc.do(lambda uow: own_keys.trust(uow.connection, card))
            pc.do(lambda uow: self.keys.append(own_keys.own(uow.connection)))
        self.case_id = self.pcs[0].new_case()
        self.written = 0

    def act(self, who: int, what: str, which: int) -> None:
        packages, answers = self.packages[who], self.answers[who]
        if what == "edit":
            self.edit(who)
        elif what == "out":
            self.out(who)
        elif what == "online":
            self.pcs[who].sync()
        elif what == "take" and packages:
            self.take(who, packages[which % len(packages)])
        elif what in ("in", "again") and answers:
            self.take_in(who, answers[-1 if what == "in" else which % len(answers)])

    def edit(self, who: int) -> None:
        pc = self.pcs[who]
        self.written += 1
        if not pc.find(Case):
            pc.new_case(note=f"{pc.me}/{self.written}")
            return
        first = min(one.id for one in pc.find(Case))
        field = ("note", "facts", "cause")[self.written % 3]
        pc.edit(Case, first, **{field: f"{pc.me}/{self.written}"})

    def out(self, who: int) -> Path:
        pc, place = self.pcs[who], len(self.packages[who])
        path = self.folder / f"{pc.me}-{place}.labx"
        file_out.to_server(pc.ledger, self.posts[who], path, now=NOW, account=pc.me)
        self.packages[who].append(path)
        return path

    def take(self, who: int, path: Path) -> Path:
        opened = open_sealed(path, SERVER, file_out.TO_SERVER)
        manifest = next(opened.records())
        assert isinstance(manifest, dict)
        line = ModelLine(self.server, manifest["me"])
        result = Result(manifest["me"], manifest["device"], manifest=manifest)
        speak = partial(nullcontext, line)
        play(speak, result, opened, lambda _name, _data: None)
        reply = self.folder / f"answer-{who}-{len(self.answers[who])}.labx"
        box = self.keys[who].public().box
        seal(reply, file_out.ANSWER, said_back(speak, result), SERVER, box)
        self.answers[who].append(reply)
        return reply

    def take_in(self, who: int, path: Path) -> None:
        opened = open_sealed(path, self.keys[who], file_out.ANSWER)
        pc = self.pcs[who]
        file_in.Answer(pc.ledger, self.posts[who].store, opened, lambda: NOW).take()

    def settle(self) -> None:
        for _ in range(3):
            for who in (0, 1):
                self.take_in(who, self.take(who, self.out(who)))

    def close(self) -> None:
        for pc in self.pcs:
            pc.close()


def check(bureau: Bureau) -> None:
    bureau.settle()
    for pc in bureau.pcs:
        assert pc.rows() == server_rows(bureau.server, [A]), pc.me
        assert pc.refused() == []
        assert pc.ledger.check() == []
        assert pc.sync().pushed == 0, "the line has nothing to add"
    nothing_overwritten(bureau.server)
    applied_once(bureau.server)
    chained(bureau.server)


def play_histories(blank: Path, folder: Path, examples: int, steps: int) -> None:
    step = st.tuples(st.integers(0, 1), st.sampled_from(ACTS), st.integers(0, 9))
    quiet = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]

    @settings(max_examples=examples, deadline=None, suppress_health_check=quiet, database=None)
    @given(st.lists(step, min_size=steps // 2, max_size=steps))
    def history(acts: list[tuple[int, str, int]]) -> None:
        here = folder / "bureau"
        shutil.rmtree(here, ignore_errors=True)
        here.mkdir()
        bureau = Bureau(blank, here)
        try:
            for who, what, which in acts:
                bureau.act(who, what, which)
            check(bureau)
        finally:
            bureau.close()

    history()


AIMED: dict[str, list[tuple[int, str, int]]] = {
    "answers in the wrong order": [
        (0, "out", 0), (0, "edit", 0), (0, "out", 0), (0, "take", 1), (0, "take", 0),
        (0, "again", 1), (0, "again", 0),
    ],
    "the line between out and in": [
        (0, "out", 0), (0, "take", 0), (0, "edit", 0), (0, "online", 0), (1, "online", 0),
        (1, "edit", 0), (1, "online", 0), (0, "in", 0), (0, "edit", 0),
    ],
    "both at the same, by stick": [
        (0, "out", 0), (0, "take", 0), (1, "out", 0), (1, "take", 0), (1, "in", 0),
        (0, "edit", 0), (1, "edit", 0), (1, "edit", 0), (1, "edit", 0),
        (1, "out", 0), (0, "out", 0), (0, "take", 1), (1, "take", 1),
    ],
}  # fmt: skip


WORST = "both at the same, by stick"


def test_both_at_the_same_by_stick(blank: Path, tmp_path: Path) -> None:
    aimed(blank, tmp_path, WORST)


@pytest.mark.long
@pytest.mark.parametrize("name", sorted(AIMED.keys() - {WORST}))
def test_what_goes_wrong_most_easily(blank: Path, tmp_path: Path, name: str) -> None:
    aimed(blank, tmp_path, name)


def aimed(blank: Path, tmp_path: Path, name: str) -> None:
    bureau = Bureau(blank, tmp_path)
    try:
        for who, what, which in AIMED[name]:
            bureau.act(who, what, which)
        check(bureau)
    finally:
        bureau.close()


@pytest.fixture
def bureau(blank: Path, tmp_path: Path) -> Iterator[Bureau]:
    """Two PCs and the model."""
    made = Bureau(blank, tmp_path)
    yield made
    made.close()


def test_an_answer_to_what_this_pc_no_longer_knows_is_not_mistaken(bureau: Bureau) -> None:
    one, other = bureau.pcs
    one.sync()
    other.sync()
    image = one.image()
    other.edit(Case, bureau.case_id, facts="只在后来的历史里")
    other.sync()
    one.sync()
    package = bureau.out(0)
    one.go_back(image)
    opened = open_sealed(bureau.take(0, package), bureau.keys[0], file_out.ANSWER)
    taken = file_in.Answer(one.ledger, bureau.posts[0].store, opened, lambda: NOW).take()
    assert taken.again == (A,)
    assert one.case(bureau.case_id).facts == ""
    check(bureau)
    assert one.case(bureau.case_id).facts == "只在后来的历史里"


def test_what_the_line_confirmed_is_not_taken_back_by_an_older_answer(bureau: Bureau) -> None:
    one, other = bureau.pcs
    one.sync()
    other.sync()
    other.edit(Case, bureau.case_id, cause="乙")
    other.sync()
    package = bureau.out(0)
    reply = bureau.take(0, package)
    one.edit(Case, bureau.case_id, note="已确认")
    one.line.lose_reply_of = "pull"
    with pytest.raises(OutsideError):
        one.sync()
    bureau.take_in(0, reply)
    assert one.case(bureau.case_id).note == "已确认"
    check(bureau)


class Killed(BaseException):
    """The process ends here."""


def end_anywhere(bureau: Bureau, monkeypatch: pytest.MonkeyPatch, point: str) -> None:
    one, other = bureau.pcs
    for number in range(3):
        other.new_case(note=str(number))
    other.sync()
    reply = bureau.take(0, bureau.out(0))
    for turn in range(1, 6):
        passed = iter(range(100))

        def reach(name: str, turn: int = turn, passed: Iterator[int] = passed) -> None:
            if name == point and next(passed) == turn - 1:
                raise Killed

        for module in ("ledger.crashpoints", "ledger.ledger"):
            monkeypatch.setattr(f"inspector_app.{module}.reach", reach)
        with suppress(Killed):
            bureau.take_in(0, reply)
        monkeypatch.undo()
    bureau.take_in(0, reply)
    assert len(one.find(Case)) == 4
    check(bureau)


def test_an_import_that_ends_in_a_page_is_done_again(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    end_anywhere(bureau, monkeypatch, "mid_page")


@pytest.mark.long
@pytest.mark.parametrize("point", ["work_begun", "after_page", "before_cursor"])
def test_an_import_that_ends_anywhere_is_done_again(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    end_anywhere(bureau, monkeypatch, point)


@pytest.mark.long
def test_any_order_of_packages_loses_nothing(blank: Path, tmp_path: Path) -> None:
    play_histories(blank, tmp_path, 60, 16)
