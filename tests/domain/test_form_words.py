"""A form in words: what it prints and when, marks by their Chinese names and back."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.domain import form_marks
from inspector_app.domain.form_marks import printed, prints, unprinted_when, users
from inspector_app.domain.form_words import (
    BLOCK_WORDS,
    FILTER_WORDS,
    JOINT_WAYS,
    OFFICE_WORDS,
    WAYS,
    conditions_in_words,
    names_in_words,
    shown,
    typed,
    ways_of,
)
from inspector_app.domain.paper_text import FILTERS
from inspector_app.domain.papers import Block, Column, Field, FieldType, PaperKind
from inspector_app.errors import UserError
from tests.helpers.builders import a_kind

SETTINGS = {"order_remedies": "写明救济途径"}
FIELDS = (
    Field("party", "单位", FieldType.LINE, required=True),
    Field("amount", "金额", FieldType.MONEY),
    Field("rows", "明细", FieldType.TABLE),
    Field("served", "已送达", FieldType.CHOICE, required=True, options=("是", "否")),
    Field("twin_1", "备注", FieldType.TEXT),
    Field("twin_2", "备注", FieldType.TEXT),
    Field("odd", "带|的", FieldType.TEXT),
    Field("phone_no", "phone", FieldType.LINE),
)


def form(*body: Block) -> PaperKind:
    return a_kind(*FIELDS, body=body)


def test_every_block_mark_and_filter_has_a_chinese_name() -> None:
    assert set(OFFICE_WORDS) == form_marks.OFFICE_MARKS
    assert set(FILTER_WORDS) == set(FILTERS)
    assert len(set(BLOCK_WORDS.values())) == len(BLOCK_WORDS)
    known = {way for ways in WAYS.values() for way in ways} | set(JOINT_WAYS)
    assert known - {""} == set(FILTERS)


def test_a_signature_a_table_and_options_print_too() -> None:
    assert prints(Block("sign", "{party}")) == {"party", "bureau", "issue_date"}
    assert prints(Block("table", options={"field": "rows", "total": "合计"})) == {"rows"}
    assert prints(Block("ticks", options={"field": "x", "extra": "{amount|yuan}"})) == {
        "x", "amount",
    }  # fmt: skip
    assert prints(Block("para", "{party}} {", rows=(("{amount}",),))) == {"amount"}


def test_users_of_a_field_are_the_blocks_that_print_it_or_ask_for_it() -> None:
    kind = form(Block("para", "{amount}"), Block("para", "无", when=("!amount",)), Block("gap"))
    assert users(kind, "amount") == (1, 2)
    assert printed(kind) == {"amount"}


@pytest.mark.parametrize(
    ("body", "gap"),
    [
        ((), ()),
        ((Block("para", "{party}"),), None),
        ((Block("para", "{party}", when=("amount",)),), ("!amount",)),
        ((Block("para", "{party}", when=("amount",)),
          Block("para", "{party}", when=("!amount",))), None),
        ((Block("para", "{party}", when=("amount", "rows")),
          Block("para", "{party}", when=("!amount",))), ("amount", "!rows")),
        ((Block("para", "{party}", when=("bureau", "party")),), None),
        ((Block("para", "{party}", when=("setting.order_remedies",)),),
         ("!setting.order_remedies",)),
        ((Block("para", "{party}", when=("served",)),), ("!served",)),
        ((Block("para", "{party}", when=tuple(f"setting.x{n}" for n in range(13))),), None),
    ],
)  # fmt: skip
def test_whether_a_name_is_printed_whatever_else_is_filled(
    body: tuple[Block, ...], gap: tuple[str, ...] | None
) -> None:
    assert unprinted_when(form(*body), "party") == gap


def test_marks_are_shown_by_label_and_read_back() -> None:
    kind = form()
    text = "向{party}支付{amount|yuan}元（{amount|capital}），见{number}；{setting.order_remedies}"
    words = "向{单位}支付{金额|元}元（{金额|大写}），见{本文书字号}；{设置：写明救济途径}"
    assert shown(text, kind, SETTINGS) == words
    assert typed(words, kind, SETTINGS) == text
    assert typed("{ 金额 | 大写 }{amount|yuan}", kind) == "{amount|capital}{amount|yuan}"


def test_labels_that_two_fields_share_or_that_cannot_be_told_apart_stay_codes() -> None:
    names = names_in_words(form(), SETTINGS)
    assert (names["twin_1"], names["phone_no"]) == ("twin_1", "phone_no")
    assert "odd" not in names
    assert shown("{twin_1}{odd}{strange|big}", form()) == "{twin_1}{odd}{strange|big}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{总额}", "没有“总额”这个字段"),
        ("{金额|大}", "“{金额|大}”的写法不认识，竖线后可用 元、大写"),
    ],
)
def test_what_nobody_knows_is_told(text: str, said: str) -> None:
    with pytest.raises(UserError, match="^" + said.replace("|", r"\|")):
        typed(text, form())


names = st.sampled_from(["party", "amount", "rows", "twin_1", "bureau", "setting.order_remedies"])
marks = st.builds(
    lambda name, way: f"{{{name}|{way}}}" if way else f"{{{name}}}",
    names,
    st.sampled_from(["", *FILTERS]),
)


@given(st.lists(st.one_of(marks, st.text("支付、。（）第\n||@>", max_size=6)), max_size=8))
def test_any_text_survives_being_shown_and_typed_back(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert typed(shown(text, form(), SETTINGS), form(), SETTINGS) == text


def test_conditions_are_said_in_words() -> None:
    when = ("amount", "!rows", "setting.order_remedies", "!setting.unknown", "court", "gone")
    assert conditions_in_words(when, form(), SETTINGS) == (
        "有“金额”、没有“明细”、设置“写明救济途径”为是、设置“setting.unknown”为否、"
        "有“管辖法院”、有“gone”"
    )
    assert conditions_in_words((), form()) == ""


def test_only_rows_of_further_parties_are_printed_as_parties() -> None:
    columns = (Column("name", "名称", 40), Column("fine", "罚款", 30, "money"))
    joint = Field(
        "co_parties", "共同当事人", FieldType.TABLE,
        required=False, help="说明", group="对象", columns=columns,
    )  # fmt: skip
    assert ways_of(joint) == ("count", "names", "lines", "fines")
    assert ways_of(replace(joint, columns=columns[:1])) == ("count", "names", "lines")
    assert ways_of(replace(joint, id="wage_table")) == ("count",)
    assert ways_of(replace(joint, type=FieldType.LINE, id="x")) == ("",)
