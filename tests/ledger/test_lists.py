"""Lists show what the ledger holds: filters, order, pages, sums."""

import dataclasses
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspector_app.domain.cases import Case, Source, Stage
from inspector_app.domain.claims import Settlement
from inspector_app.domain.clues import ClueState
from inspector_app.domain.inspections import Inspection, InspectionKind
from inspector_app.domain.papers import PaperState
from inspector_app.domain.parties import PartyRole, ProjectParty
from inspector_app.ledger import lines
from inspector_app.ledger.ledger import Ledger
from inspector_app.ledger.views import CasePage, CaseQuery, ClueQuery, Page, Sums
from tests.helpers.builders import (
    CITY,
    COUNTY,
    a_case,
    a_clue,
    a_project,
    a_worker_claim,
    an_employer,
    an_inspector,
)
from tests.ledger.scenes import NOW, a_draft, issued, put, put_case, save, take_away

# Four of them, so that a stage and an inspector of every second case fall together.
STAGES = (Stage.INTAKE, Stage.INVESTIGATION, Stage.RECTIFICATION, Stage.CLOSED)


def cases(ledger: Ledger, query: CaseQuery | None = None) -> CasePage:
    with ledger.read() as view:
        return view.case_rows(query or CaseQuery())


def many_cases(ledger: Ledger, count: int) -> None:
    put(ledger, an_employer(), a_project(), an_inspector(1))
    day = date(2026, 1, 1)
    put(
        ledger,
        *(
            a_case(
                id=f"case-{n:05d}",
                case_no=f"演示〔2026〕{n}号",
                filed_on=day + timedelta(days=n % 7) if n % 3 else None,
                stage=STAGES[n % len(STAGES)],
                stated_fen=n * 100 if n % 4 else None,
                stated_workers=n if n % 5 else None,
                lead_id="inspector-1" if n % 2 else None,
            )
            for n in range(count)
        ),
    )


def test_a_row_says_everything_the_list_shows(ledger: Ledger) -> None:
    put(ledger, an_inspector(1), an_inspector(2))
    put_case(ledger, lead_id="inspector-1", assist_id="inspector-2", filed_on=date(2026, 9, 23))
    (row,) = cases(ledger).rows
    assert (row.case_no, row.employer_name) == ("平人社监〔2026〕137号", "青禾建筑劳务有限公司")
    assert (row.project_name, row.lead_name, row.assist_name) == (
        "城东安置房三标段",
        "演示监察员1",
        "演示监察员2",
    )
    assert (row.stage, row.source, row.scope) == (Stage.INTAKE, Source.VISIT, COUNTY)
    assert (row.received_on, row.filed_on, row.closed_on) == (
        date(2026, 9, 21),
        date(2026, 9, 23),
        None,
    )
    assert (row.workers, row.amount_fen, row.paid_fen, row.owing_fen) == (
        37,
        86_420_000,
        0,
        86_420_000,
    )


def test_claims_take_the_place_of_what_was_reported_and_only_settlements_count_as_paid(
    ledger: Ledger,
) -> None:
    put_case(ledger)
    one = a_worker_claim(1, due_fen=1_000, paid_fen=100, withheld_fen=50)
    two = a_worker_claim(2, due_fen=2_000)
    put(ledger, *one, *two)
    paid = Settlement("settlement-1", "case-1", "claim-2", 700, date(2026, 9, 25))
    put(ledger, paid)
    (row,) = cases(ledger).rows
    assert (row.workers, row.amount_fen, row.paid_fen, row.owing_fen) == (2, 2_850, 700, 2_150)
    assert cases(ledger).sums == Sums(2, 2_850, 700, 2_150)
    take_away(ledger, paid, one.claim, two.claim)
    (row,) = cases(ledger).rows
    assert (row.workers, row.amount_fen, row.paid_fen) == (37, 86_420_000, 0)


def test_what_nobody_knows_stays_unknown_and_counts_as_nothing(ledger: Ledger) -> None:
    put_case(ledger, stated_workers=None, stated_fen=None, project_id=None)
    page = cases(ledger)
    (row,) = page.rows
    assert (row.workers, row.amount_fen, row.owing_fen, row.project_id) == (None,) * 4
    assert (page.total, page.sums) == (1, Sums())


def test_paying_too_much_shows_as_owing_less_than_nothing(ledger: Ledger) -> None:
    put_case(ledger)
    put(ledger, *a_worker_claim(1, due_fen=100, paid_fen=101))
    assert cases(ledger).rows[0].owing_fen == -1
    assert cases(ledger).sums.owing_fen == -1


def test_a_new_name_of_employer_project_or_inspector_shows_in_every_line(ledger: Ledger) -> None:
    put(ledger, an_inspector(1))
    put_case(ledger, lead_id="inspector-1")
    save(ledger, an_employer(name="新禾建筑劳务有限公司"))
    save(ledger, a_project(name="城西安置房"), an_inspector(1, name="演示监察员乙"))
    (row,) = cases(ledger).rows
    assert row.employer_name == "新禾建筑劳务有限公司"
    assert (row.project_name, row.lead_name) == ("城西安置房", "演示监察员乙")
    assert ledger.check() == []


