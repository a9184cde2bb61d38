"""Which shared database this ledger belongs to, and going over to another one on purpose."""

from typing import Any

from sqlalchemy import Connection, delete, update

from inspector_app.errors import OtherDatabase
from inspector_app.ledger.schema.exchange import sync_file, sync_out
from inspector_app.ledger.schema.papers import number_entry
from inspector_app.sync import memory, outbox
from inspector_app.sync.numbers import leases
from inspector_app.sync.transport import Hello

DATABASE = "database"  # its id, and the name it had when we first met
LEAST_SAID = 8  # characters of an id that a person writes to say it is meant
_DEMO = "demo"
# What was agreed with a database: nothing of it holds with another one.
_AGREED = (
    memory.PROVEN, memory.LOADING, memory.PULLING, memory.EXITS, memory.LEFT_OUT, memory.VERIFIED,
    memory.WAS, memory.SERVER_KEYS, memory.KEYS_ASKED, memory.FILE_ANSWERED, leases.MODE,
    leases.DISTRUST,
)  # fmt: skip


def known(connection: Connection) -> tuple[str, str]:
    """Id and name of the database this ledger belongs to; empty while it knows none."""
    found = memory.get(connection, DATABASE, ["", ""])
    return str(found[0]), str(found[1])


def said(connection: Connection, *, demo: bool) -> dict[str, Any]:
    """What a greeting says of it."""
    database, _ = known(connection)
    return {"database": database} | ({_DEMO: True} if demo and not database else {})


def learn(connection: Connection, hello: Hello) -> None:
    """Belong to the database that greeted; one that says no name leaves it open."""
    if hello.database:
        memory.put(connection, DATABASE, [hello.database, hello.name])


def mark(database: str) -> str:
    """As much of an id as a person compares."""
    return database[:LEAST_SAID]


def meant(said_: str, database: str) -> bool:
    """Whether a person said this very database by its id or the beginning of it."""
    asked = said_.strip().lower()
    return len(asked) >= LEAST_SAID and database.startswith(asked)


def elsewhere(connection: Connection, hello: Hello) -> OtherDatabase | None:
    """What keeps this ledger from exchanging with the database that greeted; None when nothing."""
    database, name = known(connection)
    differs = bool(database and hello.database) and database != hello.database
    if not (hello.stranger or differs):
        return None
    there = _said(hello.name, hello.database)
    if hello.stranger == _DEMO:
        why = f"本机台账是演示数据，连到的{there}里已有正式内容。"
    elif database:
        why = f"本机台账属于{_said(name, database)}，连到的却是{there}。"
    else:
        why = f"本机台账在别的共享库同步过，连到的{there}里没有它的记录。"
    return OtherDatabase(
        f"{why}没有上传，也没有接收。连错了就改回连接设置。", database=hello.database
    )


def _said(name: str, database: str) -> str:
    return f"共享库“{name}”（编号 {mark(database)}）"


def go_over(connection: Connection, hello: Hello | None) -> None:
    """Begin anew with another database: all that was made here goes there, all else comes anew.

    None: the database is not known yet, it is told by its first answer.
    """
    connection.execute(delete(sync_out).where(sync_out.c.ops != ""))  # decisions made over there
    outbox.refork(connection)
    connection.execute(update(number_entry).values(row_rev=0))  # the register is declared anew
    leases.forget_all(connection)
    connection.execute(delete(sync_file).where(sync_file.c.state == "there"))
    for scope in memory.cursors(connection):
        memory.set_cursor(connection, scope, 0, "")
        memory.put_of_scope(connection, memory.REPULL, scope, True)
    for key in (*_AGREED, DATABASE):
        memory.put(connection, key, None)
    if hello is not None:
        learn(connection, hello)
