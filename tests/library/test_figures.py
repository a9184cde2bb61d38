"""Thresholds, rates and deposits as they are shipped, filled by the bureau, or broken."""

from pathlib import Path

import pytest

from inspector_app.domain.law import TextLevel
from inspector_app.domain.rules import Bound, FigureUnit
from inspector_app.library.figures import setting_value
from inspector_app.library.loading import Library
from tests.library.shelf import DEPOSITS, SETTINGS, THRESHOLDS, edit, problems, refusal

YUAN = 100


def test_yuan_of_the_file_are_fen_in_the_program(library: Library) -> None:
    one = library.figures["TH-HEARING-UNIT"]
    assert (one.low, one.bound, one.unit) == (50_000 * YUAN, Bound.FROM, FigureUnit.FEN)
    assert one.basis.articles[0] == "《河南省行政处罚听证办法》第四条"
    assert one.basis.text_level is TextLevel.EXCERPT


def test_percent_of_the_file_are_hundredths_of_a_percent(library: Library) -> None:
    figures = library.figures
    assert (figures["TH-SURCHARGE-DAY"].low, figures["TH-SURCHARGE-CAP"].low) == (300, 10_000)
    assert (figures["DP-BASE"].low, figures["DP-BASE"].high) == (100, 300)
    assert (figures["DP-FLOOR"].low, figures["TH-INSURANCE-LATE"].low) == (50, 5)
    assert figures["TH-WAGE-DAYS"].low == 2_175


def test_a_small_contract_is_one_below_three_million(library: Library) -> None:
    one = library.figures["DP-SMALL-AMOUNT"]
    assert one.meets(3_000_000 * YUAN - 1)
    assert not one.meets(3_000_000 * YUAN)


def test_the_blacklist_goes_by_the_figures_of_the_crime(library: Library) -> None:
    for kind in ("ONE", "MANY"):
        listed, crime = (library.figures[f"TH-{of}-{kind}"] for of in ("LIST", "CRIME-HENAN"))
        nation = library.figures[f"TH-CRIME-NATION-{kind}"]
        assert (listed.low, listed.bound) == (crime.low, crime.bound)
        assert crime.low is not None
        assert nation.meets(crime.low)


def test_what_henan_has_not_shown_is_empty_until_the_bureau_fills_it(library: Library) -> None:
    empty = {key: one.setting for key, one in library.figures.items() if one.low is None}
    assert empty == {
        "TH-LABOUR-COST-SHARE": "labour_cost_share",
        "TH-ACCOUNT-FLOOR": "account_floor",
        "TH-FILE-YEARS": "file_keep_years",
        "DP-HENAN-BASE": "deposit_base_rate",
        "DP-HENAN-MULTI": "deposit_multi_rate",
        "DP-CAP": "deposit_cap",
        "DP-CAP-TRAFFIC": "deposit_cap_traffic",
        "DP-CAP-WATER": "deposit_cap_water",
        "DP-SMALL-MONTHS": "deposit_small_months",
        "DP-SMALL-APPLY": "deposit_small_apply",
        "DP-RAISE-OVER-CAP": "deposit_raise_over_cap",
    }
    for key, setting in empty.items():
        assert library.settings[setting].note, key
        assert library.figures[key].basis.text_level is TextLevel.UNSEEN, key


def test_the_bureau_fills_and_replaces_figures_and_they_are_then_its_own(library: Library) -> None:
    chosen = library.chosen_figures(
        {"deposit_base_rate": "1.5", "deposit_small_amount": "4000000", "deposit_cap": ""}
    )
    assert (chosen["DP-HENAN-BASE"].low, chosen["DP-HENAN-BASE"].said) == (150, "1.5%")
    small = chosen["DP-SMALL-AMOUNT"]
    assert (small.low, small.bound) == (4_000_000 * YUAN, Bound.BELOW)
    assert small.basis.note.startswith("本局口径。")
    assert small.basis.text_level is TextLevel.BUREAU
    assert all("本局口径" in article for article in small.basis.articles)
    assert chosen["DP-CAP"] is library.figures["DP-CAP"]
    assert library.figures["DP-HENAN-BASE"].low is None


def test_defaults_of_the_settings_fill_nothing_in(library: Library) -> None:
    defaults = {key: one.default for key, one in library.settings.items()}
    assert library.chosen_figures(defaults) == library.figures


@pytest.mark.parametrize(
    ("unit", "typed", "value"),
    [
        (FigureUnit.BASIS_POINTS, "0.75", 75),
        (FigureUnit.BASIS_POINTS, " 2 ", 200),
        (FigureUnit.FEN, "19.6", 1_960),
        (FigureUnit.MONTHS, "3", 3),
        (FigureUnit.MONTHS, "1.5", None),
        (FigureUnit.YES_NO, "是", 1),
        (FigureUnit.YES_NO, "否", 0),
        (FigureUnit.YES_NO, "未核实", None),
        (FigureUnit.FEN, "", None),
        (FigureUnit.FEN, "一万", None),
    ],
)
def test_a_choice_is_read_in_the_unit_of_its_figure(
    unit: FigureUnit, typed: str, value: int | None
) -> None:
    assert setting_value(unit, typed) == value


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("low = 5000\n", 'low = "5000"\n', "“low”应为数字"),
        ("low = 3\n", "low = 3.5\n", "“low”应为整数"),
        ("low = 5000\nhigh = 20000", "low = 20000\nhigh = 5000", "且不高于“high”"),
        ("low = 5000\n", "low = -1\n", "“low”应不小于零"),
        ("low = 5000\n", "", "没有“low”的要写明由哪个“setting”填"),
        ("low = 5000\nhigh", 'bound = "from"\nlow = 5000\nhigh', "有“high”的不写“bound”"),
        ('bound = "from"', 'bound = "over"', "“bound”写的是“over”"),
        ('unit = "fen"', 'unit = "yuan"', "“unit”写的是“yuan”"),
        ('id = "TH-HEARING-UNIT"', 'id = "TH-HEARING-PERSON"', "“id”重复"),
        ("low = 5000\n", "low = 5000\nlimit = 3\n", "有不认识的项“limit”"),
    ],
)
def test_a_broken_figure_is_told_with_file_line_and_id(
    office: Path, old: str, new: str, sentence: str
) -> None:
    edit(office, THRESHOLDS, old, new)
    message = refusal(office, "figures")
    place, said = message.split("：", 1)
    assert place.startswith(f"{THRESHOLDS} 第 ")
    assert " 行 TH-" in place
    assert sentence in said
    assert [one.where for one in problems(office, "figure")] == [place]


def test_an_id_of_one_file_is_not_used_in_the_other(office: Path) -> None:
    edit(office, DEPOSITS, 'id = "DP-CAP"', 'id = "TH-LIMIT-HARM"')
    assert refusal(office, "figures") == f"{DEPOSITS} TH-LIMIT-HARM：“id”重复"


def test_a_figure_filled_by_a_setting_nobody_declared_is_found(office: Path) -> None:
    edit(office, SETTINGS, 'key = "deposit_cap"', 'key = "deposit_caps"')
    assert [(one.where, one.message) for one in problems(office, "figure")] == [
        ("DP-CAP", "没有“deposit_cap”这项设置")
    ]
