"""The rules as the bureau applies them: its choices change a rule and say that they do."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from inspector_app.domain.bureau_law import CalendarYear
from inspector_app.domain.office import Inspector
from inspector_app.domain.rules import FigureUnit
from inspector_app.domain.term_rules import Rolling, Term, TermUnit
from inspector_app.domain.terms import compute
from inspector_app.errors import UserError
from inspector_app.ledger.ids import new_id
from inspector_app.library.loading import Library
from inspector_app.library.pack import pack_rows
from inspector_app.library.terms import Terms
from inspector_app.services import rules, settings
from inspector_app.services.desk import Desk
from inspector_app.services.rules import (
    choices_of,
    choose,
    office_rules,
    stale_choices,
    take_back,
    with_trial_year,
)
from tests.helpers.desks import MONDAY, on

HEARING = "TH-HEARING-UNIT"


def outgrown(shelf: Library, terms: dict[str, Term]) -> Library:
    """A later pack whose terms are other ones."""
    list(pack_rows(shelf))  # every part is loaded
    later = Library(Path("elsewhere"))
    vars(later).update(vars(shelf) | {"_terms": Terms(terms, frozenset()), "office": later.office})
    return later


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
    by_law = next(key for key, one in desk.library.terms.items() if one.rolling is Rolling.LAW)
    with pytest.raises(UserError, match="依法顺延"):
        choose(desk, by_law, "rolling", "否", "x")


def test_a_figure_chosen_by_the_bureau_is_not_printed_as_law(desk: Desk) -> None:
    law = desk.library.figures[HEARING]
    assert office_rules(desk).figure(HEARING) == law
    made = choose(desk, HEARING, "low", "30000", "省厅标准")
    assert made.value == "30000"
    figure = office_rules(desk).figures[HEARING]
    assert (figure.low, figure.bound, figure.basis.settled) == (3_000_000, law.bound, False)
    assert figure.basis.level_words.startswith("本局口径")
    assert figure.basis.note == f"本局口径：下限 3万元，理由：省厅标准。{law.basis.note}"
    assert figure.basis.articles[0] == f"{law.basis.articles[0]}（本局口径）"
    choose(desk, HEARING, "off", "是", "x")
    assert office_rules(desk).figure(HEARING) is None


@pytest.mark.parametrize(
    ("rule", "field", "value", "told"),
    [
        (HEARING, "high", "60000", "没有上限"),
        (HEARING, "low", "五万", "不是告知听证的罚款数额"),
        (HEARING, "low", "9" * 20, "不是告知听证的罚款数额"),
        ("TH-RANGE", "low", "900000000", "不能高于上限"),
    ],
)
def test_a_figure_that_cannot_be_is_refused(
    desk: Desk, rule: str, field: str, value: str, told: str
) -> None:
    if rule == "TH-RANGE":
        rule = next(
            one.id
            for one in desk.library.figures.values()
            if one.high is not None and one.unit.hundredths
        )
    with pytest.raises(UserError, match=told):
        choose(desk, rule, field, value, "x")
    assert choices_of(desk, rule) == ()


def test_a_choice_over_a_setting_is_marked_once(desk: Desk) -> None:
    own = next(one for one in desk.library.figures.values() if one.setting and one.basis.articles)
    choose(desk, own.id, "low", "是" if own.unit is FigureUnit.YES_NO else "7", "x")
    for article in office_rules(desk).figures[own.id].basis.articles:
        assert article.count("本局口径") == 1


def test_a_choice_the_pack_has_outgrown_is_left_aside_and_listed(desk: Desk) -> None:
    choose(desk, "D03", "rolling", "否", "x")
    choose(desk, "D03", "rolling", "是", "x")
    shelf = desk.library
    hours = replace(shelf.terms["D03"], unit=TermUnit.HOURS, rolls=False)
    for terms in ({"D03": hours}, {"D01": shelf.terms["D01"]}):
        later = replace(desk, library=outgrown(shelf, terms))
        assert office_rules(later).terms == terms
        assert [one.rule for one in stale_choices(later)] == ["D03"]
        assert stale_choices(desk) == []
    taken = take_back(later, "d03", "rolling", "规则已取消")
    assert (taken.rule, stale_choices(later)) == ("D03", [])


def test_choices_outgrown_by_figures_and_rules_switched_off_are_listed_too(desk: Desk) -> None:
    choose(desk, HEARING, "low", "30000", "x")
    choose(desk, "GZ-05", "off", "是", "x")
    assert stale_choices(desk) == []
    later = outgrown(desk.library, desk.library.terms)
    vars(later)["figures"] = {
        HEARING: replace(desk.library.figures[HEARING], unit=FigureUnit.YES_NO)
    }
    vars(later)["violations"] = {}
    found = stale_choices(replace(desk, library=later))
    assert sorted(one.rule for one in found) == ["GZ-05", HEARING]
    vars(later)["figures"] = {}
    assert len(stale_choices(replace(desk, library=outgrown(later, {})))) == 2


def test_a_trial_year_counts_without_being_stored(desk: Desk) -> None:
    year = CalendarYear("", 2027, "", ("01-01=元旦", "03-01=演示节"), (), desk.city, desk.city)
    assert office_rules(desk).calendar.last_year == 2026
    trial = with_trial_year(desk, year)
    assert office_rules(trial).calendar.last_year == 2027
    assert trial.library.calendar.holiday_name(date(2027, 3, 1)) == "演示节"
    assert trial.library.terms is desk.library.terms
    assert office_rules(desk).calendar.last_year == 2026
    add_year(desk, 2027, ("01-01=元旦",), ())
    assert office_rules(trial).calendar.holiday_name(date(2027, 3, 1)) == "演示节"


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


def test_steps_that_leave_the_rules_alone_do_not_read_them_anew(desk: Desk) -> None:
    before = office_rules(desk)
    with desk.work("登记人员") as uow:
        uow.add(Inspector(new_id(), "演示", desk.city, desk.city))
        uow.commit()
    assert office_rules(desk) is before
    add_year(desk, 2027, ("01-01=元旦",), ())
    assert office_rules(desk).calendar.last_year == 2027
