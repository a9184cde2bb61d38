"""A case that left while work on it waits is read and never changed."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from inspector_app.domain.cases import Case
from inspector_app.domain.papers import Paper, PaperState
from inspector_app.errors import UserError
from inspector_app.ledger.ids import new_id
from inspector_app.ledger.ledger import Ledger
from inspector_app.services import exchange
from inspector_app.services.desk import Desk
from inspector_app.services.history import undo_last
from inspector_app.services.left_here import ENDED, MOVED, left_here
from inspector_app.services.settings import save
from tests.helpers.desks import make_desk
from tests.sync.fake_line import FakeTransport
from tests.sync.fake_server import FakeServer
from tests.sync.pcs import GRANTS, A, B, Pc, copied


@dataclass
class Scene:
    """This desk, the PC of the city, and a case of which a note and a paper wait here."""

    desk: Desk
    city: Pc
    server: FakeServer
    case_id: str

    def edit(self, **changes: Any) -> None:
        with self.desk.work("办理") as uow:
            uow.save(replace(uow.get(Case, self.case_id), **changes))
            uow.commit()

    def sync(self) -> exchange.Report:
        return exchange.sync_now(self.desk, FakeTransport(self.server, "a1"))

    def left(self) -> dict[str, str]:
        with self.desk.ledger.read() as view:
            return left_here(view)

    def state(self) -> str:
        return exchange.record_states(self.desk, "case", [self.case_id])[self.case_id].label


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    server = FakeServer(GRANTS)
    (tmp_path / "here").mkdir()
    Ledger.open(tmp_path / "here" / "ledger.db").close()
    city = Pc(copied(tmp_path / "here" / "ledger.db", tmp_path / "city.ledger"), server, "city")
    desk = replace(make_desk(tmp_path / "here"), demo=False)
    made = Scene(desk, city, server, city.new_case())
    city.sync()
    made.sync()
    made.edit(note="电话核实")
    with desk.work("起草") as uow:
        uow.add(Paper(new_id(), made.case_id, "rectification_order", "1", PaperState.DRAFT, "{}"))
        uow.commit()
    yield made
    city.close()
    desk.ledger.close()


def test_a_case_that_was_moved_is_read_and_not_changed(scene: Scene) -> None:
    scene.city.edit(Case, scene.case_id, scope=B)
    scene.city.sync()
    assert scene.sync().refused == 2
    assert scene.left() == {scene.case_id: MOVED}
    assert scene.state() == "已移走"
    for change in (lambda: scene.edit(note="再改"), lambda: undo_last(scene.desk)):
        with pytest.raises(UserError, match="已移送别的县区") as told:
            change()
        assert told.value.kind == "away"
    save(scene.desk, {"phone": "0375-1234567"})  # all else goes on
    scene.sync()
    with scene.desk.ledger.read() as view:
        assert view.get(Case, scene.case_id).note == "电话核实"
        assert len(view.find(Paper, case_id=scene.case_id)) == 1


def test_a_case_whose_right_ended_says_so(scene: Scene) -> None:
    scene.server.grants["a1"] = {B: True}
    assert scene.sync().held == 2
    assert scene.left() == {scene.case_id: ENDED}
    with pytest.raises(UserError, match="已没有这个县区的权限"):
        scene.edit(note="再改")
    scene.server.grants["a1"] = {A: True}
    assert scene.sync().held == 0
    assert (scene.left(), scene.state()) == ({}, "已确认")
    scene.edit(note="再改")
