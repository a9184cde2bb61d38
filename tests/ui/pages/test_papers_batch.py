"""Several papers at once in the window: numbered, printed, one file; one meeting of many."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QFileDialog

from inspector_app.domain.papers import PaperState
from inspector_app.services.issuing import issue
from inspector_app.services.papers import draft_sheet, paper_list, save_draft
from inspector_app.ui.pages import papers_batch as batch_module
from inspector_app.ui.pages.paper.page import PaperPage
from inspector_app.ui.pages.papers import PapersPage
from inspector_app.ui.pages.papers_batch import IssueManyDialog
from inspector_app.ui.pages.papers_meeting import MeetingPage
from tests.ui.pages.conftest import Driver, Picture, press
from tests.ui.pages.drafts import CALL, CTRL, drafted, shown_dialog
from tests.ui.pages.scene import ORDER
from tests.ui.pages.visits import focus
from tests.ui.typing import commit

UNITS = ("青禾建筑劳务有限公司", "锦程装饰工程有限公司", "华垣建筑工程有限公司")


@pytest.fixture
def page(user: Driver) -> PapersPage:
    found = user.open("papers")
    assert isinstance(found, PapersPage)
    return found


def mark(page: PapersPage, *ids: str) -> None:
    """As Ctrl+click on each row."""
    model, table = page.register.table.rows_model, page.register.table
    table.clearSelection()
    rows = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for one in ids:
        index = model.index(model.number_of(one), 0)
        table.selectionModel().select(index, rows)


# ── numbers ──────────────────────────────────────────────────────────────────────────────────
def test_marked_drafts_are_numbered_after_one_question(user: Driver, page: PapersPage) -> None:
    ids = [drafted(user, ORDER, UNITS[0]), drafted(user, ORDER, UNITS[1])]
    user.act("refresh")
    assert not page.batch.issue.isVisible()
    mark(page, *ids)
    assert page.register.count.text().startswith("已选 2 份，共 ")
    page.batch.issue.click()
    ask = shown_dialog(user, IssueManyDialog)
    assert isinstance(ask, IssueManyDialog)
    assert "遇到第一份不能制发的停下" in ask.notice.text()
    ask.go.click()
    user.quiet()
    assert user.toast() == "已制发 2 份"
    numbers = [draft_sheet(user.scene.desk, one).paper.number for one in ids]
    assert numbers == ["平人社监令字〔2026〕第1号", "平人社监令字〔2026〕第2号"]


def test_the_first_bad_one_is_told_with_a_way_to_it(user: Driver, page: PapersPage) -> None:
    desk = user.scene.desk
    ids = [drafted(user, ORDER, unit) for unit in UNITS[:2]]
    save_draft(desk, ids[1], draft_sheet(desk, ids[1]).values | {"party": ""})
    user.act("refresh")
    mark(page, *ids)
    page.batch.ask_issue()
    ask = shown_dialog(user, IssueManyDialog)
    assert isinstance(ask, IssueManyDialog)
    ask.go.click()
    user.quiet()
    assert user.toast().startswith("已制发 1 份，停在锦程装饰工程有限公司（演示）的限期改正指令书")
    user.undo()  # the button beside the sentence: 打开
    opened = user.page()
    assert isinstance(opened, PaperPage)
    assert opened.place() == ids[1]


def test_thinking_better_of_it_numbers_nothing(user: Driver, page: PapersPage) -> None:
    ids = [drafted(user, ORDER, unit) for unit in UNITS[:2]]
    user.act("refresh")
    mark(page, *ids)
    page.batch.ask_issue()
    ask = shown_dialog(user, IssueManyDialog)
    assert isinstance(ask, IssueManyDialog)
    ask.stay.click()
    user.quiet()
    assert {draft_sheet(user.scene.desk, one).paper.state for one in ids} == {PaperState.DRAFT}
    mark(page, ids[0])
    page.batch.ask_issue()
    assert page.batch.dialog is ask  # one marked row is only where one stands


def test_a_batch_can_be_stopped(
    user: Driver, page: PapersPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [drafted(user, ORDER, unit) for unit in UNITS[:2]]
    user.act("refresh")
    mark(page, *ids)
    monkeypatch.setattr(
        batch_module, "issue_all", lambda *_: batch_module.Issued((), None, cancelled=True)
    )
    page.batch.ask_issue()
    ask = shown_dialog(user, IssueManyDialog)
    assert isinstance(ask, IssueManyDialog)
    ask.go.click()
    user.quiet()
    assert user.toast() == "已制发 0 份，已按要求停下"


# ── one file ─────────────────────────────────────────────────────────────────────────────────
def test_marked_papers_are_kept_as_one_file(
    user: Driver, page: PapersPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = user.scene.desk
    issued = issue(desk, drafted(user, ORDER, UNITS[0])).id
    ids = [issued, drafted(user, CALL, UNITS[1])]
    user.act("refresh")
    mark(page, *ids)
    assert not page.batch.issue.isVisible()  # one of them is issued already
    path = tmp_path / "all.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    page.batch.export.click()
    user.quiet()
    with pikepdf.open(BytesIO(path.read_bytes())) as file, file.open_outline() as outline:
        assert len(outline.root) == 2


def test_marked_papers_are_printed_on_one_side_or_both(
    user: Driver, page: PapersPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [drafted(user, CALL, unit) for unit in UNITS[:2]]
    user.act("refresh")
    mark(page, *ids)
    sent: list[int] = []

    def keep(_context: object, pdf: bytes, title: str) -> None:
        assert title == "文书 2 份_20261120"
        with pikepdf.open(BytesIO(pdf)) as file:
            sent.append(len(file.pages))

    monkeypatch.setattr(batch_module, "ask_and_print", keep)
    for words in ("单面", "双面"):
        page.batch.print.click()
        user.choose(words)
    assert sent == [2, 4]


# ── 集中约谈 ─────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def meeting(user: Driver, page: PapersPage) -> MeetingPage:
    press(page, "集中约谈")
    user.quiet()
    return page.meeting


def choose(meeting: MeetingPage, *units: str) -> None:
    rows = meeting.cases.rows_model.rows()
    flags = QItemSelectionModel.SelectionFlag
    meeting.cases.clearSelection()
    for number, line in enumerate(rows):
        if line.row.employer_name.removesuffix("（演示）") in units:
            index = meeting.cases.rows_model.index(number, 0)
            meeting.cases.selectionModel().select(index, flags.Select | flags.Rows)


def fill(meeting: MeetingPage, **typed: str) -> None:
    usual = {"interview_date": "2026-11-25", "interview_time": "09:30", "place": "三楼会议室",
             "explain_by": "2026-11-24"}  # fmt: skip
    for key, text in (usual | typed).items():
        editor = meeting.form.fields[key].editor
        editor.setFocus()
        editor.selectAll()  # type: ignore[attr-defined]  # a line
        commit(editor, text)


def test_one_notice_for_each_unit_then_all_numbered(
    user: Driver, page: PapersPage, meeting: MeetingPage
) -> None:
    assert page.head.title() == "集中约谈"
    assert meeting.form.fields["host"].value() == "平顶山市人力资源和社会保障局"
    assert not meeting.go.isEnabled()
    choose(meeting, *UNITS)
    assert meeting.count.text() == "已选 3 件，3 个单位"
    assert meeting.go.text() == "起草 3 份通知书"
    fill(meeting)
    user.qtbot.keyClick(meeting.form.fields["place"].editor, Qt.Key.Key_Return, CTRL)
    user.quiet()
    assert user.toast() == "已起草 3 份，核对后选中一起编号制发"
    drafts = page.register.table.rows_model.rows()
    assert {row.party for row in drafts} == {f"{unit}（演示）" for unit in UNITS}
    assert {row.title for row in drafts} == {"约谈通知书"}
    page.register.table.selectAll()
    page.batch.ask_issue()
    ask = shown_dialog(user, IssueManyDialog)
    assert isinstance(ask, IssueManyDialog)
    ask.go.click()
    user.quiet()
    assert user.toast() == "已制发 3 份"
    issued = [row for row in paper_list(user.scene.desk) if row.kind == CALL]
    assert sorted(row.number for row in issued) == [
        f"平人社监约字〔2026〕第{number}号" for number in (1, 2, 3)
    ]


def test_the_drafts_of_a_meeting_are_taken_back_at_once(
    user: Driver, page: PapersPage, meeting: MeetingPage
) -> None:
    before = len(paper_list(user.scene.desk))
    choose(meeting, *UNITS[:2])
    fill(meeting)
    meeting.go.click()
    user.quiet()
    assert len(paper_list(user.scene.desk)) == before + 2
    user.undo()
    assert len(paper_list(user.scene.desk)) == before


def test_what_is_missing_stands_under_its_field(user: Driver, meeting: MeetingPage) -> None:
    choose(meeting, UNITS[0])
    meeting.go.click()
    user.quiet()
    assert meeting.form.fields["interview_date"].error()


def test_esc_leaves_the_meeting_and_a_search_that_finds_nothing_says_so(
    user: Driver, page: PapersPage, meeting: MeetingPage
) -> None:
    user.act("find")
    commit(meeting.search.edit, "没有这家")
    user.qtbot.keyClick(meeting.search.edit, Qt.Key.Key_Return)
    user.quiet()
    assert meeting.states.state() == "empty"
    assert meeting.count.text() == "未选择"
    user.act("back")
    assert page.head.title() == "文书制作"


# ── pictures ─────────────────────────────────────────────────────────────────────────────────
def test_a_meeting_looks_as_it_was_accepted(
    user: Driver, meeting: MeetingPage, picture: Picture
) -> None:
    choose(meeting, *UNITS)
    focus(user, meeting.cases)
    picture(user, "papers_meeting_light", "light", 1.0, (1440, 900))
    picture(user, "papers_meeting_1366_dark", "dark", 1.0, (1366, 768))


def test_several_marked_papers_look_as_they_were_accepted(
    user: Driver, page: PapersPage, picture: Picture
) -> None:
    ids = [drafted(user, ORDER, unit) for unit in UNITS[:2]]
    user.act("refresh")
    mark(page, *ids)
    focus(user, page.register.table)
    picture(user, "papers_batch_light", "light", 1.0, (1440, 900))


def test_keys_mark_several_rows(user: Driver, page: PapersPage) -> None:
    page.register.table.setFocus()
    shift = Qt.KeyboardModifier.ShiftModifier
    user.qtbot.keyClick(page.register.table, Qt.Key.Key_Home)
    user.qtbot.keyClick(page.register.table, Qt.Key.Key_Down, shift)
    assert len(page.register.marked()) == 2
