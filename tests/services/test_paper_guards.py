"""A decision is not approved or issued while the party may still be heard, nor with another sum."""

from dataclasses import replace
from datetime import date

import pytest

from inspector_app.domain.cases import Stage
from inspector_app.domain.events import CaseEvent
from inspector_app.domain.guards.situation import Refusal
from inspector_app.domain.papers import PaperState, ServiceMethod, Value
from inspector_app.errors import UserError
from inspector_app.services.cases import new_case
from inspector_app.services.claims import ClaimForm, add_claims
from inspector_app.services.desk import Desk
from inspector_app.services.issuing import issue
from inspector_app.services.paper_guards import guard_problems, paper_refusals
from inspector_app.services.paper_life import ApprovalForm, approve
from inspector_app.services.papers import draft_sheet, kind_of, start_draft
from inspector_app.services.service_records import ServiceForm, record_service
from inspector_app.services.settings import save
from inspector_app.services.steps import StepForm, StepRefusedError, take_step
from tests.helpers.desks import a_case_form, on, two_inspectors
from tests.helpers.steps import LEADER, a_leader, step

TOLD = date(2026, 10, 14)
SOON = date(2026, 10, 16)
LAST = date(2026, 10, 21)  # the fifth working day after
OVER = date(2026, 10, 22)
YUAN = 100
HANDLING: dict[str, Value] = {
    "evidence": "考勤记录", "articles": "《劳动合同法》第三十条", "basis": "《监察条例》第十八条",
    "decision": "支付附件列明的工资。", "statement": "你单位在规定期限内没有提出陈述、申辩。",
    "party_address": "平顶山市某路1号", "deadline": date(2026, 11, 30), "facts": "拖欠工资。",
}  # fmt: skip
FINE: dict[str, Value] = {
    "evidence": "检查笔录", "articles": "《演示条例》第一条", "basis": "《演示条例》第二条",
    "reason": "没有从轻、从重情节。", "facts": "没有提供材料。", "penalty": "罚款。",
}  # fmt: skip
DECIDED: dict[str, Value] = {
    **FINE, "statement": "你单位没有提出陈述、申辩。", "party_address": "平顶山市某路1号",
    "perform": "到指定的银行缴纳。", "hearing": "你单位在规定期限内没有要求听证。",
}  # fmt: skip


@pytest.fixture
def case_id(desk: Desk) -> str:
    """A filed case of two inspectors with wages on file; the office can write decisions."""
    lead, assist = two_inspectors(desk)
    a_leader(desk)
    save(desk, {"address": "平顶山市某路1号", "phone": "0375-0000000", "contact": "李明"})
    save(desk, {"review_body": "平顶山市人民政府", "court": "平顶山市某区人民法院"})
    case = new_case(desk, a_case_form(lead_id=lead.id, assist_id=assist.id))
    add_claims(desk, case.id, [ClaimForm("王演示", 1_000_000)])
    return case.id


def known(desk: Desk, kind: str, said: dict[str, Value]) -> dict[str, Value]:
    """Of the values those the kind asks for."""
    fields = {field.id for field in kind_of(desk, kind).fields}
    return {key: value for key, value in said.items() if key in fields}


def issued(desk: Desk, case_id: str, kind: str, extra: dict[str, Value]) -> str:
    """A paper that is issued today, approved where its kind wants that."""
    draft = start_draft(desk, case_id, kind, extra=known(desk, kind, extra))
    if draft_sheet(desk, draft.id).kind.approval:
        approve(desk, draft.id, ApprovalForm(LEADER, "同意", desk.today()))
    return issue(desk, draft.id).id


def served(desk: Desk, case_id: str, paper_id: str) -> None:
    form = ServiceForm(
        (paper_id,), ServiceMethod.DIRECT, desk.today(), receiver="高某某", relation="负责人"
    )
    record_service(desk, case_id, form)


