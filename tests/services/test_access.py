"""Looks at what is covered: allowed, reasoned, on record for ever, and told to whom it is for."""

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from inspector_app.domain.access import About, AccessEntry, AccessWay
from inspector_app.errors import UserError
from inspector_app.services import settings
from inspector_app.services.access import (
    looks_at,
    may_see_access,
    reveal_clue,
    reveal_workers,
)
from inspector_app.services.access_register import access_register, export_access
from inspector_app.services.case_sheet import case_history, case_sheet
from inspector_app.services.cases import new_case
from inspector_app.services.claims import ClaimForm, add_claims, save_claim
from inspector_app.services.clues import clue_sheet, register_clue
from inspector_app.services.desk import Desk
from inspector_app.services.exports import export_claims
from inspector_app.services.history import undo
from inspector_app.services.issuing import issue
from inspector_app.services.papers import start_draft
from inspector_app.services.settings import acting, inspectors, save_inspector
from tests.helpers.desks import MONDAY, a_case_form, a_clue_form, two_inspectors
from tests.helpers.ready import ORDER, ready_case
from tests.ledger.scenes import raw

ID, PHONE, CARD = "410499198803154727", "13900000002", "6217000000000000001"


@pytest.fixture
def case(desk: Desk) -> str:
    """A case with two workers, at the desk of 李明."""
    found = new_case(desk, a_case_form()).id
    form = ClaimForm("王演示", 1_000_000, id_number=ID, phone=PHONE, bank_card=CARD)
    add_claims(desk, found, [form, ClaimForm("赵演示", 5_000, id_number="410499199001011234")])
    return found


def entries(desk: Desk) -> list[AccessEntry]:
    with desk.ledger.read() as view:
        return view.find(AccessEntry)


def test_one_worker_is_shown_and_it_is_noted_who_what_and_why(desk: Desk, case: str) -> None:
    first, _ = two_inspectors(desk)
    desk = replace(desk, actor_id=first.id)
    masked = case_sheet(desk, case).claims
    rows = reveal_workers(desk, case, "核发工资", worker_id=masked[0].worker.id)
    assert (rows[0].id_number, rows[0].phone, rows[0].bank_card) == (ID, PHONE, CARD)
    assert rows[1] == masked[1]
    assert rows[1].id_number == "410499********1234"
    (entry,) = entries(desk)
    assert entry.fields == ("id_number", "phone", "bank_card")
    assert (entry.way, entry.about, entry.about_id) == (AccessWay.REVEAL, About.CASE, case)
    assert (entry.by_id, entry.by_name, entry.why) == (first.id, "李明", "核发工资")
    assert entry.at == "2026-09-28T09:41"
    assert entry.persons == 1
    newest = case_history(desk, case)[0]
    assert (newest.action, newest.why, newest.undoable) == ("查看个人信息", "核发工资", False)


def test_without_a_reason_nothing_is_shown_and_nothing_noted(desk: Desk, case: str) -> None:
    clue = register_clue(desk, a_clue_form())
    for look in (
        lambda: reveal_workers(desk, case, " "),
        lambda: reveal_clue(desk, clue.id, "看"),
        lambda: export_claims(desk, desk.ledger.path.parent / "x.xlsx", case, masked=False),
    ):
        with pytest.raises(UserError, match="理由"):
            look()
    with pytest.raises(UserError, match="没有找到"):
        reveal_workers(desk, case, "核对身份", worker_id="nobody")
    assert entries(desk) == []
    assert not (desk.ledger.path.parent / "x.xlsx").exists()


def test_whoever_reported_is_hidden_and_each_look_is_in_the_clue_s_history(desk: Desk) -> None:
    clue = register_clue(desk, a_clue_form(confidential=True))
    hidden = clue_sheet(desk, clue.id).person
    assert hidden is not None
    assert hidden.name == "向**"
    shown = reveal_clue(desk, clue.id, "答复反映人").person
    assert shown is not None
    assert shown.name == "向大山"
    (entry,) = looks_at(desk, clue.id)
    assert entry.person_id == shown.id
    assert "name" in entry.fields
    actions = [one.action for one in desk.ledger.history("clue", clue.id)]
    assert actions == ["查看反映人", "登记线索"]
    nobody = register_clue(desk, a_clue_form(person_name="", person_phone="", person_id_number=""))
    assert reveal_clue(desk, nobody.id, "核对内容").person is None
    assert looks_at(desk, nobody.id)[0].persons == 0


