"""What a county sees and does of another's: nothing, even when it knows every id."""

from collections.abc import Callable
from typing import Any

import pytest

from inspector_app.errors import OutsideError
from tests.sync.conftest import Postgres
from tests.sync.server.pushes import (
    A,
    B,
    Op,
    Sender,
    case,
    dele,
    ins,
    move,
    resolve,
    uid,
    upd,
    worker,
)

Make = Callable[..., Sender]
KNOWN_THERE = "只有新华区知道的事"


@pytest.fixture
def theirs(postgres: Postgres, sender: Make) -> str:
    """A case in county A with a worker and an open conflict; the id of the conflict."""
    first, second = sender("a1"), sender("a2")
    assert first.push(case("c", note=KNOWN_THERE), worker("w", "c"))["s"] == "ok"
    first.push(upd("case", "c", "c", facts=("", "甲")))
    said = second.push(upd("case", "c", "c", facts=("", "乙")))
    assert postgres.ask("SELECT count(*) FROM sync.row WHERE scope = %s", A) == [(2,)]
    assert KNOWN_THERE in str(first.line.pull(A, 0, 0, "", 10))
    return str(said["ops"][0]["conflicts"][0])


def in_b(op: Op) -> Op:
    """The same op, said to be of county B."""
    cells = {k: [B if v == A else v for v in pair] for k, pair in op.get("c", {}).items()}
    return {**op, "scope": B, **({"c": cells} if "c" in op else {})}


def test_it_cannot_read(theirs: str, sender: Make) -> None:
    county = sender("b1")
    calls: list[Callable[[], object]] = [
        lambda: county.line.pull(A, 0, 0, "", 10),
        lambda: county.line.digest(A),
        lambda: county.line.lease(county.device, A, "order", 2026, 1),
        lambda: county.line.release(county.device, A, "order", 2026, [1], "void"),
        lambda: county.line.pull("", 0, 0, "", 10),
        lambda: county.line.pull("%", 0, 0, "", 10),
    ]
    for call in calls:
        with pytest.raises(OutsideError) as told:
            call()
        assert told.value.kind == "rights"
    assert set(county.hello().scopes) == {B}
    everything = county.line.pull(B, 0, 0, "", 100)
    assert (everything.roots, everything.exits) == ((), ())


def test_it_does_not_learn_where_their_history_stands(theirs: str, sender: Make) -> None:
    county = sender("b1")
    said = county.hello({A: [1, "a guess"], B: [0, ""]})
    assert said.forked == ()
    assert said.recovery is False


ATTEMPTS: dict[str, tuple[str, list[Op], str]] = {
    "write there": (A, [case("new")], "scope_not_granted"),
    "change from here": (B, [in_b(upd("case", "c", "c", note=("", "x")))], "row_not_here"),
    "change a child": (B, [in_b(upd("worker", "w", "c", name=("甲", "x")))], "row_not_here"),
    "remove": (B, [in_b(dele("worker", "w", "c", name="甲", case_id=uid("c")))], "row_not_here"),
    "take the id": (B, [in_b(case("c", scope=B))], "id_taken"),
    "hang a child on it": (B, [in_b(worker("x", "c"))], "parent_gone"),
    "take it over by a move": (B, [move("c", A, B)], "root_moved"),
    "move it as if it were here": (B, [move("c", B, A)], "scope_not_granted"),
    "make a case in their name": (B, [case("new", scope=A)], "scope_mismatch"),
    "decide their conflict": (
        B,
        [resolve("?", {"facts": "甲"}, {"facts": "x"})],
        "no_such_conflict",
    ),
    "steal a worker": (
        B,
        [in_b(case("d", scope=B)), in_b(worker("w", "d"))],
        "id_taken",
    ),
    "lean on their worker": (
        B,
        [
            in_b(case("d", scope=B)),
            in_b(ins("wage_claim", "k", case_id=uid("d"), worker_id=uid("w"))),
        ],
        "parent_gone",
    ),
}  # fmt: skip


