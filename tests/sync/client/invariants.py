"""What must hold when everybody has exchanged everything (sync.md, I1 to I11)."""

import json
from typing import Any

from inspector_app.ledger.schema import merge_groups, metadata
from inspector_app.sync import away, memory, pending
from inspector_app.sync.numbers import leases
from inspector_app.sync.shown import cells_of
from tests.sync.fake_server import FakeServer, same, sha
from tests.sync.pcs import GRANTS, NOW, ORDER, Pc, server_rows


def settle(bureau: Any) -> None:
    """Exchange until nothing is under way, and give up what was refused (its words are kept)."""
    for pc in bureau.pcs:
        pc.sync()
    for pc in bureau.pcs:
        if pc.is_behind():
            pc.sync()
    if bureau.server.recovery:
        bureau.server.recovery = False
        bureau.server.numbers.end_recovery()
        for pc in bureau.pcs:
            pc.sync()
    bureau.given_up = []
    for pc in bureau.pcs:
        kept(pc)
        for one in pc.refused():
            bureau.given_up.append(json.dumps(one.ops))
            pc.decide(one.n, "theirs")
    for pc in bureau.pcs if bureau.given_up else ():
        pc.sync()  # also who is not behind: what was given up comes from the shared side anew


def kept(pc: Pc) -> None:
    """I12: what waits is on the screen of its PC, the aggregate it belongs to with it."""
    here = {row_id for _, row_id in pc.rows()}
    with pc.ledger.read() as view:
        waiting = pending.ops(view.connection)
        left = away.kept(view.connection)
    gone = {op["root"] for op in waiting if op["root"] not in here}
    assert gone == set(), (pc.me, "I12")
    assert {root for _, root in left} <= {op["root"] for op in waiting}, (pc.me, "I12 nothing else")


def check_all(bureau: Any) -> None:
    settle(bureau)
    for pc in bureau.pcs:
        converged(bureau.server, pc)
    which = len(bureau.written) % (4 * len(bureau.pcs))  # whole checks are slow: one in four
    for pc in bureau.pcs[which : which + 1]:
        problems = pc.ledger.check()
        assert problems == [], (pc.me, problems)
    nothing_lost(bureau)
    nothing_overwritten(bureau.server)
    applied_once(bureau.server)
    chained(bureau.server)
    numbered(bureau)


def numbered(bureau: Any) -> None:
    """I4: every number from 1 on stands in one state, is held by one PC, is on one paper."""
    register = bureau.server.numbers
    for series, following in register.next.items():
        assert sorted(key[3] for key in register.rows if key[:3] == series) == list(
            range(1, following)
        ), "I4 gap"
    assert register.twins == set(), "I4 twin"
    borne = [
        (row["data"]["scope"], row["data"]["no"], key[1])
        for key, row in bureau.server.rows.items() if key[0] == "number_entry"
    ]  # fmt: skip
    assert len({one[:2] for one in borne}) == len(borne), "I4 twin in the register"
    issued = {(key[0], key[3], row["entry"]) for key, row in register.rows.items()
              if row["state"] == "issued"}  # fmt: skip
    assert issued == set(borne), "I4 the register says what the rows say"
    names = {device_of(pc) for pc in bureau.pcs}
    known = {(scope, no) for scope, no, _ in borne}
    for scope, no in {one[:2] for one in bureau.printed} - known:
        row = register.rows.get((scope, ORDER, NOW.year, no), {"state": "nobody knows"})
        ends = row["state"] == "void" or (row["state"] == "leased" and row["device"] not in names)
        forgotten = bureau.restored and row["state"] == "nobody knows"
        assert (scope, no) in bureau.lost, ("I4 paper", scope, no, row)
        assert ends or forgotten, ("I4 paper", scope, no, row)
    held: list[tuple[Any, ...]] = []
    for pc in bureau.pcs:
        with pc.ledger.read() as view:
            device, free = memory.device(view.connection), leases.free(view.connection)
        for series, nos in free.items():
            held += [(*series, no) for no in nos]
            for no in nos:
                row = register.rows[(*series, no)]
                assert (row["state"], row["device"]) == ("leased", device), (pc.me, "I4 lease")
    assert len(held) == len(set(held)), "I4 held twice"


