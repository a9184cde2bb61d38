"""A line beside the ledger file that remembers its last step, so that a loss is noticed.

SQLite drops what follows a damaged frame of its write-ahead log without a word: the ledger opens,
whole and shorter. The line is written after a step is durable. It may lag behind (a kill, a power
cut), it is never ahead of what was stored: a ledger behind its line has lost steps, or somebody
put an older copy in its place. It holds numbers and hashes only, nothing of any case.
"""

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from inspector_app.ledger import changes
from inspector_app.ledger.schema.machinery import changeset

ENDING, LOST = ".last", ".lost"
IN_LINE = "last_step"  # under this name a writing connection knows the line of its ledger
_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Step:
    """The last step known: its number and hash, the hash of step 1 (which ledger it is), and up
    to which step the shared database had everything."""

    seq: int
    hash: str
    first: str
    shared: int = 0


@dataclass(frozen=True, slots=True)
class Loss:
    """Steps that were stored and are no longer there; `shared` as in Step."""

    last: int  # the last step that was stored
    here: int  # the last one that is left of those
    shared: int

    def words(self, backups: Path) -> str:
        """What is gone and what to do."""
        gone = f"第 {self.here + 1} 至 {self.last} 步"
        said = f"本机台账少了最后 {self.last - self.here} 步操作（{gone}），可能是台账文件受损。"
        if self.shared > self.here:
            upto = f"第 {min(self.shared, self.last)} 步为止的"
            said += f"{upto}共享库都有，同步一次就取回；"
        else:
            said += "同步过的内容同步一次就取回；"
        said += f"其余的请从备份（{backups}）里找，或者补录。"
        return said + "如果是自己换回了旧台账，不必处理。"


class LastStep:
    """The line of one ledger file."""

    def __init__(self, ledger: Path) -> None:
        self._path = ledger.with_name(ledger.name + ENDING)
        self._lost = ledger.with_name(ledger.name + LOST)
        self._first = ""
        self._noted = False

    def read(self) -> Step | None:
        """What it says; None when there is no whole line."""
        with suppress(OSError, ValueError):
            *words, check = self._path.read_text(encoding="ascii").split()
            seq, shared, digest, first = words
            if changes.sha(" ".join(words)) == check:
                return Step(int(seq), digest, first, int(shared))
        return None

    def note(self, seq: int, digest: str, *, shared: bool = False) -> None:
        """Remember a step that is durable by now; `shared` when nothing waits for delivery.

        Without fsync: a line that lags behind after a power cut is no harm. Trouble with it never
        stops a save.
        """
        known = self.read()
        first = self._first or (digest if seq == 1 else known.first if known else "")
        if not first or (known and known.first == first and known.seq > seq):
            return
        self._first = first
        upto = known.shared if known and known.first == first else 0
        words = f"{seq:0{_DIGITS}d} {seq if shared else upto:0{_DIGITS}d} {digest} {first}"
        line = f"{words} {hashlib.sha256(words.encode()).hexdigest()}\n".encode()
        with suppress(OSError):
            how = os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0)
            place = os.open(self._path, how | (0 if known else os.O_TRUNC), 0o600)
            try:
                os.write(place, line)  # always of one length, so nothing is cut off first
            finally:
                os.close(place)
            self._noted = True

    def compare(self, connection: Connection, said: Step | None) -> Loss | None:
        """What is missing of what the line `said` before this snapshot began.

        The line then says what is here, so that work goes on; the loss is kept until `known`.
        """
        seq, digest = changes.head(connection)
        self._first = _hash_of(connection, 1)
        ours = said is not None and self._first in ("", said.first)
        if said is None or not ours or _hash_of(connection, said.seq) == said.hash:
            loss = None
        else:
            loss = Loss(said.seq, min(seq, said.seq - 1), said.shared)
            self._keep(loss)
        if said is not None and (loss is not None or not ours):
            with suppress(OSError):
                self._path.unlink(missing_ok=True)
        if not ours and said is not None:
            self.known()  # what was lost was lost to another ledger
        if seq:
            self.note(seq, digest)
        return loss

    def _keep(self, loss: Loss) -> None:
        before = self.loss() or loss
        both = Loss(max(before.last, loss.last), min(before.here, loss.here), loss.shared)
        with suppress(OSError):
            self._lost.write_text(json.dumps(asdict(both)), encoding="ascii")

    def loss(self) -> Loss | None:
        """The loss found at an opening that nobody has said to know of."""
        with suppress(OSError, ValueError, TypeError):
            return Loss(**json.loads(self._lost.read_text(encoding="ascii")))
        return None

    def known(self) -> None:
        """Somebody has read of the loss."""
        with suppress(OSError):
            self._lost.unlink(missing_ok=True)

    def forget(self) -> None:
        """Another ledger takes this place on purpose: nothing of the former is missing in it."""
        with suppress(OSError):
            self._path.unlink(missing_ok=True)
        self.known()

    def settle(self) -> None:
        """Have what was noted here on the disk itself."""
        if self._noted:
            with suppress(OSError), self._path.open("rb+") as line:
                os.fsync(line.fileno())
        self._noted = False


def _hash_of(connection: Connection, seq: int) -> str:
    query = select(changeset.c.hash).where(changeset.c.seq == seq)
    return str(connection.scalar(query) or "")
