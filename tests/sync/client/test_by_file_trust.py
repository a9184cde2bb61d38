"""Who signs a package is its author, and nobody else can be; a card is trusted by a person."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from inspector_app.errors import UserError
from inspector_app.ledger.ids import new_id
from inspector_app.sync import memory
from inspector_app.sync.packages import cards, file_in, file_out, own_keys
from inspector_app.sync.packages.sealed import Keys, open_sealed, seal
from inspector_app.sync.pg import PgTransport
from inspector_app.sync.server import answer, signers, take
from tests.sync.client.sticks import Stick, there_and_back
from tests.sync.conftest import Postgres
from tests.sync.pcs import NOW

Make = Callable[[str], Stick]


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


@pytest.mark.parametrize("missing", ["device", "doc", "used", "serial"])
def test_a_package_made_by_hand_is_refused_in_words(
    stick: Make, postgres: Postgres, missing: str
) -> None:
    one = stick("a1")
    server = signers.make_keys(postgres.dsn)
    records = list(open_sealed(one.out(), _keys_of_server(postgres)).records())
    manifest = records[0]
    assert isinstance(manifest, dict)
    made = one.folder / "made.labx"
    less = {name: value for name, value in manifest.items() if name != missing}
    seal(made, file_out.TO_SERVER, [less, {"sets": [7]}], one.keys(), server.box)
    with pytest.raises(UserError) as told:
        take.take(postgres.dsn, made)
    assert told.value.kind == "damaged"
    assert postgres.ask("SELECT count(*) FROM sync.changeset") == [(0,)]
    hand = one.folder / "hand.labx"
    seal(hand, file_out.HAND_OVER, [{"who": "甲"}], one.keys(), one.keys().public().box)
    with pytest.raises(UserError) as told:
        file_in.hand_over(one.pc.ledger, one.post.store, open_sealed(hand, one.keys()), NOW)
    assert told.value.kind == "damaged"


def test_a_parcel_of_a_pc_nobody_bound_yet_waits_until_somebody_does(
    stick: Make, postgres: Postgres
) -> None:
    one, other = stick("a1"), stick("a2")
    one.pc.new_case()
    path = one.folder / "hand.labx"
    file_out.hand_over(one.pc.ledger, one.post, path, other.card(), title="甲", case_id="",
                       copy=b"%PDF", now=NOW, name="李某", account="a1")  # fmt: skip
    file_in.hand_over(other.pc.ledger, other.post.store, open_sealed(path, other.keys()), NOW)
    signers.revoke_device(postgres.dsn, one.keys().public().fingerprint())
    other.online()
    (refused,) = take.take_parcels(postgres.dsn)
    assert isinstance(refused, str)
    signers.add_device(postgres.dsn, one.card(), "a1")
    (result,) = take.take_parcels(postgres.dsn)
    assert isinstance(result, take.Result)
    assert result.taken == 1
    postgres.ask("UPDATE sync.parcel SET state = 'coming'")
    postgres.ask("SELECT sync.sweep_files(0)")
    assert postgres.ask("SELECT count(*) FROM sync.parcel") == [(0,)]
