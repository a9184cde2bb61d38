"""A clue as an inspector deals with it: filed, alone or with others, or concluded."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from inspector_app.domain.cases import Source
from inspector_app.domain.clues import ClueState
from inspector_app.services.case_sheet import case_sheet
from inspector_app.services.clues import ClueForm, clue_sheet, conclude_clue, register_clue
from inspector_app.ui.pages.case.page import CasePage
from inspector_app.ui.pages.clue.page import CluePage
from inspector_app.ui.pages.clue.ways_out import FileForm
from tests.ui.pages.conftest import Driver, Picture, press
from tests.ui.pages.scene import TODAY, Scene
from tests.ui.typing import commit

UNIT = "澄江建筑劳务有限公司（演示）"


def opened(user: Driver, number: int = 0, anchor: str = "") -> CluePage:
    clue = list(user.scene.clues.values())[number]
    page = user.open("clue", f"{clue.id}{anchor}")
    assert isinstance(page, CluePage)
    return page


def words_in(where: QWidget) -> str:
    return " ".join(one.text() for one in where.findChildren(QLabel))


def test_a_clue_is_filed_together_with_the_others_of_its_unit(user: Driver, scene: Scene) -> None:
    page = opened(user)
    press(page.next, "立案")
    form = page.form()
    assert form is not None
    twins = form.form.fields["together"]
    twins.set_value(tuple(clue.id for clue in list(scene.clues.values())[1:3]))
    form.form.fields["assist"].set_value(scene.people[0].id)
    form.submit()
    assert form.form.fields["assist"].error().startswith("协办应是另一名监察员")
    form.form.fields["assist"].set_value(scene.people[1].id)
    form.submit()
    user.quiet()
    case = user.page()
    assert isinstance(case, CasePage)
    assert user.toast() == "已立案 平人社监〔2026〕21号"
    sheet = case.sheet()
    assert sheet is not None
    # Only the one who complains in her own right is listed; reports stay confidential.
    assert [row.worker.name for row in sheet.claims] == ["覃小河"]
    states = {clue_sheet(scene.desk, c.id).clue.state for c in list(scene.clues.values())[:3]}
    assert states == {ClueState.FILED}
    filed = opened(user)
    press(filed.next, "打开案件")
    user.quiet()
    assert user.at() == "case"


def test_one_sum_reported_twice_is_asked_about_before_it_is_filed(
    user: Driver, scene: Scene
) -> None:
    first, second = list(scene.clues.values())[1:3]
    told = ClueForm(
        source=Source.HOTLINE_12333, received_on=TODAY, employer_name=UNIT, scope=first.scope,
        amount_fen=1_184_000, period_from="2026-09", period_to="2026-09",
        person_name="覃小河", confidential=False,
    )  # fmt: skip
    again = register_clue(scene.desk, told)
    page = opened(user, 1)
    press(page.next, "立案")
    form = page.form()
    assert isinstance(form, FileForm)
    twins = form.form.fields["together"]
    twins.set_value((again.id,))
    form.submit()
    user.quiet()
    assert form.words.text() == (
        f"像是同一人、月份重叠的：{first.clue_no}（2026年7月至9月，应发 11,840.00 元）"
        f"与 {again.clue_no}（2026年9月，应发 11,840.00 元）。"
    )
    once, both = form.answers
    assert once.isVisible()
    assert both.isVisible()
    twins.set_value((second.id,))
    twins.edited.emit()  # what is asked about is another thing now
    assert not once.isVisible()
    assert not both.isVisible()
    twins.set_value((again.id,))
    form.submit()
    user.quiet()
    once.click()
    user.quiet()
    case = user.page()
    assert isinstance(case, CasePage)
    sheet = case.sheet()
    assert sheet is not None
    assert [row.claim.due_fen for row in sheet.claims] == [1_184_000]


def test_a_clue_is_concluded_with_reason_and_reply_and_taken_back(
    user: Driver, scene: Scene
) -> None:
    page = opened(user, 3, "#conclude")
    form = page.form()
    assert form is not None
    form.submit()
    assert form.form.fields["state"].error() == "请填写结果"
    assert form.form.fields["conclusion"].error() == "请填写理由"
    form.form.fields["state"].set_value("forwarded")
    commit(form.form.fields["conclusion"].editor, "不属本局管辖，已转送新华区")
    commit(form.form.fields["reply"].editor, "11月20日电话告知")
    form.submit()
    user.quiet()
    assert user.toast() == "已办结：已转送"
    assert page.pill.text() == "已转送"
    user.undo()
    assert clue_sheet(scene.desk, list(scene.clues.values())[3].id).clue.state is ClueState.OPEN
    assert page.pill.text() == "待核查"


def test_a_clue_is_put_right_with_a_reason(user: Driver, scene: Scene) -> None:
    page = opened(user, 3)
    before = clue_sheet(scene.desk, str(page.place()), reveal=True)
    press(page.next, "修改")
    form = page.form()
    assert form is not None
    fields = form.form.fields
    assert fields["employer_name"].value() == before.clue.employer_name
    assert fields["person_name"].is_empty()  # who reported stays covered
    assert fields["statement"].is_empty()
    fields["employer_name"].set_value("曲江食品有限公司（演示）")
    fields["amount_written"].set_value("1.2万元")
    fields["received_on"].set_value(None)
    form.submit()
    assert fields["why"].error() == "请填写修改理由"
    assert fields["received_on"].error() == "请填写接收日期"
    fields["received_on"].set_value(before.clue.received_on)
    commit(fields["why"].editor, "登记时单位写错")
    form.submit()
    user.quiet()
    assert user.toast() == "已修改：用人单位、涉及金额、金额原文"
    assert page.head.title() == "曲江食品有限公司（演示）"
    after = clue_sheet(scene.desk, before.clue.id, reveal=True)
    assert after.clue.amount_fen == 1_200_000
    assert (after.person, after.said) == (before.person, before.said)
    user.undo()
    assert clue_sheet(scene.desk, before.clue.id).clue == before.clue


def test_a_clue_concluded_wrongly_is_opened_again(user: Driver, scene: Scene) -> None:
    clue = list(scene.clues.values())[3]
    conclude_clue(scene.desk, clue.id, ClueState.REFUSED, TODAY, "不属本局管辖")
    page = opened(user, 3)
    press(page.next, "重新打开")
    form = page.form()
    assert form is not None
    commit(form.form.fields["why"].editor, "核实后属本局管辖")
    form.submit()
    user.quiet()
    assert user.toast() == f"已重新打开{clue.clue_no}"
    assert page.pill.text() == "待核查"
    assert clue_sheet(scene.desk, clue.id).clue.state is ClueState.OPEN


def test_escape_in_the_form_of_a_clue_warns_before_text_is_lost(user: Driver) -> None:
    page = opened(user, 3, "#conclude")
    form = page.form()
    assert form is not None
    commit(form.form.fields["conclusion"].editor, "写了一半")
    user.act("back")
    assert page.form() is form
    assert "再按一次 Esc 放弃" in form.words.text()
    user.act("back")
    assert page.form() is None
    assert user.at() == "clue"


def test_the_other_clues_of_the_unit_can_be_opened(user: Driver) -> None:
    page = opened(user)
    assert len(page.twins.lines()) == 2
    press(page.twins, "打开")
    user.quiet()
    assert page.head.hint().startswith("线索〔2026〕")
    assert page.place() != next(iter(user.scene.clues.values())).id


def test_a_clue_late_for_its_decision_says_so(user: Driver) -> None:
    page = opened(user, 3)
    assert "应在 2026年11月23日（星期一） 前决定是否立案" in words_in(page.next)
    assert "已超期" not in words_in(page.next)


def test_filing_from_a_clue_needs_no_mouse(user: Driver, scene: Scene, qtbot: QtBot) -> None:
    page = opened(user, 3, "#file")
    form = page.form()
    assert form is not None
    assert form.form.fields["on"].editor.hasFocus()
    qtbot.keyClick(form.form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    user.quiet()
    case = user.page()
    assert isinstance(case, CasePage)
    assert case_sheet(scene.desk, str(case.place())).case.filed_on == TODAY


def test_the_page_of_a_clue_looks_as_it_was_accepted(user: Driver, picture: Picture) -> None:
    opened(user, 0, "#file")
    picture(user, "clue_light", "light", 1.0, (1366, 768))


def test_putting_a_clue_right_looks_as_it_was_accepted(user: Driver, picture: Picture) -> None:
    page = opened(user, 1)
    page.open_correct()
    picture(user, "clue_correct", "light", 1.0, (1366, 768))
