"""The paper register and the start of a new paper."""

import pytest
from PySide6.QtCore import Qt

from inspector_app.domain.papers import PaperState
from inspector_app.errors import OutsideError
from inspector_app.services.desk import Desk
from inspector_app.services.issuing import issue, void
from inspector_app.services.papers import paper_list, start_draft
from inspector_app.ui.pages.paper.page import PaperPage
from inspector_app.ui.pages.papers import PapersPage
from tests.ui.pages.conftest import WAIT, Driver, OpenWindow, Picture, press
from tests.ui.pages.scene import ORDER
from tests.ui.pages.visits import focus
from tests.ui.typing import commit

UNIT = "青禾建筑劳务有限公司"


@pytest.fixture
def page(user: Driver) -> PapersPage:
    desk = user.scene.desk
    first = start_draft(desk, user.scene.cases[UNIT].id, ORDER)
    void(desk, issue(desk, first.id).id, "重复制发")
    found = user.open("papers")
    assert isinstance(found, PapersPage)
    return found


def shown(page: PapersPage) -> list[str]:
    return [f"{row.title} {row.number}".strip() for row in page.register.table.rows_model.rows()]


def test_drafts_come_first_and_the_head_counts(page: PapersPage) -> None:
    states = [row.state for row in page.register.table.rows_model.rows()]
    assert states[0] is PaperState.DRAFT
    assert states.count(PaperState.VOID) == 1
    assert page.head.hint() == "草稿 1 份，待送达 1 份，共 5 份"
    assert page.register.count.text() == "5 份"


def test_chips_and_search_filter_the_register(user: Driver, page: PapersPage) -> None:
    page.register.chips["state"].set_chosen(("void",))
    page.register.show_rows()
    assert shown(page) == ["限期改正指令书 平人社监令字〔2026〕第1号"]
    page.register.chips["state"].set_chosen(())
    page.register.chips["kind"].set_chosen(("interview_notice",))
    page.register.show_rows()
    assert page.register.states.state() == "empty"
    press(page, "清除筛选")
    user.act("find")
    commit(page.register.search.edit, "同晖")
    user.qtbot.keyClick(page.register.search.edit, Qt.Key.Key_Return)
    assert [row.party for row in page.register.table.rows_model.rows()] == [
        "同晖电子科技有限公司（演示）"
    ]


def test_enter_opens_the_paper_and_esc_comes_back(user: Driver, page: PapersPage) -> None:
    page.register.table.setFocus()
    user.qtbot.keyClick(page.register.table, Qt.Key.Key_Return)
    user.quiet()
    assert isinstance(user.page(), PaperPage)
    user.act("back")
    assert user.at() == "papers"


def test_a_draft_is_thrown_away_from_its_menu_and_brought_back(
    user: Driver, page: PapersPage
) -> None:
    menu = page._menu(page.register.table.rows_model.rows()[0])
    entry = next(one for one in menu.actions() if one.text() == "删除草稿")
    entry.trigger()
    user.quiet()
    assert page.head.hint().startswith("草稿 0 份")
    user.undo()
    assert page.head.hint().startswith("草稿 1 份")


def test_the_menu_leads_to_the_case(user: Driver, page: PapersPage) -> None:
    menu = page._menu(page.register.table.rows_model.rows()[0])
    next(one for one in menu.actions() if one.text() == "打开案件").trigger()
    user.quiet()
    assert user.at() == "case"


def test_a_register_that_cannot_be_read_offers_another_try(
    user: Driver, page: PapersPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object) -> None:
        raise OutsideError("台账打不开。")

    with monkeypatch.context() as patched:
        patched.setattr("inspector_app.ui.pages.papers_registers.paper_register", refuse)
        user.act("refresh")
        assert page.register.states.state() == "error"
    press(page, "重试")
    user.quiet()
    assert page.register.states.state() == "content"


# ── a new paper ──────────────────────────────────────────────────────────────────────────────
def test_a_new_paper_takes_only_the_keyboard(user: Driver, page: PapersPage) -> None:
    user.act("paper.new")
    new = page.new
    assert page.head.title() == "新文书"
    commit(new.search.edit, "qhjz")
    user.qtbot.keyClick(new.search.edit, Qt.Key.Key_Return)
    user.quiet()
    assert [line.row.employer_name for line in new.cases.rows_model.rows()] == [
        "青禾建筑劳务有限公司（演示）"
    ]
    user.qtbot.keyClick(new.search.edit, Qt.Key.Key_Down)
    user.qtbot.keyClick(new.cases, Qt.Key.Key_Return)
    assert new.kinds.search.edit.hasFocus()
    commit(new.kinds.search.edit, "yttz")
    user.quiet()
    user.qtbot.keyClick(new.kinds.search.edit, Qt.Key.Key_Down)
    assert new.kinds.table.hasFocus()
    assert [one.kind.title for one in new.kinds.table.rows_model.rows()] == ["约谈通知书"]
    user.qtbot.keyClick(new.kinds.table, Qt.Key.Key_Return)
    user.quiet()
    opened = user.page()
    assert isinstance(opened, PaperPage)
    assert opened.head.title() == "约谈通知书"
    user.qtbot.waitUntil(lambda: opened.preview.page_count() > 0, timeout=WAIT)


def test_esc_leaves_the_choice_without_a_draft(user: Driver, page: PapersPage) -> None:
    count = len(paper_list(user.scene.desk))
    user.act("paper.new")
    user.act("back")
    assert page.head.title() == "文书制作"
    assert len(paper_list(user.scene.desk)) == count


def test_no_case_matches(user: Driver, page: PapersPage) -> None:
    user.open("papers", "new")
    commit(page.new.search.edit, "没有这家")
    user.qtbot.keyClick(page.new.search.edit, Qt.Key.Key_Return)
    user.quiet()
    assert page.new.states.state() == "empty"
    assert not page.new.go.isEnabled()


def test_an_empty_ledger_says_what_to_do(
    open_window: OpenWindow, empty_desk: Desk, user: Driver
) -> None:
    user.window = open_window(empty_desk)
    page = user.open("papers")
    assert isinstance(page, PapersPage)
    assert page.register.states.empty.title.text() == "还没有文书"
    user.open("papers", "new")
    assert page.new.states.empty.title.text() == "还没有案件"


def test_the_register_looks_as_it_was_accepted(
    user: Driver, page: PapersPage, picture: Picture
) -> None:
    focus(user, page.register.table)
    picture(user, "papers_light", "light", 1.0, (1440, 900))
    picture(user, "papers_dark", "dark", 1.0, (1440, 900))
    user.open("papers", "new")
    focus(user, page.new.search.edit)
    picture(user, "papers_new_1366", "light", 1.0, (1366, 768))
