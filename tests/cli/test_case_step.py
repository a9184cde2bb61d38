"""`case step`, `case steps`, `case why`: the procedure of the law on the command line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Commands, Ran

Done = Callable[..., Any]
LEADER = "演示负责人"
RECEIVED = ("--set", "source=visit", "--set", "received_on=2026-09-25")


@pytest.fixture
def case(done: Done) -> str:
    """The number of a filed case with two certified inspectors and one worker's wages."""
    for number, name in enumerate(("演示王明", "演示李强"), 1):
        done("settings", "inspector", name, "--certificate", f"YS-{number}")
    people = {row["name"]: row["id"] for row in done("settings", "inspectors")["inspectors"]}
    made = done("case", "new", "--set", "employer=演示青禾建筑劳务有限公司", *RECEIVED)
    number = str(made["case_no"])
    done(
        "case",
        "set",
        number,
        f"lead={people['演示王明']}",
        f"assist={people['演示李强']}",
        "--why",
        "分派",
    )
    done("case", "claims", "add", number, "--set", "name=演示张三", "--set", "due_fen=500000")
    done("case", "step", number, "file", "--approver", LEADER)
    return number


@pytest.fixture
def later(command: Commands, tmp_path: Path) -> Commands:
    """Run one command line on the same ledger, on a day named first."""

    def ran(today: str, *words: object) -> Ran:
        return command("--data", tmp_path / "data", "--today", today, "--json", *words)

    return ran


def error(ran: Ran) -> dict[str, str]:
    assert ran.code == 1, ran.out
    found: dict[str, str] = ran.json["error"]
    return found


def test_a_step_answers_with_all_its_keys(done: Done, case: str) -> None:
    answer = done("case", "step", case, "site_visit", "--on", "2026-09-28", "--people", "演示王明")
    assert set(answer) == {
        "id", "case_no", "stage", "clocks", "event", "overridden", "reminders",
    }  # fmt: skip
    assert (answer["case_no"], answer["stage"]) == (case, "Z3")
    assert (answer["overridden"], answer["reminders"]) == ([], [])
    for clock in answer["clocks"]:
        assert set(clock) == {"rule", "start", "due", "level", "name", "whose", "leading", "party"}
    assert {"D05", "D06"} <= {clock["rule"] for clock in answer["clocks"]}
    (event,) = [e for e in done("case", "show", case)["events"] if e["id"] == answer["event"]]
    assert (event["step"], event["on"], event["people"]) == ("site_visit", "2026-09-28", "演示王明")


def test_without_a_day_the_step_is_taken_today(done: Done, case: str) -> None:
    done("case", "step", case, "met_party")
    assert done("case", "show", case)["events"][-1]["on"] == "2026-09-28"


def test_what_only_reminds_is_said_and_does_not_refuse(at: Commands, done: Done) -> None:
    number = done("case", "new", "--set", "employer=演示远峰市政有限公司")["case_no"]
    answer = done("case", "step", number, "file")
    assert [one["guard"] for one in answer["reminders"]] == ["papers", "approved"]
    for one in answer["reminders"]:
        assert set(one) >= {"guard", "message", "article", "remedy", "hard"}
    assert answer["stage"] == "Z3"


def test_the_words_on_the_screen_name_step_stage_and_reminder(
    command: Commands, done: Done, tmp_path: Path
) -> None:
    number = done("case", "new", "--set", "employer=演示远峰市政有限公司")["case_no"]
    at_desk = ("--data", tmp_path / "data", "--today", "2026-09-28")
    told = command(*at_desk, "case", "step", number, "file")
    assert told.code == 0
    assert told.out.splitlines()[0] == f"{number}：立案，现在是“调查取证”"
    assert "提醒：没有立案审批表" in told.out
    listed = command(*at_desk, "case", "steps", number)
    assert listed.out.splitlines()[0] == f"{number}：调查取证"
    assert "order  责令改正（还缺：没有限期改正指令书）" in listed.out
    assert "  site_visit  到现场\n" in listed.out


def test_a_step_that_is_not_legal_yet_is_refused_with_its_article(at: Commands, case: str) -> None:
    found = error(at("case", "step", case, "order"))
    assert (found["kind"], found["field"]) == ("illegal_step", "step")
    assert "没有限期改正指令书" in found["message"]
    assert "《劳动保障监察条例》第十八条第一款第（二）项" in found["message"]


def test_a_step_from_another_stage_names_the_way(at: Commands, case: str) -> None:
    found = error(at("case", "step", case, "court_apply"))
    assert found["kind"] == "illegal_step"
    assert "第五十三条" in found["message"]
    assert "现在可以责令改正" in found["message"]


