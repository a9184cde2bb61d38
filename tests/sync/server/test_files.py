"""Files on the shared side: whole or not there, through an aggregate one sees, or unknown."""

import hashlib
from collections.abc import Callable
from typing import Any

import pytest

from inspector_app.sync.attachments.file_line import PIECE, FileAnswer
from inspector_app.sync.server import files as admin_files
from tests.sync.conftest import Postgres
from tests.sync.fake_line import FakeTransport
from tests.sync.fake_server import FakeServer
from tests.sync.pcs import GRANTS
from tests.sync.server.pushes import A, B, Sender, case, dele, ins, move, uid, upd
from tests.sync.twin import TwinTransport

Make = Callable[..., Sender]
PHOTO = b"a photo" * 100
SHA = hashlib.sha256(PHOTO).hexdigest()
UNKNOWN = FileAnswer("none")
NOBODY = FileAnswer("no", why="unknown")


def photo(name: str, of: str, sha: str = SHA) -> dict[str, Any]:
    row = {"sha256": sha, "case_id": uid(of), "added_on": "2026-09-21", "name": "照片.jpg"}
    return ins("evidence", name, **row)


def send(line: Any, root: str, data: bytes, sha: str = "", piece: int = PIECE) -> FileAnswer:
    sha = sha or hashlib.sha256(data).hexdigest()
    said = FileAnswer("more")
    for start in range(0, len(data), piece):
        said = line.file_put(uid(root), sha, len(data), start, data[start : start + piece])
    return said


def fetch(line: Any, root: str, sha: str = SHA) -> bytes | None:
    data = b""
    while (piece := line.file_get(uid(root), sha, len(data))) is not None:
        data += piece
    return data or None


def test_a_file_is_there_when_it_is_whole_and_comes_back_from_any_byte(sender: Make) -> None:
    one, other = sender("a1"), sender("a2")
    one.push(case("c"), photo("p", "c"))
    assert one.line.file_want([(uid("c"), SHA)]) == [FileAnswer("send")]
    half = one.line.file_put(uid("c"), SHA, len(PHOTO), 0, PHOTO[:300])
    assert half == FileAnswer("more", have=300)
    assert one.line.file_want([(uid("c"), SHA)]) == [FileAnswer("send", len(PHOTO), 300)]
    assert other.line.file_want([(uid("c"), SHA)]) == [FileAnswer("send")]
    assert other.line.file_get(uid("c"), SHA, 0) is None
    again = one.line.file_put(uid("c"), SHA, len(PHOTO), 0, PHOTO[:300])
    assert again == half, "a repeated piece changes nothing"
    done = one.line.file_put(uid("c"), SHA, len(PHOTO), 300, PHOTO[300:])
    assert done == FileAnswer("there", have=len(PHOTO))
    assert fetch(other.line, "c") == PHOTO
    for start in (0, 1, 299, 300, 301, len(PHOTO) - 1):
        piece = other.line.file_get(uid("c"), SHA, start)
        assert piece is not None
        assert PHOTO[start:].startswith(piece)
    for start in (-1, len(PHOTO), 10**12):
        assert other.line.file_get(uid("c"), SHA, start) is None


def test_what_does_not_hash_to_its_name_is_not_kept(sender: Make, postgres: Postgres) -> None:
    one = sender("a1")
    one.push(case("c"), photo("p", "c"))
    assert send(one.line, "c", b"something else", SHA) == FileAnswer("no", why="hash")
    assert postgres.ask("SELECT count(*) FROM sync.blob_piece") == [(0,)]
    assert send(one.line, "c", PHOTO).state == "there"
    assert send(one.line, "c", PHOTO).state == "there", "twice is once"
    assert postgres.ask("SELECT count(*), sum(octet_length(data)) FROM sync.blob_piece") == [
        (1, len(PHOTO))
    ]


def test_another_county_learns_nothing_about_a_file_it_knows_the_hash_of(sender: Make) -> None:
    one, thief = sender("a1"), sender("b1")
    one.push(case("c"), photo("p", "c"))
    send(one.line, "c", PHOTO)
    in_b = {**case("d", scope=B), "scope": B}
    thief.push(in_b, {**photo("q", "d"), "scope": B}, scope=B)
    nowhere = "0" * 64
    for root, sha in ((uid("c"), SHA), (uid("c"), nowhere), (uid("x"), SHA), ("", ""), ("?", "'")):
        assert thief.line.file_want([(root, sha)]) == [UNKNOWN]
        assert thief.line.file_get(root, sha, 0) is None
        assert thief.line.file_put(root, sha, 3, 0, b"abc") == NOBODY
    # Its own row names the hash: it is asked for the content like everybody, and told no byte.
    assert thief.line.file_want([(uid("d"), SHA)]) == [FileAnswer("send")]
    assert thief.line.file_get(uid("d"), SHA, 0) is None
    assert send(thief.line, "d", b"a guess", SHA) == FileAnswer("no", why="hash")
    assert thief.line.file_get(uid("d"), SHA, 0) is None
    assert send(thief.line, "d", PHOTO).state == "there", "who has the content has it"


