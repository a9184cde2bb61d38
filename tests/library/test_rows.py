"""Broken data files are told with file, place and key."""

import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from inspector_app.domain.inspections import Answer
from inspector_app.errors import UserError
from inspector_app.library.rows import Row, by_id, read_toml, table


def row(**cells: object) -> Row:
    return Row("law/x.toml", "D05", cells)


def told(read: Callable[[], object]) -> str:
    with pytest.raises(UserError) as caught:
        read()
    assert caught.value.kind == "library"
    return caught.value.message


def test_cells_come_back_as_values() -> None:
    one = row(a="文字", b=["甲"], c=3, d=True, e=date(2026, 1, 5), f="no", g={"h": "i"})
    assert (one.text("a"), one.texts("b"), one.number("c"), one.flag("d")) == (
        "文字",
        ("甲",),
        3,
        True,
    )
    assert one.day("e") == date(2026, 1, 5)
    assert one.word("f", Answer) is Answer.NO
    assert one.row("g").text("h") == "i"
    assert tuple(one) == one.keys() == ("a", "b", "c", "d", "e", "f", "g")
    one.finish()


@pytest.mark.parametrize(
    ("cell", "kept"), [(5000, 500_000), (19.6, 1_960), (0.05, 5), (1.15, 115), (-2, -200)]
)
def test_a_number_with_decimals_is_kept_as_hundredths(cell: float, kept: int) -> None:
    assert row(k=cell).hundredths("k") == kept


def test_absent_cells_take_their_default() -> None:
    one = row()
    assert (one.text("a", ""), one.texts("b", ()), one.number("c", 7)) == ("", (), 7)
    assert one.flag("d") is False
    assert one.word("e", Answer, Answer.YES) is Answer.YES
    assert one.maybe("f", one.number) is None


@pytest.mark.parametrize(
    ("cell", "read", "sentence"),
    [
        (None, Row.text, "缺少“k”"),
        (" ", Row.text, "“k”不能为空"),
        (5, Row.text, "“k”应为文字"),
        (["", "甲"], Row.texts, "“k”应为文字列表"),
        ([5], Row.texts, "“k”应为文字列表"),
        (True, Row.number, "“k”应为整数"),
        ("是", Row.flag, "“k”应为 true 或 false"),
        ("2026-01-05", Row.day, "“k”应为日期"),
        ([1], Row.pair, "“k”应为两个整数"),
        ([True, 2], Row.pair, "“k”应为两个整数"),
        ("5", Row.hundredths, "“k”应为数字"),
        (True, Row.hundredths, "“k”应为数字"),
        (0.005, Row.hundredths, "“k”最多写两位小数"),
        (float("inf"), Row.hundredths, "“k”最多写两位小数"),
        ([5], Row.rows, "“k”应为小节列表"),
        (5, Row.row, "“k”应为小节"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_told_with_file_place_and_key(
    cell: object, read: Callable[[Row, str], object], sentence: str
) -> None:
    one = row() if cell is None else row(k=cell)
    assert told(lambda: read(one, "k")) == f"law/x.toml D05：{sentence}"


def test_a_date_with_a_time_is_no_date() -> None:
    from_toml = "k = 2026-01-05T10:00:00"
    assert told(lambda: _toml(from_toml).day("k")) == "x.toml：“k”应为日期，不带时间"


def _toml(text: str) -> Row:
    return Row("x.toml", "", tomllib.loads(text))


def test_a_word_that_is_no_member_lists_the_members() -> None:
    assert "“k”写的是“maybe”，应为 yes、no、partly、n/a、unchecked 之一" in told(
        lambda: row(k="maybe").word("k", Answer)
    )


def test_a_key_nobody_reads_is_refused() -> None:
    one = row(name="x", lenght=5)
    one.text("name")
    assert told(one.finish) == "law/x.toml D05：有不认识的项“lenght”"


def test_rows_are_called_by_their_id_or_their_place() -> None:
    top = Row("x.toml", "", {"term": [{"id": "D01"}, {}]})
    assert [one.where for one in top.rows("term")] == ["D01", "term 第2项"]


def test_an_id_used_twice_is_refused() -> None:
    top = Row("x.toml", "", {"term": [{"id": "D01"}, {"id": "D01"}]})
    assert told(lambda: by_id(top.rows("term"), lambda one: one)) == "x.toml D01：“id”重复"


def test_a_syntax_error_names_its_line(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text("a = 1\nb = = 2\n", encoding="utf-8")
    assert told(lambda: read_toml(tmp_path, "x.toml")) == "x.toml 第 2 行第 5 列写法有误"


def test_a_file_that_breaks_off_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text('a = """', encoding="utf-8")
    assert told(lambda: read_toml(tmp_path, "x.toml")) == "x.toml 末尾写法有误"


def test_a_missing_file_and_a_foreign_encoding_are_told(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_bytes("a = '文'".encode("gbk"))
    assert told(lambda: read_toml(tmp_path, "x.toml")) == "x.toml 不是 UTF-8 编码"
    assert told(lambda: read_toml(tmp_path, "y.toml")) == "读不到 y.toml，请重新安装"


LINES = """# a comment
[[term]]
id = "D01"
length = "five"

[[term]]
id = "D01"
names = [
  5,
]
lenght = 3
[term.inner]
unit = 1
"""


def _rows(tmp_path: Path) -> tuple[Row, ...]:
    (tmp_path / "x.toml").write_text(LINES, encoding="utf-8")
    return read_toml(tmp_path, "x.toml").rows("term")


def test_what_is_wrong_is_told_with_the_line_of_its_key(tmp_path: Path) -> None:
    first, second = _rows(tmp_path)
    assert told(lambda: first.number("length")) == "x.toml 第 4 行 D01：“length”应为整数"
    assert told(lambda: second.texts("names")) == "x.toml 第 8 行 D01：“names”应为文字列表"
    inner = second.row("inner")
    assert told(lambda: inner.text("unit")) == "x.toml 第 13 行 D01 inner：“unit”应为文字"


def test_a_missing_key_is_told_with_the_line_of_its_row(tmp_path: Path) -> None:
    first, second = _rows(tmp_path)
    assert told(lambda: first.text("name")) == "x.toml 第 2 行 D01：缺少“name”"
    assert told(lambda: second.text("name")) == "x.toml 第 6 行 D01：缺少“name”"


def test_unread_keys_and_repeated_ids_are_told_with_their_line(tmp_path: Path) -> None:
    rows = _rows(tmp_path)
    for key in ("id", "names", "inner"):
        rows[1].cell(key)
    assert told(rows[1].finish) == "x.toml 第 11 行 D01：有不认识的项“lenght”"
    twice = told(lambda: by_id(_rows(tmp_path), lambda one: [one.cell(key) for key in one]))
    assert twice == "x.toml 第 7 行 D01：“id”重复"


def test_a_file_of_one_table_holds_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text('extra = 1\n[[term]]\nid = "D01"\n', encoding="utf-8")
    sentence = told(lambda: table(tmp_path, "x.toml", "term", lambda one: one.text("id")))
    assert sentence == "x.toml 第 1 行：有不认识的项“extra”"
