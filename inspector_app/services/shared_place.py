"""Where the shared database is, and as whom this PC exchanges with it."""

from dataclasses import dataclass
from pathlib import Path

from inspector_app.errors import UserError
from inspector_app.services.exchange import keep_dsn, kept_dsn
from inspector_app.sync.pg import parts_of

_PORT = "5432"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the shared database is, and as whom; never a password."""

    host: str = ""
    port: str = _PORT
    database: str = ""
    user: str = ""


def kept_place(folder: Path) -> Place:
    """What was kept; empty fields when nothing was."""
    dsn = kept_dsn(folder)
    if not dsn:
        return Place()
    said = {key: str(value) for key, value in parts_of(dsn).items()}
    return Place(
        said.get("host", ""), said.get("port", _PORT), said.get("dbname", ""), said.get("user", "")
    )


def dsn_of(place: Place) -> str:
    """The connection string of a place; UserError names the field that is missing."""
    needed = (
        ("host", place.host, "服务器"),
        ("database", place.database, "库名"),
        ("user", place.user, "用户"),
    )
    for key, value, name in needed:
        if not value.strip():
            raise UserError(f"请填写{name}。", field=key)
    if not place.port.isdigit() or not 0 < int(place.port) < 65_536:
        raise UserError("端口应为 1 到 65535 的整数，一般是 5432。", field="port")
    said = {
        "host": place.host.strip(),
        "port": place.port,
        "dbname": place.database.strip(),
        "user": place.user.strip(),
    }
    return " ".join(f"{key}={_quoted(value)}" for key, value in said.items())


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def keep_place(folder: Path, place: Place) -> None:
    """Keep where the shared database is."""
    keep_dsn(folder, dsn_of(place))
