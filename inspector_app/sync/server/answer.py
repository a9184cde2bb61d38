"""The answer to a package: what the PC would have heard over a line, sealed for that PC alone."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from inspector_app.sync.file_out import ANSWER, file_records
from inspector_app.sync.sealed import Record, seal
from inspector_app.sync.server.admin import Admin, admin, value
from inspector_app.sync.server.signers import keys_of
from inspector_app.sync.server.take import Result

PAGE = 200
MOST_BYTES_BACK = 512 * 1024 * 1024


def answer(dsn: str, result: Result, out: Path) -> str:
    """What the PC would have heard over a line: receipts, pages of its scopes, files it lacks."""
    with admin(dsn) as connection:
        keys = keys_of(connection)
        return seal(out, ANSWER, _answer(connection, result), keys, result.box)


def _answer(connection: Admin, result: Result) -> Iterator[Record]:
    cursors = result.manifest["doc"].get("cursors") or {}
    greeting = value(
        connection, "SELECT sync.greeting_for(%s, %s, %s::jsonb)",
        result.login, result.device, json.dumps(cursors),
    )  # fmt: skip
    bases = {
        scope: 0 if scope in greeting["forked"] else int((cursors.get(scope) or [0])[0])
        for scope in sorted(greeting["scopes"])
    }
    yield {
        "device": result.device, "serial": result.manifest["serial"], "hello": greeting,
        "acked": result.manifest["doc"]["acked"], "receipts": result.receipts, "pages": bases,
        "kept": result.kept, "parcels": result.parcel_ids,
    }  # fmt: skip
    for scope, base in bases.items():
        yield from _pages(connection, result.login, scope, base)
    yield from _files_back(connection, result)


def _pages(connection: Admin, login: str, scope: str, base: int) -> Iterator[Record]:
    after, root = base + 1, ""
    call = "SELECT sync.page_for(%s, %s, %s, %s, %s, %s)"
    while True:
        page = value(connection, call, login, scope, base, after, root, PAGE)
        yield {"page_of": scope, "page": page}
        if not page["more"]:
            return
        after, root = page["next"]


def _files_back(connection: Admin, result: Result) -> Iterator[Record]:
    room = MOST_BYTES_BACK
    call = "SELECT sync.file_get(%s, %s, %s, %s)"
    for root, sha256 in result.manifest.get("wants") or ():
        data = b""
        while room > 0:
            piece = value(connection, call, result.login, root, sha256, len(data))
            if piece is None:
                break
            data += bytes(piece)
            room -= len(piece)
        if data and hashlib.sha256(data).hexdigest() == sha256:
            yield from file_records((root, sha256), data)
