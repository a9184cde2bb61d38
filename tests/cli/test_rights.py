"""Roles, looks and full exports on the command line."""

from pathlib import Path

import openpyxl

from tests.cli.conftest import Commands

ID, PHONE = "410499198803154727", "13900000002"


def ledger(at: Commands) -> tuple[str, str]:
    """A clue and a case with one worker."""
    made = at("clue", "new", "--set", "employer=青禾公司", "--set", "scope=410411", "--set",
              "person=向大山", "--set", f"phone={PHONE}")  # fmt: skip
    clue = made.json["clue_no"]
    case = at("clue", "file", clue).json["case_no"]
    at("case", "claims", "add", case, "--set", "name=王演示", "--set", "due_fen=500", "--set",
       f"id_number={ID}")  # fmt: skip
    return clue, case


def test_what_is_covered_is_shown_with_a_reason_and_stands_in_the_register(
    at: Commands, tmp_path: Path
) -> None:
    clue, case = ledger(at)
    assert at("clue", "show", clue).json["person"]["name"] == "向**"
    assert at("clue", "show", clue, "--reveal").json["error"]["field"] == "why"
    shown = at("clue", "show", clue, "--reveal", "--why", "答复反映人").json
    assert (shown["person"]["name"], shown["person"]["phone"]) == ("向大山", PHONE)
    assert at("clue", "show", clue).json["looks"][0]["why"] == "答复反映人"
    assert at("case", "claims", "list", case).json["rows"][0]["id_number"] == "410499********4727"
    wanted = ("case", "claims", "list", case, "--reveal", "--why", "核发工资")
    assert at(*wanted, "--worker", "王演示").json["rows"][0]["id_number"] == ID
    assert at(*wanted, "--worker", "无此人").json["error"]["field"] == "worker"
    out = tmp_path / "looks.xlsx"
    looks = at("access", "list", "--out", out).json
    assert [one["entry"]["why"] for one in looks["looks"]] == ["核发工资", "答复反映人"]
    assert openpyxl.load_workbook(out).worksheets[0].max_row > looks["rows"]


def test_a_workbook_is_masked_unless_a_reason_is_given(at: Commands, tmp_path: Path) -> None:
    _, case = ledger(at)
    out = tmp_path / "claims.xlsx"
    words = ("export", "claims", "--case", case, "--out", out)
    for masked in ((), ("--masked",)):
        assert at(*words, *masked).code == 0
        assert ID not in told(out)
    assert at(*words, "--full").json["error"]["field"] == "why"
    assert at(*words, "--full", "--why", "核发工资").code == 0
    assert ID in told(out)


def told(path: Path) -> str:
    book = openpyxl.load_workbook(path)
    return "".join(str(c.value) for sheet in book for row in sheet.iter_rows() for c in row)


def test_roles_are_listed_given_and_then_count(at: Commands) -> None:
    at("settings", "inspector", "李明", "--certificate", "YS-1")
    at("settings", "inspector", "王管")
    assert at("settings", "roles").json["in_force"] is False
    given = at("settings", "roles", "王管", "administrator").json
    assert given["roles"] == ["administrator"]
    assert at("settings", "roles", "李明").json["roles"] == ["inspector"]
    table = at("settings", "roles").json
    assert table["in_force"] is True
    assert table["roles"]["auditor"] == ["see_access"]
    refused = at("--as", "李明", "settings", "set", "phone=0375-1")
    assert refused.json["error"]["kind"] == "rights"
    assert at("--as", "王管", "settings", "set", "phone=0375-1").code == 0
    assert at("--as", "李明", "access", "list").json["error"]["kind"] == "rights"
    assert at("--as", "王管", "access", "list").json["looks"] == []
    people = {one["name"]: one["roles"] for one in at("settings", "inspectors").json["inspectors"]}
    assert people == {"李明": ["inspector"], "王管": ["administrator"]}


def test_what_is_over_is_erased_with_a_reason(at: Commands) -> None:
    clue = at("clue", "new", "--set", "employer=青禾公司", "--set", "scope=410411").json["clue_no"]
    assert at("purge", clue, "--why", "期满").json["error"]["kind"] == "state"
    at("clue", "conclude", clue, "settled", "--why", "已支付")
    assert at("purge", clue, "--dry-run").json["purged"] is False
    assert at("purge", clue, "--why", "依法删除").json["purged"] is True
    assert at("clue", "list").json["total"] == 0
    assert at("check").json["ok"] is True