def fined(desk: Desk, case_id: str, fen: int, hearing: str, **more: str) -> None:
    """The party was told of a fine on TOLD; `outcome` of the step, `you` of the notice."""
    told = on(desk, TOLD)
    step(told, case_id, "submit", TOLD, outcome="plain")
    said = FINE | {"amount": fen, "hearing": hearing, "you": more.get("you", "你单位")}
    served(told, case_id, issued(told, case_id, "penalty_notice", said))
    outcome = more.get("outcome", "hearing" if hearing == "是" else "plain")
    step(told, case_id, "penalty_notice", TOLD, amount_fen=fen, codes=("KJ-01",), outcome=outcome)


def refused(desk: Desk, case_id: str, kind: str, extra: dict[str, Value]) -> str:
    """Neither approved nor issued today; a draft there is all the same."""
    draft = start_draft(desk, case_id, kind, extra=known(desk, kind, extra))
    with pytest.raises(UserError) as error:
        issue(desk, draft.id)
    if draft_sheet(desk, draft.id).kind.approval:
        with pytest.raises(UserError) as error:
            approve(desk, draft.id, ApprovalForm(LEADER, "同意", desk.today()))
    assert draft_sheet(desk, draft.id).paper.state is PaperState.DRAFT
    return str(error.value)


def test_a_decision_waits_until_the_time_to_be_heard_is_over(desk: Desk, case_id: str) -> None:
    told = on(desk, TOLD)
    step(told, case_id, "submit", TOLD, outcome="plain")
    notice = issued(told, case_id, "handling_notice", HANDLING)
    served(told, case_id, notice)
    step(told, case_id, "handling_notice", TOLD)
    for day in (SOON, LAST):
        said = refused(on(desk, day), case_id, "handling_decision", HANDLING)
        assert "陈述申辩的时间也没有过（《劳动保障监察条例》第十九条）" in said
        assert "等陈述申辩期满" in said
    later = on(desk, OVER)
    issued(later, case_id, "handling_decision", HANDLING)
    assert step(later, case_id, "handling_decision", OVER).stage is Stage.PERFORMANCE


def test_a_fine_waits_for_the_hearing_too(desk: Desk, case_id: str) -> None:
    fined(desk, case_id, 300_000, "是")
    said = refused(on(desk, TOLD), case_id, "penalty_decision", DECIDED)
    assert "陈述申辩的时间也没有过" in said
    assert "要求听证的期限还没有届满" in said
    later = on(desk, OVER)
    issued(later, case_id, "penalty_decision", DECIDED)
    assert step(later, case_id, "penalty_decision", OVER, amount_fen=300_000).stage is Stage.DECIDED


def test_a_fine_in_the_paper_is_the_one_of_the_law_the_notice_and_the_step(
    desk: Desk, case_id: str
) -> None:
    fined(desk, case_id, 300_000, "否")
    later = on(desk, OVER)
    heavier = DECIDED | {"amount": 400_000, "hearing": None}
    assert "处罚数额高于告知书的数额" in refused(later, case_id, "penalty_decision", heavier)
    other = DECIDED | {"amount": 300_000, "penalty": "罚款人民币60000元"}
    said = refused(later, case_id, "penalty_decision", other)
    assert "写的罚款 60,000.00 元与“罚款数额” 3,000.00 元不一致" in said
    unsaid = other | {"amount": None}
    assert "没有填在“罚款数额”" in refused(later, case_id, "penalty_decision", unsaid)

    issued(later, case_id, "penalty_decision", DECIDED | {"amount": 300_000})
    with pytest.raises(StepRefusedError, match=r"与文书不一致.*3,000\.00 元") as error:
        step(later, case_id, "penalty_decision", OVER, amount_fen=250_000)
    assert not error.value.may_pass
    assert step(later, case_id, "penalty_decision", OVER, amount_fen=300_000).stage is Stage.DECIDED


