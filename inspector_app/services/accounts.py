"""Who may log in on this PC: accounts and passwords, the recovery code, what is remembered."""

import json
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from inspector_app.domain.passwords import problem_of, wait_after
from inspector_app.errors import UserError
from inspector_app.ledger.engine import LEDGER, opens
from inspector_app.ledger.ids import new_id
from inspector_app.vault import envelope as env
from inspector_app.vault import keyfile
from inspector_app.vault.envelope import Account, Envelope
from inspector_app.vault.keys import Cost, LedgerKey, WrongKeyError, fresh_salt, key_of
from inspector_app.vault.secret_store import SecretStore

TRIES = "ledger.logins"  # wrong passwords since the last right one, by account
WRONG = "账号或密码不对。"
LONGEST_NAME = 30


@dataclass(frozen=True, slots=True)
class Safe:
    """The encrypted ledger of a folder. `salt` tells its key file from others lying there."""

    folder: Path
    salt: str

    @classmethod
    def at(cls, folder: Path) -> "Safe | None":
        """That of a folder whose ledger this program has not opened; None when it lies open."""
        ledger = folder / LEDGER
        if not keyfile.is_encrypted(ledger):
            return None
        return cls(folder, keyfile.head_of(ledger).hex())

    def envelopes(self) -> list[Envelope]:
        """Its key files, the right one first; UserError when none can be read."""
        found = keyfile.candidates(self.folder, self.salt)
        if not found:
            message = "密钥文件读不出来，台账打不开。请从备份恢复 ledger.keys。"
            raise UserError(message, kind="key_file")
        return found

    def envelope(self) -> Envelope:
        """The key file to show and to change."""
        return self.envelopes()[0]

    def accounts(self) -> list[Account]:
        """Everybody who has, or had, an account here."""
        return list(self.envelope().accounts)

    def named(self, name: str) -> Account | None:
        """The active account of that name or id."""
        found = [one for one in self.accounts() if one.active() and name in (one.id, one.name)]
        return found[0] if found else None

    def keep(self, envelope: Envelope, key: LedgerKey) -> None:
        """Write the key file."""
        keyfile.keep(self.folder, replace(envelope, ledger_salt=self.salt), key)


@dataclass(frozen=True, slots=True)
class Login:
    """Somebody who proved who they are, and the key that opens the ledger with it.

    `failed` counts the wrong passwords since this account's last login.
    """

    account: Account
    key: LedgerKey
    failed: int = 0
    failed_at: str = ""


def clock() -> datetime:
    """Now by the clock of this PC: wrong passwords are waited for in truth, also in a rehearsal."""
    return datetime.now().astimezone()


# ── logging in ───────────────────────────────────────────────────────────────────────────────


def log_in(safe: Safe, name: str, password: str, now: datetime) -> Login:
    """Open with a password; UserError says the same for a wrong one and for a wrong name.

    After a few wrong ones the next try has to wait; it is counted before it is made.
    """
    known = safe.named(name.strip())
    place = known.id if known else ""
    failed, at = _tries(safe).get(place, (0, ""))
    _wait(failed, at, now)
    _note(safe, place, failed + 1, now)
    if known is None:
        key_of(password, fresh_salt(), safe.accounts()[0].cost)  # as slow as for a known name
        raise UserError(WRONG, field="password", kind="login")
    for envelope in safe.envelopes():
        try:
            account = envelope.account(known.id)
            key = env.open_with_password(account, password)
        except (KeyError, WrongKeyError):
            continue
        if _belongs(safe, key):
            return _in(safe, envelope, Login(account, key, failed, at))
    raise UserError(WRONG, field="password", kind="login")


