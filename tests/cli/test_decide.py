"""`case decide`: proposals as JSON and as lines; nothing is decided or stored."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Commands

Done = Callable[..., Any]

FIELDS = (
    "--set", "employer=演示青禾建筑劳务有限公司", "--set", "scope=410411",
    "--set", "project=演示城东安置房三标段", "--set", "source=visit",
    "--set", "received_on=2026-09-25",
)  # fmt: skip


@pytest.fixture
def case(done: Done) -> str:
    """The number of a case with one worker who has been owed 9,000 for three months."""
    number = str(done("case", "new", *FIELDS)["case_no"])
    done(
        "case", "claims", "add", number, "--set", "name=演示张三", "--set", "due_fen=900000",
        "--set", "period_from=2026-05", "--set", "period_to=2026-07",
    )  # fmt: skip
    return number


def test_the_document_holds_every_proposal(done: Done, case: str) -> None:
    found = done("case", "decide", case)
    assert set(found) == {
        "id", "case_no", "respondent", "ticked", "fines", "liability", "crime", "blacklist",
        "extra_pay", "deposit", "surcharge", "minimum_wage", "notes",
    }  # fmt: skip
    assert (found["case_no"], found["respondent"]) == (case, "演示青禾建筑劳务有限公司")
    assert (found["deposit"], found["surcharge"], found["minimum_wage"]) == (None, None, None)
    (violation,) = found["fines"]["violations"]
    assert (violation["code"], violation["unit"], violation["counts"]) == ("GZ-22", None, False)
    assert {"code": "E1", "name": "用工合同材料", "sources": []} in violation["evidence"]
    assert found["fines"]["hearing"] == "no"
    assert found["crime"]["single_met"]
    assert (found["crime"]["many_met"], found["crime"]["ordered_unheeded"]) == (False, False)
    assert found["crime"]["words"].startswith("尚缺：经责令支付逾期未付")
    assert found["extra_pay"]["low_fen"] == 450_000
    assert not found["blacklist"]["met"]


def test_each_sentence_has_its_articles_and_level(done: Done, case: str) -> None:
    found = done("case", "decide", case)
    for part in ("fines", "liability", "crime", "blacklist", "extra_pay"):
        for reason in found[part]["reasons"]:
            assert set(reason) == {"text", "articles", "level", "inferred"}
            assert bool(reason["level"]) == (bool(reason["articles"]) or reason["inferred"])
    henan = found["crime"]["reasons"][0]
    assert "转述" in henan["level"], "the Henan amount was never seen in its own text"


def test_nothing_is_stored(done: Done, case: str) -> None:
    before = done("case", "show", case)["trail_head"]
    done("case", "decide", case)
    assert done("case", "show", case)["trail_head"] == before


def test_what_was_ticked_is_in_the_answer(done: Done, case: str) -> None:
    done(
        "case", "step", case, "situation", "--code", "owner_behind", "--code", "fled",
        "--amount", "4000", "--why", "现场核实",
    )  # fmt: skip
    found = done("case", "decide", case)
    assert found["ticked"] == ["owner_behind", "fled"]
    first = found["liability"]["lines"][0]
    assert (first["rule"], first["main"], first["limit_fen"]) == ("LB-11", True, 400_000)
    assert first["payers"] == [{"words": "建设单位先行垫付", "names": []}]
    assert found["crime"]["evasion_shown"]


def test_the_lines_say_that_people_decide(command: Commands, case: str, tmp_path: Path) -> None:
    ran = command("case", "decide", case, "--data", tmp_path / "data", "--today", "2026-09-28")
    assert ran.code == 0
    told = ran.out.splitlines()
    assert told[1] == "以下是按法规列出的建议，由承办人和负责人决定。"
    assert any(line.startswith("移送公安：尚缺：") for line in told)
    assert any(line.startswith("  GZ-22 拖欠农民工工资：没有罚款（") for line in told)
    assert "  异议期至：2026年10月10日" in told


def test_the_demonstration_case_with_an_overdue_order_is_read_through(demo: Done) -> None:
    """Every part of the answer can be made for every case of the demonstration ledger."""
    rows = demo("case", "list")["cases"]
    found = [demo("case", "decide", row["case_no"]) for row in rows[:20]]
    assert any(one["fines"]["violations"] for one in found)


def test_a_case_nobody_knows_is_told(at: Commands) -> None:
    ran = at("case", "decide", "没有的案号")
    assert (ran.code, ran.json["error"]["kind"]) == (1, "not_found")
