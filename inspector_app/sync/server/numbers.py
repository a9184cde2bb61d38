"""Numbers as the administrator sees to them: how they are given out, what became of each."""

from typing import Any

from inspector_app.errors import UserError
from inspector_app.sync.server.admin import admin, rows, value

ONLINE, LEASED = "online", "leased"


def mode(dsn: str) -> str:
    """How numbers are given out: online when a paper is issued, or leased in advance."""
    with admin(dsn) as connection:
        return str(value(connection, "SELECT numbers FROM sync.server"))


def choose(dsn: str, numbers: str) -> None:
    """Give numbers out another way from now on; every PC follows at its next exchange."""
    with admin(dsn) as connection:
        connection.execute("UPDATE sync.server SET numbers = %s", (numbers,))
        said = "SELECT sync.event(session_user::text, '', 'numbers',"
        said += " jsonb_build_object('to', %s::text))"
        connection.execute(said, (numbers,))


def register(dsn: str, scope: str, year: int) -> dict[str, Any]:
    """Every number of a scope and year with what became of it; what is borne twice."""
    with admin(dsn) as connection:
        if not value(connection, "SELECT count(*) FROM sync.scope WHERE scope = %s", scope):
            raise UserError(f"共享库没有辖区 {scope}。", field="scope")
        return dict(value(connection, "SELECT sync.register_of(%s, %s)", scope, year))


def devices(dsn: str) -> list[tuple[str, str, int]]:
    """(device, login, how many numbers are on lease there), the most first."""
    query = (
        "SELECT d.device, d.login, count(*) FROM sync.number n JOIN sync.device d"
        " ON d.device = n.device WHERE n.state = 'leased' GROUP BY d.device, d.login"
        " ORDER BY 3 DESC, 1"
    )
    with admin(dsn) as connection:
        return [(device, login, count) for device, login, count in rows(connection, query)]


def forfeit(dsn: str, device: str, reason: str) -> int:
    """What a PC that does not come back held is void, with the reason; how many numbers."""
    if not reason.strip():
        raise UserError("请写明理由：电脑遗失或者报废，并已核对纸面文书。", field="why")
    with admin(dsn) as connection:
        if not value(connection, "SELECT count(*) FROM sync.device WHERE device = %s", device):
            raise UserError(f"没有名为 {device} 的电脑。", field="device", kind="not_found")
        return int(value(connection, "SELECT sync.forfeit(%s, %s)", device, reason.strip()))
