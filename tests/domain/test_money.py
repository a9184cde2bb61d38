"""Amounts on screen, typed amounts and 大写, against the official examples and a second reading."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from inspector_app.domain.capital import capital
from inspector_app.domain.money import MAX_FEN, parse_yuan, yuan
from inspector_app.errors import UserError

amounts = st.integers(0, MAX_FEN)


@pytest.mark.parametrize(
    ("fen", "shown"),
    [
        (86_420_000, "864,200.00"),
        (0, "0.00"),
        (5, "0.05"),
        (-123_456, "-1,234.56"),
        (None, "—"),
    ],
)
def test_an_amount_is_shown_in_one_format(fen: int | None, shown: str) -> None:
    assert yuan(fen) == shown


@given(amounts)
def test_what_is_shown_can_be_typed_again(fen: int) -> None:
    assert parse_yuan(yuan(fen)) == fen


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("864200", 86_420_000),
        (" 864200.5 ", 86_420_050),
        ("￥1,227.56", 122_756),
        ("1227.56元", 122_756),
        ("１２２７．５６", 122_756),
        ("3.", 300),
        ("0", 0),
    ],
)
def test_a_typed_amount_becomes_fen(typed: str, fen: int) -> None:
    assert parse_yuan(typed) == fen


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "请填写金额"),
        ("元", "请填写金额"),
        ("-5", "金额不能是负数"),
        ("1.005", "金额最多写到分，小数点后不超过两位"),
        ("12,34", "“12,34”不是金额，请写成 864200.00 这样"),
        ("3万", "“3万”不是金额，请写成 864200.00 这样"),
        ("1000000000000", "金额过大，请核对单位是不是元"),
    ],
)
def test_a_doubtful_amount_is_refused_with_its_reason(typed: str, sentence: str) -> None:
    with pytest.raises(UserError) as told:
        parse_yuan(typed, field="due")
    assert (told.value.message, told.value.field) == (sentence, "due")


OFFICIAL = {
    140_950: "壹仟肆佰零玖元伍角",
    600_714: "陆仟零柒元壹角肆分",
    168_032: "壹仟陆佰捌拾元零叁角贰分",
    10_700_053: "壹拾万柒仟元零伍角叁分",
    1_640_902: "壹万陆仟肆佰零玖元零贰分",
    32_504: "叁佰贰拾伍元零肆分",
}


@pytest.mark.parametrize(("fen", "words"), OFFICIAL.items())
def test_the_six_examples_of_the_payment_rules_come_out(fen: int, words: str) -> None:
    assert capital(fen) == words


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "零元整"),
        (1, "壹分"),
        (10, "壹角"),
        (53, "伍角叁分"),
        (9_005, "玖拾元零伍分"),
        (1_000_530, "壹万零伍元叁角"),
        (30_500_007, "叁拾万伍仟元零柒分"),
        (10_000_653_501, "壹亿零陆仟伍佰叁拾伍元零壹分"),
        (100_010_000_000, "壹拾亿零壹拾万元整"),
        (107_000_000_000, "壹拾亿柒仟万元整"),
        (10_000_000_001, "壹亿元零壹分"),
        (MAX_FEN, "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_inner_zeros_are_said_once(fen: int, words: str) -> None:
    assert capital(fen) == words


@given(amounts)
@example(10_000_653_501)
@example(1_000_000_000_000)
def test_capitals_read_back_as_the_same_amount(fen: int) -> None:
    assert read_capital(capital(fen)) == fen


@given(amounts)
def test_capitals_obey_the_rules_of_zero_and_of_the_closing_word(fen: int) -> None:
    words = capital(fen)
    assert "零零" not in words
    assert "零万" not in words
    assert "零亿" not in words
    assert words.endswith("整") == (fen % 100 == 0)
    assert ("角" in words) == (fen // 10 % 10 != 0)
    if fen >= 100 and fen % 100 and fen // 10 % 10 == 0:
        assert "元零" in words


@pytest.mark.parametrize(
    ("fen", "sentence"),
    [(-1, "金额是负数，不能写成大写"), (MAX_FEN + 1, "金额过大，不能写成大写")],
)
def test_amounts_without_capitals_are_refused(fen: int, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        capital(fen)


def read_capital(words: str) -> int:
    """Read 大写 digit by digit, as a bank clerk would: independent of how it was written."""
    units = {"拾": 10, "佰": 100, "仟": 1000}
    total = section = digit = 0
    for char in words:
        if char in "零壹贰叁肆伍陆柒捌玖":
            digit = "零壹贰叁肆伍陆柒捌玖".index(char)
        elif char in units:
            section += digit * units[char]
            digit = 0
        elif char in "万亿":
            total += (section + digit) * (10_000 if char == "万" else 100_000_000)
            section = digit = 0
        elif char == "元":
            total = (total + section + digit) * 100
            section = digit = 0
        elif char in "角分":
            total += digit * (10 if char == "角" else 1)
            digit = 0
    return total
