"""Reading: pages of whole aggregates, what left, sums, and what an account may see of it."""

import json
from collections.abc import Callable

import pytest

from inspector_app.errors import OutsideError
from inspector_app.ledger import sealed
from inspector_app.ledger.load import columns_of
from inspector_app.sync.first_load import spread
from inspector_app.sync.server import users
from tests.sync.conftest import Postgres
from tests.sync.fake_server import sha
from tests.sync.server.pushes import (
    TABLES,
    A,
    B,
    Sender,
    case,
    dele,
    move,
    resolve,
    uid,
    upd,
    worker,
)

Make = Callable[..., Sender]
NASTY = '"引" \\ / \b\f\n\r\t \x01\x1f \x7f \u2028 𬱖 \U0001f600 ,\n {}'


def grant(postgres: Postgres, login: str, *, write: bool = True, pii: bool = True) -> None:
    change = "UPDATE sync.scope_grant SET can_write = %s, can_pii = %s WHERE login = %s"
    postgres.ask(change, write, pii, login)


def test_every_aggregate_comes_once_however_small_the_pages(sender: Make) -> None:
    one = sender("a1")
    one.push(*(case(f"c{place}") for place in range(5)))
    one.push(worker("w", "c2"))
    seen, place = [], (0, "")
    while True:
        page = one.line.pull(A, 0, *place, 2)
        seen += [root.root for root in page.roots]
        place = page.next
        if not page.more:
            break
    assert sorted(seen) == sorted(uid(f"c{place}") for place in range(5))
    assert seen[-1] == uid("c2")  # changed last
    assert page.head[0] == 2


def test_a_conflict_tells_what_stood_there_when_it_was_decided(sender: Make) -> None:
    one, two = sender("a1"), sender("a2")
    one.push(case("c"))
    one.push(upd("case", "c", "c", note=("", "甲")))
    (opened,) = two.push(upd("case", "c", "c", note=("", "乙")))["ops"][0]["conflicts"]
    sender("city").push(upd("case", "c", "c", note=("甲", "丙")))
    late = two.push(resolve(opened, {"note": "甲"}, {"note": "乙"}))
    assert late["ops"][0]["s"] == "conflict"
    for state in ("open", "resolved"):
        (root,) = one.line.pull(A, 0, 0, "", 10).roots
        (told,) = root.conflicts
        assert (told["state"], told["theirs"], told["theirs_by"]) == (
            state, {"note": "丙"}, "city",
        )  # fmt: skip
        if state == "open":
            assert two.push(resolve(opened, {"note": "丙"}, {"note": "乙"}))["ops"][0]["s"] == "ok"


def test_only_what_changed_after_the_cursor_is_sent(sender: Make) -> None:
    one, two = sender("a1"), sender("a2")
    one.push(case("c"), worker("w", "c"))
    one.push(upd("worker", "w", "c", trade=("", "木工")))
    (root,) = one.line.pull(A, 1, 2, "", 10).roots
    assert [(row.t, row.rev) for row in root.rows] == [("worker", 2)]
    (opened,) = two.push(upd("worker", "w", "c", trade=("", "钢筋工")))["ops"][0]["conflicts"]
    (root,) = one.line.pull(A, 2, 3, "", 10).roots
    assert [one["id"] for one in root.conflicts] == [opened]
    assert [row.rev for row in root.rows] == [3]  # also the loser fetches the row again
    two.push(resolve(opened, {"trade": "木工"}, {"trade": "钢筋工"}))
    (root,) = one.line.pull(A, 3, 4, "", 10).roots
    assert root.conflicts[0]["state"] == "resolved"
    assert root.conflicts[0]["resolved_by"] == "a2"
    one.push(dele("worker", "w", "c", name="甲", case_id=uid("c"), trade="钢筋工"))
    (root,) = one.line.pull(A, 4, 5, "", 10).roots
    assert [(row.t, row.cells) for row in root.rows] == [("worker", None)]
    assert one.line.pull(A, 5, 6, "", 10).roots == ()


def test_what_left_is_told_once_and_not_when_it_came_back(sender: Make) -> None:
    city, one, other = sender("city"), sender("a1"), sender("b1")
    one.push(case("c"), worker("w", "c"))
    city.push(move("c", A, B))
    assert one.line.pull(A, 1, 2, "", 10).exits == (("case", uid("c"), "moved"),)
    (root,) = other.line.pull(B, 0, 0, "", 10).roots
    assert {row.t for row in root.rows} == {"case", "worker"}
    assert next(row.cells for row in root.rows if row.t == "case")["scope"] == B
    city.push(move("c", B, A), scope=B)
    assert one.line.pull(A, 1, 2, "", 10).exits == ()
    assert other.line.pull(B, 1, 2, "", 10).exits == (("case", uid("c"), "moved"),)


def test_the_sum_is_the_one_a_pc_makes(sender: Make) -> None:
    one = sender("a1")
    one.push(case("c"), worker("w", "c"))
    one.push(dele("worker", "w", "c", name="甲", case_id=uid("c")), case("d"))
    sums = one.line.digest(A)
    assert sums.rows == 2
    said = (f"case|{uid('c')}|1", f"case|{uid('d')}|2")
    expected = sum(int(sha(one)[:8], 16) for one in said)
    assert sums.sum == str(expected)
    assert sums.head == one.line.pull(A, 0, 0, "", 10).head


def test_an_older_program_is_told_the_sum_of_the_tables_it_knows(
    sender: Make, postgres: Postgres
) -> None:
    """Else it would find its ledger wrong every day and fetch the whole county anew."""
    one = sender("a1")
    one.push(case("c"), worker("w", "c"))
    postgres.ask(
        "UPDATE sync.col SET since = 900 WHERE t = 'worker'"
    )  # as if a later one brought it
    assert [one.line.digest(A, schema).rows for schema in (None, 900, 899)] == [2, 2, 1]


