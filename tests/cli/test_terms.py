"""`terms` and `law`: due dates with their reasons, and the rules behind them."""

import pytest

from inspector_app.library.loading import load_library
from inspector_app.library.office import office_dir
from tests.cli.conftest import Commands

KEYS = {
    "rule", "start_event", "start", "due", "extended_due", "rolled", "unit", "length",
    "provisional", "verified", "in_force", "article", "skipped", "why", "force", "text_level",
    "force_level", "whose", "origin", "direction", "rolling", "conversion",
}  # fmt: skip


@pytest.mark.parametrize("rule", ["D01", "D05", "D10", "D16", "D23"])
def test_each_rule_of_the_contract_is_answered(command: Commands, rule: str) -> None:
    ran = command("terms", "--rule", rule, "--date", "2026-09-28", "--json")
    assert ran.code == 0, ran.err
    (row,) = ran.json["terms"]
    assert set(row) >= KEYS
    assert (row["rule"], row["start"]) == (rule, "2026-09-28")
    assert row["article"] in row["why"]


def test_five_working_days_run_over_a_make_up_saturday(command: Commands) -> None:
    """From Friday 2026-09-25: 28, 29, 30 September, then 8 and 9 October after the holiday."""
    ran = command("terms", "--rule", "D01", "--date", "2026-09-28", "--json")
    (row,) = ran.json["terms"]
    assert (row["unit"], row["length"]) == ("WD", 5)
    assert row["due"] == "2026-10-10"  # a Saturday that is worked
    assert "2026-10-10" not in row["skipped"]
    assert "2026-10-01" in row["skipped"]


def test_rules_come_in_the_order_asked(command: Commands) -> None:
    ran = command("terms", "--rule", "D16", "--rule", "D01", "--date", "2026-09-28", "--json")
    assert [row["rule"] for row in ran.json["terms"]] == ["D16", "D01"]


def test_an_event_lists_the_rules_it_starts(command: Commands) -> None:
    ran = command("terms", "--event", "立案", "--date", "2026-09-28", "--json")
    assert "D05" in [row["rule"] for row in ran.json["terms"]]
    assert all("立案" in row["start_event"] for row in ran.json["terms"])


def test_an_event_nothing_starts_from_is_told(command: Commands) -> None:
    ran = command("terms", "--event", "下雨", "--date", "2026-09-28", "--json")
    assert (ran.code, ran.json["error"]["field"]) == (1, "event")


def test_an_extension_and_a_stop_move_the_date(command: Commands) -> None:
    words = ("terms", "--rule", "D05", "--date", "2026-09-28", "--json")
    (plain,) = command(*words).json["terms"]
    (longer,) = command(*words, "--extended").json["terms"]
    (stopped,) = command(*words, "--stop", "2026-11-02..2026-11-06").json["terms"]
    assert plain["extended_due"] is None
    assert longer["extended_due"] > plain["due"]
    assert stopped["due"] > plain["due"]


def test_an_event_may_be_named_by_the_code_of_the_fact(command: Commands) -> None:
    ran = command("terms", "--event", "served:penalty_notice", "--date", "2026-09-28", "--json")
    assert [row["rule"] for row in ran.json["terms"]] == ["D11", "D13"]


def test_a_row_says_whose_the_term_is_and_where_it_comes_from(command: Commands) -> None:
    words = ("terms", "--rule", "D10", "--rule", "D12", "--rule", "D16", "--date", "2026-10-15")
    answer, notice, publication = command(*words, "--json").json["terms"]
    assert (answer["whose"], answer["origin"]) == ("party", "henan")
    assert (answer["rolling"], publication["rolling"]) == ("setting", "law")
    assert (notice["direction"], notice["due"]) == ("backward", "2026-09-30")
    assert notice["conversion"].endswith("第八十五条")
    assert answer["text_level"] == answer["verified"] == "full"
    assert answer["force_level"] == answer["force"] == "unchecked"


def test_whether_a_rule_was_in_force_is_told_for_the_day_asked(command: Commands) -> None:
    words = ("terms", "--rule", "D16", "--json", "--date")
    assert command(*words, "2022-01-01").json["terms"][0]["in_force"] is True
    (row,) = command(*words, "2021-12-31").json["terms"]
    assert row["in_force"] is False
    assert "本条自2022年1月1日起施行，起算日在此之前" in row["why"]


def test_hours_run_from_a_time(command: Commands) -> None:
    ran = command("terms", "--rule", "D29", "--date", "2026-09-30T16:45", "--json")
    (row,) = ran.json["terms"]
    assert (row["start"], row["due"]) == ("2026-09-30T16:45", "2026-10-01T16:45")


def test_a_surcharge_is_a_series_of_sums(command: Commands) -> None:
    words = ("terms", "--rule", "D18", "--date", "2026-10-08", "--json")
    (row,) = command(*words).json["terms"]
    assert (row["due"], row["base_fen"], len(row["series"])) == (None, 10000, 34)
    assert row["series"][0] == {"on": "2026-10-09", "amount_fen": 300}
    assert row["series"][-1] == {"on": "2026-11-11", "amount_fen": 10000}
    assert row["why"].endswith("没有写明罚款数额，按 100.00 元计算。")
    (fine,) = command(*words, "--amount", "20,000", "--stop", "2026-10-09..2026-10-18").json[
        "terms"
    ]
    assert fine["base_fen"] == 2_000_000
    assert fine["series"][0] == {"on": "2026-10-19", "amount_fen": 60_000}
    assert fine["why"].endswith("按罚款数额 20,000.00 元计算。")
    assert "D18 加处罚款：逐日加处" in command(*words[:-1]).out


@pytest.mark.parametrize(("rule", "amount"), [("D18", "很多"), ("D18", "0"), ("D05", "100")])
def test_an_amount_that_makes_no_sense_is_told(command: Commands, rule: str, amount: str) -> None:
    ran = command("terms", "--rule", rule, "--date", "2026-10-08", "--amount", amount, "--json")
    assert (ran.code, ran.json["error"]["field"]) == (1, "amount")


def test_a_year_without_published_holidays_is_provisional(command: Commands) -> None:
    (row,) = command("terms", "--rule", "D05", "--date", "2026-11-20", "--json").json["terms"]
    assert row["provisional"] is True
    assert row["due"].startswith("2027-")


def test_what_the_bureau_chose_fills_a_term_the_law_leaves_open(at: Commands) -> None:
    words = ("terms", "--rule", "D13", "--date", "2026-09-28")
    by_default = at(*words).json["terms"][0]
    setting = load_library(office_dir()).terms["D13"].setting
    assert at("settings", "set", f"{setting}=9").code == 0
    chosen = at(*words).json["terms"][0]
    assert (chosen["length"], chosen["unit"]) == (9, by_default["unit"])
    assert chosen["due"] != by_default["due"]


def test_a_rule_can_be_looked_up(command: Commands) -> None:
    term = command("law", "show", "d05", "--json").json
    assert (term["kind"], term["length"], term["unit"]) == ("term", 60, "WD")
    assert term["article"]
    violation = command("law", "show", "GZ-05", "--json").json
    assert violation["kind"] == "violation"
    assert command("law", "show", "XX-99", "--json").code == 1


@pytest.mark.parametrize("words", [("law", "check"), ("forms", "check")])
def test_every_rule_and_form_is_complete(command: Commands, words: tuple[str, ...]) -> None:
    ran = command(*words, "--json")
    assert ran.json == {"ok": True, "problems": []}
    assert ran.code == 0
