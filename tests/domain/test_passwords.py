"""A password is good enough for a stolen disk, and wrong ones make one wait longer and longer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.domain.passwords import LONGEST_WAIT, problem_of, wait_after


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("", "至少 8 位"),
        ("abc1234", "至少 8 位"),
        ("20260928", "至少 12 位"),
        ("12345678901", "至少 12 位"),
        ("abababab", "重复的字符太多"),
        ("李明李明2026", "不要用自己的姓名"),
        ("李明12345", "至少 8 位"),
        ("202609281234", ""),
        ("平顶山-2026", ""),
        ("wages paid in full", ""),
    ],
)
def test_what_is_too_weak_says_why(password: str, said: str) -> None:
    problem = problem_of(password, "李明")
    assert said in problem
    assert bool(problem) == bool(said)


@given(st.integers(0, 10_000))
def test_waiting_grows_and_has_an_end(failed: int) -> None:
    assert 0 <= wait_after(failed) <= wait_after(failed + 1) <= LONGEST_WAIT


def test_the_first_slips_cost_nothing() -> None:
    assert [wait_after(failed) for failed in range(7)] == [0, 0, 0, 5, 10, 20, 40]
