"""The queue of files: what rows name and one side lacks goes over, piece by piece, hash-verified.

Nothing is queued: the rows say what there is, the shared database says what it has. A round is
bounded, so that changes never wait behind films; one file in trouble does not stop the others.
"""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import delete, insert, select

from inspector_app.errors import OutsideError
from inspector_app.ledger import crashpoints
from inspector_app.ledger.schema.exchange import sync_file, sync_piece
from inspector_app.sync import memory
from inspector_app.sync.attachments import file_names as names
from inspector_app.sync.attachments.file_line import (
    ASKED_A_CALL,
    MORE,
    PIECE,
    SEND,
    THERE,
    FileAnswer,
    Named,
)
from inspector_app.sync.attachments.file_names import NamedFile
from inspector_app.sync.attachments.file_policy import FilePost
from inspector_app.sync.packages import own_keys, parcels
from inspector_app.sync.talk import Talk
from inspector_app.sync.transport import Hello

POINTS = ("before_piece", "after_piece", "piece_kept", "before_file_mark")
FILES, LOOKED = "files", "files_looked"
BYTES_A_ROUND = 32 * 1024 * 1024
HASH, UNREADABLE, STUCK = "hash", "unreadable", "stuck"
_NO_FUNCTIONS = "server_too_old"


class FileRound:
    """One bounded round of the queue; `more` says whether another would find something to do."""

    def __init__(self, talk: Talk, post: FilePost, hello: Hello) -> None:
        self.talk, self.store, self.policy = talk, post.store, post.policy
        self.hello, self.ledger, self.line = hello, talk.ledger, talk.transport
        self.room = BYTES_A_ROUND
        self.more = False
        self.known: dict[Named, Any] = {}
        self.own: set[str] = set()
        self.scopes: dict[str, str] = {}
        self.gone: set[str] = set()

    def run(self) -> None:
        """Send what they lack, fetch what we lack; nothing at all when nothing happened."""
        try:
            self._run()
        except OutsideError as error:
            if error.kind != _NO_FUNCTIONS:
                raise  # else all stays where it is until the administrator brings it up to date

    def _run(self) -> None:
        me, now = self.talk.report.me, self.talk.now()
        own_keys.introduce(self.ledger, self.line, me, now)
        parcels.carry(self.ledger, self.line, self.store, me, now)
        looked = self._looked()
        todo = self._todo(looked)
        if todo is None:
            return
        self._go(todo)
        if not self.more:
            self._note(looked)

    def _looked(self) -> list[object]:
        """What a look depends on: the day, the history of the server and ours."""
        today = self.talk.now().date().isoformat()
        return [today, self.hello.epoch, self.ledger.head()[0]]

    def _todo(self, looked: list[object]) -> list[NamedFile] | None:
        """The files to ask about; None when nothing can have changed since the last look."""
        with self.ledger.read() as view:
            connection = view.connection
            before = memory.get(connection, LOOKED)
            due = sync_file.c.again.between("0", self.talk.now().isoformat())
            asked = (sync_file.c.wanted == 1) | due
            again = connection.execute(select(sync_file.c.sha256).where(asked).limit(1)).first()
            if before == looked and not again and not self.hello.recovery:
                return None
            anew = before is None or before[:2] != looked[:2] or self.hello.recovery
            open_until = None if anew else self.talk.now().isoformat()
            found = names.every_file(connection, self.store, open_until)
            self.gone = names.leftovers(connection, found) if anew else set()
            self.known = names.known(connection, found)
            self.own = names.own_roots(connection, self.policy.person)
            self.scopes = names.scopes_of(connection, {one.root for one in found})
            return found

    def _note(self, looked: list[object]) -> None:
        with self.talk.work() as uow:
            memory.put(uow.connection, LOOKED, looked)
            names.forget(uow.connection, self.gone)  # pieces of what nobody names any more
            uow.commit()

    def _comes(self, one: NamedFile, size: int) -> bool:
        """Whether a file comes without being asked for, and this account may have it."""
        if one.t in names.LAW:
            return True
        head = self.hello.scopes.get(self.scopes.get(one.root, ""))
        if head is None or not head.pii:
            return False
        row = self.known.get(one.named)
        if row is not None and row.wanted:
            return True
        return self.policy.takes(one, size, self.own)

    # ── asking ───────────────────────────────────────────────────────────────────────────────
    def _go(self, todo: Sequence[NamedFile]) -> None:
        up: list[tuple[NamedFile, FileAnswer]] = []
        down: list[tuple[NamedFile, FileAnswer]] = []
        for start in range(0, len(todo), ASKED_A_CALL):
            part = todo[start : start + ASKED_A_CALL]
            self.talk.stop_if_asked()
            answers = self.line.file_want([one.named for one in part])
            for one, said in self._sorted(list(zip(part, answers, strict=True))):
                (up if said.state == SEND else down).append((one, said))
        total = len(up) + len(down)
        waiting = [*sorted(up, key=_size), *sorted(down, key=_size)]
        for done, (one, said) in enumerate(waiting):
            if self.room <= 0:
                self.more = True
                return
            self.talk.tell("传附件", done, total)
            (self._send if said.state == SEND else self._fetch)(one, said)

    def _sorted(
        self, answers: Sequence[tuple[NamedFile, FileAnswer]]
    ) -> list[tuple[NamedFile, FileAnswer]]:
        """Keep what is settled at once, return what has to go over."""
        going: list[tuple[NamedFile, FileAnswer]] = []
        settled: list[tuple[NamedFile, str, int]] = []
        for one, said in answers:
            here = self.store.has(one.sha256)
            if said.state == SEND and here:
                going.append((one, said))
            elif said.state == THERE:
                if not here and self._comes(one, said.size):
                    going.append((replace(one, size=said.size), said))
                else:
                    settled.append((one, names.AT_THE_SERVER, said.size))
            elif not (here and _edited(one)):  # what the text consists of goes once it is known
                settled.append((one, names.ABSENT, 0))
        if settled:
            self._settle(settled)
        return going

    def _settle(self, settled: Collection[tuple[NamedFile, str, int]]) -> None:
        changed = [
            (one, state, size)
            for one, state, size in settled
            if state == names.ABSENT
            or (row := self.known.get(one.named)) is None
            or (row.state, row.size, row.wanted) != (state, size, 0)
        ]
        if not changed:
            return
        now = self.talk.now()
        with self.ledger.work("同步", actor=self.talk.report.me, at=now) as uow:
            for one, state, size in changed:
                row = self.known.get(one.named)
                if state == names.AT_THE_SERVER:
                    names.remember(uow.connection, one.named, state, size=size)
                    continue
                tries = row.tries + 1 if row is not None else 0
                names.remember(
                    uow.connection, one.named, state, size=one.size, tries=tries,
                    wanted=bool(row is not None and row.wanted and tries < 3),
                    again=now + names.pause(tries),
                )  # fmt: skip
            uow.commit()

    # ── sending ──────────────────────────────────────────────────────────────────────────────
    def _send(self, one: NamedFile, said: FileAnswer) -> None:
        try:
            data = self.store.get(one.sha256)
        except OutsideError:
            self._trouble(one, UNREADABLE)
            return
        start = said.have
        while True:
            self.talk.stop_if_asked()
            piece = data[start : start + PIECE]
            crashpoints.reach("before_piece")
            answer = self.line.file_put(one.root, one.sha256, len(data), start, piece)
            crashpoints.reach("after_piece")
            self.room -= len(piece)
            if answer.state == THERE:
                self._arrived(one, len(data))
                self.talk.report.files_sent += 1
                return
            if answer.state != MORE or (answer.have == start and start > 0):
                self._trouble(one, answer.why or STUCK)
                return
            start = answer.have if answer.have < len(data) else 0

    def _trouble(self, one: NamedFile, why: str) -> None:
        """This one cannot go now; it is tried again, the others go on."""
        row = self.known.get(one.named)
        tries = row.tries + 1 if row is not None else 3
        now = self.talk.now()
        with self.ledger.work("同步", actor=self.talk.report.me, at=now) as uow:
            names.remember(
                uow.connection, one.named, names.TROUBLE, size=one.size, why=why, tries=tries,
                again=now + names.pause(tries),
            )  # fmt: skip
            uow.commit()
        self.talk.report.file_troubles += 1

    def _arrived(self, one: NamedFile, size: int) -> None:
        crashpoints.reach("before_file_mark")
        now = self.talk.now()
        with self.ledger.work("同步", actor=self.talk.report.me, at=now) as uow:
            names.remember(uow.connection, one.named, names.AT_THE_SERVER, size=size)
            uow.connection.execute(delete(sync_piece).where(sync_piece.c.sha256 == one.sha256))
            uow.commit()
        self.more = self.more or _edited(one)

    # ── fetching ─────────────────────────────────────────────────────────────────────────────
    def _fetch(self, one: NamedFile, said: FileAnswer) -> None:
        if self.store.has(one.sha256):  # two records named the same file
            self._arrived(one, said.size)
            return
        pieces = self._pieces(one.sha256)
        have = sum(len(piece) for piece in pieces)
        while have < said.size:
            self.talk.stop_if_asked()
            crashpoints.reach("before_piece")
            piece = self.line.file_get(one.root, one.sha256, have)
            crashpoints.reach("after_piece")
            if not piece:
                self._trouble(one, "none")
                return
            pieces.append(piece)
            if have or len(piece) < said.size:
                self._keep(one.sha256, have, piece)
            have += len(piece)
            self.room -= len(piece)
        data = b"".join(pieces)
        if hashlib.sha256(data).hexdigest() != one.sha256:
            self._forget(one.sha256)
            self._trouble(one, HASH)
            return
        self.store.put(data)
        self._arrived(one, said.size)
        self.talk.report.files_received += 1

    def _pieces(self, sha256: str) -> list[bytes]:
        query = select(sync_piece.c.data).where(sync_piece.c.sha256 == sha256)
        with self.ledger.read() as view:
            return list(view.connection.scalars(query.order_by(sync_piece.c.start)))

    def _keep(self, sha256: str, start: int, piece: bytes) -> None:
        with self.talk.work() as uow:
            row = {"sha256": sha256, "start": start, "data": piece}
            uow.connection.execute(insert(sync_piece).prefix_with("OR IGNORE"), row)
            uow.commit()
        crashpoints.reach("piece_kept")

    def _forget(self, sha256: str) -> None:
        with self.talk.work() as uow:
            uow.connection.execute(delete(sync_piece).where(sync_piece.c.sha256 == sha256))
            uow.commit()


def _edited(one: NamedFile) -> bool:
    """A file of a draft's edited text: its record says which others there are."""
    return one.t == "paper" and not one.issued


def _size(going: tuple[NamedFile, FileAnswer]) -> int:
    one, said = going
    return said.size or one.size
