"""Steps of a case in the window: the form of each, why it is refused, how a leader lets it pass."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from inspector_app.domain.cases import Stage
from inspector_app.domain.procedure import Ask
from inspector_app.services import settings
from inspector_app.services.case_sheet import CaseSheet, case_sheet
from inspector_app.ui.forms.choices import ChoiceField
from inspector_app.ui.forms.lines import LineField
from inspector_app.ui.pages.case.codes_field import CodesField
from inspector_app.ui.pages.case.inline import InlineForm
from inspector_app.ui.pages.case.page import CasePage
from inspector_app.ui.pages.case.refused_box import NEVER, NO_LEADER, OVERRIDE, TRAIL
from inspector_app.ui.pages.case.step_form import StepForm
from inspector_app.ui.pages.case.step_list import StepList
from inspector_app.ui.widgets.ticks import TickBox
from tests.helpers.steps import LEADER, step
from tests.ui.pages.conftest import Driver, Picture, press
from tests.ui.pages.scene import TODAY, Scene
from tests.ui.typing import commit

UNIT = "青禾建筑劳务有限公司"
CTRL = Qt.KeyboardModifier.ControlModifier


def sheet_of(scene: Scene, unit: str = UNIT) -> CaseSheet:
    return case_sheet(scene.desk, scene.cases[unit].id)


def opened(user: Driver, unit: str = UNIT) -> CasePage:
    page = user.open("case", user.scene.cases[unit].id)
    assert isinstance(page, CasePage)
    return page


@pytest.fixture
def page(user: Driver) -> CasePage:
    return opened(user)


def form_of(page: CasePage, step_id: str) -> StepForm:
    page.area.take(step_id)
    form = page.area.form()
    assert isinstance(form, StepForm)
    return form


def steps_of(page: CasePage) -> StepList:
    page.area.others.click()
    steps = page.area.steps()
    assert steps is not None
    return steps


def send(user: Driver, form: InlineForm) -> None:
    form.submit()
    user.quiet()


def to_approval(scene: Scene) -> None:
    """The order was not heeded, the matter is up for a decision, the notice was made on paper."""
    desk, case_id = scene.desk, scene.cases[UNIT].id
    step(desk, case_id, "recheck", date(2026, 11, 19), "到现场查看", outcome="unheeded")
    step(desk, case_id, "submit", TODAY, outcome="plain")
    step(
        desk,
        case_id,
        "outside_paper",
        TODAY,
        paper_kind="penalty_notice",
        number="平人社监罚告字〔2026〕第3号",
        until=TODAY,
    )


# ── the list of all steps ────────────────────────────────────────────────────────────────────
def test_every_step_of_the_stage_stands_in_the_list_in_its_group(
    page: CasePage, scene: Scene
) -> None:
    steps = steps_of(page)
    shown = [line.option.step.id for line in steps.lines]
    assert sorted(shown) == sorted(one.step.id for one in sheet_of(scene).options)
    words = [one.text() for one in steps.findChildren(QLabel)]
    assert [one for one in words if one in ("推进", "登记事实", "移送和名单", "复议诉讼")] == [
        "推进", "登记事实", "移送和名单", "复议诉讼",
    ]  # fmt: skip
    assert shown.index("submit") < shown.index("site_visit") < shown.index("review_received")


def test_a_step_not_yet_legal_says_why_in_the_list_and_unfolds_what_would_help(
    page: CasePage, qtbot: QtBot
) -> None:
    line = steps_of(page).line("handling_notice")
    assert line.words.text() == "没有行政处理事先告知书（《劳动保障监察条例》第十九条）"
    assert "登记程序外制作的文书" in line.button.toolTip()
    assert line.button.accessibleName() == "告知拟作处理，现在还不能办"
    assert line.button.property("refused") == "true"
    line.button.setFocus()
    qtbot.keyClick(line.button, Qt.Key.Key_Return)
    assert line.more.isVisible()
    assert page.area.form() is None
    qtbot.keyClick(line.button, Qt.Key.Key_Return)
    assert not line.more.isVisible()


def test_a_step_is_taken_by_keyboard_alone_and_taken_back(
    user: Driver, page: CasePage, scene: Scene, qtbot: QtBot
) -> None:
    page.area.others.setFocus()
    qtbot.keyClick(page.area.others, Qt.Key.Key_Return)
    steps = page.area.steps()
    assert steps is not None
    wanted = steps.line("site_visit").button
    for _ in steps.lines:
        if wanted.hasFocus():
            break
        focused = QApplication.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, Qt.Key.Key_Down)
    qtbot.keyClick(wanted, Qt.Key.Key_Return)
    form = page.area.form()
    assert isinstance(form, StepForm)
    commit(form.form.fields["people"].editor, "李明、赵强")
    qtbot.keyClick(form.form, Qt.Key.Key_Return, CTRL)
    user.quiet()
    assert user.toast() == "已登记：到现场"
    assert sheet_of(scene).events[-1].people == "李明、赵强"
    user.undo()
    assert sheet_of(scene).events[-1].step == "order"


def test_esc_leaves_the_list_of_steps(user: Driver, page: CasePage) -> None:
    assert steps_of(page).lines[0].button.hasFocus()
    user.act("back")
    assert page.area.steps() is None
    assert page.area.box.isVisible()


# ── refusals and overrides ───────────────────────────────────────────────────────────────────
def test_a_refusal_stands_in_the_form_with_its_article_and_a_leader_lets_it_pass(
    user: Driver, page: CasePage, scene: Scene
) -> None:
    press_pass(page, "preserve")
    form = page.area.form()
    assert isinstance(form, StepForm)
    form.form.fields["approver"].set_value(LEADER)
    send(user, form)
    reasons = form.refused.reasons.shown()
    assert [one.article for one in reasons] == ["《中华人民共和国行政处罚法》第五十六条"]
    assert form.refused.words.text() == TRAIL
    assert not sheet_of(scene).beside
    press(form, OVERRIDE)
    assert form.send.text() == "放行并登记"
    form.submit()
    assert form.form.fields["override_by"].error() == "请填写放行的负责人"
    form.form.fields["override_by"].set_value(LEADER)
    form.form.fields["override_why"].set_value("通知书正在送印")
    send(user, form)
    event = sheet_of(scene).events[-1]
    assert (event.override_by, event.override_why) == (LEADER, "通知书正在送印")
    assert sheet_of(scene).beside == ("Z3a",)
    assert page.top.beside.isVisible()
    told = page.story.lines.lines()[0]
    assert told.title == "先行登记保存"
    assert told.note == f"负责人放行（{LEADER}）：通知书正在送印"
    assert "放行的事项：所需文书" in told.meta


def press_pass(page: CasePage, step_id: str) -> None:
    """By the list: unfold the reasons, press the link below them."""
    line = steps_of(page).line(step_id)
    line.button.click()
    press(line.more, f"{OVERRIDE}…")


def test_without_a_leader_nobody_lets_anything_pass(user: Driver, scene: Scene) -> None:
    desk = scene.desk
    leader = next(one for one in settings.inspectors(desk) if one.leader)
    settings.save_inspector(desk, replace(leader, leader=False))
    form = form_of(opened(user), "preserve")
    assert isinstance(form.form.fields["approver"], LineField)
    assert form.refused.isVisible()
    assert form.refused.words.text() == NO_LEADER
    assert not form.refused.ask.isVisible()


def test_what_the_law_does_not_let_pass_has_no_way_round(user: Driver, scene: Scene) -> None:
    to_approval(scene)
    page = opened(user)
    assert page.area.title() == "下一步：告知拟处罚"
    form = form_of(page, "penalty_notice")
    fields = form.form.fields
    fields["codes"].set_value(("GZ-05",))
    fields["codes"].edited.emit()
    fields["amount_fen"].set_value(6_000_000)
    assert "达到听证标准" in fields["amount_fen"].hint()
    assert "法定幅度：GZ-05 5万元至10万元" in fields["amount_fen"].hint()
    fields["outcome"].set_value("plain")
    send(user, form)
    assert "达到听证标准" in form.refused.reasons.shown()[0].message
    assert "第六十三条" in form.refused.reasons.shown()[0].article
    assert form.refused.words.text() == NEVER
    assert not form.refused.ask.isVisible()
    fields["outcome"].set_value("hearing")
    send(user, form)
    assert user.toast() == "告知拟处罚，转入“处罚告知”"
    assert page.area.title() == "下一步：作出处罚决定"
    assert page.area.reasons.isVisible()
    user.undo()
    assert sheet_of(scene).case.stage is Stage.APPROVAL


def test_what_is_only_advised_reminds_after_the_step(user: Driver, scene: Scene) -> None:
    form = form_of(opened(user, "嘉木食品有限公司"), "file")
    send(user, form)
    assert user.toast().startswith("立案，转入“调查取证”　提醒：没有立案审批表；")
    assert sheet_of(scene, "嘉木食品有限公司").case.stage is Stage.INVESTIGATION


# ── the fields of each step ──────────────────────────────────────────────────────────────────
KEYS = {
    Ask.APPROVER: "approver",
    Ask.PEOPLE: "people",
    Ask.UNTIL: "until",
    Ask.TIME: "at",
    Ask.OUTCOME: "outcome",
    Ask.CODES: "codes",
    Ask.AMOUNT: "amount_fen",
    Ask.PERSON_AMOUNT: "person_fen",
    Ask.RULES: "rules",
    Ask.PAPER_KIND: "paper_kind",
    Ask.NUMBER: "number",
    Ask.NOTE: "note",
}


def test_each_step_has_a_form_with_what_it_asks_for(user: Driver, page: CasePage) -> None:
    sheet = page.sheet()
    assert sheet is not None
    for row in sheet.situation.procedure.steps.values():
        form = StepForm(page.context, sheet, row)
        user.quiet()
        assert set(form.form.fields) == {"on", *(KEYS[ask] for ask in row.asks)}, row.id
        form.deleteLater()


def test_the_leaders_of_the_office_are_offered_for_approval(page: CasePage) -> None:
    field = form_of(page, "withdraw").form.fields["approver"]
    assert isinstance(field, ChoiceField)
    assert [field.combo.itemText(n) for n in range(field.combo.count())] == ["请选择", LEADER]


def test_acts_are_found_by_words_and_taken_off_again(
    user: Driver, scene: Scene, qtbot: QtBot
) -> None:
    to_approval(scene)
    form = form_of(opened(user), "penalty_notice")
    user.quiet()
    field = form.form.fields["codes"]
    assert isinstance(field, CodesField)
    field.edit.setFocus()
    commit(field.edit, "专用账户")
    qtbot.keyClick(field.edit, Qt.Key.Key_Down)
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    assert field.value() == ("GZ-05",)
    assert field.edit.text() == ""
    qtbot.keyClicks(field.edit, "gz-22")
    assert field.problem() == "请从列表里选一项"
    qtbot.keyClick(field.edit, Qt.Key.Key_Down)
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    assert field.value() == ("GZ-05", "GZ-22")
    press(field, "去掉")
    assert field.value() == ("GZ-05",)
    assert field.edit.hasFocus()


def test_the_acts_and_sums_of_the_notice_stand_in_the_decision_already(
    user: Driver, scene: Scene
) -> None:
    to_approval(scene)
    told = {"outcome": "hearing", "codes": ("GZ-05",), "amount_fen": 6_000_000, "person_fen": 0}
    step(scene.desk, scene.cases[UNIT].id, "penalty_notice", TODAY, **told)
    form = form_of(opened(user), "penalty_decision")
    assert form.form.fields["amount_fen"].value() == 6_000_000
    assert form.form.fields["person_fen"].hint().startswith("只给警告")
    assert form.refused.isVisible()


def test_terms_that_can_be_extended_are_ticked_by_name(
    user: Driver, page: CasePage, scene: Scene
) -> None:
    form = form_of(page, "extend")
    ticks = form.form.fields["rules"]
    offered = [one.text() for one in ticks.findChildren(TickBox)]
    assert "调查完成，现在到 2027年1月18日" in offered
    ticks.set_value(("D05",))
    form.form.fields["approver"].set_value(LEADER)
    form.form.fields["note"].set_value("案情复杂")
    send(user, form)
    assert page.clocks.face("D05").marks.full() == "仅供参照　已延长　暂定"
    assert "rules" in form_of(page, "extend").form.fields
    again = page.area.form()
    assert again is not None
    offered = [one.text() for one in again.form.fields["rules"].findChildren(TickBox)]
    assert not [one for one in offered if one.startswith("调查完成")]


# ── closing ──────────────────────────────────────────────────────────────────────────────────
def test_the_form_of_closing_says_what_each_way_lacks_and_chooses_the_ready_one(
    user: Driver, page: CasePage, scene: Scene
) -> None:
    form = form_of(page, "close")
    words = [one.text() for one in form.findChildren(QLabel)]
    assert any(one.startswith("还缺：复查整改为“已改正”或者") for one in words)
    assert form.form.fields["outcome"].value() == ""
    page.area.close_form()
    step(scene.desk, scene.cases[UNIT].id, "recheck", TODAY, "已补发", outcome="corrected")
    user.act("refresh")
    assert page.area.title() == "下一步：结案"
    form = form_of(page, "close")
    assert form.form.fields["outcome"].value() == "corrected"
    form.form.fields["note"].set_value("经复查已改正")
    send(user, form)
    assert user.toast().startswith("本案已结案")
    user.undo()
    assert sheet_of(scene).case.stage is Stage.RECTIFICATION


def test_a_paper_that_is_missing_is_entered_from_the_next_step(user: Driver, scene: Scene) -> None:
    desk, case_id = scene.desk, scene.cases[UNIT].id
    step(desk, case_id, "recheck", date(2026, 11, 19), "到现场查看", outcome="unheeded")
    step(desk, case_id, "submit", TODAY, outcome="plain")
    page = opened(user)
    press(page.area, "开具行政处罚事先告知书")
    user.quiet()
    assert user.at() == "paper"
    user.act("back")
    user.quiet()
    form = form_of(page, "outside_paper")
    form.form.fields["paper_kind"].set_value("penalty_notice")
    form.form.fields["number"].set_value("平人社监罚告字〔2026〕第3号")
    send(user, form)
    assert user.toast() == "已登记：登记程序外制作的文书"
    assert page.area.title() == "下一步：告知拟处罚"
    press(page.area, "告知拟处罚")
    assert isinstance(page.area.form(), StepForm)


# ── pictures ─────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("name", "theme", "size"),
    [
        ("case_steps_light", "light", (1440, 900)),
        ("case_steps_1366", "dark", (1366, 768)),
    ],
)
def test_the_list_of_steps_looks_as_it_was_accepted(
    user: Driver,
    page: CasePage,
    picture: Picture,
    name: str,
    theme: str,
    size: tuple[int, int],
) -> None:
    steps_of(page).line("handling_notice").button.click()
    picture(user, name, theme, 1.0, size)


@pytest.mark.parametrize(
    ("name", "theme", "size"),
    [
        ("case_refused_light", "light", (1440, 1080)),
        ("case_refused_dark", "dark", (1440, 900)),
    ],
)
def test_a_refused_step_looks_as_it_was_accepted(
    user: Driver, scene: Scene, picture: Picture, name: str, theme: str, size: tuple[int, int]
) -> None:
    form = form_of(opened(user), "preserve")
    form.form.fields["approver"].set_value(LEADER)
    send(user, form)
    press(form, OVERRIDE)
    form.form.fields["override_by"].set_value(LEADER)
    picture(user, name, theme, 1.0, size)
