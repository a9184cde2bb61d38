"""The files of the shared side as the IT desk sees them: how many, how large, what is left over."""

from dataclasses import dataclass

from inspector_app.sync.server.admin import admin, rows, value


@dataclass(frozen=True, slots=True)
class FileStanding:
    """Whole files with their bytes, uploads under way, parcels that wait to be taken."""

    files: int
    bytes: int
    uploads: int
    parcels: int
    used: tuple[tuple[str, int], ...]  # scope, bytes


@dataclass(frozen=True, slots=True)
class Swept:
    """What was taken away."""

    links: int
    files: int
    uploads: int


def standing(dsn: str) -> FileStanding:
    """Look, change nothing."""
    with admin(dsn) as connection:
        ((files, size),) = rows(
            connection, "SELECT count(*), coalesce(sum(size), 0) FROM sync.blob"
        )
        used = rows(connection, "SELECT scope, bytes FROM sync.file_used ORDER BY scope")
        return FileStanding(
            files, int(size), value(connection, "SELECT count(*) FROM sync.upload"),
            value(connection, "SELECT count(*) FROM sync.parcel WHERE state = 'whole'"),
            tuple((scope, int(size)) for scope, size in used),
        )  # fmt: skip


def sweep(dsn: str, *, days: int) -> Swept:
    """Take away uploads given up and files of what was purged, older than so many days."""
    with admin(dsn) as connection:
        said = value(connection, "SELECT sync.sweep_files(%s)", days)
        return Swept(said["links"], said["files"], said["uploads"])
