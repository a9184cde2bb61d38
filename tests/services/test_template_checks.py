"""The check list of a form: every fault with its line; what cannot be asked yet is open."""

import pytest

from inspector_app.library.form_text import add_row
from inspector_app.library.kind_checks import FormCheck
from inspector_app.services import papers
from inspector_app.services.desk import Desk
from inspector_app.services.publication import blank_copy
from inspector_app.services.settings import save
from inspector_app.services.template_checks import check_form, draw_sample
from inspector_app.services.templates import shipped_text
from tests.helpers.forms import ORDER
from tests.papers.pdf import text_of


@pytest.mark.parametrize("kind", ["rectification_order", "inquiry_record", "filing_approval"])
def test_a_shipped_form_passes_every_check(desk: Desk, kind: str) -> None:
    report = check_form(desk, kind, shipped_text(desk, kind))
    assert report.faults == ()
    assert report.ok
    assert [line.check for line in report.lines] == list(FormCheck)
    assert min(report.pages) >= 1


def found(desk: Desk, old: str, new: str, kind: str = ORDER) -> list[tuple[FormCheck, int, str]]:
    text = shipped_text(desk, kind)
    assert old in text
    report = check_form(desk, kind, text.replace(old, new, 1))
    assert not report.ok
    return [(fault.check, fault.line, fault.message) for fault in report.faults]


def line(desk: Desk, words: str, kind: str = ORDER) -> int:
    lines = shipped_text(desk, kind).splitlines()
    return next(number for number, one in enumerate(lines, 1) if one.startswith(words))


def test_every_fault_is_named_with_its_line(desk: Desk) -> None:
    mark = 'text = "{party}："'
    marked, law = found(desk, mark, 'text = "{partie}："')
    said = "正文第 3 段里的“{partie}”不是字段，也不是本局事项"
    assert marked == (FormCheck.MARKS, line(desk, mark), said)
    assert law[:2] == (FormCheck.LAW, line(desk, "demands"))
    assert law[2].startswith("该条要求的“被指令单位”在没有“")
    assert law[2].endswith("”时没有印出")


@pytest.mark.parametrize(
    ("old", "new", "check", "said"),
    [
        ('id = "rectification_order"', 'id = ', FormCheck.READS, "写法有误"),
        ('id = "rectification_order"', 'id = "other"', FormCheck.READS, "“id”应为"),
        ('layout = "letter"', 'layout = "poster"', FormCheck.READS, "“layout”写的是“poster”"),
        ('{ after = "10" }', '{ after = "x" }', FormCheck.READS, "应为 0 到 400"),
        ('options = { after = "10" }', 'options = { big = "1" }', FormCheck.READS, "不认识“big”"),
        ('"setting.order_statement"', '"setting.nobody"', FormCheck.MARKS, "没有“nobody”这项设置"),
        ('default = "order.evidence"', 'default = "case.mood"', FormCheck.MARKS, "不是台账事项"),
        ('default = "order.evidence"', 'default = "claims.table"', FormCheck.MARKS, "不能填进单行"),
        ('default = "order.evidence"', 'default = "order.deadline"', FormCheck.MARKS, "单行文字"),
        ('default = "claims.owing_fen"', 'default = "=100"', FormCheck.MARKS, "不能用固定文字"),
        ('id = "rectification_order"', 'ident = "x"', FormCheck.READS, "缺少“id”"),
        ('series = "order"', 'series = "other"', FormCheck.LAW, "编号序列不能改"),
        ('series_char = "令"', 'series_char = "约"', FormCheck.NAMES, "“约”已用于约谈通知书"),
        ('series_char = "令"', 'series_char = ""', FormCheck.NAMES, "没有文种代字"),
        ('"before:today<deadline",', "", FormCheck.LAW, "随程序的检查“before:today<deadline”"),
        ('"before:today<deadline",', '"sooner:deadline",', FormCheck.RULES, "不认识“sooner”"),
        ("example = 6420000", "example = 1", FormCheck.SAMPLES, "例子：“拖欠金额”"),
        ("max_length = 80", "max_length = 20", FormCheck.SAMPLES, "超过 20 字"),
        ("{amount|yuan}元", "{amount|date}元", FormCheck.PAGES, "例子排不出：“6420000”不是日期"),
        ("附有关证明材料。", "附\U00030edd材料。", FormCheck.GLYPHS, "字库里没有“\U00030edd”"),
    ],
)  # fmt: skip
def test_what_the_check_list_finds(
    desk: Desk, old: str, new: str, check: FormCheck, said: str
) -> None:
    told = [one for one in found(desk, old, new) if one[0] is check]
    assert told, found(desk, old, new)
    assert said in told[0][2]


def test_a_statute_nobody_read_in_full_is_not_printed_by_a_form_either(desk: Desk) -> None:
    doubtful = desk.library.statutes["刑法"]
    told = found(desk, "附有关证明材料。", f"依据《{doubtful.name}》办理。")
    assert told[0][0] is FormCheck.LAW
    assert "没有核实全文，不能印作依据" in told[0][2]
    text = shipped_text(desk, ORDER)
    assert text.splitlines()[told[0][1] - 1] == "[[body]]"
    assert text.splitlines()[told[0][1] + 2].endswith('附有关证明材料。"')


def test_a_line_that_leaves_the_page_is_named(desk: Desk) -> None:
    told = found(desk, 'text = "{number}"', f'text = "{{number}}{"长" * 40}"')
    assert told[0][0] is FormCheck.PAGES
    assert "超出版心" in told[0][2]


def test_what_cannot_be_asked_yet_is_open(desk: Desk) -> None:
    report = check_form(desk, ORDER, "id = ")
    assert report.kind is None
    assert [one.ok for one in report.lines] == [False] + [None] * 8
    text = shipped_text(desk, ORDER).replace('text = "{party}："', 'text = "{partie}："')
    open_ones = [one.check for one in check_form(desk, ORDER, text).lines if one.ok is None]
    assert open_ones == [FormCheck.PAGES, FormCheck.GLYPHS]


def test_the_sample_is_drawn_as_a_draft_with_a_number_as_it_would_be(desk: Desk) -> None:
    save(desk, {"paper_number_template": "{机关}{文种}【{年}】{序号:4}号"})
    kind = papers.kind_of(desk, ORDER)
    assert "平人社令【2026】0001号" in text_of(draw_sample(desk, kind).pdf)
    assert draw_sample(desk, kind, longest=True).pages > 10
    assert "平人社令【】号" in text_of(blank_copy(desk, ORDER).pdf)


def test_a_field_of_the_bureaus_own_is_asked_printed_and_checked(desk: Desk) -> None:
    text = add_row(shipped_text(desk, ORDER), "field", 99, {
        "id": "own_1", "label": "联系处", "type": "line", "group": "承办", "required": True,
        "help": "本局文件", "example": "监察一科",
    })  # fmt: skip
    report = check_form(desk, ORDER, text)
    assert [fault.message for fault in report.faults] == ["必填的“联系处”没有印到文书上"]
