"""The exchange on a real PostgreSQL: it answers as the model does, and two PCs work through it."""

import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from psycopg import conninfo

from inspector_app.domain.cases import Case
from inspector_app.domain.papers import NumberEntry, NumberState
from inspector_app.errors import OutsideError
from inspector_app.ledger.ids import new_id
from inspector_app.services import exchange
from inspector_app.sync.pg import PgTransport
from tests.helpers.builders import CITY, a_worker_claim
from tests.sync.client import joint_scenes
from tests.sync.client import test_mutants as scenes
from tests.sync.client.test_model import run
from tests.sync.conftest import Cluster, Postgres
from tests.sync.fake_server import FakeServer
from tests.sync.pcs import NOW, A, B, Pc, copied
from tests.sync.twin import TwinTransport

Make = Callable[[str], Pc]


class Line:
    """Connects when it is first spoken to, so that a database can be put in its place before."""

    def __init__(self, dsn: Callable[[], str]) -> None:
        self.dsn = dsn
        self.open: PgTransport | None = None

    def __getattr__(self, name: str) -> Any:
        if self.open is None:
            self.open = PgTransport(self.dsn())
        return getattr(self.open, name)

    def close(self) -> None:
        if self.open is not None:
            self.open.close()
            self.open = None


@pytest.fixture
def real(blank: Path, tmp_path: Path, postgres: Postgres) -> Iterator[Make]:
    """Make the PC of an account on the real database."""
    made: list[Pc] = []

    def make(me: str) -> Pc:
        path = copied(blank, tmp_path / f"real-{me}-{len(made)}.ledger")
        server = FakeServer({})
        made.append(Pc(path, server, me, lambda _, who: Line(lambda: postgres.of(who))))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def twins(blank: Path, tmp_path: Path, postgres: Postgres, server: FakeServer) -> Iterator[Make]:
    """Make PCs whose every call goes to the model and to the real database."""
    made: list[Pc] = []

    def line(server: FakeServer, me: str) -> TwinTransport:
        return TwinTransport(server, me, lambda who: Line(lambda: postgres.of(who)))

    def make(me: str) -> Pc:
        path = copied(blank, tmp_path / f"twin-{me}-{len(made)}.ledger")
        made.append(Pc(path, server, me, line))
        return made[-1]

    yield make
    for one in made:
        one.close()


def play(cluster: Cluster, blank: Path, examples: int, steps: int) -> None:
    """Histories of the model, each on a database of its own."""
    here: list[Postgres] = []
    lines: list[Line] = []

    def before() -> None:
        for line in lines:
            line.close()
        for old in here:
            cluster.drop(old)
        here[:] = [cluster.copy()]

    def connect(who: str) -> Line:
        lines.append(Line(lambda: here[0].of(who)))
        return lines[-1]

    def line(server: FakeServer, me: str) -> TwinTransport:
        return TwinTransport(server, me, connect)  # type: ignore[arg-type]  # Line is one

    run(blank, examples, steps, line, restorable=False, before=staticmethod(before))
    for old in here:
        cluster.drop(old)


def test_the_model_and_postgresql_answer_alike(cluster: Cluster, blank: Path) -> None:
    play(cluster, blank, 3, 8)


@pytest.mark.long
def test_the_model_and_postgresql_answer_alike_at_length(cluster: Cluster, blank: Path) -> None:
    play(cluster, blank, 100, 12)


PLAIN = [
    scenes.the_later_one_does_not_overwrite,
    scenes.one_fact_is_not_mixed_of_two,
    scenes.what_left_the_county_leaves_the_pc,
    scenes.what_is_typed_while_pages_come_stays_on_screen,
    scenes.a_lost_reply_makes_no_second_set,
    *joint_scenes.SCENES,
]


@pytest.mark.parametrize("scene", PLAIN, ids=lambda one: one.__name__)
def test_the_scenes_hold_on_postgresql(
    twins: Make, server: FakeServer, scene: Callable[[Make, FakeServer], None]
) -> None:
    scene(twins, server)


def test_two_pcs_of_a_county_and_one_of_the_city(real: Make, postgres: Postgres) -> None:
    one, two, other, city = real("a1"), real("a2"), real("b1"), real("city")
    case_id = one.new_case()
    person = a_worker_claim(1, case_id=case_id)
    worker = replace(person.worker, id=new_id())
    one.add(worker, replace(person.private, id=worker.id))
    for pc in (one, two, other, city):
        pc.sync()
    assert one.rows() == two.rows() == city.rows()
    assert other.rows() == {}
    one.edit(Case, case_id, note="甲")
    two.edit(Case, case_id, note="乙")
    one.sync()
    assert two.sync().disputed == 1
    two.resolve(two.conflicts()[0].id, "mine")
    two.sync()
    one.sync()
    assert [pc.case(case_id).note for pc in (one, two)] == ["乙", "乙"]
    assert one.conflicts(every=True)[0].resolved_by == "a2"
    city.sync()
    city.edit(Case, case_id, scope=B)
    for pc in (city, one, two, other):
        pc.sync()
    assert one.rows() == two.rows() == {}
    assert other.rows() == city.rows()
    for pc in (one, two, other, city):
        assert pc.sync().unlike == []
        assert {bad.kind for bad in pc.ledger.check()} <= {"reference"}  # cases without employer
    assert postgres.ask("SELECT * FROM sync.verify()") == []


