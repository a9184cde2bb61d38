"""Encrypts the ledger of this PC with all its files, takes that back, or changes its key."""

import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from inspector_app.domain.office import Inspector
from inspector_app.errors import DAMAGED_ZIP, OutsideError, UserError
from inspector_app.ledger.crashpoints import reach
from inspector_app.ledger.engine import LEDGER
from inspector_app.ledger.files import FileStore
from inspector_app.ledger.ids import new_id
from inspector_app.ledger.ledger import Ledger
from inspector_app.ledger.rewrite import Rewriting, StoppedError, wipe
from inspector_app.services.accounts import Login, Safe, good_name, refuse_weak
from inspector_app.services.desk import Desk
from inspector_app.vault import envelope as env
from inspector_app.vault import keyfile
from inspector_app.vault.envelope import Envelope
from inspector_app.vault.keys import Cost, LedgerKey
from inspector_app.vault.sealing import SUFFIX, FileKeys

__all__ = [
    "Plan",
    "Progress",
    "StoppedError",
    "decrypt",
    "encrypt",
    "finish",
    "leftovers",
    "plan",
    "remove_leftovers",
    "rotate",
    "safe_of",
    "seated",
]

NEXT, OLD = ".next", ".old"  # beside the folder of files while they are exchanged
MARK = "of.ledger"  # in the next folder: first bytes of the ledger it belongs to
PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Progress:
    """Told while it runs, and asked whether to stop; nothing has changed when it stops."""

    tell: Callable[[int, int], object] = lambda _done, _total: None
    cancelled: Callable[[], bool] = lambda: False


@dataclass(frozen=True, slots=True)
class Plan:
    """A ledger that is about to be encrypted: its key, who may open it, the code to copy."""

    key: LedgerKey
    envelope: Envelope
    code: str = field(repr=False)

    def account_id(self) -> str:
        """The first account."""
        return self.envelope.accounts[0].id


def safe_of(desk: Desk) -> Safe:
    """The accounts of a ledger that is open and encrypted."""
    if not desk.ledger.is_encrypted():
        raise UserError("台账没有加密，没有账号。", kind="plain")
    return Safe(desk.ledger.path.parent, desk.ledger.salt())


def seated(desk: Desk, login: Login) -> Desk:
    """The desk with who logged in at it: the inspector of the account, or the one of its name."""
    account = login.account
    with desk.ledger.read() as view:
        person = view.peek(Inspector, account.user_id) if account.user_id else None
        if person is None:
            person = view.first(Inspector, name=account.name, active=True)
    name, user_id = (person.name, person.id) if person else (account.name, None)
    return replace(desk, actor=name, actor_id=user_id, account_id=account.id)


def plan(desk: Desk, name: str, user_id: str, password: str, cost: Cost | None = None) -> Plan:
    """Make key, account and recovery code; nothing is written yet."""
    if desk.ledger.is_encrypted():
        raise UserError("台账已经加密。", kind="encrypted")
    if desk.demo:
        raise UserError("演示台账不加密。", kind="demo")
    wanted = good_name(name)
    refuse_weak(password, wanted)
    key = LedgerKey.fresh()
    envelope, code = env.new_envelope(key)
    account = env.new_account(key, new_id(), wanted, user_id, password, desk.now(), cost)
    return Plan(key, envelope.with_account(account), code)


def encrypt(desk: Desk, made: Plan, progress: Progress | None = None) -> Login:
    """Encrypt ledger and files; StoppedError when stopped, then everything is as it was."""
    _change(desk, made.key, made.envelope, progress or Progress())
    return Login(made.envelope.accounts[0], made.key)


def decrypt(desk: Desk, progress: Progress | None = None) -> None:
    """Lay ledger and files open again; accounts and recovery code are gone afterwards."""
    if not desk.ledger.is_encrypted():
        raise UserError("台账没有加密。", kind="plain")
    _change(desk, None, None, progress or Progress())


def rotate(
    desk: Desk,
    login: Login,
    password: str,
    progress: Progress | None = None,
    cost: Cost | None = None,
) -> tuple[Login, str]:
    """A new key for everything: who only has the old one (an old copy of the key file, a former
    colleague) opens nothing new. Only this account stays; returns the new recovery code, too.
    """
    key = LedgerKey.fresh()
    envelope, code = env.new_envelope(key)
    for one in safe_of(desk).accounts():
        envelope = envelope.with_account(env.disabled(one))
    account = env.with_password(login.account, key, password, cost)
    envelope = envelope.with_account(account)
    _change(desk, key, envelope, progress or Progress())
    return Login(account, key), code


