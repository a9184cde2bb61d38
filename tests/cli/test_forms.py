"""`forms`: the bureau's own versions on the command line, each with its JSON."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from inspector_app.library import kind_checks
from inspector_app.library.form_text import set_key
from inspector_app.library.office import forms_dir
from tests.cli.conftest import Commands

Done = Callable[..., Any]
ORDER, CALL = "rectification_order", "interview_notice"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The order under another name, as a file."""
    text = (forms_dir() / "papers" / ORDER / "form.toml").read_text(encoding="utf-8")
    file = tmp_path / "form.toml"
    file.write_text(set_key(text, "", 0, "title", "责令改正书"), encoding="utf-8")
    return file


def row(document: Any, kind: str = ORDER) -> Any:
    return next(one for one in document["forms"] if one["id"] == kind)


def test_a_form_is_added_listed_shown_and_taken_back(at: Commands, done: Done, own: Path) -> None:
    assert row(done("forms", "list"))["source"] == "shipped"
    tried = done("forms", "add", own, "--dry-run")
    assert tried["added"] == []
    assert [one["words"] for one in tried["forms"][0]["changes"]] == [
        "修改　文书　名称：限期改正指令书 → 责令改正书"
    ]
    named = ("--version", "局2026-1", "--from", "2026-09-28", "--why", "局办公会")
    added = done("forms", "add", own, *named)
    assert [(one["kind"], one["version"]) for one in added["added"]] == [(ORDER, "局2026-1")]
    listed = row(done("forms", "list", "--own"))
    assert (listed["title"], listed["source"]) == ("责令改正书", "bureau")
    assert listed["effective_from"] == "2026-09-28"

    shown = done("forms", "show", ORDER)
    assert 'title = "责令改正书"' in shown["form"]
    assert [one["state"] for one in shown["versions"]] == ["现用", "随程序"]
    assert len(shown["changes"]) == 1

    back = done("forms", "take-back", ORDER, "--from", "2026-10-01", "--why", "统一格式")
    assert back == {"kind": ORDER, "effective_from": "2026-10-01", "back": True}
    waiting = row(done("forms", "list"))["waiting"]
    assert waiting == [{"version": "恢复随程序", "effective_from": "2026-10-01"}]
    assert at("forms", "take-back", ORDER).json["error"]["field"] == "why"


def test_what_is_not_good_enough_is_refused_with_its_line(at: Commands, own: Path) -> None:
    text = own.read_text(encoding="utf-8")
    own.write_text(text.replace("{party}：", "{partie}："), encoding="utf-8")
    ran = at("forms", "add", own, "--dry-run")
    assert ran.code == 1
    problem = ran.json["forms"][0]["problems"][0]
    assert problem["check"] == "marks"
    assert text.splitlines()[problem["line"] - 1] == 'text = "{party}："'
    ran = at("forms", "add", own, "--version", "局1", "--from", "2026-10-01", "--why", "x")
    assert (ran.code, ran.json["error"]["kind"]) == (1, "pack")
    assert "标记都认识" in ran.json["error"]["message"]


def test_a_single_form_needs_version_day_and_reason(at: Commands, own: Path) -> None:
    words: tuple[str, ...] = ("forms", "add", str(own))
    for more, field in (
        ((), "version"),
        (("--version", "局1"), "effective_from"),
        (("--from", "2026-10-01"), "why"),
    ):
        words += more
        ran = at(*words)
        assert (ran.code, ran.json["error"]["field"]) == (1, field)


def test_a_pack_goes_from_one_office_to_another(
    command: Commands, done: Done, own: Path, tmp_path: Path
) -> None:
    done("forms", "add", own, "--version", "局1", "--from", "2026-09-28", "--why", "x")
    pack = tmp_path / "格式包.zip"
    out = done(
        "forms", "export", "--version", "2026.2", "--from", "2026-10-01", "--note", "市局格式",
        "--out", pack,
    )  # fmt: skip
    assert out["kinds"] == [ORDER]

    def other(*words: object) -> Any:
        return command("--data", tmp_path / "b", "--today", "2026-09-28", "--json", *words)

    tried = other("forms", "add", pack, "--dry-run").json
    assert tried["pack"] == {
        "version": "2026.2", "effective_from": "2026-10-01", "note": "市局格式",
    }  # fmt: skip
    added = other("forms", "add", pack).json["added"]
    assert [(one["version"], one["effective_from"]) for one in added] == [("2026.2", "2026-10-01")]
    again = other("forms", "add", pack)
    assert again.json["error"]["kind"] in ("exists", "same")


