"""Steps as a whole: their stage, their day, their papers, and the case after them."""

from dataclasses import replace
from datetime import date

import pytest

from inspector_app.domain.cases import Stage
from inspector_app.domain.facts import Fact
from inspector_app.domain.guards.situation import Attempt, Refusal, Situation
from inspector_app.domain.procedure import StepRow
from inspector_app.domain.steps import (
    GUARDS,
    Examined,
    check_place,
    examine,
    moved,
    time_has_come,
)
from inspector_app.errors import UserError
from tests.helpers.builders import a_case
from tests.helpers.situations import TODAY, a_situation, an_attempt, event, november, october, paper

DAY = october(14)


def names(refusals: tuple[Refusal, ...]) -> list[str]:
    return [one.guard for one in refusals]


def place(case: Situation, attempt: Attempt) -> str:
    """The sentence with which a step is refused for its place or day; "" when it is not."""
    try:
        check_place(case, attempt)
    except UserError as error:
        return error.message
    return ""


def test_a_step_without_its_paper_is_refused_with_article_and_remedy() -> None:
    (refusal,) = examine(a_situation(), an_attempt("order", DAY)).refusals
    assert (refusal.guard, refusal.message, refusal.hard) == ("papers", "没有限期改正指令书", False)
    assert "第十八条第一款" in refusal.article
    assert refusal.sentence.endswith("用“登记程序外制作的文书”补登。")
    made = a_situation(paper("rectification_order", DAY))
    assert examine(made, an_attempt("order", DAY)).refusals == ()


def test_a_paper_made_after_the_step_does_not_count_for_it() -> None:
    case = a_situation(paper("rectification_order", october(15)))
    (refusal,) = examine(case, an_attempt("order", DAY)).refusals
    assert refusal.message == "限期改正指令书的制作日期 2026年10月15日 晚于责令改正日期"


def test_a_paper_has_to_be_served_by_the_day_of_the_step() -> None:
    decided = an_attempt("deliver", DAY)
    unserved = a_situation(paper("penalty_decision", october(1)))
    assert examine(unserved, decided).refusals[0].message == "行政处罚决定书还没有送达"
    late = a_situation(paper("penalty_decision", october(1), october(15)))
    message = "行政处罚决定书的送达日期 2026年10月15日 晚于决定书已送达日期"
    assert examine(late, decided).refusals[0].message == message
    assert examine(a_situation(paper("penalty_decision", october(1), DAY)), decided).refusals == ()


def test_papers_of_a_decision_that_was_undone_do_not_serve_the_next() -> None:
    old = paper("penalty_decision", october(1), october(2))
    case = a_situation(old, event("reopen", october(10)))
    assert (
        examine(case, an_attempt("deliver", DAY)).refusals[0].message == "行政处罚决定书还没有送达"
    )
    order = a_situation(paper("rectification_order", october(1)), event("reopen", october(10)))
    assert examine(order, an_attempt("order", DAY)).refusals == ()


def test_what_was_said_after_the_decision_was_not_heard_before_it() -> None:
    """Entered late, a step is held to what had happened on its day."""
    case = a_situation(
        paper("penalty_notice", DAY, DAY),
        event("penalty_notice", DAY, outcome="plain", codes=("KJ-01",), amount_fen=300_000),
        paper("penalty_decision", DAY),
        event("statement_waive", october(20)),
        ends={"D13": october(21)},
    )
    said = {"amount_fen": 300_000, "approver": "周岚"}
    early = examine(case, an_attempt("penalty_decision", october(19), **said))
    assert names(early.refusals) == ["statement_over"]
    assert examine(case, an_attempt("penalty_decision", october(20), **said)).refusals == ()


def test_a_reminder_refuses_only_where_the_bureau_is_strict() -> None:
    filing = an_attempt("file", DAY)
    told = examine(a_situation(), filing)
    assert (told.refusals, names(told.reminders)) == ((), ["papers", "approved"])
    assert all(one.advised for one in told.reminders)
    strict = examine(a_situation(), filing, strict=True)
    assert (names(strict.refusals), strict.reminders) == (["papers", "approved"], ())
    assert strict.may_pass


