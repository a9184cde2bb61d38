"""A first load comes in another way than daily pages, and leaves the same ledger behind."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import Any, cast

import pytest

from inspector_app.domain.cases import Case
from inspector_app.domain.claims import Worker
from inspector_app.errors import OutsideError
from inspector_app.ledger.case_list import CaseQuery
from inspector_app.ledger.engine import connect
from inspector_app.sync import first_load
from inspector_app.sync.transport import Page, RootState, RowState, Transport
from tests.helpers.builders import a_worker_claim
from tests.sync.fake_server import FakeServer
from tests.sync.pcs import NOW, Pc, server_rows

Make = Callable[[str], Pc]
CASES = 5  # at two a page


@pytest.fixture
def filled(pc: Make) -> Pc:
    """The PC that made what others load."""
    one = pc("a1")
    for number in range(CASES):
        case_id = one.new_case(facts=f"事实{number}")
        one.add(*a_worker_claim(number, case_id=case_id))
    one.sync()
    return one


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bool]]:
    """Whether each page of a first load went the quick way."""
    real, seen = first_load.store, []

    def look(*asked: Any) -> bool:
        seen.append(real(*asked))
        return seen[-1]

    monkeypatch.setattr("inspector_app.sync.first_load.store", look)
    return seen


def lists(pc: Pc) -> tuple[int, int]:
    """How many cases the list has, and how many workers the search finds."""
    with pc.ledger.read() as view:
        page = view.case_rows(CaseQuery(limit=100))
        entries = "SELECT count(*) FROM search_entry WHERE kind = 'worker'"
        return len(page.rows), view.connection.exec_driver_sql(entries).scalar_one()


def test_it_leaves_what_daily_pages_leave(
    pc: Make, server: FakeServer, filled: Pc, loads: list[bool]
) -> None:
    two = pc("a2")
    report = two.sync()
    assert loads == [True, True, True]
    assert report.received == len(server_rows(server, server.grants["a2"]))
    assert {change.root_id for change in report.changes} == {c.id for c in filled.find(Case)}
    assert two.rows() == filled.rows()
    assert lists(two) == lists(filled) == (CASES, CASES)
    assert two.ledger.check() == []
    case_id = two.find(Case)[0].id
    (entry,) = two.ledger.history("case", case_id)
    assert (entry.actor, entry.undoable) == ("共享库", False)
    assert {op.k for op in entry.ops} == {"load"}
    assert entry.ops[0].scope == two.case(case_id).scope


def test_what_was_loaded_is_worked_on_and_goes_back(
    pc: Make, server: FakeServer, filled: Pc
) -> None:
    two = pc("a2")
    two.sync()
    case_id = two.find(Case)[0].id
    two.edit(Case, case_id, note="甲")
    two.edit(Case, case_id, note="乙", facts="改")
    assert two.ledger.check() == []
    two.sync()
    filled.sync()
    assert two.rows() == filled.rows() == server_rows(server, server.grants["a2"])
    assert two.ledger.check() == filled.ledger.check() == []


@pytest.mark.parametrize("column", ["cause", "note"])
def test_a_loaded_row_altered_behind_the_program_is_found(
    pc: Make, filled: Pc, column: str
) -> None:
    """Also a column that nobody changed since, of a row that somebody did change."""
    two = pc("a2")
    two.sync()
    case_id = two.find(Case)[0].id
    two.edit(Case, case_id, note="甲")
    raw = connect(two.path, None, read_only=False, busy_ms=0)
    (trigger,) = raw.execute(
        "SELECT sql FROM sqlite_schema WHERE name = 'capture_case_upd'"
    ).fetchone()
    raw.execute("DROP TRIGGER capture_case_upd")
    raw.execute(f"UPDATE \"case\" SET {column} = '换过' WHERE id = ?", (case_id,))  # noqa: S608  # two constants
    raw.execute(trigger)
    raw.close()
    altered = [one for one in two.ledger.check() if one.kind == "altered"]
    assert [one.where for one in altered] == [f"case {case_id}"]


def test_rows_that_are_here_already_come_in_the_usual_way(
    pc: Make, server: FakeServer, filled: Pc, loads: list[bool]
) -> None:
    two = pc("a2")
    two.sync()
    with two.ledger.work("演示", actor="a2", at=NOW) as uow:
        uow.connection.exec_driver_sql("DELETE FROM sync_cursor")
        uow.commit()
    loads.clear()
    two.sync()
    assert loads == [False, False, False]
    assert two.rows() == server_rows(server, server.grants["a2"])
    assert two.ledger.check() == []


def test_what_does_not_fit_takes_its_page_the_usual_way(
    pc: Make, server: FakeServer, filled: Pc, loads: list[bool]
) -> None:
    case_id = filled.find(Case)[2].id
    server.rows["case", case_id]["data"] = {
        **server.rows["case", case_id]["data"], "received_on": "someday",
    }  # fmt: skip
    two = pc("a2")
    report = two.sync()
    assert loads == [True, False, True]
    assert report.left_out == 1
    assert len(two.find(Case)) == CASES - 1
    assert two.ledger.check() == []


@pytest.mark.parametrize("end", ["cut", "cancelled"])
def test_an_interrupted_load_has_true_lists_and_goes_on(
    pc: Make, filled: Pc, end: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    two, calls = pc("a2"), []
    real = two.line.load

    def load(*asked: Any) -> Page:
        calls.append(asked)
        if len(calls) == 2 and end == "cut":
            raise OutsideError("线断了", kind="connection")
        return real(*asked)

    monkeypatch.setattr(two.line, "load", load)
    if end == "cut":
        with pytest.raises(OutsideError):
            two.sync()
    else:
        assert two.sync(cancelled=lambda: bool(two.find(Case))).cancelled
    assert 0 < len(two.find(Case)) < CASES
    assert two.ledger.check() == []
    assert lists(two) == (len(two.find(Case)), len(two.find(Worker)))
    before = len(calls)
    two.sync()
    assert calls[before][2] != ""  # it goes on where it was
    assert two.rows() == filled.rows()
    assert two.ledger.check() == []


def test_a_process_that_died_while_loading_finds_true_lists_when_it_opens(
    pc: Make, filled: Pc, monkeypatch: pytest.MonkeyPatch
) -> None:
    two = pc("a2")
    monkeypatch.setattr(two.ledger.__class__, "settle", lambda _: None)
    two.sync()
    assert {one.kind for one in two.ledger.check()} == {"list", "search"}
    two.ledger.close()
    two.ledger = two.ledger.open(two.path)
    assert two.ledger.check() == []


def test_a_program_of_an_older_schema_and_hidden_names_load_whole(
    pc: Make, server: FakeServer, filled: Pc, loads: list[bool]
) -> None:
    for key, row in server.rows.items():
        if key[0] == "worker":
            row["data"] = {**row["data"], "name": ""}
        else:
            row["data"] = {k: v for k, v in row["data"].items() if k != "note"}
    two = pc("a2")
    two.sync()
    assert loads == [True, True, True]
    assert {worker.name for worker in two.find(Worker)} == {"〔无权查看〕"}
    assert {case.note for case in two.find(Case)} == {""}
    assert two.ledger.check() == []


def test_pages_grow_to_a_good_size() -> None:
    def page(roots: int, rows: int) -> Page:
        one = RowState("case", "x", 1, {})
        states = (RootState("case", "x", 1, (one,) * rows),) * roots
        return Page(states, True, (1, ""), rows=roots * rows)

    assert first_load.next_size(200, page(200, 1)) == 800
    assert first_load.next_size(2_000, page(2_000, 1)) == first_load.MOST_ROOTS
    assert first_load.next_size(200, page(200, 100)) == 40
    assert first_load.next_size(1, page(1, 9_000)) == 1


class Line:
    """Gives three pages of nothing."""

    def load(self, scope: str, after: int, after_root: str, most: int) -> Page:
        return Page((), more=after < 3, next=(after + 1, ""))


def test_the_next_page_is_read_while_sqlite_works_not_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real, read = first_load.ready, []

    def noted(scope: str, page: Page) -> first_load.Ready:
        read.append(page.next[0])
        return real(scope, page)

    monkeypatch.setattr("inspector_app.sync.first_load.ready", noted)
    ahead = first_load.Ahead(cast("Transport", Line()), "410402", most=10, fixed=False)
    pages = ahead.pages((1, ""))
    first = next(pages)
    assert read == [2]
    begun = cast("Callable[[], Future[first_load.Ready]]", first.meanwhile)
    begun().result()
    assert begun() is begun()
    assert read == [2, 3]
    assert [one.page.next[0] for one in pages] == [3, 4]
    assert read == [2, 3, 4]


def test_a_small_scope_comes_in_the_usual_way(pc: Make, filled: Pc, loads: list[bool]) -> None:
    two = pc("a2")
    two.sync(page=100)
    assert loads == []
    assert two.ledger.check() == []