def test_a_file_goes_with_its_case_and_is_gone_with_its_row(sender: Make) -> None:
    one, city, there = sender("a1"), sender("city"), sender("b1")
    one.push(case("c"), photo("p", "c"))
    send(one.line, "c", PHOTO)
    city.push(move("c", A, B))
    assert fetch(one.line, "c") is None
    assert one.line.file_want([(uid("c"), SHA)]) == [UNKNOWN]
    assert fetch(there.line, "c") == PHOTO
    row = {"sha256": SHA, "case_id": uid("c"), "added_on": "2026-09-21", "name": "照片.jpg"}
    there.push({**dele("evidence", "p", "c", **row), "scope": B}, scope=B)
    assert fetch(there.line, "c") is None


def test_personal_files_need_the_grant_and_every_reading_is_noted(
    sender: Make, postgres: Postgres
) -> None:
    one = sender("a1")
    law = ins("law_pack", "w", version="1", sha256=SHA, effective_from="2026-01-01",
              accepted_on="2026-01-02")  # fmt: skip
    one.push(case("c"), photo("p", "c"), law)
    send(one.line, "c", PHOTO)
    assert send(one.line, "w", PHOTO).state == "there"
    postgres.ask("UPDATE sync.scope_grant SET can_pii = false WHERE login = 'a2'")
    masked = sender("a2")
    assert fetch(masked.line, "c") is None
    assert fetch(masked.line, "w") == PHOTO
    assert fetch(one.line, "c") == PHOTO
    read = "SELECT login, detail->>'root' FROM sync.event WHERE kind = 'file_read' ORDER BY at"
    assert postgres.ask(read) == [("a2", uid("w")), ("a1", uid("c"))]


def test_who_may_only_read_delivers_nothing(sender: Make, postgres: Postgres) -> None:
    one = sender("a1")
    one.push(case("c"), photo("p", "c"))
    postgres.ask("UPDATE sync.scope_grant SET can_write = false WHERE login = 'a2'")
    reader = sender("a2")
    assert reader.line.file_want([(uid("c"), SHA)]) == [UNKNOWN]
    assert send(reader.line, "c", PHOTO) == NOBODY


def test_limits_of_size_of_room_and_of_what_is_under_way(sender: Make, postgres: Postgres) -> None:
    one = sender("a1")
    small, other = b"s" * 50, b"o" * 60
    names = [hashlib.sha256(data).hexdigest() for data in (small, other)]
    one.push(case("c"), photo("p", "c"), *(photo(f"p{k}", "c", s) for k, s in enumerate(names)))
    postgres.ask("UPDATE sync.file_limit SET largest = 100, of_scope = 80, unfinished = 90")
    assert send(one.line, "c", PHOTO) == FileAnswer("no", why="too_large")
    assert one.line.file_put(uid("c"), names[0], 50, 0, small[:5]).state == "more"
    assert one.line.file_put(uid("c"), names[1], 60, 0, other[:5]).why == "too_many"
    assert one.line.file_put(uid("c"), names[0], 50, 5, small[5:]).state == "there"
    assert one.line.file_put(uid("c"), names[1], 60, 0, other[:5]).why == "no_room"
    assert one.line.file_put(uid("c"), names[1], 1, 0, b"").why == "size"
    assert one.line.file_put(uid("c"), names[1], 2, 0, b"x" * 3).why == "size"
    assert one.line.file_put(uid("c"), SHA, 10, 0, b"x" * (PIECE + 1)).why == "size"


def test_the_edited_text_of_a_draft_brings_its_own_files(sender: Make) -> None:
    one = sender("a1")
    record = f'{{"pdf": "{SHA}", "docx": ""}}'.encode()
    name = hashlib.sha256(record).hexdigest()
    paper = ins("paper", "d", case_id=uid("c"), kind="order", values="{}", state="draft",
                sha256=name, fonts="[]")  # fmt: skip
    one.push(case("c"), paper)
    assert one.line.file_want([(uid("c"), SHA)]) == [UNKNOWN]
    assert send(one.line, "c", record).state == "there"
    assert send(one.line, "c", PHOTO).state == "there"
    assert fetch(one.line, "c") == PHOTO


