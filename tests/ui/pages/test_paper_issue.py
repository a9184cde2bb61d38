"""Issue, print, export, service and void of a paper, as an inspector does them."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit

from inspector_app.domain.papers import PaperState
from inspector_app.services.issuing import issue, pdf
from inspector_app.services.papers import (
    draft_sheet,
    save_draft,
)
from inspector_app.services.settings import save
from inspector_app.ui.pages.case.serve_form import ServeForm
from inspector_app.ui.pages.paper import doing as doing_module
from inspector_app.ui.pages.paper.dialogs import IssueDialog, VoidDialog
from inspector_app.ui.pages.paper.page import PaperPage
from inspector_app.ui.print import PrintDialog
from tests.ui.pages.conftest import Driver, Picture
from tests.ui.pages.drafts import CTRL, drafted, opened, sheet, shown_dialog
from tests.ui.pages.visits import focus
from tests.ui.typing import commit


@pytest.fixture
def order(user: Driver) -> PaperPage:
    return opened(user, drafted(user))


# ── issue and print ──────────────────────────────────────────────────────────────────────────
def test_ctrl_enter_issues_after_one_question_and_opens_the_print_dialog(
    user: Driver, order: PaperPage
) -> None:
    editor = order.editor.form.fields["party"].editor
    editor.setFocus()
    user.qtbot.keyClick(editor, Qt.Key.Key_Return, CTRL)
    user.quiet()
    ask = shown_dialog(user, IssueDialog)
    assert isinstance(ask, IssueDialog)
    assert "不能修改" in ask.notice.text()
    ask.go.click()
    user.quiet()

    done = sheet(user, order)
    assert done.paper.state is PaperState.ISSUED
    assert done.paper.number == "平人社监令字〔2026〕第1号"
    assert user.toast() == "已制发 平人社监令字〔2026〕第1号"
    dialog = shown_dialog(user, PrintDialog)
    assert isinstance(dialog, PrintDialog)
    dialog.reject()
    assert order.left.currentWidget() is order.issued
    assert order.issue.text() == "再次打印"


def test_without_a_telephone_of_the_bureau_it_is_not_issued_and_leads_to_the_settings(
    user: Driver, order: PaperPage
) -> None:
    save(user.scene.desk, {"phone": ""})
    order = opened(user, str(order.place()))
    assert order.editor.problems.text().startswith("还差 1 处 文书要印的“联系电话”还没有填")
    user.act("print")
    assert not [one for one in user.window.findChildren(IssueDialog) if one.isVisible()]
    assert user.toast().endswith("请在 设置 → 本局 填写")
    user.window.toast_.button().click()
    user.quiet()
    assert user.at() == "settings"
    assert user.page().title.text() == "本局"
    save(user.scene.desk, {"phone": "0375-1234567"})
    order = opened(user, str(order.place()))
    assert order.editor.problems.blocking() == ()


def test_thinking_better_of_it_takes_no_number(user: Driver, order: PaperPage) -> None:
    user.act("print")
    ask = shown_dialog(user, IssueDialog)
    assert isinstance(ask, IssueDialog)
    ask.stay.click()
    user.quiet()
    assert sheet(user, order).paper.number == ""


def test_printing_again_prints_the_stored_bytes(
    user: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = issue(user.scene.desk, drafted(user))
    opened(user, paper.id)
    sent: list[tuple[bytes, str]] = []
    monkeypatch.setattr(
        doing_module, "ask_and_print", lambda _c, page, title: sent.append((page, title))
    )
    user.act("print")
    assert sent == [(pdf(user.scene.desk, paper.id), f"限期改正指令书_{paper.number}")]


def test_a_paper_refused_at_the_last_moment_says_why(user: Driver, order: PaperPage) -> None:
    user.act("print")
    ask = shown_dialog(user, IssueDialog)
    assert isinstance(ask, IssueDialog)
    save_draft(user.scene.desk, str(order.place()), {"party": ""})
    ask.go.click()
    user.quiet()
    assert "被指令单位" in order.editor.form.fields["party"].error()
    assert order.issue.isEnabled()


@pytest.mark.parametrize("issued", [False, True])
def test_export_writes_the_page_as_a_file(
    user: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, issued: bool
) -> None:
    paper_id = drafted(user)
    if issued:
        issue(user.scene.desk, paper_id)
    opened(user, paper_id)
    names: list[str] = []

    def choose(*given: object) -> tuple[str, str]:
        names.append(str(given[2]))
        return str(tmp_path / "out.pdf"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    user.act("export")
    assert (tmp_path / "out.pdf").read_bytes() == pdf(user.scene.desk, paper_id)
    assert names[0].endswith("第1号.pdf" if issued else "_草稿.pdf")


# ── after the issue ──────────────────────────────────────────────────────────────────────────
def test_an_issued_paper_is_read_only_with_its_table_and_sums(user: Driver) -> None:
    paper = issue(user.scene.desk, drafted(user))
    page = opened(user, paper.id)
    texts = [one.text() for one in page.issued.findChildren(QLabel)]
    assert "792,183.33 元（柒拾玖万贰仟壹佰捌拾叁元叁角叁分）" in texts
    assert "合计 6 行　应付 864,200.00　已付 72,016.67　尚欠 792,183.33" in texts
    assert not page.issued.findChildren(QLineEdit)
    assert page.issued.banner.text() == "尚未登记送达，期限自送达起算"
    assert page.head.hint().startswith("平人社监令字〔2026〕第1号")
    assert not page.discard.isVisible()
    assert "save" not in page.handlers()


def test_service_is_entered_in_place_and_shown(user: Driver) -> None:
    paper = issue(user.scene.desk, drafted(user))
    page = opened(user, paper.id)
    page.serve.click()
    user.quiet()
    form = page.issued.service
    assert isinstance(form, ServeForm)
    assert form.form.fields["paper_ids"].value() == (paper.id,)
    assert not page.issue.isVisible()
    form.submit()
    user.quiet()
    assert form.form.fields["receiver"].error().startswith("直接送达请填写签收人（《")
    commit(form.form.fields["receiver"].editor, "吴演示")
    form.submit()
    user.quiet()
    assert page.issued.service is None
    assert page.issued.banner.text() == "已送达 2026年11月20日"
    assert page.issue.isVisible()
    assert not page.serve.isVisible()


def test_esc_leaves_the_service_form_not_the_page(user: Driver) -> None:
    paper = issue(user.scene.desk, drafted(user))
    page = opened(user, paper.id)
    page.doing.open_service()
    user.quiet()
    user.act("back")
    assert page.issued.service is None
    assert user.at() == "paper"


def test_void_needs_a_reason_and_the_page_bears_it(user: Driver) -> None:
    paper = issue(user.scene.desk, drafted(user))
    page = opened(user, paper.id)
    page.void.click()
    ask = shown_dialog(user, VoidDialog)
    assert isinstance(ask, VoidDialog)
    ask.go.click()
    assert ask.why.error() == "请填写作废理由"
    commit(ask.why.editor, "当事人写错")
    ask.go.click()
    user.quiet()
    assert user.toast() == f"已作废 {paper.number}"
    assert "理由：当事人写错" in page.issued.banner.text()
    assert not page.void.isVisible()


def test_a_draft_is_thrown_away_and_brought_back(user: Driver, order: PaperPage) -> None:
    paper_id = str(order.place())
    order.discard.click()
    user.quiet()
    assert user.at() == "papers"
    assert user.toast() == "已删除草稿"
    user.undo()
    assert draft_sheet(user.scene.desk, paper_id).paper.state is PaperState.DRAFT


# ── picture ──────────────────────────────────────────────────────────────────────────────────
def test_the_issued_paper_looks_as_it_was_accepted(user: Driver, picture: Picture) -> None:
    page = opened(user, issue(user.scene.desk, drafted(user)).id)
    focus(user, page.preview.view)
    picture(user, "paper_issued_light", "light", 1.0, (1440, 900))
