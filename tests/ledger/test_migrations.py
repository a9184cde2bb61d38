"""A ledger file is made, recognised, brought up to date and left alone when it is not ours."""

import dataclasses
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, inspect

from inspector_app.domain.cases import Case, Stage
from inspector_app.domain.claims import Worker
from inspector_app.domain.office import Inspector
from inspector_app.domain.papers import Service
from inspector_app.errors import OutsideError, UserError
from inspector_app.ledger import derived, migrate, triggers
from inspector_app.ledger.engine import APPLICATION_ID, make_engine
from inspector_app.ledger.ledger import Ledger
from inspector_app.ledger.schema import metadata
from inspector_app.ledger.schema.machinery import SORTABLE_CASE
from tests.helpers.builders import a_worker_claim
from tests.ledger.scenes import put, put_case, raw, save

COUNT = "SELECT count(*) FROM {}"
NEXT = '''"""A next version: a column more, by rebuilding the table."""

import sqlalchemy as sa
from alembic import op

revision = "next"
down_revision = "{last}"


def upgrade() -> None:
    """Rebuild the table of cases."""
    with op.batch_alter_table("case", recreate="always") as batch:
        batch.add_column(sa.Column("weather", sa.Text, nullable=False, server_default=""))
'''


def is_derived(name: str | None) -> bool:
    return bool(name and name.startswith(("search_text", "alembic_version")))


def where_of(index: Any) -> str:
    return str(index.get("dialect_options", {}).get("sqlite_where", ""))


def engine_of(path: Path) -> Engine:
    return make_engine(path, None, read_only=False, busy_ms=50)


def shape(engine: Engine) -> dict[str, object]:
    """Everything the database says about its tables, checks and defaults included."""
    found: dict[str, object] = {}
    look = inspect(engine)
    for name in look.get_table_names():
        if is_derived(name):
            continue
        columns = [
            (c["name"], str(c["type"]), c["nullable"], c["default"]) for c in look.get_columns(name)
        ]
        checks = sorted((str(c["name"]), c["sqltext"]) for c in look.get_check_constraints(name))
        keys = sorted(str(sorted(key.items(), key=str)) for key in look.get_foreign_keys(name))
        indices = sorted(
            (str(i["name"]), str(i["column_names"]), i["unique"], where_of(i))
            for i in look.get_indexes(name)
        )
        found[name] = (columns, checks, keys, indices, look.get_pk_constraint(name))
    return found


def test_the_written_out_schema_is_the_schema_of_the_program(path: Path, tmp_path: Path) -> None:
    migrated, fresh = engine_of(path), create_engine(f"sqlite:///{tmp_path}/fresh.db")
    metadata.create_all(fresh)
    try:
        assert shape(migrated) == shape(fresh)
    finally:
        migrated.dispose()
        fresh.dispose()


def test_autogenerate_finds_nothing_left_to_migrate(path: Path) -> None:
    engine = engine_of(path)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_name": lambda name, kind, _: kind != "table" or not is_derived(name)},
        )
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_every_table_is_strict(path: Path) -> None:
    connection = raw(path)
    tables = connection.execute("SELECT name, strict FROM pragma_table_list WHERE type = 'table'")
    loose = {name for name, strict in tables if not strict and not name.startswith("sqlite_")}
    assert loose == {"alembic_version"}
    connection.close()


def test_the_list_of_revisions_is_the_list_of_scripts() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate.SCRIPTS))
    scripts = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(scripts)) == migrate.REVISIONS


def test_a_ledger_of_a_newer_program_is_left_alone(path: Path) -> None:
    connection = raw(path)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(UserError, match="请先升级本程序"):
        Ledger.open(path)


def test_a_file_that_is_somebody_elses_database_is_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    connection = raw(other)
    connection.execute("CREATE TABLE song (name TEXT)")
    connection.close()
    before = other.read_bytes()
    with pytest.raises(UserError, match="这个文件不是台账"):
        Ledger.open(other)
    assert other.read_bytes()[100:] == before[100:]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("演示")
    with pytest.raises(OutsideError, match="台账文件夹建不成"):
        Ledger.open(tmp_path / "file" / "cases.ledger")


def test_opening_makes_the_folder_and_remembers_the_device(tmp_path: Path) -> None:
    path = tmp_path / "劳动监察" / "台账" / "cases.ledger"
    first = Ledger.open(path)
    first.close()
    second = Ledger.open(path)
    second.close()
    assert first.device == second.device
    assert len(first.device) == 36


