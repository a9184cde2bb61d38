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
from inspector_app.services.case_sheet import case_history
from inspector_app.services.choices import conflict_history, standing, to_decide
from inspector_app.services.desk import Desk
from inspector_app.services.history import undo_last
from inspector_app.services.left_here import ENDED, MOVED, STAYS, left_here
from inspector_app.services.looks import refuse
from inspector_app.services.settings import save
from tests.helpers.builders import an_employer
from tests.helpers.desks import make_desk
from tests.sync.fake_line import FakeTransport
from tests.sync.fake_server import FakeServer
from tests.sync.pcs import GRANTS, A, B, Pc, copied

UNIT = "青禾建筑劳务有限公司"


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
    city.add(an_employer(scope=A))
    made = Scene(desk, city, server, city.new_case())
    city.edit(Case, made.case_id, case_no="新华劳监立〔2026〕7号")
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
        assert (told.value.kind, told.value.message) == ("away", f"{MOVED}，{STAYS}")
    with (
        scene.desk.ledger.read() as view,
        pytest.raises(UserError, match=STAYS),
    ):
        refuse(view, view.get(Case, scene.case_id), despite_disputes=True)  # before it is numbered
    save(scene.desk, {"phone": "0375-1234567"})  # all else goes on
    scene.sync()
    with scene.desk.ledger.read() as view:
        assert view.get(Case, scene.case_id).note == "电话核实"
        assert len(view.find(Paper, case_id=scene.case_id)) == 1


def test_a_case_whose_right_ended_says_so(scene: Scene) -> None:
    scene.server.grants["a1"] = {B: True}
    assert scene.sync().held == 2
    assert scene.left() == dict.fromkeys((scene.case_id, "employer-1"), ENDED)
    with pytest.raises(UserError, match="已没有这个县区的权限"):
        scene.edit(note="再改")
    scene.server.grants["a1"] = {A: True}
    assert scene.sync().held == 0
    assert (scene.left(), scene.state()) == ({}, "已确认")
    scene.edit(note="再改")


def test_what_was_refused_says_which_case_of_which_unit(scene: Scene) -> None:
    scene.city.edit(Case, scene.case_id, scope=B)
    scene.city.sync()
    scene.sync()
    note, paper = to_decide(scene.desk, scene.case_id)
    assert (note.case_no, note.title) == ("新华劳监立〔2026〕7号", f"办理　{UNIT}")
    assert (paper.case_no, paper.title) == ("新华劳监立〔2026〕7号", f"起草　{UNIT}")
    assert [(one.name, one.mine) for one in note.fields] == [("案件：备注", "电话核实")]
    found = standing(scene.desk)
    assert (found.open(), found.stuck(), found.held, found.waiting) == (2, 0, 0, 0)
    assert found.left == {scene.case_id: MOVED}
    for one in (note, paper):
        exchange.resolve(scene.desk, one.id, "theirs", "接收的县区另记")
    scene.sync()
    assert standing(scene.desk).left == {}
    _, note = standing(scene.desk).over  # the case is gone, who gave up what and why stays
    assert (note.case_no, note.decision) == (
        "新华劳监立〔2026〕7号", "李明放弃了本机改动。理由：接收的县区另记",
    )  # fmt: skip
    assert [(one.name, one.mine) for one in note.fields] == [("案件：备注", "电话核实")]
    with scene.desk.ledger.read() as view:
        assert view.find(Case) == []


def test_what_may_not_go_out_is_listed_and_given_up_with_a_reason(scene: Scene) -> None:
    scene.server.grants["a1"] = {B: True}
    scene.sync()
    (one,) = to_decide(scene.desk, scene.case_id)
    assert (one.id[:5], one.held, one.refused) == ("held:", True, False)
    assert (one.case_no, one.title) == ("新华劳监立〔2026〕7号", f"办理、起草　{UNIT}")
    assert "没有这个县区的权限" in one.why
    assert ("案件：备注", "电话核实", "空") in {
        (field.name, field.mine, field.theirs) for field in one.fields
    }
    found = standing(scene.desk)
    assert (found.open(), found.stuck(), found.held, found.waiting) == (0, 1, 2, 2)
    with pytest.raises(UserError, match="能上传时自动上传"):
        exchange.resolve(scene.desk, one.id, "mine", "")
    with pytest.raises(UserError, match="放弃本机改动要写明理由"):
        exchange.resolve(scene.desk, one.id, "theirs", " ")
    with pytest.raises(UserError, match="没有找到"):
        exchange.resolve(scene.desk, "held:x", "theirs", "写错了")
    exchange.resolve(scene.desk, one.id, "theirs", "已由接收的县区另记")
    assert scene.sync().held == 0
    assert to_decide(scene.desk) == []
    assert standing(scene.desk).waiting == 0
    assert {one.decision for one in standing(scene.desk).over} == {
        "李明放弃了本机改动。理由：已由接收的县区另记",
    }
    with scene.desk.ledger.read() as view:
        assert view.find(Case) == []


def test_what_was_given_up_stands_in_the_history_of_the_case(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt = {"s": "rejected", "why": "bad_data", "ops": []}
    monkeypatch.setattr(scene.server, "_take", lambda me, device, one: {"n": one["n"], **receipt})
    scene.sync()
    again, paper = to_decide(scene.desk)
    exchange.resolve(scene.desk, again.id, "mine", "")
    exchange.resolve(scene.desk, paper.id, "theirs", "另行起草")
    (given,) = conflict_history(scene.desk, scene.case_id)
    assert (given.action, given.actor) == ("放弃了本机改动", "李明")
    assert given.why.endswith("李明放弃了本机改动。理由：另行起草")
    assert "文书：状态 空 → 草稿" in given.why
    assert given in case_history(scene.desk, scene.case_id)
