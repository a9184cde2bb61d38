"""Who may open the ledger: its one key, locked up once for each account and once for the code."""

import hashlib
import hmac
import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from inspector_app.vault import recovery
from inspector_app.vault.keys import (
    STANDARD,
    Cost,
    LedgerKey,
    fresh_salt,
    key_of,
    stretched,
)

FORMAT = 1
_CODE = b"recovery code"


@dataclass(frozen=True, slots=True)
class Account:
    """One person at this PC. `locked` is the ledger's key under the password; "" when disabled.

    `remembered` is the same key under a secret that this PC's own secret store keeps.
    """

    id: str
    name: str
    user_id: str  # the inspector of the ledger who acts, "" while none is registered
    since: str
    salt: str
    cost: Cost
    locked: str
    remembered: str = ""

    def active(self) -> bool:
        """Whether somebody can log in with it."""
        return bool(self.locked)

    def about(self) -> bytes:
        """What its lock is bound to: who took another's id or name could not open it."""
        return json.dumps([FORMAT, self.id, self.name, self.user_id, self.salt]).encode()


@dataclass(frozen=True, slots=True)
class Envelope:
    """The key file of a ledger. `ledger_salt` are the first 16 bytes of its file, as hex."""

    ledger_salt: str
    accounts: tuple[Account, ...]
    code_salt: str
    code_locked: str

    def account(self, account_id: str) -> Account:
        """The account of that id; KeyError when there is none."""
        found = {one.id: one for one in self.accounts}
        return found[account_id]

    def with_account(self, account: Account) -> "Envelope":
        """The same with one account added or changed."""
        others = [one for one in self.accounts if one.id != account.id]
        places = [one.id for one in self.accounts]
        at = places.index(account.id) if account.id in places else len(others)
        return replace(self, accounts=(*others[:at], account, *others[at:]))

    def without(self, account_id: str) -> "Envelope":
        """The same without one account."""
        return replace(self, accounts=tuple(one for one in self.accounts if one.id != account_id))


def new_envelope(key: LedgerKey) -> tuple[Envelope, str]:
    """An envelope that only the code opens so far, and the code, to be shown this once."""
    return with_new_code(Envelope("", (), "", ""), key)


def with_new_code(envelope: Envelope, key: LedgerKey) -> tuple[Envelope, str]:
    """The envelope with another recovery code; the last one opens it no more."""
    secret, salt = recovery.fresh_secret(), fresh_salt()
    locked = key.locked_in(stretched(secret, salt, "recovery"), _CODE)
    made = replace(envelope, code_salt=salt.hex(), code_locked=locked.hex())
    return made, recovery.written(secret)


def new_account(
    key: LedgerKey,
    account_id: str,
    name: str,
    user_id: str,
    password: str,
    now: datetime,
    cost: Cost | None = None,
) -> Account:
    """An account that opens with this password."""
    bare = Account(account_id, name, user_id, now.isoformat(), "", STANDARD, "")
    return with_password(bare, key, password, cost)


def with_password(
    account: Account, key: LedgerKey, password: str, cost: Cost | None = None
) -> Account:
    """The account with another password; a PC that remembered it asks again."""
    spent, salt = cost or STANDARD, fresh_salt()
    bare = replace(account, salt=salt.hex(), cost=spent, remembered="")
    locked = key.locked_in(key_of(password, salt, spent), bare.about())
    return replace(bare, locked=locked.hex())


def disabled(account: Account) -> Account:
    """The account with nothing left to open."""
    return replace(account, locked="", remembered="")


def remembered(account: Account, key: LedgerKey, secret: bytes) -> Account:
    """The account that a secret of this PC opens too."""
    return replace(account, remembered=key.locked_in(_of_pc(secret), account.about()).hex())


def open_with_password(account: Account, password: str) -> LedgerKey:
    """The ledger's key; WrongKeyError for a wrong password and a disabled account alike.

    Both take the same time, so that nobody learns which it was.
    """
    outer = key_of(password, bytes.fromhex(account.salt), account.cost)
    return LedgerKey.unlocked(bytes.fromhex(account.locked), outer, account.about())


def open_with_secret(account: Account, secret: bytes) -> LedgerKey:
    """The ledger's key by what this PC remembered; WrongKeyError when that was taken back."""
    return LedgerKey.unlocked(bytes.fromhex(account.remembered), _of_pc(secret), account.about())


def open_with_code(envelope: Envelope, code: str) -> LedgerKey:
    """The ledger's key by the recovery code; UserError for a slip, WrongKeyError for another's."""
    outer = stretched(recovery.read(code), bytes.fromhex(envelope.code_salt), "recovery")
    return LedgerKey.unlocked(bytes.fromhex(envelope.code_locked), outer, _CODE)


def _of_pc(secret: bytes) -> bytes:
    return stretched(secret, b"", "this PC")


# ── as a file ────────────────────────────────────────────────────────────────────────────────


def to_bytes(envelope: Envelope, key: LedgerKey) -> bytes:
    """The file: readable JSON, signed with the ledger's key so that a changed byte is found."""
    body: dict[str, Any] = {"format": FORMAT, **asdict(envelope)}
    body["mac"] = _mac(body, key)
    return _text(body)


def from_bytes(data: bytes) -> Envelope:
    """What a file says; ValueError when it is none of ours or asks for absurd costs."""
    try:
        body = json.loads(data)
        if body["format"] != FORMAT:
            raise ValueError("a key file of another format")
        accounts = tuple(_account(one) for one in body["accounts"])
        texts = [str(body[name]) for name in ("ledger_salt", "code_salt", "code_locked")]
        made = Envelope(texts[0], accounts, texts[1], texts[2])
        for text in texts:
            bytes.fromhex(text)
    except (KeyError, TypeError, AttributeError, UnicodeDecodeError) as error:
        raise ValueError("no key file") from error
    return made


def is_whole(data: bytes, key: LedgerKey) -> bool:
    """Whether not one byte differs from what the program wrote."""
    try:
        body = json.loads(data)
        mac = str(body.pop("mac"))
        alike = _text({**body, "mac": mac}) == data
    except (ValueError, KeyError, TypeError, AttributeError):
        return False
    return alike and hmac.compare_digest(mac.encode(), _mac(body, key).encode())


def _account(row: dict[str, Any]) -> Account:
    cost = Cost(*(int(row["cost"][name]) for name in ("passes", "memory_kib", "lanes")))
    if not cost.is_bearable():
        raise ValueError("an account asks for absurd costs")
    texts = {name: str(row[name]) for name in ("id", "name", "user_id", "since", "salt")}
    locks = {name: str(row[name]) for name in ("locked", "remembered")}
    for text in (texts["salt"], *locks.values()):
        bytes.fromhex(text)
    return Account(**texts, cost=cost, **locks)


def _mac(body: dict[str, Any], key: LedgerKey) -> str:
    return hmac.new(key.derived("key file"), _text(body), hashlib.sha256).hexdigest()


def _text(body: dict[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False, indent=1, sort_keys=True).encode()
