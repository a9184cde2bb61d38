"""The files of the model: the same walls as the shared database, in memory."""

import hashlib
from typing import TYPE_CHECKING

from inspector_app.sync.attachments.file_line import PIECE, FileAnswer, Named

if TYPE_CHECKING:
    from tests.sync.fake_server import FakeServer

OPEN_TABLES = ("statute_text", "law_pack")


class FakeFiles:
    """Plain data, so that it goes into a backup of the model."""

    def __init__(self) -> None:
        self.blobs: dict[str, bytes] = {}
        self.links: set[Named] = set()
        self.uploads: dict[tuple[str, str, str], tuple[int, bytes]] = {}
        self.largest = 209_715_200

    def scope(self, server: "FakeServer", me: str, named: Named, *, write: bool) -> str | None:
        """The scope through which an account may speak of a file."""
        root, sha = named
        for key, (scope, _) in server.roots.items():
            if key[1] == root and scope in server.grants[me]:
                if write and not server.grants[me][scope]:
                    return None
                return scope if self._named(server, key, sha) else None
        return None

    def _named(self, server: "FakeServer", key: tuple[str, str], sha: str) -> bool:
        rows = [
            row["data"] for row in server.rows.values() if row["root"] == key and not row["gone"]
        ]
        late = [
            one["mine"] or {} for one in server.conflicts.values()
            if one["root"] == key[1] and one["state"] == "open"
        ]  # fmt: skip
        named = any(data.get("sha256") == sha for data in (*rows, *late))
        return named or any(self._inside(key[1], data, sha) for data in rows)

    def _inside(self, root: str, data: dict[str, object], sha: str) -> bool:
        parent = str(data.get("sha256", ""))
        small = len(self.blobs.get(parent, b"")) <= 16_384
        draft = data.get("state") == "draft" and (root, parent) in self.links
        return draft and small and sha.encode() in self.blobs[parent]

    def want(self, server: "FakeServer", me: str, asked: list[Named]) -> list[FileAnswer]:
        return [self._want(server, me, named) for named in asked]

    def _want(self, server: "FakeServer", me: str, named: Named) -> FileAnswer:
        if self.scope(server, me, named, write=False) is None:
            return FileAnswer("none")
        if named in self.links:
            size = len(self.blobs[named[1]])
            return FileAnswer("there", size, size)
        if self.scope(server, me, named, write=True) is None:
            return FileAnswer("none")
        size, have = self.uploads.get((me, *named), (0, b""))
        return FileAnswer("send", size, len(have))

    def put(
        self, server: "FakeServer", me: str, named: Named, size: int, start: int, data: bytes
    ) -> FileAnswer:
        if self.scope(server, me, named, write=True) is None:
            return FileAnswer("no", why="unknown")
        if named in self.links:
            return FileAnswer("there", have=size)
        if size < 1 or not 1 <= len(data) <= PIECE:
            return FileAnswer("no", why="size")
        key = (me, *named)
        if key not in self.uploads and size > self.largest:
            return FileAnswer("no", why="too_large")
        known, have = self.uploads.setdefault(key, (size, b""))
        if known != size:
            del self.uploads[key]
            return FileAnswer("no", why="size")
        if start != len(have):
            return FileAnswer("more", have=len(have))
        if len(have) + len(data) > size:
            return FileAnswer("no", why="size")
        have += data
        self.uploads[key] = (size, have)
        if len(have) < size:
            return FileAnswer("more", have=len(have))
        del self.uploads[key]
        if hashlib.sha256(have).hexdigest() != named[1]:
            return FileAnswer("no", why="hash")
        self.blobs[named[1]] = have
        self.links.add(named)
        return FileAnswer("there", have=size)

    def get(self, server: "FakeServer", me: str, named: Named, start: int) -> bytes | None:
        if self.scope(server, me, named, write=False) is None or named not in self.links:
            return None
        return self.blobs[named[1]][start : start + PIECE] or None
