"""What is due is reckoned anew only for what changed, and never differs from a whole reckoning."""

from collections.abc import Iterable
from datetime import date

import pytest

from inspector_app.ledger.views import View
from inspector_app.services import dues_kept
from inspector_app.services.cases import new_case, set_fields
from inspector_app.services.clocks import NextDue, next_dues
from inspector_app.services.clues import register_clue
from inspector_app.services.desk import Desk
from inspector_app.services.dues_kept import open_dues
from inspector_app.services.history import undo_last
from inspector_app.services.settings import save
from inspector_app.services.todos import add_todo
from tests.helpers.desks import MONDAY, a_case_form, a_clue_form, on
from tests.helpers.steps import a_leader, close_case


@pytest.fixture
def reckoned(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The cases that were reckoned, in their order."""
    seen: list[str] = []

    def noted(desk: Desk, view: View, ids: Iterable[str]) -> dict[str, NextDue]:
        seen.extend(ids)
        return next_dues(desk, view, ids)

    monkeypatch.setattr(dues_kept, "next_dues", noted)
    return seen


def look(desk: Desk, ids: Iterable[str], reckoned: list[str]) -> list[str]:
    """Which of them a look reckons; it says what reckoning all of them says."""
    reckoned.clear()
    ids, head = list(ids), desk.ledger.head()
    with desk.ledger.read() as view:
        found = open_dues(desk, view, head, ids)
        assert found == {one: next_dues(desk, view, [one]).get(one) for one in ids}
    return list(reckoned)


def test_only_what_changed_is_reckoned_anew(desk: Desk, reckoned: list[str]) -> None:
    a_leader(desk)
    ids = [new_case(desk, a_case_form()).id for _ in range(3)]
    assert look(desk, ids, reckoned) == ids
    assert look(desk, ids, reckoned) == []

    set_fields(desk, ids[1], {"received_on": "2026-09-01"}, "登记错了")
    assert look(desk, ids, reckoned) == [ids[1]]
    undo_last(desk)
    assert look(desk, ids, reckoned) == [ids[1]]

    add_todo(desk, ids[2], "核查", MONDAY)
    register_clue(desk, a_clue_form())
    ids.append(new_case(desk, a_case_form()).id)
    assert look(desk, ids, reckoned) == ids[2:]

    close_case(desk, ids[0], MONDAY)
    assert look(desk, ids[1:], reckoned) == []
    assert look(desk, ids, reckoned) == [ids[0]]  # it had left the list


def test_another_day_or_another_rule_reckons_all(desk: Desk, reckoned: list[str]) -> None:
    ids = [new_case(desk, a_case_form()).id for _ in range(2)]
    assert look(desk, ids, reckoned) == ids
    for lead in ("国家规定", "河南规定"):
        save(desk, {"term_lead": lead})
        assert look(desk, ids, reckoned) == ids
    later = on(desk, date(2026, 12, 25))
    assert look(later, ids, reckoned) == ids
    assert look(later, ids, reckoned) == []


def test_what_comes_between_the_head_and_the_view_is_reckoned_twice(
    desk: Desk, reckoned: list[str]
) -> None:
    ids = [new_case(desk, a_case_form()).id]
    head = desk.ledger.head()
    add_todo(desk, ids[0], "核查", MONDAY)
    with desk.ledger.read() as view:
        open_dues(desk, view, head, ids)
    assert look(desk, ids, reckoned) == ids
