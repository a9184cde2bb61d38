"""Who a paper is for: what it may say of the person who reported, and whether it is served."""

from dataclasses import replace

import pytest

from inspector_app.domain.clues import CluePerson
from inspector_app.domain.paper_values import dumps
from inspector_app.domain.papers import Audience, Paper, PaperState, ServiceMethod, Value
from inspector_app.errors import UserError
from inspector_app.services import papers
from inspector_app.services.case_sheet import case_sheet
from inspector_app.services.cases import new_case
from inspector_app.services.clue_filing import file_clue
from inspector_app.services.clues import register_clue
from inspector_app.services.desk import Desk
from inspector_app.services.home import overview
from inspector_app.services.leaks import leaks
from inspector_app.services.paper_registers import RegisterQuery, paper_register
from inspector_app.services.service_records import ServiceForm, record_service
from inspector_app.ui.pages.case.next_step import unserved
from inspector_app.ui.pages.papers_rows import state_key, state_words
from tests.helpers.desks import MONDAY, a_case_form, a_clue_form

INTERNAL = {
    "intake_form", "filing_approval", "extension_approval", "handling_approval",
    "investigation_report", "legal_review_opinion", "discussion_record", "withdrawal_approval",
    "crime_transfer_approval", "fund_advance_approval", "announcement_approval",
    "closing_approval", "check_approval", "file_cover", "file_contents", "file_note",
}  # fmt: skip
REPORTER = {"rejection_notice", "supplement_notice"}
OFFICE = {
    "referral_letter", "transfer_letter", "crime_transfer_letter", "supervision_letter",
    "enforcement_application", "deposit_payment_notice",
}  # fmt: skip
OWN = CluePerson("1", "1", "赵无畏", "13900000001", "41049919780312011x", confidential=True)
OTHER = CluePerson("2", "1", "钱有实", "13900000002", "410499197803120201", confidential=True)
OPEN = CluePerson("3", "1", "孙敢言", "13900000003", "410499197803120301", confidential=False)


def said(desk: Desk, kind_id: str, values: dict[str, Value]) -> list[str]:
    """What stops the issue, each with its field."""
    kind = desk.library.kinds[kind_id]
    return [f"{one.field}{one.message}" for one in leaks(kind, values, (OWN, OTHER, OPEN))]


def test_every_kind_has_the_audience_it_was_meant_for(desk: Desk) -> None:
    kinds = desk.library.kinds
    found = {
        audience: {one.id for one in kinds.values() if one.audience is audience}
        for audience in Audience
    }
    assert found[Audience.INTERNAL] == INTERNAL == set(filter(desk.library.is_internal, kinds))
    assert found[Audience.REPORTER] == REPORTER
    assert found[Audience.OFFICE] == OFFICE
    assert "rectification_order" in found[Audience.PARTY]


LISTED = {"no": "1", "name": "赵无畏", "id_number": "41049919780312011X", "owing": "100"}


def problems_of(
    desk: Desk, kind_id: str, field: str, *rows: dict[str, str]
) -> list[tuple[bool, str]]:
    """Whether each problem of a table stops the issue, and what it says."""
    found = leaks(desk.library.kinds[kind_id], {field: rows}, (OWN, OTHER, OPEN))
    return [(one.blocking, one.message) for one in found]


@pytest.mark.parametrize("kind_id", ["rectification_order", "handling_decision", "handling_notice"])
def test_a_claimant_who_reported_in_confidence_is_asked_about_and_may_stand_in_the_list(
    desk: Desk, kind_id: str
) -> None:
    kind = desk.library.kinds[kind_id]
    field = next(one.id for one in kind.fields if one.default == "claims.table")
    others = {"no": "2", "name": "孙敢言", "id_number": "410499197803120301"}

    [(blocking, words)] = problems_of(desk, kind_id, field, LISTED, others)

    assert not blocking
    assert "请确认本人同意列入" in words
    assert "赵无畏" not in words


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"name": "周某", "trade": "赵无畏班组"}, "姓名"),
        ({"name": "周某", "trade": "13900000001"}, "手机号"),
        ({"name": "周某", "id_number": "41049919780312011x"}, "身份证号"),
        ({"name": "周某", "trade": "举报人介绍"}, "举报、投诉的人"),
        ({"name": "赵无畏", "trade": "赵无畏（木工）"}, "姓名"),
    ],
)
def test_any_other_cell_that_tells_of_the_reporter_stops_the_issue(
    desk: Desk, cells: dict[str, str], said: str
) -> None:
    found = problems_of(desk, "rectification_order", "wage_table", cells)
    assert [said in words for blocking, words in found if blocking] == [True]


def test_a_table_that_is_no_list_of_claims_never_names_the_reporter(desk: Desk) -> None:
    promise = {"no": "1", "what": "支付工资", "who": "赵无畏"}
    assert [one for one, _ in problems_of(desk, "interview_record", "promises", promise)] == [True]
    assert problems_of(desk, "fund_advance_approval", "payees", LISTED) == []


def test_an_internal_paper_may_name_who_reported(desk: Desk) -> None:
    for kind_id in INTERNAL:
        texts = {one.id: "投诉人赵无畏13900000001" for one in desk.library.kinds[kind_id].fields}
        assert said(desk, kind_id, texts) == []


