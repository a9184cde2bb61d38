"""The trail that goes along with a bound file: whole, altered, of another ledger, no values."""

import json
from pathlib import Path

import pikepdf
import pytest

from inspector_app.app import parts
from inspector_app.cli.main import run
from inspector_app.domain.cases import Case
from inspector_app.errors import UserError
from inspector_app.services.binder import bind_case
from inspector_app.services.case_trail import NAME, read_trail, trail_of, verify_trail
from inspector_app.services.cases import new_case, set_fields
from inspector_app.services.claims import ClaimForm, add_claims
from inspector_app.services.desk import Desk
from inspector_app.services.issuing import issue
from inspector_app.services.papers import draft_sheet, save_draft, start_draft
from inspector_app.services.settings import save
from tests.helpers.desks import REACHED, a_case_form, make_desk, two_inspectors

ORDER = "rectification_order"


@pytest.fixture
def case(desk: Desk) -> Case:
    lead, assist = two_inspectors(desk)
    save(desk, REACHED)
    made = new_case(desk, a_case_form(lead_id=lead.id, assist_id=assist.id))
    add_claims(desk, made.id, [ClaimForm("王演示", 1_000_000, period_from="2026-05")])
    set_fields(desk, made.id, {"workers": "12"}, "核对了名册")
    return made


def kept(folder: Path, data: bytes) -> Path:
    path = folder / "留痕.json"
    path.write_bytes(data)
    return path


def test_the_trail_says_who_did_what_and_holds_no_value(
    desk: Desk, case: Case, tmp_path: Path
) -> None:
    data = trail_of(desk, case.id)
    document = json.loads(data)
    assert document["head"]["seq"] == document["steps"][-1]["seq"]
    assert document["head"]["hash"] == document["steps"][-1]["hash"]
    assert document["steps"][-1]["touched"] == ["修改案件：反映人数"]
    assert document["steps"][-1]["why"] == "核对了名册"
    assert "王演示" not in data.decode()
    found = verify_trail(desk, kept(tmp_path, data))
    assert (found.ok, found.steps, found.words()) == (True, len(document["steps"]), "")


def test_a_changed_step_is_found_and_another_ledger_says_so(
    desk: Desk, case: Case, tmp_path: Path
) -> None:
    document = json.loads(trail_of(desk, case.id))
    document["steps"][1]["actor"] = "别人"
    found = verify_trail(desk, kept(tmp_path, json.dumps(document).encode()))
    assert found.altered == (document["steps"][1]["seq"],)
    assert "被改动过" in found.words()
    other = make_desk(tmp_path / "other")
    whole = kept(tmp_path, trail_of(desk, case.id))
    assert "不是这本台账" in verify_trail(other, whole).words()
    other.ledger.close()


def test_it_goes_along_inside_the_bound_file(desk: Desk, case: Case, tmp_path: Path) -> None:
    draft = start_draft(desk, case.id, ORDER)
    values = draft_sheet(desk, draft.id).values
    typed = {"facts": "未按月足额支付工资。", "articles": "《保障农民工工资支付条例》第十六条"}
    save_draft(desk, draft.id, {**values, **typed})
    issue(desk, draft.id)
    out = bind_case(desk, case.id, tmp_path / "案卷.pdf").path
    with pikepdf.open(out) as file:
        assert list(file.attachments) == [NAME]
    assert verify_trail(desk, out).ok
    assert read_trail(out)["case_no"] == case.case_no


def test_what_is_no_trail_is_said(desk: Desk, tmp_path: Path) -> None:
    empty = tmp_path / "空.pdf"
    with pikepdf.Pdf.new() as file:
        file.add_blank_page()
        file.save(empty)
    broken = tmp_path / "坏.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing")
    for path in (empty, broken, kept(tmp_path, b"[]"), tmp_path / "没有"):
        with pytest.raises(UserError, match="没有办案留痕"):
            verify_trail(desk, path)


def test_the_command_line_verifies_it(
    desk: Desk, case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = trail_of(desk, case.id)
    document = json.loads(data)
    document["steps"][0]["why"] = "别的理由"
    desk.ledger.close()
    asked = ["--json", "--data", str(tmp_path), "check", "--trail"]
    assert run([*asked, str(kept(tmp_path, data))], parts()) == 0
    assert json.loads(capsys.readouterr().out)["ok"] is True
    assert run([*asked, str(kept(tmp_path, json.dumps(document).encode()))], parts()) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["altered"], told["error"]["kind"]) == ([document["steps"][0]["seq"]], "trail")