def test_drafts_are_told_and_go_over_when_asked(demo: Done, own: Path) -> None:
    case = demo("case", "list")["cases"][0]["case_no"]
    draft = demo("paper", "draft", case, ORDER)["papers"][0]["id"]
    demo("forms", "add", own, "--version", "局1", "--from", "2026-10-09", "--why", "x")
    older = demo("forms", "update", "--kind", ORDER)["older"]
    assert {"id": draft, "kind": ORDER, "version": "2026.1", "now": "局1"} in older
    updated = demo("forms", "update", draft)
    assert updated["updated"] == [{"id": draft, "version": "局1"}]
    assert draft not in [one["id"] for one in updated["older"]]


def test_words_for_people(command: Commands, own: Path, tmp_path: Path) -> None:
    here = ("--data", tmp_path / "p", "--today", "2026-09-28")
    assert command(*here, "forms", "list", "--own").out == "没有本局自己的格式。\n"
    assert command(*here, "forms", "update").out == "没有仍用旧格式的草稿。\n"
    added = command(
        *here, "forms", "add", own, "--version", "局1", "--from", "2026-10-01", "--why", "x"
    ).out
    assert "rectification_order　责令改正书：差别 1 处" in added
    assert "局1，2026年10月1日起新拟的文书使用。" in added
    listed = command(*here, "forms", "list", "--own").out
    assert listed == (
        "rectification_order  限期改正指令书  随程序 2026.1（2026-01-01 起）  2026-10-01 起 局1\n"
    )
    copy = tmp_path / "copy.toml"
    shown = command(*here, "forms", "show", ORDER, "--version", "局1", "--out", copy).out
    assert "局1　2026-10-01 起　待施行" in shown
    assert "修改　文书　名称：限期改正指令书 → 责令改正书" in shown
    assert 'version = "局1"' in copy.read_text(encoding="utf-8")
    assert "与随程序的格式没有差别" in command(*here, "forms", "show", ORDER).out
    back = command(*here, "forms", "take-back", ORDER, "--from", "2026-10-02", "--why", "x").out
    assert back == "限期改正指令书自2026年10月2日起用随程序的格式。\n"


def test_forms_check_looks_at_the_bureaus_own_too(
    at: Commands, done: Done, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done("forms", "add", own, "--version", "局1", "--from", "2026-10-01", "--why", "x")
    assert done("forms", "check") == {"ok": True, "problems": []}
    # A later program that lets a block be told less finds what was good before wanting.
    monkeypatch.setitem(kind_checks._OPTIONS, "gap", {})  # type: ignore[index]  # a dict inside
    monkeypatch.setattr("inspector_app.cli.forms.check_forms", lambda _office: [])
    ran = at("forms", "check")
    assert ran.code == 1
    assert ran.json["problems"][0]["where"] == f"{ORDER} 局1"
    assert "写法，第 " in ran.json["problems"][0]["message"]
    monkeypatch.undo()


def test_scripts_are_told_the_fields_of_the_form_in_force(
    done: Done, own: Path, tmp_path: Path
) -> None:
    text = own.read_text(encoding="utf-8").replace('label = "证据"', 'label = "主要证据"')
    own.write_text(text, encoding="utf-8")
    done("forms", "add", own, "--version", "局1", "--from", "2026-09-28", "--why", "x")
    fields = done("paper", "fields", ORDER)["fields"]
    assert "主要证据" in [one["label"] for one in fields]
    kinds = {one["id"]: one for one in done("paper", "kinds")["kinds"]}
    assert (kinds[ORDER]["title"], kinds[ORDER]["version"]) == ("责令改正书", "局1")
    for name in ("a.pdf", "a.docx"):
        made = done("paper", "render", "--form", ORDER, "--example", "--out", tmp_path / name)
        assert made["pages"] == 3


def test_a_missing_file_or_kind_is_told(at: Commands, tmp_path: Path) -> None:
    assert "没有找到" in at("forms", "add", tmp_path / "none.zip").json["error"]["message"]
    assert at("forms", "show", "love_letter").json["error"]["kind"] == "unknown"
    nothing = at(
        "forms", "export", "--version", "1", "--from", "2026-10-01", "--out", tmp_path / "x.zip"
    )
    assert nothing.json["error"]["message"] == "本局还没有自己的格式。"


def test_a_form_is_copied_to_a_new_kind_and_stopped(done: Done, at: Commands) -> None:
    made = done("forms", "copy", CALL, "--title", "工资支付提醒函", "--char", "提", "--why", "文件")
    kind = made["kind"]
    assert row(done("forms", "list"), kind)["title"] == "工资支付提醒函"
    assert kind in {one["id"] for one in done("paper", "kinds")["kinds"]}
    assert f'copy_of = "{CALL}"' in done("forms", "show", kind)["form"]
    twin = at("forms", "copy", CALL, "--title", "工资支付提醒函", "--char", "提", "--why", "文件")
    assert "已有另一种文书在用" in twin.json["error"]["message"]
    done("forms", "take-back", kind, "--why", "不用了")
    assert kind not in {one["id"] for one in done("paper", "kinds")["kinds"]}
