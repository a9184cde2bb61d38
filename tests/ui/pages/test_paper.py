"""The paper page as an inspector uses it: typed, seen, saved by itself, numbered once, kept."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from inspector_app.domain.office import Inspector
from inspector_app.domain.papers import FieldType, InspectorRef
from inspector_app.errors import OutsideError
from inspector_app.services import settings
from inspector_app.services.claims import ClaimForm, add_claims
from inspector_app.services.issuing import issue, void
from inspector_app.services.papers import (
    discard_draft,
    draft_sheet,
    save_draft,
)
from inspector_app.ui.pages.paper.dialogs import IssueDialog
from inspector_app.ui.pages.paper.issued import words_of
from inspector_app.ui.pages.paper.page import PaperPage
from inspector_app.ui.pages.paper.reading import from_ledger, read_paper
from tests.ui.pages.conftest import WAIT, Driver, Picture, press
from tests.ui.pages.drafts import (
    CALL,
    UNIT,
    drafted,
    leave_field,
    opened,
    sheet,
    type_over,
)
from tests.ui.pages.scene import ORDER
from tests.ui.pages.visits import focus
from tests.ui.typing import commit, compose


@pytest.fixture
def order(user: Driver) -> PaperPage:
    return opened(user, drafted(user))


# ── form and preview ─────────────────────────────────────────────────────────────────────────
def test_the_form_stands_filled_from_the_ledger_and_says_so(order: PaperPage) -> None:
    form, marks = order.editor.form, order.editor.marks
    assert order.head.title() == "限期改正指令书"
    assert order.head.hint() == "平人社监〔2026〕1号　青禾建筑劳务有限公司（演示）　草稿"
    assert form.fields["amount"].hint() == "大写：柒拾玖万贰仟壹佰捌拾叁元叁角叁分"
    assert form.fields["deadline"].hint() == "星期五"
    assert marks["party"].is_same()
    assert "remedy" not in marks
    assert order.preview.page_count() >= 2
    assert order.editor.problems.text() == "内容完整，可以编号打印"


def test_typing_changes_the_page_and_saves_itself(user: Driver, order: PaperPage) -> None:
    before = order.preview._document
    type_over(order, "party", "青禾建筑劳务总公司")
    user.qtbot.waitUntil(lambda: order.preview._document is not before, timeout=WAIT)
    leave_field(user, order)

    assert sheet(user, order).values["party"] == "青禾建筑劳务总公司"
    assert order.head.hint().endswith("草稿已自动保存 09:41")
    assert not order.editor.marks["party"].is_same()


def test_one_press_brings_the_ledgers_value_back(user: Driver, order: PaperPage) -> None:
    type_over(order, "party", "别的单位")
    leave_field(user, order)
    link = order.editor.marks["party"].link
    assert link.isVisible()
    link.linkActivated.emit("#restore")
    order.editor.save_now()
    user.quiet()

    assert order.editor.form.fields["party"].value() == "青禾建筑劳务有限公司（演示）"
    assert sheet(user, order).typed == frozenset()
    assert order.editor.marks["party"].is_same()


def test_letters_of_a_composition_are_not_saved(user: Driver, order: PaperPage) -> None:
    editor = order.editor.form.fields["facts"].editor
    editor.setFocus()
    compose(editor, "chaming")
    assert not order.editor.pending()
    commit(editor, "查明")
    assert order.editor.pending()
    user.act("save")
    assert str(sheet(user, order).values["facts"]).startswith("查明")


def test_an_emptied_or_half_typed_date_is_not_replaced_by_the_ledgers(
    user: Driver, order: PaperPage
) -> None:
    editor = order.editor.form.fields["deadline"].editor
    assert isinstance(editor, QLineEdit)
    editor.setFocus()
    editor.selectAll()
    user.qtbot.keyClick(editor, Qt.Key.Key_Delete)
    for typed in ("", "2026-1"):
        user.qtbot.keyClicks(editor, typed)
        order.editor.form.fields["party"].set_value(f"青禾{typed}")  # so that there is a change
        order.editor.save_now()
        user.quiet()
        assert editor.text() == typed


def test_leaving_the_page_keeps_what_was_typed(user: Driver, order: PaperPage) -> None:
    paper_id = str(order.place())
    type_over(order, "legal_person", "周某")
    user.open("papers")
    assert draft_sheet(user.scene.desk, paper_id).values["legal_person"] == "周某"


def test_an_undone_change_shows_in_the_form(user: Driver, order: PaperPage) -> None:
    type_over(order, "legal_person", "周某")
    leave_field(user, order)
    user.act("undo")
    assert order.editor.form.fields["legal_person"].value() == ""


def test_a_new_claim_flows_into_the_open_draft(user: Driver, order: PaperPage) -> None:
    desk, case = user.scene.desk, user.scene.cases[UNIT]
    claim = ClaimForm(name="新工友", due_fen=100_000, period_from="2026-08", period_to="2026-08")
    user.window.tasks.work(order, lambda: add_claims(desk, case.id, [claim]))
    user.quiet()
    assert order.editor.form.fields["amount"].value() == 79_318_333
    assert len(order.editor.form.fields["wage_table"].value()) == 7  # type: ignore[arg-type]  # a tuple


def test_what_was_typed_stays_when_the_ledger_changes(user: Driver, order: PaperPage) -> None:
    type_over(order, "amount", "5")
    desk, case = user.scene.desk, user.scene.cases[UNIT]
    claim = ClaimForm(name="新工友", due_fen=100_000)
    user.window.tasks.work(order, lambda: add_claims(desk, case.id, [claim]))
    user.quiet()
    assert order.editor.form.fields["amount"].value() == 500


def test_a_draft_that_is_gone_says_so(user: Driver, order: PaperPage) -> None:
    desk, paper_id = user.scene.desk, str(order.place())
    user.window.tasks.work(order, lambda: discard_draft(desk, paper_id))
    user.quiet()
    assert order.states.state() == "empty"
    assert not order.issue.isVisible()
    press(order, "看全部文书")
    assert user.at() == "papers"


# ── problems ─────────────────────────────────────────────────────────────────────────────────
def test_open_points_are_counted_and_jumped_to(user: Driver) -> None:
    page = opened(user, drafted(user, CALL))
    bar = page.editor.problems
    assert bar.text().startswith("还差 4 处 请填写“被约谈人”")
    bar.go.click()
    assert user.window.focusWidget() is page.editor.form.fields["attendee"].editor
    bar.all.click()
    user.choose("请填写“约谈时间”")
    time = next(f for f in page.editor.form.fields.values() if f.name == "约谈时间")
    assert user.window.focusWidget() is time.editor


def test_issue_with_open_points_marks_every_field_and_asks_nothing(user: Driver) -> None:
    page = opened(user, drafted(user, CALL))
    user.act("print")
    wrong = [field.name for field in page.editor.form.fields.values() if field.error()]
    assert len(wrong) == 4
    assert not [one for one in user.window.findChildren(IssueDialog) if one.isVisible()]


def test_a_point_that_is_settled_leaves_the_list(user: Driver) -> None:
    page = opened(user, drafted(user, CALL))
    user.act("print")
    type_over(page, "attendee", "周某")
    leave_field(user, page)
    assert page.editor.problems.text().startswith("还差 3 处")
    assert page.editor.form.fields["attendee"].error() == ""


def test_f4_hides_the_preview_and_brings_it_back(user: Driver, order: PaperPage) -> None:
    user.act("detail")
    assert not order.preview.isVisible()
    user.act("detail")
    assert order.preview.isVisible()


def test_a_full_disk_is_told_and_the_words_stay(
    user: Driver, order: PaperPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object) -> None:
        raise OutsideError("磁盘已满，没有存下来。")

    monkeypatch.setattr("inspector_app.ui.pages.paper.page.save_draft", refuse)
    type_over(order, "party", "青禾")
    user.act("save")
    assert user.window.banner.text() == "磁盘已满，没有存下来。"
    assert order.head.hint().endswith("草稿没有存下来")
    assert order.editor.pending()
    user.act("print")
    assert not [one for one in user.window.findChildren(IssueDialog) if one.isVisible()]


def test_a_page_that_cannot_be_drawn_says_why(
    user: Driver, order: PaperPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object) -> None:
        raise OutsideError("字体文件损坏。")

    monkeypatch.setattr("inspector_app.ui.pages.paper.page.preview", refuse)
    type_over(order, "party", "青禾")
    user.qtbot.waitUntil(lambda: order.preview.page_count() == 0, timeout=WAIT)


def test_a_ledger_that_cannot_be_read_offers_another_try(
    user: Driver, order: PaperPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object) -> None:
        raise OutsideError("台账打不开。")

    with monkeypatch.context() as patched:
        patched.setattr("inspector_app.ui.pages.paper.page.read_paper", refuse)
        user.act("refresh")
        assert order.states.state() == "error"
    press(order, "重试")
    user.quiet()
    assert order.states.state() == "content"


def test_the_page_given_up_on_keeps_a_void_papers_reason(user: Driver) -> None:
    paper = issue(user.scene.desk, drafted(user))
    void(user.scene.desk, paper.id, "重复制发")
    page = opened(user, paper.id)
    assert page.head.hint().endswith("已作废")
    assert not page.serve.isVisible()


def test_the_same_inspector_twice_is_a_point_to_settle(user: Driver, order: PaperPage) -> None:
    first = order.editor.form.fields["inspector_1"].value()
    field = order.editor.form.fields["inspector_2"]
    field.set_value(first)
    order.editor.form.changed.emit()
    leave_field(user, order)
    assert "不能是同一人" in order.editor.problems.text()


def test_a_new_inspector_can_be_chosen_at_once(user: Driver, order: PaperPage) -> None:
    desk = user.scene.desk
    person = Inspector("", "王芳", desk.city, desk.city, "演示YS-0003")
    user.window.tasks.work(order, lambda: settings.save_inspector(desk, person))
    user.quiet()
    combo = order.editor.form.fields["inspector_1"].editor
    names = [combo.itemText(n) for n in range(combo.count())]  # type: ignore[attr-defined]  # a combo
    assert "王芳（证号 演示YS-0003）" in names


# ── what the worker reads ────────────────────────────────────────────────────────────────────
def test_a_paper_is_read_with_what_the_ledger_alone_would_fill_in(user: Driver) -> None:
    desk, paper_id = user.scene.desk, drafted(user)
    save_draft(desk, paper_id, {"party": "别的单位"})
    news = read_paper(desk, paper_id)
    assert news.is_draft()
    assert news.sheet.values["party"] == "别的单位"
    assert news.plain["party"] == "青禾建筑劳务有限公司（演示）"
    assert from_ledger(news.sheet.kind, news.plain)["party"] == "台账"
    gone = issue(desk, drafted(user))
    void(desk, gone.id, "重复")
    assert read_paper(desk, gone.id).page is not None


def test_values_are_told_in_words(user: Driver) -> None:
    kind = user.scene.desk.library.kinds[ORDER]
    by_type = {field.type: field for field in kind.fields}
    line, money = by_type[FieldType.LINE], by_type[FieldType.MONEY]
    assert words_of(line, None) == "—"
    assert words_of(line, "周某") == "周某"
    assert words_of(line, 6) == "6"
    assert words_of(line, ("工资表", "考勤表")) == "工资表、考勤表"
    assert words_of(line, date(2026, 11, 27)) == "2026年11月27日（星期五）"
    assert words_of(line, InspectorRef("李明", "")) == "李明"
    assert words_of(money, 100) == "1.00 元（壹元整）"


# ── pictures ─────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("tag", "theme", "scale", "size"),
    [
        ("light", "light", 1.0, (1440, 900)),
        ("dark", "dark", 1.0, (1440, 900)),
        ("large", "light", 1.25, (1680, 1050)),
        ("1366", "light", 1.0, (1366, 768)),
    ],
)
def test_the_paper_page_looks_as_it_was_accepted(
    user: Driver,
    picture: Picture,
    tag: str,
    theme: str,
    scale: float,
    size: tuple[int, int],
) -> None:
    page = opened(user, drafted(user, CALL))
    focus(user, page.preview.view)
    picture(user, f"paper_{tag}", theme, scale, size)
