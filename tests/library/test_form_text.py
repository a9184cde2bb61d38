"""Forms are changed row by row; what is not touched stays as somebody wrote it."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.library.form_text import (
    add_row,
    literal,
    move_row,
    remove_row,
    row_at,
    set_key,
)
from inspector_app.library.office import forms_dir

FORMS = sorted((forms_dir() / "papers").glob("*/form.toml"))
SMALL = '''# 说明
id = "demo"
title = "演示"  # 名称

[[law]]
article = "第一条"
verified = "full"

# 对象
[[field]]
id = "party"
label = "单位"
columns = [
    { id = "no", title = "序号" },  # 列
]
example = """
第一行 [[field]]
"""

[[field]]
id = "facts"
label = "事实"

[[body]]
kind = "para"
text = "{party}"
'''


def read(text: str) -> dict[str, Any]:
    return tomllib.loads(text)


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.parent.name)
def test_a_change_taken_back_gives_the_shipped_text_again(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    known = read(text)
    last = len(known["body"]) - 1
    for array, number in (("field", 0), ("field", len(known["field"]) - 1), ("body", last)):
        key = "label" if array == "field" else "kind"
        changed = set_key(text, array, number, key, "改")
        assert read(changed)[array][number][key] == "改"
        assert set_key(changed, array, number, key, known[array][number][key]) == text
    assert move_row(move_row(text, "body", 0, last), "body", last, 0) == text
    added = add_row(text, "field", 1, {"id": "own", "label": "新", "required": True})
    assert read(added)["field"][1] == {"id": "own", "label": "新", "required": True}
    assert remove_row(added, "field", 1) == text


def test_comments_and_blank_lines_stay_where_they_were() -> None:
    changed = set_key(SMALL, "field", 0, "label", "被指令单位")
    assert changed == SMALL.replace('label = "单位"', 'label = "被指令单位"')
    moved = move_row(SMALL, "field", 0, 1)
    assert moved.index("# 对象") > moved.index('id = "facts"')
    assert [one["id"] for one in read(moved)["field"]] == ["facts", "party"]
    assert read(moved)["field"][1] == read(SMALL)["field"][0]
    assert move_row(moved, "field", 1, 0) == SMALL


def test_a_new_key_stands_where_it_belongs_and_one_can_go() -> None:
    changed = set_key(SMALL, "field", 1, "required", True)
    changed = set_key(changed, "field", 1, "help", "为什么")
    assert 'label = "事实"\nrequired = true\nhelp = "为什么"\n' in changed
    assert (
        set_key(set_key(changed, "field", 1, "required", None), "field", 1, "help", None) == SMALL
    )
    assert set_key(SMALL, "field", 1, "required", None) == SMALL
    assert set_key(SMALL, "body", 0, "when", ["party"]).endswith(
        '[[body]]\nkind = "para"\nwhen = ["party"]\ntext = "{party}"\n'
    )
    first = set_key('[[body]]\ntext = "x"\n', "body", 0, "kind", "para")
    assert first == '[[body]]\nkind = "para"\ntext = "x"\n'
    assert read(set_key(SMALL, "field", 1, "strange", 1))["field"][1]["strange"] == 1


def test_keys_at_the_top_are_set_before_the_first_row() -> None:
    changed = set_key(SMALL, "", 0, "version", "局2026-1")
    changed = set_key(changed, "", 0, "effective_from", date(2026, 11, 1))
    assert read(changed)["version"] == "局2026-1"
    assert read(changed)["effective_from"] == date(2026, 11, 1)
    assert changed.startswith('# 说明\nid = "demo"\ntitle = "演示"  # 名称\nversion = ')


def test_the_first_row_of_an_array_comes_behind_what_stands_before_it() -> None:
    text = 'id = "x"\n\n[[field]]\nid = "a"\n'
    assert list(read(add_row(text, "law", 0, {"article": "一"}))) == ["id", "law", "field"]
    assert add_row(text, "body", 0, {"kind": "gap"}).endswith('[[body]]\nkind = "gap"\n')
    assert remove_row(text, "field", 0) == 'id = "x"\n'
    assert add_row('id = "x"', "field", 0, {"id": "a"}) == 'id = "x"\n\n[[field]]\nid = "a"\n'


def test_a_table_inside_a_row_goes_with_it() -> None:
    text = '[[field]]\nid = "a"\n[[field.columns]]\nid = "no"\n\n[[field]]\nid = "b"\n'
    moved = move_row(text, "field", 0, 1)
    assert [one["id"] for one in read(moved)["field"]] == ["b", "a"]
    assert read(moved)["field"][1]["columns"] == [{"id": "no"}]


def test_a_line_is_traced_to_its_row() -> None:
    lines = SMALL.splitlines()
    places = {
        'id = "demo"': ("", 0),
        "[[law]]": ("law", 0),
        "# 对象": ("field", 0),
        "第一行 [[field]]": ("field", 0),
        'label = "事实"': ("field", 1),
        'text = "{party}"': ("body", 0),
    }
    for words, place in places.items():
        assert row_at(SMALL, lines.index(words) + 1) == place, words
    assert row_at(SMALL, 0) == ("", 0)


def test_a_comment_at_the_top_is_about_the_file() -> None:
    assert remove_row("# 说明\n[[field]]\nid = 1\n", "field", 0) == "# 说明\n"


words = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
values = st.recursive(
    st.one_of(words, st.booleans(), st.integers(-(10**9), 10**9), st.dates()),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(words, inner, max_size=3)),
    max_leaves=8,
)


@given(values)
def test_whatever_is_written_reads_back(value: Any) -> None:
    text = set_key(SMALL, "field", 1, "example", value)
    assert read(text)["field"][1]["example"] == value
    assert read(f"x = {literal(value)}")["x"] == value


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=8))
def test_moving_rows_loses_none(moves: list[tuple[int, int]]) -> None:
    text = SMALL
    for number in range(3):
        text = add_row(text, "field", 9, {"id": f"own_{number}"})
    names = [one["id"] for one in read(text)["field"]]
    for number, to in moves:
        text = move_row(text, "field", number, to)
        names.insert(to, names.pop(number))
    assert [one["id"] for one in read(text)["field"]] == names
    assert read(text)["body"] == read(SMALL)["body"]
