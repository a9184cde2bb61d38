"""`paper`: kinds, fields, rendering without a ledger, drafts, numbers, void, verification."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from inspector_app.library.office import forms_dir
from tests.cli.conftest import Commands
from tests.e2e.days import DayDone
from tests.helpers.pdftext import text_of

Done = Callable[..., Any]
ORDER = "rectification_order"


def test_kinds_and_fields_need_no_ledger(command: Commands) -> None:
    kinds = command("paper", "kinds", "--json").json["kinds"]
    assert {"id", "title", "layout", "version"} <= set(kinds[0])
    assert ORDER in [kind["id"] for kind in kinds]
    assert len({kind["id"] for kind in kinds}) == len(kinds) == 58
    fields = command("paper", "fields", ORDER, "--json").json["fields"]
    assert {"id", "label", "type", "required"} <= set(fields[0])
    assert "deadline" in [field["id"] for field in fields]
    assert command("paper", "fields", "nothing", "--json").code == 1


@pytest.mark.parametrize("longest", [(), ("--longest",)])
@pytest.mark.parametrize(
    "kind",
    sorted(file.parent.name for file in (forms_dir() / "papers").glob("*/form.toml")),
)
def test_the_example_of_every_kind_is_set(
    command: Commands, tmp_path: Path, kind: str, longest: tuple[str, ...]
) -> None:
    out = tmp_path / "paper.pdf"
    words = ("paper", "render", "--form", kind, "--example", *longest, "--out", out, "--json")
    made = command(*words, "--today", "2026-09-28")
    assert made.code == 0, made.err
    assert made.json["missing_glyphs"] == []
    assert made.json["pages"] >= 1
    assert sha256(out.read_bytes()).hexdigest() == made.json["sha256"]
    again = command(*words, "--today", "2026-09-28")
    assert again.json["sha256"] == made.json["sha256"]


def test_fields_of_a_file_are_printed(command: Commands, tmp_path: Path) -> None:
    fields = tmp_path / "fields.json"
    fields.write_text(json.dumps({"party": "演示远峰建设集团有限公司"}), encoding="utf-8")
    out = tmp_path / "paper.pdf"
    made = command("paper", "render", "--form", ORDER, "--fields", fields, "--out", out, "--json")
    assert made.code == 0, made.err
    assert "演示远峰建设集团有限公司" in text_of(out)


def test_a_character_no_font_has_is_named(command: Commands, tmp_path: Path) -> None:
    fields = tmp_path / "fields.json"
    fields.write_text(json.dumps({"party": "演示\U0002b820公司"}), encoding="utf-8")
    out = tmp_path / "paper.pdf"
    made = command("paper", "render", "--form", ORDER, "--fields", fields, "--out", out, "--json")
    assert made.json["missing_glyphs"] == ["\U0002b820"]


@pytest.mark.parametrize(
    ("fields", "about"),
    [('{"colour": "红"}', "colour"), ("not json", "file"), ('["list"]', "file")],
)
def test_what_is_wrong_in_a_fields_file_is_told(
    command: Commands, tmp_path: Path, fields: str, about: str
) -> None:
    path = tmp_path / "fields.json"
    path.write_text(fields, encoding="utf-8")
    words = ("paper", "render", "--form", ORDER, "--out", tmp_path / "x.pdf", "--json")
    ran = command(*words, "--fields", path)
    assert (ran.code, ran.json["error"]["field"]) == (1, about)
    assert command(*words, "--fields", tmp_path / "none.json").json["error"]["field"] == "file"
    assert command(*words).code == 2
    assert command(*words, "--fields", path, "--longest").code == 2


def test_papers_are_written_where_asked_or_it_is_told(command: Commands, tmp_path: Path) -> None:
    words = ("paper", "render", "--form", ORDER, "--example", "--json", "--out")
    assert command(*words, tmp_path / "paper.odt").json["error"]["field"] == "out"
    assert command(*words, tmp_path / "nowhere" / "paper.pdf").json["error"]["kind"] == "outside"


def test_a_draft_knows_what_it_lacks_and_takes_no_number(demo: Done) -> None:
    case = demo("case", "list", "--view", "rectification")["cases"][0]["case_no"]
    drafted = demo("paper", "draft", case, "interview_notice")
    (row,) = drafted["papers"]
    assert (row["state"], row["number"], row["file"]) == ("draft", "", "")
    assert any(problem["blocking"] for problem in drafted["problems"])
    refused = demo("paper", "issue", row["id"], code=1)
    assert refused["error"]["kind"] == "incomplete"
    assert refused["error"]["field"]
    assert demo("paper", "check", row["id"])["ok"] is False


def test_a_paper_is_issued_printed_again_served_and_made_void(demo: Done, tmp_path: Path) -> None:
    case = demo("case", "list", "--view", "rectification")["cases"][0]["case_no"]
    fields = tmp_path / "fields.json"
    meeting = {
        "attendee": "演示吴经理", "interview_date": "2026-10-13", "interview_time": "09:30",
        "explain_by": "2026-10-12",
    }  # fmt: skip
    fields.write_text(json.dumps(meeting), encoding="utf-8")
    (draft,) = demo("paper", "draft", case, "interview_notice", "--fields", fields)["papers"]
    checked = demo("paper", "check", draft["id"])
    assert (checked["ok"], checked["older_form"]) == (True, None)
    assert not [one for one in checked["problems"] if one["blocking"]]
    (issued,) = demo("paper", "issue", draft["id"], "--out", tmp_path / "one.pdf")["papers"]
    assert set(issued) >= {"id", "number", "kind", "case", "file", "sha256", "state"}
    assert (issued["state"], issued["case"]) == ("issued", case)
    demo("paper", "export", issued["id"], "--out", tmp_path / "two.pdf")
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()
    demo("paper", "export", issued["id"], "--copy", "--out", tmp_path / "copy.pdf")
    assert (tmp_path / "copy.pdf").read_bytes() != (tmp_path / "one.pdf").read_bytes()
    verdict = demo("paper", "verify", tmp_path / "one.pdf")
    assert (verdict["ok"], verdict["number"]) == (True, issued["number"])
    served = demo("paper", "serve", issued["number"], "--receiver", "演示吴经理")
    assert served["papers"] == [issued["id"]]
    (gone,) = demo("paper", "void", issued["number"], "--why", "约谈改期")["papers"]
    assert (gone["state"], gone["number"]) == ("void", issued["number"])
    assert demo("paper", "verify", tmp_path / "one.pdf", code=1)["ok"] is False


def test_each_party_of_a_joint_paper_is_served_by_itself(demo: Done, tmp_path: Path) -> None:
    case = demo("case", "list", "--view", "rectification")["cases"][0]["case_no"]
    other = {"co_parties": [{"name": "乙演示公司"}, {"name": "丙演示公司"}]}
    meeting = {
        "attendee": "演示吴经理", "interview_date": "2026-10-13", "interview_time": "09:30",
        "explain_by": "2026-10-12",
    }  # fmt: skip
    fields = tmp_path / "fields.json"
    fields.write_text(json.dumps(meeting | other), encoding="utf-8")
    (draft,) = demo("paper", "draft", case, "interview_notice", "--fields", fields)["papers"]
    (paper,) = demo("paper", "issue", draft["id"])["papers"]
    by_post = ("paper", "serve", paper["id"], "--method", "post", "--waybill", "EX1")
    assert demo(*by_post, code=1)["error"]["field"] == "parties"
    one = demo(*by_post, "--party", "乙演示")
    assert [row["party"] for row in one["services"]] == ["乙演示公司"]
    assert one["waiting"][1:] == ["丙演示公司"]
    assert demo(*by_post, "--party", "乙演示", code=1)["error"]["field"] == "parties"
    rest = demo("paper", "serve", paper["id"], "--receiver", "演示吴经理")
    assert [row["party"] for row in rest["services"]] == one["waiting"]
    assert rest["waiting"] == []


def test_a_draft_is_filled_in_field_by_field(demo: Done, tmp_path: Path) -> None:
    case = demo("case", "list", "--view", "rectification")["cases"][0]["case_no"]
    (draft,) = demo("paper", "draft", case, "interview_notice")["papers"]
    fields = tmp_path / "fields.json"
    fields.write_text('{"attendee": "演示吴经理"}', encoding="utf-8")
    before = demo("paper", "check", draft["id"])["problems"]
    after = demo("paper", "fill", draft["id"], "--fields", fields)["problems"]
    assert "attendee" in {one["field"] for one in before if one["blocking"]}
    assert "attendee" not in {one["field"] for one in after if one["blocking"]}
    served = demo("paper", "serve", draft["id"], "--receiver", "演示吴经理", code=1)
    assert served["error"]["field"] == "paper_ids"


def test_an_inspector_is_named_by_name_alone(demo: Done, tmp_path: Path) -> None:
    case = demo("case", "list", "--view", "rectification")["cases"][0]["case_no"]
    fields = tmp_path / "fields.json"
    fields.write_text('{"inspector_1": "李明", "inspector_2": "赵强"}', encoding="utf-8")
    drafted = demo("paper", "draft", case, ORDER, "--fields", fields)
    (draft,) = drafted["papers"]
    filled = demo("paper", "fill", draft["id"], "--fields", fields)
    for told in (drafted, filled):
        assert not [one for one in told["problems"] if one["field"].startswith("inspector_")]
    fields.write_text('{"inspector_2": "王芳"}', encoding="utf-8")
    refused = demo("paper", "fill", draft["id"], "--fields", fields, code=1)["error"]
    assert refused["field"] == "inspector_2"
    assert refused["message"].startswith("没有登记“王芳”")


def test_what_an_earlier_paper_says_is_told_and_stops_nothing(
    demo: Done, command: Commands, tmp_path: Path
) -> None:
    before = next(
        one for one in demo("paper", "list", "--state", "issued")["papers"] if one["kind"] == ORDER
    )
    (draft,) = demo("paper", "draft", before["case"], "handling_notice")["papers"]
    fields = tmp_path / "fields.json"
    fields.write_text('{"party": "演示别的公司", "facts": "另一个事实。"}', encoding="utf-8")
    told = demo("paper", "fill", draft["id"], "--fields", fields)["problems"]
    assert ("party", False) in [(one["field"], one["blocking"]) for one in told]
    fields.write_text('{"party": null, "facts": "另一个事实。"}', encoding="utf-8")
    demo("paper", "fill", draft["id"], "--fields", fields)
    said = {one["field"]: one for one in demo("paper", "check", draft["id"])["earlier"]}
    assert (said["party"]["standing"], said["facts"]["standing"]) == ("empty", "different")
    assert said["facts"]["here"] == "另一个事实。"
    assert said["facts"]["paper"]["number"] == before["number"]
    words = ("--data", tmp_path / "demo-ledger", "--today", "2026-10-09")
    lines = command(*words, "paper", "check", draft["id"]).out.splitlines()
    assert any(
        line.startswith(f"facts：此前《限期改正指令书》（{before['number']}") for line in lines
    )
    assert any("现为：（未填）" in line for line in lines)


def test_a_paper_to_several_parties_is_drafted_and_filled(demo: Done) -> None:
    case = demo("case", "list", "--view", "rectification")["cases"][0]["case_no"]
    own = demo("case", "show", case)["employer"]
    numbers = [one["case_no"] for one in demo("case", "list")["cases"]]
    units = (demo("case", "show", one)["employer"] for one in numbers)
    unit = next(one for one in units if one != own)
    (draft,) = demo("paper", "draft", case, ORDER, "--joint", unit)["papers"]
    (said,) = [
        one
        for one in demo("paper", "fill", draft["id"], "--joint", unit)["problems"]
        if one["field"] == "co_parties" and one["blocking"]
    ]
    assert "重复" in said["message"]
    refused = demo("paper", "fill", draft["id"], "--joint", "没有的单位", code=1)
    assert refused["error"]["field"] == "co_parties"
    demo("paper", "fill", draft["id"], code=2)


def test_numbers_of_a_series_have_no_gap(demo: Done) -> None:
    rows = demo("paper", "list", "--state", "issued")["papers"]
    numbers = [row["number"] for row in rows if row["number"]]
    assert len(numbers) == len(set(numbers)) >= 3
    case = rows[0]["case"]
    assert demo("paper", "list", "--case", case)["papers"]
    assert demo("paper", "list", "--state", "draft")["papers"] == []


def test_a_changed_file_is_not_genuine(demo: Done, demo_day: DayDone, tmp_path: Path) -> None:
    genuine = demo_day.paper(ORDER)
    assert demo("paper", "verify", genuine)["ok"] is True
    forged = tmp_path / "forged.pdf"
    forged.write_bytes(genuine.read_bytes() + b" ")
    verdict = demo("paper", "verify", forged, code=1)
    assert verdict["ok"] is False
    assert set(verdict) >= {"ok", "number", "sha256", "reason", "error"}
    assert demo("paper", "verify", tmp_path / "none.pdf", code=1)["error"]["field"] == "file"


def test_a_paper_nobody_knows_is_told(demo: Done) -> None:
    assert demo("paper", "issue", "没有", code=1)["error"]["kind"] == "not_found"
    assert demo("case", "show", "没有", code=1)["error"]["kind"] == "not_found"
