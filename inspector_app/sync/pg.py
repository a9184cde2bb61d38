"""The line to the shared PostgreSQL: a short connection, functions only, trouble in sentences."""

import json
import os
import socket
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from threading import Timer
from typing import Any

import psycopg
from psycopg import conninfo

from inspector_app.errors import OutsideError, UserError
from inspector_app.sync import wire
from inspector_app.sync.attachments.file_line import FileAnswer, Named, SharedKeys
from inspector_app.sync.line_trouble import BUSY, trouble
from inspector_app.sync.numbers.number_line import Series, Used
from inspector_app.sync.transport import Digest, Hello, Page

_LOOPBACK = ("localhost", "127.0.0.1", "::1", "")
_CONNECT_SECONDS = 10
_CALL_MS = 60_000
_PATIENCE_SECONDS = _CALL_MS / 1000 + 15  # for one answer, when the server does not end it
_ALIVE = {"keepalives": 1, "keepalives_idle": 20, "keepalives_interval": 5, "keepalives_count": 3}
_ALIVE |= {"tcp_user_timeout": 35_000}  # ms; the same patience while something is being sent


def without_password(dsn: str) -> str:
    """The connection string as it may be kept: never with a password."""
    return conninfo.make_conninfo(**{k: v for k, v in parts_of(dsn).items() if k != "password"})


def has_password(dsn: str) -> bool:
    """Whether the string brings its password along."""
    return "password" in parts_of(dsn)


def parts_of(dsn: str) -> dict[str, Any]:
    """What a connection string says; UserError when it cannot be read."""
    try:
        return dict(conninfo.conninfo_to_dict(dsn))
    except psycopg.ProgrammingError as error:
        message = "连接串读不懂，应写成 postgresql://用户@服务器:端口/库名。"
        raise UserError(message, field="dsn") from error


def _stays_here(said: Mapping[str, Any]) -> bool:
    """Whether the line leads to this very machine, by name and by number."""
    places = [
        str(said.get(name) or os.environ.get(variable, ""))
        for name, variable in (("host", "PGHOST"), ("hostaddr", "PGHOSTADDR"))
    ]
    named = said.get("service") or os.environ.get("PGSERVICE")
    return not named and all(one in _LOOPBACK or one.startswith("/") for one in places)


def _settings(dsn: str, password: str | None) -> dict[str, Any]:
    """What is asked of libpq: encryption and the right server off this machine, and patience."""
    said = parts_of(dsn)
    asked: dict[str, Any] = {"connect_timeout": _CONNECT_SECONDS, "application_name": "inspector"}
    asked |= _ALIVE | {"options": f"-c statement_timeout={_CALL_MS:d}"} | said
    if not _stays_here(said):
        asked["sslmode"] = "verify-full"  # whatever the string says: nobody reads or poses
        asked.setdefault("channel_binding", "require")
    if password is not None:
        asked["password"] = password
    return asked


def connect(dsn: str, password: str | None = None) -> psycopg.Connection[Any]:
    """A connection under these rules; every statement commits by itself."""
    try:
        return psycopg.connect(autocommit=True, **_settings(dsn, password))
    except psycopg.Error as error:
        raise trouble(error) from error


def _written(value: object) -> object:
    """JSON as text, part by part: no other thread gets a turn while one part is written."""
    if isinstance(value, list):
        return f"[{','.join(json.dumps(one, ensure_ascii=False) for one in value)}]"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value


