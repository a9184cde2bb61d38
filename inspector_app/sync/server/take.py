"""Takes packages in for people without a line: who signed is the author, whoever carries them.

The administrator's program opens a package with the key of the shared database, looks up whose key
signed it, and pushes the sets as that account: the same functions, receipts and refusals as over a
line.
"""

import hashlib
import json
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from inspector_app.errors import UserError
from inspector_app.sync.file_in import blocks
from inspector_app.sync.file_line import PIECE
from inspector_app.sync.file_out import TO_SERVER
from inspector_app.sync.sealed import Opened, open_sealed
from inspector_app.sync.server.admin import Admin, admin, rows, value
from inspector_app.sync.server.signers import keys_of

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
    parcels: list["Result"] = field(default_factory=list)
    parcel_ids: list[str] = field(default_factory=list)
    receipts: list[dict[str, Any]] = field(default_factory=list)
    kept: list[list[Any]] = field(default_factory=list)
    manifest: dict[str, Any] = field(default_factory=dict)
    box: str = ""


def take(dsn: str, path: Path) -> Result:
    """All of a package in one transaction; the same one again changes nothing."""
    with admin(dsn) as connection:
        return _take(connection, path, 0)


def _take(connection: Admin, path: Path, depth: int) -> Result:
    opened = open_sealed(path, keys_of(connection), TO_SERVER)
    result = _author(connection, opened)
    for head, data in blocks(opened.records()):
        if "sets" in head and not result.stopped:
            _sets(connection, result, head["sets"])
        elif "file" in head:
            _file(connection, result, head["file"], data)
        elif "parcel" in head:
            _parcel(connection, result, head["parcel"], data, depth)
    _note(connection, opened, result)
    return result


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
        raise UserError(message, field="file", kind="unknown_signer")
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
    # A package without a change greets all the same: its answer needs the device.
    doc = json.dumps({**manifest["doc"], "device": device})
    connection.execute("SELECT sync.greet_device(%s, %s::jsonb)", (login, doc))
    return Result(login, device, manifest=manifest, box=box)


def _sets(connection: Admin, result: Result, sets: list[dict[str, Any]]) -> None:
    call = "SELECT sync.take_sets(%s, %s, %s::jsonb, %s::json)"
    doc = json.dumps(result.manifest["doc"])
    text = json.dumps(sets, ensure_ascii=False)
    receipts = value(connection, call, result.login, result.device, doc, text)
    by_n = {one["n"]: one for one in sets}
    for receipt in receipts:
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


def _file(connection: Admin, result: Result, named: list[str], data: bytes) -> None:
    root, sha256 = named
    start, said = 0, {"s": "no", "why": "size"}
    call = "SELECT sync.file_put(%s, %s, %s, %s, %s, %s)"
    if hashlib.sha256(data).hexdigest() != sha256:
        said = {"s": "no", "why": "hash"}
    while start < len(data) and said.get("why") != "hash":
        piece = data[start : start + PIECE]
        said = value(connection, call, result.login, root, sha256, len(data), start, piece)
        if said["s"] != "more" or (said["have"] <= start and start > 0):
            break
        start = int(said["have"])
    if said["s"] == "there":
        result.kept.append([root, sha256, len(data)])
        result.files += 1
    else:
        result.file_troubles.append(str(said.get("why", "")))


def _parcel(connection: Admin, result: Result, parcel: str, data: bytes, depth: int) -> None:
    """A colleague's package that this PC carried: under the colleague's signature."""
    if depth >= _DEPTH or hashlib.sha256(data).hexdigest() != parcel:
        return
    inner = _inner(connection, data, depth)
    if inner is not None:
        result.parcels.append(inner)
        result.parcel_ids.append(parcel)


def _inner(connection: Admin, data: bytes, depth: int) -> Result | None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "parcel.labx"
        path.write_bytes(data)
        try:
            with connection.transaction():
                return _take(connection, path, depth + 1)
        except (UserError, psycopg.Error):
            return None  # it stays with who carries it; the rest is taken


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
    """What colleagues' PCs carried here over the line; a reason instead where nothing was taken."""
    found: list[Result | str] = []
    with admin(dsn) as connection:
        query = "SELECT id FROM sync.parcel WHERE state = 'whole' ORDER BY at"
        for (parcel,) in rows(connection, query):
            pieces = "SELECT data FROM sync.blob_piece WHERE store = %s ORDER BY start"
            data = b"".join(bytes(one) for (one,) in rows(connection, pieces, f"parcel:{parcel}"))
            right = hashlib.sha256(data).hexdigest() == parcel
            inner = _inner(connection, data, 0) if right else None
            why = "" if inner is not None else "refused"
            done = "UPDATE sync.parcel SET state = 'done', why = %s WHERE id = %s"
            connection.execute(done, (why, parcel))
            gone = "DELETE FROM sync.blob_piece WHERE store = %s"
            connection.execute(gone, (f"parcel:{parcel}",))
            found.append(inner if inner is not None else parcel)
    return found
