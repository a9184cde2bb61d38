"""`paper render … .docx`, `paper word`, `paper attach`: out to WPS and back."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from inspector_app.library.office import forms_dir
from inspector_app.library.paper_kinds import load_kind
from inspector_app.papers.word.reading import docx_lines
from tests.cli.conftest import Commands
from tests.helpers.desks import shipped_fonts
from tests.helpers.word_files import edited, exported

Done = Callable[..., Any]
NOTICE = "interview_notice"


@pytest.fixture
def draft(demo: Done, tmp_path: Path) -> str:
    """A notice that lacks nothing."""
    case = demo("case", "list", "--view", "rectification")["cases"][0]["case_no"]
    fields = tmp_path / "fields.json"
    fields.write_text(
        '{"attendee": "演示吴经理", "interview_date": "2026-10-13", "interview_time": "09:30",'
        ' "explain_by": "2026-10-12"}',
        encoding="utf-8",
    )
    (row,) = demo("paper", "draft", case, NOTICE, "--fields", fields)["papers"]
    return str(row["id"])


def put_out(tmp_path: Path, docx: Path, *changes: tuple[str, str]) -> tuple[Path, Path]:
    """Changed words, and the PDF of them."""
    new, page = tmp_path / "new.docx", tmp_path / "new.pdf"
    new.write_bytes(edited(docx.read_bytes(), *changes))
    kind = load_kind(forms_dir() / "papers" / NOTICE)
    page.write_bytes(exported(kind, docx_lines(new.read_bytes()), shipped_fonts()))
    return new, page


def test_an_example_is_written_as_a_word_document(command: Commands, tmp_path: Path) -> None:
    out = tmp_path / "paper.docx"
    words = ("paper", "render", "--form", NOTICE, "--example", "--out", out, "--json")
    made = command(*words, "--today", "2026-09-28")
    assert made.code == 0, made.err
    assert made.json["sha256"] == sha256(out.read_bytes()).hexdigest()
    assert (made.json["pages"], made.json["missing_glyphs"]) == (1, [])
    assert "约谈通知书" in docx_lines(out.read_bytes())
    assert command(*words, "--today", "2026-09-28").json["sha256"] == made.json["sha256"]


def test_a_draft_goes_out_is_changed_taken_back_and_issued(
    demo: Done, draft: str, tmp_path: Path
) -> None:
    out = tmp_path / "out.docx"
    made = demo("paper", "word", draft, "--reserve", "--out", out)
    number = made["papers"][0]["number"]
    assert number in docx_lines(out.read_bytes())
    assert made["sha256"] == sha256(out.read_bytes()).hexdigest()
    new, page = put_out(tmp_path, out, ("请按时到场。", "请准时到场。"))

    taken = demo("paper", "attach", draft, new, page)

    assert taken["wording"] == [{"was": "请按时到场。", "now": "请准时到场。"}]
    assert taken["docx_sha256"] == sha256(new.read_bytes()).hexdigest()
    assert taken["pdf_sha256"] == sha256(page.read_bytes()).hexdigest()
    (issued,) = demo("paper", "issue", draft)["papers"]
    assert (issued["number"], issued["state"]) == (number, "issued")
    assert demo("check")["ok"] is True
    again = demo("paper", "attach", draft, page, code=1)
    assert again["error"]["kind"] == "state"


def test_what_is_law_is_refused_and_one_can_go_back(demo: Done, draft: str, tmp_path: Path) -> None:
    out = tmp_path / "out.docx"
    demo("paper", "word", draft, "--reserve", "--out", out)
    new, page = put_out(tmp_path, out, ("2026年10月13日", "2026年10月14日"))
    refused = demo("paper", "attach", draft, new, page, code=1)["error"]
    assert refused["kind"] == "differs"
    assert "草稿为“2026年10月13日”，文件中为“2026年10月14日”" in refused["message"]
    new, page = put_out(tmp_path, out)
    alone = demo("paper", "attach", draft, page)
    assert (alone["wording"], alone["docx_sha256"]) == ([], "")
    assert demo("paper", "attach", draft, "--drop")["pdf_sha256"] == ""


def test_a_file_or_the_way_back_must_be_named(
    command: Commands, demo: Done, draft: str, tmp_path: Path
) -> None:
    data = tmp_path / "demo-ledger"
    words = ("--data", data, "--today", "2026-10-09", "paper", "attach", draft)
    assert command(*words).code == 2
    assert command(*words, "--drop", "x.pdf").code == 2
    told = command(*words, tmp_path / "absent.pdf")
    assert (told.code, "打不开" in told.err) == (1, True)


def test_a_character_no_font_has_is_named(demo: Done, draft: str, tmp_path: Path) -> None:
    fields = tmp_path / "fields.json"
    fields.write_text('{"attendee": "\U0002fa1f某"}', encoding="utf-8")
    demo("paper", "fill", draft, "--fields", fields)
    made = demo("paper", "word", draft, "--out", tmp_path / "out.docx")
    assert made["missing_glyphs"] == ["\U0002fa1f"]
