"""The keys of this PC and those it trusts, kept in the ledger: sealed as the ledger is."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from inspector_app.errors import UserError
from inspector_app.ledger.ledger import Ledger
from inspector_app.sync import belonging, memory
from inspector_app.sync.attachments.file_line import FileLine
from inspector_app.sync.packages.cards import SHARED, Card
from inspector_app.sync.packages.sealed import Keys, Public

KEYS, ACCOUNT, PEOPLE = "keys", "account", "people"
SERVER, ASKED = memory.SERVER_KEYS, memory.KEYS_ASKED
_NO_SERVER = "本机还没有共享库的钥匙：联网同步一次，或者导入管理员给的共享库名片。"


def own(connection: Connection) -> Keys:
    """Those of this PC, made the first time they are needed."""
    known = memory.get(connection, KEYS)
    if known is None:
        made = Keys.make()
        memory.put(connection, KEYS, {"sign": made.sign, "box": made.box})
        return made
    return Keys(known["sign"], known["box"])


def of_server(connection: Connection) -> Public:
    """Those of the shared database; UserError when nobody told us."""
    known = memory.get(connection, SERVER)
    if known is None:
        raise UserError(_NO_SERVER, kind="no_server_keys")
    return Public(known["sign"], known["box"])


def has_server(connection: Connection) -> bool:
    """Whether somebody told us those of a shared database."""
    return memory.get(connection, SERVER) is not None


def account(connection: Connection, said: str = "") -> str:
    """The login of this PC's person at the shared database."""
    known = said.strip() or memory.get(connection, ACCOUNT, "")
    if not known:
        message = "本机还没有同步过，请写明你在共享库的登录名。"
        raise UserError(message, field="account", kind="no_account")
    return str(known)


def confirmed(connection: Connection) -> bool:
    """Whether the shared database said that this is our login: before, it may be mistyped."""
    told = (memory.get(connection, key) for key in (ASKED, memory.FILE_ANSWERED))
    return any(one is not None for one in told)


def people(connection: Connection) -> dict[str, Card]:
    """Colleagues whose cards were taken in, by their signing key."""
    found: Mapping[str, Any] = memory.get(connection, PEOPLE, {})
    return {sign: Card(**one) for sign, one in found.items()}


def knows(connection: Connection, card: Card) -> bool:
    """Whether a card says no more than is trusted already."""
    if card.kind == SHARED:
        return bool(memory.get(connection, SERVER) == {"sign": card.sign, "box": card.box})
    return people(connection).get(card.sign) == card


def trust(connection: Connection, card: Card, *, again: bool = False) -> None:
    """Take a card in; one that replaces the shared database's keys must be meant (`again`).

    Every database has its own: from then on the ledger belongs to that other one.
    """
    if card.kind != SHARED:
        known: Mapping[str, Any] = memory.get(connection, PEOPLE, {})
        row = {"kind": card.kind, "name": card.name, "account": card.account}
        memory.put(
            connection, PEOPLE, {**known, card.sign: {**row, "sign": card.sign, "box": card.box}}
        )
        return
    before = memory.get(connection, SERVER)
    fresh = {"sign": card.sign, "box": card.box}
    if before not in (None, fresh) and not again:
        message = "这张名片与本机已有的共享库钥匙不同，请先与管理员核对指纹，再选“替换”。"
        raise UserError(message, field="file", kind="other_keys")
    if before not in (None, fresh):
        belonging.go_over(connection, None)
    memory.put(connection, SERVER, fresh)


def introduce(ledger: Ledger, line: FileLine, me: str, now: datetime) -> None:
    """Make our keys known and hear those of the shared database: once, else once a day."""
    today = now.date().isoformat()
    with ledger.read() as view:
        connection = view.connection
        done = memory.get(connection, ASKED)
        if done == today or (done == me and memory.get(connection, SERVER) is not None):
            return
    with ledger.work("同步", actor=me, at=now) as uow:
        public = own(uow.connection).public()
        uow.commit()
    said = line.file_keys(public.sign, public.box)
    with ledger.work("同步", actor=me, at=now) as uow:
        memory.put(uow.connection, ACCOUNT, me)
        memory.put(uow.connection, ASKED, me if said is not None and said.mine else today)
        if said is not None:
            memory.put(uow.connection, SERVER, {"sign": said.sign, "box": said.box})
        uow.commit()
