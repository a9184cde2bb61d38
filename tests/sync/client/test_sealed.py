"""A package is opened whole by whom it is for, or refused whole; a card is what was signed."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector_app.errors import OutsideError, UserError
from inspector_app.sync.packages import cards, sealed
from inspector_app.sync.packages.sealed import CHUNK, Keys, Record, header, open_sealed, seal

ME, THEM, THIRD = Keys.make(), Keys.make(), Keys.make()
RECORDS: list[Record] = [{"me": "a1", "名": "演示"}, b"x" * 1000, {"end": True}, b""]


def made(path: Path, records: list[Record] = RECORDS) -> Path:
    seal(path, "to_server", records, ME, THEM.public().box)
    return path


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a small package."""
    return made(tmp_path_factory.mktemp("package") / "one.labx").read_bytes()


def refusal(path: Path, keys: Keys = THEM, kind: str = "to_server") -> str:
    with pytest.raises(UserError) as told:
        open_sealed(path, keys, kind)
    return told.value.kind


def test_what_was_put_in_comes_out(tmp_path: Path) -> None:
    opened = open_sealed(made(tmp_path / "a.labx"), THEM, "to_server")
    assert list(opened.records()) == RECORDS
    assert list(opened.records()) == RECORDS, "as often as it is read"
    assert opened.signer == ME.public().sign
    assert header(tmp_path / "a.labx")["to"] == THEM.public().box
    assert list(tmp_path.iterdir()) == [tmp_path / "a.labx"]


@pytest.mark.parametrize("size", [0, 1, CHUNK - 9, CHUNK - 8, CHUNK, 3 * CHUNK + 5])
def test_content_of_any_size_at_the_edges_of_chunks(tmp_path: Path, size: int) -> None:
    records: list[Record] = [b"y" * size]
    assert list(open_sealed(made(tmp_path / "a.labx", records), THEM).records()) == records


def test_nothing_of_it_can_be_read_outside(package: bytes) -> None:
    for text in ("a1", "演示", "xxxx"):
        assert text.encode() not in package[len(sealed.MAGIC) + 300 :]
    assert "演示".encode() not in package


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_flipped_bit_is_refused(
    package: bytes, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(package) - 1))
    bit = data.draw(st.integers(0, 7))
    broken = bytearray(package)
    broken[place] ^= 1 << bit
    path = tmp_path_factory.getbasetemp() / "flipped.labx"
    path.write_bytes(bytes(broken))
    assert refusal(path) in ("damaged", "not_a_package", "not_for_us", "wrong_kind")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_cut_and_anything_behind_it_is_refused(
    package: bytes, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.getbasetemp() / "cut.labx"
    path.write_bytes(package[: data.draw(st.integers(0, len(package) - 1))])
    assert refusal(path) in ("damaged", "not_a_package")
    path.write_bytes(package + data.draw(st.binary(min_size=1, max_size=40)))
    assert refusal(path) == "damaged"


def test_chunks_cannot_change_places_nor_be_left_out(tmp_path: Path) -> None:
    whole = made(tmp_path / "a.labx", [b"z" * (3 * CHUNK)]).read_bytes()
    head = len(sealed.MAGIC) + 2 + int.from_bytes(whole[6:8], "big")
    size = CHUNK + 16
    first, second = whole[head : head + size], whole[head + size : head + 2 * size]
    rest = whole[head + 2 * size :]
    for mixed in (second + first + rest, first + rest, first + first + rest, first + second):
        (tmp_path / "b.labx").write_bytes(whole[:head] + mixed)
        assert refusal(tmp_path / "b.labx") == "damaged"


def test_only_the_recipient_opens_it_and_only_for_its_purpose(tmp_path: Path) -> None:
    path = made(tmp_path / "a.labx")
    assert refusal(path, THIRD) == "not_for_us"
    assert refusal(path, ME) == "not_for_us"
    assert refusal(path, THEM, "answer") == "wrong_kind"
    with pytest.raises(OutsideError):
        header(tmp_path / "nothing.labx")


def test_a_signer_cannot_be_named_who_did_not_sign(tmp_path: Path, package: bytes) -> None:
    """The recipient, or whoever has the key, cannot make a package of somebody else."""
    real = sealed.Keys.public

    class Liar(Keys):
        def public(self) -> sealed.Public:
            return sealed.Public(THIRD.public().sign, real(self).box)

    seal(tmp_path / "a.labx", "to_server", RECORDS, Liar(ME.sign, ME.box), THEM.public().box)
    assert refusal(tmp_path / "a.labx") == "damaged"
    assert package


def test_a_newer_version_is_told(tmp_path: Path) -> None:
    path = made(tmp_path / "a.labx")
    data = path.read_bytes()
    path.write_bytes(data.replace(b'{"v":1', b'{"v":2', 1))
    assert refusal(path) == "not_a_package"
    path.write_bytes(b"LABX9\n" + data[6:])
    with pytest.raises(UserError, match="新版程序"):
        header(path)
    path.write_bytes(b"PK\x03\x04 something else")
    with pytest.raises(UserError, match="不是数据包"):
        header(path)


def test_a_package_that_could_not_be_written_leaves_nothing(tmp_path: Path) -> None:
    def breaks() -> Iterator[Record]:
        yield {"a": 1}
        raise OSError(28, "No space left on device")

    with pytest.raises(OutsideError):
        seal(tmp_path / "a.labx", "to_server", breaks(), ME, THEM.public().box)
    assert list(tmp_path.iterdir()) == []


def test_a_card_is_what_was_signed(tmp_path: Path) -> None:
    path = tmp_path / "card.labx"
    card = cards.write(path, cards.PC, "李某", "a1", ME)
    assert cards.read(path) == card
    assert card.public().fingerprint() == ME.public().fingerprint()
    assert len(card.public().fingerprint().replace(" ", "")) == 32
    assert cards.is_card(path)
    assert not cards.is_card(made(tmp_path / "a.labx"))
    said = json.loads(path.read_text(encoding="utf-8"))
    for change in ({"account": "b1"}, {"box": THIRD.public().box}, {"sign": THIRD.public().sign}):
        forged = {**said, "card": {**said["card"], **change}}
        path.write_text(json.dumps(forged), encoding="utf-8")
        with pytest.raises(UserError, match="不是名片"):
            cards.read(path)
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(UserError, match="不是名片"):
        cards.read(path)
