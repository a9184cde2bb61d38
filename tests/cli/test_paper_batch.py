"""`paper issue`, `paper bundle`, `paper interview`: many papers in one line."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from inspector_app.library.form_text import set_key
from inspector_app.library.office import forms_dir
from tests.cli.conftest import Commands
from tests.helpers.pdftext import text_of

Done = Callable[..., Any]
MEETING = {
    "attendee": "演示负责人", "interview_date": "2026-10-13", "interview_time": "09:30",
    "explain_by": "2026-10-12",
}  # fmt: skip


@pytest.fixture
def fields(tmp_path: Path) -> Path:
    path = tmp_path / "meeting.json"
    path.write_text(json.dumps(MEETING), encoding="utf-8")
    return path


def cases(demo: Done) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = demo("case", "list", "--view", "open")["cases"]
    assert len(found) >= 2
    return found


def test_a_whole_view_is_called_to_one_meeting(demo: Done, fields: Path, tmp_path: Path) -> None:
    units = {one["employer"] for one in cases(demo)}
    drafts = demo("paper", "interview", "--view", "open", "--fields", fields)["papers"]
    assert len(drafts) == len(units)
    assert {one["state"] for one in drafts} == {"draft"}
    out = tmp_path / "all.pdf"
    words = [one["id"] for one in drafts]
    issued = demo("paper", "issue", *words, "--out", out)["papers"]
    numbers = [one["number"] for one in issued]
    assert [one["id"] for one in issued] == words
    assert all("约字" in number for number in numbers)
    assert len(set(numbers)) == len(words)
    text = text_of(out)
    assert all(number in text for number in numbers)


@pytest.mark.long
def test_the_words_go_by_the_name_of_the_bureau(
    demo: Done, command: Commands, fields: Path, tmp_path: Path
) -> None:
    shipped = forms_dir() / "papers/interview_notice/form.toml"
    own = tmp_path / "form.toml"
    text = shipped.read_text(encoding="utf-8")
    own.write_text(set_key(text, "", 0, "title", "约请谈话书"), encoding="utf-8")
    demo("forms", "add", own, "--version", "局1", "--from", "2026-10-09", "--why", "局办公会")
    words = ("paper", "interview", "--view", "open", "--fields", fields)
    ran = command("--data", tmp_path / "demo-ledger", "--today", "2026-10-09", *words)
    assert "份约请谈话书" in ran.out


def test_named_cases_and_units_are_called_and_numbered_at_once(demo: Done, fields: Path) -> None:
    first, second, *_ = cases(demo)
    made = demo(
        "paper", "interview", "--case", first["case_no"], "--employer", second["employer"],
        "--fields", fields, "--issue",
    )  # fmt: skip
    assert made["papers"][0]["case"] == first["case_no"]
    assert {one["state"] for one in made["papers"]} == {"issued"}


def test_a_batch_tells_where_it_stopped(demo: Done, fields: Path, tmp_path: Path) -> None:
    first, second, *_ = cases(demo)
    words = ("--case", first["case_no"], "--case", second["case_no"], "--fields", fields)
    drafts = demo("paper", "interview", *words)["papers"]
    empty = tmp_path / "empty.json"
    empty.write_text('{"attendee": ""}', encoding="utf-8")
    demo("paper", "fill", drafts[1]["id"], "--fields", empty)
    out = tmp_path / "one.pdf"
    ids = [one["id"] for one in drafts]
    stopped = demo("paper", "issue", *ids, "--out", out, code=1)
    assert [one["id"] for one in stopped["papers"]] == ids[:1]
    assert stopped["stopped"]["id"] == ids[1]
    assert stopped["stopped"]["field"] == "attendee"
    assert stopped["error"]["kind"] == "stopped"
    assert out.exists()
    alone = demo("paper", "issue", ids[1], code=1)
    assert (alone["error"]["kind"], alone["error"]["field"]) == ("incomplete", "attendee")


def test_papers_are_bound_together_in_filing_order(demo: Done, tmp_path: Path) -> None:
    rows = demo("paper", "list", "--state", "issued")["papers"]
    ids = [one["id"] for one in rows]
    out = tmp_path / "all.pdf"
    made = demo("paper", "bundle", *ids, "--out", out)
    assert made["papers"] == len(ids)
    assert made["sha256"] == sha256(out.read_bytes()).hexdigest()
    both = demo("paper", "bundle", *ids, "--both-sides", "--out", out)
    assert both["pages"] % 2 == 0
    assert both["pages"] >= made["pages"]


def test_a_misspelt_field_of_the_meeting_is_told(demo: Done, tmp_path: Path) -> None:
    path = tmp_path / "wrong.json"
    path.write_text('{"where": "三楼"}', encoding="utf-8")
    refused = demo("paper", "interview", "--view", "open", "--fields", path, code=1)
    assert refused["error"]["field"] == "where"
