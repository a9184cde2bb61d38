"""Brings a ledger file to the schema this program knows, with a copy of the file kept first."""

from pathlib import Path

from sqlalchemy import Connection, Engine

from inspector_app.errors import UserError
from inspector_app.ledger import derived, triggers
from inspector_app.ledger.backup import copy_into
from inspector_app.ledger.engine import APPLICATION_ID
from inspector_app.ledger.ids import new_id

SCRIPTS = Path(__file__).parent / "migrations"
# Oldest first; a test holds this list against the scripts.
REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008")


def revision_of(connection: Connection) -> str:
    """The schema version of the file, "" for a new file; refuses what is not ours or is newer."""
    tables = connection.exec_driver_sql("SELECT name FROM sqlite_schema WHERE type = 'table'")
    names = {row[0] for row in tables}
    if not names:
        return ""
    application = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    if application != APPLICATION_ID or "alembic_version" not in names:
        raise UserError("这个文件不是台账，请另选一个。", kind="not_a_ledger")
    version = connection.exec_driver_sql("SELECT version_num FROM alembic_version")
    return str(version.scalar_one())


def _upgrade(connection: Connection, scripts: Path) -> None:
    # Imported here: needed once in the life of a schema version, 150 ms at every start otherwise.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _settle(connection: Connection, device: str | None) -> None:
    """Triggers, derived tables and the device id as this program wants them."""
    triggers.install(connection)
    derived.ensure(connection)
    known = "INSERT OR IGNORE INTO meta (key, value) VALUES ('device', ?)"
    connection.exec_driver_sql(known, (device or new_id(),))


def bring_up_to_date(
    engine: Engine,
    path: Path,
    device: str | None,
    *,
    scripts: Path = SCRIPTS,
    revisions: tuple[str, ...] = REVISIONS,
) -> None:
    """Migrate when needed; a new file gets the whole schema, an old one a copy beside it first."""
    with engine.connect() as connection:
        found = revision_of(connection)
        if found == revisions[-1]:
            _settle(connection, device)
            connection.commit()
            return
        connection.rollback()
    if found and found not in revisions:
        raise UserError("这本台账由更新版本的程序建立，请先升级本程序。", kind="newer_ledger")
    if found:
        copy_into(engine, path.with_name(f"{path.stem}-升级前-{found}{path.suffix}"))
    with engine.connect() as connection:
        # A table rebuild drops the old table: with foreign keys on its children would go too.
        raw = connection.connection.driver_connection
        assert raw is not None  # noqa: S101  # a pooled connection always has one
        raw.execute("PRAGMA foreign_keys = OFF")
        try:
            if revision_of(connection) == found:  # nobody else was faster
                triggers.drop_all(connection)
                _upgrade(connection, scripts)
                connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID:d}")
                _settle(connection, device)
                connection.commit()
        finally:
            connection.rollback()
            raw.execute("PRAGMA foreign_keys = ON")
