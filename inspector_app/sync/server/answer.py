"""The answer to a package: what the PC would have heard over a line, sealed for that PC alone."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from inspector_app.sync.packages.file_out import ANSWER, file_records
from inspector_app.sync.packages.sealed import Record, seal
from inspector_app.sync.server.admin import admin
from inspector_app.sync.server.signers import keys_of
from inspector_app.sync.server.take import Result, Speak, Speaking, conversation

PAGE = 200
MOST_BYTES_BACK = 512 * 1024 * 1024


def answer(dsn: str, result: Result, out: Path) -> str:
    """What the PC would have heard over a line: receipts, numbers, pages, files it lacks."""
    with admin(dsn) as connection:
        keys = keys_of(connection)
    with conversation(dsn, result.login) as speak:
        return seal(out, ANSWER, said_back(speak, result), keys, result.box)


def said_back(speak: Speak, result: Result) -> Iterator[Record]:
    """The records of an answer, asked for as the account would ask, a step at a time."""
    said = result.manifest
    cursors = said["doc"].get("cursors") or {}
    with speak() as line:
        hello = line.raw("hello", {**said["doc"], "device": result.device})
        leased = _leases(line, result, hello)
    bases = {
        scope: 0 if scope in hello["forked"] else int((cursors.get(scope) or [0])[0])
        for scope in sorted(hello["scopes"])
    }
    yield {
        "device": result.device, "serial": said["serial"], "hello": hello,
        "acked": said["doc"]["acked"], "receipts": result.receipts, "pages": bases,
        "kept": result.kept, "parcels": result.parcel_ids, "last": said["last"],
        "leases": leased, "returned": said["returning"],
    }  # fmt: skip
    for scope, base in bases.items():
        yield from _pages(speak, scope, base)
    yield from _files_back(speak, result)


def _leases(line: Speaking, result: Result, hello: dict[str, Any]) -> list[list[Any]]:
    """Numbers this PC gives back, and those it is to hold from now on."""
    if hello["recovery"]:
        return []
    write = {scope for scope, head in hello["scopes"].items() if head["write"]}
    for scope, series, year, nos, why in result.manifest["returning"]:
        if scope in write:
            line.release(result.device, scope, series, year, nos, why)
    return [
        [scope, series, year, line.lease(result.device, scope, series, year, count)]
        for scope, series, year, count in result.manifest["stock"]
        if scope in write
    ]


def _pages(speak: Speak, scope: str, base: int) -> Iterator[Record]:
    after, root = base + 1, ""
    while True:
        with speak() as line:
            page = line.raw("pull", scope, base, after, root, PAGE)
        yield {"page_of": scope, "page": page}
        if not page["more"]:
            return
        after, root = page["next"]


def _files_back(speak: Speak, result: Result) -> Iterator[Record]:
    room = MOST_BYTES_BACK
    for root, sha256 in result.manifest.get("wants") or ():
        data = b""
        while room > 0:
            with speak() as line:
                piece = line.file_get(root, sha256, len(data))
            if piece is None:
                break
            data += piece
            room -= len(piece)
        if data and hashlib.sha256(data).hexdigest() == sha256:
            yield from file_records((root, sha256), data)
