"""Fields and blocks are added so that they can be printed at once, and removed only when free."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector_app.domain.form_words import BLOCK_WORDS
from inspector_app.domain.papers import FieldType, PaperKind
from inspector_app.errors import UserError
from inspector_app.library.form_edit import (
    BLOCKS,
    EXAMPLES,
    add_block,
    add_field,
    new_id,
    remove_field,
    retype,
    why_kept,
)
from inspector_app.library.form_text import add_row, remove_row
from inspector_app.library.kind_checks import FormCheck
from inspector_app.library.office import forms_dir
from inspector_app.library.paper_kinds import examine, read_kind

ORDER = (forms_dir() / "papers/rectification_order/form.toml").read_text(encoding="utf-8")
KIND = read_kind(ORDER)


def read(text: str) -> PaperKind:
    kind, _ = examine(text)
    assert kind is not None
    return kind


def at(name: str, kind: PaperKind = KIND) -> int:
    return [field.id for field in kind.fields].index(name)


def test_a_new_field_is_named_grouped_and_can_be_used_at_once() -> None:
    text = add_field(ORDER, KIND, at("facts") + 1)
    kind, faults = examine(text)
    assert faults == ()
    assert kind is not None
    field = kind.fields[at("facts") + 1]
    assert (field.id, field.label, field.group) == ("own_1", "新字段 1", "事实")
    assert new_id(kind) == "own_2"
    first = read(add_field(ORDER, KIND, 0)).fields[0]
    assert first.group == "其他"


@pytest.mark.parametrize("wanted", list(FieldType))
def test_every_type_comes_with_an_example_that_fits(wanted: FieldType) -> None:
    text = retype(add_field(ORDER, KIND, 0), 0, wanted)
    kind, faults = examine(text)
    assert faults == ()
    assert kind is not None
    assert kind.fields[0].type is wanted
    back = retype(text, 0, FieldType.LINE)
    assert read(back).fields[0].options == ()


@settings(deadline=None)  # the first example also reads the shipped forms
@given(st.lists(st.sampled_from(list(FieldType)), min_size=1, max_size=5))
def test_a_type_changed_again_and_again_stays_readable(types: list[FieldType]) -> None:
    text = add_field(ORDER, KIND, 3)
    for one in types:
        text = retype(text, 3, one)
    assert examine(text)[1] == ()
    assert read(text).fields[3].type is types[-1]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("party", "劳动保障监察条例第十八条第一款第（二）项要求写明“被指令单位”，不能删去"),
        ("amount", "“拖欠金额”由本软件判断是否责令支付工资，不能删去"),
        ("evidence", "正文第 20 段还用到“证据”，请先改正文"),
        ("workers", "正文第 15、16、17、18、19 段还用到“拖欠人数”，请先改正文"),
    ],
)
def test_what_still_needs_a_field_is_told(name: str, said: str) -> None:
    assert why_kept(KIND, KIND, KIND.field(name)) == said
    with pytest.raises(UserError) as refused:
        remove_field(ORDER, KIND, KIND, at(name))
    assert (refused.value.message, refused.value.field) == (said, name)


def test_a_check_keeps_its_field_too() -> None:
    body = [n for n, one in enumerate(KIND.body) if "report_by" in one.text]
    text = ORDER
    for number in reversed(body):
        text = remove_row(text, "body", number)
    with pytest.raises(UserError, match="制发前的检查“before:deadline<=report_by”还用到"):
        remove_field(text, read(text), KIND, at("report_by"))


def test_a_field_nothing_needs_goes() -> None:
    text = add_field(ORDER, KIND, 2)
    assert remove_field(text, read(text), KIND, 2) == ORDER


@pytest.mark.parametrize("wanted", sorted(BLOCK_WORDS))
def test_every_block_can_be_added_as_it_is(wanted: str) -> None:
    assert set(BLOCKS) == set(BLOCK_WORDS)
    text = add_row(ORDER, "field", 0, {
        "id": "ticked", "label": "勾选", "type": "ticks", "group": "其他", "required": False,
        "help": "x", "options": ["甲"], "example": EXAMPLES[FieldType.TICKS],
    })  # fmt: skip
    kind, faults = examine(add_block(text, read(text), 1, wanted))
    assert [one for one in faults if one.check is not FormCheck.LAW] == []
    assert kind is not None
    assert kind.body[1].kind == wanted


def test_ticks_without_a_field_for_them_are_refused() -> None:
    with pytest.raises(UserError, match="没有多选字段"):
        add_block(ORDER, KIND, 0, "ticks")