def test_the_party_learns_neither_name_nor_number_nor_that_anybody_reported(desk: Desk) -> None:
    told = said(desk, "rectification_order", {"facts": "投诉人赵无畏说，电话13900000003"})
    assert [one[:12] for one in told] == ["facts“查明的事实”"] * 3
    assert said(desk, "rectification_order", {"facts": "孙敢言在场"}) == []


@pytest.mark.parametrize(
    ("text", "stopped"),
    [
        ("请投诉人赵无畏补交收条，电话13900000001", ""),
        ("身份证41049919780312011X的复印件", ""),
        ("钱有实也签过名", "反映人的姓名"),
        ("电话13900000002", "别人的手机号或身份证号"),
        ("身份证410499197803120301", "别人的手机号或身份证号"),
    ],
)
def test_the_reporter_reads_of_himself_and_of_no_other(desk: Desk, text: str, stopped: str) -> None:
    told = said(desk, "supplement_notice", {"party": "赵无畏", "lacking": text})
    assert len(told) == bool(stopped)
    assert all(stopped in one for one in told)


def test_a_paper_to_a_reporter_the_clue_does_not_know_names_none_of_them(desk: Desk) -> None:
    values: dict[str, Value] = {"party": "李某", "reason": "赵无畏已经另行投诉"}
    assert len(said(desk, "rejection_notice", values)) == 1


@pytest.mark.parametrize(
    ("text", "stopped"),
    [
        ("投诉人孙敢言，13900000003，身份证410499197803120301", 0),
        ("工友周某，13900000009", 0),
        ("投诉人赵无畏", 1),
        ("电话13900000001", 1),
        ("赵无畏，41049919780312011X", 2),
    ],
)
def test_another_authority_reads_of_those_who_did_not_ask_for_confidence(
    desk: Desk, text: str, stopped: int
) -> None:
    told = said(desk, "referral_letter", {"matter": text})
    assert len(told) == stopped
    assert all("应当为其保密" in one for one in told)


def test_the_clue_tells_who_reported(desk: Desk) -> None:
    clue = register_clue(desk, a_clue_form(confidential=True, person_name="赵无畏"))
    case = file_clue(desk, clue.id, MONDAY)

    def told(kind: str, field: str) -> bool:
        draft = papers.start_draft(desk, case.id, kind, extra={"party": "赵无畏", field: "赵无畏"})
        found = papers.draft_sheet(desk, draft.id).problems
        return any("反映人的姓名" in one.message for one in found)

    assert told("interview_notice", "reason")
    assert told("transfer_letter", "facts")
    assert not told("supplement_notice", "lacking")
    assert not told("filing_approval", "facts")


# ── service ──────────────────────────────────────────────────────────────────────────────────
def issued(desk: Desk, case_id: str, kind_id: str, **values: Value) -> Paper:
    """A paper of that kind as a bureau that numbers all of them would have it."""
    draft = papers.start_draft(desk, case_id, kind_id, extra=values)
    kind = desk.library.kinds[kind_id]
    paper = replace(
        draft,
        state=PaperState.ISSUED,
        values=dumps(values, kind),
        number=f"演示{kind_id}号",
        issued_on=MONDAY,
        issued_by="李明",
        sha256="0" * 64,
        pages=1,
    )
    with desk.work("制发") as uow:
        uow.save(paper)
        uow.commit()
    return paper


def serve(desk: Desk, paper: Paper) -> None:
    form = ServiceForm((paper.id,), ServiceMethod.DIRECT, MONDAY, receiver="吴演示")
    record_service(desk, paper.case_id or "", form)


def test_what_is_internal_is_neither_served_nor_waits_for_it(desk: Desk) -> None:
    case = new_case(desk, a_case_form())
    inside = issued(desk, case.id, "discussion_record")
    order = issued(desk, case.id, "rectification_order", party="青禾建筑劳务有限公司")

    sheet = case_sheet(desk, case.id)
    assert [one.id for one in sheet.to_serve] == [one.id for one in unserved(sheet)] == [order.id]
    waiting = next(one for one in overview(desk).cards if one.key == "unserved")
    assert waiting.count == 1
    rows = {row.id: row for row in paper_register(desk, RegisterQuery(case_id=case.id))}
    assert (state_key(rows[inside.id]), state_words(rows[inside.id])) == ("served", "已制发")
    assert state_key(rows[order.id]) == "unserved"
    with pytest.raises(UserError, match="集体讨论记录是内部文书，不送达") as refused:
        serve(desk, inside)
    assert refused.value.field == "paper_ids"
    serve(desk, order)
    sheet = case_sheet(desk, case.id)
    assert [one.id for one in sheet.to_serve] == [order.id]
    assert unserved(sheet) == []


@pytest.mark.parametrize(
    ("kind_id", "label"), [("rectification_order", "改正期限"), ("supplement_notice", "补正日期")]
)
def test_a_day_that_has_passed_is_called_as_its_form_calls_it(
    desk: Desk, kind_id: str, label: str
) -> None:
    case = new_case(desk, a_case_form())
    paper = issued(desk, case.id, kind_id, deadline=MONDAY.replace(day=MONDAY.day - 1))
    with pytest.raises(UserError, match=f"号的{label}2026年"):
        serve(desk, paper)
