"""What was entered survives storage with its types."""

import json
from datetime import date
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.domain.paper_values import dumps, example_values, from_plain, loads
from inspector_app.domain.papers import Field, FieldType, InspectorRef, Value, Values
from inspector_app.errors import UserError
from tests.helpers.builders import ORDER_FIELDS, a_kind, order_values

KIND = a_kind()
BY_TYPE: dict[FieldType, st.SearchStrategy[Value]] = {
    FieldType.DATE: st.dates(),
    FieldType.MONEY: st.integers(),
    FieldType.INTEGER: st.integers(),
    FieldType.TICKS: st.lists(st.text(), max_size=3).map(tuple),
    FieldType.INSPECTOR: st.builds(InspectorRef, st.text(), st.text()),
    FieldType.TABLE: st.lists(
        st.dictionaries(st.sampled_from(["name", "owing"]), st.text()), max_size=3
    ).map(tuple),
}
anything = st.fixed_dictionaries(
    {}, optional={field.id: BY_TYPE.get(field.type, st.text()) for field in ORDER_FIELDS}
)


@given(anything)
def test_values_of_every_type_come_back_as_they_were(values: Values) -> None:
    assert loads(dumps(values, KIND), KIND) == values


def test_the_stored_text_is_in_the_order_of_the_form_and_readable() -> None:
    text = dumps({"deadline": date(2026, 10, 9), "addressee": "青禾", "facts": None}, KIND)
    assert text == '{"addressee":"青禾","facts":null,"deadline":"2026-10-09"}'


def test_a_field_emptied_on_purpose_comes_back_empty_not_absent() -> None:
    assert loads(dumps({"facts": None}, KIND), KIND) == {"facts": None}


def test_the_same_values_give_the_same_text_in_any_order() -> None:
    values = order_values()
    assert dumps(dict(reversed(values.items())), KIND) == dumps(values, KIND)


def test_a_value_for_a_field_the_form_has_not_is_refused() -> None:
    with pytest.raises(UserError, match="“演示指令书”没有字段 typo"):
        dumps({"typo": "x"}, KIND)


def test_an_older_draft_loses_the_field_its_form_lost_but_a_script_is_told() -> None:
    text = '{"addressee":"青禾","old":"x","older":1}'
    assert loads(text, KIND) == {"addressee": "青禾"}
    with pytest.raises(UserError, match="没有字段 old、older") as told:
        loads(text, KIND, strict=True)
    assert told.value.field == "old"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "字段内容不是 JSON：第 1 行第 2 列"),
        ("[1]", "字段内容应是 {字段: 值}"),
        ('{"addressee":5}', "字段“被指令单位”应是文字"),
        ('{"amount":"300"}', "字段“金额”应是整数，单位分"),
        ('{"amount":true}', "字段“金额”应是整数，单位分"),
        ('{"people":2.5}', "字段“人数”应是整数"),
        ('{"deadline":"明天"}', "字段“改正期限”应是日期，如 2026-11-18"),
        ('{"deadline":20261118}', "字段“改正期限”应是日期，如 2026-11-18"),
        ('{"starts":9}', "字段“开始时间”应是文字，如 09:30"),
        ('{"materials":"工资表"}', "字段“材料”应是文字列表"),
        ('{"materials":[1]}', "字段“材料”应是文字列表"),
        ('{"first":5}', "字段“监察员一”应是姓名和证号"),
        ('{"first":{"name":5}}', "字段“监察员一”应是姓名和证号"),
        ('{"workers":{}}', "字段“欠薪明细”应是行的列表，每行是 {列: 文字}"),
        ('{"workers":["甲"]}', "字段“欠薪明细”应是行的列表，每行是 {列: 文字}"),
        ('{"workers":[{"owing":5}]}', "字段“欠薪明细”应是行的列表，每行是 {列: 文字}"),
    ],
)
def test_text_that_does_not_fit_the_form_names_the_field(text: str, sentence: str) -> None:
    with pytest.raises(UserError) as told:
        loads(text, KIND)
    assert told.value.message == sentence
    if text.startswith('{"'):
        assert told.value.field == next(iter(json.loads(text)))


def test_an_inspector_may_be_written_as_name_and_number() -> None:
    plain = {"first": "张演示 16040001", "second": {"name": "李演示"}}
    assert from_plain(plain, KIND) == {
        "first": InspectorRef("张演示", "16040001"),
        "second": InspectorRef("李演示", ""),
    }


def test_a_form_gives_its_examples_typed() -> None:
    kind = a_kind(
        Field("day", "日期", FieldType.DATE, example="2026-11-18"),
        Field("text", "文字", FieldType.TEXT, example="短", longest="很长" * 9),
        Field("empty", "空", FieldType.LINE),
    )
    assert example_values(kind) == {"day": date(2026, 11, 18), "text": "短"}
    assert example_values(kind, longest=True) == {
        "day": date(2026, 11, 18),
        "text": "很长" * 9,
    }


def test_a_date_from_toml_is_taken_as_it_is() -> None:
    plain = cast("dict[str, object]", {"deadline": date(2026, 11, 18)})
    assert from_plain(plain, KIND) == {"deadline": date(2026, 11, 18)}
