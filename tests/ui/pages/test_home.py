"""我的待办 as an inspector uses it."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from inspector_app.errors import OutsideError
from inspector_app.services.desk import Desk
from inspector_app.services.home import DueRow
from inspector_app.ui.pages.case.page import CasePage
from inspector_app.ui.pages.home import HomePage
from inspector_app.ui.widgets.buttons import Button
from tests.ui.pages.conftest import Driver, OpenWindow, Picture, press
from tests.ui.pages.scene import TODAY, Scene, with_todo
from tests.ui.typing import commit


def home(user: Driver) -> HomePage:
    page = user.page()
    assert isinstance(page, HomePage)
    return page


def titles(page: HomePage) -> list[str]:
    return [row.title.removesuffix("（演示）") for row in page.due.rows_model.rows()]


def test_what_is_due_first_stands_on_top_with_its_pill(user: Driver) -> None:
    page = home(user)
    assert titles(page)[:3] == [
        "青禾建筑劳务有限公司",
        "恒岳市政工程有限公司",
        "远峰建设集团有限公司",
    ]
    first = page.due.rows_model.index(0, 0).data()
    assert first == "超期 2 天"


def test_the_keyboard_starts_in_the_list_and_enter_opens_the_case(
    user: Driver, qtbot: QtBot
) -> None:
    page = home(user)
    assert page.due.hasFocus()
    qtbot.keyClick(page.due, Qt.Key.Key_Down)
    qtbot.keyClick(page.due, Qt.Key.Key_Return)
    user.quiet()
    assert user.at() == "case"
    assert user.page().head.title() == "恒岳市政工程有限公司（演示）"
    user.act("back")
    assert user.at() == "home"
    row = page.due.current_row()
    assert isinstance(row, DueRow)
    assert row.title.startswith("恒岳市政")


def test_a_card_filters_by_mouse_and_by_key_and_shows_all_when_pressed_again(
    user: Driver, qtbot: QtBot
) -> None:
    page = home(user)
    everything = len(titles(page))
    qtbot.mouseClick(page.cards["overdue"], Qt.MouseButton.LeftButton)
    assert titles(page) == ["青禾建筑劳务有限公司", "恒岳市政工程有限公司"]
    assert page.cards["overdue"].is_active()
    qtbot.keyClick(page.cards["today"], Qt.Key.Key_Space)
    assert titles(page) == ["远峰建设集团有限公司", "锦程装饰工程有限公司"]
    qtbot.keyClick(page.cards["today"], Qt.Key.Key_Space)
    assert len(titles(page)) == everything


def test_mine_leaves_out_what_others_handle(user: Driver, qtbot: QtBot) -> None:
    page = home(user)
    assert "华垣建筑工程有限公司" not in titles(page)
    qtbot.mouseClick(page.whose.at(1), Qt.MouseButton.LeftButton)
    user.quiet()
    assert "华垣建筑工程有限公司" in titles(page)
    assert page.whose.at(1).text() == f"全部 {len(titles(page))}"


def test_chips_narrow_the_list_and_an_empty_one_offers_the_way_back(user: Driver) -> None:
    page = home(user)
    page.county.menu_actions()[1].trigger()
    assert {row.county for row in page.due.rows_model.rows()} == {page.county.chosen()[0]}
    page.filter_by("overdue")
    page.cause.menu_actions()[1].trigger()
    assert page.states.state() == "empty"
    show_all = next(b for b in page.states.empty.findChildren(Button) if b.text() == "看全部")
    show_all.click()
    assert page.states.state() == "content"
    assert not page.chips.findChildren(Button)[-1].isVisible()


def test_the_pane_shows_the_next_lawful_step_and_does_it_in_place(
    user: Driver, qtbot: QtBot
) -> None:
    page = home(user)
    assert page.pane.head.title.full() == "青禾建筑劳务有限公司（演示）"
    press(page.pane.area, "登记清偿")
    form = page.pane.area.form()
    assert form is not None
    form.form.fields["voucher"].set_value("回单 20261120")
    qtbot.keyClick(form.form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    user.quiet()
    assert user.toast() == "已登记 6 笔清偿"
    assert page.pane.area.form() is None
    press(page.pane.area, "结案")
    close = page.pane.area.form()
    assert close is not None
    assert close.form.values()["note"] == "拖欠的工资已全部清偿，违法行为已改正。"
    close.submit()
    user.quiet()
    assert user.toast() == "本案已结案"
    assert "青禾建筑劳务有限公司" not in titles(page)


def test_a_check_that_is_done_stops_the_clock_of_the_order(user: Driver) -> None:
    page = home(user)
    press(page.pane.area, "录入复查结果")
    form = page.pane.area.form()
    assert form is not None
    form.form.fields["outcome"].set_value("unheeded")
    form.submit()
    user.quiet()
    assert user.toast() == "已登记：复查整改"
    assert titles(page)[0] == "恒岳市政工程有限公司"
    page.due.select_key(f"case:{user.scene.cases['青禾建筑劳务有限公司'].id}")
    user.quiet()
    assert page.pane.area.title() == "下一步：呈报处理"
    sheet = page.pane.sheet()
    assert sheet is not None
    assert [todo.done_on for todo in sheet.todos] == [TODAY]


def test_what_was_done_by_mistake_is_taken_back_from_the_toast(user: Driver) -> None:
    page = home(user)
    press(page.pane.area, "登记清偿")
    form = page.pane.area.form()
    assert form is not None
    form.submit()
    user.quiet()
    user.undo()
    assert user.toast() == "已撤销"
    sheet = page.pane.sheet()
    assert sheet is not None
    assert sheet.totals.owing_fen > 0


def test_a_refusal_stands_under_its_field_in_words(user: Driver) -> None:
    page = home(user)
    press(page.pane.area, "登记清偿")
    form = page.pane.area.form()
    assert form is not None
    form.form.fields["paid_on"].set_value(TODAY + timedelta(days=1))
    form.submit()
    user.quiet()
    assert form.form.fields["paid_on"].error() == "清偿日期不能晚于今天。"


def test_escape_warns_once_before_typed_text_is_given_up(user: Driver) -> None:
    page = home(user)
    press(page.pane.area, "录入复查结果")
    form = page.pane.area.form()
    assert form is not None
    form.form.fields["note"].set_value("查无实据")
    user.act("back")
    assert form.words.isVisible()
    user.act("back")
    assert page.pane.area.form() is None
    assert user.at() == "home"


def test_a_draft_is_offered_for_going_on(user: Driver, qtbot: QtBot) -> None:
    page = home(user)
    assert page.banner.isVisible()
    assert "限期改正指令书" in page.banner.text()
    qtbot.mouseClick(page.cards["drafts"], Qt.MouseButton.LeftButton)
    assert page.papers.current_row() is not None
    page.papers.setFocus()
    qtbot.keyClick(page.papers, Qt.Key.Key_Return)
    user.quiet()
    assert user.at() == "paper"


def test_papers_that_wait_for_service_lead_to_the_form_that_enters_it(
    user: Driver, qtbot: QtBot
) -> None:
    page = home(user)
    page.whose.at(1).click()
    qtbot.mouseClick(page.cards["unserved"], Qt.MouseButton.LeftButton)
    user.quiet()
    rows = page.papers.rows_model.rows()
    assert [row.employer for row in rows] == ["同晖电子科技有限公司（演示）"]
    press(page.pane.area, "登记送达")
    form = page.pane.area.form()
    assert form is not None
    form.submit()
    user.quiet()
    assert form.form.fields["receiver"].error().startswith("直接送达请填写签收人（《")
    commit(form.form.fields["receiver"].editor, "吴演示")
    form.submit()
    user.quiet()
    assert user.toast() == "已登记送达"
    assert page.states.state() == "empty"


def test_an_unserved_paper_opens_its_case_at_the_services(user: Driver) -> None:
    page = home(user)
    page.filter_by("unserved")
    page.papers.opened.emit(page.papers.current_row())
    user.quiet()
    case = user.page()
    assert isinstance(case, CasePage)
    assert case.tabs.current() == 4


def test_a_clue_shows_who_reported_it_masked_and_goes_on_to_be_filed(user: Driver) -> None:
    page = home(user)
    clue = next(row for row in page.due.rows_model.rows() if row.kind == "clue")
    page.due.select_key(f"clue:{clue.id}")
    user.quiet()
    words = " ".join(one.text() for one in page.pane.findChildren(QLabel))
    assert "139****0001" in words
    assert "13900000001" not in words
    press(page.pane.clue_box, "立案")
    user.quiet()
    assert user.at() == "clue"


def test_a_to_do_is_ticked_off_in_the_pane_and_comes_back_with_undo(
    user: Driver, scene: Scene
) -> None:
    with_todo(scene, "青禾建筑劳务有限公司", "约谈项目经理", TODAY)
    page = home(user)
    user.act("refresh")
    row = next(row for row in page.due.rows_model.rows() if row.kind == "todo")
    page.due.select_key(f"todo:{row.id}")
    user.quiet()
    press(page.pane.lines, "完成")
    user.quiet()
    assert "约谈项目经理" not in titles(page)
    user.undo()
    assert "约谈项目经理" in titles(page)


def test_each_tab_of_the_pane_tells_its_part_of_the_story(user: Driver) -> None:
    page = home(user)
    found = []
    for number in range(5):
        page.pane.tabs.at(number).click()
        found.append([line.title for line in page.pane.lines.lines()])
    assert found[0][:3] == ["清偿 72,016.67 元", "责令改正", "送达限期改正指令书"]
    assert found[1] == ["限期改正指令书"]
    assert len(found[2]) == 6
    assert found[3] == ["向大山　72,016.67 元"]
    assert found[4] == ["核查整改情况（平人社监令字〔2026〕第56号）"]


def test_the_pane_gives_way_in_a_narrow_window_and_comes_with_f4(user: Driver) -> None:
    page = home(user)
    assert page.pane.isVisible()
    user.window.resize(1200, 768)
    assert not page.pane.isVisible()
    user.act("detail")
    assert page.pane.isVisible()


def test_a_paper_is_started_from_the_list_for_the_case_in_view(user: Driver) -> None:
    user.act("paper.new")
    user.choose("开具约谈通知书")
    assert user.at() == "paper"


def test_the_menu_of_the_pane_opens_the_case_and_adds_a_to_do(user: Driver) -> None:
    page = home(user)
    page.pane._show_more()
    user.choose("登记待办")
    form = page.pane.area.form()
    assert form is not None
    form.form.fields["title"].set_value("约谈项目经理")
    form.form.fields["due_on"].set_value(date(2026, 11, 28))
    assert form.form.fields["due_on"].hint() == "2026年11月28日（星期六），不是工作日"
    form.submit()
    user.quiet()
    assert user.toast() == "已登记待办"


def test_an_empty_ledger_says_what_to_do(open_window: OpenWindow, empty_desk: Desk) -> None:
    window = open_window(empty_desk)
    page = window.stack.current()
    assert isinstance(page, HomePage)
    assert page.states.state() == "empty"
    assert page.states.empty.title.text() == "还没有案件"


def test_a_ledger_that_cannot_be_read_says_so_and_can_be_tried_again(
    user: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_more: object) -> None:
        raise OutsideError("台账文件正被占用，请稍后再试。")

    page = home(user)
    with monkeypatch.context() as patched:
        patched.setattr("inspector_app.ui.pages.home.read_home", fail)
        user.act("refresh")
        assert page.states.state() == "error"
        assert page.states.error.body.text() == "台账文件正被占用，请稍后再试。"
    press(page.states.error, "重试")
    user.quiet()
    assert page.states.state() == "content"


@pytest.mark.parametrize(
    ("name", "theme", "scale", "size"),
    [
        ("home_light", "light", 1.0, (1440, 900)),
        ("home_dark", "dark", 1.0, (1440, 900)),
        ("home_large", "light", 1.25, (1440, 900)),
        ("home_1366", "light", 1.0, (1366, 768)),
    ],
)
def test_the_first_page_looks_as_it_was_accepted(
    user: Driver, picture: Picture, name: str, theme: str, scale: float, size: tuple[int, int]
) -> None:
    picture(user, name, theme, scale, size)
