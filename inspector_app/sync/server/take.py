"""Takes packages in for people without a line: who signed is the author, whoever carries them.

The administrator's program opens a package with the key of the shared database, looks up whose key
signed it, and speaks as that account: the same calls, receipts and refusals as over a line.
"""

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import psycopg

from inspector_app.errors import OutsideError, UserError
from inspector_app.sync import pg
from inspector_app.sync.attachments.file_line import MORE, PIECE, THERE, FileAnswer
from inspector_app.sync.line_trouble import trouble
from inspector_app.sync.packages.file_in import blocks
from inspector_app.sync.packages.file_out import TO_SERVER
from inspector_app.sync.packages.sealed import Opened, open_sealed
from inspector_app.sync.pg import PgTransport
from inspector_app.sync.server.admin import OWNER, Admin, admin, named, rows, value
from inspector_app.sync.server.signers import keys_of
from inspector_app.sync.transport import Transport

_LATER = ("busy", "connection")  # not the package's fault
_UNKNOWN = "unknown_signer"
_DEPTH = 3  # parcels within parcels: somebody carried for somebody who carried


@dataclass(slots=True)
class Result:
    """What a package brought: its author, sets taken and refused, files, parcels within it."""

    login: str
    device: str
    taken: int = 0
    refused: int = 0
    known: int = 0  # sets that were here already
    stopped: str = ""  # gap or device_forked: what comes later waits for what is missing
    files: int = 0
    file_troubles: list[str] = field(default_factory=list)
    hello: dict[str, Any] = field(default_factory=dict)
    parcels: list["Result"] = field(default_factory=list)
    parcel_ids: list[str] = field(default_factory=list)
    receipts: list[dict[str, Any]] = field(default_factory=list)
    kept: list[list[Any]] = field(default_factory=list)
    manifest: dict[str, Any] = field(default_factory=dict)
    box: str = ""


class Speaking(Transport, Protocol):
    """A conversation whose answers can be had as they are carried to the PC."""

    def raw(self, function: str, *values: Any) -> Any:
        """The answer of a call, as JSON has it."""
        ...


Speak = Callable[[], AbstractContextManager[Speaking]]


class Acting(PgTransport):
    """The author's conversation, over the administrator's connection."""

    def __init__(self, connection: Admin) -> None:
        self._connection = connection

    def raw(self, function: str, *values: Any) -> Any:
        """An answer as it is carried to the PC."""
        return self._call(function, *values)


@contextmanager
def conversation(dsn: str, login: str) -> Iterator[Speak]:
    """One connection on which every step is this account's, in a short transaction of its own.

    Short, because a step may hold the history of a county that everybody else waits for.
    """
    connection = pg.connect(dsn)
    try:
        connection.execute(
            "SELECT set_config(name, '0', false) FROM pg_settings WHERE name = %s",
            ("idle_session_timeout",),  # a slow stick is no idle session
        )
        yield lambda: _step(connection, login)
    except psycopg.Error as error:
        raise trouble(error) from error
    finally:
        connection.close()


@contextmanager
def _step(connection: Admin, login: str) -> Iterator[Acting]:
    with connection.transaction():
        connection.execute("SET LOCAL lock_timeout = '30s'")
        connection.execute(named("SET LOCAL ROLE {}", OWNER))
        line = "INSERT INTO sync.acting (login, by_login) VALUES (%s, session_user)"
        connection.execute(line, (login,))
        yield Acting(connection)
        connection.execute("DELETE FROM sync.acting")


def _on() -> None:
    """Nobody wants to stop."""


def take(dsn: str, path: Path, step: Callable[[], object] = _on) -> Result:
    """Take a package in, a call's worth at a time; ended anywhere it is taken again to the end.

    `step` is called between the pieces of it: what it raises ends it.
    """
    return _take(dsn, _opened(dsn, path), 0, step)


def _opened(dsn: str, path: Path) -> Opened:
    with admin(dsn) as connection:
        keys = keys_of(connection)
    return open_sealed(path, keys, TO_SERVER)


def _take(dsn: str, opened: Opened, depth: int, step: Callable[[], object] = _on) -> Result:
    try:
        return _played(dsn, opened, depth, step)
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        # Signed, and yet no package of ours: whoever made it made it by hand.
        message = f"“{opened.path.name}”的内容读不懂，没有收下。"
        raise UserError(message, field="file", kind="damaged") from error


def _played(dsn: str, opened: Opened, depth: int, step: Callable[[], object]) -> Result:
    with admin(dsn) as connection:
        result = _author(connection, opened)
    with conversation(dsn, result.login) as speak:
        play(
            speak, result, opened,
            lambda name, data: _parcel(dsn, result, name, data, depth), step,
        )  # fmt: skip
    with admin(dsn) as connection:
        _note(connection, opened, result)
    return result


def play(
    speak: Speak,
    result: Result,
    opened: Opened,
    parcel: Callable[[str, bytes], None],
    step: Callable[[], object] = _on,
) -> None:
    """Say what the PC would have said over a line; `parcel` takes what it carried for others."""
    with speak() as line:
        _greet(line, result)
    for head, data in blocks(opened.records()):
        step()
        if "parcel" in head:
            parcel(head["parcel"], data)
        elif "file" in head:
            _file(speak, result, head["file"], data)
        elif "sets" in head and not result.stopped:
            with speak() as line:
                _sets(line, result, head["sets"])


