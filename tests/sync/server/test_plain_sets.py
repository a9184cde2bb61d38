"""A set written a table at a time leaves what the same set leaves op by op."""

from collections.abc import Iterator
from itertools import count

import pytest

from inspector_app.sync.pg import PgTransport
from tests.sync.conftest import Cluster, Postgres
from tests.sync.server.pushes import A, B, Op, Sender, case, dele, ins, uid, upd, worker

NEVER = """
CREATE OR REPLACE FUNCTION sync.take_plain(p_context jsonb, p_ops jsonb) RETURNS jsonb
LANGUAGE sql AS $$ SELECT null::jsonb $$
"""
SEEN = """
CREATE TABLE sync.looked (plain boolean);
ALTER FUNCTION sync.take_plain(jsonb, jsonb) RENAME TO really_plain;
CREATE FUNCTION sync.take_plain(p_context jsonb, p_ops jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE said jsonb := sync.really_plain(p_context, p_ops);
BEGIN
    INSERT INTO sync.looked VALUES (said IS NOT NULL);
    RETURN said;
END $$;
ALTER TABLE sync.looked OWNER TO insp_owner;
ALTER FUNCTION sync.take_plain(jsonb, jsonb) OWNER TO insp_owner;
"""
STATE = (
    "SELECT t, id, root_type, root, scope, data, gone, rev, by_login FROM sync.row ORDER BY 1, 2",
    "SELECT root, root_type, scope, seq FROM sync.root ORDER BY 1",
    "SELECT set_id, place, login, seq, root, row_id, kind, detail FROM sync.audit ORDER BY 1, 2",
    "SELECT scope, seq, set_id, hash FROM sync.commit_log ORDER BY 1, 2",
    "SELECT id, t, row_id, grp, base, theirs, mine, rev FROM sync.conflict ORDER BY 1",
    "SELECT id, receipt FROM sync.changeset ORDER BY 1",
)
names = count(1)


def fine(place: int) -> list[Op]:
    """Ops that need no merge: of these a plain set is made."""
    name, here = f"new-{next(names)}", f"c{place % 4}"
    claim = ins("wage_claim", f"k{name}", case_id=uid(name), worker_id=uid(f"w{name}"))
    made = ([case(name)], [worker(name, here)], [case(name), worker(f"w{name}", name), claim])
    return made[place % 3]


def odd() -> list[list[Op]]:
    """Ops that must be merged, are refused, or come in an order that matters; one set each."""
    name = f"odd-{next(names)}"
    early = ins("wage_claim", f"e{name}", case_id=uid("c0"), worker_id=uid(f"x{name}"))
    lost = ins("wage_claim", f"l{name}", case_id=uid("c0"), worker_id=uid("nobody"))
    proof = ins("evidence", f"q{name}", case_id=uid("c0"))
    short = case(f"u{name}")
    note = upd("case", "c2", "c2", note=("", name))
    two = [upd("case", "c3", "c3", note=("", "1")), upd("case", "c3", "c3", note=("1", "2"))]
    return [
        [case("c0")],
        [worker("w0", "c0")],
        [worker("w0", "c0", trade="木工")],
        [worker(f"w{name}", name), case(name)],
        [case(f"2{name}"), case(f"2{name}")],
        two,
        [early, worker(f"x{name}", "c0")],
        [lost],
        [{**upd("case", "c1", "c1", note=("never", "c")), "gb": {"note": ""}}],
        [upd("case", "c1", "c1", note=("never", "c"))],
        [upd("case", "c1", "c1", closing_note=("", "c"))],
        [upd("case", "c1", "c1", note=("", ""))],
        [{**note, "gb": {"note": "other"}}],
        [note],
        [{**note, "c": {"note": [name, name + "!"], "nonsense": [None, 1]}}],
        [{**note, "c": {"note": [name, 7]}}],
        [case(f"n{name}", nonsense=1)],
        [case(f"m{name}", stated_fen="many")],
        [case(f"s{name}", scope=B)],
        [{**case(f"t{name}"), "root_type": "worker"}],
        [{**case(f"i{name}"), "id": "no id"}],
        [{**case(f"e{name}"), "c": {}}],
        [{**case(f"o{name}"), "id": uid("another")}],
        [upd("worker", "w0", "c1", trade=("", "木工"))],
        [upd("worker", "w0", "c0", case_id=(uid("c0"), uid("c1")))],
        [upd("wage_claim", "k0", "c0", worker_id=(uid("w0"), uid("nobody")))],
        [upd("wage_claim", "k0", "c0", note=("", "in order"))],
        [dele("worker", "w9", "c0", case_id=uid("c0"), name="甲")],
        [upd("worker", "w9", "c0", trade=("", "木工"))],
        [worker("w9", "c0")],
        [upd("case", "c9", "c9", note=("", "x"))],
        [
            ins(
                "number_entry",
                f"z{name}",
                series="order",
                year=2026,
                no=1,
                state="void",
                reason="x",
            )
        ],
        [worker(f"v{name}", "foreign")],
        [ins("evidence", f"p{name}", case_id=uid("c0"))],  # its second column names the case
        [{**proof, "c": {**proof["c"], "inspection_id": [None, uid("visit")]}}],
        [{**note, "gb": {"nonsense": ""}}],
        [{**worker(f"y{name}", "c1"), "root": uid("c0")}],
        [{**short, "c": {one: pair for one, pair in short["c"].items() if one != "source"}}],
        [upd("case", "c3", "c3", closing_note=("", ""))],
    ]


@pytest.fixture(scope="module")
def both(cluster: Cluster) -> Iterator[tuple[Postgres, Postgres]]:
    """A database that looks for plain sets, and one that never does."""
    quick, slow = cluster.copy(), cluster.copy()
    quick.ask(SEEN)
    slow.ask(NEVER)
    yield quick, slow
    cluster.drop(quick)
    cluster.drop(slow)


def test_it_leaves_what_op_by_op_leaves(both: tuple[Postgres, Postgres]) -> None:
    lines = [PgTransport(one.of("a1")) for one in both]
    senders = [Sender(line, "pc") for line in lines]
    start = [case(f"c{k}") for k in range(4)] + [worker("w0", "c0"), worker("w9", "c0")]
    start += [ins("wage_claim", "k0", case_id=uid("c0"), worker_id=uid("w0"))]

    def push(ops: list[Op]) -> None:
        quick, slow = (sender.push(*ops, scope=A) for sender in senders)
        assert quick == slow

    for sender in senders:
        sender.hello()
    push(start)
    for turn, one in enumerate(odd()):
        push([op for k in range(6) for op in fine(turn + k)])  # a plain set
        before, after = ([op for k in range(3) for op in fine(k)] for _ in range(2))
        push([*before, *one, *after])
    for query in STATE:
        assert both[0].ask(query) == both[1].ask(query)
    looks = dict(both[0].ask("SELECT plain, count(*) FROM sync.looked GROUP BY 1"))
    assert looks == {True: 39 + 4, False: 13}  # a refused set takes its note back
    for line in lines:
        line.close()