def test_a_refused_step_leaves_the_case_as_it_was(at: Commands, done: Done, case: str) -> None:
    before = done("case", "show", case)
    error(at("case", "step", case, "order"))
    assert done("case", "show", case) == before


def test_an_unknown_step_or_case_is_told(at: Commands, case: str) -> None:
    found = error(at("case", "step", case, "fly"))
    assert (found["kind"], found["field"]) == ("unknown", "step")
    assert "file（立案）" in found["message"]
    assert error(at("case", "step", "没有的案号", "file"))["kind"] == "not_found"
    assert error(at("case", "steps", "没有的案号"))["kind"] == "not_found"
    assert error(at("case", "why", "没有的案号"))["kind"] == "not_found"


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (("submit",), "outcome"),
        (("submit", "--outcome", "maybe"), "outcome"),
        (("site_visit", "--on", "2026-09-29"), "on"),
        (("site_visit", "--on", "2026-09-24"), "on"),
        (("site_visit", "--time", "9点"), "at"),
        (("outside_paper", "--paper-kind", "letter", "--number", "1"), "paper_kind"),
        (("outside_paper", "--paper-kind", "demand_letter"), "number"),
        (("order_deadline",), "until"),
        (("deposit_paid", "--amount", "三百"), ""),
        (("stop", "--outcome", "other", "--why", "演示", "--rule", "D11"), "rules"),
    ],
)
def test_what_is_typed_wrong_is_told_by_its_field(
    at: Commands, case: str, words: tuple[str, ...], field: str
) -> None:
    stage = () if words[0] != "deposit_paid" else ("--on", "2026-09-28")
    assert error(at("case", "step", case, *words, *stage))["field"] == field


@pytest.mark.parametrize(
    "words",
    [
        (), ("file", "--on", "昨天"), ("file", "--until", "2026-13-01"), ("file", "--colour", "红"),
        ("file", "extra"),
    ],
)  # fmt: skip
def test_wrong_usage_exits_with_two(at: Commands, words: tuple[str, ...]) -> None:
    ran = at("case", "step", "演示案号", *words)
    assert ran.code == 2
    assert ran.json["error"]["kind"] == "usage"
    assert ran.err


def test_amounts_are_written_in_yuan_and_kept_in_fen(later: Commands, case: str) -> None:
    def ran(*words: object) -> Any:
        answer = later("2026-10-14", "case", "step", case, *words)
        assert answer.code == 0, answer.err
        return answer.json

    ran("submit", "--outcome", "plain")
    ran(
        "outside_paper",
        "--paper-kind",
        "penalty_notice",
        "--number",
        "告1号",
        "--until",
        "2026-10-14",
    )
    ran(
        "penalty_notice", "--code", "KJ-01", "--amount", "3,000.50", "--person-amount", "0",
        "--outcome", "plain",
    )  # fmt: skip
    shown = later("2026-10-14", "case", "show", case).json
    notice = next(e for e in shown["events"] if e["step"] == "penalty_notice")
    assert (notice["amount_fen"], notice["person_fen"], notice["codes"]) == (300_050, 0, ["KJ-01"])
    assert (notice["from_stage"], notice["to_stage"]) == ("Z4", "Z7")


def test_a_leader_lets_pass_what_may_pass_and_it_stays_written(
    later: Commands, done: Done, case: str
) -> None:
    done("settings", "inspector", LEADER, "--leader")
    day = "2026-10-14"
    assert later(day, "case", "step", case, "submit", "--outcome", "plain").code == 0
    outside = ("outside_paper", "--paper-kind", "penalty_notice", "--number", "无")
    assert later(day, "case", "step", case, *outside, "--until", day).code == 0
    notice = ("penalty_notice", "--code", "KJ-01", "--amount", "1000", "--outcome", "plain")
    refused = error(later(day, "case", "step", case, *notice))
    assert "对单位罚款应在 2,000.00 元至 20,000.00 元之间" in refused["message"]

    nobody = ("--override-by", "演示王明", "--override-why", "减轻")
    assert error(later(day, "case", "step", case, *notice, *nobody))["field"] == "override_by"
    mute = later(day, "case", "step", case, *notice, "--override-by", LEADER)
    assert error(mute)["field"] == "override_why"
    let = ("--override-by", LEADER, "--override-why", "依处罚法第三十二条减轻")
    answer = later(day, "case", "step", case, *notice, *let)
    assert answer.code == 0, answer.err
    assert (answer.json["stage"], answer.json["overridden"]) == ("Z7", ["in_range"])
    events = later(day, "case", "show", case).json["events"]
    kept = next(e for e in events if e["step"] == "penalty_notice")
    assert (kept["override_by"], kept["override_why"]) == (LEADER, "依处罚法第三十二条减轻")


