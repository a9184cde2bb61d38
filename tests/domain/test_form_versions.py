"""A bureau's version beside the shipped form: what stays binding, and what differs."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.domain.form_binding import binding_faults, demand_fault
from inspector_app.domain.form_changes import FormDiff, form_changes
from inspector_app.domain.papers import (
    Audience,
    Block,
    Column,
    Field,
    FieldType,
    LawRef,
    Layout,
    PaperKind,
)
from tests.helpers.builders import a_kind

PARTY = Field("party", "单位", FieldType.LINE, required=True)
FACTS = Field("facts", "事实", FieldType.TEXT, required=True)
DEADLINE = Field("deadline", "期限", FieldType.DATE)
AMOUNT = Field("amount", "金额", FieldType.MONEY)
ROWS = Field("rows", "明细", FieldType.TABLE, columns=(Column("owing", "尚欠", 20, "money"),))
LAW = LawRef("条例第十八条", "full", demands=("party", "facts", "bureau"))
BODY = (
    Block("title", "{bureau}\n指令书"),
    Block("para", "{party}：{facts}"),
    Block("para", "{amount|yuan}元", when=("amount",)),
    Block("table", when=("rows",), options={"field": "rows"}),
    Block("sign", "{deadline}"),
)
SHIPPED = a_kind(
    PARTY, FACTS, DEADLINE, AMOUNT, ROWS,
    body=BODY, law=(LAW,), checks=("total:amount=rows.owing", "before:today<deadline"),
    approval="条例第五十七条",
)  # fmt: skip


def told(own: PaperKind) -> list[tuple[str, str]]:
    return [(one.field or one.key, one.message) for one in binding_faults(SHIPPED, own)]


def without(kind: PaperKind, *names: str) -> PaperKind:
    return replace(kind, fields=tuple(one for one in kind.fields if one.id not in names))


def body(*blocks: Block) -> PaperKind:
    return replace(SHIPPED, body=blocks)


def test_the_shipped_form_binds_nothing_of_itself() -> None:
    assert told(SHIPPED) == []


@pytest.mark.parametrize(
    ("own", "fault"),
    [
        (replace(SHIPPED, series="other"), ("series", "编号序列不能改，否则字号登记会断号")),
        (replace(SHIPPED, audience=Audience.INTERNAL),
         ("audience", "给谁看不能改：随程序的是“当事人”，保密检查按它进行")),
        (replace(SHIPPED, approval=""),
         ("approval", "条例第五十七条要求制发前经负责人批准，“approval”不能删改")),
        (replace(SHIPPED, checks=("before:today<deadline",)),
         ("checks", "随程序的检查“total:amount=rows.owing”不能删去")),
        (without(SHIPPED, "deadline"), ("", "“期限”由本软件算期限，不能删去")),
        (without(SHIPPED, "facts"), ("facts", "条例第十八条要求的“事实”不是必填字段")),
        (replace(SHIPPED, fields=(PARTY, replace(FACTS, required=False), DEADLINE, AMOUNT, ROWS)),
         ("facts", "条例第十八条要求的“事实”不是必填字段")),
        (replace(SHIPPED, law=()), None),
        (without(SHIPPED, "rows"), None),
        (body(Block("para", "{facts}"), Block("sign")),
         ("party", "条例第十八条要求的“单位”没有印出")),
        (body(Block("para", "{party}"), Block("para", "{facts}", when=("amount",)), Block("sign")),
         ("facts", "条例第十八条要求的“事实”在没有“金额”时没有印出")),
        (body(Block("para", "{party}{facts}"),), ("bureau", "条例第十八条要求的“局名称”没有印出")),
        (replace(SHIPPED, fields=(replace(PARTY, type=FieldType.TEXT), *SHIPPED.fields[1:])),
         ("party", "“单位”的类型不能改：本软件按“单行文字”填写和读取")),
        (replace(SHIPPED, fields=(*SHIPPED.fields[:4],
                                  replace(ROWS, columns=(Column("owing", "尚欠", 20),)))),
         ("rows", "“明细”的“尚欠”列的类型不能改")),
    ],
)  # fmt: skip
def test_what_stays_binding(own: PaperKind, fault: tuple[str, str] | None) -> None:
    assert told(own) == ([fault] if fault else [])


def test_a_kind_without_numbers_gets_none() -> None:
    plain = replace(SHIPPED, series="")
    found = [one.message for one in binding_faults(plain, SHIPPED)]
    assert found == ["这种文书不编号"]


def test_two_articles_that_want_the_same_tell_it_once() -> None:
    twice = replace(SHIPPED, law=(LAW, replace(LAW, article="另一条")))
    assert len(list(binding_faults(twice, without(SHIPPED, "facts")))) == 1


def test_an_own_demand_is_checked_too() -> None:
    assert demand_fault(SHIPPED, "party") == ""
    assert demand_fault(SHIPPED, "amount") == "要求的“金额”不是必填字段"
    assert demand_fault(SHIPPED, "nobody") == "要求的“nobody”不是必填字段"


# ── differences ──────────────────────────────────────────────────────────────────────────────────
def lines(own: PaperKind) -> list[str]:
    return [one.words for one in form_changes(SHIPPED, own, {"remedies": "写救济"})]


def test_version_and_date_are_no_difference() -> None:
    assert lines(replace(SHIPPED, version="局2026-1")) == []


def test_what_stands_at_the_top_is_told() -> None:
    own = replace(
        SHIPPED, title="责令书", layout=Layout.TABLE, series_char="责", copies=("正本",),
        checks=("total:amount=rows.owing", "workday:deadline"), approval="",
    )  # fmt: skip
    assert lines(own) == [
        "修改　文书　名称：演示指令书 → 责令书",
        "修改　文书　版式：书信式 → 表格式",
        "修改　文书　文种代字：令 → 责",
        "修改　文书　各联：正本、附卷 → 正本",
        "修改　文书　制发前批准的依据：条例第五十七条 → 无",
        "删除　制发前的检查：before:today<deadline",
        "新增　制发前的检查：workday:deadline",
    ]


def test_articles_added_taken_away_and_read_further_are_told() -> None:
    assert lines(
        replace(SHIPPED, law=(replace(LAW, note="说明"), LawRef("局规第一条", "full")))
    ) == [
        "修改　依据“条例第十八条”　说明：无 → 说明",
        "新增　依据：局规第一条",
    ]
    assert lines(replace(SHIPPED, law=())) == ["删除　依据：条例第十八条"]


def test_fields_are_told_by_their_labels() -> None:
    own = replace(
        SHIPPED,
        fields=(
            FACTS,
            replace(PARTY, label="被指令单位", required=False, max_length=80, example="某公司"),
            replace(DEADLINE, help="由文书定"),
            replace(ROWS, example=({"owing": "1"},), longest="x" * 99,
                    columns=(Column("owing", "尚欠", 25, "money"),)),
            Field("own_1", "备注", FieldType.TEXT, required=True),
        ),
    )  # fmt: skip
    assert lines(own) == [
        "修改　字段“单位”　名称：单位 → 被指令单位",
        "修改　字段“单位”　必填：是 → 否",
        "修改　字段“单位”　最多字数：无 → 80",
        "修改　字段“单位”　例子：无 → 某公司",
        "修改　字段“期限”　说明：无 → 由文书定",
        "删除　字段“金额”：金额",
        "修改　字段“明细”　列：尚欠（20 毫米） → 尚欠（25 毫米）",
        "修改　字段“明细”　例子：无 → 1 行",
        f"修改　字段“明细”　最长的例子：无 → {'x' * 40}…（99 字）",
        "新增　字段“备注”：多行文字，必填",
        "移动　字段“事实”",
    ]


def test_ticks_are_listed() -> None:
    old = a_kind(Field("m", "材料", FieldType.TICKS, options=("甲", "乙")))
    new = a_kind(Field("m", "材料", FieldType.TICKS, options=("甲",), example=("甲",)))
    assert [one.words for one in form_changes(old, new)] == [
        "修改　字段“材料”　选项：甲、乙 → 甲",
        "修改　字段“材料”　例子：无 → 甲",
    ]


def test_blocks_are_told_by_their_place_and_words() -> None:
    title, para, money, _table, sign = BODY
    own = body(
        replace(title, text="{bureau}\n责令书", options={"after": "8"}),
        sign,
        para,
        replace(money, when=("amount", "!setting.remedies")),
        Block("lines", rows=(("电话：{phone}", "联系人\n{contact}"), ("一",))),
    )
    assert lines(own) == [
        "移动　正文第 5 段到第 2 段：落款　{期限}",
        "修改　正文第 1 段（标题）　文字：{局名称}⏎指令书 → {局名称}⏎责令书",
        "修改　正文第 1 段（标题）　版式：无 → after=8",
        "修改　正文第 4 段（正文）　条件：有“金额” → 有“金额”、设置“写救济”为否",
        "删除　正文原第 4 段：明细表（有“明细”时）",
        "新增　正文第 5 段：标签行　电话：{本局电话} || 联系人⏎{本局联系人}；一",
    ]


def test_a_move_says_both_places() -> None:
    own = body(BODY[0], BODY[2], BODY[1], *BODY[3:])
    (one,) = form_changes(SHIPPED, own)
    assert one.diff is FormDiff.MOVED
    assert one.where in ("正文第 2 段到第 3 段", "正文第 3 段到第 2 段")


def test_a_place_without_words_is_told_by_its_name_alone() -> None:
    (one,) = form_changes(SHIPPED, body(*BODY, Block("gap")))
    assert one.words == "新增　正文第 6 段：空行"


@given(st.permutations(BODY), st.integers(0, 4))
def test_the_same_form_in_another_order_is_only_moved(order: list[Block], drop: int) -> None:
    own = body(*order)
    found = form_changes(SHIPPED, own)
    assert (found == ()) == (tuple(order) == BODY)
    fewer = body(*order[:drop], *order[drop + 1 :])
    diffs = [one.diff for one in form_changes(own, fewer)]
    assert diffs == [FormDiff.REMOVED]
