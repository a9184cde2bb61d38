"""Two PCs make the same setting, choice or answer while apart: one row, or one conflict."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from inspector_app.domain.bureau_law import CalendarYear, RuleChoice
from inspector_app.domain.inspections import Answer, ItemAnswer
from inspector_app.domain.office import Inspector, Setting
from inspector_app.domain.templates import Template
from inspector_app.errors import UserError
from inspector_app.ledger.ids import name_key, natural_id, new_id
from inspector_app.services import inspections, office_calendar, rules, settings
from inspector_app.services.calendar_notice import DayKind, DayRow
from inspector_app.services.case_people import person_id
from inspector_app.services.templates import forms_of
from tests.helpers.builders import an_employer
from tests.helpers.desks import MONDAY
from tests.helpers.forms import ORDER, kept, retitled
from tests.sync.client.desks_apart import Apart, choose_mine, desk_at, meet, undo_last
from tests.sync.client.test_postgres import Line
from tests.sync.conftest import CITY, Postgres
from tests.sync.fake_server import FakeServer
from tests.sync.pcs import A, B, Pc, copied


def test_a_setting_said_otherwise_on_each_pc_is_disputed(apart: Apart) -> None:
    (here, one), (there, _) = apart
    settings.save(here, {"phone": "0375-1111111", "contact": "李明"})
    settings.save(there, {"phone": "0375-2222222", "contact": "李明"})
    assert meet(apart) == ["row"]  # both say the same contact
    assert len(one.find(Setting)) == 2
    choose_mine(apart)
    for desk in (here, there):
        assert settings.all_settings(desk)["phone"] == "0375-2222222"
    settings.save(here, {"phone": "0375-3333333"})
    assert meet(apart) == []
    assert settings.get(there, "phone") == "0375-3333333"


def test_a_rule_chosen_otherwise_on_each_pc_is_disputed(apart: Apart) -> None:
    (here, one), (there, _) = apart
    rules.choose(here, "D01", "length", "4", "一科纪要")
    rules.choose(there, "D01", "length", "3", "二科纪要")
    assert meet(apart) == ["row"]
    assert len(one.find(RuleChoice)) == 1
    choose_mine(apart)
    assert rules.office_rules(here).terms["D01"].length == 3
    rules.take_back(here, "D01", "length", "撤回")
    assert meet(apart) == []
    assert rules.choices_of(there, "D01") == ()
    rules.choose(there, "D01", "length", "5", "再定")
    assert meet(apart) == []
    assert rules.office_rules(here).terms["D01"].length == 5


def an_inspection(here: Apart) -> tuple[str, str]:
    """A visit both PCs have, and the first question of it."""
    (desk, one), (_, two) = here
    one.add(an_employer())
    checklist = next(iter(desk.library.checklists.values()))
    form = inspections.InspectionForm(checklist.id, MONDAY, A, employer_id=an_employer().id)
    made = inspections.start_inspection(desk, form)
    one.sync()
    two.sync()
    return made.id, checklist.items[0].id


def test_a_question_answered_otherwise_on_each_pc_is_disputed(apart: Apart) -> None:
    (here, one), (there, _) = apart
    visit, item = an_inspection(apart)
    inspections.answer(here, visit, item, Answer.NO, "工资未支付")
    inspections.answer(there, visit, item, Answer.YES)
    assert meet(apart) == ["row"]
    choose_mine(apart)
    assert [row.answer for row in one.find(ItemAnswer)] == [Answer.YES]


def test_an_answer_taken_back_and_given_again_is_the_same_row(apart: Apart) -> None:
    (here, one), (there, two) = apart
    visit, item = an_inspection(apart)
    inspections.answer(here, visit, item, Answer.NO)
    (first,) = one.find(ItemAnswer)
    assert meet(apart) == []
    undo_last(here)
    assert meet(apart) == []
    assert two.find(ItemAnswer) == []
    inspections.answer(here, visit, item, Answer.YES)
    assert meet(apart) == []
    assert two.find(ItemAnswer) == [replace(first, answer=Answer.YES)]
    inspections.answer(there, visit, item, Answer.NO)
    assert meet(apart) == []


def notice(day: int) -> list[DayRow]:
    """A year in which one day is off."""
    return [DayRow(date(2027, 1, day), DayKind.HOLIDAY, "元旦")]


def test_a_notice_entered_otherwise_on_each_pc_is_disputed(apart: Apart) -> None:
    (here, one), (there, _) = apart
    office_calendar.save_year(here, 2027, notice(1), "国办发明电〔2026〕1号")
    office_calendar.save_year(there, 2027, notice(4), "国办发明电〔2026〕1号")
    assert meet(apart) == ["row"]
    choose_mine(apart)
    assert [row.day.day for row in office_calendar.read_year(here, 2027).rows] == [4]
    office_calendar.take_back_year(here, 2027, "录入有误")
    assert meet(apart) == []
    assert office_calendar.known_years(there)[0].year != 2027
    office_calendar.save_year(there, 2027, notice(1), "国办发明电〔2026〕1号")
    assert meet(apart) == []
    assert len(one.find(CalendarYear)) == 1


def test_an_inspector_registered_on_each_pc_is_one(apart: Apart) -> None:
    (here, one), (there, _) = apart
    person = Inspector("", "张卫", CITY, CITY, "4104-0001", "一科")
    settings.save_inspector(here, person)
    settings.save_inspector(there, person)
    settings.save_inspector(there, replace(person, name="李明", certificate=""))
    assert meet(apart) == []
    assert sorted(row.name for row in one.find(Inspector)) == ["张卫", "李明"]


def test_one_mistyped_certificate_does_not_make_two_people_one(apart: Apart) -> None:
    (here, one), (there, _) = apart
    settings.save_inspector(here, Inspector("", "张卫", CITY, CITY, "4104-0001"))
    settings.save_inspector(there, Inspector("", "李明", CITY, CITY, "4104-0001"))
    assert meet(apart) == []
    for row in one.find(Inspector):  # either can be put right, or leave
        settings.save_inspector(here, replace(row, department="一科"))
    mistyped = next(row for row in one.find(Inspector) if row.name == "李明")
    settings.save_inspector(here, replace(mistyped, active=False))
    with pytest.raises(UserError, match="已属于张卫"):
        settings.save_inspector(here, mistyped)
    settings.save_inspector(here, replace(mistyped, certificate="4104-0002"))


# ── what an earlier version has left behind ──────────────────────────────────────────────────────
def test_of_settings_that_stand_twice_one_is_read_and_written(apart: Apart) -> None:
    (here, one), (there, two) = apart
    one.add(Setting(new_id(), "phone", "0375-1111111", CITY, CITY))
    two.add(Setting(new_id(), "phone", "0375-2222222", CITY, CITY))
    assert meet(apart) == []
    settings.save(there, {"phone": "0375-3333333"})
    assert meet(apart) == []
    for desk in (here, there):
        assert settings.all_settings(desk)["phone"] == "0375-3333333"
        assert settings.get(desk, "phone") == "0375-3333333"


def test_of_inspectors_that_stand_twice_one_can_leave(apart: Apart) -> None:
    (here, one), (_, two) = apart
    for pc in (one, two):
        pc.add(Inspector(new_id(), "张卫", CITY, CITY, "4104-0001"))
    assert meet(apart) == []
    gone, stays = one.find(Inspector)
    settings.save_inspector(here, replace(gone, active=False))
    settings.save_inspector(here, replace(stays, name="张卫东"))
    with here.ledger.read() as view:
        assert person_id(view, "4104-0001", "lead") == stays.id


def test_of_choices_that_stand_twice_one_is_read_written_and_taken_back(apart: Apart) -> None:
    (here, one), (there, two) = apart
    for pc, value in ((one, "4"), (two, "3")):
        row = RuleChoice(new_id(), "D01", "length", value, "纪要", MONDAY, pc.me, CITY, CITY)
        pc.add(row)
    assert meet(apart) == []
    rules.choose(there, "D01", "length", "5", "更正")
    meet(apart)
    for desk in (here, there):
        assert rules.office_rules(desk).terms["D01"].length == 5
    rules.take_back(here, "D01", "length", "撤回")
    assert rules.choices_of(here, "D01") == ()


def test_of_answers_that_stand_twice_one_is_read_and_written(apart: Apart) -> None:
    (here, one), (there, two) = apart
    visit, item = an_inspection(apart)
    one.add(ItemAnswer(new_id(), visit, item, Answer.NO))
    two.add(ItemAnswer(new_id(), visit, item, Answer.YES))
    assert meet(apart) == []
    inspections.answer(there, visit, item, Answer.PARTLY, "待核")
    meet(apart)
    line = inspections.inspection_sheet(here, visit).lines[0]
    assert (line.answer, line.note) == (Answer.PARTLY, "待核")


def test_of_notices_that_stand_twice_one_is_read_written_and_taken_back(apart: Apart) -> None:
    (here, one), (there, two) = apart
    for pc, day in ((one, "01-01=元旦"), (two, "01-04=元旦")):
        pc.add(CalendarYear(new_id(), 2027, pc.me, (day,), (), CITY, CITY))
    assert meet(apart) == []
    office_calendar.save_year(there, 2027, notice(5), "更正")
    meet(apart)
    assert [row.day.day for row in office_calendar.read_year(here, 2027).rows] == [5]
    office_calendar.take_back_year(here, 2027, "录入有误")
    for desk in (here, there):
        meet(apart)
        assert not rules.office_rules(desk).calendar.known(date(2027, 1, 1))


def test_of_a_version_that_stands_twice_one_is_used_and_it_is_told(apart: Apart) -> None:
    (here, one), (there, two) = apart
    for pc, title in ((one, "甲"), (two, "乙")):
        form = retitled(here, title)
        pc.add(Template(new_id(), ORDER, "局2026-1", MONDAY, form, CITY, CITY))
    assert meet(apart) == []
    for desk in (here, there):
        forms = forms_of(desk)
        now, named = forms.kind(ORDER), forms.kind(ORDER, "局2026-1")
        assert now is not None
        assert now == named
        assert now.title == "甲"
        assert forms.problem(ORDER).startswith("两台电脑各存过版本 局2026-1")
    kept(there, retitled(there, "丙"), "局2026-2", MONDAY)
    assert meet(apart) == []
    forms = forms_of(here)
    assert forms.problem(ORDER) == ""
    assert forms.own[ORDER][-1].version == "局2026-2"


# ── the id ───────────────────────────────────────────────────────────────────────────────────────
def test_an_id_is_of_its_kind_its_scope_and_its_key(pc: Callable[[str], Pc]) -> None:
    with pc("a1").ledger.read() as view:
        keys: list[Any] = [(Setting, A, "phone"), (Setting, B, "phone"), (Inspector, A, "phone")]
        keys += [(Setting, A, "ph", "one"), (Setting, A, "contact")]
        made = [natural_id(view, *key) for key in keys]
        assert made == [natural_id(view, *key) for key in keys]
    assert len(set(made)) == len(keys)
    assert made[0] == "f6d52cb9-18b8-5b8b-b523-aef3818a7682"  # in every ledger, for ever


def test_a_row_that_became_another_thing_keeps_its_id(pc: Callable[[str], Pc]) -> None:
    one = pc("a1")
    with one.ledger.read() as view:
        made = natural_id(view, Setting, CITY, "phone")
    one.add(Setting(made, "contact", "李明", CITY, CITY))
    with one.ledger.read() as view:
        assert natural_id(view, Setting, CITY, "phone") != made


def test_a_name_is_known_however_it_is_typed() -> None:
    assert name_key("青禾建筑（平顶山） ＡＢ公司") == name_key("青禾建筑(平顶山)ab公司")
    assert name_key("青禾建筑") != name_key("青禾建设")


# ── the real database ────────────────────────────────────────────────────────────────────────────
def test_the_real_database_disputes_them_too(
    blank: Path, tmp_path: Path, postgres: Postgres
) -> None:
    pcs = []
    for me in ("a1", "a2"):
        postgres.ask("INSERT INTO sync.scope_grant VALUES (%s, %s, true, true)", me, CITY)
        path = copied(blank, tmp_path / f"{me}.ledger")
        pcs.append(Pc(path, FakeServer({}), me, lambda _, who: Line(lambda: postgres.of(who))))
    one, two = pcs
    here = (first, _), (second, _) = (desk_at(one), one), (desk_at(two), two)
    for desk, phone in ((first, "0375-1111111"), (second, "0375-2222222")):
        settings.save(desk, {"phone": phone, "contact": "李明"})  # before they ever meet
        rules.choose(desk, "D01", "length", "4", "纪要")
    assert meet(here) == ["row", "row"]  # the phone, and by whom the rule was chosen
    choose_mine(here)
    assert meet(here) == []
    assert settings.get(first, "phone") == "0375-2222222"
    settings.save(first, {"address": "平顶山市某路1号"})
    meet(here)
    undo_last(first)
    meet(here)
    assert settings.get(second, "address") == ""
    settings.save(second, {"address": "平顶山市某路2号"})  # the id that was taken back
    assert meet(here) == []
    assert settings.get(first, "address") == "平顶山市某路2号"
    for pc in pcs:
        pc.close()
