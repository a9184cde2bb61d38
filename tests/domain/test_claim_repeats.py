"""Rows of a worker list that may be the same sum twice."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.domain.claim_repeats import ListedClaim, repeats

ID, OTHER = "410499197803120113", "41049919850921018X"
WANG = ListedClaim("王演示", ID, "2026-05", "2026-07", 1_000_000)


@pytest.mark.parametrize(
    "other",
    [
        WANG,
        replace(WANG, id_number=""),
        replace(WANG, id_number=f" {ID} ", name="王眼示"),
        replace(WANG, period_from="2026-07", period_to="2026-09"),
        replace(WANG, period_from="2026-06", period_to=""),
        replace(WANG, period_from="", period_to="2026-05"),
        replace(WANG, period_from="", period_to="", due_fen=1),
    ],
)
def test_one_person_with_months_in_common_is_listed_twice(other: ListedClaim) -> None:
    assert list(repeats([WANG, other])) == [(WANG, other)]
    assert list(repeats([other, WANG])) == [(other, WANG)]


@pytest.mark.parametrize(
    "other",
    [
        replace(WANG, id_number=OTHER),
        replace(WANG, name="李演示", id_number=""),
        replace(WANG, period_from="2026-08", period_to="2026-08"),
        replace(WANG, period_from="2026-04", period_to=""),
    ],
)
def test_another_person_or_other_months_is_another_sum(other: ListedClaim) -> None:
    assert list(repeats([WANG, other])) == []


def test_a_row_is_told_by_name_months_and_sum() -> None:
    assert WANG.words == "王演示（2026年5月至7月，应发 10,000.00 元）"
    assert replace(WANG, period_from="", period_to="").words.startswith("王演示（没写欠薪月份，")


@given(
    st.lists(
        st.builds(
            ListedClaim,
            st.sampled_from(("王演示", "李演示")),
            st.sampled_from(("", ID, OTHER)),
            st.sampled_from(("2026-05", "2026-06")),
            st.sampled_from(("2026-06", "2026-07")),
            st.just(1),
        ),
        max_size=6,
    )
)
def test_every_row_that_meets_an_earlier_one_is_told_once(rows: list[ListedClaim]) -> None:
    again = [row for _, row in repeats(rows)]

    expected = [row for n, row in enumerate(rows) if any(list(repeats([o, row])) for o in rows[:n])]
    assert again == expected
