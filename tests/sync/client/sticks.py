"""A PC without a line to the shared database: what it has goes to a stick and comes from one."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from inspector_app.domain.inspections import Evidence
from inspector_app.ledger.files import FileStore
from inspector_app.ledger.ids import new_id
from inspector_app.sync import memory
from inspector_app.sync.attachments.file_policy import FilePolicy, FilePost
from inspector_app.sync.exchange import Exchange
from inspector_app.sync.packages import cards, file_in, file_out, own_keys
from inspector_app.sync.packages.sealed import Keys, open_sealed
from inspector_app.sync.pg import PgTransport
from inspector_app.sync.server import answer, signers, take
from inspector_app.sync.server.take import Result
from inspector_app.sync.talk import Talk
from tests.sync.conftest import Postgres
from tests.sync.fake_server import FakeServer
from tests.sync.pcs import NOW, Pc, copied

PHOTO = b"a photo" * 1000


class Stick:
    """A PC without a line to the real shared database; what it has goes by file."""

    def __init__(self, pc: Pc, folder: Path, postgres: Postgres) -> None:
        self.pc, self.folder, self.postgres = pc, folder, postgres
        self.post = FilePost(FileStore(pc.path.with_suffix(".files")), FilePolicy("all"))
        self.count = 0

    def out(self) -> Path:
        self.count += 1
        path = self.folder / f"{self.pc.path.stem}-{self.count}.labx"
        file_out.to_server(self.pc.ledger, self.post, path, now=NOW, account=self.pc.me)
        return path

    def take_in(self, path: Path) -> file_in.Taken:
        keys = self.keys()
        opened = open_sealed(path, keys, file_out.ANSWER)
        return file_in.Answer(self.pc.ledger, self.post.store, opened, lambda: NOW).take()

    def keys(self) -> Keys:
        made: list[Keys] = []
        self.pc.do(lambda uow: made.append(own_keys.own(uow.connection)), "钥匙")
        return made[0]

    def card(self) -> cards.Card:
        return cards.write(self.folder / "card.labx", cards.PC, "李某", self.pc.me, self.keys())

    def trust(self, card: cards.Card) -> None:
        self.pc.do(lambda uow: own_keys.trust(uow.connection, card), "名片")

    def attach(self, case_id: str, data: bytes = PHOTO) -> str:
        sha256 = self.post.store.put(data)
        day = date(2026, 9, 21)
        row = Evidence(new_id(), sha256, "照片.jpg", "image/jpeg", len(data), day, case_id=case_id)
        self.pc.add(row)
        return sha256

    def online(self) -> Any:
        line = PgTransport(self.postgres.of(self.pc.me))
        try:
            return Exchange(Talk(self.pc.ledger, line, now=lambda: NOW, files=self.post)).run()
        finally:
            line.close()

    def waiting(self) -> int:
        with self.pc.ledger.read() as view:
            return len(file_out.outbox.batch(view.connection, 1))

    def cursors(self) -> dict[str, tuple[int, str]]:
        with self.pc.ledger.read() as view:
            return memory.cursors(view.connection)


def sticks(blank: Path, tmp_path: Path, postgres: Postgres) -> Iterator[Callable[[str], Stick]]:
    """A PC of an account that knows the shared database by its card and is registered there."""
    made: list[Pc] = []
    shared = signers.write_card(postgres.dsn, tmp_path / "shared.labx", "平顶山共享库")

    def make(me: str) -> Stick:
        path = copied(blank, tmp_path / f"{me}-{len(made)}.ledger")
        made.append(Pc(path, FakeServer({}), me))
        one = Stick(made[-1], tmp_path, postgres)
        one.trust(shared)
        signers.add_device(postgres.dsn, one.card(), me)
        return one

    yield make
    for one in made:
        one.ledger.close()


def there_and_back(one: Stick) -> tuple[Result, file_in.Taken]:
    result = take.take(one.postgres.dsn, one.out())
    reply = one.folder / f"answer-{one.count}.labx"
    answer.answer(one.postgres.dsn, result, reply)
    return result, one.take_in(reply)
