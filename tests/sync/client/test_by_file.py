"""By file instead of line: the same sets, rules and receipts, and an author nobody can forge."""

from collections.abc import Callable

import pytest

from inspector_app.domain.cases import Case
from inspector_app.errors import OutsideError, UserError
from inspector_app.sync.packages import file_in, file_out, parcels
from inspector_app.sync.packages.sealed import open_sealed
from inspector_app.sync.server import answer, signers, take
from inspector_app.sync.server.take import Result
from tests.sync.client.sticks import PHOTO, Stick, there_and_back
from tests.sync.conftest import Postgres
from tests.sync.pcs import NOW

Make = Callable[[str], Stick]


def test_a_pc_that_never_had_a_line_exchanges_by_stick(stick: Make) -> None:
    one, other = stick("a1"), stick("a2")
    case_id = one.pc.new_case(note="甲")
    sha256 = one.attach(case_id)
    result, taken = there_and_back(one)
    assert (result.login, result.taken, result.refused, result.files) == ("a1", 2, 0, 1)
    assert (taken.receipts, taken.refused, taken.old, taken.again) == (2, 0, False, ())
    assert one.waiting() == 0
    _, taken = there_and_back(other)
    assert taken.received == 2
    assert other.pc.case(case_id).note == "甲"
    other.pc.edit(Case, case_id, facts="乙")
    result, taken = there_and_back(other)
    assert taken.files == 1
    assert other.post.store.get(sha256) == PHOTO
    there_and_back(one)
    assert one.pc.case(case_id).facts == "乙"
    assert one.pc.rows() == other.pc.rows()
    assert one.cursors() == other.cursors()
    for each in (one, other):
        assert each.online().pushed == 0, "what went by file is known over the line"
        assert each.pc.ledger.check() == []
    assert one.postgres.ask("SELECT DISTINCT login FROM sync.changeset ORDER BY 1") == [
        ("a1",), ("a2",),
    ]  # fmt: skip


def test_the_same_package_and_the_same_answer_twice_change_nothing(stick: Make) -> None:
    one = stick("a1")
    one.attach(one.pc.new_case())
    path = one.out()
    first = take.take(one.postgres.dsn, path)
    state = "SELECT scope, seq, hash FROM sync.head ORDER BY 1"
    before = one.postgres.ask(state)
    again = take.take(one.postgres.dsn, path)
    assert one.postgres.ask(state) == before
    assert (first.taken, again.taken, again.known) == (2, 0, 2)
    reply = one.folder / "reply.labx"
    answer.answer(one.postgres.dsn, again, reply)
    assert one.take_in(reply).receipts == 2
    rows, cursors = one.pc.rows(), one.cursors()
    repeated = one.take_in(reply)
    assert (repeated.receipts, repeated.received, repeated.old) == (0, 0, True)
    assert (one.pc.rows(), one.cursors()) == (rows, cursors)


@pytest.mark.long
def test_packages_and_answers_out_of_their_order_lose_nothing(stick: Make) -> None:
    one = stick("a1")
    case_id = one.pc.new_case(note="1")
    first = one.out()
    one.pc.edit(Case, case_id, note="2")
    second = one.out()
    one.pc.edit(Case, case_id, note="3")
    results = [take.take(one.postgres.dsn, path) for path in (second, first)]
    assert [(one_.taken, one_.known) for one_ in results] == [(2, 0), (0, 1)]
    replies = [one.folder / f"r{k}.labx" for k in range(2)]
    for result, reply in zip(results, replies, strict=True):
        answer.answer(one.postgres.dsn, result, reply)
    assert one.take_in(replies[0]).receipts == 2
    assert one.take_in(replies[1]).old
    assert one.pc.case(case_id).note == "3"
    there_and_back(one)
    assert one.postgres.ask("SELECT data->>'note' FROM sync.row WHERE t = 'case'") == [("3",)]
    assert one.pc.refused() == []


@pytest.mark.long
def test_a_missing_package_is_waited_for(stick: Make) -> None:
    one = stick("a1")
    case_id = one.pc.new_case()
    one.online()
    one.pc.edit(Case, case_id, note="lost")
    one.out()
    image = one.postgres.ask("SELECT last_n FROM sync.device")
    one.pc.edit(Case, case_id, note="later")
    # The later package holds the earlier sets too: nothing that has no receipt is left out.
    result, _ = there_and_back(one)
    assert (result.taken, result.stopped, image) == (2, "", [(1,)])


@pytest.mark.long
def test_both_edit_the_same_and_it_is_a_conflict_as_over_a_line(stick: Make) -> None:
    one, other = stick("a1"), stick("a2")
    case_id = one.pc.new_case()
    there_and_back(one)
    there_and_back(other)
    one.pc.edit(Case, case_id, note="甲")
    other.pc.edit(Case, case_id, note="乙")
    there_and_back(one)
    _, taken = there_and_back(other)
    assert taken.disputed == 1
    (conflict,) = other.pc.conflicts()
    assert (conflict.mine_by, conflict.theirs_by) == ("a2", "a1")
    other.pc.resolve(conflict.id, "mine")
    there_and_back(other)
    there_and_back(one)
    assert one.pc.case(case_id).note == "乙"


