"""A disputed row of the office's own says which setting, rule, question, year or form it is."""

from datetime import date

from inspector_app.domain.bureau_law import CalendarYear, RuleChoice
from inspector_app.domain.inspections import Answer, ItemAnswer
from inspector_app.domain.office import Setting
from inspector_app.domain.templates import Template
from inspector_app.ledger.ids import new_id
from inspector_app.ledger.mapping import Entity, table_name
from inspector_app.services import inspections
from inspector_app.services.desk import Desk
from inspector_app.services.said_values import Sayings
from tests.helpers.builders import an_employer
from tests.helpers.desks import MONDAY

HERE = ("410400", "410400")


def subject(desk: Desk, row: Entity) -> str:
    with desk.work("登记") as uow:
        uow.add(row)
        uow.commit()
    with desk.ledger.read() as view:
        return Sayings(view, desk.library).subject(table_name(type(row)), row.id)


def choice(rule: str, field: str) -> RuleChoice:
    return RuleChoice(new_id(), rule, field, "4", "纪要", MONDAY, "李明", *HERE)


def test_what_a_row_of_the_office_is_about(desk: Desk) -> None:
    assert subject(desk, Setting(new_id(), "phone", "1", *HERE)) == "联系电话"
    assert subject(desk, choice("D01", "length")) == "投诉受理决定的期限长度"
    assert subject(desk, CalendarYear(new_id(), 2027, "", (), (), *HERE)) == "2027 年"
    form = Template(new_id(), "order", "局1", date(2026, 9, 1), "x", *HERE)
    assert subject(desk, form).endswith(" 局1")


def test_what_a_later_version_knows_is_said_as_it_is_written(desk: Desk) -> None:
    assert subject(desk, Setting(new_id(), "newer", "1", *HERE)) == "newer"
    assert subject(desk, choice("D99", "newer")) == "D99的newer"


def test_an_answer_is_of_its_question(desk: Desk) -> None:
    checklist = next(iter(desk.library.checklists.values()))
    with desk.work("登记") as uow:
        uow.add(an_employer())
        uow.commit()
    form = inspections.InspectionForm(checklist.id, MONDAY, "410411", employer_id=an_employer().id)
    visit = inspections.start_inspection(desk, form)
    first = checklist.items[0]
    said = subject(desk, ItemAnswer(new_id(), visit.id, first.id, Answer.NO))
    assert said.startswith(f"2026年9月28日的检查，{first.id} {first.question[:10]}")
    assert len(said) < 80
    said = subject(desk, ItemAnswer(new_id(), visit.id, "C99", Answer.NO))
    assert said == "2026年9月28日的检查，C99"


def test_what_is_not_here_has_no_words(desk: Desk) -> None:
    with desk.ledger.read() as view:
        sayings = Sayings(view, desk.library)
        for table in ("setting", "rule_choice", "calendar_year", "item_answer", "template"):
            assert sayings.subject(table, new_id()) == ""