def test_it_cannot_write(theirs: str, sender: Make, postgres: Postgres) -> None:
    before = postgres.ask("SELECT t, id, scope, data, gone, rev FROM sync.row ORDER BY 1, 2")
    county = sender("b1")
    for name, (scope, attempt, why) in ATTEMPTS.items():
        ops = [{**op, "id": theirs} if op["k"] == "resolve" else op for op in attempt]
        said = county.push(*ops, scope=scope)
        assert (said["s"], said["why"], said["ops"]) == ("rejected", why, []), name
    assert (
        postgres.ask("SELECT t, id, scope, data, gone, rev FROM sync.row ORDER BY 1, 2") == before
    )
    assert postgres.ask("SELECT state FROM sync.conflict") == [("open",)]
    assert postgres.ask("SELECT seq FROM sync.head WHERE scope = %s", B) == [(0,)]


def test_it_cannot_speak_for_anothers_device(theirs: str, sender: Make, postgres: Postgres) -> None:
    first, county = sender("a1", "pc-of-a1"), sender("b1")
    first.push(case("d"))
    thief = Sender(county.line, "pc-of-a1", n=1)
    calls: list[Callable[[], object]] = [
        thief.hello,
        lambda: thief.push(case("e", scope=B), scope=B),
    ]
    for call in calls:
        with pytest.raises(OutsideError) as told:
            call()
        assert told.value.kind == "account"
    assert postgres.ask("SELECT last_n FROM sync.device WHERE device = 'pc-of-a1'") == [(1,)]


def test_the_author_is_who_logged_in_whatever_the_set_says(
    sender: Make, postgres: Postgres
) -> None:
    county = sender("b1")
    one = county.a_set(case("d", scope=B), scope=B)
    forged: dict[str, Any] = {**one, "actor": "a1", "login": "a1", "me": "a1", "by": "a1"}
    assert county.line.push(county.device, [forged])[0]["s"] == "ok"
    assert postgres.ask("SELECT login, actor_said FROM sync.changeset") == [("b1", "a1")]
    assert postgres.ask("SELECT DISTINCT login FROM sync.audit") == [("b1",)]
    assert postgres.ask("SELECT by_login FROM sync.row") == [("b1",)]


def test_who_may_only_read_writes_nothing(theirs: str, sender: Make, postgres: Postgres) -> None:
    postgres.ask("UPDATE sync.scope_grant SET can_write = false WHERE login = 'a2'")
    reader = sender("a2")
    assert reader.line.pull(A, 0, 0, "", 10).roots
    assert reader.push(upd("case", "c", "c", note=(KNOWN_THERE, "x")))["why"] == "scope_not_granted"
    assert reader.push(move("c", A, B))["why"] == "scope_not_granted"
    with pytest.raises(OutsideError):
        reader.line.lease(reader.device, A, "order", 2026, 1)


def test_personal_data_is_kept_from_who_may_not_see_it(sender: Make, postgres: Postgres) -> None:
    full = sender("a1")
    number, phone = "410402199001011234", "13900000000"  # invented
    private = ins("worker_private", "w", case_id=uid("c"), id_number=number, phone=phone)
    assert full.push(case("c"), worker("w", "c"), private)["s"] == "ok"
    assert number in str(full.line.pull(A, 0, 0, "", 10))
    assert postgres.ask("SELECT login, rows_sent FROM sync.access") == [("a1", 1)]
    postgres.ask("UPDATE sync.scope_grant SET can_pii = false WHERE login = 'a2'")
    masked = sender("a2")
    page = str(masked.line.pull(A, 0, 0, "", 10))
    assert uid("w") in page
    assert number not in page
    assert phone not in page
    change = upd("worker_private", "w", "c", phone=(phone, "1"))
    assert masked.push(change)["why"] == "pii_not_granted"
    assert postgres.ask("SELECT count(*) FROM sync.access") == [(1,)]
