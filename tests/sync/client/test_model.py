"""Many PCs, edits, races, lost replies, crashes, old copies, a restored server: nothing is lost.

The long mode plays 2,000 histories, others with every `--hypothesis-seed`:
`INSPECTOR_MODEL_HISTORIES=2000 pytest -m long tests/sync/client/test_model.py`.
"""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from inspector_app.domain.cases import Case
from inspector_app.domain.claims import Worker
from inspector_app.errors import OutsideError
from inspector_app.ledger import crashpoints
from inspector_app.ledger.ids import new_id
from inspector_app.sync.exchange import POINTS
from inspector_app.sync.numbers import lease_round
from tests.helpers.builders import a_worker_claim
from tests.sync.client.invariants import check_all
from tests.sync.fake_line import FakeTransport
from tests.sync.fake_server import FakeServer
from tests.sync.pcs import GRANTS, NOW, A, B, Pc, copied

WHO = tuple(GRANTS)
HOME = {"a1": A, "a2": A, "b1": B, "city": A}
PICK = st.integers(0, 5)
PCS = st.integers(0, len(WHO) - 1)
PAIRS = st.sampled_from([(0, 1), (1, 0), (0, 3), (3, 0), (2, 3), (3, 2)])
FIELD = st.sampled_from(["note", "facts", "closing_note", "leader"])
FILED = "filed_on"  # one fact with closing_note: what two people write there must not be mixed
RACED = st.sampled_from(["note", "closing_note", FILED, "leader"])
ALL_POINTS = (*POINTS, *lease_round.POINTS)
POINT = st.sampled_from(ALL_POINTS)


HISTORIES = int(os.environ.get("INSPECTOR_MODEL_HISTORIES", "2000"))  # of the long tier
MEMORY = Path("/dev") / "shm"
FAST = MEMORY if MEMORY.is_dir() else None  # thousands of commits need no disk


class Boom(BaseException):
    """The process dies here."""


