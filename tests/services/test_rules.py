"""The rules as the bureau applies them: its choices change a rule and say that they do."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from inspector_app.domain.bureau_law import CalendarYear
from inspector_app.domain.law import ForceLevel, TextLevel
from inspector_app.domain.rules import Basis, Figure, FigureUnit
from inspector_app.domain.terms import TermUnit, compute
from inspector_app.errors import UserError
from inspector_app.ledger.ids import new_id
from inspector_app.services import rules, settings
from inspector_app.services.desk import Desk
from inspector_app.services.rules import choices_of, choose, office_rules, stale_choices, take_back
from tests.helpers.desks import MONDAY, on

HEARING = Figure(
    "TH-DEMO",
    "hearing",
    "演示听证额度",
    FigureUnit.FEN,
    1_000_000,
    Basis(("演示条例第一条",), TextLevel.FULL, ForceLevel.CHECKED, date(2020, 1, 1), note="甲"),
    high=2_000_000,
)


def with_figures(desk: Desk) -> Desk:
    """The desk on a library that also holds an invented figure."""
    shelf = desk.library
    names = ("terms", "violations", "rolls_by_choice", "settings", "calendar", "chosen_terms")
    parts = {name: getattr(shelf, name) for name in names}
    return replace(desk, library=SimpleNamespace(**parts, figures={HEARING.id: HEARING}))  # type: ignore[arg-type]  # stands in for a library


def add_year(desk: Desk, year: int, holidays: tuple[str, ...], workdays: tuple[str, ...]) -> None:
    with desk.work("登记放假安排") as uow:
        uow.add(CalendarYear(new_id(), year, "演示通知", holidays, workdays, desk.city, desk.city))
        uow.commit()


def test_without_choices_the_rules_are_those_of_the_pack(desk: Desk) -> None:
    found = office_rules(desk)
    values = settings.all_settings(desk)
    assert found.terms == desk.library.chosen_terms(values)
    assert found.calendar == desk.library.calendar
    assert (found.settings, found.choices, found.bands) == (values, (), ())
    assert found.term("D05") is found.terms["D05"]
    assert found.term("D99") is None


def test_a_choice_fills_the_term_and_says_so_in_every_due_date(desk: Desk) -> None:
    made = choose(desk, "d05", "length", "45", "市局会议纪要要求提前。")
    assert (made.rule, made.value, made.decided_on, made.decided_by) == (
        "D05",
        "45",
        MONDAY,
        "李明",
    )
    term = office_rules(desk).terms["D05"]
    pack = desk.library.terms["D05"]
    assert (term.length, term.unit, term.text_level) == (45, pack.unit, "bureau")
    assert "本局口径：45 个工作日，理由：市局会议纪要要求提前" in term.note
    why = compute(term, MONDAY, desk.library.calendar).why
    assert pack.article in why
    assert "本局口径：45 个工作日，理由：市局会议纪要要求提前）" in why
    assert desk.ledger.history("rule_choice", made.id)[0].why == "市局会议纪要要求提前。"


def test_a_second_choice_takes_the_place_of_the_first(desk: Desk) -> None:
    first = choose(desk, "D01", "length", "4", "先前口径")
    later = choose(on(desk, date(2026, 9, 29)), "D01", "length", "3", "现行口径")
    assert later.id == first.id
    assert choices_of(desk, "D01") == (later,)
    assert office_rules(desk).terms["D01"].length == 3


def test_several_fields_are_told_together(desk: Desk) -> None:
    choose(desk, "D03", "unit", "个工作日", "按惯例")
    choose(desk, "D03", "rolling", "否", "按惯例")
    term = office_rules(desk).terms["D03"]
    assert (term.unit, term.rolls) == (TermUnit.WORKING_DAYS, False)
    assert "本局口径：7 个工作日，末日不顺延，理由：按惯例" in term.note


def test_taking_back_returns_to_the_pack_and_needs_a_reason(desk: Desk) -> None:
    choose(desk, "D01", "length", "4", "试行")
    with pytest.raises(UserError, match="理由"):
        take_back(desk, "D01", "length", " ")
    taken = take_back(desk, "D01", "length", "试行结束")
    assert (taken.value, taken.why) == ("", "试行结束")
    assert office_rules(desk).terms["D01"] == desk.library.terms["D01"]
    assert choices_of(desk, "D01") == ()
    with pytest.raises(UserError, match="没有对 D01 的“期限长度”另作规定"):
        take_back(desk, "D01", "length", "再撤一次")
    again = choose(desk, "D01", "length", "2", "重新采用")
    assert again.id == taken.id


def test_a_rule_that_is_switched_off_no_longer_applies(desk: Desk) -> None:
    choose(desk, "D06", "off", "是", "河南条例待修订")
    found = office_rules(desk)
    assert found.off == {"D06"}
    assert found.term("D06") is None
    assert found.terms["D06"] == desk.library.terms["D06"]
    choose(desk, "GZ-05", "off", "是", "本局不办此项")
    assert office_rules(desk).off == {"D06", "GZ-05"}


@pytest.mark.parametrize(
    ("rule", "field", "value", "why", "about"),
    [
        ("D99", "length", "5", "x", "rule"),
        ("D05", "low", "5", "x", "field"),
        ("GZ-05", "length", "5", "x", "field"),
        ("D05", "length", "", "x", "value"),
        ("D05", "length", "五", "x", "value"),
        ("D05", "length", "0", "x", "value"),
        ("D05", "length", "9" * 30, "x", "value"),
        ("D05", "unit", "星期", "x", "value"),
        ("D03", "unit", "H", "x", "value"),
        ("D03", "rolling", "也许", "x", "value"),
        ("D05", "off", "否", "x", "value"),
        ("D05", "length", "45", " ", "why"),
    ],
)
def test_a_choice_that_will_not_do_is_refused_and_changes_nothing(
    desk: Desk, rule: str, field: str, value: str, why: str, about: str
) -> None:
    before = desk.ledger.head()
    with pytest.raises(UserError) as caught:
        choose(desk, rule, field, value, why)
    assert caught.value.field == about
    assert desk.ledger.head() == before


def test_what_the_law_itself_rolls_is_not_for_the_bureau(desk: Desk) -> None:
    by_law = next(
        key
        for key, term in desk.library.terms.items()
        if term.rolls and key not in desk.library.rolls_by_choice
    )
    with pytest.raises(UserError, match="依法顺延"):
        choose(desk, by_law, "rolling", "否", "x")


def test_a_figure_chosen_by_the_bureau_is_not_printed_as_law(desk: Desk) -> None:
    desk = with_figures(desk)
    assert office_rules(desk).figure("TH-DEMO") == HEARING
    choose(desk, "TH-DEMO", "low", "0500000", "省厅标准")
    figure = office_rules(desk).figures["TH-DEMO"]
    assert (figure.low, figure.high, figure.basis.settled) == (500_000, 2_000_000, False)
    assert figure.basis.note == "本局口径：下限 500000，理由：省厅标准。甲"
    assert figure.basis.articles == ("演示条例第一条（本局口径）",)
    with pytest.raises(UserError, match="不能高于上限"):
        choose(desk, "TH-DEMO", "high", "400000", "x")
    choose(desk, "TH-DEMO", "off", "是", "x")
    assert office_rules(desk).figure("TH-DEMO") is None


def test_a_choice_the_pack_has_outgrown_is_left_aside_and_listed(desk: Desk) -> None:
    choose(desk, "D03", "rolling", "否", "x")
    shelf = desk.library
    hours = replace(shelf.terms["D03"], unit=TermUnit.HOURS, rolls=False)
    choose(desk, "D03", "rolling", "是", "x")
    for terms, told in (({"D03": hours}, "D03"), ({"D01": shelf.terms["D01"]}, "D03")):
        later = replace(
            desk,
            library=SimpleNamespace(
                terms=terms,
                violations={},
                calendar=shelf.calendar,
                settings=shelf.settings,
                rolls_by_choice=frozenset(),
                chosen_terms=lambda _, terms=terms: terms,
            ),
        )  # type: ignore[arg-type]  # stands in for a library
        assert office_rules(later).terms == terms
        assert [one.rule for one in stale_choices(later)] == [told]
    assert stale_choices(desk) == []


def test_the_years_the_bureau_entered_take_the_place_of_what_was_known(desk: Desk) -> None:
    shipped = desk.library.calendar
    assert shipped.last_year == 2026
    add_year(desk, 2026, ("10-01=国庆节", "10-02=国庆节"), ("09-27",))
    changed = office_rules(desk).calendar
    assert changed.is_working(date(2026, 10, 5)), "a Monday that is no longer off"
    assert not changed.is_working(date(2026, 10, 10)), "a Saturday that is no longer worked"
    assert changed.holiday_name(date(2026, 10, 1)) == "国庆节"
    assert changed.is_makeup(date(2026, 9, 27))
    assert changed.is_working(date(2025, 10, 9)) == shipped.is_working(date(2025, 10, 9))


def test_a_gap_between_years_keeps_the_later_one_provisional(desk: Desk) -> None:
    add_year(desk, 2028, ("01-03=元旦",), ())
    assert office_rules(desk).calendar.last_year == 2026
    add_year(desk, 2027, ("01-01=元旦",), ())
    found = office_rules(desk).calendar
    assert found.last_year == 2028
    assert not found.is_working(date(2028, 1, 3))


def test_the_rules_are_read_once_until_something_changes(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads = counted(monkeypatch)
    assert office_rules(desk) is office_rules(desk)
    assert len(reads) == 1
    settings.save(desk, {"term_roll": "不顺延"})
    assert not office_rules(desk).terms["D03"].rolls
    assert len(reads) == 2


def counted(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every reading of the ledger by the rules."""
    reads: list[Any] = []
    read: Callable[[Desk], Any] = rules._read

    def told(desk: Desk) -> Any:
        reads.append(desk)
        return read(desk)

    monkeypatch.setattr(rules, "_read", told)
    return reads