def test_pages_of_a_first_load_say_what_pages_say_and_bear_their_seals(sender: Make) -> None:
    """To the letter as this program writes a row: what came is sealed as it came."""
    one, two = sender("a1"), sender("a2")
    one.push(case("c", note=NASTY), worker("w", "c", name="张三"), worker("gone", "c"))
    one.push(
        dele("worker", "gone", "c", name="甲", case_id=uid("c")),
        upd("case", "c", "c", note=(NASTY, "")),
    )
    two.push(upd("case", "c", "c", note=(NASTY, "改")))
    one.push(case("d", note=NASTY))
    pages = [one.line.load(A, 0, "", 1), one.line.load(A, 3, uid("c"), 1)]
    loaded = [root for page in pages for root in spread(page)]
    usual = one.line.pull(A, 0, 0, "", 10)
    assert [(root.root, root.seq, root.conflicts) for root in loaded] == [
        (root.root, root.seq, root.conflicts) for root in usual.roots
    ]
    assert loaded[0].conflicts
    for mine, theirs in zip(loaded, usual.roots, strict=True):
        assert sorted(map(repr, mine.rows)) == sorted(map(repr, theirs.rows))
    assert [(page.more, page.head[0]) for page in pages] == [(True, 4), (False, 4)]
    for t, lines in [pair for page in pages for pair in page.lines.items()]:
        for line in lines:
            row = json.loads(line)
            assert sealed.line(row, columns_of(TABLES[t]), row["row_rev"]) == line
    with pytest.raises(OutsideError):
        one.line.load(A, 0, "", 5_001)


def test_without_the_right_to_personal_data_it_is_not_sent_and_not_taken(
    postgres: Postgres, sender: Make
) -> None:
    one, other = sender("a1"), sender("a2")
    one.push(case("c", note="看得见"), worker("w", "c", name="张三"))
    grant(postgres, "a2", pii=False)
    assert other.hello().scopes[A].pii is False
    one.push(upd("worker", "w", "c", name=("张三", "张四")))
    sent = other.line.pull(A, 0, 0, "", 10)
    assert "张" not in repr(sent)
    loaded = other.line.load(A, 0, "", 10)
    assert "张" not in repr(loaded)
    assert "看得见" in repr(loaded)
    assert "看得见" in repr(sent)
    assert other.push(upd("worker", "w", "c", name=("张四", "李四")))["why"] == "pii_not_granted"
    assert other.push(upd("worker", "w", "c", trade=("", "木工")))["s"] == "ok"
    assert postgres.ask("SELECT count(*) FROM sync.access") == [(0,)]
    assert "张四" in repr(one.line.pull(A, 0, 0, "", 10))
    assert postgres.ask("SELECT login, scope FROM sync.access") == [("a1", A)]


def test_conflicts_hide_personal_data_too(postgres: Postgres, sender: Make) -> None:
    one, two, masked = sender("a1"), sender("a2"), sender("city")
    grant(postgres, "city", pii=False)
    one.push(case("c"), worker("w", "c", name="张三"))
    one.push(upd("worker", "w", "c", name=("张三", "张四")))
    two.push(upd("worker", "w", "c", name=("张三", "张五")))
    (root,) = masked.line.pull(A, 0, 0, "", 10).roots
    assert root.conflicts[0]["mine"] == {"name": ""}
    assert "张" not in repr(root)


def test_a_decision_confirms_no_guess_at_what_is_hidden(postgres: Postgres, sender: Make) -> None:
    one, masked = sender("a1"), sender("a2")
    one.push(case("c"), worker("w", "c", name="张三"))
    one.push(upd("worker", "w", "c", trade=("", "木工")))
    told = masked.push(upd("worker", "w", "c", trade=("", "瓦工")))
    (opened,) = told["ops"][0]["conflicts"]
    grant(postgres, "a2", pii=False)
    answers = [
        masked.push(resolve(opened, {"trade": "木工", "name": guess}, {"trade": "瓦工"}))["ops"]
        for guess in ("李四", "张三")
    ]
    assert answers[0] == answers[1] == [{"s": "conflict", "conflicts": [opened]}]
    assert masked.push(resolve(opened, {"trade": "木工"}, {"trade": "瓦工"}))["ops"][0]["s"] == "ok"


def test_who_may_read_may_not_write(postgres: Postgres, sender: Make) -> None:
    one, other = sender("a1"), sender("a2")
    one.push(case("c"))
    grant(postgres, "a2", write=False)
    assert other.hello().scopes[A].write is False
    assert other.push(upd("case", "c", "c", note=("", "x")))["why"] == "scope_not_granted"
    assert len(other.line.pull(A, 0, 0, "", 10).roots) == 1
    with pytest.raises(OutsideError):
        other.line.lease(other.device, A, "甲", 2026, 1)


def test_an_account_that_was_closed_is_closed_on_open_lines_too(
    postgres: Postgres, sender: Make
) -> None:
    one = sender("a1")
    postgres.ask("UPDATE sync.account SET disabled = true WHERE login = 'a1'")
    for call in (one.hello, lambda: one.push(case("c")), lambda: one.line.digest(A)):
        with pytest.raises(OutsideError) as told:
            call()
        assert told.value.kind == "account"


def test_a_right_reads_as_it_is_written() -> None:
    assert users.Grant.of("410402") == users.Grant("410402")
    assert users.Grant.of("410402:read") == users.Grant("410402", write=False)
    assert users.Grant.of("410402:read,masked") == users.Grant("410402", write=False, pii=False)
