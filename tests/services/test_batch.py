"""Many papers at once: one file in filing order, one number each, one meeting for many parties."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from inspector_app.domain.cases import Case
from inspector_app.domain.papers import Paper, PaperState, ServiceMethod
from inspector_app.errors import OutsideError, UserError
from inspector_app.services import batch
from inspector_app.services.batch import (
    bundle,
    cases_of_parties,
    draft_meeting,
    export_bundle,
    filing_order,
    issue_all,
)
from inspector_app.services.cases import new_case
from inspector_app.services.claims import ClaimForm, add_claims
from inspector_app.services.desk import Desk
from inspector_app.services.issuing import issue, pdf
from inspector_app.services.papers import draft_sheet, paper_list, save_draft, start_draft
from inspector_app.services.service_records import ServiceForm, record_service
from inspector_app.services.settings import save
from tests.helpers.desks import MONDAY, a_case_form, two_inspectors
from tests.helpers.steps import close_case
from tests.papers.pdf import text_of

CALL, ORDER = "interview_notice", "rectification_order"
MEETING = {
    "attendee": "法定代表人（负责人）",
    "interview_date": date(2026, 10, 13),
    "interview_time": "09:30",
    "place": "三楼会议室",
    "explain_by": date(2026, 10, 12),
}


@pytest.fixture
def cases(desk: Desk) -> list[Case]:
    """Three units, each with a case of its own; the first has a worker who is owed wages."""
    lead, assist = two_inspectors(desk)
    save(desk, {"address": "平顶山市某路1号", "phone": "0375-0000000", "contact": "李明"})
    forms = [
        a_case_form(
            employer=f"演示{name}公司", credit_code="", lead_id=lead.id, assist_id=assist.id
        )
        for name in "甲乙丙"
    ]
    made = [new_case(desk, form) for form in forms]
    add_claims(desk, made[0].id, [ClaimForm("王演示", 1_000_000)])
    return made


def ids(items: list[Case]) -> list[str]:
    return [one.id for one in items]


# ── 集中约谈 ─────────────────────────────────────────────────────────────────────────────────
def test_one_meeting_makes_one_draft_for_each_party_in_its_own_case(
    desk: Desk, cases: list[Case]
) -> None:
    drafts = draft_meeting(desk, ids(cases), MEETING)
    sheets = [draft_sheet(desk, one.id) for one in drafts]
    assert [sheet.values["party"] for sheet in sheets] == ["演示甲公司", "演示乙公司", "演示丙公司"]
    assert {sheet.values["interview_date"] for sheet in sheets} == {date(2026, 10, 13)}
    assert [one.case_id for one in drafts] == ids(cases)
    assert all(one.number == "" and one.state is PaperState.DRAFT for one in drafts)
    assert "王" not in str(sheets[0].values["reason"])
    assert "10,000.00" in str(sheets[0].values["reason"])  # drawn from the party's own case


def test_all_are_numbered_one_after_another(desk: Desk, cases: list[Case]) -> None:
    told: list[tuple[int, int]] = []
    drafts = draft_meeting(desk, ids(cases), MEETING)
    done = issue_all(desk, [one.id for one in drafts], lambda *at: told.append(at))
    assert done.stopped is None
    assert [one.number for one in done.papers] == [
        f"平人社监约字〔2026〕第{number}号" for number in (1, 2, 3)
    ]
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert desk.ledger.check() == []


def test_each_party_that_was_called_is_served_with_its_own_notice(
    desk: Desk, cases: list[Case]
) -> None:
    drafts = draft_meeting(desk, ids(cases), MEETING)
    issue_all(desk, [one.id for one in drafts])
    first, second, third = drafts
    for one in (first, third):
        form = ServiceForm((one.id,), ServiceMethod.DIRECT, MONDAY, receiver="吴演示")
        assert [made.party for made in record_service(desk, one.case_id or "", form)] == [""]
    served = {row.id: (row.served_on, row.deliveries[0].party) for row in paper_list(desk)}
    assert served == {first.id: (MONDAY, ""), second.id: (None, ""), third.id: (MONDAY, "")}


def test_drafts_are_one_action_that_is_taken_back_at_once(desk: Desk, cases: list[Case]) -> None:
    draft_meeting(desk, ids(cases), MEETING)
    last = desk.ledger.last_undoable(desk.actor)
    assert last is not None
    assert last.action == "集中约谈：起草约谈通知书"
    desk.ledger.undo(last.changeset_id, actor=desk.actor, at=desk.now())
    assert paper_list(desk) == []


def test_a_unit_with_several_cases_is_called_once(desk: Desk, cases: list[Case]) -> None:
    again = new_case(desk, a_case_form(employer="演示甲公司", credit_code="", project="另一工程"))
    drafts = draft_meeting(desk, [again.id, *ids(cases), again.id], MEETING)
    assert [one.case_id for one in drafts] == [again.id, cases[1].id, cases[2].id]


def test_employers_are_called_in_their_latest_open_case(desk: Desk, cases: list[Case]) -> None:
    later = a_case_form(
        employer="演示甲公司", credit_code="", project="另一工程", received_on=MONDAY,
        filed_on=None,
    )  # fmt: skip
    again = new_case(desk, later)
    units = [one.employer_id for one in cases]
    assert ids(cases_of_parties(desk, [units[0], units[1], units[0]])) == [again.id, cases[1].id]
    close_case(desk, cases[1].id, MONDAY)
    with pytest.raises(UserError, match="演示乙公司没有在办的案件") as refused:
        cases_of_parties(desk, units)
    assert refused.value.field == "employers"


def test_many_units_without_a_case_are_not_all_listed(desk: Desk, cases: list[Case]) -> None:
    for case in cases:
        close_case(desk, case.id, MONDAY)
    more = [
        new_case(desk, a_case_form(employer=f"演示{n}号公司", credit_code="")) for n in range(4)
    ]
    for case in more:
        close_case(desk, case.id, MONDAY)
    with pytest.raises(UserError, match="等 7 家没有在办"):
        cases_of_parties(desk, [one.employer_id for one in (*cases, *more)])


def test_a_meeting_of_nobody_is_refused(desk: Desk) -> None:
    with pytest.raises(UserError, match="请选择要约谈的单位"):
        draft_meeting(desk, [], MEETING)


# ── issuing ──────────────────────────────────────────────────────────────────────────────────
def test_a_batch_stops_at_the_first_bad_one_and_says_which(desk: Desk, cases: list[Case]) -> None:
    drafts = [one.id for one in draft_meeting(desk, ids(cases), MEETING)]
    bad = draft_sheet(desk, drafts[1])
    save_draft(desk, drafts[1], bad.values | {"place": None})

    done = issue_all(desk, drafts)

    assert [one.id for one in done.papers] == drafts[:1]
    assert done.stopped is not None
    assert (done.stopped.paper_id, done.stopped.party) == (drafts[1], "演示乙公司")
    assert (done.stopped.title, done.stopped.field) == ("约谈通知书", "place")
    assert "约谈地点" in done.stopped.message
    assert draft_sheet(desk, drafts[2]).paper.state is PaperState.DRAFT
    save_draft(desk, drafts[1], bad.values)
    again = issue_all(desk, drafts[1:])  # goes on where it stopped, without a gap
    assert [one.number[-3:] for one in again.papers] == ["第2号", "第3号"]


def test_one_that_is_gone_stops_it_too(desk: Desk) -> None:
    done = issue_all(desk, ["nothing"])
    assert done.stopped is not None
    assert (done.stopped.title, done.stopped.party) == ("文书", "")


def test_a_batch_can_be_stopped_between_two_papers(desk: Desk, cases: list[Case]) -> None:
    drafts = [one.id for one in draft_meeting(desk, ids(cases), MEETING)]
    done: list[int] = []
    result = issue_all(
        desk, [*drafts, drafts[0]], lambda at, _all: done.append(at), lambda: len(done) == 2
    )
    assert (len(result.papers), result.cancelled) == (2, True)
    assert result.stopped is None


# ── one file ─────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def papers(desk: Desk, cases: list[Case]) -> list[Paper]:
    """An order, a notice and the proof of service of the first case; a notice of the second."""
    meeting = draft_meeting(desk, ids(cases[:2]), MEETING)
    order = issue(desk, start_draft(desk, cases[0].id, ORDER).id)
    notices = [issue(desk, one.id) for one in meeting]
    served = {"papers": ({"title": "约谈通知书", "number": notices[0].number},), "place": "门口"}
    proof = start_draft(desk, cases[0].id, "proof_of_service", extra=served)
    return [order, *notices, issue(desk, proof.id)]


def test_papers_lie_by_case_in_the_order_of_the_file(desk: Desk, papers: list[Paper]) -> None:
    order, first, second, proof = papers
    wanted = [second.id, proof.id, order.id, first.id]
    assert [one.id for one in filing_order(desk, wanted)] == [
        first.id, proof.id, order.id, second.id,
    ]  # fmt: skip


def test_they_make_one_file_with_bookmarks(desk: Desk, papers: list[Paper], tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    made = bundle(desk, [one.id for one in papers], progress=lambda *at: told.append(at))
    assert told[-1] == (4, 4)
    with pikepdf.open(BytesIO(made.pdf)) as file, file.open_outline() as outline:
        titles = [one.title for one in outline.root]
        assert len(file.pages) == made.pages == sum(one.pages for one in papers)
    assert titles == [
        f"约谈通知书　{papers[1].number}", "送达回证", f"限期改正指令书　{papers[0].number}",
        f"约谈通知书　{papers[2].number}",
    ]  # fmt: skip
    text = text_of(made.pdf)
    assert text.count("约谈通知书") >= 3
    out = export_bundle(desk, [one.id for one in papers], tmp_path / "all.pdf")
    assert (tmp_path / "all.pdf").read_bytes() == out.pdf == made.pdf
    with pytest.raises(OutsideError, match="没有写成"):
        export_bundle(desk, [papers[0].id], tmp_path / "no" / "all.pdf")


def test_on_both_sides_each_paper_begins_on_a_sheet_of_its_own(
    desk: Desk, papers: list[Paper]
) -> None:
    made = bundle(desk, [one.id for one in papers], both_sides=True)
    with pikepdf.open(BytesIO(made.pdf)) as file, file.open_outline() as outline:
        starts = [file.pages.index(pikepdf.Page(one.destination[0])) for one in outline.root]
        assert len(file.pages) % 2 == 0
    assert all(start % 2 == 0 for start in starts)
    assert len(starts) == 4


def test_copies_and_drafts_bear_their_mark(desk: Desk, cases: list[Case]) -> None:
    (draft,) = draft_meeting(desk, ids(cases[:1]), MEETING)
    assert "草" in text_of(bundle(desk, [draft.id]).pdf)
    issued = issue(desk, draft.id)
    assert text_of(bundle(desk, [issued.id], mark="副本").pdf).count("副本") >= 1
    assert text_of(bundle(desk, [issued.id]).pdf) == text_of(pdf(desk, issued.id))


def test_nothing_chosen_is_told(desk: Desk) -> None:
    with pytest.raises(UserError, match="请选择文书"):
        bundle(desk, [])


def test_the_kind_of_a_meeting_is_one_that_calls_somebody(desk: Desk) -> None:
    assert desk.library.kinds[batch.MEETING].series == "interview"
