"""更多 on a paper: the stamped copy, the one for the public, the blank one."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from inspector_app.services.issuing import issue, pdf, void
from inspector_app.services.publication import blank_copy, public_copy
from tests.papers.pdf import text_of
from tests.ui.pages.conftest import Driver
from tests.ui.pages.drafts import drafted, opened
from tests.ui.pages.scene import ORDER


@pytest.fixture
def saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names offered for the files; each is kept as out.pdf."""
    names: list[str] = []

    def choose(*given: object) -> tuple[str, str]:
        names.append(str(given[2]))
        return str(tmp_path / "out.pdf"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    return names


def words(user: Driver) -> list[str]:
    return [one.text() for one in user.menu().actions() if not one.isSeparator()]


@pytest.mark.parametrize(
    ("entry", "name"),
    [("加盖“副本”的", "副本"), ("公开版", "公开版"), ("限期改正指令书空白版", "空白版")],
)
def test_copies_of_an_issued_paper_are_kept_where_asked(
    user: Driver, saved: list[str], tmp_path: Path, entry: str, name: str
) -> None:
    desk = user.scene.desk
    paper = issue(desk, drafted(user))
    page = opened(user, paper.id)
    page.more.click()
    assert words(user) == [
        "加盖“副本”的 PDF", "公开版 PDF（本文种一般不公开）", "限期改正指令书空白版 PDF",
        "用 WPS/Word 打开",
    ]  # fmt: skip
    user.choose(entry)
    number = f"限期改正指令书_{paper.number}" if name != "空白版" else "限期改正指令书"
    assert saved == [f"{number}_{name}.pdf"]
    made = (tmp_path / "out.pdf").read_bytes()
    assert (
        made
        == {
            "副本": pdf(desk, paper.id, mark="副本"),
            "公开版": public_copy(desk, paper.id, any_kind=True).pdf,
            "空白版": blank_copy(desk, ORDER).pdf,
        }[name]
    )


def test_the_copy_for_the_public_names_no_worker(
    user: Driver, saved: list[str], tmp_path: Path
) -> None:
    page = opened(user, issue(user.scene.desk, drafted(user)).id)
    page.more.click()
    user.choose("公开版")
    text = text_of((tmp_path / "out.pdf").read_bytes())
    assert "共6人，应付864,200.00元" in text
    assert "向大山" not in text


def test_drafts_and_void_papers_have_only_a_blank(user: Driver) -> None:
    desk = user.scene.desk
    first = opened(user, drafted(user))
    first.more.click()
    assert words(user) == ["限期改正指令书空白版 PDF", "用 WPS/Word 打开", "以修改后的文件为准"]
    user.menu().close()
    gone = void(desk, issue(desk, drafted(user)).id, "写错")
    second = opened(user, gone.id)
    second.more.click()
    assert words(user) == ["限期改正指令书空白版 PDF", "用 WPS/Word 打开"]
    user.menu().close()
