"""Credit codes and identity numbers: what is good, what is wrong, and in which words."""

import csv
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from inspector_app.domain.credit_code import check_credit_code
from inspector_app.domain.identity import check_id_number
from tests.helpers.builders import an_employer
from tests.helpers.real_data import shared_data

TODAY = date(2026, 11, 22)
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("9151170005216076X9", "9151170005216076X9"),
        ("9151170005216076x9", "9151170005216076X9"),
        (" 9151 1700 0521-6076X9\n", "9151170005216076X9"),
        ("９１５１１７０００５２１６０７６Ｘ９", "9151170005216076X9"),
    ],
)
def test_a_good_credit_code_is_tidied(typed: str, code: str) -> None:
    assert check_credit_code(typed).code == code
    assert check_credit_code(typed).problem == ""


def test_codes_of_rural_collectives_start_with_letters_and_are_good() -> None:
    start = "N2410402MF0000000"
    assert check_credit_code(start + uscc.calc_check_digit(start)).problem == ""


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("91520382MAAJM1B991", "校验位不符，应为 J，现为 1"),
        ("", "没有填写统一社会信用代码"),
        ("9151170005216076X", "应为 18 位，现有 17 位"),
        ("410400000012345", "应为 18 位，现有 15 位，像是旧的工商注册号"),
        ("05216076X", "应为 18 位，现有 9 位，像是旧的组织机构代码"),
        ("915117000521607OX9", "第 16 位不能是“O”，可能是数字 0"),
        ("915117000521607VX9", "第 16 位不能是“V”"),
        ("91511A0005216076X9", "第 6 位应为数字（登记机关行政区划），现为“A”"),
        ("9.15117E+17", "被表格软件改成了科学记数，末几位已丢失，请重新核对"),
    ],
)
def test_a_wrong_credit_code_says_what_is_wrong(typed: str, problem: str) -> None:
    assert check_credit_code(typed).problem == problem


@given(st.text(ALPHABET, min_size=9, max_size=9), st.integers(0, 999_999), st.integers(0, 16))
def test_one_wrong_character_is_always_noticed(tail: str, region: int, place: int) -> None:
    start = f"91{region:06d}{tail}"
    code = start + uscc.calc_check_digit(start)
    assert check_credit_code(code).problem == ""
    other = "1" if code[place] != "1" else "2"
    assert check_credit_code(code[:place] + other + code[place + 1 :]).problem


def test_the_invented_employer_has_a_good_code() -> None:
    assert check_credit_code(an_employer().credit_code).problem == ""


@pytest.mark.real_data
def test_one_of_the_ten_public_codes_fails_its_check_digit() -> None:
    path = shared_data("cn_cases", "wage_arrears_public_cases.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        codes = [row["统一社会信用代码(原文)"] for row in csv.DictReader(file)]
    wrong = [code for code in codes if check_credit_code(code).problem]
    assert wrong == ["91520382MAAJM1B991"]


def id_number(region: str, birth: date, order: int) -> str:
    start = f"{region}{birth:%Y%m%d}{order:03d}"
    return start + ric.calc_check_digit(start + "0")


def test_a_number_tells_birth_and_sex() -> None:
    man = check_id_number("410402199001010019", TODAY)
    woman = check_id_number("11010519491231002x", TODAY)
    assert (man.problem, man.hint, man.birth, man.sex) == ("", "", date(1990, 1, 1), "男")
    assert (woman.number, woman.birth, woman.sex) == (
        "11010519491231002X",
        date(1949, 12, 31),
        "女",
    )


@pytest.mark.parametrize("region", ["410411", "410424", "410426", "410412", "410404", "410482"])
@pytest.mark.parametrize("year", [1955, 1980, 1985, 1995])
def test_counties_abolished_or_named_later_are_fine(region: str, year: int) -> None:
    check = check_id_number(id_number(region, date(year, 5, 5), 12), TODAY)
    assert (check.problem, check.hint) == ("", "")


@pytest.mark.parametrize("region", ["810000", "820000", "830000", "659001", "469001"])
def test_residence_permits_and_counties_under_a_province_are_fine(region: str) -> None:
    assert check_id_number(id_number(region, date(1985, 5, 5), 12), TODAY).problem == ""


def test_a_region_nobody_knows_is_a_hint_and_no_more() -> None:
    check = check_id_number(id_number("990000", date(1985, 5, 5), 12), TODAY)
    assert (check.problem, check.hint) == ("", "前两位 99 不是省级代码")


def test_an_old_number_of_15_digits_is_kept_with_a_hint() -> None:
    check = check_id_number("410402900101001", TODAY)
    assert check.number == "410402900101001"
    assert check.problem == ""
    assert check.hint == "15 位旧号码，对应的 18 位号码是 410402199001010019"
    assert (check.birth, check.sex) == (date(1990, 1, 1), "男")


def test_an_old_number_may_have_two_hints_or_a_problem() -> None:
    assert check_id_number("990402900101001", TODAY).hint.endswith("；前两位 99 不是省级代码")
    assert check_id_number("410402901301001", TODAY).problem == "出生日期 19901301 不存在"


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", "没有填写身份证号"),
        ("410402", "应为 18 位，现有 6 位"),
        ("41040219900101001A", "前 17 位应为数字，末位为数字或 X"),
        ("410402199013010019", "出生日期 19901301 不存在"),
        ("410402209901010019", "出生日期 20990101 在今天之后"),
        ("410402190501010019", "出生日期 19050101 距今超过 120 年"),
        ("410402199001010018", "校验位不符，应为 9，现为 8"),
        ("410402199001011000", "末三位是 000，可能被表格软件截掉了末几位，请向本人核对"),
        ("4.104021990010113e+17", "被表格软件改成了科学记数，末几位已丢失，请向本人核对"),
    ],
)
def test_a_wrong_number_says_what_is_wrong(typed: str, problem: str) -> None:
    check = check_id_number(typed, TODAY)
    assert (check.problem, check.birth, check.sex) == (problem, None, "")


@given(
    st.dates(date(1930, 1, 1), TODAY),
    st.integers(1, 999),
    st.sampled_from(["410402", "410411", "110105", "659001"]),
)
def test_every_well_formed_number_is_accepted(birth: date, order: int, region: str) -> None:
    check = check_id_number(id_number(region, birth, order), TODAY)
    assert (check.problem, check.birth) == ("", birth)
    assert check.sex == ("男" if order % 2 else "女")


@given(st.dates(date(1930, 1, 1), TODAY - timedelta(days=1)), st.integers(1, 999))
def test_two_swapped_digits_are_noticed(birth: date, order: int) -> None:
    number = id_number("410402", birth, order)
    swapped = number[:15] + number[16] + number[15] + number[17]
    assert (check_id_number(swapped, TODAY).problem == "") == (swapped == number)
