"""Everything wrong with a form at once, each with its line."""

import pytest

from inspector_app.errors import UserError
from inspector_app.library.kind_checks import FormCheck, options_of
from inspector_app.library.paper_kinds import BLOCKS, examine, read_kind

HEAD = """id = "demo"
title = "演示"
version = "1"
effective_from = 2026-01-01
layout = "letter"

[[law]]
article = "第一条"
verified = "full"
demands = ["party"]

[[field]]
id = "party"
label = "单位"
type = "line"
group = "对象"
required = true
help = "第一条"
example = "某公司"
"""
KNOWN = "total、listed、count、before、workday、single、fines、others"
RULE = f"检查规则“odd:party”：不认识“odd”，可用 {KNOWN}"
WIDTHS = "正文第 2 段的“widths”应为各列宽度（毫米），用逗号隔开，例如 28,50,28,50"
THREE = 'rows = ["甲 || 乙 || 丙"]\noptions = { widths = "28,128" }'
BODY = '\n[[body]]\nkind = "para"\ntext = "{party}"\n'


def told(text: str) -> list[tuple[FormCheck, int, str]]:
    return [(one.check, one.line, one.message) for one in examine(text)[1]]


def block(kind: str, rest: str) -> list[tuple[FormCheck, int, str]]:
    return told(f'{HEAD}{BODY}\n[[body]]\nkind = "{kind}"\n{rest}\n')


def test_a_good_form_has_no_faults() -> None:
    kind, faults = examine(HEAD + BODY)
    assert faults == ()
    assert kind == read_kind(HEAD + BODY)
    assert kind.law[0].demands == ("party",)


def test_all_faults_come_together_with_their_lines() -> None:
    text = HEAD.replace('example = "某公司"', "example = 1") + BODY.replace("{party}", "{nobody}")
    text = text.replace('layout = "letter"', 'layout = "letter"\nchecks = ["odd:party"]')
    kind, _ = examine(text.replace("example = 1", ""))
    assert kind is not None
    assert told(text)[0][0] is FormCheck.READS  # an example of the wrong type cannot be read
    text = text.replace("example = 1", 'example = ""')
    assert [(one.check, one.line) for one in examine(text)[1]] != []
    text = text.replace('example = ""', "")
    assert told(text) == [
        (FormCheck.MARKS, 24, "正文第 1 段里的“{nobody}”不是字段，也不是本局事项"),
        (FormCheck.PRINTED, 18, "必填的“单位”没有印到文书上"),
        (FormCheck.LAW, 11, "该条要求的“单位”没有印出"),
        (
            FormCheck.RULES,
            6,
            RULE,
        ),
        (FormCheck.SAMPLES, 13, "字段“单位”没有“example”"),
    ]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("id = ", 1, "写法有误"),
        ('id = "demo"\n', 0, "缺少“title”"),
        (HEAD.replace('"line"', '"words"') + BODY, 15, "“type”写的是“words”"),
        (HEAD + BODY.replace('"para"', '"paragraph"'), 21, "没有“paragraph”这种段落"),
    ],
)
def test_the_first_thing_that_cannot_be_read_is_told(text: str, line: int, said: str) -> None:
    kind, faults = examine(text)
    assert kind is None
    assert (faults[0].check, faults[0].line) == (FormCheck.READS, line)
    assert said in faults[0].message
    with pytest.raises(UserError):
        read_kind(text)


@pytest.mark.parametrize(
    ("kind", "rest", "said"),
    [
        ("gap", 'options = { height = "tall" }', "正文第 2 段的“height”应为 0 到 400 的数"),
        ("gap", 'options = { width = "1" }', "正文第 2 段的版式里不认识“width”，可用：height"),
        ("end", 'options = { width = "1" }', "正文第 2 段的版式里不认识“width”，可用：没有"),
        ("grid", 'options = { widths = "28,128" }', "正文第 2 段没有内容：请写“rows”"),
        ("grid", 'rows = ["甲 || {party}"]', WIDTHS),
        ("grid", THREE, "正文第 2 段有一行多于 2 格"),
        ("grid", 'rows = ["甲 || 乙"]\noptions = { widths = "2,128" }', "正文第 2 段有一列太窄"),
    ],
)  # fmt: skip
def test_what_a_block_is_told_beside_its_text(kind: str, rest: str, said: str) -> None:
    assert [one[2] for one in block(kind, rest)] == [said]
    assert block(kind, rest)[0][0] is FormCheck.READS


def test_ticks_name_their_field_and_say_when_more_is_printed() -> None:
    rest = 'options = { field = "party", extra = "{party}" }'
    assert [one[2] for one in block("ticks", rest)] == [
        "正文第 2 段的“extra”和“extra_when”要一起写",
        "正文第 2 段的“field”应是多选字段",
    ]


def test_a_mark_is_found_where_it_stands() -> None:
    rest = 'when = ["nobody"]\ntext = "x"\nrows = ["{someone}"]'
    assert [one[1] for one in block("lines", rest)] == [27, 29]
    assert block("para", 'text = "{party|loud}"')[0][2].startswith("正文第 2 段“{party|loud}”")


def test_an_example_of_another_type_or_too_long_is_told() -> None:
    text = HEAD.replace('type = "line"', 'type = "date"') + BODY
    text = text.replace('example = "某公司"', 'example = "某日"\nlongest = "2026-11-18"')
    assert told(text) == [(FormCheck.SAMPLES, 19, "字段“单位”应是日期，如 2026-11-18")]
    text = HEAD.replace("required = true", "max_length = 2\nrequired = true") + BODY
    assert told(text) == [(FormCheck.SAMPLES, 20, "字段“单位”的例子超过 2 字")]


def test_options_are_known_for_blocks_that_exist() -> None:
    assert all(options_of(kind) == () or kind in BLOCKS for kind in BLOCKS)
    assert options_of("table") == ("field", "total", "size")
