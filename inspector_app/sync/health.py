"""How the shared side is, as it tells whoever looks after it; and its histories looked through."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from inspector_app.errors import UserError
from inspector_app.ledger.changes import sha

PIECE = 2000  # links looked at in one call: well below what a call may take


@dataclass(frozen=True, slots=True)
class DeviceHealth:
    """A PC that has exchanged.

    `behind` are answers it never heard; `waiting` is its queue as it greeted last; `was` names the
    stream it went on from after an old copy of its ledger was put back, `replaced` that very one;
    `missing` while recovery waits for it.
    """

    device: str
    pc: str
    login: str
    display: str
    disabled: bool
    last_n: int
    behind: int
    waiting: int
    seen: datetime
    skew_seconds: int
    app: str
    schema: int
    was: str
    replaced: bool
    leased: int
    missing: bool = False


@dataclass(frozen=True, slots=True)
class ScopeHealth:
    """A jurisdiction: how long its history is, since when, and what is open in it."""

    scope: str
    name: str
    seq: int
    open: int
    leased: int
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Somebody's PC knows a history that is not here."""

    login: str
    device: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Health:
    """The shared side. `paused`: no number is given out; `suspected`: somebody doubts.

    `step` is the last change of its tables, `functions` the hash of what it works by, `program`
    the version that put that up ("" for both before they were told).
    """

    now: datetime
    server: str
    schema: int
    step: int
    program: str
    functions: str
    epoch: str
    numbers: str
    paused: bool
    suspected: bool
    bytes: int
    rejected: int
    doubts: tuple[Doubt, ...]
    devices: tuple[DeviceHealth, ...]
    scopes: tuple[ScopeHealth, ...]

    def open(self) -> int:
        """Conflicts nobody has decided."""
        return sum(one.open for one in self.scopes)

    def missing(self) -> tuple[DeviceHealth, ...]:
        """PCs that were not here since numbering paused: what they hold is not known yet."""
        return tuple(one for one in self.devices if one.missing and self.paused)

    def leased(self) -> int:
        """Numbers given to PCs and not used yet."""
        return sum(one.leased for one in self.scopes)

    @classmethod
    def of(cls, doc: Mapping[str, Any]) -> "Health":
        """Read the answer."""
        return cls(
            _time(doc["now"]), str(doc["server"]).split(" on ")[0], doc["schema"], doc["step"],
            str(doc.get("program", "")), str(doc.get("functions", "")),
            doc["epoch"], doc["numbers"], doc["paused"], doc["suspected"], doc["bytes"],
            doc["rejected"],
            tuple(Doubt(one["login"], one["device"], _time(one["at"])) for one in doc["doubts"]),
            tuple(map(_device, doc["devices"])), tuple(map(_scope, doc["scopes"])),
        )  # fmt: skip


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _device(one: Mapping[str, Any]) -> DeviceHealth:
    return DeviceHealth(
        one["device"], one["pc"], one["login"], one["display"], one["disabled"], one["last_n"],
        max(one["last_n"] - one["acked"], 0), one["waiting"], _time(one["seen"]),
        one["skew_seconds"] or 0, one["app"], one["schema"], one["was"], one["replaced"],
        one["leased"], bool(one.get("missing", False)),
    )  # fmt: skip


def _scope(one: Mapping[str, Any]) -> ScopeHealth:
    at = _time(one["at"]) if one["at"] else None
    return ScopeHealth(one["scope"], one["name"], one["seq"], one["open"], one["leased"], at)


@dataclass(frozen=True, slots=True)
class Broken:
    """A place where a history is not as it was written."""

    scope: str
    seq: int
    what: str


class Keeper(Protocol):
    """The line of somebody who looks after the shared side."""

    def health(self) -> Mapping[str, Any]:
        """How it is."""
        ...

    def verify(self, scope: str, after: int, most: int) -> Mapping[str, Any]:
        """A piece of a history, looked at over there."""
        ...

    def decide(self, word: str, why: str = "") -> int:
        """Say whether history was lost (`lost`), is whole, or was brought back (`done`).

        `why`: done although some PC was not here; OutsideError of kind `missing` without it.
        """
        ...


class Linked(Protocol):
    """A line that tells the links of a history."""

    def links(self, scope: str, after: int, most: int) -> Sequence[Sequence[Any]]:
        """(seq, set, login, hash of the ops, hash) of the next links."""
        ...


def look_through(
    line: Keeper,
    heads: Mapping[str, int],
    progress: Callable[[int, int], object] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> list[Broken]:
    """Have every history verified over there, a piece at a time.

    Stopped, it tells what was found until then; UserError when that is nothing: nobody may take
    a look that was broken off for a history that holds.
    """
    found: list[Broken] = []
    done, total = 0, sum(heads.values())
    for scope in sorted(heads):
        after = 0
        while not _stopped(cancelled, found):
            part = line.verify(scope, after, PIECE)
            found += [Broken(scope, seq, what) for seq, what in part["broken"]]
            done += part["checked"]
            after = part["last"]
            progress(done, max(total, done))
            if part["checked"] < PIECE:
                break
    return found


def _stopped(cancelled: Callable[[], bool], found: Sequence[Broken]) -> bool:
    if not cancelled():
        return False
    if not found:
        raise UserError("已停止，没有核对完，不能说明历史是否一致。", kind="cancelled")
    return True


def compute(
    line: Linked,
    scope: str,
    cursor: tuple[int, str],
    own: Mapping[int, str],
    cancelled: Callable[[], bool] = lambda: False,
) -> list[Broken]:
    """Compute the chain of a scope here, from its beginning.

    It must pass through the place this PC remembers, and hold at its place every set of which this
    PC has the receipt (`own`: seq -> id of the set). Stopped as `look_through`.
    """
    found: list[Broken] = []
    before, last, at_cursor = "", 0, cursor[0] == 0
    missing = dict(own)
    while not _stopped(cancelled, found):
        piece = line.links(scope, last, PIECE)
        for seq, set_id, login, ops_sha, said in piece:
            if seq != last + 1:
                found.append(Broken(scope, last + 1, "gap"))
            link = sha("|".join((before, str(seq), set_id, login, ops_sha)))
            if link != said:
                found.append(Broken(scope, seq, "link"))
            at_cursor = at_cursor or (seq, said) == cursor
            if missing.pop(seq, set_id) != set_id:
                found.append(Broken(scope, seq, "own"))
            before, last = said, seq
        if len(piece) < PIECE:
            found += [Broken(scope, seq, "own") for seq in sorted(missing)]
            if not at_cursor:
                found.append(Broken(scope, cursor[0], "cursor"))
            break
    return found
