"""The 89 violations, what they trigger, and the statutes they stand on."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from inspector_app.domain.law import Fine, FinePer, Liable, Multiple
from inspector_app.library.loading import Library
from tests.library.shelf import CONSTRUCTION_LAW, STATUTES, TRIGGERS, edit, problems, refusal

YUAN = 100


def test_all_eighty_nine_violations_are_there(library: Library) -> None:
    count = Counter(code.split("-")[0] for code in library.violations)
    assert count == {
        "GZ": 22, "WG": 10, "HT": 13, "GS": 2, "NW": 10, "TG": 7, "SB": 10, "KJ": 5, "GH": 3,
        "RL": 7,
    }  # fmt: skip


def test_a_missing_wage_account_costs_the_general_contractor_50_to_100_thousand(
    library: Library,
) -> None:
    one = library.violations["GZ-05"]
    assert one.liable == (Liable.GENERAL,)
    assert one.breaches == ("《保障农民工工资支付条例》第二十六条第一款",)
    assert one.penalties == ("《保障农民工工资支付条例》第五十五条第（一）项",)
    assert one.unit_fine == Fine(50_000 * YUAN, 100_000 * YUAN)
    assert (one.order_first, one.stop_work, one.triggers) == (True, True, ("T55",))


def test_only_article_54_fines_the_persons_behind_the_unit(library: Library) -> None:
    personal = {
        code
        for code, one in library.violations.items()
        if code.startswith("GZ") and one.person_fine
    }
    assert personal == {"GZ-01", "GZ-02", "GZ-03", "GZ-04"}
    assert library.violations["GZ-01"].person_fine == Fine(10_000 * YUAN, 30_000 * YUAN)


def test_fines_by_head_say_so(library: Library) -> None:
    assert library.violations["GS-01"].unit_fine == Fine(100 * YUAN, 500 * YUAN, FinePer.PERSON)
    child = library.violations["TG-01"].unit_fine
    assert child == Fine(5_000 * YUAN, 5_000 * YUAN, FinePer.PERSON_MONTH)


def test_unpaid_wages_lead_to_an_order_to_pay_and_not_to_a_fine(library: Library) -> None:
    one = library.violations["GZ-22"]
    assert (one.unit_fine, one.person_fine, one.triggers) == (None, None, ("TP",))
    assert isinstance(one.multiple, Multiple)
    assert (one.multiple.low_percent, one.multiple.high_percent) == (50, 100)


def test_older_workers_are_covered_only_from_july_2026(library: Library) -> None:
    assert library.violations["WG-09"].basis.effective_from == date(2026, 7, 1)


def test_every_statute_says_how_far_it_was_read(library: Library) -> None:
    for statute in library.statutes.values():
        assert statute.stored or statute.note or statute.text_level.value == "full", statute.short
    assert not library.statutes["工资条例"].note


def test_the_codes_of_the_checklists_have_their_meaning(library: Library) -> None:
    assert {"T54", "T55", "T56", "T57", "TP", "TQ", "TM", "TX", "TG", "TR"} <= set(library.triggers)
    assert list(library.evidence) == [f"E{n}" for n in range(1, 14)]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('liable = ["employer"]', 'liable = ["boss"]', "没有这种责任主体"),
        ("unit_yuan = [20000, 50000]", "unit_yuan = [50000, 20000]", "下限应不高于上限"),
        ("unit_yuan = [20000, 50000]", "unit_yuan = 20000", "“unit_yuan”应为两个整数"),
        ('code = "GZ-02"', 'code = "GZ-01"', "“code”重复"),
        ('code = "GZ-02"', 'code = "WG-02"', "“code”重复"),
        ('breaches = ["工资条例 11"]', 'breaches = ["工资条例 x"]', "条文写法看不懂"),
    ],
)
def test_a_broken_violation_is_told(office: Path, old: str, new: str, sentence: str) -> None:
    edit(office, CONSTRUCTION_LAW, old, new)
    assert sentence in refusal(office, "violations")


def test_a_violation_that_stands_on_nothing_is_refused(office: Path) -> None:
    edit(office, CONSTRUCTION_LAW, 'breaches = ["工资条例 11"]', "breaches = []")
    edit(office, CONSTRUCTION_LAW, 'penalties = ["工资条例 54(一)"]', "penalties = []")
    assert "不能都为空" in refusal(office, "violations")


def test_a_statute_that_ends_before_it_begins_is_refused(office: Path) -> None:
    edit(office, STATUTES, "2020-05-01\n", "2020-05-01\neffective_to = 2019-01-01\n")
    assert "工资条例：失效日期早于施行日期" in refusal(office, "statutes")


def test_codes_that_lead_nowhere_are_found(office: Path) -> None:
    edit(office, CONSTRUCTION_LAW, 'triggers = ["T54"]', 'triggers = ["T99"]')
    edit(office, CONSTRUCTION_LAW, 'evidence = ["E3", "E6"]', 'evidence = ["E3", "E99"]')
    assert [(one.where, one.message) for one in problems(office, "violation")] == [
        ("GZ-01", "没有“T99”这种去向"),
        ("GZ-02", "没有“E99”这种证据"),
    ]


def test_an_office_without_violations_is_not_complete(office: Path) -> None:
    for path in (office / "resources/law/violations").glob("*.toml"):
        path.unlink()
    assert [one.message for one in problems(office, "violation")] == ["没有任何违法行为"]


def test_a_broken_part_is_told_once_and_hides_no_other(office: Path) -> None:
    edit(office, TRIGGERS, 'code = "T54"', "code = ")
    edit(office, STATUTES, 'text = "full"', 'text = "vollständig"')
    assert len(problems(office, "trigger")) == len(problems(office, "statute")) == 1
