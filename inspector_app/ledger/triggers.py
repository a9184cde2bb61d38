"""Writes the SQLite triggers that note every change and guard what must not change."""

from sqlalchemy import Connection, Table

from inspector_app.ledger.engine import PACKER
from inspector_app.ledger.schema import BUSINESS, business_columns
from inspector_app.ledger.schema.access import PURGING
from inspector_app.ledger.schema.exchange import RECEIVING

# What comes from the shared database is let in whole: a case may leave with its issued papers, and
# a number may stand twice until somebody decides (check names it).
_HERE = f"NOT EXISTS (SELECT 1 FROM sync_state WHERE key = '{RECEIVING}')"  # noqa: S608  # constant
_PURGE = f"EXISTS (SELECT 1 FROM sync_state WHERE key = '{PURGING}')"  # noqa: S608  # constant

# An issued paper never changes; it can only be voided, with a reason (architecture idea 4).
_ISSUED = (
    "case_id",
    "inspection_id",
    "kind",
    "form_version",
    "values",
    "number",
    "issued_on",
    "issued_by",
    "sha256",
    "pages",
    "fonts",
)


def _old(table: Table) -> str:
    pairs = (f"'{c.name}', OLD.\"{c.name}\"" for c in business_columns(table))
    return f"json_object({', '.join(pairs)})"


def _differs(names: tuple[str, ...] | list[str]) -> str:
    return " OR ".join(f'OLD."{name}" IS NOT NEW."{name}"' for name in names)


def _capture(table: Table) -> dict[str, str]:
    """The old row is enough: the new one stands in the table when the changeset is packed."""
    name = table.name
    changed = _differs([c.name for c in business_columns(table)])
    note = "INSERT INTO capture (t, id, old) VALUES"
    return {
        f"capture_{name}_ins": f'CREATE TRIGGER capture_{name}_ins AFTER INSERT ON "{name}" BEGIN '
        f"{note} ('{name}', NEW.id, NULL); END",
        f"capture_{name}_upd": f'CREATE TRIGGER capture_{name}_upd AFTER UPDATE ON "{name}" '
        f"WHEN {changed} BEGIN {note} ('{name}', OLD.id, {_old(table)}); END",
        f"capture_{name}_del": f'CREATE TRIGGER capture_{name}_del AFTER DELETE ON "{name}" BEGIN '
        f"{note} ('{name}', OLD.id, {_old(table)}); END",
        f"keep_{name}_id": f'CREATE TRIGGER keep_{name}_id BEFORE UPDATE OF id ON "{name}" '
        f"WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'an id never changes'); END",
    }


def _refuse(name: str, when: str, message: str) -> dict[str, str]:
    return {
        name: f"CREATE TRIGGER {name} BEFORE {when} BEGIN SELECT RAISE(ABORT, '{message}'); END"
    }


def _guards() -> dict[str, str]:
    number = _differs(["scope", "series", "year", "no"])
    return {
        **_refuse("keep_changeset_upd", "UPDATE ON changeset", "the trail is append-only"),
        **_refuse("keep_changeset_del", "DELETE ON changeset", "the trail is append-only"),
        **_refuse("keep_capture_upd", "UPDATE ON capture", "what was noted stays"),
        # Only a connection of this program knows the function: a stranger's DELETE fails on it.
        **_refuse(
            "keep_capture_del",
            f"DELETE ON capture WHEN NOT {PACKER}()",
            "what was noted stays until it is packed",
        ),
        # Personal data erased by law leave the trail too (purge.py); nothing else ever does.
        **_refuse(
            "keep_change_op_upd",
            f"UPDATE ON change_op WHEN NOT (NEW.seq = OLD.seq AND NEW.n = OLD.n AND {_PURGE})",
            "append-only",
        ),
        **_refuse("keep_change_op_del", "DELETE ON change_op", "append-only"),
        **_refuse("keep_purged_step_upd", "UPDATE ON purged_step", "append-only"),
        **_refuse("keep_purged_step_del", "DELETE ON purged_step", "append-only"),
        **_refuse("keep_access_upd", f"UPDATE ON access_entry WHEN {_HERE}", "a look stays noted"),
        **_refuse("keep_access_del", f"DELETE ON access_entry WHEN {_HERE}", "a look stays noted"),
        **_refuse(
            "keep_paper_upd",
            f"UPDATE ON paper WHEN OLD.state <> 'draft' AND ({_differs(_ISSUED)} "
            f"OR NEW.state = 'draft' OR (OLD.state = 'void' AND NEW.state <> 'void')) AND {_HERE}",
            "an issued paper never changes",
        ),
        **_refuse(
            "keep_paper_del",
            f"DELETE ON paper WHEN OLD.state <> 'draft' AND {_HERE}",
            "an issued paper is voided, not deleted",
        ),
        **_refuse(
            "keep_number_upd",
            f"UPDATE ON number_entry WHEN ({number}) AND {_HERE}",
            "a number never changes",
        ),
        **_refuse(
            "keep_number_del",
            f"DELETE ON number_entry WHEN {_HERE}",
            "a number is never given back",
        ),
    }


def _apart(table: Table) -> dict[str, str]:
    """Guards against a second row with what must be kept apart (columns.APART)."""
    found: dict[str, str] = {}
    for index in sorted(table.indexes, key=lambda one: str(one.name)):
        if not index.info.get("apart"):
            continue
        names = [column.name for column in index.columns]
        filled = index.dialect_options["sqlite"]["where"]
        same = [f'"{name}" = NEW."{name}"' for name in names] + ["id IS NOT NEW.id"]
        same += [str(filled)] if filled is not None else []
        twin = f'SELECT 1 FROM "{table.name}" WHERE {" AND ".join(same)}'  # noqa: S608  # names of our own columns
        columns = ", ".join(f'"{name}"' for name in names)
        message = f"UNIQUE: {table.name} {', '.join(names)}"
        for when, event in (("ins", "INSERT"), ("upd", f"UPDATE OF {columns}")):
            condition = f'{event} ON "{table.name}" WHEN {_HERE} AND EXISTS ({twin})'
            found |= _refuse(f"{index.name}_{when}", condition, message)
    return found


def wanted() -> dict[str, str]:
    """Name -> CREATE statement of every trigger the ledger must have."""
    found: dict[str, str] = {}
    for table in BUSINESS:
        found |= _capture(table) | _apart(table)
    return found | _guards()


def present(connection: Connection) -> dict[str, str]:
    """Name -> CREATE statement of every trigger the file has."""
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
    return {str(name): str(sql) for name, sql in rows}


def drop_all(connection: Connection) -> None:
    """Remove every trigger; a migration rebuilds tables without being noted as a user's change."""
    for name in present(connection):
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')


def install(connection: Connection) -> bool:
    """Make the file's triggers the wanted ones; True when something had to be done."""
    target = wanted()
    if present(connection) == target:
        return False
    drop_all(connection)
    for sql in target.values():
        connection.exec_driver_sql(sql)
    return True
