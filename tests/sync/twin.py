"""A line to the model and to PostgreSQL at once, on which both must say the same."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from inspector_app.errors import OutsideError
from inspector_app.sync.attachments.file_line import FileAnswer, Named, SharedKeys
from inspector_app.sync.first_load import spread
from inspector_app.sync.numbers.number_line import Series, Used
from inspector_app.sync.transport import Digest, Hello, Page, RootState, Transport
from tests.sync.fake_line import FakeTransport
from tests.sync.fake_server import FakeServer

SPOKEN = ("t", "row_id", "root", "grp", "base", "theirs", "mine", "state", "resolution", "reason")


def hello_of(one: Hello) -> dict[str, Any]:
    scopes = {name: (head.seq, head.write) for name, head in one.scopes.items()}
    return {"last_n": one.last_n, "forked": sorted(one.forked), "scopes": scopes}


def receipt_of(one: Mapping[str, Any]) -> dict[str, Any]:
    ops = [
        (op["s"], sorted(op.get("conflicts") or ()))
        for op in one.get("ops") or ()
        if one["s"] == "ok"
    ]
    return {
        "n": one["n"],
        "s": one["s"],
        "seq": one.get("seq"),
        "why": one.get("why") or "",
        "ops": ops,
    }


def rows_of(root: RootState) -> list[str]:
    return sorted(
        f"{row.t} {row.id} {row.rev} {row.cells and sorted(row.cells.items())}" for row in root.rows
    )


def disputes_of(root: RootState) -> list[str]:
    return sorted(
        json.dumps({name: conflict.get(name) for name in SPOKEN}, sort_keys=True)
        for conflict in root.conflicts
    )


def page_of(one: Page) -> dict[str, Any]:
    roots = [(root.root, root.seq, rows_of(root), disputes_of(root)) for root in one.roots]
    head = one.head[0] if not one.more else None
    return {"roots": roots, "more": one.more, "exits": sorted(one.exits), "head": head}


def lines_of(one: Page) -> dict[str, list[str]]:
    return {t: sorted(lines) for t, lines in one.lines.items()}


class TwinTransport:
    """Asks both, compares, and hands on what PostgreSQL said."""

    def __init__(self, server: FakeServer, me: str, connect: Callable[[str], Transport]) -> None:
        self.model = FakeTransport(server, me)
        self.real = connect(me)
        self.lose_reply_of = ""  # the next call of that name is carried out, its answer is lost
        self.twice = False  # every push arrives twice

    def _arrive(self, call: str) -> None:
        if self.lose_reply_of == call:
            self.lose_reply_of = ""
            raise OutsideError("线断了", kind="connection")

    def hello(self, doc: Mapping[str, Any]) -> Hello:
        # The chains differ by what each hashes: the model is asked at its own places of them.
        log = self.model.server.log
        own = {
            scope: [seq, log.get((scope, seq), hash_)]
            for scope, (seq, hash_) in doc["cursors"].items()
        }
        belongs = self.model.server.identity if doc.get("database") else ""
        model = self.model.hello({**doc, "cursors": own, "database": belongs})
        real = self.real.hello(doc)
        assert hello_of(model) == hello_of(real), (model, real)
        self._arrive("hello")
        return real

    def push(self, device: str, sets: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        for _ in range(1 + self.twice):
            model, real = self.model.push(device, sets), self.real.push(device, sets)
            told = [receipt_of(one) for one in model], [receipt_of(one) for one in real]
            assert told[0] == told[1], (told, model, real)
        self._arrive("push")
        return real

    def pull(self, scope: str, base: int, after: int, after_root: str, most: int) -> Page:
        asked = (scope, base, after, after_root, most)
        model, real = self.model.pull(*asked), self.real.pull(*asked)
        assert page_of(model) == page_of(real), (asked, page_of(model), page_of(real))
        self._arrive("pull")
        return real

    def load(self, scope: str, after: int, after_root: str, most: int) -> Page:
        asked = (scope, after, after_root, most)
        model, real = self.model.load(*asked), self.real.load(*asked)
        told = [page_of(replace(one, roots=spread(one), lines={})) for one in (model, real)]
        assert told[0] == told[1], (asked, told)
        assert lines_of(model) == lines_of(real), (
            asked
        )  # to the letter: they are sealed as they come
        self._arrive("pull")
        return real

    def digest(self, scope: str, schema: int | None = None) -> Digest:
        model, real = self.model.digest(scope, schema), self.real.digest(scope, schema)
        assert (model.rows, model.sum) == (real.rows, real.sum), scope
        return real

    def lease(self, device: str, scope: str, series: str, year: int, count: int) -> list[int]:
        found: list[int] = self._both("lease", device, scope, series, year, count)
        return found

    def release(
        self, device: str, scope: str, series: str, year: int, nos: Sequence[int], policy: str
    ) -> None:
        self._both("release", device, scope, series, year, nos, policy)

    def held(self, device: str) -> dict[Series, list[int]]:
        found: dict[Series, list[int]] = self._both("held", device)
        return found

    def redeclare(
        self, device: str, scope: str, series: str, year: int, nos: Sequence[int]
    ) -> list[int]:
        lost: list[int] = self._both("redeclare", device, scope, series, year, nos)
        return lost

    def declare_used(
        self, device: str, scope: str, series: str, year: int, used: Sequence[Used], was: str
    ) -> list[int]:
        twins: list[int] = self._both("declare_used", device, scope, series, year, used, was)
        return twins

    def register(self, scope: str, year: int) -> dict[str, Any]:
        model, real = self.model.register(scope, year), self.real.register(scope, year)
        assert [row[:3] for row in model["numbers"]] == [row[:3] for row in real["numbers"]]
        return real

    def _both(self, call: str, *asked: Any) -> Any:
        model, real = getattr(self.model, call)(*asked), getattr(self.real, call)(*asked)
        assert model == real, (call, asked, model, real)
        self._arrive(call)
        return real

    def file_want(self, asked: Sequence[Named]) -> list[FileAnswer]:
        model, real = self.model.file_want(asked), self.real.file_want(asked)
        assert model == real, (asked, model, real)
        self._arrive("file_want")
        return real

    def file_put(self, root: str, sha256: str, size: int, start: int, data: bytes) -> FileAnswer:
        asked = (root, sha256, size, start, data)
        model, real = self.model.file_put(*asked), self.real.file_put(*asked)
        assert model == real, (asked[:4], model, real)
        self._arrive("file_put")
        return real

    def file_get(self, root: str, sha256: str, start: int) -> bytes | None:
        model, real = (line.file_get(root, sha256, start) for line in (self.model, self.real))
        assert (model is None) == (real is None), (root, sha256, start)
        assert (model or b"").startswith(real or b""), "pieces end where they were delivered"
        self._arrive("file_get")
        return real

    def file_keys(self, sign: str, box: str) -> SharedKeys | None:
        return self.real.file_keys(sign, box)

    def parcel_put(self, parcel: str, size: int, start: int, data: bytes) -> int:
        return self.real.parcel_put(parcel, size, start, data)

    def close(self) -> None:
        self.real.close()
