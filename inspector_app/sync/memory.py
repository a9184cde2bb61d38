"""What the exchange remembers in the ledger: its device name, cursors, what to fetch again."""

import json
import platform
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select

from inspector_app.ledger.ids import new_id
from inspector_app.ledger.schema.exchange import sync_cursor, sync_state
from inspector_app.ledger.schema.machinery import meta

DEVICE, NUMBERED, SCHEMA, REPULL, EXITS, LEFT_OUT, LOADING, VERIFIED, PULLING = (
    "device",
    "numbered",
    "schema",
    "repull",
    "exits",
    "left_out",
    "loading",
    "verified",
    "pulling",
)

WAS, PROVEN = "was", "proven"
SERVER_KEYS, KEYS_ASKED, FILE_ANSWERED = "server_keys", "keys_asked", "file_answered"

_GET = select(sync_state.c.value).where(sync_state.c.key == bindparam("of"))
_FORGET = delete(sync_state).where(sync_state.c.key == bindparam("of"))


def get(connection: Connection, key: str, default: Any = None) -> Any:
    """A remembered value."""
    text = connection.scalar(_GET, {"of": key})
    return default if text is None else json.loads(text)


def everything(connection: Connection) -> dict[str, Any]:
    """All that is remembered, read at once."""
    rows = connection.execute(select(sync_state.c.key, sync_state.c.value))
    return {row.key: json.loads(row.value) for row in rows}


def put(connection: Connection, key: str, value: object) -> None:
    """Remember a value; None forgets it."""
    connection.execute(_FORGET, {"of": key})
    if value is not None:
        text = json.dumps(value, ensure_ascii=False)
        connection.execute(insert(sync_state), {"key": key, "value": text})


def device(connection: Connection) -> str:
    """The name of this ledger's delivery stream; at first that of the PC."""
    known = get(connection, DEVICE)
    if known is None:
        known = connection.scalar(select(meta.c.value).where(meta.c.key == "device"))
    return str(known)


def new_device(connection: Connection) -> str:
    """Begin a delivery stream of another name, which tells what it goes on from."""
    name = new_id()
    put(connection, WAS, device(connection))
    put(connection, DEVICE, name)
    return name


def station(connection: Connection) -> dict[str, Any]:
    """What a greeting says of this PC: its name on the network, what it was, what it can prove."""
    said: dict[str, Any] = get(connection, PROVEN, {})
    return {"pc": platform.node(), "was": get(connection, WAS, ""), **said}


def cursors(connection: Connection) -> dict[str, tuple[int, str]]:
    """Scope -> (seq, hash): up to where its history is known here."""
    return {row.scope: (row.seq, row.hash) for row in connection.execute(select(sync_cursor))}


def set_cursor(connection: Connection, scope: str, seq: int, hash_: str) -> None:
    """Move the cursor of a scope."""
    connection.execute(delete(sync_cursor).where(sync_cursor.c.scope == scope))
    connection.execute(insert(sync_cursor), {"scope": scope, "seq": seq, "hash": hash_})


def drop_cursor(connection: Connection, scope: str) -> None:
    """Forget a scope."""
    connection.execute(delete(sync_cursor).where(sync_cursor.c.scope == scope))


def of_scopes(connection: Connection, key: str) -> dict[str, Any]:
    """A remembered mapping by scope."""
    found: dict[str, Any] = get(connection, key, {})
    return found


def put_of_scope(connection: Connection, key: str, scope: str, value: object) -> None:
    """Remember a value of one scope; an empty one is forgotten."""
    known: Mapping[str, Any] = of_scopes(connection, key)
    if known.get(scope) == value or not (value or scope in known):
        return
    rest = {name: one for name, one in known.items() if name != scope}
    put(connection, key, {**rest, scope: value} if value else rest or None)
