"""A line to the model of the shared database; it may lose what it carries, or carry it twice."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from inspector_app.errors import OutsideError
from inspector_app.sync.file_line import FileAnswer, Named, SharedKeys
from inspector_app.sync.transport import Digest, Hello, Page
from tests.sync.fake_server import Cells, FakeServer


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

    def digest(self, scope: str) -> Digest:
        doc = self._answer("digest", self.server.digest(scope))
        return Digest((doc["head"][0], doc["head"][1]), doc["rows"], doc["sum"])

    def lease(self, device: str, scope: str, series: str, year: int, count: int) -> list[int]:
        taken = [key[3] for key in self.server.numbers if key[:3] == (scope, series, year)]
        nos = [max(taken, default=0) + place for place in range(1, count + 1)]
        self.server.numbers.update({(scope, series, year, no): device for no in nos})
        return nos

    def release(
        self, device: str, scope: str, series: str, year: int, nos: Sequence[int], policy: str
    ) -> None:
        for no in nos:
            self.server.numbers[scope, series, year, no] = policy

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

    def close(self) -> None:
        pass
