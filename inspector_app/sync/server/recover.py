"""The runbook of the shared database: what is done around putting back a backup."""

from inspector_app.sync.server.admin import admin, value


def begin(dsn: str) -> None:
    """From here on no number is given out; PCs deliver again what the backup does not have."""
    with admin(dsn) as connection:
        connection.execute("SELECT sync.begin_recovery()")


def end(dsn: str, why: str = "") -> int:
    """Every PC has been here, or `why` not: numbers nobody claimed are void; how many."""
    with admin(dsn) as connection:
        return int(value(connection, "SELECT sync.end_recovery(%s)", why))
