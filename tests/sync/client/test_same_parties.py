"""Two PCs register the same employer or project while apart: one row, or one conflict."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from inspector_app.domain.parties import Employer, Project
from inspector_app.errors import UserError
from inspector_app.ledger.ids import new_id
from inspector_app.services import parties
from tests.helpers.builders import a_project, an_employer
from tests.sync.client.desks_apart import Apart, choose_mine, desk_at, meet
from tests.sync.pcs import Pc

CODE = "91410499MADEM0005E"


def test_an_employer_registered_on_each_pc_is_one(apart: Apart) -> None:
    (here, one), (there, _) = apart
    unit, site = Employer("", "青禾建筑劳务有限公司", "", "", CODE), Project("", "三标段", "", "")
    for desk in (here, there):
        made = parties.save_employer(desk, unit)
        parties.save_employer(desk, replace(unit, name="远峰建设（平顶山）", credit_code=""))
        parties.save_project(desk, site, ())
    assert meet(apart) == []
    assert len(one.find(Employer)) == 2
    assert len(one.find(Project)) == 1
    parties.save_employer(here, replace(made, address="新址"))
    assert meet(apart) == []


def test_an_employer_registered_otherwise_on_each_pc_is_disputed(apart: Apart) -> None:
    (here, one), (there, _) = apart
    parties.save_employer(here, Employer("", "青禾建筑劳务有限公司", "", "", CODE, address="甲路"))
    with there.work("立案") as uow:
        parties.find_or_make_employer(there, uow, "青禾建筑劳务有限公司", CODE.lower(), "乙路")
        parties.find_or_make_project(there, uow, "三标段")
        uow.commit()
    assert meet(apart) == ["row"]
    choose_mine(apart)
    assert [row.address for row in one.find(Employer)] == ["乙路"]


def test_a_code_that_was_corrected_is_free_for_whom_it_belongs_to(pc: Callable[[str], Pc]) -> None:
    desk = desk_at(pc("a1"))
    first = parties.save_employer(desk, Employer("", "青禾建筑", "", "", CODE))
    parties.save_employer(desk, replace(first, credit_code="91410499MADEM00013"))
    second = parties.save_employer(desk, Employer("", "远峰建设", "", "", CODE))
    assert second.id != first.id
    with desk.ledger.read() as view:
        assert len(view.find(Employer)) == 2


def test_employers_and_projects_that_stand_twice_can_be_changed(apart: Apart) -> None:
    (here, one), (_, two) = apart
    for pc in (one, two):
        pc.add(an_employer(id=new_id(), name="青禾", credit_code=CODE))
        pc.add(an_employer(id=new_id(), name="远峰", credit_code=""))
        pc.add(a_project(id=new_id(), name="三标段"))
    assert meet(apart) == []
    for unit in one.find(Employer):
        parties.save_employer(here, replace(unit, address="新址"))
    for site in one.find(Project):
        parties.save_project(here, replace(site, address="新址"), ())
    first, second = one.find(Employer, name="远峰")
    parties.save_employer(here, replace(first, credit_code="91410499MADEM00013"))
    for changed in ({"credit_code": CODE}, {"name": "青禾"}):
        with pytest.raises(UserError, match="登记"):
            parties.save_employer(here, replace(second, **changed))
    with pytest.raises(UserError, match="已经登记过"):
        parties.save_employer(here, replace(one.find(Employer, name="青禾")[0], credit_code=""))