def _author(connection: Admin, opened: Opened) -> Result:
    """Whose key signed it; what the package says of its author must agree."""
    query = "SELECT login, box_public FROM sync.signer WHERE sign_public = %s AND NOT revoked"
    found = rows(connection, query, opened.signer)
    manifest = next(opened.records(), None)
    if not found:
        message = (
            "这个数据包的签名没有登记，什么都没有收下。"
            "请让对方导出名片，核对指纹后用 server device add 登记。"
        )
        raise UserError(message, field="file", kind=_UNKNOWN)
    login, box = found[0]
    if not isinstance(manifest, dict) or manifest.get("me") != login:
        message = f"数据包写的登录名与签名的账号 {login} 不同，什么都没有收下。"
        raise UserError(message, field="file", kind="other_author")
    active = value(connection, "SELECT NOT disabled FROM sync.account WHERE login = %s", login)
    if not active:
        raise UserError(f"账号 {login} 已停用，什么都没有收下。", field="file", kind="disabled")
    device = str(manifest["device"])
    owner = value(connection, "SELECT login FROM sync.device WHERE device = %s", device)
    if owner not in (None, login):
        raise UserError("这台电脑登记在别人名下，什么都没有收下。", field="file", kind="account")
    return Result(login, device, manifest=manifest, box=box)


def _greet(line: Speaking, result: Result) -> None:
    """What opens every exchange: the greeting, and numbers used before this PC joined."""
    said = result.manifest
    result.hello = line.raw("hello", {**said["doc"], "device": result.device})
    if result.hello.get("stranger"):
        message = (
            "这个数据包所属的是另一个共享库，什么都没有收下。"
            "确实要交给本库的，给他本库的名片，他核对指纹、导入后再导出一次。"
        )
        raise UserError(message, field="file", kind="other_database")
    if result.hello["last_n"] > 0 and not result.hello["recovery"]:
        return
    for scope, series, year, used in said["used"]:
        pairs = [(int(no), str(entry)) for no, entry in used]
        if scope in result.hello["scopes"]:
            line.declare_used(result.device, scope, series, year, pairs, str(said["was"]))


def _sets(line: Speaking, result: Result, sets: list[dict[str, Any]]) -> None:
    by_n = {one["n"]: one for one in sets}
    for receipt in line.push(result.device, sets):
        one = by_n[receipt["n"]]
        result.receipts.append({"id": one["id"], "scope": one["scope"], "receipt": receipt})
        word = receipt["s"]
        if word not in ("ok", "rejected"):
            result.stopped = word
        elif receipt["dup"]:
            result.known += 1
        else:
            result.taken += word == "ok"
            result.refused += word == "rejected"


def _file(speak: Speak, result: Result, what: list[str], data: bytes) -> None:
    root, sha256 = what
    start, said = 0, FileAnswer("no", why="hash")
    right = hashlib.sha256(data).hexdigest() == sha256
    while right and start < len(data):
        with speak() as line:
            said = line.file_put(root, sha256, len(data), start, data[start : start + PIECE])
        if said.state != MORE or (said.have <= start and start > 0):
            break
        start = said.have
    if said.state == THERE:
        result.kept.append([root, sha256, len(data)])
        result.files += 1
    else:
        result.file_troubles.append(said.why)


def _parcel(dsn: str, result: Result, parcel: str, data: bytes, depth: int) -> None:
    """A colleague's package that this PC carried: under the colleague's signature."""
    if depth >= _DEPTH or hashlib.sha256(data).hexdigest() != parcel:
        return
    try:
        inner = _inner(dsn, data, depth)
    except (UserError, OutsideError) as error:
        if error.kind in _LATER:
            raise
        return  # it stays with who carries it; the rest is taken
    result.parcels.append(inner)
    result.parcel_ids.append(parcel)


def _inner(dsn: str, data: bytes, depth: int) -> Result:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "parcel.labx"
        path.write_bytes(data)
        return _take(dsn, _opened(dsn, path), depth + 1)


def _note(connection: Admin, opened: Opened, result: Result) -> None:
    if value(connection, "SELECT 1 FROM sync.package WHERE id = %s", opened.id) is not None:
        return
    connection.execute(
        "INSERT INTO sync.package (id, login, device, signer, signature, carrier, sets)"
        " VALUES (%s, %s, %s, %s, %s, session_user, %s)",
        (opened.id, result.login, result.device, opened.signer, opened.signature,
         len(result.receipts)),
    )  # fmt: skip


def take_parcels(dsn: str) -> list[Result | str]:
    """What colleagues' PCs carried here over the line; the id instead where nothing was taken."""
    with admin(dsn) as connection:
        query = "SELECT id FROM sync.parcel WHERE state = 'whole' ORDER BY at"
        waiting = [parcel for (parcel,) in rows(connection, query)]
    return [_taken(dsn, parcel) or parcel for parcel in waiting]


def _taken(dsn: str, parcel: str) -> Result | None:
    store = f"parcel:{parcel}"
    with admin(dsn) as connection:
        pieces = "SELECT data FROM sync.blob_piece WHERE store = %s ORDER BY start"
        data = b"".join(bytes(one) for (one,) in rows(connection, pieces, store))
    inner, why = None, "hash"
    if hashlib.sha256(data).hexdigest() == parcel:
        try:
            inner, why = _inner(dsn, data, 0), ""
        except (UserError, OutsideError) as error:
            if error.kind in _LATER:
                raise
            why = error.kind
    if why == _UNKNOWN:
        return None  # it waits until somebody has bound the author's PC to an account
    with admin(dsn) as connection:
        done = "UPDATE sync.parcel SET state = 'done', why = %s WHERE id = %s"
        connection.execute(done, (why, parcel))
        connection.execute("DELETE FROM sync.blob_piece WHERE store = %s", (store,))
    return inner