def _change(
    desk: Desk, key: LedgerKey | None, envelope: Envelope | None, progress: Progress
) -> None:
    folder, files = desk.ledger.path.parent, desk.files
    keys = FileKeys(key) if key is not None else None
    target = FileStore(_beside(files.folder, NEXT), keys)
    _discard(target.folder)
    (folder / keyfile.NEXT).unlink(missing_ok=True)

    seen: set[Path] = set()

    def ready(head: bytes) -> None:
        _copy_files(files, target, seen, Progress())  # what others filed since
        _mark(target.folder, head.hex() if key is not None else PLAIN)
        if key is not None and envelope is not None:
            keyfile.keep_next(folder, replace(envelope, ledger_salt=head.hex()), key)
        reach("key_written")

    total = sum(one.stat().st_size for one in files.on_disk()) + desk.ledger.path.stat().st_size
    try:
        filing = replace(progress, tell=lambda n, _: progress.tell(n, total))
        done = _copy_files(files, target, seen, filing)
        writing = Rewriting(ready, lambda n, _: progress.tell(done + n, total), progress.cancelled)
        desk.ledger.rekey(key.database() if key is not None else None, writing)
    except BaseException:
        _discard(target.folder)
        (folder / keyfile.NEXT).unlink(missing_ok=True)
        raise
    if key is not None and envelope is not None:
        keyfile.keep(folder, replace(envelope, ledger_salt=desk.ledger.salt()), key)
    else:
        keyfile.forget(folder)
    reach("key_kept")
    files.keys = keys
    finish(desk.ledger, files)


def _copy_files(source: FileStore, target: FileStore, seen: set[Path], progress: Progress) -> int:
    """Every file not seen before under the other key; bytes done.

    OutsideError for a damaged one: it must be looked at first, not carried over.
    """
    done = 0
    for path in source.on_disk():
        if path in seen:
            continue
        if progress.cancelled():
            raise StoppedError
        data = source.content_of(path)
        if data is None:
            message = f"存档文件 {path.name[:12]}… 已损坏，请先检查台账，从备份恢复这个文件。"
            raise OutsideError(message, kind="file_changed")
        target.put(data)
        reach("file_sealed")
        seen.add(path)
        done += path.stat().st_size
        progress.tell(done, 0)
    return done


# ── the end of it, also after a crash ────────────────────────────────────────────────────────


def finish(ledger: Ledger, files: FileStore) -> None:
    """Bring a change of key to its end: the ledger file decides which folder of files is right.

    Called whenever a ledger is opened; does nothing when nothing was under way.
    """
    traces = [*_traces(ledger, files)]
    if not any(one.exists() for one in traces):
        return
    with ledger.turn():  # else two programs would exchange the folders twice
        _swap(ledger, files)
        wipe(ledger.path.with_name(f"{ledger.path.name}{NEXT}"))
        kept = keyfile.candidates(ledger.path.parent, ledger.salt())[:1]
        if not ledger.is_encrypted() or any(one.ledger_salt == ledger.salt() for one in kept):
            (ledger.path.parent / keyfile.NEXT).unlink(missing_ok=True)


def _traces(ledger: Ledger, files: FileStore) -> Iterator[Path]:
    yield from (_beside(files.folder, NEXT), _beside(files.folder, OLD))
    yield ledger.path.with_name(f"{ledger.path.name}{NEXT}")
    yield ledger.path.parent / keyfile.NEXT


def _swap(ledger: Ledger, files: FileStore) -> None:
    fresh, old = _beside(files.folder, NEXT), _beside(files.folder, OLD)
    try:
        if fresh.exists() and _marked(fresh) != (ledger.salt() or PLAIN):
            _discard(fresh)  # of a change that was not made
        if fresh.exists():
            if files.folder.exists():
                _discard(old)
                files.folder.rename(old)
            reach("files_aside")
            fresh.rename(files.folder)
            reach("files_swapped")
        (files.folder / MARK).unlink(missing_ok=True)
        if files.folder.exists():
            _discard(old)
    except OSError as error:
        message = "附件文件夹没有换成，请关闭正在使用它的程序，再打开一次。"
        raise OutsideError(message, kind="disk") from error


def _beside(folder: Path, ending: str) -> Path:
    return folder.with_name(f"{folder.name}{ending}")


def _mark(folder: Path, text: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    keyfile.write(folder / MARK, text.encode())


def _marked(folder: Path) -> str:
    with suppress(OSError):
        return (folder / MARK).read_text(encoding="utf-8")
    return ""


def _discard(folder: Path) -> None:
    """Remove a folder of files; what lay open is overwritten first."""
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix != SUFFIX:
            wipe(path)
    if folder.exists():
        shutil.rmtree(folder)


# ── what else lies open ──────────────────────────────────────────────────────────────────────


def leftovers(desk: Desk) -> list[Path]:
    """Copies made before the ledger was encrypted that lie open in its folder."""
    if not desk.ledger.is_encrypted():
        return []
    folder = desk.ledger.path.parent
    copies = [one for one in sorted(folder.glob("*升级前*.db")) if _lies_open(one)]
    return copies + [one for one in sorted((folder / "backup").glob("*.zip")) if _packed_open(one)]


def remove_leftovers(desk: Desk) -> int:
    """Overwrite and remove them; how many there were."""
    found = leftovers(desk)
    for one in found:
        wipe(one)
    return len(found)


def _lies_open(path: Path) -> bool:
    return keyfile.head_of(path) == keyfile.PLAIN_HEAD


def _packed_open(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as packed, packed.open(LEDGER) as file:
            return file.read(keyfile.SALT_BYTES) == keyfile.PLAIN_HEAD
    except (*DAMAGED_ZIP, KeyError):
        return False
