"""A PC that edits and exchanges until it is killed; what it was told to be stored stands in a log.

Run as `python -m tests.helpers.chaos_pc` it is a nursery: a line of JSON on its input, the words
LEDGER DSN LOG ACCOUNT SEED, begins a process of its own and answers with its number; that number
as a line waits for its end and answers how it ended. What takes a second, reading the program, is
done once.
"""

import json
import os
import random
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from inspector_app.domain.cases import Case
from inspector_app.domain.claims import Worker
from inspector_app.errors import OutsideError
from inspector_app.ledger.ids import new_id
from inspector_app.ledger.ledger import Ledger
from inspector_app.sync.exchange import Exchange
from inspector_app.sync.pg import PgTransport
from inspector_app.sync.talk import Talk
from tests.helpers.builders import CITY, a_case, a_worker_claim

SCOPE = "410402"
FIELDS = ("note", "facts", "closing_note", "leader")
MOST_CASES = 12  # so few that two people often have the same one in hand


class Twice(PgTransport):
    """Now and then a push arrives twice, as after a lost answer."""

    dice = random.Random(0)  # noqa: S311  # a test's dice
    count = Path(os.devnull)  # grows by a byte for each

    def push(self, device: str, sets: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        if self.dice.random() < 0.3:
            super().push(device, sets)
            with self.count.open("ab") as file:
                file.write(b"2")
        return super().push(device, sets)


class Person:
    """Does something, and notes every word that was stored."""

    def __init__(self, ledger: Ledger, log: Path, me: str, seed: int) -> None:
        self.ledger, self.me, self.seed = ledger, me, seed
        self.dice = random.Random(seed)  # noqa: S311  # a test's dice
        self.log = log.open("a", encoding="utf-8")
        self.count = 0

    def word(self) -> str:
        self.count += 1
        return f"{self.me}-{self.seed}-{self.count}."

    def work(self) -> None:
        """One action; the word is noted once the ledger says it is stored."""
        word = self.word()
        with self.ledger.work("办理", actor=self.me, at=datetime.now(UTC)) as uow:
            cases = sorted(uow.find(Case), key=lambda one: one.id)
            what = self.dice.choice(("case", "edit", "edit", "edit", "worker", "trade"))
            if not cases or (what == "case" and len(cases) < MOST_CASES):
                uow.add(
                    a_case(
                        id=new_id(), case_no="", scope=SCOPE, city=CITY, project_id=None, note=word
                    )
                )
            elif what == "worker":
                one = a_worker_claim(1, case_id=self.dice.choice(cases).id).worker
                uow.add(replace(one, id=new_id(), name=word))
            elif what == "trade" and (workers := uow.find(Worker)):
                uow.save(replace(self.dice.choice(workers), trade=word))
            else:
                case = self.dice.choice(cases)
                changes: dict[str, Any] = {self.dice.choice(FIELDS): word}
                uow.save(replace(case, **changes))
            uow.commit()
        self.log.write(word + "\n")
        self.log.flush()
        os.fsync(self.log.fileno())


def main(path: str, dsn: str, log: str, me: str, seed: str) -> None:
    """Edit and exchange for ever."""
    ledger = Ledger.open(Path(path))
    person = Person(ledger, Path(log), me, int(seed))
    Twice.dice, Twice.count = person.dice, Path(log).with_suffix(".twice")
    while True:
        for _ in range(person.dice.randrange(1, 6)):
            person.work()
        try:
            line = Twice(dsn)
            try:
                Exchange(Talk(ledger, line, now=lambda: datetime.now(UTC), page=3)).run()
            finally:
                line.close()
        except OutsideError:
            continue


def born(words: Sequence[str]) -> int:
    """Begin a process that does nothing else; its number."""
    child = os.fork()
    if child:
        return child
    said = os.open(Path(words[2]).with_suffix(".err"), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(said, sys.stderr.fileno())
    main(*words)
    return 0


def nursery() -> None:
    """Serve until nobody asks any more."""
    for line in sys.stdin:
        asked = json.loads(line)
        if isinstance(asked, int):
            answer = os.waitstatus_to_exitcode(os.waitpid(asked, 0)[1])
        else:
            answer = born(asked)
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    nursery()
