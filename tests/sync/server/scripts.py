"""Scripts of operations that every server of the exchange must answer alike."""

from collections.abc import Callable
from typing import Any

from tests.sync.server.pushes import A, B, Op, case, dele, ins, move, resolve, uid, upd, worker

# A step is (account, scope of the set, ops). `resolve:N` stands for the N-th conflict that opened.
Step = tuple[str, str, list[Op]]
WORKER = {"case_id": uid("c"), "name": "甲"}
BEGIN: list[Step] = [("a1", A, [case("c"), worker("w", "c")])]


def note(was: str, becomes: str) -> Op:
    return upd("case", "c", "c", note=(was, becomes))


def money(fen: int, *, people: int | None = None, seen: int | None = None) -> Op:
    """A change of one member of the money group, seen beside the other member."""
    op = upd("case", "c", "c", stated_fen=(None, fen))
    op["gb"]["stated_workers"] = seen
    if people is not None:
        op["c"]["stated_workers"] = [seen, people]
        del op["gb"]["stated_workers"]
    return op


def told(conflict: int, seen: Any, v: Any, reason: str = "核对了原件") -> Op:
    return resolve(f"resolve:{conflict}", seen, v, reason)


SCRIPTS: dict[str, list[Step]] = {
    "different groups merge": [
        ("a1", A, [note("", "x")]), ("a2", A, [upd("case", "c", "c", facts=("", "z"))]),
    ],
    "the same value is no conflict": [("a1", A, [note("", "x")]), ("a2", A, [note("", "x")])],
    "the same group keeps the first": [("a1", A, [note("", "x")]), ("a2", A, [note("", "y")])],
    "there and back counts as unchanged": [
        ("a1", A, [note("", "x")]), ("a1", A, [note("x", "")]), ("a2", A, [note("", "y")]),
    ],
    "members of one group do not mix": [
        ("a1", A, [money(100, people=3)]), ("a2", A, [money(200)]),
        ("a2", A, [money(200, seen=3)]),
    ],
    "some groups merge while others are disputed": [
        ("a1", A, [note("", "x")]),
        ("a2", A, [upd("case", "c", "c", note=("", "y"), facts=("", "f"), cause=("", "k"))]),
    ],
    "a row is made twice": [
        ("a2", A, [worker("w", "c")]), ("a2", A, [worker("w", "c", trade="木工")]),
    ],
    "remove what nobody touched": [
        ("a2", A, [dele("worker", "w", "c", **WORKER)]),
        ("a1", A, [dele("worker", "w", "c", **WORKER)]),
    ],
    "remove what changed": [
        ("a1", A, [upd("worker", "w", "c", trade=("", "木工"))]),
        ("a2", A, [dele("worker", "w", "c", **WORKER)]),
    ],
    "change what was removed": [
        ("a1", A, [dele("worker", "w", "c", **WORKER)]),
        ("a2", A, [upd("worker", "w", "c", trade=("", "木工"))]),
        ("a1", A, [told(0, None, {"trade": "木工"})]),
    ],
    "a removed row is made again": [
        ("a1", A, [dele("worker", "w", "c", **WORKER)]), ("a1", A, [worker("w", "c")]),
    ],
    "remove what others stand on": [
        ("a1", A, [ins("wage_claim", "k", case_id=uid("c"), worker_id=uid("w"))]),
        ("a2", A, [dele("worker", "w", "c", **WORKER)]),
        ("a2", A, [told(0, {**WORKER, "id": uid("w"), "trade": "", "crew": "", "order": 0,
                            "city": "410400"}, None)]),
    ],
    "stand on what was removed": [
        ("a1", A, [dele("worker", "w", "c", **WORKER)]),
        ("a2", A, [ins("wage_claim", "k", case_id=uid("c"), worker_id=uid("w"))]),
    ],
    "decide for mine": [
        ("a1", A, [note("", "x")]), ("a2", A, [note("", "y")]),
        ("a2", A, [told(0, {"note": "x"}, {"note": "y"})]),
        ("a1", A, [told(0, {"note": "x"}, {"note": "x"})]),
    ],
    "decide on what has changed again": [
        ("a1", A, [note("", "x")]), ("a2", A, [note("", "y")]), ("a1", A, [note("x", "w")]),
        ("a2", A, [told(0, {"note": "x"}, {"note": "y"})]),
        ("a2", A, [told(0, {"note": "w"}, {"note": "y"})]),
    ],
    "no such conflict": [("a1", A, [resolve(uid("nothing"), {}, {}, "不知道")])],
    "a case moves with its rows": [
        ("a1", A, [note("", "x")]), ("a2", A, [note("", "y")]), ("city", A, [move("c", A, B)]),
        ("a1", A, [note("x", "late")]), ("b1", B, [note("x", "theirs now")]),
        ("city", A, [move("c", A, B)]), ("city", B, [move("c", B, A)]),
        ("a1", A, [note("theirs now", "back")]),
    ],
    "nobody moves into a county that is not theirs": [("a1", A, [move("c", A, B)])],
    "nobody writes in a county that is not theirs": [("b1", A, [note("", "x")])],
    "one bad op takes the whole set back": [
        ("a1", A, [note("", "x"), upd("case", "c", "c", nonsense=("", 1))]),
        ("a1", A, [note("", "after")]),
    ],
    "a row that is nowhere": [("a1", A, [upd("worker", "x", "c", trade=("", "木工"))])],
}  # fmt: skip


def numbered(ops: list[Op], conflicts: list[str]) -> list[Op]:
    """Put the ids of conflicts in their places."""
    return [
        {**op, "id": conflicts[int(op["id"].partition(":")[2])]}
        if str(op.get("id", "")).startswith("resolve:")
        else op
        for op in ops
    ]


def play(steps: list[Step], push: Callable[[str, str, list[Op]], Any]) -> list[Any]:
    """Run a script; its receipts without what only one server can know."""
    conflicts: list[str] = []
    said = []
    for account, scope, ops in BEGIN + steps:
        receipt = push(account, scope, numbered(ops, conflicts))
        found = [[one["s"], sorted(one["conflicts"])] for one in receipt["ops"]]
        conflicts += [one for _, ids in found for one in ids if one not in conflicts]
        said.append([receipt["n"], receipt["s"], receipt.get("seq"), receipt.get("why", ""), found])
    return said