def test_the_date_an_order_sets_shows_until_the_case_is_closed(ledger: Ledger) -> None:
    case = put_case(ledger)
    draft = a_draft(values='{"deadline":"2026-10-12"}')
    put(ledger, draft)
    assert cases(ledger).rows[0].order_due is None
    paper, entry = issued(draft)
    save(ledger, paper)
    put(ledger, entry)
    assert cases(ledger).rows[0].order_due == date(2026, 10, 12)
    save(ledger, dataclasses.replace(case, stage=Stage.CLOSED))
    assert cases(ledger).rows[0].order_due is None
    save(ledger, case)
    save(ledger, dataclasses.replace(paper, state=PaperState.VOID, void_reason="演示"))
    assert cases(ledger).rows[0].order_due is None
    assert ledger.check() == []


def test_filters_narrow_the_list_the_total_and_the_sums(ledger: Ledger) -> None:
    many_cases(ledger, 40)
    some = CaseQuery(stages=[Stage.INTAKE, Stage.CLOSED], lead_id="inspector-1")
    page = cases(ledger, some)
    assert {row.stage for row in page.rows} == {Stage.CLOSED}
    assert page.total == len(page.rows) == 10
    assert page.sums.amount_fen == sum(row.amount_fen or 0 for row in page.rows)
    assert page.sums.workers == sum(row.workers or 0 for row in page.rows)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (CaseQuery(scopes=["410403"]), ["b"]),
        (CaseQuery(sources=[Source.PETITION]), ["b"]),
        (CaseQuery(causes=["克扣工资"]), ["b"]),
        (CaseQuery(filed_year=2025), ["b"]),
        (CaseQuery(filed_year=2024), []),
        (CaseQuery(open_only=True), ["a"]),
        (CaseQuery(employer_id="employer-2"), ["b"]),
        (CaseQuery(project_id="project-1"), ["a"]),
        (CaseQuery(text="恒岳"), ["b"]),
        (CaseQuery(text="hysz"), ["b"]),
        (CaseQuery(text="安置房"), ["a"]),
        (CaseQuery(text="演示工人1"), ["a"]),
        (CaseQuery(text="2025〕8"), ["b"]),
        (CaseQuery(text="，。"), []),
        (CaseQuery(order="case_no"), ["b", "a"]),
        (CaseQuery(order="received_on asc", limit=1), ["b"]),
    ],
)
def test_each_filter_finds_its_case(ledger: Ledger, query: CaseQuery, found: list[str]) -> None:
    put_case(ledger, id="a", case_no="演示〔2026〕7号")
    put(ledger, an_employer(id="employer-2", name="恒岳市政工程有限公司", credit_code=""))
    other = a_case(
        id="b",
        case_no="演示〔2025〕8号",
        scope="410403",
        source=Source.PETITION,
        cause="克扣工资",
        stage=Stage.CLOSED,
        employer_id="employer-2",
        project_id=None,
        received_on=date(2025, 3, 1),
        filed_on=date(2025, 3, 2),
    )
    put(ledger, other, *a_worker_claim(1, case_id="a"))
    assert [row.id for row in cases(ledger, query).rows] == found


ORDERS = ["filed_on", "case_no", "amount_fen", "owing_fen", "workers", "employer_name", "stage"]


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25
)
@given(
    column=st.sampled_from(ORDERS),
    falling=st.booleans(),
    limit=st.integers(1, 60),
    open_only=st.booleans(),
)
def test_pages_give_every_row_once_and_in_order(
    ledger: Ledger, column: str, falling: bool, limit: int, open_only: bool
) -> None:
    if ledger.head()[0] == 0:
        many_cases(ledger, 50)
    order = f"{column} desc" if falling else column
    whole = cases(ledger, CaseQuery(order=order, limit=1000, open_only=open_only))
    assert whole.next is None
    query, seen = CaseQuery(order=order, limit=limit, open_only=open_only), []
    for _ in range(whole.total + 1):
        page = cases(ledger, query)
        assert (page.total, page.sums) == (whole.total, whole.sums)
        seen += page.rows
        if page.next is None:
            break
        query = dataclasses.replace(query, after=page.next)
    assert seen == list(whole.rows)
    assert len({row.id for row in seen}) == whole.total


def test_cases_not_yet_filed_come_last_in_the_usual_order(ledger: Ledger) -> None:
    many_cases(ledger, 20)
    days = [row.filed_on for row in cases(ledger).rows]
    filed = [day for day in days if day]
    assert filed == sorted(filed, reverse=True)
    assert days[len(filed) :] == [None] * 7


