"""A ledger that lost its last steps says so: SQLite itself drops a damaged log without a word."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from inspector_app.domain.parties import Employer
from inspector_app.ledger.last_step import ENDING, Loss
from inspector_app.ledger.ledger import Ledger
from inspector_app.ledger.rewrite import Rewriting
from tests.helpers.builders import an_employer

NOW = datetime(2026, 9, 21, 9, 30, tzinfo=UTC)
KEY = bytes(range(32))
STEPS = 6


def rename(ledger: Ledger, name: str) -> None:
    with ledger.work("改名", actor="演示", at=NOW) as uow:
        uow.save(replace(uow.get(Employer, "employer-1"), name=name))
        uow.commit()


def killed(at: Ledger, folder: Path) -> Path:
    """What a kill -9 would leave at this moment, elsewhere."""
    folder.mkdir()
    for path in at.path.parent.glob(f"{at.path.name}*"):
        if not path.name.endswith("-shm"):
            shutil.copy(path, folder)
    return folder / at.path.name


@pytest.fixture(scope="module")
def begun(blank_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Path]:
    """A closed ledger of two steps, open (False) and encrypted (True)."""
    made = {}
    for sealed in (False, True):
        path = tmp_path_factory.mktemp("begun") / "ledger.db"
        shutil.copy(blank_ledger, path)
        ledger = Ledger.open(path)
        if sealed:
            ledger.rekey(KEY, Rewriting(lambda _head: None))
        with ledger.work("登记", actor="演示", at=NOW) as uow:
            uow.add(an_employer())
            uow.commit()
        rename(ledger, "甲")
        ledger.close()
        made[sealed] = path
    return made


@pytest.fixture
def sealed() -> bool:
    return False


@pytest.fixture
def worked(sealed: bool, begun: dict[bool, Path], tmp_path: Path) -> Iterator[Ledger]:
    """A ledger with six steps, of which the last four stand in its log alone."""
    shutil.copytree(begun[sealed].parent, tmp_path / "here")
    ledger = Ledger.open(tmp_path / "here" / "ledger.db", key=KEY if sealed else None)
    for number in range(STEPS - 2):
        rename(ledger, f"演示单位{number}")
    yield ledger
    ledger.close()


def reopened(path: Path, like: Ledger) -> Ledger:
    return Ledger.open(path, key=KEY if like.is_encrypted() else None)


@pytest.mark.parametrize(
    ("harm", "sealed"),
    [("one byte", False), ("one byte", True), ("cut", False), ("gone", False)],
)
def test_lost_steps_are_told_until_somebody_knows(
    worked: Ledger, tmp_path: Path, harm: str
) -> None:
    path = killed(worked, tmp_path / "there")
    log = path.with_name(path.name + "-wal")
    raw = bytearray(log.read_bytes())
    if harm == "one byte":
        raw[len(raw) * 3 // 4] ^= 1
    log.write_bytes(raw if harm == "one byte" else raw[: len(raw) // 2])
    if harm == "gone":
        log.unlink()
    opened = reopened(path, worked)
    left = opened.head()[0]
    assert 2 <= left < STEPS
    assert opened.lost() == Loss(STEPS, left, 0)
    rename(opened, "接着办")  # work goes on, and the loss is not forgotten over it
    opened.close()
    again = reopened(path, worked)
    assert again.lost() == Loss(STEPS, left, 0)
    (found,) = again.check()
    assert (found.kind, found.where) == ("lost", f"第 {left + 1} 步起")
    assert str(path.parent / "backup") in found.message
    again.last_step.known()
    assert again.check() == []
    again.close()


def test_no_kill_raises_an_alarm_and_a_line_may_lag_or_be_spoiled(
    worked: Ledger, tmp_path: Path
) -> None:
    line = worked.path.with_name(worked.path.name + ENDING)
    older = line.read_bytes()
    rename(worked, "之后")
    for place, said in enumerate((line.read_bytes(), older, b"", older[:80], b"\0" * 100)):
        path = killed(worked, tmp_path / f"there{place}")
        path.with_name(line.name).write_bytes(said)
        opened = reopened(path, worked)
        assert opened.lost() is None
        opened.close()


def test_a_copy_and_another_ledger_in_its_place_open_normally(
    worked: Ledger, blank_ledger: Path, tmp_path: Path
) -> None:
    bare = worked.backup(tmp_path / "bare" / "ledger.db")
    opened = reopened(bare, worked)
    assert opened.lost() is None
    opened.close()
    (tmp_path / "other").mkdir()
    other = Ledger.open(Path(shutil.copy(blank_ledger, tmp_path / "other" / "ledger.db")))
    with other.work("登记", actor="演示", at=NOW) as uow:
        uow.add(an_employer())
        uow.commit()
    place = killed(other, tmp_path / "swapped")
    other.close()
    shutil.copy(worked.path.with_name(worked.path.name + ENDING), place.with_name("ledger.db.last"))
    swapped = Ledger.open(place)
    assert swapped.lost() is None
    swapped.close()


def test_what_the_shared_database_had_is_said_apart(tmp_path: Path) -> None:
    backups = tmp_path / "backup"
    assert "第 5 步为止的共享库都有" in Loss(8, 3, 5).words(backups)
    assert "少了最后 5 步操作（第 4 至 8 步）" in Loss(8, 3, 5).words(backups)
    assert "共享库都有" not in Loss(8, 5, 5).words(backups)


def test_the_line_says_nothing_of_any_case(worked: Ledger) -> None:
    said = worked.path.with_name(worked.path.name + ENDING).read_text(encoding="ascii")
    assert all(set(word) <= set("0123456789abcdef") for word in said.split())
