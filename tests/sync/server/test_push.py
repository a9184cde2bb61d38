"""What the shared database does with sets: merges, disputes, refuses, remembers."""

from collections.abc import Callable
from typing import Any

from tests.sync.conftest import Postgres
from tests.sync.server.pushes import A, B, Sender, case, dele, move, resolve, uid, upd, worker

Make = Callable[..., Sender]


def words(receipt: dict[str, Any]) -> list[str]:
    return [one["s"] for one in receipt["ops"]]


def cell(postgres: Postgres, t: str, name: str, column: str) -> Any:
    ((value,),) = postgres.ask(
        "SELECT data->%s FROM sync.row WHERE id = %s AND t = %s", column, uid(name), t
    )
    return value


def test_two_people_meet_in_one_case(postgres: Postgres, sender: Make) -> None:
    first, second = sender("a1"), sender("a2")
    assert words(first.push(case("c"), worker("w", "c"))) == ["ok", "ok"]
    assert words(first.push(upd("case", "c", "c", note=("", "x")))) == ["ok"]
    both = second.push(
        upd("case", "c", "c", note=("", "y")), upd("case", "c", "c", facts=("", "z"))
    )
    assert words(both) == ["conflict", "ok"]
    assert cell(postgres, "case", "c", "note") == "x"
    assert cell(postgres, "case", "c", "facts") == "z"
    (conflict,) = both["ops"][0]["conflicts"]
    assert words(second.push(resolve(conflict, {"note": "x"}, {"note": "xy"}))) == ["ok"]
    assert cell(postgres, "case", "c", "note") == "xy"
    assert words(second.push(dele("worker", "w", "c", name="甲", case_id=uid("c")))) == ["ok"]
    assert words(sender("city").push(move("c", A, B))) == ["ok"]
    page = first.line.pull(A, 0, 0, "", 10)
    assert (page.roots, page.exits) == ((), (("case", uid("c"), "moved"),))
    assert postgres.ask("SELECT * FROM sync.verify()") == []
