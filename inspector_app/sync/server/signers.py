"""Whose key is whose: those of the shared database, and those of PCs bound to their accounts."""

import json
from pathlib import Path

from inspector_app.errors import UserError
from inspector_app.sync.packages import cards
from inspector_app.sync.packages.cards import Card
from inspector_app.sync.packages.sealed import Keys, Public
from inspector_app.sync.server.admin import Admin, admin, rows, value


def keys_of(connection: Admin) -> Keys:
    """The keys of the shared database, made the first time."""
    known = rows(connection, "SELECT sign_private, box_private FROM sync.file_key")
    if known:
        return Keys(*known[0])
    made = Keys.make()
    public = made.public()
    connection.execute(
        "INSERT INTO sync.file_key (sign_private, box_private, sign_public, box_public)"
        " VALUES (%s, %s, %s, %s)",
        (made.sign, made.box, public.sign, public.box),
    )
    return made


def make_keys(dsn: str) -> Public:
    """See to it that the shared database has keys; its public ones."""
    with admin(dsn) as connection:
        return keys_of(connection).public()


def write_card(dsn: str, out: Path, name: str) -> Card:
    """The card of the shared database, for PCs that never had a line."""
    with admin(dsn) as connection:
        keys = keys_of(connection)
    return cards.write(out, cards.SHARED, name, "", keys)


def add_device(dsn: str, card: Card, login: str) -> None:
    """Bind a PC's keys to an account, after somebody compared the fingerprint."""
    with admin(dsn) as connection:
        known = "SELECT 1 FROM sync.account WHERE login = %s AND NOT disabled"
        if value(connection, known, login) is None:
            raise UserError(f"没有账号 {login}，或者已停用。", field="name", kind="not_found")
        change = (
            "UPDATE sync.signer SET login = %s, box_public = %s, revoked = false,"
            " by_login = session_user WHERE sign_public = %s"
        )
        if not connection.execute(change, (login, card.box, card.sign)).rowcount:
            connection.execute(
                "INSERT INTO sync.signer (sign_public, box_public, login, by_login)"
                " VALUES (%s, %s, %s, session_user)",
                (card.sign, card.box, login),
            )
        _tell(connection, "signer_bound", {"login": login, "sign": card.sign})


def revoke_device(dsn: str, fingerprint: str) -> str:
    """A lost PC: what its key signs is no longer taken; the account it was bound to."""
    wanted = fingerprint.replace(" ", "").upper()
    with admin(dsn) as connection:
        for sign, box, login in rows(
            connection, "SELECT sign_public, box_public, login FROM sync.signer WHERE NOT revoked"
        ):
            if Public(sign, box).fingerprint().replace(" ", "") == wanted:
                change = "UPDATE sync.signer SET revoked = true WHERE sign_public = %s"
                connection.execute(change, (sign,))
                _tell(connection, "signer_revoked", {"login": login, "sign": sign})
                return str(login)
    raise UserError("没有这个指纹的电脑。", field="fingerprint", kind="not_found")


def signers(dsn: str) -> list[tuple[str, str, bool]]:
    """(account, fingerprint, revoked) of every PC whose keys are known."""
    query = "SELECT login, sign_public, box_public, revoked FROM sync.signer ORDER BY login, at"
    with admin(dsn) as connection:
        return [
            (login, Public(sign, box).fingerprint(), revoked)
            for login, sign, box, revoked in rows(connection, query)
        ]


def _tell(connection: Admin, kind: str, detail: dict[str, object]) -> None:
    line = "SELECT sync.event(session_user::text, '', %s, %s::jsonb)"
    connection.execute(line, (kind, json.dumps(detail)))
