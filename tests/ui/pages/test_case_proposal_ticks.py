"""Facts ticked in 研判: tried at once, stored together, taken back, never lost in silence."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from inspector_app.errors import UserError
from inspector_app.services.case_sheet import case_sheet
from inspector_app.services.todos import add_todo
from inspector_app.ui.pages.case.proposals import panel as panel_module
from inspector_app.ui.pages.case.proposals.panel import ProposalsPanel
from tests.ui.pages.conftest import Driver, OpenWindow, press
from tests.ui.pages.proposals import CLOSED, UNIT, enriched, judged, proposed, tick, words
from tests.ui.pages.scene import TODAY, Scene
from tests.ui.typing import commit


@pytest.fixture
def rich(qtbot: QtBot, open_window: OpenWindow, scene: Scene) -> Driver:
    """Somebody who uses the window where UNIT's case has much to judge."""
    enriched(scene)
    return Driver(qtbot, open_window(scene.desk), scene)


@pytest.fixture
def panel(rich: Driver) -> ProposalsPanel:
    """The tab of that case."""
    return judged(rich)


def test_facts_ticked_are_tried_at_once_and_stored_together(
    rich: Driver, panel: ProposalsPanel, scene: Scene, qtbot: QtBot
) -> None:
    panel.liability.set_open(True)
    panel.crime.set_open(True)
    box = panel.liability.works.lines["sub_owes"]
    assert box.box.isChecked()
    assert box.note.text().endswith("另有施工总承包单位（推论，请核对）")
    tick(rich, panel.liability.works.lines["owner_behind"].box)
    assert panel.bar.isVisible()
    assert panel.liability.headline.text().endswith("另有 1 种情形")
    assert box.note.isHidden(), "the inspector has looked at the facts"
    tick(rich, panel.crime.evasion.lines["fled"].box)
    assert panel.crime.headline.text() == "具备移送审查条件"
    assert proposed(scene).situation is None, "nothing is stored yet"
    commit(panel.liability.price.editor, "10000")
    rich.quiet()
    qtbot.keyClick(
        panel.liability.price.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    rich.quiet()
    event = proposed(scene).situation
    assert event is not None
    assert set(event.codes) == {"sub_owes", "owner_behind", "fled"}
    assert event.amount_fen == 1_000_000
    assert not panel.bar.isVisible()
    limit = next(line for line in proposed(scene).liability.lines if line.limit)
    assert any(limit.limit in text for text in words(panel.liability.result))
    assert rich.toast() == "已登记责任情形"
    rich.undo()
    assert proposed(scene).situation is None
    assert panel.crime.headline.text() == "尚缺：逃避支付或者有能力支付的证据"
    assert not panel.liability.works.lines["owner_behind"].box.isChecked()


def test_ticks_of_the_crime_leave_the_chain_to_speak_of_liability(
    rich: Driver, panel: ProposalsPanel, scene: Scene
) -> None:
    tick(rich, panel.crime.evasion.lines["able_to_pay"].box)
    press(panel.bar, "保存勾选")
    rich.quiet()
    event = proposed(scene).situation
    assert event is not None
    assert event.codes == ("able_to_pay",)
    assert panel.liability.pill.text() == "推论，待确认"
    assert panel.liability.way is not None
    panel.liability.way.click()
    rich.quiet()
    assert panel.liability.pill.text() == "没有缺项"
    panel.save()
    rich.quiet()
    event = proposed(scene).situation
    assert event is not None
    assert set(event.codes) == {"able_to_pay", "sub_owes"}


def test_unsaved_ticks_outlast_a_change_and_warn_once(
    rich: Driver, panel: ProposalsPanel, scene: Scene
) -> None:
    box = panel.list.facts.lines["incident"].box
    tick(rich, box)
    add_todo(scene.desk, scene.cases[UNIT].id, "另一件事", TODAY)
    rich.act("refresh")
    assert box.isChecked()
    assert panel.bar.words.text() == "1 处改动没有保存，以上按改动后的情形列出。"
    rich.act("back")
    assert rich.at() == "case"
    assert "再离开一次放弃" in panel.bar.words.text()
    press(panel.bar, "还原")
    rich.quiet()
    assert not box.isChecked()
    assert not panel.bar.isVisible()
    rich.act("back")
    assert rich.at() != "case"


def test_words_beside_a_box_tick_it(rich: Driver, panel: ProposalsPanel, qtbot: QtBot) -> None:
    panel.fines.set_open(True)
    line = panel.fines.heavy.lines["closure"]
    spoken = next(
        one for one in line.findChildren(QLabel) if one.text() == "责令停产停业、责令关闭"
    )
    rich.quiet()
    panel.area.ensureWidgetVisible(spoken)
    qtbot.mouseClick(spoken, Qt.MouseButton.LeftButton)
    rich.quiet()
    assert line.box.isChecked()
    assert "拟责令停产停业、责令关闭，应当告知听证" in words(panel.fines.reasons)


def test_a_closed_case_takes_no_facts(rich: Driver, scene: Scene) -> None:
    panel = judged(rich, CLOSED)
    assert case_sheet(scene.desk, scene.cases[CLOSED].id).case.stage.ended
    assert panel.ended.text() == "本案已结案，情形不再登记"
    assert not panel.crime.evasion.isEnabled()
    assert not panel.list.facts.isEnabled()
    assert panel.extra.headline.text() == "没有尚欠工资"


def test_a_refused_saving_is_said_and_can_be_tried_again(
    rich: Driver, panel: ProposalsPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_args: object, **_named: object) -> None:
        raise UserError("此时不能登记责任情形。")

    tick(rich, panel.list.facts.lines["promised"].box)
    monkeypatch.setattr(panel_module, "record_situation", refused)
    panel.save()
    rich.quiet()
    assert "此时不能登记责任情形。" in rich.toast()
    assert panel.bar.keep.isEnabled()
    assert panel.ticks.dirty()