@pytest.fixture
def next_version(tmp_path: Path) -> Path:
    """The migration scripts of an invented next version of the program."""
    scripts = tmp_path / "migrations"
    shutil.copytree(migrate.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    script = NEXT.replace("{last}", migrate.REVISIONS[-1])
    (scripts / "versions" / "next.py").write_text(script, encoding="utf-8")
    return scripts


def bring_up(path: Path, scripts: Path) -> None:
    engine = engine_of(path)
    try:
        migrate.bring_up_to_date(
            engine, path, None, scripts=scripts, revisions=(*migrate.REVISIONS, "next")
        )
    finally:
        engine.dispose()


def filled(path: Path) -> Case:
    ledger = Ledger.open(path)
    case = put_case(ledger)
    put(ledger, *a_worker_claim(1))
    ledger.close()
    return case


def test_a_migration_keeps_every_row_and_a_copy_of_the_old_file(
    path: Path, next_version: Path
) -> None:
    filled(path)
    bring_up(path, next_version)
    copy = path.with_name(f"cases-升级前-{migrate.REVISIONS[-1]}.ledger")
    for file, version in ((path, "next"), (copy, migrate.REVISIONS[-1])):
        connection = raw(file)
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (
            version,
        )
        for table in ('"case"', "worker", "wage_claim", "worker_private", "case_line"):
            assert connection.execute(COUNT.format(table)).fetchone() == (1,)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        connection.close()


def test_a_migration_leaves_no_captured_rows_and_all_triggers(
    path: Path, next_version: Path
) -> None:
    filled(path)
    bring_up(path, next_version)
    connection = raw(path)
    assert connection.execute("SELECT count(*) FROM capture").fetchone() == (0,)
    names = {
        name
        for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
    }
    assert names == set(triggers.wanted())
    connection.close()


def test_a_migration_that_breaks_changes_nothing(path: Path, next_version: Path) -> None:
    case = filled(path)
    broken = next_version / "versions" / "next.py"
    script = broken.read_text(encoding="utf-8")
    broken.write_text(script + "    raise RuntimeError('演示')\n", encoding="utf-8")
    with pytest.raises(RuntimeError, match="演示"):
        bring_up(path, next_version)
    ledger = Ledger.open(path)
    with ledger.read() as view:
        assert view.get(Case, case.id) == case
    assert ledger.check() == []
    ledger.close()


def test_two_programs_may_bring_the_same_file_up_to_date(
    path: Path, next_version: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_into = migrate.copy_into

    def other_program_is_faster(engine: Engine, target: Path) -> Path:
        monkeypatch.setattr(migrate, "copy_into", copy_into)
        bring_up(path, next_version)
        return copy_into(engine, target)

    monkeypatch.setattr(migrate, "copy_into", other_program_is_faster)
    bring_up(path, next_version)
    connection = raw(path)
    assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("next",)
    connection.close()


def test_triggers_that_differ_are_made_anew_on_open(path: Path) -> None:
    connection = raw(path)
    connection.execute("DROP TRIGGER capture_case_upd")
    connection.execute("CREATE TRIGGER stranger AFTER INSERT ON clue BEGIN SELECT 1; END")
    connection.close()
    ledger = Ledger.open(path)
    assert ledger.check() == []
    case = put_case(ledger)
    assert save(ledger, dataclasses.replace(case, note="演示")).changes
    ledger.close()


def test_lists_and_search_are_rebuilt_when_the_program_makes_them_in_another_way(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(path)
    connection = raw(path)
    made = "SELECT sql FROM sqlite_schema WHERE tbl_name = 'case_line' ORDER BY name"
    wanted = connection.execute(made).fetchall()
    assert len(wanted) > len(SORTABLE_CASE)
    connection.execute("DROP TABLE case_line")
    connection.execute("CREATE TABLE case_line (id TEXT PRIMARY KEY, former TEXT) STRICT")
    connection.execute("DELETE FROM search_entry")
    connection.close()
    monkeypatch.setattr(derived, "FORM", "another")
    ledger = Ledger.open(path)
    assert ledger.check() == []
    with ledger.read() as view:
        found = view.connection.exec_driver_sql(made).all()
    assert [tuple(one) for one in found] == wanted
    with ledger.read() as view:
        assert [hit.kind for hit in view.search("青禾")] == ["employer"]
    ledger.close()


def old_ledger(path: Path) -> None:
    """A file as the first version of the program left it, with one case served a paper."""
    connection = raw(path)
    script = (migrate.SCRIPTS / "versions" / "v0001_first.sql").read_text(encoding="utf-8")
    for statement in script.split(";\n"):
        if statement.strip():
            connection.execute(statement)
    connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
    connection.execute("INSERT INTO alembic_version VALUES ('0001')")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID:d}")
    for statement in OLD_ROWS:
        connection.execute(statement)
    connection.close()


OLD_ROWS = (
    """INSERT INTO "case" VALUES ('c', '演示〔2026〕1号', 'Z5', '2026-09-25', NULL, '', 'visit',
    '拖欠农民工工资', 'e', NULL, NULL, '2026-09-25', 'i', NULL, '', NULL, NULL, '', '', '', '',
    '410402', '410400', 3)""",
    """INSERT INTO service VALUES ('s', 'c', '[]', 'direct', '2026-09-28', '演示收件人', '', '',
    '', '', '410400', 1)""",
    "INSERT INTO inspector VALUES ('i', '演示监察员1', '1', '', '', '', 1, '410402', '410400', 2)",
    "INSERT INTO worker VALUES ('w', 'c', '演示工人', '', '', 0, '410400', 0)",
)


def test_a_ledger_of_the_first_version_comes_along_whole(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    old_ledger(path)
    ledger = Ledger.open(path)
    with ledger.read() as view:
        case, service = view.get(Case, "c"), view.get(Service, "s")
        person = view.get(Inspector, "i")
        assert (case.stage, case.received_on) == (Stage.RECTIFICATION, date(2026, 9, 25))
        assert (service.receiver, service.waybill, service.party) == ("演示收件人", "", "")
        assert (person.name, person.leader) == ("演示监察员1", False)
        assert view.get(Worker, "w").case_id == "c"
    ledger.close()
    connection = raw(path)
    assert connection.execute('SELECT row_rev FROM "case"').fetchone() == (3,)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()
