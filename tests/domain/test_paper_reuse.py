"""What an earlier paper says of the same things: taken over, told, or left alone."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.domain.paper_diff import GAP, MOST_WORDS, Piece, Side, around, pieces
from inspector_app.domain.paper_reuse import (
    Earlier,
    Matter,
    Reuse,
    Standing,
    by_nature,
    compare,
    hints,
    same_meaning,
    shown,
)
from inspector_app.domain.papers import (
    Audience,
    Column,
    Field,
    FieldType,
    InspectorRef,
    Layout,
    PaperKind,
    Value,
)

T = FieldType
UNIT = "青禾建筑劳务有限公司"
ROWS = Field(
    "rows", "明细表", T.TABLE, default="claims.table",
    columns=(Column("no", "序号", 9), Column("name", "姓名", 20),
             Column("owing", "尚欠", 20, "money")),
)  # fmt: skip
FIELDS = (
    Field("party", "被指令单位", T.LINE, default="employer.name"),
    Field("facts", "事实", T.TEXT, default="order.facts"),
    Field("amount", "拖欠金额", T.MONEY, default="claims.owing_fen"),
    Field("articles", "违反的规定", T.TEXT, default="order.articles"),
    Field("deadline", "改正期限", T.DATE, default="order.deadline"),
    Field("place", "地点", T.LINE, default="bureau.address"),
    Field("attendee", "被约谈人", T.LINE),
    ROWS,
)


def kind(name: str, *fields: Field, **more: object) -> PaperKind:
    made = PaperKind(
        name, f"{name}书", "1", date(2026, 1, 1), Layout.LETTER, "", "", fields or FIELDS, ()
    )
    return replace(made, **more)  # type: ignore[arg-type]  # tests name fields freely


def said(of: PaperKind, day: int = 1, paper: str = "", **values: Value) -> Earlier:
    return Earlier(paper or f"p{day}", of, f"第{day}号", date(2026, 9, day), values)


def by_id(found: tuple[Reuse, ...]) -> dict[str, Reuse]:
    return {one.field.id: one for one in found}


ORDER = kind("令")


def test_each_field_stands_as_empty_different_or_the_same() -> None:
    before = said(ORDER, party=UNIT, facts="甲事实", amount=100, articles="第三条", place="306室")
    here: dict[str, Value] = {"party": UNIT, "facts": "乙事实", "amount": 200, "place": " "}
    found = by_id(compare(ORDER, here, [before]))
    assert {key: one.standing for key, one in found.items()} == {
        "party": Standing.SAME,
        "facts": Standing.DIFFERENT,
        "amount": Standing.DIFFERENT,
        "articles": Standing.EMPTY,
        "place": Standing.EMPTY,
    }
    assert [key for key, one in found.items() if one.striking] == ["amount"]
    assert found["place"].value == "306室"
    assert before.called == "《令书》（第1号，2026年9月1日）"
    assert replace(before, number="").called == "《令书》（2026年9月1日）"


def test_the_newest_paper_that_says_anything_speaks() -> None:
    old, new = said(ORDER, 1, facts="早", attendee="甲"), said(ORDER, 3, facts="晚", attendee=" ")
    found = by_id(compare(ORDER, {}, [new, old]))
    assert (found["facts"].value, found["attendee"].value) == ("晚", "甲")
    assert found["attendee"].source is old


def test_papers_to_another_unit_only_tell_so_and_offer_plain_text() -> None:
    other = said(ORDER, 1, party="别的公司", amount=5, facts="事实", place="306室")
    found = by_id(compare(ORDER, {"party": UNIT, "place": "别处"}, [other]))
    assert {key: one.standing for key, one in found.items()} == {
        "party": Standing.DIFFERENT,
        "facts": Standing.EMPTY,
    }
    own = said(ORDER, 2, party=UNIT, amount=7)
    found = by_id(compare(ORDER, {"party": f" {UNIT}", "amount": 7}, [other, own]))
    assert {key: one.standing for key, one in found.items()} == {
        "party": Standing.SAME,
        "amount": Standing.SAME,
    }


def test_what_differs_by_nature_is_left_alone() -> None:
    own_days = Field("deadline", "改正期限", T.DATE, default="order.deadline")
    known_day = Field("served", "送达日期", T.DATE, default="paper.令.served_on")
    assert [by_nature(one) for one in (own_days, known_day)] == [True, False]
    for default in ("=你单位", "setting.fine_bank", "inspection.host", "papers.to_serve"):
        assert by_nature(Field("x", "某", T.LINE, default=default))
    assert by_nature(Field("note", "备注", T.TEXT))
    assert by_nature(Field("at", "时间", T.TIME))
    before = said(ORDER, deadline=date(2026, 9, 9))
    assert compare(ORDER, {"deadline": date(2026, 10, 1)}, [before]) == ()


def meaning(new: Field, old: Field, **kinds: PaperKind) -> bool:
    return same_meaning(
        new, kinds.get("new", kind("新", new)), old, kinds.get("old", kind("旧", old))
    )


def test_same_id_is_the_same_thing_only_when_source_or_label_agree() -> None:
    wages, fine = (
        Field("amount", "拖欠金额", T.MONEY, default="claims.owing_fen"),
        Field("amount", "罚款数额", T.MONEY, default="event.fine.amount"),
    )
    assert not meaning(wages, fine)
    assert meaning(replace(wages, label="应付工资"), wages)
    assert meaning(replace(fine, label="拖欠金额"), wages)
    assert meaning(replace(fine, default="paper.旧.amount"), wages)
    assert not meaning(replace(wages, type=T.INTEGER), wages)
    assert not meaning(replace(wages, id="sum"), wages)


def test_a_decision_says_what_its_notice_said_under_other_labels() -> None:
    reason, new = Field("reason", "理由", T.TEXT), Field("reason", "裁量理由", T.TEXT)
    notice = kind("告知", reason)
    decision = kind("决定", new, Field("no", "告知书字号", T.LINE, default="paper.告知.number"))
    assert same_meaning(new, decision, reason, notice)
    assert same_meaning(reason, notice, new, decision)
    assert not meaning(new, reason)


def test_what_was_said_on_one_occasion_or_to_other_readers_stays_there() -> None:
    record = kind("笔录", layout=Layout.RECORD)
    found = by_id(compare(ORDER, {}, [said(record, attendee="某人", facts="所见")]))
    assert list(found) == ["facts"]
    inside = kind("登记表", audience=Audience.INTERNAL)
    found = by_id(compare(ORDER, {}, [said(inside, attendee="某人", facts="所见")]))
    assert list(found) == ["facts"]


def test_tables_are_compared_by_the_columns_both_have() -> None:
    more = replace(ROWS, columns=(*ROWS.columns, Column("due", "应付", 20, "money")))
    old = kind("旧", more)
    rows = ({"no": "1", "name": "甲", "owing": "100", "due": "300"},)
    (taken,) = compare(ORDER, {}, [said(old, rows=rows)])
    assert taken.value == ({"no": "1", "name": "甲", "owing": "100"},)
    here: tuple[dict[str, str], ...] = ({"no": "9", "name": "甲 ", "owing": "100"},)
    assert compare(ORDER, {"rows": here}, [said(old, rows=rows)])[0].standing is Standing.SAME
    here = ({"name": "甲", "owing": "90"},)
    assert compare(ORDER, {"rows": here}, [said(old, rows=rows)])[0].standing is Standing.DIFFERENT


def test_choices_and_ticks_the_form_does_not_know_are_not_offered() -> None:
    choice = Field("kind", "类别", T.CHOICE, options=("甲", "乙"))
    ticks = Field("ticks", "材料", T.TICKS, options=("丙", "丁"))
    one = kind("查", choice, ticks)
    before = said(one, kind="没有了", ticks=("丙", "没有了"))
    found = by_id(compare(one, {}, [before]))
    assert found["ticks"].value == ("丙",)
    assert "kind" not in found
    assert by_id(compare(one, {}, [said(one, kind="甲")]))["kind"].value == "甲"


@pytest.mark.parametrize(
    ("field", "matter"),
    [
        (Field("amount", "金额", T.MONEY), Matter.AMOUNT),
        (Field("workers", "人数", T.INTEGER), Matter.COUNT),
        (Field("on", "日期", T.DATE), Matter.DATE),
        (Field("i", "监察员", T.INSPECTOR), Matter.NAME),
        (Field("party", "单位", T.LINE, default="employer.name"), Matter.NAME),
        (Field("attendee", "被约谈人", T.LINE), Matter.NAME),
        (Field("basis", "依据", T.TEXT), Matter.ARTICLES),
        (Field("facts", "事实", T.TEXT), Matter.TEXT),
    ],
)
def test_what_a_field_is_about_decides_whether_a_difference_is_told(
    field: Field, matter: Matter
) -> None:
    one = Reuse(field, said(ORDER), 1, Standing.DIFFERENT, matter)
    of = kind("某", field)
    values: dict[FieldType, tuple[Value, Value]] = {
        T.MONEY: (1, 2),
        T.INTEGER: (1, 2),
        T.DATE: (date(2026, 1, 1), date(2026, 1, 2)),
        T.INSPECTOR: (InspectorRef("甲", "1"), InspectorRef("乙", "2")),
    }
    was, now = values.get(field.type, ("甲", "乙"))
    found = compare(of, {field.id: now}, [said(of, **{field.id: was})])
    assert [one.matter for one in found] == ([] if field.type is T.DATE else [matter])
    assert len(hints([one], {field.id: 2})) == (matter is not Matter.TEXT)
    assert not hints([replace(one, standing=Standing.EMPTY)], {})


def test_a_hint_says_paper_and_both_values_and_stops_nothing() -> None:
    found = compare(ORDER, {"amount": 7_000_00}, [said(ORDER, amount=6_420_000)])
    (hint,) = hints(found, {"amount": 7_000_00})
    assert not hint.blocking
    assert hint.field == "amount"
    assert hint.message == (
        "“拖欠金额”与此前《令书》（第1号，2026年9月1日）不一致：此前为64,200.00 元，现为7,000.00 元"
    )
    long = compare(ORDER, {"articles": "乙"}, [said(ORDER, articles="甲" * 50)])
    assert "甲" * 40 + "……，现为乙" in hints(long, {"articles": "乙"})[0].message


def test_a_table_is_said_as_its_rows_and_sums() -> None:
    rows = ({"name": "甲", "owing": "100"}, {"name": "乙", "owing": "250"})
    assert shown(ROWS, rows) == "2 行，尚欠合计 3.50 元"
    assert shown(ROWS, ({"name": "甲", "owing": "x"},)) == "1 行"
    assert shown(ROWS, ()) == ""
    assert shown(FIELDS[0], UNIT) == UNIT


# ── wordings ─────────────────────────────────────────────────────────────────────────────────
WORDS = st.text("拖欠工资，。；1290元\n《法》第三条", max_size=60)


@given(WORDS, WORDS)
def test_both_wordings_can_be_read_from_the_pieces(earlier: str, here: str) -> None:
    found = pieces(earlier, here)
    assert "".join(one.text for one in found if one.side is not Side.HERE) == earlier
    assert "".join(one.text for one in found if one.side is not Side.EARLIER) == here
    assert all(a.side is not b.side for a, b in pairwise(found))
    assert all(one.text for one in found)


def test_a_figure_or_an_article_changes_as_a_whole() -> None:
    found = pieces("欠薪6000元，违反第十二条。", "欠薪6500元，违反第十三条。")
    assert [one.text for one in found if one.side is Side.EARLIER] == ["6000", "第十二条"]
    assert [one.text for one in found if one.side is Side.HERE] == ["6500", "第十三条"]


def test_a_very_long_passage_is_shown_as_changed_whole() -> None:
    old = "甲" * (MOST_WORDS + 1)
    assert pieces(old, "乙") == (Piece(old, Side.EARLIER), Piece("乙", Side.HERE))


def test_only_what_is_near_a_change_is_kept() -> None:
    text = "前" * 40
    found = around(pieces(f"{text}甲{text}乙{text}", f"{text}丙{text}丁{text}"))
    assert [one.text for one in found if one.side is Side.BOTH] == [
        GAP + "前" * 12,
        "前" * 12 + GAP + "前" * 12,
        "前" * 12 + GAP,
    ]
    assert around(pieces("一样长", "一样短")) == pieces("一样长", "一样短")


def test_an_unchanged_sentence_joins_the_unchanged_start_of_the_next() -> None:
    found = pieces("甲句。乙句长。", "甲句。乙句短。")
    assert [one.text for one in found] == ["甲句。乙句", "长", "短", "。"]
