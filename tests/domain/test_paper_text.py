"""Sentences with {field} marks."""

from datetime import date

import pytest

from inspector_app.domain.paper_text import Mark, fill, is_empty, marks, plain_text
from inspector_app.domain.papers import InspectorRef, Value
from inspector_app.errors import UserError
from tests.helpers.builders import order_values


def test_an_order_sentence_is_filled_from_its_values() -> None:
    text = (
        "责令{addressee}于{deadline|weekday}前支付{people}人工资{amount|yuan}元（{amount|capital}）"
    )
    assert fill(text, order_values(), {}) == (
        "责令青禾建筑劳务有限公司于2026年10月9日（星期五）前支付2人工资3,000.00元（叁仟元整）"
    )


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("{deadline}", "2026年10月9日"),
        ("{deadline|date}", "2026年10月9日"),
        ("{materials}", "工资表、考勤表"),
        ("{workers|count}", "2"),
        ("{first}", "演示监察员1（16040001）"),
        ("{first|name}：{first|certificate}", "演示监察员1：16040001"),
        ("{people}", "2"),
        ("无标记", "无标记"),
    ],
)
def test_each_kind_of_value_has_its_words(text: str, filled: str) -> None:
    assert fill(text, order_values()) == filled


def test_what_the_office_gives_is_used_unless_the_form_has_it() -> None:
    extra: dict[str, Value] = {"bureau.name": "演示局", "addressee": "不用"}
    assert fill("{bureau.name}致{addressee}", {"addressee": "甲"}, extra) == "演示局致甲"


@pytest.mark.parametrize("empty", [None, "", "  ", (), InspectorRef("", "")])
def test_an_empty_field_is_blank_on_paper_and_underlined_in_a_preview(empty: Value) -> None:
    assert is_empty(empty)
    assert fill("于{x}前", {"x": empty}) == "于前"
    assert fill("于{x|date}前{y}", {"x": empty}, blank="＿＿") == "于＿＿前＿＿"


def test_zero_is_not_empty() -> None:
    assert fill("{x|yuan}", {"x": 0}) == "0.00"


def test_an_inspector_without_a_certificate_is_only_a_name() -> None:
    assert plain_text(InspectorRef("演示", "")) == "演示"
    assert plain_text(None) == ""


@pytest.mark.parametrize(
    ("text", "value", "sentence"),
    [
        ("{x|capital}", "三百", "“三百”不是金额"),
        ("{x|yuan}", date(2026, 1, 5), "“2026年1月5日”不是金额"),
        ("{x|date}", 5, "“5”不是日期"),
        ("{x|weekday}", "明天", "“明天”不是日期"),
        ("{x|name}", "张三", "“张三”不是监察员"),
        ("{x|count}", "张三", "“张三”没有行数"),
        ("{x}", ({"name": "甲"},), "明细表不能写进句子，可用 |count 写行数"),
    ],
)
def test_a_filter_on_another_kind_of_value_is_refused(
    text: str, value: Value, sentence: str
) -> None:
    with pytest.raises(UserError) as told:
        fill(text, {"x": value})
    assert told.value.message == sentence


def test_the_marks_of_a_form_can_be_checked_when_it_loads() -> None:
    text = "{addressee}欠{amount|capital}，{typo}"
    assert marks(text) == (Mark("addressee", ""), Mark("amount", "capital"), Mark("typo", ""))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{amount|upper}", "“{amount|upper}”的写法不认识"),
        ("{amount", "花括号不成对或字段名不对"),
        ("{金额}", "花括号不成对或字段名不对"),
    ],
)
def test_a_mark_nobody_understands_is_told(text: str, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence.replace("|", r"\|").replace("{", r"\{")):
        fill(text, {})
