"""报批 in the window: a draft that wants a leader's signature, and what a change does to it."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from inspector_app.domain.guards.situation import Refusal
from inspector_app.domain.papers import PaperState
from inspector_app.services import paper_life
from inspector_app.services.case_sheet import case_sheet
from inspector_app.services.desk import Desk
from inspector_app.services.papers import save_draft, start_draft
from inspector_app.services.settings import inspectors, save_inspector
from inspector_app.ui.pages.case.events import events
from inspector_app.ui.pages.paper.approval import NO_LEADER, ApprovalEntry
from inspector_app.ui.pages.paper.dialogs import IssueDialog
from inspector_app.ui.pages.paper.page import PaperPage
from tests.helpers.approval import wanting_approval
from tests.helpers.steps import LEADER
from tests.ui.pages.conftest import Driver, OpenWindow, Picture
from tests.ui.pages.drafts import UNIT, leave_field, opened, sheet, shown_dialog, type_over
from tests.ui.pages.scene import ORDER
from tests.ui.pages.visits import focus
from tests.ui.typing import commit


@pytest.fixture
def page(user: Driver, open_window: OpenWindow) -> PaperPage:
    """A complete draft on a desk where the order wants approval."""
    desk = wanting_approval(user.scene.desk, ORDER)
    user.scene = replace(user.scene, desk=desk)
    user.window = open_window(desk)
    return opened(user, start_draft(desk, user.scene.cases[UNIT].id, ORDER).id)


def entry(user: Driver, page: PaperPage) -> ApprovalEntry:
    page.editor.approval.ask()
    user.quiet()
    made = page.editor.approval.entry
    assert made is not None
    return made


def test_ctrl_p_asks_for_the_signature_and_then_for_the_number(
    user: Driver, page: PaperPage
) -> None:
    bar = page.editor.approval
    assert bar.banner.text().startswith("须经负责人批准后制发")
    assert page.editor.problems.text().startswith("还差 1 处 限期改正指令书须经负责人批准")
    user.act("print")
    made = bar.entry
    assert made is not None
    assert not page.issue.isVisible()  # the entry has the one primary button
    assert made.form.fields["approver"].value() == LEADER
    user.qtbot.keyClick(
        made.form.fields["opinion"].editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    user.quiet()
    assert user.toast() == "已登记批准"
    assert bar.entry is None
    assert bar.banner.text() == f"{LEADER}　2026年11月20日　同意　纸质签批"
    user.act("print")
    ask = shown_dialog(user, IssueDialog)
    assert isinstance(ask, IssueDialog)
    ask.go.click()
    user.quiet()
    assert sheet(user, page).paper.state is PaperState.ISSUED
    assert not bar.isVisible()


def test_what_is_typed_afterwards_wants_another_signature(user: Driver, page: PaperPage) -> None:
    entry(user, page).submit()
    user.quiet()
    type_over(page, "evidence", "另有证据")
    leave_field(user, page)
    assert "须重新批准" in page.editor.approval.banner.text()
    assert "须重新批准" in page.editor.problems.text()


def test_what_a_leader_may_let_pass_asks_for_the_reason(
    user: Driver, page: PaperPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refusals(*_args: object) -> tuple[Refusal, ...]:
        return (Refusal("in_range", "对单位罚款应在范围内", "处罚法 4", "按幅度填写"),)

    monkeypatch.setattr(paper_life, "paper_refusals", refusals)
    made = entry(user, page)
    made.submit()
    user.quiet()
    why = made.form.fields["override_why"]
    assert "对单位罚款应在范围内（处罚法 4）" in why.error()
    assert page.editor.approval.entry is made
    commit(why.editor, "配合查处，依法减轻")
    made.submit()
    user.quiet()
    assert page.editor.approval.entry is None
    case = user.scene.cases[UNIT]
    event = next(one for one in case_sheet(user.scene.desk, case.id).events if one.override_why)
    assert (event.override_by, event.override_why) == (LEADER, "配合查处，依法减轻")


def test_what_is_typed_before_reaches_the_ledger_first(user: Driver, page: PaperPage) -> None:
    type_over(page, "evidence", "另有证据")
    entry(user, page).submit()
    user.quiet()
    assert sheet(user, page).values["evidence"] == "另有证据"
    assert page.editor.approval.banner.text().startswith(LEADER)


def test_esc_leaves_the_entry_and_what_is_missing_is_said_in_it(
    user: Driver, page: PaperPage
) -> None:
    made = entry(user, page)
    commit(made.form.fields["opinion"].editor, "，另行通知")
    user.act("back")
    assert page.editor.approval.entry is made  # warned once
    user.act("back")
    assert page.editor.approval.entry is None
    assert user.at() == "paper"
    save_draft(user.scene.desk, str(page.place()), {"party": ""})
    user.act("refresh")
    made = entry(user, page)
    made.submit()
    user.quiet()
    assert made.words.text().startswith("草稿还不完整")


def test_the_story_of_the_case_names_the_paper_and_hides_the_fingerprint(
    user: Driver, page: PaperPage
) -> None:
    entry(user, page).submit()
    user.quiet()
    case = case_sheet(user.scene.desk, user.scene.cases[UNIT].id)
    told = next(one for one in events(case) if one.title.startswith("批准文书"))
    assert told.title == "批准文书：纸质签批"
    assert told.meta == f"批准 {LEADER}　限期改正指令书　同意"


def test_an_office_without_leaders_is_told_where_to_name_one(user: Driver, page: PaperPage) -> None:
    desk: Desk = user.scene.desk
    leader = next(one for one in inspectors(desk) if one.leader)
    save_inspector(desk, replace(leader, leader=False))
    user.act("refresh")
    assert entry(user, page).words.text() == NO_LEADER


def test_a_draft_waiting_for_approval_looks_as_it_was_accepted(
    user: Driver, page: PaperPage, picture: Picture
) -> None:
    focus(user, entry(user, page).form.fields["approver"].editor)
    picture(user, "paper_approval_light", "light", 1.0, (1440, 900))
    picture(user, "paper_approval_1366_dark", "dark", 1.0, (1366, 768))