def test_nothing_kept_is_ever_overwritten(sender: Make, postgres: Postgres) -> None:
    one = sender("a1")
    one.push(case("c"), photo("p", "c"))
    send(one.line, "c", PHOTO)
    for statement in (
        "UPDATE sync.blob_piece SET data = 'x'",
        "UPDATE sync.blob SET size = 1",
        "UPDATE sync.blob_link SET root = 'x'",
    ):
        with pytest.raises(Exception, match="append-only"):
            postgres.ask(statement)


def test_sweeping_takes_what_nothing_stands_on(sender: Make, postgres: Postgres) -> None:
    one = sender("a1")
    second = b"another" * 9
    name = hashlib.sha256(second).hexdigest()
    one.push(case("c"), photo("p", "c"), case("k"), photo("q", "k", name), photo("r", "k"))
    send(one.line, "c", PHOTO)
    send(one.line, "k", second)
    one.line.file_put(uid("k"), SHA, len(PHOTO), 0, PHOTO[:10])
    postgres.ask("UPDATE sync.row SET gone = true WHERE root = %s", uid("k"))
    assert admin_files.sweep(postgres.dsn, days=1).files == 0, "not yet"
    sender("a2").push(upd("evidence", "q", "k", note=("", "x")))  # of a row that is gone
    assert admin_files.sweep(postgres.dsn, days=0).links == 0, "disputed"
    postgres.ask("UPDATE sync.conflict SET state = 'resolved'")
    swept = admin_files.sweep(postgres.dsn, days=0)
    assert (swept.links, swept.files) == (1, 1)
    assert fetch(one.line, "c") == PHOTO
    assert postgres.ask("SELECT count(*) FROM sync.blob_piece") == [(1,)]
    assert admin_files.standing(postgres.dsn).files == 1


def test_what_the_later_side_names_is_taken_while_it_is_disputed(sender: Make) -> None:
    server = FakeServer(GRANTS)
    line = TwinTransport(server, "a1", lambda who: sender(who).line)
    one, two = Sender(line, "pc-1"), Sender(line, "pc-2")
    for each in (one, two):
        each.hello()
    late = b"the later one"
    sha = hashlib.sha256(late).hexdigest()
    one.push(case("c"), photo("p", "c"))
    one.push(upd("evidence", "p", "c", sha256=(SHA, "1" * 64)))
    assert two.line.file_want([(uid("c"), sha)]) == [UNKNOWN]
    receipt = two.push(upd("evidence", "p", "c", sha256=(SHA, sha)))
    assert two.line.file_want([(uid("c"), sha)]) == [FileAnswer("send")]
    send(two.line, "c", late)
    assert fetch(one.line, "c", sha) == late
    assert receipt["ops"][0]["s"] == "conflict"


def test_the_model_and_postgresql_answer_alike_about_files(sender: Make) -> None:
    server = FakeServer(GRANTS)
    lines = {who: TwinTransport(server, who, lambda w: sender(w).line) for who in ("a1", "b1")}
    one, thief = (Sender(lines[who], f"pc-{who}") for who in ("a1", "b1"))
    for each in (one, thief):
        each.hello()
    one.push(case("c"), photo("p", "c"))
    thief.push({**case("d", scope=B), "scope": B}, {**photo("q", "d"), "scope": B}, scope=B)
    for each, root in ((thief, "c"), (one, "c"), (thief, "d"), (one, "d")):
        each.line.file_want([(uid(root), SHA), (uid(root), "1" * 64), (uid("x"), SHA)])
        send(each.line, root, b"wrong", SHA)
        each.line.file_put(uid(root), SHA, len(PHOTO), 7, PHOTO[7:9])
        send(each.line, root, PHOTO, piece=123)
        each.line.file_want([(uid(root), SHA)])
        fetch(each.line, root)
    one.push(upd("evidence", "p", "c", note=("", "x")))
    fetch(one.line, "c")


def test_the_model_has_the_same_limits() -> None:
    server = FakeServer(GRANTS)
    line = FakeTransport(server, "a1")
    one = Sender(line, "pc")
    one.hello()
    one.push(case("c"), photo("p", "c"))
    server.files.largest = 5
    assert send(line, "c", PHOTO) == FileAnswer("no", why="too_large")
