"""The way out: what waits here goes in calls, and every receipt is kept."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from inspector_app.errors import OutsideError
from inspector_app.ledger import crashpoints
from inspector_app.sync import memory, outbox, wire
from inspector_app.sync.greeting import refork
from inspector_app.sync.talk import Again, Talk


@dataclass(frozen=True, slots=True)
class _Load:
    """The sets of a call, the device they go from, and how many waited when it was made."""

    device: str
    sets: list[dict[str, Any]]
    waiting: int


class Delivery:
    """Delivers the sets of a program of that schema."""

    def __init__(self, talk: Talk, schema: int) -> None:
        self.talk, self.ledger, self.schema = talk, talk.ledger, schema

    def run(self) -> None:
        """All that waits, in its order; the next call is prepared while one is on its way."""
        done, total, ahead = 0, 0, None
        with ThreadPoolExecutor(1) as line:
            while True:
                self.talk.stop_if_asked()
                load = ahead or self._load(0)
                if not load.sets:
                    return
                total = total or load.waiting
                self.talk.tell("上传", done, total)
                crashpoints.reach("before_push")
                sets = load.sets
                self.talk.report.touched.update(
                    scope for one in sets for scope in wire.scopes_of(one)
                )
                if len(sets) < load.waiting:
                    sent = line.submit(self.talk.transport.push, load.device, sets)
                    ahead = self._load(sets[-1]["n"])
                    receipts = sent.result()
                else:
                    receipts, ahead = self.talk.transport.push(load.device, sets), None
                crashpoints.reach("after_push_before_ack")
                self._acknowledge(load.device, sets, receipts)
                ahead = ahead if _as_it_went(sets, receipts) else None
                done += len(receipts)

    def _load(self, after: int) -> _Load:
        """The next call after that number; nothing of it is sent before all is acknowledged."""
        with self.ledger.read() as view:
            sets = outbox.batch(view.connection, self.schema, after)
            waiting = outbox.count(view.connection, outbox.QUEUED, after=after)
            return _Load(memory.device(view.connection), sets, waiting)

    def _acknowledge(
        self, device: str, sets: list[dict[str, Any]], receipts: list[dict[str, Any]]
    ) -> None:
        if not receipts:
            raise OutsideError("共享库没有回执，请稍后再试。", kind="no_receipt")
        turned = False
        sent = {one["n"]: one for one in sets}
        with self.talk.work() as uow:
            if memory.device(uow.connection) != device:
                raise Again  # another exchange of this PC took a new name meanwhile
            for receipt in receipts:
                turned = turned or self._keep(uow.connection, sent.get(receipt["n"], {}), receipt)
            crashpoints.reach("mid_ack")
            uow.commit()
        if turned:
            raise Again

    def _keep(self, connection: Any, one: dict[str, Any], receipt: dict[str, Any]) -> bool:
        """Keep one receipt; True when the conversation has to begin anew."""
        word = receipt["s"]
        if word == "device_forked":
            refork(self.talk, connection)
        elif word == "id_reused":
            outbox.rename(connection, receipt["n"])
        elif word != "gap":
            known = {**receipt, "head": self.talk.heads.get(one.get("scope", ""), 0)}
            if not outbox.settle(connection, one.get("id", ""), known):
                raise OutsideError("共享库的回执对不上次序，请联系管理员。", kind="sync_order")
            self.talk.report.pushed += word == "ok"
            return False
        return True


def _as_it_went(sets: list[dict[str, Any]], receipts: list[dict[str, Any]]) -> bool:
    """Whether every set was taken without a word: only then what was prepared meanwhile goes."""
    return len(receipts) == len(sets) and all(
        one["s"] == "ok" and all(op["s"] != "conflict" for op in one["ops"]) for one in receipts
    )
