"""The harm the aimed rules do, each once and alone: what keeps work safe is missed at once."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from inspector_app.errors import OutsideError
from tests.sync.client import test_mutants as mutants
from tests.sync.client.test_model import FILED, WHO, Bureau
from tests.sync.fake_server import FakeServer
from tests.sync.pcs import GRANTS, Pc, copied

NOTE = {"note"}
Play = Callable[[Bureau], object]


def move_under_work(one: Bureau) -> None:
    """A case moves to the other county while somebody is at it, who hears of it last."""
    one.edit(number=0, pick=0, fields=NOTE)
    one.move(pick=0)
    one.sync(3)
    one.sync(0)


AIMED: dict[str, Play] = {
    "race": lambda one: one.race(pair=(0, 1), pick=0, one="note", other="note", point=None),
    "race in one fact": lambda one: one.race(
        pair=(0, 1), pick=0, one="closing_note", other=FILED, point=None
    ),
    "die between pages": lambda one: one.die_between_pages(
        number=1, field="note", point="after_page"
    ),
    "edit between pages": lambda one: one.edit_between_pages(number=1, pick=0, field="note"),
    "move": lambda one: one.move(pick=0),
    "move under work": move_under_work,
    "the server loses a day": lambda one: one.server_loses_a_day(
        number=0, other=1, pick=0, fields=NOTE, more=False
    ),
    "the server loses a day and goes on": lambda one: one.server_loses_a_day(
        number=0, other=3, pick=0, fields=NOTE, more=True
    ),
    "a PC goes back": lambda one: one.pc_goes_back(number=0, pick=0, fields=NOTE, seen=True),
}
KILLED = [
    (mutants.last_writer_wins, "race"),
    (mutants.every_column_alone, "race in one fact"),
    (mutants.cursor_with_the_first_page, "die between pages"),
    (mutants.pages_over_what_is_typed, "edit between pages"),
    (mutants.exits_ignored, "move"),
    (mutants.work_leaves_with_its_case, "move under work"),
    (mutants.no_second_delivery, "the server loses a day"),
    (mutants.fork_ignored, "the server loses a day and goes on"),
]


@pytest.fixture(scope="module")
def bureau(blank: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Bureau]]:
    """A bureau on its first morning, each time anew."""
    folder = tmp_path_factory.mktemp("aimed")
    server = FakeServer(GRANTS)
    pcs = [Pc(copied(blank, folder / f"{who}.ledger"), server, who) for who in WHO]
    known = {"blank": blank, "pcs": pcs, "seen_points": set(), "first": []}
    machine = type("BureauHere", (Bureau,), known)

    def begin() -> Bureau:
        one: Bureau = machine()
        one.start()
        return one

    yield begin
    for pc in pcs:
        pc.close()


def test_what_goes_wrong_most_easily_loses_nothing(bureau: Callable[[], Bureau]) -> None:
    for play in AIMED.values():
        one = bureau()
        play(one)
        one.teardown()


@pytest.mark.long
@pytest.mark.parametrize(("mutant", "aimed"), KILLED)
def test_the_model_kills_the_mutants_of_the_study(
    bureau: Callable[[], Bureau],
    mutant: Callable[[pytest.MonkeyPatch], None],
    aimed: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = bureau()
    mutant(monkeypatch)
    died = False
    try:
        AIMED[aimed](one)
    except (AssertionError, OutsideError):
        died = True
    try:
        one.teardown()
    except (AssertionError, OutsideError):
        died = True
    assert died, f"{mutant.__name__} lives"
