"""A line to the model of the shared database; it may lose what it carries, or carry it twice."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from inspector_app.errors import OutsideError
from inspector_app.sync.attachments.file_line import FileAnswer, Named, SharedKeys
from inspector_app.sync.numbers.number_line import Series, Used
from inspector_app.sync.transport import BREAK, Digest, Hello, Page
from tests.sync.fake_server import Cells, FakeServer


def as_load(page: Cells) -> list[tuple[str, str]]:
    """A page from nothing on as texts by table; columns stand as jsonb has them."""
    every = [(root, row) for root in page["roots"] for row in root["rows"]]
    lines: dict[str, list[str]] = {}
    for _, row in every:
        if row["c"]:
            cells = sorted(row["c"].items(), key=lambda one: (len(one[0]), one[0]))
            text = json.dumps({"row_rev": row["rev"], **dict(cells)}, ensure_ascii=False)
            lines.setdefault(row["t"], []).append(text)
    gone = [[root["root"], row["t"], row["id"], row["rev"]] for root, row in every if not row["c"]]
    doc = {**page, "gone": gone}
    doc["conflicts"] = [one for root in page["roots"] for one in root["conflicts"]]
    doc["roots"] = [[one["root_type"], one["root"], one["seq"]] for one in page["roots"]]
    return [("", json.dumps(doc)), *((t, BREAK.join(texts)) for t, texts in lines.items())]


class FakeTransport:
    """A line to the model; what travels is JSON and nothing is shared."""

    def __init__(self, server: FakeServer, me: str) -> None:
        self.server, self.me, self.calls = server, me, 0
        self.lose_reply_of = ""  # the next call of that name is carried out, its answer is lost
        self.twice = False  # every push arrives twice

    def _travel(self, value: Any) -> Any:
        return json.loads(json.dumps(value))

    def _answer(self, call: str, value: Any) -> Any:
        self.calls += 1
        if self.lose_reply_of == call:
            self.lose_reply_of = ""
            raise OutsideError("线断了", kind="connection")
        return self._travel(value)

    def hello(self, doc: Mapping[str, Any]) -> Hello:
        return Hello.of(self._answer("hello", self.server.hello(self.me, self._travel(doc))))

    def push(self, device: str, sets: Sequence[Mapping[str, Any]]) -> list[Cells]:
        if self.twice:
            self.server.push(self.me, device, self._travel(sets))
        answer = self.server.push(self.me, device, self._travel(sets))
        receipts: list[Cells] = self._answer("push", answer)
        return receipts

    def pull(self, scope: str, base: int, after: int, after_root: str, most: int) -> Page:
        if scope not in self.server.grants[self.me]:
            raise AssertionError(f"{self.me} asked for {scope}")
        answer = self.server.pull(scope, base, after, after_root, most)
        return Page.of(self._answer("pull", answer))

    def load(self, scope: str, after: int, after_root: str, most: int) -> Page:
        if scope not in self.server.grants[self.me]:
            raise AssertionError(f"{self.me} asked for {scope}")
        answer = as_load(self.server.pull(scope, 0, after, after_root, most))
        return Page.of_load((t, body) for t, body in self._answer("pull", answer))

    def digest(self, scope: str, schema: int | None = None) -> Digest:
        doc = self._answer("digest", self.server.digest(scope, schema))
        return Digest((doc["head"][0], doc["head"][1]), doc["rows"], doc["sum"])

    def lease(self, device: str, scope: str, series: str, year: int, count: int) -> list[int]:
        here = (device, scope, series, year, count)
        nos = self.server.numbers.lease(*here, recovery=self.server.recovery)
        found: list[int] = self._answer("lease", nos)
        return found

    def release(
        self, device: str, scope: str, series: str, year: int, nos: Sequence[int], policy: str
    ) -> None:
        self.server.numbers.release(device, scope, series, year, nos, policy)
        self._answer("release", None)

    def held(self, device: str) -> dict[Series, list[int]]:
        told = self._answer("held", self.server.numbers.held(device))
        return {(scope, series, year): nos for scope, series, year, nos in told}

    def redeclare(
        self, device: str, scope: str, series: str, year: int, nos: Sequence[int]
    ) -> list[int]:
        lost = self.server.numbers.redeclare(device, scope, series, year, nos)
        return list(self._answer("redeclare", lost))

    def declare_used(
        self, device: str, scope: str, series: str, year: int, used: Sequence[Used], was: str
    ) -> list[int]:
        if not self.server.may_declare(self.me, device, scope):
            raise OutsideError("不能登记", kind="rights")
        names = {
            name for name in was.split()
            if self.server.devices.get(name, {}).get("account") == self.me
        }  # fmt: skip
        said = (device, (scope, series, year), used, names)
        return list(
            self._answer("declare", self.server.numbers.declare(*said, again=self.server.recovery))
        )

    def register(self, scope: str, year: int) -> dict[str, Any]:
        rows = [
            [
                series,
                when,
                no,
                row["state"],
                row["device"],
                row["device"][:4],
                "",
                "",
                row["state"] == "issued",
            ]
            for (place, series, when, no), row in sorted(self.server.numbers.rows.items())
            if place == scope and when in (0, year)
        ]
        return {"numbers": rows, "twins": []}

    def _heard(self, call: str, answer: FileAnswer) -> FileAnswer:
        self._answer(call, None)
        return answer

    def file_want(self, asked: Sequence[Named]) -> list[FileAnswer]:
        answer = self.server.files.want(self.server, self.me, list(asked))
        self._answer("file_want", None)
        return answer

    def file_put(self, root: str, sha256: str, size: int, start: int, data: bytes) -> FileAnswer:
        named = (root, sha256)
        answer = self.server.files.put(self.server, self.me, named, size, start, data)
        return self._heard("file_put", answer)

    def file_get(self, root: str, sha256: str, start: int) -> bytes | None:
        answer = self.server.files.get(self.server, self.me, (root, sha256), start)
        self._answer("file_get", None)
        return answer

    def file_keys(self, sign: str, box: str) -> SharedKeys | None:
        return None

    def parcel_put(self, parcel: str, size: int, start: int, data: bytes) -> int:
        return -1

    def cut(self) -> None:
        pass

    def close(self) -> None:
        pass
