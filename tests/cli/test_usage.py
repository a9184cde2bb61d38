"""Options before and after the verb, exit codes, and errors as sentences."""

from pathlib import Path

import pytest

from tests.cli.conftest import Commands

TERM = ("terms", "--rule", "D05", "--date", "2026-09-28")


def test_common_options_stand_before_and_after_the_verb(command: Commands) -> None:
    before = command("--json", *TERM)
    after = command(*TERM, "--json")
    assert before.code == after.code == 0
    assert before.json == after.json


def test_the_option_nearest_to_the_end_wins(command: Commands, tmp_path: Path) -> None:
    early = ("--data", tmp_path / "one", "--today", "2026-01-01")
    late = ("--data", tmp_path / "two", "--today", "2026-09-28")
    made = command(*early, "case", "new", "--set", "employer=演示甲公司", *late, "--json")
    assert made.code == 0, made.err
    assert not (tmp_path / "one").exists()
    shown = command("case", "show", made.json["id"], *late, "--json").json
    assert shown["received_on"] == "2026-09-28"


def test_without_json_the_answer_is_chinese_lines(command: Commands) -> None:
    ran = command(*TERM)
    assert ran.code == 0
    assert ran.out.startswith("D05 ")
    assert ran.err == ""


@pytest.mark.parametrize(
    "words",
    [
        ("frobnicate",),
        ("terms", "--rule", "D05"),
        ("terms", "--rule", "D05", "--date", "2026-9-28"),
        ("terms", "--rule", "D05", "--date", "2026-09-28", "--unknown"),
        ("terms", "--rule", "D05", "--date"),
        ("terms", "--date", "2026-09-28"),
        ("terms", "--rule", "D05", "--date", "2026-09-28", "over"),
        ("terms", "--rule", "D05", "--date", "2026-09-28", "--stop", "2026-10-01"),
        ("case",),
        ("case", "frobnicate"),
        ("case", "new", "--set", "employer"),
        ("case", "list", "--limit", "many"),
        ("case", "list", "--view", "nothing"),
        ("screenshot", "--page", "home", "--out", "x.png", "--size", "large"),
        ("demo",),
        ("--today", "tomorrow", "check"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_how_in_chinese(
    command: Commands, words: tuple[str, ...]
) -> None:
    ran = command(*words)
    assert ran.code == 2
    assert ran.out == ""
    last = ran.err.strip().splitlines()[-1]
    assert any("\u4e00" <= char <= "\u9fff" for char in last), last
    assert "用法：inspector-app" in ran.err


def test_wrong_usage_with_json_is_still_one_document(command: Commands) -> None:
    ran = command("terms", "--json", "--rule", "D05")
    assert ran.code == 2
    assert ran.json["error"]["kind"] == "usage"
    assert "用法：" in ran.err


def test_what_cannot_be_done_ends_with_1_and_one_document(command: Commands) -> None:
    ran = command("terms", "--rule", "D999", "--date", "2026-09-28", "--json")
    assert ran.code == 1
    assert set(ran.json) == {"error"}
    assert set(ran.json["error"]) == {"kind", "message", "field"}
    assert ran.json["error"]["field"] == "rule"
    assert ran.json["error"]["message"] in ran.err


def test_without_json_a_refusal_is_a_sentence_on_stderr(command: Commands) -> None:
    ran = command("terms", "--rule", "D999", "--date", "2026-09-28")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("没有编号为“D999”的期限。")


def test_a_data_folder_that_is_a_file_is_told(command: Commands, tmp_path: Path) -> None:
    wall = tmp_path / "wall"
    wall.write_text("")
    ran = command("--data", wall / "inner", "case", "list", "--json")
    assert ran.code == 1
    assert ran.json["error"]["kind"] == "cannot_open"


def test_help_is_chinese_and_names_every_verb(command: Commands) -> None:
    ran = command("--help")
    assert ran.code == 0
    assert "选项：" in ran.out or "选项:" in ran.out
    for verb in ("demo", "import", "case", "inspect", "paper", "export", "terms", "check"):
        assert f"\n  {verb} " in ran.out
    assert "Options" not in ran.out
    assert "Usage" not in ran.out


def test_a_verb_explains_itself(command: Commands) -> None:
    ran = command("case", "step", "--help")
    assert "按法定程序推进案件" in ran.out
    assert "--data" in ran.out


def test_the_version_is_told(command: Commands) -> None:
    assert command("--version").out.startswith("inspector-app")