class PgTransport:
    """Talks to `sync_v1`; every call is one statement that commits by itself."""

    _patience = _PATIENCE_SECONDS

    def __init__(self, dsn: str, password: str | None = None) -> None:
        self._connection = connect(dsn, password)

    def _call(self, function: str, *values: object) -> Any:
        """One function that answers with one value."""
        (answer,) = next(iter(self._rows(function, *values)), (None,))
        return json.loads(answer) if isinstance(answer, str) else answer

    def _rows(self, function: str, *values: object) -> list[tuple[Any, ...]]:
        """One function with its arguments; JSON goes as text, whose type the function says."""
        arguments = ", ".join(["%s"] * len(values))
        statement = f"SELECT * FROM sync_v1.{function}({arguments})"  # noqa: S608  # names are ours
        said = [_written(value) for value in values]
        # The server ends what takes too long, unless it stands still itself: then nobody would.
        guard = Timer(self._patience, self.cut)
        guard.daemon = True
        guard.start()
        try:
            return self._connection.execute(statement.encode(), said).fetchall()
        except psycopg.Error as error:
            raise trouble(error) from error
        finally:
            guard.cancel()

    def cut(self) -> None:
        """Cut the line, from any thread: whoever waits for an answer hears that there is none."""
        with suppress(OSError, psycopg.Error):
            end = socket.socket(fileno=self._connection.pgconn.socket)
            try:
                end.shutdown(socket.SHUT_RDWR)
            finally:
                end.detach()  # libpq closes it

    def _page(self, function: str, *values: object) -> list[tuple[Any, ...]]:
        """A page; asked for the first time it may only be noted, so that nobody undoes the note."""
        for _ in range(2):
            rows = self._rows(function, *values)
            if rows and rows[0][0] is not None:
                return rows
        raise OutsideError(BUSY, kind="busy")  # its clock went back

    def hello(self, doc: Mapping[str, Any]) -> Hello:
        """Say who asks and from where on; hear what may be exchanged."""
        return Hello.of(self._call("hello", dict(doc)))

    def push(self, device: str, sets: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Deliver sets in the order of their numbers; receipts in the same order."""
        said = ",".join(wire.text_of_set(one) for one in sets)  # set by set: others get their turn
        answer = self._call("push", device, f"[{said}]")
        return [dict(one) for one in answer]

    def pull(self, scope: str, base: int, after: int, after_root: str, most: int) -> Page:
        """The next page of what changed in a scope after `base`."""
        ((answer,),) = self._page("pull", scope, base, after, after_root, most)
        return Page.of(json.loads(answer) if isinstance(answer, str) else answer)

    def load(self, scope: str, after: int, after_root: str, most: int) -> Page:
        """The next page of a first load."""
        rows = self._page("load", scope, after, after_root, most)
        return Page.of_load((str(t), str(body)) for t, body in rows)

    def digest(self, scope: str, schema: int | None = None) -> Digest:
        """What the scope must add up to, for a program of an older schema in what that knows."""
        doc = self._call("digest", scope, *([] if schema is None else [schema]))
        return Digest((doc["head"][0], doc["head"][1]), doc["rows"], str(doc["sum"]))

    def lease(self, device: str, scope: str, series: str, year: int, count: int) -> list[int]:
        """All numbers of a series on lease to this PC, filled up to `count` of them."""
        return [int(no) for no in self._call("lease", device, scope, series, year, count)]

    def release(
        self, device: str, scope: str, series: str, year: int, nos: Sequence[int], policy: str
    ) -> None:
        """Give unused numbers back."""
        self._call("release", device, scope, series, year, list(nos), policy)

    def held(self, device: str) -> dict[Series, list[int]]:
        """Everything on lease to a device of this account."""
        found = self._call("held", device)
        return {(scope, series, year): list(nos) for scope, series, year, nos in found}

    def redeclare(
        self, device: str, scope: str, series: str, year: int, nos: Sequence[int]
    ) -> list[int]:
        """After a restore: what this PC holds; those that somebody else holds come back."""
        return list(self._call("redeclare", device, scope, series, year, list(nos)))

    def declare_used(
        self, device: str, scope: str, series: str, year: int, used: Sequence[Used], was: str
    ) -> list[int]:
        """What this PC has used without a lease; those somebody else has used too come back."""
        told = [list(one) for one in used]
        return list(self._call("declare_used", device, scope, series, year, told, was))

    def register(self, scope: str, year: int) -> dict[str, Any]:
        """Every number of a scope and year with what became of it; what is borne twice."""
        return dict(self._call("register", scope, year))

    def file_want(self, asked: Sequence[Named]) -> list[FileAnswer]:
        """How the shared database stands to each of these files."""
        return [FileAnswer.of(one) for one in self._call("file_want", [list(a) for a in asked])]

    def file_put(self, root: str, sha256: str, size: int, start: int, data: bytes) -> FileAnswer:
        """Deliver a piece of a file."""
        return FileAnswer.of(self._call("file_put", root, sha256, size, start, data))

    def file_get(self, root: str, sha256: str, start: int) -> bytes | None:
        """A piece of a file; None for what is not here or not for us."""
        piece = self._call("file_get", root, sha256, start)
        if piece is None:  # perhaps the reading was only noted
            piece = self._call("file_get", root, sha256, start)
        return None if piece is None else bytes(piece)

    def file_keys(self, sign: str, box: str) -> SharedKeys | None:
        """Make the keys of this PC known and hear those of the shared database."""
        said = self._call("file_keys", sign, box)
        return said and SharedKeys(said["sign"], said["box"], said["me"], bool(said["mine"]))

    def parcel_put(self, parcel: str, size: int, start: int, data: bytes) -> int:
        """Carry a colleague's sealed package on."""
        return int(self._call("parcel_put", parcel, size, start, data))

    def as_owner(self) -> None:
        """Go on as the owner of the shared side; for administrators, whose login is no person's."""
        try:
            self._connection.execute("SET ROLE insp_owner")
        except psycopg.Error as error:
            raise trouble(error) from error

    def health(self) -> dict[str, Any]:
        """How the shared side is; only for whoever looks after it."""
        return dict(self._call("health"))

    def verify(self, scope: str, after: int, most: int) -> dict[str, Any]:
        """A piece of a history, looked at over there; only for whoever looks after it."""
        return dict(self._call("verify", scope, after, most))

    def decide(self, word: str, why: str = "") -> int:
        """Say whether history was lost, is whole, or was brought back, and why without some PC."""
        return int(self._call("decide", word, *([why] if why else [])))

    def received(self, scope: str, since: datetime, most: int) -> list[dict[str, Any]]:
        """Who received personal data and when, by day; only for whoever looks after it."""
        return [dict(one) for one in self._call("received", scope, since, most)]

    def links(self, scope: str, after: int, most: int) -> list[list[Any]]:
        """The next links of a history."""
        return [list(one) for one in self._call("links", scope, after, most)]

    def close(self) -> None:
        """Hang up."""
        self._connection.close()
