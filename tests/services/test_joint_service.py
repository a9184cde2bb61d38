"""Each party of a joint paper is served by itself: records, clocks, registers, undo."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from inspector_app.domain.inspections import Evidence
from inspector_app.domain.papers import Paper, Service, ServiceMethod
from inspector_app.domain.parties import Employer
from inspector_app.errors import UserError
from inspector_app.ledger.ids import new_id
from inspector_app.services import papers
from inspector_app.services.case_facts import CaseRows
from inspector_app.services.case_review import review_case
from inspector_app.services.case_sheet import case_sheet
from inspector_app.services.clocks import CaseClock
from inspector_app.services.clocks import clocks_of as clocks_of_rows
from inspector_app.services.desk import Desk
from inspector_app.services.facts import case_facts
from inspector_app.services.history import undo_last
from inspector_app.services.home import overview
from inspector_app.services.issuing import issue
from inspector_app.services.joint_parties import with_parties
from inspector_app.services.paper_registers import (
    NO_RECEIPT,
    UNSERVED,
    RegisterQuery,
    RegisterRow,
    missing_receipts,
    paper_register,
    service_register,
)
from inspector_app.services.parties import save_employer
from inspector_app.services.register_exports import MISSING_BOOK, SERVICE_BOOK
from inspector_app.services.service_records import ServiceForm, record_service
from inspector_app.services.todos import finish_todo
from tests.helpers.clocks import FILED, served, timed
from tests.helpers.clocks import made as in_memory
from tests.helpers.desks import on
from tests.helpers.forms import ORDER
from tests.helpers.ready import ready_case

UNIT, SECOND, THIRD = "青禾建筑劳务有限公司", "鹰城工程总承包有限公司", "远峰建设集团有限公司"
ALL = (UNIT, SECOND, THIRD)
MONDAY, TUESDAY, FRIDAY = date(2026, 9, 28), date(2026, 9, 29), date(2026, 10, 9)
INQUIRY, PROOF = "inquiry_notice", "proof_of_service"
ASKED = {
    "matter": "工资支付", "period": "2026年3月", "appear_date": date(2026, 10, 20),
    "appear_time": "09:30", "place": "三楼", "materials": ("劳动合同（总分）",),
}  # fmt: skip


@pytest.fixture
def case_id(desk: Desk) -> str:
    case_id = ready_case(desk)
    for number, name in enumerate((SECOND, THIRD)):
        code = f"91410400MA9K0000{number}X"
        save_employer(desk, Employer("", name, "", "", code, legal_person="郭某"))
    return case_id


def made(desk: Desk, case_id: str, kind: str = ORDER, **extra: object) -> Paper:
    draft = papers.start_draft(desk, case_id, kind, extra=extra)  # type: ignore[arg-type]  # values
    sheet = papers.draft_sheet(desk, draft.id)
    values = with_parties(desk, sheet.kind, sheet.values, [SECOND, THIRD])
    papers.save_draft(desk, draft.id, values)
    return issue(desk, draft.id)


def serve(
    desk: Desk, *served: Paper, to: tuple[str, ...] = (), day: date = MONDAY, **said: object
) -> tuple[Service, ...]:
    form = ServiceForm(
        tuple(one.id for one in served), ServiceMethod.DIRECT, day, receiver="郭某", parties=to
    )
    case = served[0].case_id or ""
    return record_service(on(desk, day), case, replace(form, **said))  # type: ignore[arg-type]  # by name


def row_of(desk: Desk, paper: Paper) -> RegisterRow:
    return next(one for one in paper_register(desk) if one.id == paper.id)


def clocks_of(desk: Desk, case_id: str, rule: str) -> list[CaseClock]:
    sheet = case_sheet(desk, case_id)
    return [one for one in sheet.clocks + sheet.past_clocks if one.rule == rule]


def test_one_act_on_several_parties_leaves_a_record_for_each(desk: Desk, case_id: str) -> None:
    paper = made(desk, case_id)
    first = serve(desk, paper, to=(THIRD, UNIT))
    assert [one.party for one in first] == [UNIT, THIRD]
    assert len({one.id for one in first}) == 2
    row = row_of(desk, paper)
    assert (row.served_on, row.to_serve, row.unserved) == (None, True, (SECOND,))
    assert (row.performance, row.method) == ("已送达 2/3", "直接送达")
    with pytest.raises(UserError, match=f"对{UNIT}已经登记过"):
        serve(desk, paper, to=(UNIT,), day=TUESDAY)
    (last,) = serve(desk, paper, day=TUESDAY, method=ServiceMethod.POST, waybill="EX1")
    assert last.party == SECOND
    row = row_of(desk, paper)
    assert (row.served_on, row.to_serve, row.unserved) == (TUESDAY, False, ())
    assert row.method == "直接送达、邮寄送达"
    with pytest.raises(UserError, match="已经登记过送达"):
        serve(desk, paper, day=TUESDAY)


def test_part_of_a_name_will_do_when_only_one_party_has_it(desk: Desk, case_id: str) -> None:
    paper = made(desk, case_id)
    with pytest.raises(UserError, match="没有“公司”这个当事人，待送达的是：青禾") as refused:
        serve(desk, paper, to=("公司",))
    assert refused.value.field == "parties"
    assert [one.party for one in serve(desk, paper, to=(" 远峰 ",))] == [THIRD]


def test_who_is_meant_is_asked_when_it_matters(desk: Desk, case_id: str) -> None:
    joint = made(desk, case_id)
    own = issue(desk, papers.start_draft(desk, case_id, ORDER).id)
    with pytest.raises(UserError, match="同一当事人的文书，请分开登记，或者写明"):
        serve(desk, joint, own)
    with pytest.raises(UserError, match="一张邮单只寄给一个当事人") as refused:
        serve(desk, joint, method=ServiceMethod.POST, waybill="EX1")
    assert refused.value.field == "parties"
    (both,) = serve(desk, joint, own, to=(UNIT,))
    assert (both.party, both.paper_ids) == (UNIT, (joint.id, own.id))
    assert row_of(desk, own).served_on == MONDAY
    assert row_of(desk, joint).unserved == (SECOND, THIRD)


def test_a_paper_to_one_party_is_stored_as_before(desk: Desk, case_id: str) -> None:
    own = issue(desk, papers.start_draft(desk, case_id, ORDER).id)
    with pytest.raises(UserError, match=f"没有“{SECOND}”这个当事人"):
        serve(desk, own, to=(SECOND,))
    (service,) = serve(desk, own, to=(UNIT,))
    assert service.party == ""


def test_the_record_of_an_older_program_serves_whom_its_note_names(
    desk: Desk, case_id: str
) -> None:
    paper = made(desk, case_id)
    old = Service(
        new_id(), case_id, (paper.id,), ServiceMethod.DIRECT, MONDAY,
        note=f"{UNIT}9月26日、{SECOND}、{THIRD}9月28日收到",
    )  # fmt: skip
    with desk.work("登记送达") as uow:
        uow.add(old)
        uow.commit()
    assert row_of(desk, paper).served_on == MONDAY
    (row,) = service_register(desk)
    assert row.party == "、".join(ALL)
    assert [one.lacks for one in missing_receipts(desk)] == [NO_RECEIPT] * 3
    scan(desk, case_id, f"送达回证 {paper.number}")
    assert missing_receipts(desk) == []


# ── clocks ───────────────────────────────────────────────────────────────────────────────────
def test_every_party_of_an_inquiry_answers_in_its_own_time(desk: Desk, case_id: str) -> None:
    paper = made(desk, case_id, INQUIRY, **ASKED)
    serve(desk, paper, to=(UNIT,))
    assert [(one.party, one.start) for one in clocks_of(desk, case_id, "D10")] == [(UNIT, MONDAY)]
    serve(desk, paper, day=FRIDAY, to=(SECOND, THIRD))
    later = on(desk, FRIDAY)
    found = {one.party: one for one in clocks_of(later, case_id, "D10")}
    assert {party: one.start for party, one in found.items()} == {
        UNIT: MONDAY, SECOND: FRIDAY, THIRD: FRIDAY
    }  # fmt: skip
    assert found[UNIT].due < found[SECOND].due == found[THIRD].due
    assert found[UNIT].title == f"{found[UNIT].name}（{UNIT}）"
    assert found[UNIT].why.startswith(f"{UNIT}：")
    todos = {todo.party: todo for todo in case_sheet(later, case_id).todos}
    assert {party: todo.due_on for party, todo in todos.items()} == {
        party: one.due for party, one in found.items()
    }
    finish_todo(later, todos[SECOND].id, FRIDAY)
    done = {one.party: one.done_on for one in clocks_of(later, case_id, "D10")}
    assert done == {UNIT: None, SECOND: FRIDAY, THIRD: None}


def test_the_day_an_order_sets_holds_from_the_first_party_on(desk: Desk, case_id: str) -> None:
    paper = made(desk, case_id)
    serve(desk, paper, to=(SECOND,))
    (clock,) = clocks_of(desk, case_id, "ORDER")
    assert (clock.start, clock.due, clock.party) == (MONDAY, date(2026, 10, 10), "")
    facts = case_sheet(desk, case_id).situation.facts
    assert not facts.has(f"served:{ORDER}")
    assert not facts.has(f"deadline:{ORDER}")
    serve(desk, paper, day=TUESDAY)
    later = on(desk, TUESDAY)
    (clock,) = clocks_of(later, case_id, "ORDER")
    assert (clock.start, clock.due) == (MONDAY, date(2026, 10, 10))
    assert f"送达{SECOND}、于2026年9月29日（星期二）送达{UNIT}" in clock.why
    assert len(case_sheet(later, case_id).todos) == 1
    facts = case_sheet(later, case_id).situation.facts
    assert [fact.on for fact in facts.each(f"served:{ORDER}")] == [TUESDAY]


def test_a_notice_counts_for_its_party_when_it_was_published_long_enough(
    desk: Desk, case_id: str
) -> None:
    paper = made(desk, case_id, INQUIRY, **ASKED)
    said = {"method": ServiceMethod.PUBLICATION, "receiver": "", "reason": "下落不明"}
    serve(desk, paper, to=(THIRD,), media="某日报", **said)
    serve(desk, paper, to=(UNIT, SECOND), day=TUESDAY)
    assert {one.party for one in clocks_of(on(desk, TUESDAY), case_id, "D10")} == {UNIT, SECOND}
    late = on(desk, date(2026, 11, 3))
    assert {one.party for one in clocks_of(late, case_id, "D10")} == set(ALL)


def test_a_party_that_is_too_late_for_the_order_needs_its_own(desk: Desk, case_id: str) -> None:
    paper = made(desk, case_id)
    serve(desk, paper, to=(UNIT, SECOND))
    with pytest.raises(UserError, match=f"对{THIRD}请另做一份"):
        serve(desk, paper, day=date(2026, 10, 12))


# ── who else knows ───────────────────────────────────────────────────────────────────────────
def test_registers_have_a_line_for_each_party(desk: Desk, case_id: str, tmp_path: Path) -> None:
    paper = made(desk, case_id)
    assert [(row.party, row.lacks) for row in missing_receipts(desk)] == [
        (name, UNSERVED) for name in ALL
    ]
    assert len({row.id for row in missing_receipts(desk)}) == 3
    serve(desk, paper, to=(UNIT, SECOND))
    assert sorted(row.party for row in service_register(desk)) == sorted((UNIT, SECOND))
    lacks = {row.party: row.lacks for row in missing_receipts(desk)}
    assert lacks == {UNIT: NO_RECEIPT, SECOND: NO_RECEIPT, THIRD: UNSERVED}
    wanted = [row.id for row in missing_receipts(desk) if row.party == THIRD]
    assert len(missing_receipts(desk, RegisterQuery(ids=wanted))) == 1
    assert [row.party for row in missing_receipts(desk, RegisterQuery(party="远峰"))] == [THIRD]
    assert SERVICE_BOOK.export(desk, tmp_path / "s.xlsx").rows == 2
    assert MISSING_BOOK.export(desk, tmp_path / "m.xlsx").rows == 3


def scan(desk: Desk, case_id: str, note: str) -> None:
    one = Evidence(
        new_id(), "0" * 64, "回证.jpg", "image/jpeg", 1, MONDAY, case_id=case_id, note=note
    )
    with desk.work("登记证据") as uow:
        uow.add(one)
        uow.commit()


def test_a_receipt_is_of_the_party_it_names(desk: Desk, case_id: str) -> None:
    paper = made(desk, case_id)
    serve(desk, paper)
    rows = ({"title": "文书", "number": paper.number},)
    known = papers.draft_sheet(desk, papers.start_draft(desk, case_id, PROOF).id).values
    draft = papers.start_draft(desk, case_id, PROOF)
    proof = known | {"party": SECOND, "papers": rows, "place": "项目部", "cause": "拖欠工资"}
    papers.save_draft(desk, draft.id, proof)
    issue(desk, draft.id)
    scan(desk, case_id, f"{UNIT}的送达回证 {paper.number}")
    assert [row.party for row in missing_receipts(desk)] == [THIRD]
    assert {row.party: row.receipt for row in service_register(desk)} == {
        UNIT: True, SECOND: True, THIRD: False
    }  # fmt: skip


def test_until_the_last_party_has_it_nothing_says_served(desk: Desk, case_id: str) -> None:
    paper = made(desk, case_id)

    def all_served() -> bool:
        return any(
            line.row.name == "编号文书全部送达" and line.met
            for section in review_case(desk, case_id).review.sections
            for line in section.lines
        )

    before = case_facts(desk, case_id)
    assert [row["number"] for row in before["papers.to_serve"]] == [paper.number]  # type: ignore[union-attr,index]  # a table
    serve(desk, paper, to=(UNIT, SECOND))
    sheet, facts = case_sheet(desk, case_id), case_facts(desk, case_id)
    assert [one.id for one in sheet.unserved] == [paper.id]
    assert sheet.waiting(paper.id) == (THIRD,)
    assert facts[f"paper.{ORDER}.served_on"] is None
    assert facts["papers.to_serve"] == ()
    assert papers.paper_list(desk, case_id=case_id)[0].served_on is None
    assert next(one.count for one in overview(desk).cards if one.key == "unserved") == 1
    serve(desk, paper)
    assert case_facts(desk, case_id)[f"paper.{ORDER}.served_on"] == MONDAY
    assert next(one.count for one in overview(desk).cards if one.key == "unserved") == 0
    assert papers.paper_list(desk, case_id=case_id)[0].served_on == MONDAY
    assert case_sheet(desk, case_id).unserved == []


def test_one_step_back_takes_every_record_of_the_act(desk: Desk, case_id: str) -> None:
    paper = made(desk, case_id)
    serve(desk, paper, to=(UNIT,))
    serve(desk, paper)
    undo_last(desk)
    sheet = case_sheet(desk, case_id)
    assert [one.party for one in sheet.services] == [UNIT]
    assert sheet.waiting(paper.id) == (SECOND, THIRD)


def test_what_starts_where_another_term_ends_runs_for_each_party_too() -> None:
    kind = "penalty_decision"
    values = {"party": UNIT, "co_parties": [{"name": SECOND}, {"name": THIRD}]}
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    paper = replace(in_memory("p", kind, MONDAY), values=text)
    days = {UNIT: MONDAY, SECOND: date(2026, 10, 9)}
    records = [replace(served("p", day), id=name, party=name) for name, day in days.items()]
    rows = CaseRows(FILED, papers=[paper], services=records)
    found = clocks_of_rows(timed(date(2027, 5, 6)), rows)
    for rule in ("D21", "D24"):
        ends = {one.party: one.ends for one in found if one.rule == rule}
        assert set(ends) == {UNIT, SECOND}
        assert ends[UNIT] < ends[SECOND]
