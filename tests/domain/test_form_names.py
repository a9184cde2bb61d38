"""Names in a bureau's own form: fit for lists, numbers and file names, and nobody else's."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.domain.form_names import LONGEST_TITLE, name_faults
from inspector_app.domain.odd_characters import odd_characters
from inspector_app.domain.papers import Field, FieldType, Layout, PaperKind

FIELD = Field("party", "当事人", FieldType.LINE, required=True, help="说明", group="对象")
KIND = PaperKind(
    "order", "责令改正书", "1", date(2026, 1, 1), Layout.LETTER, "order", "令", (FIELD,), ()
)


def told(kind: PaperKind, *others: PaperKind) -> list[str]:
    return [one.message for one in name_faults(kind, others)]


def test_a_plain_form_has_no_faults() -> None:
    other = replace(KIND, id="call", title="约谈书", series="call", series_char="约")
    assert told(KIND, other) == []
    assert told(replace(KIND, series="", series_char="")) == []
    assert told(replace(KIND, fields=(replace(FIELD, help="一行\n又一行"),))) == []


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (replace(KIND, series_char=""), "没有文种代字"),
        (replace(KIND, series_char="一二三四五"), "1 到 4 个"),
        (replace(KIND, copies=("正本", "正\u200b本")), "各联的名称"),
        (replace(KIND, copies=()), "各联要写名称"),
        (
            replace(KIND, fields=(replace(FIELD, options=("甲\n乙",)),)),
            "的选项里有看不见的字符",
        ),
        (replace(KIND, fields=(replace(FIELD, help="长" * 401),)), "字段“当事人”的说明超过 400 字"),
        (replace(KIND, fields=(replace(FIELD, label="长" * 31),)), "的名称超过 30 字"),
        (replace(KIND, title="甲\n乙"), "看不见的字符"),
    ],
)
def test_what_is_wrong_is_said_once(kind: PaperKind, said: str) -> None:
    (message,) = told(kind)
    assert said in message


def test_the_names_of_others_are_taken() -> None:
    twin = replace(KIND, id="call")
    assert len(told(KIND, twin)) == 2
    assert told(KIND, replace(twin, title="别的", series="")) == []


@given(st.text())
def test_a_title_that_passes_is_one_plain_part_of_a_file_name(title: str) -> None:
    if not told(replace(KIND, title=title)):
        assert len(title) <= LONGEST_TITLE
        assert not odd_characters(title)
        assert not set(title) & set("/\\.:")
