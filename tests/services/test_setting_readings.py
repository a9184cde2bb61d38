"""Each local choice of law with all its readings, and how they end today."""

from dataclasses import replace
from datetime import date

import pytest

from inspector_app.services import settings
from inspector_app.services.desk import Desk
from inspector_app.services.rules import choose
from inspector_app.services.setting_readings import READERS, WAGES, Reading, all_readings
from tests.helpers.desks import on
from tests.ui.pages.scene import TODAY


def told(desk: Desk, key: str) -> list[Reading]:
    return [reading for row in all_readings(desk)[key].rows for reading in row]


def in_use(desk: Desk, key: str) -> list[str]:
    return [reading.title for reading in told(desk, key) if reading.chosen]


@pytest.fixture
def november(desk: Desk) -> Desk:
    """Friday 20 November 2026."""
    return on(desk, TODAY)


def test_every_choice_that_a_figure_or_term_reads_is_explained(desk: Desk) -> None:
    readings = all_readings(desk)
    known = set(desk.library.settings)
    assert set(readings) - {WAGES} <= known
    asked = {one.setting for one in desk.library.figures.values() if one.setting}
    asked |= {one.setting for one in desk.library.terms.values() if one.setting}
    assert asked <= set(readings)
    assert set(READERS) <= set(readings)
    for found in readings.values():
        assert found.outcome
        assert all(one.title and one.says and one.basis for row in found.rows for one in row)


def test_national_and_henan_periods_end_on_two_days(november: Desk) -> None:
    rows = all_readings(november)["term_lead"].rows
    national, henan = next(row for row in rows if "D05" in row[0].title)
    assert national.says.startswith("60 个工作日，可延长 30 个工作日")
    assert national.example == "今天起算，到 2027年2月12日（星期五）"
    assert national.basis == "《劳动保障监察条例》第十七条　已核全文 · 现行性已核"
    assert henan.says.startswith("30 日，可延长 30 日")
    assert henan.example == "今天起算，到 2026年12月21日（星期一）"
    assert henan.basis.endswith("现行性待核")
    assert (national.chosen, henan.chosen) == (False, True)
    settings.save(november, {"term_lead": "国家规定"})
    found = all_readings(november)["term_lead"]
    assert found.outcome.startswith("本局选“国家规定”：")
    assert {row[0].chosen for row in found.rows} == {True}


def test_a_pair_that_is_off_is_left_out_of_the_words(november: Desk) -> None:
    for rule in ("D05", "D06"):
        choose(november, rule, "off", "是", "x")
    assert "调查完成" not in all_readings(november)["term_lead"].outcome


def test_a_last_day_off_is_shown_both_ways(november: Desk) -> None:
    roll, keep = told(november, "term_roll")
    assert roll.example.endswith("到 2026年11月30日（星期一）")
    assert keep.example.endswith("到 2026年11月28日（星期六）")
    assert in_use(november, "term_roll") == ["顺延"]
    settings.save(november, {"term_roll": "不顺延"})
    assert in_use(november, "term_roll") == ["不顺延"]


def test_no_example_is_made_up_where_none_comes(
    november: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inspector_app.services.setting_readings.FAR", 0)
    assert "term_roll" not in all_readings(november)


def test_lengths_the_law_leaves_open(november: Desk) -> None:
    law, hearing, own = told(november, "term_defence_days")
    assert (law.says, law.example) == ("没有写天数", "")
    assert (hearing.says, own.says) == ("5 个工作日", "5 个工作日")
    settings.save(november, {"term_defence_days": "3"})
    assert told(november, "term_defence_days")[2].example == "今天起算，到 2026年11月25日（星期三）"
    calendar, working = told(november, "term_service_days")
    assert calendar.example.endswith("2026年11月27日（星期五）")
    assert working.example.endswith("2026年12月1日（星期二）")
    assert (calendar.chosen, working.chosen) == (True, False)
    choose(november, "D15", "unit", "WD", "口径")
    assert in_use(november, "term_service_days") == ["转述二：工作日"]


def test_a_length_nobody_filled_in_does_not_run(november: Desk) -> None:
    assert told(november, "term_platform_days")[1] == Reading("本局", "没有填", "不计时", "", True)
    settings.save(november, {"term_platform_days": "15"})
    own = told(november, "term_platform_days")[1]
    assert (own.says, own.example) == ("15 日", "今天起算，到 2026年12月5日（星期六）")


def test_guards_and_suspension(november: Desk) -> None:
    assert in_use(november, "advised_guards") == ["只提醒"]
    settings.save(november, {"advised_guards": "拦住", "suspension_allowed": "是"})
    assert in_use(november, "advised_guards") == ["拦住"]
    assert in_use(november, "suspension_allowed") == ["是"]
    assert "立案（立案审批表、负责人批准）" in all_readings(november)["advised_guards"].outcome


def test_the_deposit_of_a_contract_by_both_rates(november: Desk) -> None:
    national, own = told(november, "deposit_base_rate")
    assert national.example == "合同额 1000万元的工程：100,000至300,000 元"
    assert (own.says, own.chosen) == ("办法没有取得", False)
    settings.save(november, {"deposit_base_rate": "1.5"})
    own = told(november, "deposit_base_rate")[1]
    assert (own.says, own.chosen) == ("1.5%", True)
    assert own.example == "合同额 1000万元的工程：150,000 元"


def test_a_figure_stands_beside_the_bureaus_own(november: Desk) -> None:
    line = all_readings(november)["deposit_small_amount"].outcome
    assert line.startswith("规则包：不满300万元（《工程建设领域农民工工资保证金规定》第十一条")
    assert line.endswith("本局：没有填")
    settings.save(november, {"deposit_small_amount": "4000000"})
    assert all_readings(november)["deposit_small_amount"].outcome.endswith("本局：不满400万元")


def test_the_wages_of_today_by_class(november: Desk) -> None:
    assert [one.says for one in told(november, WAGES)] == [
        "每月 2,350.00 元，每小时 23.00 元",
        "每月 2,150.00 元，每小时 21.10 元",
        "每月 2,000.00 元，每小时 19.60 元",
    ]
    before = replace(november, today=lambda: date(2012, 1, 1))
    assert told(before, WAGES) == []
