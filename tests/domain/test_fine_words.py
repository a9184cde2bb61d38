"""Sums a text calls a fine."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.domain.capital import capital
from inspector_app.domain.fine_words import fines_named
from inspector_app.domain.money import yuan
from inspector_app.domain.paper_checks import check
from inspector_app.domain.paper_text import fill
from inspector_app.domain.workdays import WorkCalendar
from tests.helpers.desks import library

WAN = 1_000_000


@pytest.mark.parametrize(
    ("text", "fens"),
    [
        ("罚款人民币60000元", [6 * WAN]),
        ("警告，并处罚款60,000.50元。", [6 * WAN + 50]),
        ("处６万元罚款", [6 * WAN]),
        ("处以6.5万元的罚款", [65 * WAN // 10]),
        ("罚款（大写：陆万元整）", [6 * WAN]),
        ("罚款：十二万三千元", [123 * WAN // 10]),
        ("罚款两千元", [200_000]),
        ("对甲罚款6万元，对乙罚款4万元，罚款60000元", [6 * WAN, 4 * WAN]),
        ("没收违法所得5000元，并处罚款2万元", [2 * WAN]),
        ("责令停工，并处罚款。", []),
        ("按照每人500元罚款", []),
        ("罚款按每人200元计算", []),
        ("支付工资5000元", []),
        ("", []),
    ],
)
def test_what_is_called_a_fine(text: str, fens: list[int]) -> None:
    assert fines_named(text) == fens


@given(st.integers(min_value=1, max_value=9_999_999))
def test_every_way_to_write_a_sum_is_read(whole: int) -> None:
    fen = whole * 100
    assert fines_named(f"罚款人民币{yuan(fen)}元") == [fen]
    assert fines_named(f"处罚款{capital(fen)}。") == [fen]


KIND = library().kinds["penalty_decision"]


@pytest.mark.parametrize(
    ("penalty", "amount", "said"),
    [
        ("责令停工，并处罚款。", 6 * WAN, ""),
        ("罚款人民币6万元", 6 * WAN, ""),
        ("罚款人民币6万元", 20 * WAN, "写的罚款 60,000.00 元与“罚款数额” 200,000.00 元不一致"),
        ("罚款人民币6万元", None, "写的罚款 60,000.00 元没有填在“罚款数额”"),
        (None, 6 * WAN, ""),
    ],
)
def test_a_draft_names_one_fine_only(penalty: str | None, amount: int | None, said: str) -> None:
    values = {"penalty": penalty, "amount": amount}
    found = check(
        KIND,
        values,
        today=date(2026, 10, 14),
        calendar=WorkCalendar(frozenset(), frozenset(), 2026, 2026),
    )
    fines = [one for one in found if "罚款 6" in one.message]
    assert [one.field for one in fines] == (["penalty"] if said else [])
    assert all(said in one.message and one.blocking for one in fines)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [("罚款", "罚款。"), ("停工。", "停工。"), ("停工；", "停工；"), ("罚款，", "罚款。")],
)
def test_a_sentence_ends_with_a_full_stop(typed: str, printed: str) -> None:
    assert fill("{penalty|sentence}", {"penalty": typed}) == printed