def log_in_remembered(safe: Safe, account_id: str, store: SecretStore) -> Login | None:
    """Open with what this PC remembers; None when it does not."""
    envelope = safe.envelope()
    with suppress(KeyError, WrongKeyError):
        account = envelope.account(account_id)
        secret = store.get(account_id) if account.remembered else None
        if secret is not None:
            key = env.open_with_secret(account, secret)
            failed, at = _tries(safe).get(account_id, (0, ""))
            return _in(safe, envelope, Login(account, key, failed, at))
    return None


def recover(
    safe: Safe, code: str, name: str, password: str, now: datetime, cost: Cost | None = None
) -> Login:
    """Open with the recovery code and give an account another password; a new name gets one."""
    for envelope in safe.envelopes():
        with suppress(WrongKeyError):
            key = env.open_with_code(envelope, code)
            if _belongs(safe, key):
                return _recovered(safe, envelope, key, (name, password), now, cost)
    raise UserError("恢复码不是这本台账的。", field="code", kind="recovery_code")


def _recovered(
    safe: Safe,
    envelope: Envelope,
    key: LedgerKey,
    who: tuple[str, str],
    now: datetime,
    cost: Cost | None,
) -> Login:
    name, password = who
    known = next((one for one in envelope.accounts if name in (one.id, one.name)), None)
    refuse_weak(password, known.name if known else name)
    if known is None:
        account = env.new_account(key, new_id(), good_name(name), "", password, now, cost)
    else:
        account = env.with_password(known, key, password, cost)
    changed = envelope.with_account(account)
    safe.keep(changed, key)
    return _in(safe, changed, Login(account, key))


def _belongs(safe: Safe, key: LedgerKey) -> bool:
    """Whether the key opens this very ledger: a folder may hold the key file of another, too."""
    salts = {one.ledger_salt for one in safe.envelopes()}
    return safe.salt in salts or opens(safe.folder / LEDGER, key.database())


def _in(safe: Safe, envelope: Envelope, login: Login) -> Login:
    """Somebody is in: the right key file takes its place, the wrong tries are forgotten."""
    if not keyfile.is_kept(safe.folder, replace(envelope, ledger_salt=safe.salt), login.key):
        safe.keep(envelope, login.key)
    _note(safe, login.account.id, 0, None)
    return login


# ── tries ────────────────────────────────────────────────────────────────────────────────────


def last_account(folder: Path) -> str:
    """The id of who logged in last, "" when nobody did."""
    return str(_said(folder).get("last", ""))