def test_what_is_changed_keeps_its_place_among_its_equals(ledger: Ledger) -> None:
    put(ledger, an_employer(), a_project())
    put(ledger, *(a_case(id=f"case-{n}", case_no=f"演示〔2026〕{n}号") for n in (1, 2, 3)))
    by_cause = CaseQuery(order="cause desc", limit=2)
    page = cases(ledger, by_cause)
    with ledger.read() as view:
        changed = dataclasses.replace(view.get(Case, "case-2"), note="改")
    save(ledger, changed)
    rest = cases(ledger, dataclasses.replace(by_cause, after=page.next))
    assert [row.id for row in (*page.rows, *rest.rows)] == ["case-3", "case-2", "case-1"]
    assert cases(ledger, by_cause).rows == page.rows


def test_the_line_of_a_case_goes_with_it(ledger: Ledger) -> None:
    put_case(ledger)
    with ledger.work("离开", actor="演示监察员1", at=NOW) as uow:
        uow.connection.exec_driver_sql('DELETE FROM "case"')
        uow.commit()
    assert cases(ledger).total == 0
    with ledger.read() as view:
        assert lines.wrong(view.connection) == []


@pytest.mark.parametrize("order", ["", "weather", "filed_on sideways", "id; DROP TABLE case"])
def test_a_list_sorts_by_its_own_columns_only(ledger: Ledger, order: str) -> None:
    with pytest.raises(ValueError, match="cannot sort"):
        cases(ledger, CaseQuery(order=order))


def test_clues_are_listed_filtered_and_summed(ledger: Ledger) -> None:
    put(
        ledger,
        a_clue(),
        a_clue(
            id="clue-2",
            clue_no="线2025-9",
            scope="410403",
            source=Source.PETITION,
            received_on=date(2025, 12, 30),
            employer_name="恒岳市政工程有限公司",
            state=ClueState.SETTLED,
            workers=None,
            amount_fen=None,
            flags=("信用代码校验位不符",),
        ),
    )

    def found(query: ClueQuery) -> list[str]:
        with ledger.read() as view:
            return [row.id for row in view.clue_rows(query).rows]

    assert found(ClueQuery()) == ["clue-1", "clue-2"]
    assert found(ClueQuery(order="amount_fen")) == ["clue-2", "clue-1"]
    assert found(ClueQuery(states=[ClueState.SETTLED])) == ["clue-2"]
    assert found(ClueQuery(scopes=["410402"], sources=[Source.VISIT])) == ["clue-1"]
    assert found(ClueQuery(received_year=2025)) == ["clue-2"]
    assert found(ClueQuery(text="恒岳")) == found(ClueQuery(text="hysz")) == ["clue-2"]
    with ledger.read() as view:
        first = view.clue_rows(ClueQuery(limit=1))
        second = view.clue_rows(ClueQuery(limit=1, after=first.next))
    assert (first.total, first.sums) == (2, Sums(37, 86_420_000))
    assert second.rows[0].flags == ("信用代码校验位不符",)
    assert (second.rows[0].workers, second.next) == (None, None)


def test_employers_and_projects_show_their_cases_and_what_is_owed(ledger: Ledger) -> None:
    put_case(ledger)
    put(ledger, a_case(id="case-2", case_no="二", stage=Stage.CLOSED, stated_fen=None))
    general = an_employer(id="employer-2", name="恒岳市政工程有限公司", credit_code="")
    put(ledger, general)
    put(ledger, ProjectParty("party-1", "project-1", "employer-2", PartyRole.GENERAL))
    with ledger.read() as view:
        (green, hengyue) = sorted(view.employer_rows(), key=lambda row: -row.cases)
        (project,) = view.project_rows()
        assert [row.id for row in view.employer_rows("qhjz")] == ["employer-1"]
        assert [row.id for row in view.employer_rows("91410402ma")] == ["employer-1"]
        assert [row.id for row in view.project_rows("安置房")] == ["project-1"]
        assert view.project_rows("青禾") == []
    assert (green.cases, green.open_cases, green.owing_fen) == (2, 1, 86_420_000)
    assert (hengyue.cases, hengyue.open_cases, hengyue.owing_fen) == (0, 0, 0)
    assert (project.general, project.owner) == ("恒岳市政工程有限公司", "")
    assert (project.cases, project.open_cases, project.owing_fen) == (2, 1, 86_420_000)


def test_counts_say_how_much_there_is(ledger: Ledger) -> None:
    put_case(ledger)
    put(ledger, a_case(id="case-2", case_no="二", stage=Stage.CLOSED), a_draft())
    put(ledger, a_clue(), a_clue(id="clue-2", clue_no="二", state=ClueState.REFUSED))
    visit = ("v-1", COUNTY, CITY, "construction", "1", InspectionKind.ROUTINE, date(2026, 9, 21))
    put(ledger, Inspection(*visit))
    with ledger.read() as view:
        counts = view.counts()
    assert (counts.cases, counts.open_cases, counts.clues, counts.open_clues) == (2, 1, 2, 1)
    assert (counts.employers, counts.projects, counts.inspections, counts.drafts) == (1, 1, 1, 1)
    assert counts.stages == {Stage.INTAKE: 1, Stage.CLOSED: 1}


def test_a_page_is_a_value() -> None:
    assert Page((), 0, Sums(), None) == Page((), 0, Sums(), None)