def test_a_case_handed_to_a_colleague_reaches_the_server_under_its_author(
    stick: Make, postgres: Postgres
) -> None:
    one, other = stick("a1"), stick("a2")
    case_id = one.pc.new_case(note="甲")
    one.attach(case_id)
    path = one.folder / "hand.labx"
    made = file_out.hand_over(
        one.pc.ledger, one.post, path, other.card(), title="案件 甲", case_id=case_id, copy=b"%PDF",
        now=NOW, name="李某", account="a1",
    )  # fmt: skip
    assert (made.sets, made.files) == (2, 1)
    keys, store = other.keys(), other.post.store
    for old in (False, True):
        opened = open_sealed(path, keys, file_out.HAND_OVER)
        taken = file_in.hand_over(other.pc.ledger, store, opened, NOW)
        assert (taken.who, taken.title, taken.known, taken.old) == ("李某", "案件 甲", False, old)
    (parcel,) = parcels.parcels(other.pc.ledger)
    assert store.get(parcel.copy) == b"%PDF"
    assert other.pc.remembered(parcels.CASES) == {parcel.id: case_id}
    with pytest.raises(UserError):
        open_sealed(store.path(parcel.id), keys)
    assert other.pc.find(Case) == [], "nothing unconfirmed stands among the cases"
    with pytest.raises(UserError, match="还没有带给共享库"):
        parcels.forget(other.pc.ledger, store, parcel.id, actor="王某", at=NOW)
    other.online()
    assert parcels.parcels(other.pc.ledger)[0].state == "done"
    parcels.forget(other.pc.ledger, store, parcel.id, actor="王某", at=NOW)
    assert not any(store.has(one) for one in (parcel.copy, parcel.id))
    with pytest.raises(UserError, match="没有找到"):
        parcels.forget(other.pc.ledger, store, parcel.id, actor="王某", at=NOW)
    (result,) = take.take_parcels(postgres.dsn)
    assert isinstance(result, Result)
    assert (result.login, result.taken, result.files) == ("a1", 2, 1)
    assert take.take_parcels(postgres.dsn) == []
    other.online()
    assert other.pc.case(case_id).note == "甲"
    assert one.online().pushed == 2, "the author hears that it is known"
    assert postgres.ask("SELECT DISTINCT login FROM sync.changeset") == [("a1",)]
    assert postgres.ask("SELECT max(seq) FROM sync.head") == [(2,)]


@pytest.mark.long
def test_a_parcel_goes_along_with_the_carriers_own_package(stick: Make, postgres: Postgres) -> None:
    one, other = stick("a1"), stick("a2")
    case_id = one.pc.new_case(note="甲")
    path = one.folder / "hand.labx"
    file_out.hand_over(one.pc.ledger, one.post, path, other.card(), title="甲", case_id="",
                       copy=b"%PDF", now=NOW, name="李某", account="a1")  # fmt: skip
    opened = open_sealed(path, other.keys())
    file_in.hand_over(other.pc.ledger, other.post.store, opened, NOW)
    other.pc.new_case(note="乙")
    result, _ = there_and_back(other)
    assert [(each.login, each.taken) for each in (result, *result.parcels)] == [
        ("a2", 1), ("a1", 1),
    ]  # fmt: skip
    assert parcels.parcels(other.pc.ledger)[0].state == "done"
    assert other.pc.case(case_id).note == "甲"
    signers.revoke_device(postgres.dsn, one.keys().public().fingerprint())
    other.pc.new_case()
    assert there_and_back(other)[0].taken == 1, "a parcel that is refused stops nothing"


@pytest.mark.long
def test_an_answer_that_is_older_than_the_line_takes_nothing_back(stick: Make) -> None:
    one = stick("a1")
    case_id = one.pc.new_case(note="1")
    result = take.take(one.postgres.dsn, one.out())
    reply = one.folder / "reply.labx"
    answer.answer(one.postgres.dsn, result, reply)
    one.pc.edit(Case, case_id, note="2")
    one.online()
    cursors = one.cursors()
    taken = one.take_in(reply)
    assert (taken.receipts, taken.received, taken.again) == (0, 0, ())
    assert one.pc.case(case_id).note == "2"
    assert one.cursors() == cursors


@pytest.mark.long
def test_a_server_put_back_gets_by_file_what_it_forgot(stick: Make, postgres: Postgres) -> None:
    one = stick("a1")
    case_id = one.pc.new_case(note="1")
    there_and_back(one)
    for table in ("delivery", "commit_log", "changeset", "audit"):
        postgres.ask(f"ALTER TABLE sync.{table} DISABLE TRIGGER USER")
        postgres.ask(f"DELETE FROM sync.{table}")  # noqa: S608  # names of ours
    postgres.ask("DELETE FROM sync.row; DELETE FROM sync.root")
    postgres.ask("UPDATE sync.head SET seq = 0, hash = ''; UPDATE sync.device SET last_n = 0")
    one.pc.edit(Case, case_id, note="2")
    result, taken = there_and_back(one)
    assert result.stopped == "gap"
    result, taken = there_and_back(one)
    assert (result.taken, taken.again) == (2, ())
    assert one.pc.case(case_id).note == "2"
    assert one.pc.ledger.check() == []


def test_a_line_that_is_only_written_down_does_nothing_else(stick: Make) -> None:
    one = stick("a1")
    result = take.take(one.postgres.dsn, one.out())
    reply = one.folder / "reply.labx"
    answer.answer(one.postgres.dsn, result, reply)
    opened = open_sealed(reply, one.keys())
    played = file_in.Answer(one.pc.ledger, one.post.store, opened, lambda: NOW)
    with pytest.raises(OutsideError):
        played.talk.transport.push("pc", [])