def test_a_leader_approves_with_a_reason_what_the_law_leaves_open(desk: Desk, case_id: str) -> None:
    """依法减轻 below the range (处罚法 32) is let pass at the paper as it is at the step."""
    fined(desk, case_id, 300_000, "否")
    later = on(desk, OVER)
    said = known(desk, "penalty_decision", DECIDED | {"amount": 100_000, "hearing": None})
    draft = start_draft(later, case_id, "penalty_decision", extra=said)
    form = ApprovalForm(LEADER, "同意", OVER)
    with pytest.raises(UserError, match=r"对单位罚款应在.*请填写放行理由") as error:
        approve(later, draft.id, form)
    assert error.value.field == "override_why"
    approve(later, draft.id, replace(form, override_why="配合查处，依法减轻"))
    with later.ledger.read() as view:
        (event,) = view.find(CaseEvent, case_id=case_id, step="approve_paper")
    assert event.overridden == ("in_range",)
    assert (event.override_by, event.override_why) == (LEADER, "配合查处，依法减轻")

    assert issue(later, draft.id).number
    passed = {"override_by": LEADER, "override_why": "依法减轻"}
    step(later, case_id, "penalty_decision", OVER, amount_fen=100_000, **passed)


def test_the_right_to_a_hearing_is_told_by_the_notice_itself(desk: Desk, case_id: str) -> None:
    told = on(desk, TOLD)
    step(told, case_id, "submit", TOLD, outcome="plain")
    said = FINE | {"amount": 50_000 * YUAN, "hearing": "否"}
    assert "达到听证标准" in refused(told, case_id, "penalty_notice", said)

    served(told, case_id, issued(told, case_id, "penalty_notice", said | {"amount": 300_000}))
    form = StepForm(
        step="penalty_notice", on=TOLD, amount_fen=300_000, codes=("KJ-01",), outcome="hearing"
    )
    with pytest.raises(StepRefusedError, match="没有写听证权利"):
        take_step(told, case_id, form)
    take_step(told, case_id, replace(form, outcome="plain"))


def test_a_notice_that_tells_of_a_hearing_is_recorded_as_one(desk: Desk, case_id: str) -> None:
    """Else its five days would not run."""
    with pytest.raises(StepRefusedError, match="这里没有选“告知听证”"):
        fined(desk, case_id, 300_000, "是", outcome="plain")


def test_the_fine_of_a_citizen_is_held_against_the_figure_for_citizens(
    desk: Desk, case_id: str
) -> None:
    told = on(desk, TOLD)
    said = FINE | {"amount": 5_000 * YUAN, "hearing": "否", "you": "你"}
    assert "对个人罚款 5,000.00 元达到听证标准" in refused(told, case_id, "penalty_notice", said)


def test_a_citizen_who_employs_is_fined_as_the_notice_told(desk: Desk, case_id: str) -> None:
    fined(desk, case_id, 300_000, "否", you="你")
    later, said = on(desk, OVER), DECIDED | {"amount": 300_000, "hearing": None, "you": "你"}
    issued(later, case_id, "penalty_decision", said)
    assert step(later, case_id, "penalty_decision", OVER, amount_fen=300_000).stage is Stage.DECIDED


def test_without_approval_what_may_be_let_pass_is_only_told(desk: Desk, case_id: str) -> None:
    fined(desk, case_id, 300_000, "否")
    later = on(desk, OVER)
    soft = Refusal("in_range", "对单位罚款应在……之间", "处罚法 4", "按幅度填写")
    kind = kind_of(later, "penalty_notice")
    (told,) = guard_problems((soft,), kind, None)
    assert not told.blocking
    assert told.message.endswith("按幅度填写；负责人批准时写明放行理由的除外")


def test_a_paper_of_no_case_has_no_step(desk: Desk) -> None:
    kind = kind_of(desk, "penalty_notice")
    with desk.ledger.read() as view:
        assert paper_refusals(desk, view, None, kind, {}, TOLD) == ()
