"""Forms nobody meant well: each is told with a fault in the list, none breaks the program."""

import re
from datetime import date

import pytest

from inspector_app.library.kind_checks import FormCheck
from inspector_app.library.pack_zip import PackHead
from inspector_app.services.desk import Desk
from inspector_app.services.template_checks import FormReport, check_form
from inspector_app.services.templates import shipped_text
from tests.helpers.forms import CALL, ORDER, kept, retitled

HEAD = PackHead("2026.2", date(2026, 10, 1), "")
DAY = date(2026, 9, 28)


def changed(desk: Desk, pattern: str, new: str) -> FormReport:
    """The check list of the shipped order with the first match replaced."""
    text = shipped_text(desk, ORDER)
    assert re.search(pattern, text)
    return check_form(desk, ORDER, re.sub(pattern, lambda _match: new, text, count=1))


@pytest.mark.parametrize(
    ("pattern", "new", "check", "said"),
    [
        (r"\A#", "x = " + "[" * 5000 + "]" * 5000 + "\n#", FormCheck.READS, "套得太深"),
        (r"\A#", "x = " + "9" * 5000 + "\n#", FormCheck.READS, "写法有误"),
        (r"longest_repeat = 145", "longest_repeat = 100000000", FormCheck.READS, "1 到 2000"),
        (r"longest_repeat = 145", "longest_repeat = 1000", FormCheck.READS, "遍太长"),
        (r"width = \d+", "width = 0", FormCheck.READS, "1 到 200"),
        (r"max_length = \d+", "max_length = -1", FormCheck.READS, "0 到 100000"),
        (r'id = "party"', 'id = "当事人"', FormCheck.READS, "只能用英文字母"),
        (r"\{party\}：", "{{party}：", FormCheck.MARKS, "花括号不成对"),
        (r"\{facts\}", "{wage_table|lines}", FormCheck.MARKS, "只用于共同当事人"),
        (r'title = ".*"', 'title = "../../夜"', FormCheck.NAMES, "要用作文件名"),
        (r'title = ".*"', 'title = "责令\\u202e书"', FormCheck.NAMES, "看不见的字符"),
        (r'title = ".*"', f'title = "{"书" * 41}"', FormCheck.NAMES, "超过 40 字"),
        (r'title = ".*"', 'title = "约谈通知书"', FormCheck.NAMES, "已有另一种文书在用"),
        (r'series_char = ".*"', 'series_char = "令〔1〕"', FormCheck.NAMES, "汉字或字母"),
        (r"copies = .*", "copies = []", FormCheck.NAMES, "各联要写名称"),
        (r"copies = .*", 'copies = ["a", "a"]', FormCheck.NAMES, "不能重复"),
        (r'label = "证据"', 'label = "证\\u0000据"', FormCheck.NAMES, "看不见的字符"),
    ],
)
def test_what_is_meant_badly_is_a_line_of_the_check_list(
    desk: Desk, pattern: str, new: str, check: FormCheck, said: str
) -> None:
    found = changed(desk, pattern, new).faults
    assert found[0].check is check
    assert said in found[0].message


def test_rows_that_the_editor_could_not_change_are_refused(desk: Desk) -> None:
    text = shipped_text(desk, ORDER)
    law = 'law = [{ article = "劳动保障监察条例第十八条", verified = "excerpt" }]\n'
    head = re.sub(r"(?ms)^\[\[law\]\].*?(?=^\[\[field)", "", text)
    report = check_form(desk, ORDER, law + head)
    assert report.kind is None
    assert [one.message for one in report.faults] == ["“law”要一项一段，每段以 [[law]] 开头"]


def test_a_form_cannot_say_that_an_article_was_read(desk: Desk) -> None:
    for article, fine in (
        ("河南省某办法第一条", False),
        ("关于实施《劳动保障监察条例》若干规定第三条", False),
        ("《保障农民工工资支付条例》第二十八条第一款", True),
        ("行政处罚法第三十三条", True),
    ):
        more = f'[[law]]\narticle = "{article}"\nverified = "full"\n\n[[field]]'
        found = changed(desk, r"\[\[field\]\]", more).faults
        assert (not found) is fine, (article, found)
        if found:
            assert found[0].check is FormCheck.LAW
            assert f"“{article}”没有核实全文，“verified”不能写 full" in found[0].message


def test_a_name_that_another_own_form_bears_or_will_bear_is_taken(desk: Desk) -> None:
    text = retitled(desk, "责令改正书").replace('series_char = "令"', 'series_char = "责"')
    kept(desk, text, "局2026-1", date(2027, 1, 1))
    call = retitled(desk, "责令改正书", CALL)
    call = re.sub(r'series_char = ".*"', 'series_char = "责"', call)
    told = [one.message for one in check_form(desk, CALL, call).faults]
    assert told == [
        "文书名称“责令改正书”已有另一种文书在用",
        "文种代字“责”已用于责令改正书，字号会重复",
    ]