def test_a_server_put_back_to_yesterday_gets_everything_back(
    real: Make, cluster: Cluster, postgres: Postgres
) -> None:
    one, two = real("a1"), real("a2")
    case_id = one.new_case()
    one.sync()
    two.sync()
    hang_up(one, two)
    yesterday = copy_of(postgres)
    one.edit(Case, case_id, note="甲")
    one.sync()
    two.sync()
    two.edit(Case, case_id, facts="乙")
    two.sync()
    hang_up(one, two)
    put_back(postgres, yesterday)
    two.sync()
    one.sync()
    two.sync()
    for pc in (two, one):
        pc.sync()
        assert (pc.case(case_id).note, pc.case(case_id).facts) == ("甲", "乙")
    assert postgres.ask("SELECT recovery FROM sync.server") == [(True,)]
    assert postgres.ask("SELECT * FROM sync.verify()") == []


def hang_up(*pcs: Pc) -> None:
    for pc in pcs:
        pc.line.close()


def maker(postgres: Postgres) -> Postgres:
    """The administrator beside the database, who may copy and drop it."""
    return replace(postgres, dsn=conninfo.make_conninfo(postgres.dsn, dbname="postgres"))


def copy_of(postgres: Postgres) -> str:
    name = f"{postgres.database}_y"
    maker(postgres).ask(f"CREATE DATABASE {name} TEMPLATE {postgres.database} STRATEGY file_copy")
    return name


def put_back(postgres: Postgres, yesterday: str) -> None:
    maker(postgres).ask(f"DROP DATABASE {postgres.database} WITH (FORCE)")
    maker(postgres).ask(f"ALTER DATABASE {yesterday} RENAME TO {postgres.database}")


def test_a_number_of_another_pc_is_refused(real: Make, postgres: Postgres) -> None:
    one, two = real("a1"), real("a2")
    one.stock = two.stock = 0
    for pc in (one, two):
        pc.new_case()  # it has joined: nothing is declared any more
        pc.sync()
    assert one.line.lease(device_of(one), A, "order", 2026, 2) == [1, 2]
    two.add(NumberEntry(new_id(), "order", 2026, 1, NumberState.VOID, A, CITY, reason="演示"))
    assert two.sync().refused == 1
    one.add(NumberEntry(new_id(), "order", 2026, 1, NumberState.VOID, A, CITY, reason="演示"))
    assert one.sync().pushed == 1
    one.line.release(device_of(one), A, "order", 2026, [2], "void")


def device_of(pc: Pc) -> str:
    with pc.ledger.read() as view:
        return str(view.connection.exec_driver_sql(
            "SELECT value FROM meta WHERE key = 'device'"
        ).scalar_one())  # fmt: skip


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"password": "wrong"}, "password"),
        ({"port": "1"}, "connection"),
        ({"dbname": "moon"}, "account"),
        ({"user": "nobody"}, "password"),
    ],
)
def test_what_keeps_one_out_is_told(postgres: Postgres, change: dict[str, str], kind: str) -> None:
    parts = {**conninfo.conninfo_to_dict(postgres.of("a1")), **change}
    with pytest.raises(OutsideError) as told:
        exchange.connect(conninfo.make_conninfo(**parts))
    assert told.value.kind == kind


def test_a_disabled_account_and_a_foreign_device_are_told(real: Make, postgres: Postgres) -> None:
    one, two = real("a1"), real("a2")
    one.sync()
    with two.ledger.work("借用", actor="a2", at=NOW) as uow:
        uow.connection.exec_driver_sql(
            "UPDATE meta SET value = ? WHERE key = 'device'", (device_of(one),)
        )
        uow.commit()
    with pytest.raises(OutsideError) as told:
        two.sync()
    assert told.value.kind == "account"
    postgres.ask("UPDATE sync.account SET disabled = true WHERE login = 'a1'")
    with pytest.raises(OutsideError) as told:
        one.sync()
    assert told.value.kind == "account"


def test_a_server_that_stands_still_is_left_after_a_while(postgres: Postgres) -> None:
    """It neither answers nor ends what takes too long; only this end can."""
    line = PgTransport(postgres.of("a1"))
    line._patience = 0.3
    pid = line._connection.info.backend_pid
    os.kill(pid, signal.SIGSTOP)
    try:
        with pytest.raises(OutsideError) as told:
            line.hello({})
    finally:
        os.kill(pid, signal.SIGCONT)
    assert told.value.kind == "connection"
    line.close()