def _said(folder: Path) -> dict[str, object]:
    try:
        said = json.loads((folder / TRIES).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def _tries(safe: Safe) -> dict[str, tuple[int, str]]:
    found = {}
    tries = _said(safe.folder).get("tries", {})
    for place, said in tries.items() if isinstance(tries, dict) else ():
        with suppress(TypeError, ValueError, KeyError):
            found[str(place)] = (max(int(said["failed"]), 0), str(said["at"]))
    return found


def _note(safe: Safe, place: str, failed: int, now: datetime | None) -> None:
    said, tries = _said(safe.folder), _tries(safe)
    if failed:
        tries[place] = (failed, now.isoformat() if now else "")
    else:
        tries.pop(place, None)
        said["last"] = place
    said["tries"] = {one: {"failed": n, "at": at} for one, (n, at) in tries.items()}
    keyfile.write(safe.folder / TRIES, json.dumps(said).encode())


def seconds_left(safe: Safe, account_id: str, now: datetime) -> int:
    """How long the next try of an account has to wait."""
    return _seconds_left(*_tries(safe).get(account_id, (0, "")), now)


def _seconds_left(failed: int, at: str, now: datetime) -> int:
    """A clock that was set back does not lock anybody out."""
    try:
        gone = now - datetime.fromisoformat(at)
    except (TypeError, ValueError):
        return 0
    left = timedelta(seconds=wait_after(failed)) - gone
    if gone < timedelta(0) or left <= timedelta(0):
        return 0
    return int(left.total_seconds()) + (left.microseconds > 0)


def _wait(failed: int, at: str, now: datetime) -> None:
    """Refuse a try that comes too early."""
    if seconds := _seconds_left(failed, at, now):
        message = f"密码连续输错 {failed} 次，请 {seconds} 秒后再试。"
        raise UserError(message, field="password", kind="wait")


# ── accounts ─────────────────────────────────────────────────────────────────────────────────


def add(
    safe: Safe,
    login: Login,
    name: str,
    user_id: str,
    password: str,
    now: datetime,
    cost: Cost | None = None,
) -> Account:
    """An account for a colleague at the same PC; the inspector is the one who acts with it."""
    wanted = good_name(name)
    if safe.named(wanted) is not None:
        raise UserError(f"{wanted}已有账号。", field="name", kind="exists")
    refuse_weak(password, wanted)
    made = env.new_account(login.key, new_id(), wanted, user_id, password, now, cost)
    safe.keep(safe.envelope().with_account(made), login.key)
    return made


def set_password(
    safe: Safe, login: Login, account_id: str, password: str, cost: Cost | None = None
) -> Account:
    """Another password: one's own, or for a colleague who forgot or comes back."""
    envelope = safe.envelope()
    account = _known(envelope, account_id)
    refuse_weak(password, account.name)
    changed = env.with_password(account, login.key, password, cost)
    safe.keep(envelope.with_account(changed), login.key)
    return changed


def disable(safe: Safe, login: Login, account_id: str) -> None:
    """Nobody logs in with it any more; it stays in the list."""
    envelope = safe.envelope()
    account = _known(envelope, account_id)
    _refuse_last(envelope, account_id)
    safe.keep(envelope.with_account(env.disabled(account)), login.key)


def remove(safe: Safe, login: Login, account_id: str) -> None:
    """Take it out of the list."""
    envelope = safe.envelope()
    _known(envelope, account_id)
    _refuse_last(envelope, account_id)
    safe.keep(envelope.without(account_id), login.key)


def new_code(safe: Safe, login: Login) -> str:
    """Another recovery code, to be shown this once; the last one is void."""
    envelope, code = env.with_new_code(safe.envelope(), login.key)
    safe.keep(envelope, login.key)
    return code


def remember(safe: Safe, login: Login, store: SecretStore) -> None:
    """Let this PC open the ledger for this account without its password."""
    secret = store.keep(login.account.id)
    if secret is None:
        reason = store.reason_against() or "系统密钥库没有收下，不能记住登录。"
        raise UserError(reason, kind="no_store")
    envelope = safe.envelope()
    account = _known(envelope, login.account.id)
    safe.keep(envelope.with_account(env.remembered(account, login.key, secret)), login.key)


def forget(safe: Safe, login: Login, store: SecretStore) -> None:
    """Ask for the password again."""
    envelope = safe.envelope()
    account = replace(_known(envelope, login.account.id), remembered="")
    safe.keep(envelope.with_account(account), login.key)
    store.forget(account.id)


def _known(envelope: Envelope, account_id: str) -> Account:
    try:
        return envelope.account(account_id)
    except KeyError as error:
        raise UserError("没有这个账号。", field="account", kind="not_found") from error


def _refuse_last(envelope: Envelope, account_id: str) -> None:
    if not any(one.active() and one.id != account_id for one in envelope.accounts):
        message = "这是最后一个能登录的账号，停用后谁也打不开台账。请先添加另一个账号。"
        raise UserError(message, field="account", kind="last_account")


def refuse_weak(password: str, name: str) -> None:
    """UserError when the password will not do."""
    if problem := problem_of(password, name):
        raise UserError(problem, field="password", kind="weak_password")


def good_name(name: str) -> str:
    """The name as it is kept; UserError when it is none."""
    wanted = name.strip()
    if not wanted or len(wanted) > LONGEST_NAME or not wanted.isprintable():
        raise UserError(f"请填写姓名，最多 {LONGEST_NAME} 字。", field="name")
    return wanted
