"""By file instead of line: the same sets, rules and receipts, and an author nobody can forge."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from inspector_app.domain.cases import Case
from inspector_app.domain.inspections import Evidence
from inspector_app.errors import OutsideError, UserError
from inspector_app.ledger.files import FileStore
from inspector_app.ledger.ids import new_id
from inspector_app.sync import cards, file_in, file_out, memory, own_keys, parcels
from inspector_app.sync.exchange import Exchange
from inspector_app.sync.file_policy import FilePolicy, FilePost
from inspector_app.sync.pg import PgTransport
from inspector_app.sync.sealed import Keys, open_sealed, seal
from inspector_app.sync.server import answer, signers, take
from inspector_app.sync.server.take import Result
from tests.sync.conftest import Postgres
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
            return Exchange(self.pc.ledger, line, now=lambda: NOW, files=self.post).run()
        finally:
            line.close()

    def waiting(self) -> int:
        with self.pc.ledger.read() as view:
            return len(file_out.outbox.batch(view.connection, 1))

    def cursors(self) -> dict[str, tuple[int, str]]:
        with self.pc.ledger.read() as view:
            return memory.cursors(view.connection)


Make = Callable[[str], Stick]


@pytest.fixture
def stick(blank: Path, tmp_path: Path, postgres: Postgres) -> Iterator[Make]:
    """A PC of an account that knows the shared database by its card and is registered there."""
    made: list[Pc] = []
    shared = signers.write_card(postgres.dsn, tmp_path / "shared.labx", "平顶山共享库")

    def make(me: str) -> Stick:
        path = copied(blank, tmp_path / f"{me}-{len(made)}.ledger")
        made.append(Pc(path, None, me, lambda _server, _me: None))  # type: ignore[arg-type]
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


def test_a_pc_that_never_had_a_line_exchanges_by_stick(stick: Make) -> None:
    one, other = stick("a1"), stick("a2")
    case_id = one.pc.new_case(note="甲")
    sha256 = one.attach(case_id)
    result, taken = there_and_back(one)
    assert (result.login, result.taken, result.refused, result.files) == ("a1", 2, 0, 1)
    assert (taken.receipts, taken.refused, taken.old, taken.again) == (2, 0, False, ())
    assert one.waiting() == 0
    _, taken = there_and_back(other)
    assert taken.received == 2
    assert other.pc.case(case_id).note == "甲"
    other.pc.edit(Case, case_id, facts="乙")
    result, taken = there_and_back(other)
    assert taken.files == 1
    assert other.post.store.get(sha256) == PHOTO
    there_and_back(one)
    assert one.pc.case(case_id).facts == "乙"
    assert one.pc.rows() == other.pc.rows()
    assert one.cursors() == other.cursors()
    for each in (one, other):
        assert each.online().pushed == 0, "what went by file is known over the line"
        assert each.pc.ledger.check() == []
    assert one.postgres.ask("SELECT DISTINCT login FROM sync.changeset ORDER BY 1") == [
        ("a1",), ("a2",),
    ]  # fmt: skip


def test_the_same_package_and_the_same_answer_twice_change_nothing(stick: Make) -> None:
    one = stick("a1")
    one.attach(one.pc.new_case())
    path = one.out()
    first = take.take(one.postgres.dsn, path)
    state = "SELECT scope, seq, hash FROM sync.head ORDER BY 1"
    before = one.postgres.ask(state)
    again = take.take(one.postgres.dsn, path)
    assert one.postgres.ask(state) == before
    assert (first.taken, again.taken, again.known) == (2, 0, 2)
    reply = one.folder / "reply.labx"
    answer.answer(one.postgres.dsn, again, reply)
    assert one.take_in(reply).receipts == 2
    rows, cursors = one.pc.rows(), one.cursors()
    repeated = one.take_in(reply)
    assert (repeated.receipts, repeated.received, repeated.old) == (0, 0, True)
    assert (one.pc.rows(), one.cursors()) == (rows, cursors)


@pytest.mark.long
def test_packages_and_answers_out_of_their_order_lose_nothing(stick: Make) -> None:
    one = stick("a1")
    case_id = one.pc.new_case(note="1")
    first = one.out()
    one.pc.edit(Case, case_id, note="2")
    second = one.out()
    one.pc.edit(Case, case_id, note="3")
    results = [take.take(one.postgres.dsn, path) for path in (second, first)]
    assert [(one_.taken, one_.known) for one_ in results] == [(2, 0), (0, 1)]
    replies = [one.folder / f"r{k}.labx" for k in range(2)]
    for result, reply in zip(results, replies, strict=True):
        answer.answer(one.postgres.dsn, result, reply)
    assert one.take_in(replies[0]).receipts == 2
    assert one.take_in(replies[1]).old
    assert one.pc.case(case_id).note == "3"
    there_and_back(one)
    assert one.postgres.ask("SELECT data->>'note' FROM sync.row WHERE t = 'case'") == [("3",)]
    assert one.pc.refused() == []


@pytest.mark.long
def test_a_missing_package_is_waited_for(stick: Make) -> None:
    one = stick("a1")
    case_id = one.pc.new_case()
    one.online()
    one.pc.edit(Case, case_id, note="lost")
    one.out()
    image = one.postgres.ask("SELECT last_n FROM sync.device")
    one.pc.edit(Case, case_id, note="later")
    # The later package holds the earlier sets too: nothing that has no receipt is left out.
    result, _ = there_and_back(one)
    assert (result.taken, result.stopped, image) == (2, "", [(1,)])


@pytest.mark.long
def test_both_edit_the_same_and_it_is_a_conflict_as_over_a_line(stick: Make) -> None:
    one, other = stick("a1"), stick("a2")
    case_id = one.pc.new_case()
    there_and_back(one)
    there_and_back(other)
    one.pc.edit(Case, case_id, note="甲")
    other.pc.edit(Case, case_id, note="乙")
    there_and_back(one)
    _, taken = there_and_back(other)
    assert taken.disputed == 1
    (conflict,) = other.pc.conflicts()
    assert (conflict.mine_by, conflict.theirs_by) == ("a2", "a1")
    other.pc.resolve(conflict.id, "mine")
    there_and_back(other)
    there_and_back(one)
    assert one.pc.case(case_id).note == "乙"


def test_an_unknown_a_revoked_or_a_disabled_signer_changes_nothing(
    stick: Make, postgres: Postgres
) -> None:
    one = stick("a1")
    one.pc.new_case()
    path = one.out()
    mark = one.keys().public().fingerprint()
    assert (("a1", mark, False)) in signers.signers(postgres.dsn)
    assert signers.revoke_device(postgres.dsn, mark.lower()) == "a1"
    with pytest.raises(UserError) as told:
        take.take(postgres.dsn, path)
    assert told.value.kind == "unknown_signer"
    signers.add_device(postgres.dsn, one.card(), "a1")
    postgres.ask("UPDATE sync.account SET disabled = true WHERE login = 'a1'")
    with pytest.raises(UserError) as told:
        take.take(postgres.dsn, path)
    assert told.value.kind == "disabled"
    with pytest.raises(UserError):
        signers.add_device(postgres.dsn, one.card(), "nobody")
    with pytest.raises(UserError):
        signers.revoke_device(postgres.dsn, "0000")
    assert postgres.ask("SELECT count(*) FROM sync.changeset") == [(0,)]


def test_nobody_signs_for_somebody_else(stick: Make, postgres: Postgres) -> None:
    one, thief = stick("a1"), stick("b1")
    case_id = one.pc.new_case()
    there_and_back(one)
    genuine = one.out()
    server = signers.make_keys(postgres.dsn)
    records = list(open_sealed(genuine, _keys_of_server(postgres)).records())
    assert isinstance(records[0], dict)
    change = {"t": "case", "id": case_id, "root": case_id, "root_type": "case", "k": "upd"}
    change |= {"scope": "410402", "c": {"note": ["", "forged"]}, "gb": {}}
    sets = {"sets": [{"n": 2, "id": new_id(), "part": 0, "scope": "410402", "at": "", "actor": "a1",
                      "action": "x", "why": "", "schema": 3, "ops": [change]}]}  # fmt: skip
    forged = one.folder / "forged.labx"
    for manifest, why in (
        (records[0], "other_author"),  # says a1, signed by b1
        ({**records[0], "me": "b1"}, "account"),  # says b1, but that PC is registered for a1
    ):
        seal(forged, file_out.TO_SERVER, [manifest, sets], thief.keys(), server.box)
        with pytest.raises(UserError) as told:
            take.take(postgres.dsn, forged)
        assert told.value.kind == why
    honest = {**records[0], "me": "b1", "device": "pc-of-b1"}
    sets["sets"][0]["n"] = 1
    seal(forged, file_out.TO_SERVER, [honest, sets], thief.keys(), server.box)
    result = take.take(postgres.dsn, forged)
    assert (result.login, result.taken, result.refused) == ("b1", 0, 1)
    assert result.receipts[0]["receipt"]["why"] == "scope_not_granted"
    assert postgres.ask("SELECT count(*) FROM sync.row WHERE data->>'note' = 'forged'") == [(0,)]


def _keys_of_server(postgres: Postgres) -> Keys:
    ((sign, box),) = postgres.ask("SELECT sign_private, box_private FROM sync.file_key")
    return Keys(str(sign), str(box))


def test_an_answer_of_somebody_else_or_for_another_pc_is_refused(
    stick: Make, postgres: Postgres
) -> None:
    one, other = stick("a1"), stick("a2")
    result = take.take(postgres.dsn, one.out())
    reply = one.folder / "reply.labx"
    answer.answer(postgres.dsn, result, reply)
    with pytest.raises(UserError) as told:
        other.take_in(reply)
    assert told.value.kind == "not_for_us"
    records = list(open_sealed(reply, one.keys()).records())
    seal(reply, file_out.ANSWER, records, other.keys(), one.keys().public().box)
    with pytest.raises(UserError) as told:
        one.take_in(reply)
    assert told.value.kind == "unknown_signer"
    one.pc.do(lambda uow: memory.new_device(uow.connection))
    answer.answer(postgres.dsn, result, reply)
    with pytest.raises(UserError) as told:
        one.take_in(reply)
    assert told.value.kind == "other_device"


def test_the_keys_are_known_after_one_exchange_over_the_line(
    stick: Make, postgres: Postgres
) -> None:
    one = stick("a1")
    postgres.ask("DELETE FROM sync.signer")
    one.pc.do(lambda uow: memory.put(uow.connection, own_keys.SERVER, None))
    with pytest.raises(UserError) as told:
        one.out()
    assert told.value.kind == "no_server_keys"
    one.online()
    assert [who for who, _, _ in signers.signers(postgres.dsn)] == ["a1"]
    one.pc.new_case()
    assert there_and_back(one)[0].taken == 1
    stolen = PgTransport(postgres.of("b1"))
    public = one.keys().public()
    said = stolen.file_keys(public.sign, public.box)
    stolen.close()
    assert said is not None
    assert not said.mine, "a key that is another's stays another's"


def test_a_case_handed_to_a_colleague_reaches_the_server_under_its_author(
    stick: Make, postgres: Postgres
) -> None:
    one, other = stick("a1"), stick("a2")
    case_id = one.pc.new_case(note="甲")
    one.attach(case_id)
    path = one.folder / "hand.labx"
    made = file_out.hand_over(
        one.pc.ledger, one.post, path, other.card(), title="案件 甲", copy=b"%PDF", now=NOW,
        name="李某", account="a1",
    )  # fmt: skip
    assert (made.sets, made.files) == (2, 1)
    keys, store = other.keys(), other.post.store
    for old in (False, True):
        opened = open_sealed(path, keys, file_out.HAND_OVER)
        taken = file_in.hand_over(other.pc.ledger, store, opened, NOW)
        assert (taken.who, taken.title, taken.known, taken.old) == ("李某", "案件 甲", False, old)
    (parcel,) = parcels.parcels(other.pc.ledger)
    assert store.get(parcel.copy) == b"%PDF"
    with pytest.raises(UserError):
        open_sealed(store.path(parcel.id), keys)
    assert other.pc.find(Case) == [], "nothing unconfirmed stands among the cases"
    other.online()
    assert parcels.parcels(other.pc.ledger)[0].state == "done"
    (result,) = take.take_parcels(postgres.dsn)
    assert isinstance(result, Result)
    assert (result.login, result.taken, result.files) == ("a1", 2, 1)
    assert take.take_parcels(postgres.dsn) == []
    other.online()
    assert other.pc.case(case_id).note == "甲"
    assert one.online().pushed == 2, "the author hears that it is known"
    assert postgres.ask("SELECT DISTINCT login FROM sync.changeset") == [("a1",)]
    assert postgres.ask("SELECT max(seq) FROM sync.head") == [(2,)]


@pytest.mark.long
def test_a_parcel_goes_along_with_the_carriers_own_package(stick: Make, postgres: Postgres) -> None:
    one, other = stick("a1"), stick("a2")
    case_id = one.pc.new_case(note="甲")
    path = one.folder / "hand.labx"
    file_out.hand_over(one.pc.ledger, one.post, path, other.card(), title="甲", copy=b"%PDF",
                       now=NOW, name="李某", account="a1")  # fmt: skip
    opened = open_sealed(path, other.keys())
    file_in.hand_over(other.pc.ledger, other.post.store, opened, NOW)
    other.pc.new_case(note="乙")
    result, _ = there_and_back(other)
    assert [(each.login, each.taken) for each in (result, *result.parcels)] == [
        ("a2", 1), ("a1", 1),
    ]  # fmt: skip
    assert parcels.parcels(other.pc.ledger)[0].state == "done"
    assert other.pc.case(case_id).note == "甲"
    signers.revoke_device(postgres.dsn, one.keys().public().fingerprint())
    other.pc.new_case()
    assert there_and_back(other)[0].taken == 1, "a parcel that is refused stops nothing"


@pytest.mark.long
def test_an_answer_that_is_older_than_the_line_takes_nothing_back(stick: Make) -> None:
    one = stick("a1")
    case_id = one.pc.new_case(note="1")
    result = take.take(one.postgres.dsn, one.out())
    reply = one.folder / "reply.labx"
    answer.answer(one.postgres.dsn, result, reply)
    one.pc.edit(Case, case_id, note="2")
    one.online()
    cursors = one.cursors()
    taken = one.take_in(reply)
    assert (taken.receipts, taken.received, taken.again) == (0, 0, ())
    assert one.pc.case(case_id).note == "2"
    assert one.cursors() == cursors


@pytest.mark.long
def test_a_server_put_back_gets_by_file_what_it_forgot(stick: Make, postgres: Postgres) -> None:
    one = stick("a1")
    case_id = one.pc.new_case(note="1")
    there_and_back(one)
    for table in ("delivery", "commit_log", "changeset", "audit"):
        postgres.ask(f"ALTER TABLE sync.{table} DISABLE TRIGGER USER")
        postgres.ask(f"DELETE FROM sync.{table}")  # noqa: S608  # names of ours
    postgres.ask("DELETE FROM sync.row; DELETE FROM sync.root")
    postgres.ask("UPDATE sync.head SET seq = 0, hash = ''; UPDATE sync.device SET last_n = 0")
    one.pc.edit(Case, case_id, note="2")
    result, taken = there_and_back(one)
    assert result.stopped == "gap"
    result, taken = there_and_back(one)
    assert (result.taken, taken.again) == (2, ())
    assert one.pc.case(case_id).note == "2"
    assert one.pc.ledger.check() == []


def test_a_damaged_package_changes_nothing_on_either_side(stick: Make, postgres: Postgres) -> None:
    one = stick("a1")
    one.pc.new_case()
    path = one.out()
    whole = path.read_bytes()
    path.write_bytes(whole[:-20])
    with pytest.raises(UserError):
        take.take(postgres.dsn, path)
    assert postgres.ask("SELECT count(*) FROM sync.device") == [(0,)]
    path.write_bytes(whole)
    result = take.take(postgres.dsn, path)
    reply = one.folder / "reply.labx"
    answer.answer(postgres.dsn, result, reply)
    reply.write_bytes(reply.read_bytes()[:-20])
    with pytest.raises(UserError):
        one.take_in(reply)
    assert one.waiting() == 1


def test_a_line_that_is_only_written_down_does_nothing_else(stick: Make) -> None:
    one = stick("a1")
    result = take.take(one.postgres.dsn, one.out())
    reply = one.folder / "reply.labx"
    answer.answer(one.postgres.dsn, result, reply)
    opened = open_sealed(reply, one.keys())
    played = file_in.Answer(one.pc.ledger, one.post.store, opened, lambda: NOW)
    with pytest.raises(OutsideError):
        played.exchange.transport.push("pc", [])


def test_who_had_a_card_of_another_shared_database_is_asked(stick: Make, tmp_path: Path) -> None:
    one = stick("a1")
    path = tmp_path / "other.labx"
    other = cards.write(path, cards.SHARED, "别处", "", Keys.make())
    with pytest.raises(UserError) as told:
        one.trust(other)
    assert told.value.kind == "other_keys"
    one.pc.do(lambda uow: own_keys.trust(uow.connection, other, again=True))
    with pytest.raises(UserError, match="名片"), one.pc.ledger.read() as view:
        file_out.choose_colleague(view.connection, "李某")
    one.trust(replace(one.card(), name="王某"))
    with one.pc.ledger.read() as view:
        assert file_out.choose_colleague(view.connection, "王某").account == "a1"


def test_a_login_that_nobody_knows_here_has_to_be_said(stick: Make) -> None:
    one = stick("a1")
    with pytest.raises(UserError) as told:
        file_out.to_server(one.pc.ledger, one.post, one.folder / "x.labx", now=NOW)
    assert told.value.kind == "no_account"


def test_only_the_administrators_own_session_can_speak_for_an_author(postgres: Postgres) -> None:
    postgres.ask("INSERT INTO sync.acting (login, by_login) VALUES ('a1', 'insp_admin')")
    line = PgTransport(postgres.of("b1"))
    doc = {"device": "pc-b1", "app": "t", "schema": 3, "now": NOW.isoformat(), "cursors": {}}
    assert line.hello({**doc, "acked": 0, "protocol": 1}).me == "b1"
    line.close()
    with postgres.line("b1") as bare, pytest.raises(Exception, match="permission denied"):
        bare.execute("INSERT INTO sync.acting (login, by_login) VALUES ('a1', 'b1')")