def test_one_hard_refusal_keeps_everybody_out() -> None:
    soft, hard = Refusal("a", "甲", "", ""), Refusal("b", "乙", "条", "补", hard=True)
    assert Examined((soft,), ()).may_pass
    assert not Examined((soft, hard), ()).may_pass
    assert (soft.sentence, hard.sentence) == ("甲。", "乙（条）。补。")


def test_a_refusal_cites_the_article_of_the_act_the_term_or_the_step() -> None:
    case = a_situation(extendable=frozenset({"D06"}), articles={"D06": "《河南》第十六条"})
    act = an_attempt("penalty_notice", DAY, codes=("GZ-09",), amount_fen=1, outcome="hearing")
    found = {one.guard: one.article for one in examine(case, act).refusals}
    assert found["order_unheeded"] == found["in_range"]
    assert "第五十六条第（一）项" in found["order_unheeded"]
    term = an_attempt("extend", DAY, rules=("D06",), approver="周岚", note="演示")
    assert examine(case, term).refusals[0].article == "《河南》第十六条"
    nothing = an_attempt("extend", DAY, approver="周岚", note="演示")
    assert examine(case, nothing).refusals[0].article == "《劳动保障监察条例》第十七条"
    (bare,) = examine(case, an_attempt("advise", DAY)).refusals
    assert (bare.guard, bare.article) == ("reason", "《劳动保障监察条例》第二十一条第二款")
    superior = examine(a_situation(suspension=False), an_attempt("suspend", DAY)).refusals[0]
    assert superior.article == "全国没有中止、终止的规定"


def test_the_stage_must_be_right_and_the_way_there_is_named() -> None:
    message = place(a_situation(), an_attempt("archive", DAY))
    assert message.startswith(
        "本案在“调查取证”阶段，不能归档（《中华人民共和国行政处罚法》第四十七条"
    )
    assert "要先到“已结案”" in message
    assert "现在可以责令改正、" in message
    ended = place(a_situation(stage=Stage.REJECTED), an_attempt("archive", DAY))
    assert ended.endswith("现在没有后续步骤")
    nameless = StepRow("x", "演示", (Stage.INTAKE,))
    assert "不能演示，要先到“登记受理”" in place(a_situation(), Attempt(step=nameless, on=DAY))


def test_what_must_come_first_must_have_come_by_that_day() -> None:
    send = an_attempt("crime_send", DAY)
    first = "移送公安机关之前要先登记“批准移送”"
    assert place(a_situation(), send).startswith(first)
    assert place(a_situation(event("crime_approve", october(15))), send).startswith(first)
    assert place(a_situation(event("crime_approve", DAY)), send) == ""


def test_the_outcome_is_one_of_those_there_are() -> None:
    case = a_situation()
    known = "呈报处理要写明结果：plain（一般案件）、complex（情节复杂或者重大）"
    assert place(case, an_attempt("submit", DAY)) == known
    assert place(case, an_attempt("submit", DAY, outcome="odd")) == known
    assert place(case, an_attempt("submit", DAY, outcome="plain")) == ""


def test_a_step_is_taken_neither_tomorrow_nor_before_the_case_came() -> None:
    case = a_situation()
    tomorrow = date(2027, 1, 1)
    assert place(case, an_attempt("site_visit", TODAY)) == ""
    assert (
        place(case, an_attempt("site_visit", tomorrow))
        == "到现场日期不能晚于今天（2026年12月31日）"
    )
    assert place(case, an_attempt("site_visit", date(2026, 9, 1))) == ""
    early = place(case, an_attempt("site_visit", date(2026, 8, 31)))
    assert early == "到现场日期不能早于收到线索日期 2026年9月1日"


def test_a_move_is_not_before_the_filing_nor_before_the_move_before() -> None:
    filed = replace(a_case(received_on=date(2026, 9, 1), stage=Stage.INVESTIGATION), filed_on=DAY)
    submit = an_attempt("submit", october(13), outcome="plain")
    refused = "呈报处理日期不能早于立案日期 2026年10月14日"
    assert place(a_situation(case=filed), submit) == refused
    visit = an_attempt("site_visit", october(13))
    assert place(a_situation(case=filed), visit) == ""
    later = event("order", october(20), from_stage="Z3", to_stage="Z5")
    at_order = a_situation(
        later, event("recheck", october(25), outcome="partly"), stage=Stage.RECTIFICATION
    )
    again = an_attempt("submit", october(19), outcome="plain")
    assert place(at_order, again) == "呈报处理日期不能早于上一步日期 2026年10月20日"
    assert place(at_order, an_attempt("submit", october(20), outcome="plain")) == ""


