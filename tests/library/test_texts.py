"""Help pages and licence texts that travel with the program."""

import pytest

from inspector_app.library.office import resources_dir

PAGES = (
    "home", "cases", "case", "case_form", "clues", "clue", "inspections", "inspection", "papers",
    "paper", "parties", "settings", "imports", "keys", "command_line",
)  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_each_page_of_the_window_has_its_help(name: str) -> None:
    text = (resources_dir() / "help" / f"{name}.md").read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert len(text.splitlines()) >= 5
    for unwanted in ("您", "！", "!", "请注意"):
        assert unwanted not in text, unwanted


def test_the_licence_is_whole_and_in_both_languages() -> None:
    text = (resources_dir() / "licences" / "MulanPSL-2.0.txt").read_text(encoding="utf-8")
    assert text.startswith("木兰宽松许可证, 第2版")
    assert "条款结束" in text
    assert "END OF THE TERMS AND CONDITIONS" in text


def test_the_notice_names_what_is_shipped() -> None:
    text = (resources_dir() / "licences" / "NOTICE.md").read_text(encoding="utf-8")
    for piece in ("PySide6", "Fluent System Icons", "SIL OFL", "chinesecalendar", "python-stdnum"):
        assert piece in text, piece
