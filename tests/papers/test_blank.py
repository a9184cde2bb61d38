"""The version to write on by hand: nothing filled in, everything printed, room for each field."""

import re

import pytest

from inspector_app.domain.paper_text import marks
from inspector_app.domain.papers import Block, Column, Field, FieldType, Layout, PaperKind
from inspector_app.papers.blank import BOXES, FEW_ROWS, ROWS, blank_context, blank_form
from inspector_app.papers.render import render
from tests.conftest import PictureCheck
from tests.helpers.builders import a_kind
from tests.helpers.desks import library, shipped_fonts
from tests.papers.conftest import Press, context
from tests.papers.pdf import picture, text_of

LOOKED_AT = (
    "rectification_order", "interview_notice", "inquiry_notice", "inspection_record",
    "proof_of_service", "intake_form", "inquiry_record", "penalty_decision",
)  # fmt: skip
NUMBER = "平人社监令字〔____〕第____号"


def printed(kind: PaperKind) -> bytes:
    form, values = blank_form(kind)
    ctx = blank_context(context(kind), NUMBER if kind.series else "")
    return render(form, values, ctx, shipped_fonts()).pdf


def blocks(
    *body: Block, fields: tuple[Field, ...] = (), layout: Layout = Layout.LETTER
) -> list[Block]:
    return list(blank_form(a_kind(*fields, body=body, layout=layout))[0].body)


def test_no_blank_of_any_kind_prints_a_mark_or_a_value_or_says_draft() -> None:
    for kind in library().kinds.values():
        form, values = blank_form(kind)
        names = {field.id for field in kind.fields}
        left = {
            mark.name
            for block in form.body
            for text in (block.text, *(cell for row in block.rows for cell in row))
            for mark in marks(text)
        }
        assert not left & names, kind.id
        text = text_of(printed(kind))
        assert "平顶山市人力资源和社会保障局" in text, kind.id
        assert "草稿" not in text
        assert not re.search(r"20\d\d年|第\d+号", text), kind.id
        tables = {field.id for field in kind.fields if field.columns}
        assert set(values) == tables - {
            "co_parties"
        }  # further parties are written beside the first
        assert "当事人二" not in text, kind.id


def test_the_fixed_words_of_the_order_are_all_there(press: Press) -> None:
    text = text_of(printed(press.kinds["rectification_order"]))
    for words in (
        "经查存在下列行为",
        "依据《劳动保障监察条例》第十八条第一款第（二）项、第二十六条第（一）项",
        "改正情况于",
        "收件人（签名或盖章）",
        "本文书一式两份",
        "欠薪人员及金额明细表",
    ):
        assert words in text
    assert "平人社监令字〔〕第号" in text  # rules are drawn, not written
    assert "（以下空白）" not in text_of(printed(press.kinds["inspection_record"]))


def test_of_alternatives_the_one_with_everything_is_printed() -> None:
    made = blocks(
        Block("para", "有：{facts}，{amount|yuan}元", when=("amount",)),
        Block("para", "没有金额", when=("!amount",)),
        Block("para", "看设置", when=("setting.x", "amount", "!court")),
        fields=(Field("facts", "事实", FieldType.TEXT), Field("amount", "金额", FieldType.MONEY)),
    )
    assert [(block.kind, block.when) for block in made] == [
        ("para", ()),
        ("para", ("setting.x", "!court")),
    ]
    assert made[0].text == f"有：{'＿' * 28}，{'＿' * 6}元"


@pytest.mark.parametrize(
    ("field", "as_", "shown"),
    [
        (Field("x", "甲", FieldType.DATE), "", "____年__月__日"),
        (Field("x", "甲", FieldType.DATE), "|weekday", "____年__月__日（星期__）"),
        (Field("x", "甲", FieldType.TIME), "", "__时__分"),
        (Field("x", "甲", FieldType.MONEY), "|capital", "＿" * 12),
        (Field("x", "甲", FieldType.INTEGER), "", "＿" * 3),
        (Field("x", "甲", FieldType.INSPECTOR), "", f"{'＿' * 4}（{'＿' * 7}）"),
        (Field("x", "甲", FieldType.INSPECTOR), "|name", "＿" * 4),
        (Field("x", "甲", FieldType.CHOICE, options=("有", "无")), "", "☐有 ☐无"),
        (Field("x", "甲", FieldType.CHOICE, options=("某" * 30, "无")), "", "＿" * 10),
        (Field("x", "甲", FieldType.LINE), "", "＿" * 10),
        (Field("x", "甲", FieldType.LINE, max_length=20), "", "＿" * 6),
        (Field("x", "甲", FieldType.LINE, max_length=80), "", "＿" * 14),
        (Field("x", "甲", FieldType.LINE, max_length=300), "", "＿" * 20),
    ],
)
def test_a_sentence_has_a_rule_as_long_as_what_is_written_there(
    field: Field, as_: str, shown: str
) -> None:
    (made,) = blocks(Block("para", f"于{{x{as_}}}前。"), fields=(field,))
    assert made.text == f"于{shown}前。"


