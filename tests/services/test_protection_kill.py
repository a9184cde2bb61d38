"""A kill at any point leaves the ledger whole: as it was, or as it was to become."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from inspector_app.domain.parties import Employer
from inspector_app.ledger.crashpoints import REWRITING
from inspector_app.ledger.ids import new_id
from inspector_app.services import accounts, protection
from inspector_app.services.accounts import Login, Safe
from inspector_app.vault import keyfile
from tests.helpers.builders import an_employer
from tests.helpers.encrypt_child import WAYS, bare_desk, change
from tests.helpers.vaults import NOW, OTHER, PASSWORD

REPO = Path(__file__).resolve().parents[2]
PHOTOS = [f"现场照片{number}：向大山".encode() * 50 for number in range(3)]
NO_RETURN = REWRITING.index("rewrite_replaced")


# Where each way turns from the old state to the new one; the rest in the long tier.
TURNS = ("rewrite_ready", "rewrite_replaced", "files_aside")
FEW = tuple((what, point) for what in WAYS for point in REWRITING if point in TURNS)
REST = tuple((what, point) for what in WAYS for point in REWRITING if (what, point) not in FEW)


def kill_all(folder: Path, where: tuple[tuple[str, str], ...]) -> None:
    """A copy of a ledger for each way and point, killed there."""
    desk = bare_desk(folder / "plain")
    with desk.ledger.work("登记", actor="演示", at=NOW) as uow:
        uow.add(an_employer())
        uow.commit()
    for photo in PHOTOS:
        desk.files.put(photo)
    desk.ledger.close()
    shutil.copytree(folder / "plain", folder / "sealed")
    change(folder / "sealed", "encrypt")
    names = [f"{what}-{point}" for what, point in where]
    done = subprocess.run(
        [sys.executable, "-m", "tests.helpers.encrypt_child", folder, *names],
        cwd=REPO,
        capture_output=True,
        text=True,
        check=True,
    )
    ends = dict(line.split() for line in done.stdout.splitlines())
    assert ends == dict.fromkeys(names, str(-signal.SIGKILL)), done.stderr


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The few."""
    folder = tmp_path_factory.mktemp("killed")
    kill_all(folder, FEW)
    shutil.copytree(folder / "encrypt-rewrite_ready", folder / "again")
    return folder


@pytest.fixture(scope="module")
def rest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The others."""
    folder = tmp_path_factory.mktemp("rest")
    kill_all(folder, REST)
    return folder


def logged_in(folder: Path, password: str) -> Login | None:
    safe = Safe.at(folder)
    return accounts.log_in(safe, "李明", password, NOW) if safe else None


def is_whole(folder: Path, login: Login | None) -> None:
    """Everything is there, and nothing that should not be."""
    desk = bare_desk(folder, login)
    protection.finish(desk.ledger, desk.files)
    with desk.ledger.read() as view:
        assert view.first(Employer) == an_employer()
    assert desk.ledger.check() == []
    assert desk.files.check() == []
    assert sorted(filter(None, (desk.files.content_of(one) for one in desk.files.on_disk()))) == (
        sorted(PHOTOS)
    )
    with desk.ledger.work("登记", actor="演示", at=NOW) as uow:
        uow.add(an_employer(id=new_id(), name="丰禾建设"))
        uow.commit()
    desk.files.put(b"later")
    desk.ledger.close()
    names = {one.name for one in folder.iterdir()}
    keys = {keyfile.NAME, keyfile.TWIN, accounts.TRIES}
    assert names - keys == {"ledger.db", "ledger.db.last", "files"}
    if login is not None:
        assert keyfile.unsound(folder, login.key) == []
        stolen = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
        for word in ("青禾", "丰禾", "向大山", "现场照片"):
            assert word.encode() not in stolen


def decided_as_it_should(folder: Path, what: str, point: str) -> None:
    """Old before the point of no return, new from there on; whole either way."""
    decided = REWRITING.index(point) >= NO_RETURN
    if what == "rotate":
        login = logged_in(folder, OTHER if decided else PASSWORD)
        assert login is not None
    else:
        login = logged_in(folder, PASSWORD)
        assert (login is not None) == ((what == "encrypt") == decided)
    is_whole(folder, login)


@pytest.mark.parametrize(("what", "point"), FEW)
def test_a_kill_at_any_point_leaves_it_whole(killed: Path, what: str, point: str) -> None:
    decided_as_it_should(killed / f"{what}-{point}", what, point)


@pytest.mark.long
@pytest.mark.parametrize(("what", "point"), REST)
def test_a_kill_at_any_other_point_leaves_it_whole(rest: Path, what: str, point: str) -> None:
    decided_as_it_should(rest / f"{what}-{point}", what, point)


def test_after_a_kill_it_can_be_done_again(killed: Path) -> None:
    folder = killed / "again"
    change(folder, "encrypt")
    is_whole(folder, logged_in(folder, PASSWORD))
