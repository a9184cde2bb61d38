"""`case` and `clue`: the JSON of the contract, and the law behind the verbs."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Commands

Done = Callable[..., Any]

FIELDS = (
    "--set", "employer=演示青禾建筑劳务有限公司", "--set", "scope=410411",
    "--set", "project=演示城东安置房三标段", "--set", "source=visit", "--set", "workers=3",
    "--set", "amount_fen=8642000", "--set", "received_on=2026-09-25", "--set", "note=来访",
)  # fmt: skip


@pytest.fixture
def case(done: Done) -> str:
    """The number of a case that has just been entered."""
    return str(done("case", "new", *FIELDS)["case_no"])


def test_a_new_case_is_shown_with_all_keys_of_the_contract(done: Done, case: str) -> None:
    shown = done("case", "show", case)
    assert set(shown) >= {
        "id", "case_no", "stage", "scope", "employer", "note", "claims", "clocks", "papers",
        "looks", "trail_head",
    }  # fmt: skip
    sums = ("due_fen", "paid_fen", "claimed_fen", "settled_fen", "owing_fen", "workers")
    assert shown["claims"] == dict.fromkeys(sums, 0)
    assert shown["stated"]["amount_fen"] == 8_642_000
    assert (shown["stage"], shown["scope"], shown["note"]) == ("Z1", "410411", "来访")
    assert {"rule", "start", "due", "level"} <= set(shown["clocks"][0])
    assert shown["looks"] == []


def test_a_case_without_a_list_says_so_and_not_that_nothing_is_owing(
    done: Done, command: Commands, case: str, tmp_path: Path
) -> None:
    def said(*words: str) -> str:
        where = ("--data", tmp_path / "data", "--today", "2026-09-28")
        return command(*where, "case", *words, case).out

    for told in (said("show"), said("claims", "list")):
        assert "明细未登记，反映 3 人" in told
        assert "尚欠 0.00" not in told
    done("case", "claims", "add", case, "--set", "name=演示张三", "--set", "due_fen=500000")
    assert "劳动者：1 人，尚欠 5,000.00 元" in said("show")
    assert "共 1 人，尚欠 5,000.00 元" in said("claims", "list")


def test_every_action_moves_the_head_of_the_trail(done: Done, case: str) -> None:
    before = done("case", "show", case)["trail_head"]
    done("case", "set", case, "note=补充材料", "--why", "投诉人补交")
    after = done("case", "show", case)["trail_head"]
    assert after[0] == before[0] + 1
    assert after[1] != before[1]


def test_only_fields_that_really_changed_are_named(done: Done, case: str) -> None:
    changed = done("case", "set", case, "note=来访", "workers=4", "--why", "核对")
    assert changed["changed"] == ["workers"]


def test_a_field_that_does_not_exist_changes_nothing(at: Commands, done: Done, case: str) -> None:
    ran = at("case", "set", case, "note=改", "colour=红", "--why", "试")
    assert (ran.code, ran.json["error"]["field"]) == (1, "colour")
    assert done("case", "show", case)["note"] == "来访"
    assert at("case", "new", "--set", "colour=红").json["error"]["field"] == "colour"


def test_a_change_without_a_reason_is_wrong_usage(at: Commands, case: str) -> None:
    assert at("case", "set", case, "note=改").code == 2


def test_a_case_moves_as_the_law_allows(done: Done, at: Commands, case: str) -> None:
    refused = at("case", "step", case, "order")
    assert refused.code == 1
    filed = done("case", "step", case, "file", "--on", "2026-09-28")
    assert filed["stage"] == "Z3"
    assert "D05" in [clock["rule"] for clock in filed["clocks"]]


def test_each_clock_says_why(done: Done, case: str) -> None:
    done("case", "step", case, "file")
    for clock in done("case", "why", case)["clocks"]:
        assert set(clock) == {
            "rule", "start_event", "start", "due", "extended_due", "stops", "skipped", "article",
            "why", "name", "state", "done_on", "whose", "leading", "provisional",
            "party",
        }  # fmt: skip
        assert clock["article"] in clock["why"]


def test_the_list_counts_what_the_view_holds(done: Done, case: str) -> None:
    done("case", "new", "--set", "employer=演示远峰市政有限公司")
    done("case", "step", case, "file")
    every = done("case", "list")
    assert every["total"] == 2
    assert set(every["cases"][0]) >= {"id", "case_no", "employer", "scope", "stage", "owing_fen"}
    assert done("case", "list", "--view", "investigation")["total"] == 1
    assert len(done("case", "list", "--limit", "1")["cases"]) == 1
    assert done("case", "list", "--text", "yfsz")["total"] == 1


def test_claims_are_listed_and_paid(done: Done, case: str) -> None:
    added = done(
        "case", "claims", "add", case, "--set", "name=演示张三", "--set", "due_fen=500000",
        "--set", "paid_fen=100000", "--set", "id_number=410499197803120113",
    )  # fmt: skip
    assert (added["owing_fen"], added["workers"]) == (400_000, 1)
    (row,) = done("case", "claims", "list", case)["rows"]
    assert "0312" not in row["id_number"]
    half = ("--claim", row["id"], "--amount-fen", "150000")
    assert done("case", "claims", "settle", case, *half)["owing_fen"] == 250_000
    paid = done("case", "claims", "settle", case, "--payer", "deposit")
    assert (paid["settled_fen"], paid["owing_fen"]) == (250_000, 0)
    assert done("case", "show", case)["claims"]["paid_fen"] == 500_000


def test_a_worker_listed_already_is_asked_about(at: Commands, done: Done, case: str) -> None:
    add = ("case", "claims", "add", case, "--set", "name=演示张三", "--set", "due_fen=500000")
    done(*add)
    refused = at(*add).json["error"]
    assert (refused["kind"], refused["field"]) == ("repeat", "period_from")
    assert refused["message"].startswith("名单里已有演示张三")
    assert refused["message"].endswith("加 --again。")
    assert done(*add, "--again")["due_fen"] == 1_000_000


def test_nobody_is_paid_more_than_is_owing(at: Commands, done: Done, case: str) -> None:
    done("case", "claims", "add", case, "--set", "name=演示张三", "--set", "due_fen=500000")
    (row,) = done("case", "claims", "list", case)["rows"]
    over = ("--claim", row["id"], "--amount-fen", "500001")
    assert at("case", "claims", "settle", case, *over).json["error"]["field"] == "amount_fen"
    assert at("case", "claims", "settle", case, "--claim", row["id"]).code == 2


def test_a_claim_names_what_is_wrong_in_it(at: Commands, case: str) -> None:
    nameless = at("case", "claims", "add", case, "--set", "due_fen=1")
    assert nameless.json["error"]["field"] == "name"
    no_amount = at("case", "claims", "add", case, "--set", "name=演示张三")
    assert no_amount.json["error"]["field"] == "due_fen"
    strange = at("case", "claims", "add", case, "--set", "colour=红")
    assert strange.json["error"]["field"] == "colour"


def test_a_case_nobody_knows_is_told(at: Commands) -> None:
    ran = at("case", "show", "没有的案号")
    assert (ran.code, ran.json["error"]["kind"]) == (1, "not_found")


@pytest.mark.parametrize("field", ["scope=999999", "source=鸽子", "workers=三", "received_on=昨天"])
def test_a_value_that_cannot_be_is_told_by_its_field(at: Commands, field: str) -> None:
    ran = at("case", "new", "--set", "employer=演示甲公司", "--set", field)
    assert (ran.code, ran.json["error"]["field"]) == (1, field.partition("=")[0])


def test_a_clue_is_registered_filed_and_listed(done: Done) -> None:
    made = done(
        "clue", "new", "--set", "employer=演示安泽物业有限公司", "--set", "source=12345",
        "--set", "person=演示李四", "--set", "received_on=2026-09-25",
    )  # fmt: skip
    done("settings", "inspector", "演示王明", "--certificate", "YS-1")
    filed = done("clue", "file", made["clue_no"], "--lead", "演示王明")
    assert done("case", "show", filed["case_no"])["source"] == "12345"
    (row,) = done("clue", "list", "--state", "filed")["clues"]
    assert row["clue_no"] == made["clue_no"]


def test_clues_of_one_unit_are_filed_together_and_one_sum_only_once(
    done: Done, at: Commands
) -> None:
    said = ("--set", "employer=演示安泽物业有限公司", "--set", "person=演示李四")
    first, again = (
        done("clue", "new", *said, "--set", f"amount_fen={fen}")["clue_no"]
        for fen in (500_000, 510_000)
    )
    asked = at("clue", "file", first, "--together", again).json["error"]
    assert asked["kind"] == "repeat"
    assert asked["message"].endswith(
        "是同一笔的加 --twice once，按前一条登记；不是的加 --twice both。"
    )
    filed = done("clue", "file", first, "--together", again, "--twice", "once")
    (row,) = done("case", "list")["cases"]
    assert (row["case_no"], row["amount_fen"]) == (filed["case_no"], 500_000)
    assert {row["clue_no"] for row in done("clue", "list", "--state", "filed")["clues"]} == {
        first,
        again,
    }


def test_a_clue_is_put_right_with_a_reason_and_reopened(done: Done, at: Commands) -> None:
    made = done(
        "clue", "new", "--set", "employer=演示安泽物业公司", "--set", "person=演示张三", "--set",
        "confidential=否", "--set", "amount_fen=500000", "--set", "period_from=2026-07",
    )  # fmt: skip
    assert done("clue", "show", made["id"])["person"]["confidential"] is False
    changes = ["employer=演示安泽物业有限公司", "amount_fen=700000", "confidential=是"]
    assert at("clue", "set", made["id"], *changes).code == 2
    changed = done("clue", "set", made["id"], *changes, "--why", "登记时看错")["changed"]
    assert changed == ["用人单位", "涉及金额", "反映人保密"]
    shown = done("clue", "show", made["id"])
    assert (shown["employer"], shown["person"]["confidential"]) == ("演示安泽物业有限公司", True)
    for typed in ("received_on=", "period_to=七月", "confidential=也许", "colour=红"):
        refused = at("clue", "set", made["id"], typed, "--why", "试试").json["error"]
        assert refused["field"] == typed.partition("=")[0]
    done("clue", "conclude", made["id"], "refused", "--why", "不属本局")
    assert at("clue", "reopen", made["id"]).code == 2
    assert done("clue", "reopen", made["id"], "--why", "核实后属本局")["state"] == "open"


def test_a_clue_leaves_the_register_only_with_a_reason(done: Done, at: Commands) -> None:
    made = done("clue", "new", "--set", "employer=演示安泽物业有限公司")
    assert at("clue", "conclude", made["id"], "settled").code == 2
    ended = done("clue", "conclude", made["id"], "settled", "--why", "经协调，工资已付清")
    assert ended["state"] == "settled"
    again = at("clue", "conclude", made["id"], "settled", "--why", "再办一次")
    assert (again.code, again.json["error"]["kind"]) == (1, "state")
    assert at("clue", "file", "没有的线索").json["error"]["kind"] == "not_found"
    assert at("clue", "new", "--set", "colour=红").json["error"]["field"] == "colour"