def test_a_case_closes_after_everything_that_was_done_in_it() -> None:
    done = (
        event("withdraw", DAY, from_stage="Z3", to_stage="Z8a"),
        event("site_visit", october(20)),
    )
    deadline = Fact("deadline:rectification_order", november(30))
    case = a_situation(*done, facts=[deadline], stage=Stage.WITHDRAWN)
    assert "最后一次办理日期 2026年10月20日" in place(case, an_attempt("close", october(19)))
    assert place(case, an_attempt("close", october(20))) == ""


def test_a_day_that_is_written_lies_between_the_step_and_today() -> None:
    case = a_situation()

    def until(step: str, day: date, **said: str) -> str:
        return place(case, an_attempt(step, DAY, until=day, **said))

    assert until("outside_paper", DAY) == until("outside_paper", TODAY) == ""
    assert until("outside_paper", october(13)).endswith(
        "写的2026年10月13日早于办理日期 2026年10月14日"
    )
    assert until("outside_paper", date(2027, 1, 1)).endswith("写的日期不能晚于今天")
    assert until("stop", october(13), outcome="other")
    assert until("stop", date(2027, 1, 1), outcome="other") == ""
    assert until("order_deadline", october(13)) == until("order_deadline", date(2027, 1, 1)) == ""


def test_a_step_moves_the_case_and_a_fact_leaves_it() -> None:
    case = a_situation(stage=Stage.INTAKE)
    filed = moved(case, an_attempt("file", DAY))
    assert (filed.stage, filed.filed_on) == (Stage.INVESTIGATION, DAY)
    assert moved(case, an_attempt("advise", DAY)).stage is Stage.DISPUTE
    assert moved(case, an_attempt("site_visit", DAY)) is case.case


def test_closing_writes_day_and_note_and_reopening_takes_them_away() -> None:
    closed = moved(a_situation(stage=Stage.WITHDRAWN), an_attempt("close", DAY, note=" 已改正 "))
    assert (closed.stage, closed.closed_on, closed.closing_note) == (Stage.CLOSED, DAY, "已改正")
    filed_away = moved(a_situation(case=closed), an_attempt("archive", DAY))
    assert (filed_away.stage, filed_away.closed_on) == (Stage.ARCHIVED, DAY)
    for before in (closed, filed_away):
        again = moved(a_situation(case=before), an_attempt("reopen", DAY))
        assert (again.stage, again.closed_on, again.closing_note) == (Stage.APPROVAL, None, "")


def test_a_suspended_case_comes_back_to_where_it_was() -> None:
    stops = [
        event("suspend", day, from_stage=stage) for day, stage in [(DAY, "Z3"), (october(20), "Z5")]
    ]
    for events in (stops, reversed(stops)):
        case = a_situation(*events, stage=Stage.SUSPENDED)
        assert moved(case, an_attempt("resume", october(25))).stage is Stage.RECTIFICATION


def test_beforehand_only_what_time_and_papers_lack_is_said() -> None:
    procedure = a_situation().procedure
    found = time_has_come(a_situation(has_evidence=False), procedure.steps["penalty_notice"])
    assert names(found) == ["papers", "evidence"]
    held = time_has_come(a_situation(stage=Stage.HEARING), procedure.steps["hearing_held"])
    assert "host_independent" not in names(held)
    assert "hearing_set" in names(held)


def test_beforehand_closing_names_what_each_way_lacks_until_one_lacks_nothing() -> None:
    close = a_situation().procedure.steps["close"]
    (refusal,) = time_has_come(a_situation(stage=Stage.RECTIFICATION), close)
    assert refusal.guard == "closing"
    assert "按“责令改正后已改正”还缺" in refusal.message
    assert "按“移送公安且行政事项已处理”还缺" in refusal.message
    withdrawn = a_situation(event("withdraw", DAY), stage=Stage.WITHDRAWN)
    assert time_has_come(withdrawn, close) == ()


@pytest.mark.parametrize("name", GUARDS)
def test_a_guard_is_called_by_the_name_of_its_function(name: str) -> None:
    assert GUARDS[name].__name__ == name
