"""The first page: what is due, the most urgent first."""

from datetime import date

from inspector_app.domain.terms import Level
from inspector_app.services import papers
from inspector_app.services.cases import new_case
from inspector_app.services.clues import register_clue
from inspector_app.services.desk import Desk
from inspector_app.services.home import Overview, county_name, overview
from inspector_app.services.settings import save
from inspector_app.services.todos import add_todo, finish_todo
from tests.helpers.desks import MONDAY, a_case_form, a_clue_form, on, two_inspectors
from tests.helpers.steps import close_case


def cards(view: Overview) -> dict[str, int]:
    return {card.key: card.count for card in view.cards}


def test_an_empty_ledger_has_nothing_due(desk: Desk) -> None:
    view = overview(desk)

    assert set(cards(view).values()) == {0}
    assert view.rows == ()


def test_cases_clues_and_todos_stand_together_by_date(desk: Desk) -> None:
    case = new_case(desk, a_case_form())
    register_clue(desk, a_clue_form())
    add_todo(desk, case.id, "核查整改情况", date(2026, 9, 29))

    rows = overview(desk).rows

    assert [row.kind for row in rows] == ["todo", "clue", "case"]
    assert rows[0].level is Level.SOON
    assert [row.due for row in rows] == sorted(row.due for row in rows if row.due)


def test_what_ran_out_is_counted_and_named(desk: Desk) -> None:
    register_clue(desk, a_clue_form())

    late = overview(on(desk, date(2026, 10, 14)))

    assert cards(late)["overdue"] == 1
    assert "青禾建筑劳务有限公司" in late.cards[0].hint


def test_a_done_todo_and_a_closed_case_are_gone(desk: Desk) -> None:
    case = new_case(desk, a_case_form())
    todo = add_todo(desk, case.id, "打电话", MONDAY)
    assert cards(overview(desk))["today"] == 1

    finish_todo(desk, todo.id, MONDAY)
    close_case(desk, case.id, MONDAY)

    assert overview(desk).rows == ()


def test_mine_leaves_out_what_others_handle(desk: Desk) -> None:
    from dataclasses import replace

    lead, other = two_inspectors(desk)
    new_case(desk, a_case_form(lead_id=lead.id))
    new_case(desk, a_case_form(lead_id=other.id))
    me = replace(desk, actor_id=lead.id)

    assert len([row for row in overview(me, mine=True).rows if row.kind == "case"]) == 1
    assert len([row for row in overview(me).rows if row.kind == "case"]) == 2


def test_unfinished_papers_are_offered(desk: Desk) -> None:
    case = new_case(desk, a_case_form())
    papers.start_draft(desk, case.id, "interview_notice")

    view = overview(desk)

    assert cards(view)["drafts"] == 1
    assert view.drafts[0].title == "约谈通知书"
    assert view.drafts[0].case_no == case.case_no


def test_the_bureau_chooses_which_term_leads(desk: Desk) -> None:
    new_case(desk, a_case_form())
    both = {}
    for lead in ("国家规定", "河南规定", "取较早的"):
        save(desk, {"term_lead": lead})
        both[lead] = overview(desk).rows[0].due

    assert both["河南规定"] == date(2026, 10, 26)  # the 25th is a Sunday
    assert both["国家规定"] == date(2026, 12, 24)
    assert both["取较早的"] == both["河南规定"]


def test_counties_have_names(desk: Desk) -> None:
    assert county_name(desk, "410411") == "湛河区"
    assert county_name(desk, "000000") == "000000"


def test_the_same_answer_is_read_once_and_a_change_is_seen_at_once(desk: Desk) -> None:
    new_case(desk, a_case_form())
    first = overview(desk)

    assert overview(desk).rows[0] is first.rows[0]
    new_case(desk, a_case_form())
    assert len(overview(desk).rows) == 2
    assert overview(on(desk, date(2026, 12, 25))).rows[0].level is Level.OVERDUE
