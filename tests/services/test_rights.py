"""Roles at a desk: nothing is in the way before there is an administrator, the table after."""

from dataclasses import replace
from pathlib import Path

import pytest

from inspector_app.domain.cases import Case
from inspector_app.domain.events import CaseEvent
from inspector_app.domain.office import Inspector
from inspector_app.domain.rights import Act, Role
from inspector_app.domain.steps import Examined
from inspector_app.errors import UserError
from inspector_app.ledger.views import ClueQuery
from inspector_app.services import settings, steps
from inspector_app.services.access import require
from inspector_app.services.cases import new_case
from inspector_app.services.clues import clue_list, register_clue
from inspector_app.services.desk import Desk
from inspector_app.services.history import undo
from inspector_app.services.paper_life import ON_SCREEN, ApprovalForm, approve
from inspector_app.services.papers import start_draft
from inspector_app.services.rights import in_force
from inspector_app.services.settings import acting, inspectors, save_inspector
from inspector_app.services.steps import StepForm, take_step
from tests.helpers.approval import wanting_approval
from tests.helpers.desks import MONDAY, a_case_form, a_clue_form, make_desk
from tests.helpers.ready import ORDER, ready_case

PEOPLE = {
    "周岚": {Role.LEADER},
    "王管": {Role.ADMINISTRATOR},
    "何审": {Role.REVIEWER},
    "吴计": {Role.AUDITOR},
}


def register(desk: Desk, name: str, *roles: Role) -> Inspector:
    person = Inspector("", name, desk.city, desk.city, f"YS-{name}")
    save_inspector(desk, person.with_roles(frozenset(roles)) if roles else person)
    return next(one for one in inspectors(desk) if one.name == name)


@pytest.fixture
def office(desk: Desk) -> Desk:
    """A filed case, and a person for every role; the administrator came last."""
    ready_case(desk)
    for name, roles in PEOPLE.items():
        if Role.ADMINISTRATOR not in roles:
            register(desk, name, *roles)
    register(desk, "王管", Role.ADMINISTRATOR)
    return desk


def sits(desk: Desk, name: str) -> Desk:
    return acting(desk, name)


def case_of(desk: Desk) -> str:
    with desk.ledger.read() as view:
        return view.find(Case)[0].id


def refused(sentence: str) -> pytest.RaisesExc[UserError]:
    return pytest.raises(UserError, match=sentence)


def test_before_there_is_an_administrator_everybody_is_everything(desk: Desk) -> None:
    register(desk, "周岚", Role.LEADER)
    register(desk, "吴计", Role.AUDITOR)
    with desk.ledger.read() as view:
        assert not in_force(view)
    register_clue(acting(desk, "吴计"), a_clue_form())
    settings.save(acting(desk, "吴计"), {"phone": "0375-1"})
    for act in Act:
        require(desk, act)


def test_each_role_does_its_own(office: Desk) -> None:
    case = case_of(office)
    with refused("请先选定使用人"):
        register_clue(office, a_clue_form())
    register_clue(sits(office, "李明"), a_clue_form())
    for name in PEOPLE:
        with refused("你的职责不能登记和办理案件，请找监察员。"):
            register_clue(sits(office, name), a_clue_form())
    for name in ("李明", "周岚", "何审", "吴计"):
        with refused("管理人员、设置和模板，请找管理员"):
            settings.save(sits(office, name), {"phone": "0375-1"})
    settings.save(sits(office, "王管"), {"phone": "0375-1"})
    assert clue_list(sits(office, "吴计"), ClueQuery()).total == 1
    taken = take_step(sits(office, "李明"), case, StepForm(step="met_party", on=MONDAY))
    with refused("你的职责不能"):
        undo(sits(office, "吴计"), office.ledger.history("case", case)[0].changeset_id)
    assert taken.event.step == "met_party"


def test_roles_are_given_by_the_administrator_who_stays(office: Desk) -> None:
    boss = sits(office, "王管")
    people = {one.name: one for one in inspectors(office)}
    with refused("你的职责不能"):
        save_inspector(sits(office, "李明"), replace(people["李明"], administrator=True))
    with refused("唯一的管理员"):
        save_inspector(boss, replace(people["王管"], administrator=False, no_casework=False))
    with refused("唯一的管理员"):
        save_inspector(boss, replace(people["王管"], active=False))
    with refused("不能兼任"):
        save_inspector(boss, replace(people["李明"], auditor=True))
    save_inspector(boss, replace(people["李明"], administrator=True))
    save_inspector(boss, replace(people["王管"], administrator=False, no_casework=False))
    register_clue(sits(office, "王管"), a_clue_form())


def test_on_the_screen_a_leader_approves_in_person_on_paper_anybody_records(office: Desk) -> None:
    desk = wanting_approval(office, ORDER)
    first = start_draft(sits(desk, "李明"), case_of(office), ORDER).id
    screen = ApprovalForm("周岚", "同意", MONDAY, ON_SCREEN)
    with refused("要由周岚本人登录"):
        approve(sits(desk, "李明"), first, screen)
    assert approve(sits(desk, "周岚"), first, screen).holds
    second = start_draft(sits(desk, "李明"), case_of(office), ORDER).id
    assert approve(sits(desk, "李明"), second, ApprovalForm("周岚", "同意", MONDAY)).holds
    with refused("你的职责不能"):
        approve(sits(desk, "何审"), second, ApprovalForm("周岚", "再议", MONDAY))


def reviewed(desk: Desk, case: str, people: str) -> CaseEvent:
    form = StepForm(
        step="legal_review", on=MONDAY, people=people, outcome="passed", note="审核",
        override_by="周岚", override_why="演练",
    )  # fmt: skip
    return take_step(desk, case, form).event


def test_a_reviewer_reviews_the_cases_of_others(
    office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The step itself is not due in this case; only who may take it is looked at."""
    monkeypatch.setattr(steps, "check_place", lambda *_: None)
    monkeypatch.setattr(steps, "examine", lambda *_, **__: Examined((), ()))
    case, boss = case_of(office), sits(office, "王管")
    with refused("不是登记的法制审核人员"):
        reviewed(sits(office, "何审"), case, "李明")
    own = next(one for one in inspectors(office) if one.name == "李明")
    save_inspector(boss, replace(own, reviewer=True))
    with refused("本案承办人"):
        reviewed(sits(office, "李明"), case, "李明")
    settings.save(boss, {"reviewer_apart": "否"})
    assert reviewed(sits(office, "李明"), case, "李明").people == "李明"
    assert reviewed(sits(office, "何审"), case, "何审").people == "何审"


def test_who_approves_a_step_is_a_leader(office: Desk) -> None:
    form = StepForm(step="met_party", on=MONDAY, approver="何审")
    with refused("不是登记的负责人"):
        take_step(sits(office, "李明"), case_of(office), form)


def test_nothing_of_a_refused_step_is_stored(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    register(desk, "王管", Role.ADMINISTRATOR)
    before = desk.ledger.head()
    with refused("你的职责不能"):
        new_case(acting(desk, "王管"), a_case_form())
    assert desk.ledger.head() == before
    assert desk.ledger.check() == []
    desk.ledger.close()
