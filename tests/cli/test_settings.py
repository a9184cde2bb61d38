"""`settings`: the bureau's choices and its inspectors."""

from collections.abc import Callable
from typing import Any

from tests.cli.conftest import Commands

Done = Callable[..., Any]


def test_a_setting_is_kept(done: Done) -> None:
    done("settings", "set", "phone=0375-0000000", "contact=演示李明")
    assert done("settings", "get", "phone") == {"settings": {"phone": "0375-0000000"}}
    assert done("settings", "get")["settings"]["contact"] == "演示李明"


def test_one_wrong_value_changes_nothing(done: Done, at: Commands) -> None:
    before = done("settings", "get")
    ran = at("settings", "set", "phone=1", "rectification_days=三")
    assert (ran.code, ran.json["error"]["field"]) == (1, "rectification_days")
    assert done("settings", "get") == before
    assert at("settings", "get", "colour").json["error"]["kind"] == "setting"


def test_an_inspector_is_registered_once_per_certificate(done: Done, at: Commands) -> None:
    made = done("settings", "inspector", "演示王明", "--certificate", "YS-1")
    (row,) = done("settings", "inspectors")["inspectors"]
    assert (row["id"], row["certificate"]) == (made["id"], "YS-1")
    twin = at("settings", "inspector", "演示赵强", "--certificate", "YS-1")
    assert twin.json["error"]["field"] == "certificate"


def test_two_inspectors_of_one_name_are_told_apart_by_certificate(done: Done, at: Commands) -> None:
    for number in ("YS-1", "YS-2"):
        done("settings", "inspector", "演示王明", "--certificate", number)
    clue = done("clue", "new", "--set", "employer=演示甲公司")["id"]
    assert at("clue", "file", clue, "--lead", "演示王明").json["error"]["kind"] == "ambiguous"
    assert done("clue", "file", clue, "--lead", "YS-2")["case_no"]


def test_settings_can_be_read_as_lines(command: Commands, tmp_path: Any) -> None:
    data = ("--data", tmp_path / "data")
    command(*data, "settings", "inspector", "演示王明")
    assert "无证号" in command(*data, "settings", "inspectors").out
    assert "bureau_name（" in command(*data, "settings", "get").out


def test_numbers_are_tried_out_before_they_are_kept(done: Done, at: Commands) -> None:
    before = done("settings", "get", "paper_number_template")
    tried = done("settings", "number", "--brackets", "【】", "--no-di", "--digits", "4")
    assert not tried["saved"]
    assert tried["settings"]["paper_number_template"] == "{机关}{监察}{文种}字【{年}】{序号:4}号"
    assert "平人社监令字【2026】0001号、平人社监约字【2026】0001号" in tried["sample"]
    assert done("settings", "get", "paper_number_template") == before
    kept = done(
        "settings", "number", "--template", "{机关}〔{年}〕{序号}号",
        "--series", "全部文书统一编号", "--restart", "跨年连续编号", "--save",
    )  # fmt: skip
    assert kept["saved"]
    assert kept["sample"] == "例如：平人社〔2026〕1号、平人社〔2026〕2号；下一年：平人社〔2027〕3号"
    settings = done("settings", "get")["settings"]
    assert settings["paper_series"] == "全部文书统一编号"
    assert settings["paper_restart"] == "跨年连续编号"
    assert at("settings", "number", "--series", "各文种分别编号").json["error"]["message"] == (
        "字号格式缺少“{文种}”"
    )


def test_samples_bear_the_characters_of_the_bureaus_forms(done: Done, tmp_path: Any) -> None:
    form = tmp_path / "form.toml"
    done("forms", "show", "rectification_order", "--out", str(form))
    form.write_text(form.read_text().replace('series_char = "令"', 'series_char = "责改"'))
    done("forms", "add", str(form), "--version", "局1", "--from", "2026-01-01", "--why", "文件")
    assert "平人社监责改字〔2026〕第1号" in done("settings", "number")["sample"]