def test_no_leader_lets_pass_what_the_law_forbids(later: Commands, done: Done, case: str) -> None:
    done("settings", "inspector", LEADER, "--leader")
    day = "2026-10-14"
    assert later(day, "case", "step", case, "submit", "--outcome", "plain").code == 0
    outside = ("outside_paper", "--paper-kind", "penalty_notice", "--number", "无")
    assert later(day, "case", "step", case, *outside).code == 0
    notice = (
        "penalty_notice", "--code", "GZ-05", "--amount", "50000", "--outcome", "hearing",
        "--override-by", LEADER, "--override-why", "急",
    )  # fmt: skip
    found = error(later(day, "case", "step", case, *notice))
    assert found["kind"] == "illegal_step"
    assert "《保障农民工工资支付条例》第五十五条第（一）项" in found["message"]
    assert found["message"].endswith("法律不允许放行。")


def test_the_steps_that_are_open_say_what_they_ask_and_lack(done: Done, case: str) -> None:
    answer = done("case", "steps", case)
    assert set(answer) == {"id", "stage", "steps"}
    assert answer["stage"] == "Z3"
    rows = {row["step"]: row for row in answer["steps"]}
    for row in rows.values():
        assert set(row) >= {"step", "name", "to", "basis", "asks", "against"}
        assert row["basis"]
    assert answer["steps"][0]["step"] == "order"
    assert (rows["order"]["to"], rows["site_visit"]["to"]) == ("Z5", None)
    (against,) = rows["order"]["against"]
    assert set(against) >= {"guard", "message", "article", "remedy", "hard"}
    assert rows["submit"]["against"] == []
    assert rows["submit"]["asks"] == ["outcome", "note"]
    assert "crime_send" not in rows  # nothing was approved yet
    assert "court_apply" not in rows


def test_every_clock_says_why_also_those_that_are_past(done: Done, case: str) -> None:
    clocks = done("case", "why", case)["clocks"]
    for clock in clocks:
        assert set(clock) == {
            "rule", "start_event", "start", "due", "extended_due", "stops", "skipped", "article",
            "why", "name", "state", "done_on", "whose", "leading", "provisional",
            "party",
        }  # fmt: skip
        assert clock["start_event"]
        assert clock["article"] in clock["why"]
    states = {clock["rule"]: clock["state"] for clock in clocks}
    assert (states["D01"], states["D05"]) == ("done", "running")
    done_on = {clock["rule"]: clock["done_on"] for clock in clocks}
    assert (done_on["D03"], done_on["D05"]) == ("2026-09-28", None)


def test_an_extension_and_a_stop_are_told_with_their_days(later: Commands, case: str) -> None:
    day = "2026-10-20"
    more = ("extend", "--rule", "D05", "--approver", LEADER, "--why", "情况复杂")
    assert later(day, "case", "step", case, *more).code == 0
    rest = (
        "stop", "--on", "2026-10-12", "--until", "2026-10-16", "--rule", "D05",
        "--outcome", "appraisal", "--why", "委托审计",
    )  # fmt: skip
    assert later(day, "case", "step", case, *rest).code == 0
    rows = {row["rule"]: row for row in later(day, "case", "why", case).json["clocks"]}
    assert rows["D05"]["stops"] == [["2026-10-12", "2026-10-16"]]
    assert rows["D05"]["extended_due"] > rows["D05"]["due"]
    assert (rows["D06"]["stops"], rows["D06"]["extended_due"]) == ([], None)


def test_hours_are_told_to_the_minute(later: Commands, case: str) -> None:
    """The 24 hours to the police run from the minute of the approval."""
    day = "2026-10-20"
    until = ("order_deadline", "--on", "2026-09-28", "--until", "2026-10-12")
    outside = ("outside_paper", "--on", "2026-09-28", "--paper-kind", "rectification_order")
    for words in (
        (*outside, "--number", "令1号", "--until", "2026-09-28"),
        until,
        ("crime_report", "--why", "逾期未支付"),
        ("crime_approve", "--approver", LEADER, "--time", "10:30"),
    ):
        ran = later(day, "case", "step", case, *words)
        assert ran.code == 0, ran.err
    rows = {row["rule"]: row for row in later(day, "case", "why", case).json["clocks"]}
    assert rows["D29"]["due"] == "2026-10-21T10:30"
