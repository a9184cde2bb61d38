"""Another shared database is not the same one put back: nothing goes there unless it is meant."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from inspector_app.app import parts
from inspector_app.cli.main import run
from inspector_app.domain.cases import Case
from inspector_app.errors import OtherDatabase, UserError
from inspector_app.services import exchange
from inspector_app.sync import belonging, memory
from inspector_app.sync.attachments import file_names as names
from inspector_app.sync.packages import own_keys
from inspector_app.sync.server import install, signers, take
from tests.sync.client.sticks import Stick, there_and_back
from tests.sync.client.test_postgres import Line
from tests.sync.conftest import SCOPES, Cluster, Postgres
from tests.sync.fake_line import FakeTransport
from tests.sync.fake_server import FakeServer
from tests.sync.pcs import GRANTS, A, Pc, copied

Make = Callable[[str], Pc]


def lead_to(pc: Pc, server: FakeServer) -> None:
    """Somebody typed another place."""
    pc.server, pc.line = server, FakeTransport(server, pc.me)


def has_come(pc: Pc, **more: object) -> OtherDatabase:
    with pytest.raises(OtherDatabase) as told:
        pc.sync(**more)
    return told.value


def forget(pc: Pc) -> None:
    """A ledger of a program that knew nothing of identities."""
    pc.do(lambda uow: memory.put(uow.connection, belonging.DATABASE, None))


def test_nothing_goes_to_another_database_and_nothing_leaves(pc: Make, server: FakeServer) -> None:
    one, two = pc("a1"), pc("a2")
    two.new_case()
    one.new_case()
    two.sync()
    one.sync()
    before = one.rows()
    production = FakeServer(GRANTS)
    lead_to(one, production)
    told = has_come(one)
    assert belonging.mark(server.identity) in told.message
    assert belonging.mark(production.identity) in told.message
    assert (told.kind, told.database) == ("other_database", production.identity)
    assert one.rows() == before
    assert (production.rows, production.devices, production.recovery) == ({}, {}, False)
    one.new_case()
    lead_to(one, server)
    report = one.sync()
    assert (report.pushed, report.recovery, len(one.find(Case))) == (1, False, 3)


def test_going_over_is_meant_and_brings_what_was_made_here(pc: Make, server: FakeServer) -> None:
    one, two = pc("a1"), pc("a2")
    own, theirs = one.new_case(), two.new_case()
    for who in (two, one, two):
        who.sync()
    two.edit(Case, own, note="乙")
    two.sync()
    one.sync()
    other = FakeServer(GRANTS)
    lead_to(one, other)
    has_come(one, other=belonging.mark(server.identity))  # that was another one
    has_come(one, other=other.identity[:7])
    report = one.sync(other=belonging.mark(other.identity))
    assert (report.pushed, report.recovery, other.recovery) == (1, False, False)
    assert [case.id for case in one.find(Case)] == [own]
    assert ("case", theirs) not in other.rows
    assert one.sync().unlike == []
    lead_to(two, other)
    two.sync(other=other.identity)
    one.sync()
    assert one.rows() == two.rows()
    assert {case.id for case in one.find(Case)} == {own, theirs}
    assert (one.case(own).note, other.recovery, one.conflicts()) == ("乙", False, [])
    assert [bad for bad in one.ledger.check() if bad.kind == "exchange"] == []


def test_what_was_agreed_with_the_old_database_is_nothing_to_the_new_one(
    pc: Make, server: FakeServer
) -> None:
    one, two = pc("a1"), pc("a2")
    theirs, untouched = two.new_case(), two.new_case()
    two.sync()
    one.sync()
    one.edit(Case, theirs, note="甲")
    two.edit(Case, theirs, note="乙")
    two.sync()
    one.sync()
    one.resolve(one.conflicts()[0].id, "mine")
    one.sync()
    named = (theirs, "0" * 64)
    one.do(lambda uow: names.remember(uow.connection, named, names.AT_THE_SERVER, size=1))
    other = FakeServer(GRANTS)
    lead_to(one, other)
    one.sync(other=other.identity)
    assert [refused.why for refused in one.refused()] == ["row_not_here"], "it stays to be decided"
    assert one.find(Case, id=untouched) == []
    with one.ledger.read() as view:
        assert view.connection.exec_driver_sql("SELECT count(*) FROM sync_file").scalar_one() == 0


def test_numbers_of_the_old_database_are_not_used_in_the_new_one(pc: Make) -> None:
    old, new = FakeServer(GRANTS, leased=True), FakeServer(GRANTS, leased=True)
    one, two = pc("a1"), pc("a2")
    for who in (one, two):
        lead_to(who, old)
        who.sync()
    assert (one.issue(A), two.issue(A), one.issue(A)) == (1, 3, 2)
    for who in (one, two, one):
        who.sync()
    for who in (one, two):
        lead_to(who, new)
        report = who.sync(other=new.identity)
        assert (report.refused, report.twins) == (0, [])
    one.sync()
    assert one.issue(A) == 4
    assert one.sync().refused == 0
    assert {no for _, _, _, no in new.numbers.rows} >= {1, 2, 3, 4}


def test_while_all_go_over_numbers_wait_and_none_is_borne_twice(pc: Make) -> None:
    old, new = FakeServer(GRANTS, leased=True), FakeServer(GRANTS, leased=True)
    new.recovery = True  # `server recover begin`
    one, two = pc("a1"), pc("a2")
    for who in (one, two):
        lead_to(who, old)
        who.sync()
    assert (one.issue(A), two.issue(A)) == (1, 3)
    for who in (one, two):
        who.sync()  # neither knows of the other's
        lead_to(who, new)
        report = who.sync(other=new.identity)
        assert (report.refused, report.twins, who.issue(A)) == (0, [], None)
    new.recovery = False
    new.numbers.end_recovery()
    for who in (one, two):
        who.sync()
    assert (one.issue(A), two.issue(A)) == (4, 6)


def test_an_older_ledger_learns_where_it_is_known(pc: Make, server: FakeServer) -> None:
    one = pc("a1")
    one.new_case()
    one.sync()
    forget(one)
    other = FakeServer(GRANTS)
    lead_to(one, other)
    assert "没有它的记录" in has_come(one).message
    assert other.devices == {}
    lead_to(one, server)
    one.sync()
    assert one.remembered(belonging.DATABASE) == [server.identity, "shared"]


def test_a_database_put_back_is_the_same_one(pc: Make, server: FakeServer) -> None:
    one, two = pc("a1"), pc("a2")
    case_id = one.new_case()
    night = server.backup()
    for who in (one, two):
        who.sync()
    server.restore(night)
    for who in (two, one, two):
        who.sync()
    assert two.case(case_id).id == case_id
    assert server.recovery


def test_with_an_older_server_it_goes_on_as_it_did(pc: Make, server: FakeServer) -> None:
    server.identity = ""
    one = pc("a1")
    one.new_case()
    assert one.sync().pushed == 1
    assert one.remembered(belonging.DATABASE) is None
    server.identity = "3f2a91c0-0000-4000-8000-000000000000"
    one.sync()
    server.identity = ""
    assert one.sync().pushed == 0
    assert one.remembered(belonging.DATABASE) is not None


def test_a_demonstration_does_not_come_among_what_is_real(pc: Make, server: FakeServer) -> None:
    server.trial = False
    one, demo = pc("a1"), pc("a2")
    demo.more["demo"] = True
    demo.new_case()
    assert demo.sync().pushed == 1  # an empty one is free to be tried
    one.sync()
    again = pc("a1")
    again.more["demo"] = True
    again.new_case()
    assert "演示数据" in has_come(again).message
    assert len(server.devices) == 2
    assert again.sync(other=server.identity).pushed == 1


def test_the_real_one_lets_a_demonstration_into_a_trial(
    blank: Path, tmp_path: Path, postgres: Postgres
) -> None:
    made: list[Pc] = []
    for who in ("a1", "a2"):
        path = copied(blank, tmp_path / f"{who}.ledger")
        line = Line(lambda who=who: postgres.of(who))  # type: ignore[misc]  # bound now
        made.append(Pc(path, FakeServer({}), who, lambda _, __, line=line: line))  # type: ignore[misc]  # bound now
        made[-1].new_case()
    one, demo = made
    postgres.ask("UPDATE sync.identity SET trial = false")
    demo.more["demo"] = True
    one.sync()
    assert "演示数据" in has_come(demo).message
    assert postgres.ask("SELECT count(*) FROM sync.device") == [(1,)]
    install.init(postgres.dsn, SCOPES, trial=True)
    assert demo.sync().pushed == 1
    for pc in made:
        pc.close()


@pytest.fixture
def two_databases(
    cluster: Cluster, postgres: Postgres, blank: Path, tmp_path: Path
) -> Iterator[tuple[Pc, Postgres, Postgres]]:
    """A PC on a real database, and another one that was made anew."""
    other = cluster.copy()
    other.ask("UPDATE sync.identity SET id = gen_random_uuid()::text")
    path = copied(blank, tmp_path / "real.ledger")
    one = Pc(path, FakeServer({}), "a1", lambda _, who: Line(lambda: postgres.of(who)))
    yield one, postgres, other
    one.close()
    cluster.drop(other)


def test_the_real_one_turns_a_stranger_away_and_notes_nothing(
    two_databases: tuple[Pc, Postgres, Postgres],
) -> None:
    one, first, other = two_databases
    one.new_case()
    one.sync()
    one.line.close()
    one.line = Line(lambda: other.of("a1"))
    told = has_come(one)
    assert (first.database in told.message, other.database in told.message) == (True, True)
    forget(one)
    has_come(one)
    traces = "SELECT (SELECT count(*) FROM sync.device), suspected, recovery FROM sync.server"
    assert other.ask(traces) == [(0, False, False)]
    one.more["demo"] = True
    report = one.sync(other=told.database)
    assert (report.pushed, report.recovery) == (1, False)
    assert other.ask("SELECT count(*) FROM sync.row WHERE t = 'case'") == [(1,)]
    assert other.ask(traces) == [(1, False, False)]
    assert one.sync().unlike == []


def test_a_package_for_one_database_is_not_taken_by_another(
    stick: Callable[[str], Stick], tmp_path: Path, postgres: Postgres, cluster: Cluster
) -> None:
    """A card whose fingerprint was compared means that other one."""
    one = stick("a1")
    one.pc.new_case()
    there_and_back(one)
    ((identity,),) = postgres.ask("SELECT id FROM sync.identity")
    assert one.pc.remembered(belonging.DATABASE) == [identity, postgres.database]
    other = cluster.copy(postgres.database)
    other.ask("UPDATE sync.identity SET id = gen_random_uuid()::text")
    one.pc.new_case()
    package = one.out()
    with pytest.raises(UserError) as told:
        take.take(other.dsn, package)
    assert told.value.kind == "other_database"
    assert other.ask("SELECT count(*) FROM sync.row WHERE t = 'case'") == [(1,)]
    other.ask("DELETE FROM sync.file_key")
    signers.make_keys(other.dsn)
    card = signers.write_card(other.dsn, tmp_path / "other.labx", "另一个库")
    one.pc.do(lambda uow: own_keys.trust(uow.connection, card, again=True))
    assert one.pc.remembered(belonging.DATABASE) is None
    one.postgres = other
    there_and_back(one)
    assert one.pc.remembered(belonging.DATABASE)[1] == other.database
    assert other.ask("SELECT count(*) FROM sync.row WHERE t = 'case'") == [(2,)]
    assert one.waiting() == 0
    cluster.drop(other)


def test_the_command_line_names_both_and_takes_the_id_of_the_one_that_is_meant(
    postgres: Postgres, cluster: Cluster, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = cluster.copy()
    other.ask("UPDATE sync.identity SET id = '77aa0000-0000-4000-8000-000000000000'")

    def at(*words: str) -> tuple[int, Any]:
        capsys.readouterr()
        line = ["--data", str(tmp_path / "pc"), "--today", "2026-09-28", "--json", "sync", "--once"]
        code = run([*line, *words], parts())
        return code, json.loads(capsys.readouterr().out)

    assert at("--dsn", postgres.of("a1"))[0] == 0
    code, told = at("--dsn", other.of("a1"))
    assert (code, told["error"]["kind"]) == (1, "other_database")
    assert "--database 77aa0000" in told["error"]["message"]
    assert postgres.database in exchange.kept_dsn(tmp_path / "pc"), "still the old one"
    assert at("--dsn", other.of("a1"), "--database", "77aa0000")[0] == 0
    cluster.drop(other)