class Bureau(RuleBasedStateMachine):
    """Four PCs, two counties, one shared database."""

    blank: Path
    pcs: list[Pc]
    seen_points: set[str]
    first: list[tuple[bytes, list[bytes], dict[str, int]]]
    started = False
    restorable = True  # whether the shared database can be put back here
    before: Callable[[], object] = staticmethod(lambda: None)  # empties what stands behind the line

    @initialize()
    def start(self) -> None:
        self.before()
        self.server = FakeServer(GRANTS, leased=True)
        self.printed: list[tuple[str, int, int]] = []  # county, number, PC: what is on paper
        self.restored = False
        self.lost: set[tuple[str, int]] = set()  # of those, what a disk that was put back forgot
        self.token = count(1)
        self.written: dict[str, int] = {}
        self.excused: set[str] = set()
        self.crash_at, self.let_pass = "", 0
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(crashpoints, "reach", self.reach)
        self.patch.setattr(lease_round, "GRACE", timedelta(0))
        self.started = True
        if self.restorable and self.first:
            self.first_morning_again()
            return
        for pc in self.pcs:
            pc.stock = 2
            pc.begin_anew(self.blank, self.server)
        for number in (0, 2):
            self.new_case(number)
        for number in (0, 2, 1, 3):
            self.pcs[number].sync()
        images = [pc.image() for pc in self.pcs]
        self.first.append((self.server.backup(), images, dict(self.written)))

    def first_morning_again(self) -> None:
        """Every history begins alike: the files of the first are put in place."""
        server, images, written = self.first[0]
        self.server.put_back(server)
        for pc, image in zip(self.pcs, images, strict=True):
            pc.stock = 2
            pc.begin_with(image, self.server)
        self.written = dict(written)
        self.token = count(len(written) + 1)

    def reach(self, name: str) -> None:
        if name in ALL_POINTS:
            self.seen_points.add(name)
        if name == self.crash_at:
            self.let_pass -= 1
            if self.let_pass < 0:
                self.crash_at, self.let_pass = "", 0
                raise Boom(name)

    def new(self, number: int) -> str:
        word = f"w{next(self.token)}."
        self.written[word] = number
        return word

    def value(self, number: int, field: str) -> object:
        return NOW.date() - timedelta(next(self.token)) if field == FILED else self.new(number)

    def pick(self, number: int, cls: Any, pick: int) -> Any:
        rows = sorted(self.pcs[number].find(cls), key=lambda one: one.id)
        return rows[pick % len(rows)] if rows else None

    # what people do
    @precondition(lambda self: len(self.server.roots) < 6)
    @rule(number=PCS)
    def new_case(self, number: int) -> None:
        self.pcs[number].new_case(HOME[WHO[number]], note=self.new(number), facts=self.new(number))

    @rule(number=PCS, pick=PICK)
    def new_worker(self, number: int, pick: int) -> None:
        case = self.pick(number, Case, pick)
        if case:
            word = self.new(number)
            worker = a_worker_claim(1, case_id=case.id).worker
            self.pcs[number].add(replace(worker, id=new_id(), name=word))

    @rule(number=PCS, pick=PICK, fields=st.sets(FIELD, min_size=1, max_size=3))
    def edit(self, number: int, pick: int, fields: set[str]) -> None:
        case = self.pick(number, Case, pick)
        if case:
            changes = {name: self.new(number) for name in sorted(fields)}
            self.pcs[number].edit(Case, case.id, **changes)

    @rule(number=PCS, pick=PICK)
    def edit_worker(self, number: int, pick: int) -> None:
        worker = self.pick(number, Worker, pick)
        if worker:
            self.pcs[number].edit(Worker, worker.id, trade=self.new(number))

    @rule(number=PCS, pick=PICK)
    def remove_worker(self, number: int, pick: int) -> None:
        worker = self.pick(number, Worker, pick)
        if worker:
            self.pcs[number].remove(Worker, worker.id)

    @rule(number=PCS, pick=PICK, take=st.sampled_from(["mine", "theirs"]))
    def resolve(self, number: int, pick: int, take: str) -> None:
        open_ = [one for one in self.pcs[number].conflicts() if one.state == "open"]
        if open_:
            self.pcs[number].resolve(open_[pick % len(open_)].id, take)

    @rule(pick=PICK)
    def move(self, pick: int) -> None:
        case = self.pick(3, Case, pick)
        if case:
            self.pcs[3].edit(Case, case.id, scope=B if case.scope == A else A)

    # numbers
    @rule(number=PCS)
    def issue(self, number: int) -> None:
        """A paper is printed with a number of the county; on paper it stays for ever."""
        scope = HOME[WHO[number]]
        no = self.pcs[number].issue(scope)
        if no is not None:
            twin = (scope, no) in {one[:2] for one in self.printed}
            # Only what both a disk and the shared database forgot can come twice.
            assert not twin or ((scope, no) in self.lost and self.restored), "I4 twin on paper"
            self.printed.append((scope, no, number))

    @rule(number=PCS, stock=st.integers(0, 3))
    def another_stock(self, number: int, stock: int) -> None:
        self.pcs[number].stock = stock

    # the line
    @rule(number=PCS)
    def sync(self, number: int) -> None:
        self.pcs[number].sync()

    @rule(number=PCS, point=POINT)
    def sync_and_die(self, number: int, point: str, let_pass: int = 0) -> None:
        self.crash_at, self.let_pass = point, let_pass
        try:
            self.pcs[number].sync()
        except Boom:
            self.pcs[number].reopen()
        self.crash_at, self.let_pass = "", 0

    @rule(
        number=PCS,
        call=st.sampled_from(["hello", "push", "pull", "lease", "release"]),
        twice=st.booleans(),
    )
    def a_bad_line(self, number: int, call: str, twice: bool) -> None:
        line = self.pcs[number].line
        line.lose_reply_of, line.twice = call, twice
        with contextlib.suppress(OutsideError):
            self.pcs[number].sync()
        line.lose_reply_of, line.twice = "", False

    # aimed at what goes wrong
    @rule(pair=PAIRS, pick=PICK, one=RACED, other=RACED, point=st.none() | POINT)
    def race(
        self, pair: tuple[int, int], pick: int, one: str, other: str, point: str | None
    ) -> None:
        first, second = pair
        self.pcs[first].sync()
        self.pcs[second].sync()
        both = sorted(
            {case.id for case in self.pcs[first].find(Case)}
            & {case.id for case in self.pcs[second].find(Case)}
        )
        if not both:
            return
        case_id = both[pick % len(both)]
        self.pcs[first].edit(Case, case_id, **{one: self.value(first, one)})
        self.pcs[second].edit(Case, case_id, **{other: self.value(second, other)})
        self.pcs[first].sync()
        if point:
            self.sync_and_die(second, point)
        else:
            self.pcs[second].sync()

    @rule(number=PCS, field=FIELD, point=st.sampled_from(["after_page", "mid_page"]))
    def die_between_pages(self, number: int, field: str, point: str) -> None:
        """Much has come; the process dies when a page was stored and the next is under way."""
        other = 3 if number != 3 else 0
        self.pcs[number].sync()
        self.pcs[other].sync()
        while sum(case.scope == HOME[WHO[number]] for case in self.pcs[other].find(Case)) < 3:
            self.pcs[other].new_case(HOME[WHO[number]], note=self.new(other))
        for case in self.pcs[other].find(Case):
            self.pcs[other].edit(Case, case.id, **{field: self.new(other)})
        self.pcs[other].sync()
        self.sync_and_die(number, point, let_pass=1)

    @rule(number=PCS, pick=PICK, field=FIELD)
    def edit_between_pages(self, number: int, pick: int, field: str) -> None:
        """Somebody types while pages come in, in the very case that comes."""
        case = self.pick(number, Case, pick)
        if not case:
            return
        other = 3 if number != 3 else (0 if case.scope == A else 2)
        self.pcs[other].sync()
        if any(one.id == case.id for one in self.pcs[other].find(Case)):
            self.pcs[other].edit(Case, case.id, **{field: self.new(other)})
            self.pcs[other].sync()
        typed = self.new(number)
        done = []

        def type_(progress: Any) -> None:
            if progress.step == "接收" and not done:
                done.append(True)
                if any(one.id == case.id for one in self.pcs[number].find(Case)):
                    self.pcs[number].edit(Case, case.id, **{field: typed})
                else:
                    del self.written[typed]

        self.pcs[number].sync(progress=type_)
        if not done:
            self.written.pop(typed, None)
        elif typed in self.written and any(c.id == case.id for c in self.pcs[number].find(Case)):
            assert getattr(self.pcs[number].case(case.id), field) == typed, "I10"

    def excuse(self, number: int, since: set[str]) -> None:
        """What was typed on a disk that was put back is outside the promise."""
        self.excused |= {w for w, at in self.written.items() if at == number and w not in since}

    @rule(number=PCS, pick=PICK, fields=st.sets(FIELD, min_size=1, max_size=2), seen=st.booleans())
    def pc_goes_back(self, number: int, pick: int, fields: set[str], seen: bool) -> None:
        image, known, papers = self.pcs[number].image(), set(self.written), len(self.printed)
        self.edit(number, pick, fields)
        self.issue(number)
        if seen:
            self.pcs[number].sync()
        self.excuse(number, known)
        self.lost |= {one[:2] for one in self.printed[papers:]}
        self.pcs[number].go_back(image)
        self.edit(number, pick, fields)
        self.issue(number)
        self.pcs[number].sync()
        self.issue(number)

    @precondition(lambda self: self.restorable)
    @rule(number=PCS, other=PCS, pick=PICK, fields=st.sets(FIELD, min_size=1), more=st.booleans())
    def server_loses_a_day(
        self, number: int, other: int, pick: int, fields: set[str], more: bool
    ) -> None:
        image = self.server.backup()
        self.edit(number, pick, fields)
        self.issue(number)
        self.pcs[number].sync()
        self.pcs[other].sync()
        self.issue(other)
        self.server.restore(image)
        self.restored = True
        self.issue(number)
        if more:
            self.edit(other, pick, fields)
            self.pcs[other].sync()

    def teardown(self) -> None:
        try:
            if self.started:
                check_all(self)
        finally:
            if self.started:
                self.patch.undo()


