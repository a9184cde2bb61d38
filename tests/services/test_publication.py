"""Copies for the public and blanks: nobody the ledger knows is named, nothing is numbered."""

from pathlib import Path

import pytest

from inspector_app.domain.papers import NumberEntry
from inspector_app.errors import OutsideError, UserError
from inspector_app.services.cases import new_case
from inspector_app.services.claims import ClaimForm, add_claims
from inspector_app.services.clue_filing import file_clue
from inspector_app.services.clues import register_clue
from inspector_app.services.desk import Desk
from inspector_app.services.issuing import issue, pdf, void
from inspector_app.services.papers import draft_sheet, save_draft, start_draft
from inspector_app.services.publication import blank_copy, export_blank, export_public, public_copy
from inspector_app.services.settings import save
from tests.helpers.desks import MONDAY, a_case_form, a_clue_form, two_inspectors
from tests.papers.pdf import text_of

ORDER = "rectification_order"
WORKER = ClaimForm(
    "覃小河", 1_000_000, id_number="41049919850921018X", phone="13900000002",
    bank_card="6217000000000000001", bank="某银行",
)  # fmt: skip


@pytest.fixture
def order(desk: Desk) -> str:
    """An issued order of a case that somebody reported, its facts naming everybody."""
    lead, assist = two_inspectors(desk)
    save(desk, {"address": "平顶山市某路1号", "phone": "0375-7654321", "contact": "李明"})
    clue = register_clue(desk, a_clue_form(person_address="鲁山县某镇某村八组", confidential=False))
    case = file_clue(desk, clue.id, MONDAY, lead_id=lead.id, assist_id=assist.id)
    add_claims(desk, case.id, [WORKER])
    draft = start_draft(desk, case.id, ORDER)
    values = draft_sheet(desk, draft.id).values
    facts = "向大山（住鲁山县某镇某村八组）和覃小河均证实拖欠工资。"
    save_draft(desk, draft.id, values | {"facts": facts})
    return issue(desk, draft.id).id


SECRETS = (
    "向大山", "覃小河", "41049919850921018X", "13900000001", "13900000002",
    "6217000000000000001", "鲁山县某镇", "0375-7654321", "李明", "YS-0001",
)  # fmt: skip


def test_the_copy_names_nobody_and_the_paper_on_file_is_as_it_was(desk: Desk, order: str) -> None:
    before = pdf(desk, order)
    assert [one for one in SECRETS if one in text_of(before)]  # there is something to hide

    page = public_copy(desk, order, any_kind=True)

    text = text_of(page.pdf)
    assert [one for one in SECRETS if one in text] == []
    assert "向某（住（略））和覃某均证实拖欠工资。" in text
    assert "青禾建筑劳务有限公司" in text
    assert "公开版" in text
    assert pdf(desk, order) == before
    assert public_copy(desk, order, any_kind=True).sha256 == page.sha256


def test_only_decisions_are_published_unless_somebody_insists(desk: Desk, order: str) -> None:
    with pytest.raises(UserError, match="一般不公开") as refused:
        public_copy(desk, order)
    assert refused.value.kind == "not_public"


def test_drafts_and_void_papers_are_not_published(desk: Desk, order: str) -> None:
    case = new_case(desk, a_case_form())
    draft = start_draft(desk, case.id, ORDER)
    void(desk, order, "写错")
    for paper in (draft.id, order):
        with pytest.raises(UserError, match="没有作废"):
            public_copy(desk, paper, any_kind=True)


def test_copies_are_written_where_asked(desk: Desk, order: str, tmp_path: Path) -> None:
    out = export_public(desk, order, tmp_path / "public.pdf", any_kind=True)
    assert out.read_bytes() == public_copy(desk, order, any_kind=True).pdf
    blank = export_blank(desk, ORDER, tmp_path / "blank.pdf")
    assert blank.read_bytes() == blank_copy(desk, ORDER).pdf
    with pytest.raises(OutsideError, match="没有写成"):
        export_public(desk, order, tmp_path / "no" / "x.pdf", any_kind=True)


def test_a_blank_has_room_for_a_number_and_takes_none(desk: Desk) -> None:
    save(desk, {"org_char": "演人社", "paper_number_template": "{机关}{文种}【{年}】{序号}号"})
    assert "演人社令【】号" in text_of(blank_copy(desk, ORDER).pdf)
    assert "演人社" not in text_of(blank_copy(desk, "proof_of_service").pdf)
    with desk.ledger.read() as view:
        assert view.find(NumberEntry) == []
