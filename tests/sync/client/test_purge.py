"""Personal data erased by law: on the server, on every PC, in the trail; all chains still hold."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from inspector_app.domain.cases import Case, Stage
from inspector_app.domain.claims import Worker
from inspector_app.domain.inspections import Evidence
from inspector_app.errors import UserError
from inspector_app.ledger.files import FileStore
from inspector_app.ledger.ids import new_id
from inspector_app.sync.attachments.file_policy import ALL, FilePolicy, FilePost
from inspector_app.sync.server.purge import find, purge
from tests.helpers.builders import a_worker_claim
from tests.ledger.scenes import tamper
from tests.sync.client.test_postgres import Line
from tests.sync.conftest import Postgres
from tests.sync.fake_server import FakeServer
from tests.sync.pcs import NOW, A, B, Pc, copied

ID, NAME, FACTS = "410499198803154727", "诸葛演示", "欠诸葛演示三个月工资"
PHOTO = b"photo of 410499198803154727" * 40
Make = Callable[[str], Pc]


@pytest.fixture
def real(blank: Path, tmp_path: Path, postgres: Postgres) -> Iterator[Make]:
    """Make the PC of an account on the real database, with a folder for files."""
    made: list[Pc] = []

    def make(me: str) -> Pc:
        path = copied(blank, tmp_path / f"{me}-{len(made)}.ledger")
        one = Pc(path, FakeServer({}), me, lambda _, who: Line(lambda: postgres.of(who)))
        one.more["files"] = FilePost(FileStore(tmp_path / f"{me}-{len(made)}"), FilePolicy(ALL))
        made.append(one)
        return one

    yield make
    for one in made:
        one.close()


def store(pc: Pc) -> FileStore:
    found = pc.more["files"].store
    assert isinstance(found, FileStore)
    return found


def filed(pc: Pc, **changes: object) -> str:
    """A case with a worker and a photo; what it says names him."""
    case_id = pc.new_case(facts=FACTS, **changes)
    claim = a_worker_claim(1, case_id=case_id)
    worker = replace(claim.worker, id=new_id(), name=NAME)
    pc.add(worker, replace(claim.private, id=worker.id, id_number=ID))
    sha = store(pc).put(PHOTO)
    size, day = len(PHOTO), date(2026, 9, 21)
    pc.add(Evidence(new_id(), sha, f"{NAME}.jpg", "image/jpeg", size, day, case_id=case_id))
    return case_id


def close(pc: Pc, case_id: str) -> None:
    pc.edit(Case, case_id, stage=Stage.CLOSED, closed_on=date(2026, 9, 21), case_no="1号")


def told(postgres: Postgres) -> str:
    """Everything the shared database holds, as text."""
    found = []
    with psycopg.connect(postgres.dsn, autocommit=True) as line:
        tables = line.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'sync'")
        for (name,) in tables.fetchall():
            query = sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier("sync", name))
            found += [row[0] for row in line.execute(query)]
    return "\n".join(found)


def on_disk(pc: Pc) -> bytes:
    """The ledger with its log, and the files, byte for byte."""
    log = pc.path.with_name(f"{pc.path.name}-wal")
    parts = [pc.path, *([log] if log.exists() else []), *store(pc).on_disk()]
    return b"".join(part.read_bytes() for part in parts)


SECRETS = (ID, NAME, FACTS)


def test_what_is_purged_is_nowhere_any_more_and_every_chain_holds(
    real: Make, postgres: Postgres
) -> None:
    one, two, city = real("a1"), real("a2"), real("city")
    case_id, other = filed(one), filed(one)
    close(one, case_id)
    for pc in (one, two, city):
        pc.sync()
    two.edit(Worker, two.find(Worker, case_id=case_id)[0].id, name=f"{NAME}二")
    assert all(one.encode() in on_disk(two) for one in SECRETS)
    with pytest.raises(UserError, match="还没有办结"):
        find(postgres.dsn, [other])
    with pytest.raises(UserError, match="没有案件"):
        find(postgres.dsn, ["9号"])
    (matter,) = find(postgres.dsn, ["1号"])
    assert (matter.root, matter.label, matter.over_since) == (case_id, "1号", "2026-09-21")
    assert (matter.rows, matter.files) == (4, 1)
    with pytest.raises(UserError, match="理由"):
        purge(postgres.dsn, [matter], " ")
    assert matter in find(postgres.dsn, [], over_before=date(2026, 9, 22))
    assert purge(postgres.dsn, find(postgres.dsn, [case_id]), "保存期满") == 4

    assert postgres.ask("SELECT * FROM sync.verify()") == []
    for pc in (two, one, city):
        pc.sync()
        pc.sync()
        assert pc.find(Case, id=case_id) == []
        assert pc.ledger.check() == []
        assert [case.id for case in pc.find(Case)] == [other]
    assert [refused.why for refused in two.refused()] == ["row_not_here"]
    # The other case, of the same worker, is whole; it goes next, and nothing is left.
    assert one.find(Worker, case_id=other)[0].name == NAME
    close(two, other)
    two.sync()
    purge(postgres.dsn, find(postgres.dsn, [other]), "依法删除")
    for pc in (one, two, city):
        pc.sync()
        pc.sync()
        assert pc.ledger.check() == []
        assert not [secret for secret in SECRETS if secret.encode() in on_disk(pc)]
        assert list(store(pc).on_disk()) == []
        entry = pc.ledger.history()[0]
        assert entry.action == "清除个人信息"
    assert not [secret for secret in SECRETS if secret in told(postgres)]
    assert PHOTO.hex() not in told(postgres)
    assert postgres.ask("SELECT * FROM sync.verify()") == []
    assert postgres.ask("SELECT count(*), bool_and(done) FROM sync.purge") == [(2, True)]


@pytest.mark.long
def test_a_county_that_had_the_case_before_forgets_it_too(real: Make, postgres: Postgres) -> None:
    one, city = real("a1"), real("city")
    case_id = filed(one)
    close(one, case_id)
    one.sync()
    city.sync()
    city.edit(Case, case_id, scope=B)
    city.sync()
    one.sync()
    assert one.find(Case) == []
    assert NAME.encode() in on_disk(one)  # in the trail
    purge(postgres.dsn, find(postgres.dsn, [case_id]), "保存期满")
    one.sync()
    assert NAME.encode() not in on_disk(one)
    assert one.ledger.check() == []
    assert postgres.ask("SELECT * FROM sync.verify()") == []


def test_what_was_purged_is_not_made_again(real: Make, postgres: Postgres) -> None:
    one, late = real("a1"), real("a2")
    case_id = filed(one)
    close(one, case_id)
    one.sync()
    late.sync()
    image = one.image()
    purge(postgres.dsn, find(postgres.dsn, [case_id]), "保存期满")
    one.go_back(image)  # an old copy of the ledger is put back
    one.reopen()
    one.sync()
    assert one.find(Case) == []
    assert NAME.encode() not in on_disk(one)
    copy = filed(late)
    late.do(lambda uow: uow.connection.exec_driver_sql("SELECT 1"))
    assert copy != case_id
    with psycopg.connect(postgres.dsn) as line:
        again = "INSERT INTO sync.root VALUES (%s, 'case', %s, 1)"
        with pytest.raises(psycopg.Error, match="root_purged"):
            line.execute(again, (case_id, A))
    for statement in (
        "UPDATE sync.changeset SET ops = '[]'",
        "DELETE FROM sync.audit",
        "DELETE FROM sync.purge",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"):
            postgres.ask(statement)


@pytest.mark.long
def test_who_rewrites_steps_without_a_purge_is_found(real: Make, postgres: Postgres) -> None:
    one = real("a1")
    case_id = filed(one)
    close(one, case_id)
    one.sync()
    with pytest.raises(Exception, match="append-only"), one.ledger.work("x", actor="", at=NOW) as u:
        u.connection.exec_driver_sql("UPDATE change_op SET op = '{}'")
    purge(postgres.dsn, find(postgres.dsn, [case_id]), "保存期满")
    one.sync()
    assert one.ledger.check() == []
    one.ledger.close()
    tamper(
        one.path, "UPDATE purged_step SET sha = 'x' WHERE seq = (SELECT min(seq) FROM purged_step)"
    )
    one.reopen()
    assert {problem.kind for problem in one.ledger.check()} == {"trail"}