def run(
    blank: Path,
    examples: int,
    steps: int,
    make_line: Callable[[FakeServer, str], Any] = FakeTransport,
    **more: Any,
) -> set[str]:
    """That many histories of so many steps; the points of the exchange that were reached."""
    seen: set[str] = set()
    folder = Path(tempfile.mkdtemp(dir=FAST))
    server = FakeServer(GRANTS)
    pcs = [Pc(copied(blank, folder / f"{who}.ledger"), server, who, make_line) for who in WHO]
    known = {"blank": blank, "pcs": pcs, "seen_points": seen, "first": [], **more}
    machine = type("BureauHere", (Bureau,), known)
    try:
        explore(machine, examples, steps)
    finally:
        for one in pcs:
            one.close()
        shutil.rmtree(folder, ignore_errors=True)
    return seen


def explore(machine: type[Bureau], examples: int, steps: int) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.generate],
        ),
    )


def test_many_pcs_lose_nothing_and_agree(blank: Path) -> None:
    """With those of test_model_aimed over sixty histories; most are short: harm takes two steps."""
    run(blank, 48, 3)
    run(blank, 4, 8)


@pytest.mark.long
def test_many_pcs_lose_nothing_and_agree_at_length(blank: Path) -> None:
    assert run(blank, HISTORIES, 14) == set(ALL_POINTS)
