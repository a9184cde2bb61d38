"""What a paper prints of the worker list that may be wrong is told before it is issued."""

import pytest

from inspector_app.domain.papers import PaperProblem
from inspector_app.services import papers
from inspector_app.services.claims import ClaimForm, add_claims
from inspector_app.services.desk import Desk
from inspector_app.services.issuing import issue
from inspector_app.services.settings import save
from tests.helpers.ready import ORDER, ready_case

WANG = ClaimForm("王登记", 500_000, id_number="410499197803120113", period_from="2026-05")
WRONG = ClaimForm("李登记", 300_000, id_number="410499197803120114", period_from="2026-05")


@pytest.fixture
def case_id(desk: Desk) -> str:
    """A case whose order can be issued as it stands."""
    return ready_case(desk)


def warnings(desk: Desk, case_id: str, kind: str = ORDER) -> list[PaperProblem]:
    """What the check says of the list; nothing of it stops the issue."""
    found = papers.draft_sheet(desk, papers.start_draft(desk, case_id, kind).id).problems
    told = [one for one in found if "重叠" in one.message or "身份证号有误" in one.message]
    assert not any(one.blocking for one in told)
    return told


def test_a_sum_listed_twice_is_told_and_may_be_issued(desk: Desk, case_id: str) -> None:
    add_claims(desk, case_id, [WANG])
    assert warnings(desk, case_id) == []
    add_claims(desk, case_id, [WANG], again=True)

    (told,) = warnings(desk, case_id)

    assert told.field == "amount"
    assert told.message.count("王登记（2026年5月，应发 5,000.00 元）") == 2
    assert issue(desk, papers.start_draft(desk, case_id, ORDER).id).number


def test_a_sum_that_is_paid_is_on_no_paper_and_not_told(desk: Desk, case_id: str) -> None:
    paid = ClaimForm("王登记", 500_000, paid_fen=500_000, id_number=WANG.id_number)
    add_claims(desk, case_id, [WANG, paid], again=True)

    assert warnings(desk, case_id) == []


@pytest.mark.parametrize("masked", ["是", "否"])
def test_a_number_that_cannot_be_right_is_told(desk: Desk, case_id: str, masked: str) -> None:
    save(desk, {"table_mask_id": masked})
    add_claims(desk, case_id, [WANG, WRONG])

    (told,) = warnings(desk, case_id)

    assert told.field == "wage_table"
    assert "李登记的身份证号有误（校验位" in told.message


def test_of_many_wrong_numbers_the_first_few_are_told(desk: Desk, case_id: str) -> None:
    add_claims(desk, case_id, [WRONG] * 8, again=True)
    draft = papers.start_draft(desk, case_id, ORDER)
    values = papers.draft_sheet(desk, draft.id).values
    rows = tuple(
        {"no": str(n), "name": f"李{n}", "id_number": WRONG.id_number, "owing": "1"}
        for n in range(8)
    )

    found = papers.save_draft(desk, draft.id, values | {"wage_table": rows})

    told = [one.message for one in found if one.field == "wage_table" and not one.blocking]
    assert sum("身份证号有误" in one for one in told) == 5
    assert any(one.endswith("这样的另有 3 处") for one in told)


@pytest.mark.parametrize(
    ("number", "told"), [(WRONG.id_number, 1), (WANG.id_number, 0), ("护照", 0)]
)
def test_the_number_of_one_person_is_looked_at_too(
    desk: Desk, case_id: str, number: str, told: int
) -> None:
    draft = papers.start_draft(desk, case_id, "intake_form", extra={"id_number": number})

    found = papers.draft_sheet(desk, draft.id).problems

    assert sum("身份证号有误" in one.message for one in found) == told
