"""A case that is over goes from a ledger of its own: rows, trail, files; the chain still holds."""

from dataclasses import replace
from pathlib import Path

import pytest

from inspector_app.domain.cases import Case
from inspector_app.domain.clues import Clue, ClueState
from inspector_app.domain.papers import NumberEntry, Paper
from inspector_app.errors import UserError
from inspector_app.services import settings
from inspector_app.services.check import check
from inspector_app.services.claims import save_claim
from inspector_app.services.clue_filing import file_clue
from inspector_app.services.clues import conclude_clue, register_clue
from inspector_app.services.desk import Desk
from inspector_app.services.issuing import issue
from inspector_app.services.papers import start_draft
from inspector_app.services.purge import purge, to_purge
from tests.helpers.desks import MONDAY, a_clue_form
from tests.helpers.ready import ORDER, ready_case
from tests.helpers.steps import close_case
from tests.services.test_access import ID, form_of


def on_disk(desk: Desk) -> bytes:
    folder = desk.ledger.path.parent
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_a_closed_case_goes_with_its_papers_and_the_ledger_stays_whole(desk: Desk) -> None:
    case_id = ready_case(desk)
    save_claim(desk, replace(form_of(desk, case_id), id_number=ID))
    settings.save(desk, {"table_mask_id": "否"})
    paper = issue(desk, start_draft(desk, case_id, ORDER).id)
    with desk.ledger.read() as view:
        number = view.get(Case, case_id).case_no
    with pytest.raises(UserError, match="还没有结案"):
        to_purge(desk, [number])
    close_case(desk, case_id, MONDAY)
    assert ID.encode() in on_disk(desk)
    with pytest.raises(UserError, match="没有案件"):
        to_purge(desk, ["9号"])
    matters = to_purge(desk, [number])
    assert [(one.kind, one.label) for one in matters] == [("case", number)]
    with pytest.raises(UserError, match="理由"):
        purge(desk, matters, "")
    purge(desk, matters, "保存期满")

    assert check(desk) == []
    assert not [one for one in (ID, "王演示") if one.encode() in on_disk(desk)]
    assert not desk.files.has(paper.sha256)
    with desk.ledger.read() as view:
        assert view.find(Paper) == []
        assert view.find(Case) == []
        assert len(view.find(NumberEntry, paper_id=paper.id)) == 1  # given once for ever
    newest = desk.ledger.history()[0]
    assert (newest.action, newest.undoable) == ("清除个人信息", False)
    assert newest.why.startswith("保存期满〔")
    assert register_clue(desk, a_clue_form()).clue_no  # work goes on
    assert check(desk) == []


def test_a_clue_goes_once_it_is_over_or_with_its_case(desk: Desk, tmp_path: Path) -> None:
    clue = register_clue(desk, a_clue_form())
    with pytest.raises(UserError, match="待核查"):
        to_purge(desk, [clue.clue_no])
    conclude_clue(desk, clue.id, ClueState.SETTLED, MONDAY, "已经支付")
    filed = register_clue(desk, a_clue_form())
    case = file_clue(desk, filed.id, MONDAY)
    with pytest.raises(UserError, match="随案件一起清除"):
        to_purge(desk, [filed.clue_no])
    purge(desk, to_purge(desk, [clue.clue_no]), "依法删除")
    with desk.ledger.read() as view:
        assert [one.id for one in view.find(Clue)] == [filed.id]
    close_case(desk, case.id, MONDAY)
    assert [one.kind for one in to_purge(desk, [case.id])] == ["case", "clue"]
    assert check(desk) == []
