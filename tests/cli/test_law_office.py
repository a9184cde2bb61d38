"""`law` and `calendar`: what the bureau adds to the rules, from the command line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Commands
from tests.helpers.law_packs import a_pack_folder, edited, zipped
from tests.services.test_office_calendar import NOTICE_2027
from tests.services.test_statutes import DEMO

Done = Callable[..., Any]
D05 = 'name = "调查完成"\nstart_event = "立案之日"\nlength = 60'


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    path = tmp_path / "通知.txt"
    path.write_text(NOTICE_2027, encoding="utf-8")
    return path


@pytest.fixture
def statute(tmp_path: Path) -> Path:
    path = tmp_path / "工资条例.txt"
    path.write_text(DEMO, encoding="utf-8")
    return path


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """The shipped rules with a shorter D05."""
    folder = edited(a_pack_folder(tmp_path / "pack"), "terms.toml", D05, D05.replace("60", "50"))
    return zipped(folder, tmp_path / "规则包.zip")


def test_a_choice_is_made_listed_and_taken_back(done: Done, at: Commands) -> None:
    made = done("law", "choose", "d05", "length", "45", "--why", "会议纪要")
    assert {key: made[key] for key in ("rule", "field", "value", "why", "decided_on")} == {
        "rule": "D05", "field": "length", "value": "45", "why": "会议纪要",
        "decided_on": "2026-09-28",
    }  # fmt: skip
    (row,) = done("law", "choices")["choices"]
    assert (row["id"], row["stale"]) == (made["id"], False)
    assert done("law", "choices", "D01") == {"choices": []}
    assert done("law", "take-back", "D05", "length", "--why", "到期")["value"] == ""
    assert done("law", "choices") == {"choices": []}
    refused = at("law", "choose", "D05", "length", "45")
    assert (refused.code, refused.json["error"]["field"]) == (1, "why")
    assert (
        at("law", "choose", "D99", "length", "1", "--why", "x").json["error"]["kind"] == "unknown"
    )


def test_choices_can_be_read_as_lines(command: Commands, tmp_path: Path) -> None:
    data = ("--data", tmp_path / "data", "--today", "2026-09-28")
    assert "没有另作规定" in command(*data, "law", "choices").out
    told = command(*data, "law", "choose", "D05", "length", "45", "--why", "纪要").out
    assert "D05 期限长度：45；理由：纪要（" in told
    assert "D05 期限长度：45" in command(*data, "law", "choices").out
    taken = command(*data, "law", "take-back", "D05", "length", "--why", "到期").out
    assert taken == "已撤回：D05 期限长度\n"


def test_bands_are_added_changed_and_listed(done: Done, at: Commands) -> None:
    empty = done("law", "bands", "gz-05")
    assert (empty["violation"], empty["bands"]) == ("GZ-05", [])
    low, high = empty["unit_fine"]["low_fen"] // 100, empty["unit_fine"]["high_fen"] // 100
    words = ("law", "bands", "GZ-05", "--add", "一般", "--condition", "三十人以下")
    span = ("--yuan", f"{low}..{(low + high) // 2}", "--source", "演示基准")
    (band,) = done(*words, *span)["bands"]
    assert (band["name"], band["low_fen"], band["in_force"]) == ("一般", low * 100, True)
    changed = done(
        "law", "bands", "GZ-05", "--change", band["id"], "--name", "较轻",
        "--from", "2026-10-09", "--why", "改名",
    )  # fmt: skip
    assert [(one["name"], one["in_force"]) for one in changed["bands"]] == [("较轻", False)]
    for words in (
        ("GZ-05", "--change", "no", "--why", "x"),
        ("GZ-05", "--add", "重", "--yuan", f"{high}..{high + 1}"),
        ("XX-1",),
    ):
        assert at("law", "bands", *words).code == 1
    assert at("law", "bands", "GZ-05", "--add", "重", "--yuan", "5万").code == 2
    assert at("law", "bands", "GZ-05", "--add", "重", "--yuan", "五..六").code == 2


def test_bands_can_be_read_as_lines(command: Commands, tmp_path: Path) -> None:
    words = ("--data", tmp_path / "data", "--today", "2026-09-28", "law", "bands", "GZ-01")
    assert "没有登记裁量档次" in command(*words).out
    added = command(
        *words, "--add", "一般", "--condition", "演示", "--yuan", "20000..30000",
        "--person-yuan", "10000..20000", "--source", "演示基准",
    )  # fmt: skip
    assert "一般：20,000.00 元至 30,000.00 元，个人 10,000.00 元至 20,000.00 元；演示" in added.out


def test_a_text_is_imported_shown_found_and_checked(
    done: Done, at: Commands, statute: Path
) -> None:
    assert done("law", "text", "check") == {"ok": True, "problems": []}
    assert done("law", "text", "list") == {"texts": []}
    made = done("law", "text", "import", statute, "--statute", "工资条例", "--from", "2020-05-01")
    assert (made["statute"], made["articles"], made["last_article"]) == ("工资条例", 3, 3)
    assert made["notes"]
    shown = done("law", "text", "show", "工资条例", "2")
    assert (shown["place"], shown["chapter"]) == ("第二条", "第一章 演示")
    hits = done("law", "text", "search", "留存", "按月")
    assert (hits["total"], hits["hits"][0]["place"]) == (1, "第二条")
    (text,) = done("law", "text", "list")["texts"]
    assert (text["current"], text["effective_from"]) == (True, "2020-05-01")
    checked = at("law", "text", "check")
    assert (checked.code, checked.json["ok"]) == (1, False)
    assert any("GZ-05" in one["where"] for one in checked.json["problems"])
    for article, kind in (("64", "not_found"), ("第二条", "input")):
        assert at("law", "text", "show", "工资条例", article).json["error"]["kind"] == kind
    told = at("law", "text", "show", "监察条例", "1").json["error"]["message"]
    assert told == "《劳动保障监察条例》：还没有导入它的原文。"
    twice = at("law", "text", "import", statute, "--statute", "工资条例")
    assert twice.json["error"]["kind"] == "exists"


def test_texts_can_be_read_as_lines(command: Commands, tmp_path: Path, statute: Path) -> None:
    words = ("--data", tmp_path / "data", "--today", "2026-09-28", "law", "text")
    assert "还没有导入法规原文" in command(*words, "check").out
    assert "还没有导入法规原文" in command(*words, "list").out
    ran = command(*words, "import", statute, "--statute", "工资条例")
    assert ran.out == "已导入《保障农民工工资支付条例》，到第 3 条。\n"
    assert "请核对是不是同一版本" in ran.err
    assert "以此为准" in command(*words, "list").out
    assert command(*words, "show", "工资条例", "3").out.endswith("\n演示完毕。\n")
    assert "第三条：演示完毕。" in command(*words, "search", "完毕").out
    assert command(*words, "search", "查无此词").out == "没有找到。\n"


def test_a_pack_is_compared_accepted_and_listed(done: Done, at: Commands, pack: Path) -> None:
    case = done("case", "new", "--set", "employer=演示甲公司")
    done("case", "step", case["id"], "file", "--on", "2026-09-28")
    found = done("law", "pack", "diff", pack)
    assert (found["version"], found["effective_from"]) == ("2027.1", "2027-01-01")
    (row,) = found["rows"]
    assert (row["id"], row["change"]) == ("D05", "changed")
    assert row["fields"] == [{"field": "length", "before": "60", "after": "50"}]
    (touched,) = found["cases"]
    assert (touched["case_no"], touched["moves"][0]["rule"]) == (case["case_no"], "D05")
    assert found["stale_choices"] == []
    assert done("law", "pack", "list") == {"packs": []}
    accepted = done("law", "pack", "accept", pack)
    assert accepted["rows"] == found["rows"]
    (line,) = done("law", "pack", "list")["packs"]
    assert (line["id"], line["sha256"], line["state"]) == (
        accepted["id"],
        accepted["sha256"],
        "待生效",
    )
    assert at("law", "pack", "accept", pack).json["error"]["kind"] == "exists"


def test_a_pack_can_be_read_as_lines(command: Commands, tmp_path: Path, pack: Path) -> None:
    data = ("--data", tmp_path / "data", "--today", "2026-09-28")
    made = command(*data, "--json", "case", "new", "--set", "employer=演示甲公司").json
    command(*data, "case", "step", made["id"], "file", "--on", "2026-09-28")
    command(*data, "law", "choose", "HC-19", "off", "是", "--why", "演示")
    folder = pack.parent / "pack"
    edited(folder, "henan_conflicts.toml", 'id = "HC-19"', 'id = "HC-99"')
    assert "没有接受过规则包" in command(*data, "law", "pack", "list").out
    out = command(*data, "law", "pack", "accept", folder).out
    for words in (
        "修改 期限 D05 调查完成", "  长度：60 → 50", "新增 不用的地方条款 HC-99",
        "受影响的在办案件 1 件", "  调查完成（D05）：", "本局口径 HC-19 off 不再适用",
        "已接受规则包 2027.1",
    ):  # fmt: skip
        assert words in out
    assert "2027.1：2027-01-01 起，待生效" in command(*data, "law", "pack", "list").out


def test_a_broken_pack_is_refused_with_its_place(at: Commands, pack: Path) -> None:
    folder = edited(pack.parent / "pack", "terms.toml", "length = 50", 'length = "五十"')
    error = at("law", "pack", "diff", folder).json["error"]
    assert error["kind"] == "pack"
    assert "law/terms.toml 第 " in error["message"]


def test_a_notice_is_tried_imported_and_shown(done: Done, at: Commands, notice: Path) -> None:
    tried = done("calendar", "import", notice, "--dry-run")
    assert (tried["dry_run"], tried["year"], tried["problems"]) == (True, 2027, [])
    assert {"date": "2027-01-31", "kind": "workday", "name": "春节"} in tried["days"]
    assert at("calendar", "show", "2027").json["error"]["kind"] == "not_found"
    done_ = done("calendar", "import", notice, "--source", "演示1号")
    assert (done_["dry_run"], done_["warnings"], done_["days"]) == (False, [], tried["days"])
    shown = done("calendar", "show", "2027")
    assert (shown["origin"], shown["source"], shown["working_days"]) == ("本局录入", "演示1号", 248)
    assert done("calendar", "years")["years"][0]["year"] == 2027
    assert done("calendar", "take-back", "2027", "--why", "演示")["year"] == 2027
    assert done("calendar", "years")["years"][0]["year"] == 2026


def test_a_notice_with_problems_is_told_and_not_stored(at: Commands, notice: Path) -> None:
    text = notice.read_text(encoding="utf-8").replace("5月8日（周六）", "5月8日（周日）")
    notice.write_text(text, encoding="utf-8")
    tried = at("calendar", "import", notice, "--dry-run")
    assert (tried.code, len(tried.json["problems"]), tried.json["affected"]) == (0, 1, [])
    assert at("calendar", "import", notice).json["error"]["kind"] == "notice"
    notice.write_text("元旦：1月1日放假。", encoding="utf-8")
    assert "没有写明是哪一年" in at("calendar", "import", notice, "--dry-run").json["problems"][0]


def test_the_calendar_can_be_read_as_lines(command: Commands, tmp_path: Path, notice: Path) -> None:
    data = ("--data", tmp_path / "data")
    late = (*data, "--today", "2026-12-08")
    made = command(*late, "--json", "case", "new", "--set", "employer=演示甲公司").json
    command(*late, "case", "step", made["id"], "file", "--on", "2026-12-08")
    out = command(*late, "calendar", "import", notice).out
    assert "已录入 2027 年的放假安排。\n到期日变动的在办案件 1 件\n" in out
    assert "调查完成：2027年3月2日 → 2027年3月9日" in out
    shown = command(*late, "calendar", "show", "2027").out
    assert shown.startswith(
        "2027 年（本局录入），工作日 248 天\n2027年1月1日（星期五） 放假 元旦\n"
    )
    assert command(*late, "calendar", "years").out.startswith("2027 年：本局录入，通知.txt\n")
    taken = command(*late, "calendar", "take-back", "2027", "--why", "演示").out
    assert taken == "已撤回 2027 年的放假安排。\n"
