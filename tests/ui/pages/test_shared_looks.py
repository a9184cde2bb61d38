"""What two PCs changed while apart, where records stand, and what is known after a restart."""

from datetime import timedelta
from typing import Any

import pytest

from inspector_app.domain.cases import Case, Stage
from inspector_app.domain.looks import CaseLook
from inspector_app.domain.templates import Template
from inspector_app.ledger.ids import new_id
from inspector_app.ledger.schema.exchange import sync_conflict
from inspector_app.services import looks
from inspector_app.services.case_sheet import case_history
from inspector_app.services.papers import draft_sheet, start_draft
from inspector_app.ui.exchange_column import TITLE
from inspector_app.ui.pages.case.page import CasePage
from inspector_app.ui.pages.cases import CasesPage
from inspector_app.ui.pages.paper.dialogs import IssueDialog
from inspector_app.ui.pages.papers import PapersPage
from inspector_app.ui.pages.papers_batch import IssueManyDialog
from inspector_app.ui.pages.shared.page import CHOICES
from inspector_app.ui.screenshot import grab
from tests.conftest import PictureCheck
from tests.ui.pages.bureau import Bureau
from tests.ui.pages.conftest import Driver, OpenWindow, press
from tests.ui.pages.drafts import drafted, opened, shown_dialog
from tests.ui.pages.scene import ORDER

CONFLICT = "两处改了同一内容"
UNITS = ("青禾建筑劳务有限公司", "锦程装饰工程有限公司")


def apart(bureau: Bureau) -> str:
    """A case of which both PCs changed a legal fact, each another one."""
    case_id = bureau.other.new_case()
    bureau.other.sync()
    bureau.sync()
    bureau.other.edit(Case, case_id, stage=Stage.INVESTIGATION)
    bureau.edit(case_id, stated_workers=38, stated_fen=5_000_000)
    bureau.other.sync()
    bureau.sync()
    return case_id


def found_apart(user: Driver, unit: str) -> str:
    """As an exchange writes it down."""
    case = user.scene.cases[unit]
    own = (f"case|{case.id}|filed_on", f"case|{case.id}|stage")
    with user.scene.desk.work(looks.FOUND) as uow:
        uow.add(CaseLook(new_id(), case.id, "", "王芳", user.scene.desk.today(), own, own))
        uow.commit()
    return case.id


def disputed(user: Driver, unit: str) -> str:
    """A conflict as it comes in."""
    case = user.scene.cases[unit]
    texts = dict.fromkeys(("grp", "base", "theirs", "mine", "resolution", "reason", "mine_by"), "")
    row: dict[str, Any] = {**texts, "id": new_id(), "scope": case.scope, "root_type": "case"}
    row |= {"root_id": case.id, "t": "case", "row_id": case.id, "theirs_by": "", "at": "2026-11-19"}
    row |= {"state": "open", "resolved_by": "", "grp": "money", "theirs": '{"stated_workers": 4}'}
    with user.scene.desk.work("同步") as uow:
        uow.connection.execute(sync_conflict.insert(), row)
        uow.commit()
    return case.id


# ── on the page of the shared database ───────────────────────────────────────────────────────
def test_a_case_that_merged_by_itself_is_read_once_by_somebody(
    bureau: Bureau, picture_check: PictureCheck
) -> None:
    bureau.set_up()
    case_id = apart(bureau)
    assert bureau.words() == "1 件案件两处同改"
    bureau.window.open_page("case", case_id)
    bureau.quiet()
    case = bureau.window.stack.current()
    assert isinstance(case, CasePage)
    assert case.disputes.accessibleName().startswith("本案在两台电脑上同时改过")
    press(case.disputes, "去看")
    bureau.quiet()
    page = bureau.page()
    assert page.tab() == CHOICES
    words = page.choices.choice.looks.words()
    assert {"李明改的", "另一台电脑改的", "案件：阶段", "864,200.00 元 → 50,000.00 元"} <= set(
        words
    )
    assert not page.choices.choice.mine.isVisible()
    bureau.window.exchange.cancel()
    bureau.quiet()
    picture_check("ui/shared_look_1366", grab(bureau.window, (1366, 768)))
    page.choices.choice.seen.click()
    bureau.quiet()
    assert looks.waits(bureau.desk, [case_id]) == {}
    assert not case.disputes.isVisible()
    assert bureau.words() == "待上传 1 项"


@pytest.mark.long
def test_what_was_decided_stays_to_be_read(bureau: Bureau) -> None:
    bureau.set_up()
    case_id = bureau.disputed()
    bureau.window.open_page("shared")
    bureau.quiet()
    view = bureau.page().choices
    view.choice.reason.set_value("核对了名册，应为 38 人")
    view.choice.mine.click()
    bureau.quiet()
    bureau.sync()
    view.which.at(1).click()
    bureau.quiet()
    told = view.choice.notice.text()
    assert told.startswith("a1选定：反映人数 38，")
    assert told.endswith("理由：核对了名册，应为 38 人")
    assert not view.choice.mine.isVisible()
    (kept,) = [one for one in case_history(bureau.desk, case_id) if one.action == CONFLICT]
    assert kept.why.startswith("反映人数：a2 40，a1 38。a1选定：反映人数 38")
    assert not kept.undoable


