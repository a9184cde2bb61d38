"""送达登记, 缺回证, 查验 and the workbooks of the page of papers."""

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from inspector_app.domain.papers import Paper
from inspector_app.papers.qr import code_text, fingerprint
from inspector_app.services.issuing import issue, pdf, void
from inspector_app.ui.pages.paper.page import PaperPage
from inspector_app.ui.pages.papers import VIEWS, PapersPage
from inspector_app.ui.pages.papers_verify import VerifyPanel
from tests.ui.pages.conftest import Driver, Picture, drop, press
from tests.ui.pages.drafts import drafted
from tests.ui.pages.visits import focus
from tests.ui.typing import commit


@pytest.fixture
def page(user: Driver) -> PapersPage:
    found = user.open("papers")
    assert isinstance(found, PapersPage)
    return found


def turn(user: Driver, page: PapersPage, name: str) -> None:
    page.views.at(VIEWS.index(name)).click()
    user.quiet()


# ── 送达登记 ─────────────────────────────────────────────────────────────────────────────────
def test_services_are_listed_with_their_papers(user: Driver, page: PapersPage) -> None:
    turn(user, page, "送达登记")
    rows = page.services.table.rows_model.rows()
    assert [row.receiver for row in rows] == ["吴演示"] * len(rows)
    assert rows[0].papers[0].startswith("限期改正指令书　平人社监令字")
    assert page.services.count.text() == f"{len(rows)} 次"
    commit(page.services.search.edit, "锦程")
    user.qtbot.keyClick(page.services.search.edit, Qt.Key.Key_Return)
    assert {row.party for row in page.services.table.rows_model.rows()} == {
        "锦程装饰工程有限公司（演示）"
    }
    user.qtbot.keyClick(page.services.table, Qt.Key.Key_Return)
    user.quiet()
    assert user.at() == "case"


def test_a_view_is_remembered_when_one_comes_back(user: Driver, page: PapersPage) -> None:
    turn(user, page, "缺回证")
    user.open("home")
    user.open("papers")
    assert page.view() is page.missing
    page.services.chips["period"].set_chosen(("last_year",))
    turn(user, page, "送达登记")
    assert page.services.states.state() == "empty"
    press(page.services, "清除筛选")
    assert page.services.states.state() == "content"


# ── 缺回证 ───────────────────────────────────────────────────────────────────────────────────
def test_what_is_missing_leads_to_the_paper_and_to_a_receipt(
    user: Driver, page: PapersPage
) -> None:
    turn(user, page, "缺回证")
    rows = page.missing.table.rows_model.rows()
    assert {row.lacks for row in rows} == {"unserved", "no_receipt"}
    page.missing.chips["lacks"].set_chosen(("no_receipt",))
    page.missing.show_rows()
    first = page.missing.table.rows_model.rows()[0]
    menu = page._missing_menu(first)
    next(one for one in menu.actions() if one.text() == "开具送达回证").trigger()
    user.quiet()
    made = user.page()
    assert isinstance(made, PaperPage)
    assert made.head.title() == "送达回证"
    user.act("back")
    waiting = next(row for row in rows if row.lacks == "unserved")
    assert "开具送达回证" not in [one.text() for one in page._missing_menu(waiting).actions()]
    page.missing.clear()
    page.missing.table.select_key(waiting.paper_id)
    page.missing.opened.emit(waiting)
    user.quiet()
    assert isinstance(user.page(), PaperPage)


# ── 导出 ─────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("view", "title"),
    [
        ("登记簿", "文书登记台账"),
        ("送达登记", "送达登记台账"),
        ("缺回证", "未送达和缺送达回证清单"),
    ],
)
def test_what_is_shown_is_written_as_a_workbook(
    user: Driver, page: PapersPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    view: str, title: str,
) -> None:  # fmt: skip
    path = tmp_path / "out.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    turn(user, page, view)
    shown = page.view()
    assert shown is not None
    commit(shown.search.edit, "锦程")
    user.qtbot.keyClick(shown.search.edit, Qt.Key.Key_Return)
    count = shown.table.rows_model.rowCount()
    assert count
    user.act("export")
    user.choose("报送脱敏版")
    assert user.toast().startswith(f"已导出 {count} 行（报送脱敏版）")
    first = openpyxl.load_workbook(path).worksheets[0]
    assert str(first["A1"].value).startswith(title)


def test_nothing_shown_writes_nothing(user: Driver, page: PapersPage) -> None:
    page.register.search.set_text("没有这家")
    page.register.show_rows()
    user.act("export")
    user.choose("报送脱敏版")
    assert user.toast() == "没有可导出的内容"


# ── 查验 ─────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def paper(user: Driver) -> Paper:
    return issue(user.scene.desk, drafted(user))


def panel(user: Driver) -> VerifyPanel:
    page = user.open("papers")
    assert isinstance(page, PapersPage)
    turn(user, page, "查验")
    assert page.view() is None
    assert not page.export.isVisible()
    assert page.verify.code.edit.hasFocus()
    return page.verify


def scan(user: Driver, where: VerifyPanel, text: str) -> str:
    where.code.set_value("")
    commit(where.code.edit, text)
    user.qtbot.keyClick(where.code.edit, Qt.Key.Key_Return)
    user.quiet()
    return where.verdict.text() if where.verdict.isVisible() else where.code.error()


def test_a_scanned_code_is_compared_with_what_is_on_file(user: Driver, paper: Paper) -> None:
    where = panel(user)
    own = fingerprint(paper.kind, paper.form_version, paper.number, paper.issued_on, paper.values)
    text = code_text(paper.number, own)
    assert scan(user, where, text).startswith("与存档一致，案件")
    assert scan(user, where, code_text(paper.number, "0" * 64)) == "字号存在，但内容与存档不一致。"
    assert scan(user, where, "别的文字").startswith("这不是文书核验码")
    where.code.set_value("")
    where.go.click()
    assert where.code.error() == "请填写核验码"
    void(user.scene.desk, paper.id, "写错")
    assert scan(user, where, text) == "该文书已作废：写错。"


def test_a_file_is_compared_byte_for_byte(
    user: Driver, paper: Paper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = panel(user)
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf(user.scene.desk, paper.id))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    press(where, "选 PDF 文件")
    user.quiet()
    assert where.verdict.text().startswith("与存档一致")
    path.write_bytes(path.read_bytes() + b" ")
    drop(where, path)
    user.quiet()
    assert where.verdict.text() == "台账中没有与此文件完全一致的文书。"


def test_other_files_are_not_taken(user: Driver, tmp_path: Path) -> None:
    where = panel(user)
    drop(where, tmp_path / "list.xlsx")
    user.quiet()
    assert not where.verdict.isVisible()


# ── pictures ─────────────────────────────────────────────────────────────────────────────────
def test_the_registers_look_as_they_were_accepted(
    user: Driver, page: PapersPage, picture: Picture
) -> None:
    turn(user, page, "送达登记")
    focus(user, page.services.table)
    picture(user, "papers_services_light", "light", 1.0, (1440, 900))
    turn(user, page, "缺回证")
    focus(user, page.missing.table)
    picture(user, "papers_missing_1366_dark", "dark", 1.0, (1366, 768))


def test_the_verification_looks_as_it_was_accepted(
    user: Driver, paper: Paper, picture: Picture
) -> None:
    where = panel(user)
    own = fingerprint(paper.kind, paper.form_version, paper.number, paper.issued_on, paper.values)
    scan(user, where, code_text(paper.number, own))
    focus(user, where.go)
    picture(user, "papers_verify_light", "light", 1.0, (1440, 900))