def test_the_record_of_a_look_cannot_be_taken_back_changed_or_deleted(
    desk: Desk, case: str
) -> None:
    reveal_workers(desk, case, "核发工资")
    look = desk.ledger.history("access_entry")[0]
    with pytest.raises(UserError, match="不能撤销"):
        undo(desk, look.changeset_id)
    for statement in ("UPDATE access_entry SET why = '无'", "DELETE FROM access_entry"):
        with pytest.raises(Exception, match="a look stays noted"):
            raw(desk.ledger.path).execute(statement)
    with desk.work("删除") as uow, pytest.raises(TypeError, match="never deleted"):
        uow.remove(uow.find(AccessEntry)[0])
    assert desk.ledger.check() == []


def test_who_may_not_is_refused_before_anything_is_read_out(desk: Desk, case: str) -> None:
    two_inspectors(desk)
    clue = register_clue(desk, a_clue_form())
    first, second = inspectors(desk)
    save_inspector(desk, replace(first, administrator=True, no_casework=True))
    boss, other = acting(desk, first.name), acting(desk, second.name)
    for look in (
        lambda: reveal_clue(boss, clue.id, "核对身份"),
        lambda: reveal_workers(boss, case, "核对身份"),
        lambda: export_claims(
            boss, desk.ledger.path.parent / "x.xlsx", case, masked=False, why="看看"
        ),
    ):
        with pytest.raises(UserError, match="请找监察员、负责人"):
            look()
    assert entries(desk) == []
    assert (may_see_access(boss), may_see_access(other)) == (True, False)
    with pytest.raises(UserError, match="请找管理员、审计"):
        access_register(other)


def test_the_register_tells_every_look_and_no_personal_data(
    desk: Desk, case: str, tmp_path: Path
) -> None:
    path = tmp_path / "登记簿.xlsx"
    with pytest.raises(UserError, match="没有可导出"):
        export_access(desk, path, access_register(desk))
    clue = register_clue(desk, a_clue_form())
    reveal_workers(desk, case, "核发工资", worker_id=case_sheet(desk, case).claims[0].worker.id)
    reveal_clue(desk, clue.id, "答复反映人")
    export_claims(desk, tmp_path / "明细.xlsx", case, masked=False, why="报专项办")
    lines = access_register(desk)
    assert [(one.entry.why, one.person) for one in lines] == [
        ("报专项办", "2 人"),
        ("答复反映人", "反映人"),
        ("核发工资", "王**"),
    ]
    assert lines[1].matter == clue.clue_no
    assert len(access_register(desk, limit=1)) == 1
    assert export_access(desk, path, lines).rows == 3
    book = openpyxl.load_workbook(path)
    told = "".join(str(c.value) for s in book for row in s.iter_rows() for c in row)
    assert "身份证号、电话、银行卡号" in told
    assert not [secret for secret in (ID, PHONE, CARD, "王演示", "向大山") if secret in told]


def form_of(desk: Desk, case: str) -> ClaimForm:
    row = case_sheet(desk, case).claims[0]
    return ClaimForm(row.worker.name, row.claim.due_fen, claim_id=row.claim.id)


def test_a_paper_that_tells_whole_numbers_is_a_use_on_record(desk: Desk) -> None:
    case = ready_case(desk)
    save_claim(desk, replace(form_of(desk, case), id_number=ID))
    issue(desk, start_draft(desk, case, ORDER).id)
    assert entries(desk) == []
    settings.save(desk, {"table_mask_id": "否"})
    number = issue(desk, start_draft(desk, case, ORDER).id).number
    (entry,) = entries(desk)
    assert (entry.way, entry.about_id, entry.fields) == (AccessWay.PAPER, case, ("id_number",))
    assert entry.why.endswith(number)
    assert MONDAY.isoformat() in entry.at