def test_text_alone_in_its_paragraph_gets_whole_lines() -> None:
    short, long, line = (
        Field("a", "短", FieldType.TEXT, max_length=500),
        Field("b", "长", FieldType.TEXT, max_length=6000),
        Field("c", "行", FieldType.LINE),
    )
    made = blocks(
        Block("para", "{a}"), Block("para", "答：{b}"), Block("para", "{c}。"),
        Block("para", "小字{a}", options={"size": "10"}),
        fields=(short, long, line),
    )  # fmt: skip
    assert [block.kind for block in made] == ["lines", "lines", "lines", "para"]
    assert made[0].rows == (("",), ("",))
    assert made[1].rows == (("　　答：",), ("",), ("",), ("",))
    assert made[2].rows == (("",),)
    (record,) = blocks(Block("para", "{b}"), fields=(long,), layout=Layout.RECORD)
    assert len(record.rows) == 12


def test_boxes_stay_empty_but_for_what_is_ticked_or_completed() -> None:
    fields = (
        Field("day", "日", FieldType.DATE), Field("at", "时", FieldType.TIME),
        Field("sum", "额", FieldType.MONEY), Field("n", "数", FieldType.INTEGER),
        Field("kind", "类", FieldType.CHOICE, options=("甲", "乙")),
        Field("long", "类", FieldType.CHOICE, options=("居民身份证", "护照", "户口簿")),
        Field("who", "人", FieldType.INSPECTOR), Field("note", "注", FieldType.TEXT),
        Field("facts", "事实", FieldType.TEXT, max_length=3000),
    )  # fmt: skip
    row = (
        "日 || {day|date} || {at} || {sum|yuan}元 || {n} || {kind} || {long} || {who} || {note}"
        " || {facts}@30 || 意见\n>>签名：{who}"
    )
    (made,) = blocks(Block("grid", rows=(tuple(row.split(" || ")),)), fields=fields)
    assert made.rows[0] == (
        "日", "____年__月__日", "__时__分", f"{'＿' * 5}元", "", "☐甲 ☐乙",
        "☐居民身份证\n☐护照\n☐户口簿", "", f"@{BOXES[-1][1]}", "@30",
        f"意见\n>>签名：{'＿' * 4}（{'＿' * 7}）",
    )  # fmt: skip


def test_what_stands_on_a_rule_has_none_of_its_own() -> None:
    fields = (
        Field("day", "日", FieldType.DATE), Field("at", "时", FieldType.TIME),
        Field("name", "名", FieldType.LINE), Field("first", "一", FieldType.INSPECTOR),
        Field("n", "数", FieldType.INTEGER), Field("facts", "事", FieldType.TEXT),
        Field("sex", "性别", FieldType.CHOICE, options=("男", "女")),
    )  # fmt: skip
    rows = (
        ("时间：{day|date} {at}",), ("姓名：{name}", "性别：{sex}"),
        ("人：{first}、{first|name}", "共{n}人：{n}人"), ("情况：{facts}",),
    )  # fmt: skip
    (made,) = blocks(Block("lines", rows=rows), fields=fields)
    assert made.rows == (
        ("时间：　　　　年　　月　　日 　　时　　分",), ("姓名：", "性别：☐男 ☐女"),
        (f"人：{'　' * 8}、{'　' * 8}", "共{n}人：　　　人"),
        ("情况：",), ("",),
    )  # fmt: skip
    (plain,) = blocks(
        Block("lines", rows=(("姓名：{name}",),), options={"plain": "yes"}), fields=fields
    )
    assert plain.rows == ((f"姓名：{'＿' * 10}",),)


def test_ticks_are_all_empty_and_other_things_have_a_line() -> None:
    field = Field("m", "材料", FieldType.TICKS, options=("合同", "工资表"))
    extra = {"field": "m", "extra": "其他：{o}", "extra_when": "o"}
    made = blocks(
        Block("ticks", options=extra), Block("ticks", options={"field": "m"}), fields=(field,)
    )
    assert [block.kind for block in made] == ["ticks", "lines", "ticks"]
    assert made[0].options == {"field": "m"}
    assert made[1].rows == (("☐其他：",),)


def test_a_table_has_numbered_rows_and_an_empty_sum() -> None:
    columns = (
        Column("no", "序号", 9), Column("name", "姓名", 20), Column("owing", "尚欠", 20, "money"),
    )  # fmt: skip
    field = Field("t", "明细", FieldType.TABLE, columns=columns)
    table = Block("table", options={"field": "t", "total": "合计"})
    kind = a_kind(field, body=(table,))
    form, values = blank_form(kind)
    assert form.body[0].options == {"field": "t"}
    rows = values["t"]
    assert isinstance(rows, tuple)
    assert len(rows) == ROWS + 1
    assert rows[0] == {"no": "1", "name": "", "owing": ""}
    assert rows[-1] == {"name": "合计"}
    boxed = a_kind(field, body=(Block("table", options={"field": "t"}), Block("grid")))
    assert len(blank_form(boxed)[1]["t"] or ()) == FEW_ROWS  # type: ignore[arg-type]  # rows


@pytest.mark.parametrize("name", LOOKED_AT)
def test_the_blank_looks_as_it_was_accepted(name: str, picture_check: PictureCheck) -> None:
    pdf = printed(library().kinds[name])
    picture_check(f"papers/blank_{name}", picture(pdf, 1))