# ── before a paper ───────────────────────────────────────────────────────────────────────────
def test_issuing_shows_both_sides_first_and_says_that_it_was_read(user: Driver) -> None:
    paper_id = drafted(user)
    page = opened(user, paper_id)
    case_id = found_apart(user, UNITS[0])
    user.act("print")
    ask = shown_dialog(user, IssueDialog)
    assert isinstance(ask, IssueDialog)
    assert ask.go.text() == "看过了，编号并打印"
    assert "案件：阶段" in ask.looks.words()
    assert ask.stay.hasFocus() or not ask.go.hasFocus()
    ask.reject()  # closing chooses nothing
    user.quiet()
    assert looks.waits(user.scene.desk, [case_id])[case_id].looks == 1
    user.act("print")
    again = shown_dialog(user, IssueDialog)
    assert isinstance(again, IssueDialog)
    again.go.click()
    user.quiet()
    assert draft_sheet(user.scene.desk, paper_id).paper.number
    assert looks.waits(user.scene.desk, [case_id]) == {}
    assert page.news is not None


def test_issuing_from_a_disputed_case_asks_first(user: Driver) -> None:
    paper_id = drafted(user)
    opened(user, paper_id)
    disputed(user, UNITS[0])
    user.act("print")
    ask = shown_dialog(user, IssueDialog)
    assert isinstance(ask, IssueDialog)
    assert ask.go.text() == "仍然编号并打印"
    ask.go.click()
    user.quiet()
    assert draft_sheet(user.scene.desk, paper_id).paper.number


def test_a_batch_lists_the_affected_cases_and_goes_on_with_the_rest(user: Driver) -> None:
    ids = [drafted(user, ORDER, unit) for unit in UNITS]
    found_apart(user, UNITS[0])
    page = user.open("papers")
    assert isinstance(page, PapersPage)
    page.register.table.selectAll()
    rows = [row for row in page.register.marked() if row.id in ids]
    page.batch._view.marked = lambda: rows  # type: ignore[method-assign]  # these two alone
    page.batch.ask_issue()
    ask = shown_dialog(user, IssueManyDialog)
    assert isinstance(ask, IssueManyDialog)
    assert ask.windowTitle() == "编号制发 1 份"
    assert "两处同改还没有人看过" in ask.passed.text()
    ask.go.click()
    user.quiet()
    assert user.toast() == "已制发 1 份，跳过 1 份"
    numbers = [draft_sheet(user.scene.desk, one).paper.number for one in ids]
    assert (numbers[0], bool(numbers[1])) == ("", True)


# ── where records stand, and what a restart knows ────────────────────────────────────────────
def test_the_ledger_says_where_each_case_stands_when_asked_to(
    bureau: Bureau, open_window: OpenWindow
) -> None:
    bureau.set_up()
    case_id = bureau.disputed()
    bureau.window.open_page("cases")
    bureau.quiet()
    page = bureau.window.stack.current()
    assert isinstance(page, CasesPage)
    titles = [one.title for one in page.table.rows_model.columns]
    assert page.table.isColumnHidden(titles.index(TITLE))
    page.stands.toggle()
    bureau.quiet()
    assert not page.table.isColumnHidden(titles.index(TITLE))
    column = page.table.rows_model.columns[titles.index(TITLE)]
    row = page.table.rows_model.row(0)
    assert row is not None
    assert (row.row.id, column.text(row), column.tone(row)) == (case_id, "有冲突", "danger")
    paper = start_draft(bureau.desk, case_id, ORDER)
    bureau.window.open_page("papers")
    bureau.quiet()
    papers = bureau.window.stack.current()
    assert isinstance(papers, PapersPage)
    table = papers.register.table  # one wish holds for all lists
    last_column = table.rows_model.columns[-1]
    assert not table.isColumnHidden(len(table.rows_model.columns) - 1)
    (draft,) = table.rows_model.rows()
    assert (draft.id, last_column.title, last_column.text(draft)) == (paper.id, TITLE, "待上传")
    assert "不显示“同步”列" in [one.text() for one in papers._menu(draft).actions()]
    last = bureau.window.exchange.last
    bureau.window.close()
    again = open_window(bureau.desk)
    bureau.qtbot.waitUntil(lambda: not again.tasks.busy())
    assert again.exchange.last == last
    assert again.exchange.state.last is not None
    assert again.status.exchange.text() == "有冲突 1 项，待上传 1 项"  # the draft
    again.exchange.stop()


def test_a_wrong_clock_is_said_in_words(bureau: Bureau) -> None:
    bureau.set_up()
    hello = bureau.server.hello

    def later(me: str, doc: Any) -> Any:
        behind = bureau.desk.now().astimezone() - timedelta(minutes=12)
        return {**hello(me, doc), "now": behind.isoformat()}

    bureau.server.hello = later  # type: ignore[method-assign]  # its clock is another
    bureau.sync()
    assert bureau.words() == "已同步 09:41，本机时钟快 12 分钟"
    assert "请校准" in bureau.page().overview.words()[0]


@pytest.mark.long
def test_forms_another_pc_made_are_known_after_the_exchange(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    bureau.set_up()
    learnt: list[Any] = []
    monkeypatch.setattr("inspector_app.ui.exchange.forms_of", learnt.append)
    bureau.other.new_case()
    bureau.other.sync()
    bureau.sync()
    assert learnt == []
    made = Template(new_id(), "order_a", "1", bureau.desk.today(), "x", "410402", "410400")
    bureau.other.add(made)
    bureau.other.sync()
    bureau.sync()
    assert learnt == [bureau.desk]
