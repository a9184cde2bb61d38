"""Numbers of papers: apart or together, by the year or running on, and the ways between."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector_app.domain.papers import NumberEntry, NumberState, Paper, PaperState
from inspector_app.errors import UserError
from inspector_app.ledger.ids import new_id
from inspector_app.services.cases import new_case
from inspector_app.services.check import check
from inspector_app.services.desk import Desk
from inspector_app.services.issuing import issue
from inspector_app.services.numbers import BEFORE, restate, take_paper_number
from inspector_app.services.papers import start_draft
from inspector_app.services.settings import get, save
from tests.helpers.desks import a_case_form, make_desk, on
from tests.helpers.ready import ready_draft

ORDER, CALL, INQUIRY = "rectification_order", "interview_notice", "inquiry_notice"
APART, TOGETHER = "各文种分别编号", "全部文书统一编号"
YEARLY, RUNNING = "每年从 1 号起", "跨年连续编号"


def a_case(desk: Desk) -> str:
    return new_case(desk, a_case_form()).id


def numbered(desk: Desk, case_id: str, kind: str, day: date) -> str:
    """The number of a paper as if issued that day; its page is not the subject here."""
    desk = on(desk, day)
    page = desk.files.put(b"%PDF")
    with desk.work("制发") as uow:
        paper = Paper(new_id(), case_id, kind, "1", PaperState.DRAFT, "{}")
        uow.add(paper)
        number = take_paper_number(desk, uow, desk.library.kinds[kind], paper.id)
        uow.save(
            replace(
                paper, state=PaperState.ISSUED, number=number, issued_on=day, sha256=page, pages=1
            )
        )
        restate(uow, paper.id, NumberState.ISSUED)
        uow.commit()
    return number


def test_each_kind_counts_for_itself_until_the_bureau_says_otherwise(desk: Desk) -> None:
    case, day = a_case(desk), desk.today()
    assert [numbered(desk, case, kind, day)[-9:] for kind in (ORDER, CALL, ORDER)] == [
        "〔2026〕第1号", "〔2026〕第1号", "〔2026〕第2号",
    ]  # fmt: skip
    save(desk, {"paper_series": TOGETHER})
    assert numbered(desk, case, CALL, day) == "平人社监约字〔2026〕第2号"
    assert numbered(desk, case, INQUIRY, day) == "平人社监询字〔2026〕第3号"


def test_one_series_of_all_kinds_needs_no_kind_in_its_number(desk: Desk) -> None:
    with pytest.raises(UserError, match=r"缺少“\{文种\}”"):
        save(desk, {"paper_number_template": "{机关}〔{年}〕{序号:4}号"})
    save(desk, {"paper_series": TOGETHER, "paper_number_template": "{机关}〔{年}〕{序号:4}号"})
    case = a_case(desk)
    made = [numbered(desk, case, kind, desk.today()) for kind in (ORDER, CALL)]
    assert made == ["平人社〔2026〕0001号", "平人社〔2026〕0002号"]
    with pytest.raises(UserError, match=r"缺少“\{文种\}”"):
        save(desk, {"paper_series": APART})
    assert get(desk, "paper_series") == TOGETHER


def test_numbers_that_run_on_do_not_begin_again_with_the_year(desk: Desk) -> None:
    save(desk, {"paper_restart": RUNNING})
    case = a_case(desk)
    days = (date(2026, 12, 31), date(2027, 1, 4), date(2028, 1, 3))
    made = [numbered(desk, case, ORDER, day) for day in days]
    assert [one.removeprefix("平人社监令字") for one in made] == [
        "〔2026〕第1号", "〔2027〕第2号", "〔2028〕第3号",
    ]  # fmt: skip
    with pytest.raises(UserError, match=r"缺少“\{年\}”"):
        save(desk, {"paper_restart": YEARLY, "paper_number_template": "{文种}第{序号}号"})


def test_a_number_from_before_is_passed_over_and_told_in_the_register(desk: Desk) -> None:
    case, day = a_case(desk), desk.today()
    before = [numbered(desk, case, ORDER, day) for _ in range(3)]
    save(desk, {"paper_restart": RUNNING})
    assert numbered(desk, case, ORDER, day) == "平人社监令字〔2026〕第4号"
    assert before[-1] == "平人社监令字〔2026〕第3号"
    with desk.ledger.read() as view:
        passed = view.find(NumberEntry, year=0, state=NumberState.VOID)
    assert {one.no for one in passed} == {1, 2, 3}
    assert {one.reason for one in passed} == {BEFORE}
    assert check(desk) == []


def test_a_clock_set_back_is_told_for_the_whole_series(desk: Desk) -> None:
    draft = ready_draft(desk)
    case = a_case(desk)
    numbered(desk, case, CALL, date(2026, 10, 9))
    save(desk, {"paper_series": TOGETHER})
    with pytest.raises(UserError, match="上一号文书的日期是2026年10月9日，晚于今天"):
        issue(desk, draft)
    save(desk, {"paper_series": APART})
    assert issue(desk, draft).number == "平人社监令字〔2026〕第1号"


moves = st.lists(
    st.one_of(
        st.tuples(st.just("paper"), st.sampled_from((ORDER, CALL, INQUIRY)), st.integers(0, 400)),
        st.tuples(st.just("paper_series"), st.sampled_from((APART, TOGETHER)), st.just(0)),
        st.tuples(st.just("paper_restart"), st.sampled_from((YEARLY, RUNNING)), st.just(0)),
        st.tuples(
            st.just("paper_number_template"),
            st.sampled_from(
                (
                    "{机关}{文种}〔{年}〕第{序号}号",
                    "{文种}【{年}】{序号:4}",
                    "{机关}{监察}{文种}[{年}]第{序号}号",
                )
            ),
            st.just(0),
        ),
    ),
    min_size=4,
    max_size=16,
)  # fmt: skip


@settings(max_examples=12, deadline=None)
@given(moves)
def test_however_the_bureau_changes_its_mind_no_number_comes_twice(
    steps: list[tuple[str, str, int]],
) -> None:
    with TemporaryDirectory() as folder:
        desk = make_desk(Path(folder))
        case, day, made = a_case(desk), desk.today(), list[str]()
        for what, value, days in steps:
            if what == "paper":
                day = date.fromordinal(day.toordinal() + days)
                made.append(numbered(desk, case, value, day))
            else:
                save(desk, {what: value})
        assert len(set(made)) == len(made)
        assert [one for one in check(desk) if one.kind == "number"] == []
        desk.ledger.close()


def test_a_kind_without_a_series_takes_none(desk: Desk) -> None:
    case = a_case(desk)
    start_draft(desk, case, "proof_of_service")
    assert numbered(desk, case, "proof_of_service", desk.today()) == ""