def device_of(pc: Pc) -> str:
    with pc.ledger.read() as view:
        return memory.device(view.connection)


def converged(server: FakeServer, pc: Pc) -> None:
    """I1 and I6: the same rows, nothing of another scope, nothing left over, nothing waiting."""
    there, here = server_rows(server, GRANTS[pc.me]), pc.rows()
    differ = {k: (there.get(k), here.get(k)) for k in there | here if there.get(k) != here.get(k)}
    assert differ == {}, (pc.me, "I1")
    with pc.ledger.read() as view:
        queued = view.connection.exec_driver_sql(
            "SELECT count(*) FROM sync_out WHERE state IN ('queued', 'held', 'rejected')"
        ).scalar_one()
        unnumbered = view.connection.exec_driver_sql(
            "SELECT count(*) FROM changeset WHERE seq NOT IN (SELECT seq FROM sync_in) "
            "AND seq > (SELECT value FROM sync_state WHERE key = 'numbered')"
        ).scalar_one()
        waiting = view.connection.exec_driver_sql(
            "SELECT count(*) FROM sync_out WHERE state = 'acked' AND receipt = ''"
        ).scalar_one()
        stored = view.connection.exec_driver_sql(
            "SELECT id, state, theirs, mine FROM sync_conflict"
        )
        mirror = {row.id: (row.state, cells_of(row.theirs), cells_of(row.mine)) for row in stored}
    assert (queued, unnumbered, waiting) == (0, 0, 0), (pc.me, "I1 queue, I11")
    known = {
        cid: (one["state"], one["theirs"], one["mine"])
        for cid, one in server.conflicts.items()
        if server.roots[one["root_type"], one["root"]][0] in GRANTS[pc.me]
    }
    assert mirror == known, (pc.me, "I1 conflicts")
    for one in pc.conflicts():  # what is shown to choose from is what stands in the shared database
        stands = there.get((one.t, one.row_id))
        shown = stands and {name: stands[name] for name in one.theirs or {}}
        assert one.theirs == shown, (pc.me, "shown")


def nothing_lost(bureau: Any) -> None:
    """I2: every word somebody typed is applied, in a conflict, or in a set that was refused."""
    hay = json.dumps([one["detail"] for one in bureau.server.audit])
    hay += json.dumps([[one["mine"], one["theirs"]] for one in bureau.server.conflicts.values()])
    hay += "".join(bureau.given_up)
    lost = [word for word in bureau.written if word not in hay and word not in bureau.excused]
    assert lost == [], "I2"


def nothing_overwritten(server: FakeServer) -> None:
    """I3 and I7: what was changed is what its author saw, whole groups taken together."""
    for entry in server.audit:
        if entry["kind"] != "upd":
            continue
        ops = [op for op in server.sets[entry["set"]]["set"]["ops"] if op.get("id") == entry["id"]]
        for name, pair in entry["detail"].items():
            assert any(op.get("c", {}).get(name) == pair for op in ops), "I3"
        seen = [{**op["gb"], **{k: pair[0] for k, pair in op["c"].items()}} for op in ops]
        table = metadata.tables[entry["t"]]
        touched = [one for one in merge_groups(table).values() if entry["detail"].keys() & set(one)]
        whole = [(name, entry["whole"][name]) for group in touched for name in group]
        assert any(all(saw.get(name) == value for name, value in whole) for saw in seen), "I7"


def applied_once(server: FakeServer) -> None:
    """I5: no set left two traces of the same kind on a row."""
    seen = [(e["set"], e["t"], e["id"], e["kind"], same(e["detail"])) for e in server.audit]
    assert len(seen) == len(set(seen)), "I5"
    for receipt in (one["receipt"] for one in server.sets.values()):
        assert receipt["s"] in ("ok", "rejected")


def chained(server: FakeServer) -> None:
    """I9: the history of a scope is one unbroken chain."""
    for scope, (seq, hash_) in server.heads.items():
        assert [n for (s, n) in sorted(server.log) if s == scope] == list(range(1, seq + 1)), "I9"
        if seq:
            assert server.log[scope, seq] == hash_, "I9"
    assert sha("") != ""
