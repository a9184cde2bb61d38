"""Further parties of a paper: offered from the chain of the project, named from the ledger."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest

from inspector_app.domain.paper_joint import all_parties
from inspector_app.domain.parties import Employer, PartyRole, ProjectParty
from inspector_app.errors import UserError
from inspector_app.services import papers
from inspector_app.services.case_sheet import case_sheet
from inspector_app.services.desk import Desk
from inspector_app.services.issuing import issue, pdf
from inspector_app.services.joint_parties import joint_candidates, with_parties
from inspector_app.services.parties import save_employer, save_project
from inspector_app.services.publication import public_copy
from inspector_app.services.word import word_of
from tests.helpers.forms import CALL, ORDER
from tests.helpers.ready import ready_case
from tests.helpers.word_files import DOCUMENT
from tests.papers.pdf import text_of

CODE = "91410400MA9K00002X"
GENERAL = "鹰城工程总承包有限公司"


@pytest.fixture
def case_id(desk: Desk) -> str:
    """A case on a project with a general contractor above the unit."""
    case_id = ready_case(desk)
    sheet = case_sheet(desk, case_id)
    assert sheet.project is not None
    above = save_employer(
        desk,
        Employer("", GENERAL, "", "", CODE, legal_person="郭某", address="某路2号"),
    )
    chain = [
        ProjectParty("", sheet.project.id, above.id, PartyRole.GENERAL),
        ProjectParty("", sheet.project.id, sheet.employer.id, PartyRole.SUB),
    ]
    save_project(desk, sheet.project, chain)
    return case_id


def test_the_other_units_on_the_project_are_offered(desk: Desk, case_id: str) -> None:
    order = papers.start_draft(desk, case_id, ORDER)
    assert joint_candidates(desk, order, papers.kind_of(desk, ORDER)) == (
        {"name": GENERAL, "code": CODE, "person": "郭某", "address": "某路2号"},
    )
    notice = papers.kind_of(desk, CALL)
    assert joint_candidates(desk, order, notice) == ({"name": GENERAL},)
    assert joint_candidates(desk, order, papers.kind_of(desk, "demand_letter")) == ()


def test_a_unit_is_named_by_name_or_code_and_stands_on_the_issued_paper(
    desk: Desk, case_id: str
) -> None:
    draft = papers.start_draft(desk, case_id, ORDER)
    sheet = papers.draft_sheet(desk, draft.id)
    values = with_parties(desk, sheet.kind, sheet.values, [CODE.lower()])
    papers.save_draft(desk, draft.id, values)
    assert all_parties(papers.draft_sheet(desk, draft.id).values) == (
        "青禾建筑劳务有限公司",
        GENERAL,
    )
    text = text_of(pdf(desk, issue(desk, draft.id).id))
    assert f"青禾建筑劳务有限公司、{GENERAL}：" in text
    assert f"当事人二：{GENERAL}" in text


def test_the_next_paper_that_leaves_a_party_out_is_told(desk: Desk, case_id: str) -> None:
    draft = papers.start_draft(desk, case_id, ORDER)
    sheet = papers.draft_sheet(desk, draft.id)
    papers.save_draft(desk, draft.id, with_parties(desk, sheet.kind, sheet.values, [GENERAL]))
    issue(desk, draft.id)
    notice = papers.start_draft(desk, case_id, "handling_notice")
    told = [one for one in papers.draft_sheet(desk, notice.id).problems if GENERAL in one.message]
    assert [(one.field, one.blocking) for one in told] == [("co_parties", False)]


def test_the_word_file_and_the_copy_for_the_public_name_every_party(
    desk: Desk, case_id: str
) -> None:
    draft = papers.start_draft(desk, case_id, ORDER)
    sheet = papers.draft_sheet(desk, draft.id)
    papers.save_draft(desk, draft.id, with_parties(desk, sheet.kind, sheet.values, [GENERAL]))
    docx = word_of(desk, papers.draft_sheet(desk, draft.id)).docx
    with ZipFile(BytesIO(docx)) as parts:
        words = re.sub("<[^>]+>", "", parts.read(DOCUMENT).decode())
    assert f"当事人二：{GENERAL}" in words
    assert f"青禾建筑劳务有限公司、{GENERAL}：" in words
    issue(desk, draft.id)
    public = text_of(public_copy(desk, draft.id, any_kind=True).pdf)
    assert f"青禾建筑劳务有限公司、{GENERAL}：" in public


def test_a_unit_nobody_knows_and_a_kind_for_one_are_refused(desk: Desk, case_id: str) -> None:
    sheet = papers.draft_sheet(desk, papers.start_draft(desk, case_id, ORDER).id)
    with pytest.raises(UserError, match="没有“某公司”这个单位"):
        with_parties(desk, sheet.kind, sheet.values, ["某公司"])
    with pytest.raises(UserError, match="没有“”"):
        with_parties(desk, sheet.kind, sheet.values, [" "])
    one = papers.kind_of(desk, "demand_letter")
    with pytest.raises(UserError, match="只写一个当事人"):
        with_parties(desk, one, {}, [GENERAL])
    assert with_parties(desk, one, {}, []) == {}
