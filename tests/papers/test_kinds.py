"""Each shipped kind, with its example and with what strains it: whole, embedded, unchanging."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector_app.domain.capital import capital
from inspector_app.domain.money import yuan
from inspector_app.domain.paper_checks import check
from inspector_app.domain.paper_values import example_values
from inspector_app.domain.papers import PaperKind
from inspector_app.library.office import office_dir
from inspector_app.papers.fonts import FontSet
from inspector_app.papers.geometry import BOTTOM, HEIGHT, LEFT, PAGE_HEIGHT, TOP, WIDTH
from inspector_app.papers.render import render
from inspector_app.papers.tables import rows_of
from tests.conftest import PictureCheck
from tests.helpers.builders import calendar_between
from tests.papers.conftest import BUREAU, KINDS, Press, context
from tests.papers.pdf import picture, run, text_of, words

TODAY = date(2026, 11, 18)
AMOUNT = re.compile(r"共计人民币([\d,.]+)元（大写：(\w+)）")


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("longest", [False, True], ids=["example", "longest"])
def test_every_sample_passes_its_own_checks(
    kinds: dict[str, PaperKind], name: str, longest: bool
) -> None:
    kind = kinds[name]
    values = example_values(kind, longest=longest)
    calendar = calendar_between(2024, 2026)
    assert check(kind, values, today=TODAY, calendar=calendar) == []


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("longest", [False, True], ids=["example", "longest"])
def test_nothing_stands_outside_the_type_area_but_what_belongs_there(
    press: Press, name: str, longest: bool
) -> None:
    outside = [
        word
        for word in words(press.paper(name, longest=longest).pdf)
        if word.left < LEFT - 0.3
        or word.right > LEFT + WIDTH + 0.9
        or word.top < TOP - 3
        or word.bottom > PAGE_HEIGHT - BOTTOM + 4
    ]
    assert {word.text for word in outside} <= {"—", "演示数据", "第", "页", "共"} | set(
        map(str, range(1, 40))
    ) | {f"—{number}—" for number in range(1, 40)}


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("longest", [False, True], ids=["example", "longest"])
def test_all_fonts_are_embedded_and_every_character_has_one(
    press: Press, name: str, longest: bool
) -> None:
    paper = press.paper(name, longest=longest)
    assert paper.missing == ()
    table = run("pdffonts", paper.pdf, "-").decode().splitlines()[2:]
    assert table
    assert all(" yes yes yes " in line for line in table)
    assert {re.sub(r"^\w+\+", "", line.split()[0]) for line in table} == set(paper.fonts)


@pytest.mark.parametrize("name", ["rectification_order", "interview_notice", "inquiry_notice"])
@pytest.mark.parametrize("longest", [False, True], ids=["example", "longest"])
def test_the_signature_never_stands_alone_on_its_page(
    press: Press, name: str, longest: bool
) -> None:
    found = words(press.paper(name, longest=longest).pdf)
    signed = [word for word in found if word.text == BUREAU.bureau and word.top > TOP + 60]
    assert len(signed) == 1
    above = [w for w in found if w.page == signed[0].page and w.bottom < signed[0].top - 20]
    assert any(len(word.text) > 6 and not word.text.startswith("监察员") for word in above)
    receiver = [word for word in found if word.text.startswith("收件人")]
    assert [word.page for word in receiver] == [signed[0].page]


@pytest.mark.parametrize("name", KINDS)
def test_the_same_input_gives_the_same_bytes_in_another_process(press: Press, name: str) -> None:
    script = (
        "import sys, json\n"
        "from tests.papers.conftest import Press, load_kind, forms_dir, resources_dir, FontSet\n"
        "name = sys.argv[1]\n"
        "kinds = {name: load_kind(forms_dir() / 'papers' / name)}\n"
        "press = Press(FontSet.shipped_only(resources_dir() / 'fonts'), kinds)\n"
        "print(json.dumps([press.paper(name).sha256 for _ in range(2)]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, name],
        capture_output=True,
        check=True,
        cwd=office_dir(),
        env={"PYTHONHASHSEED": "7", "PATH": "/usr/bin:/bin", "HOME": "/nonexistent"},
    )
    assert json.loads(done.stdout) == [press.paper(name).sha256] * 2


@pytest.mark.parametrize("name", KINDS)
def test_every_page_looks_as_it_was_last_accepted(
    press: Press, name: str, picture_check: PictureCheck
) -> None:
    paper = press.paper(name)
    for page in range(1, paper.pages + 1):
        picture_check(f"papers/{name}_{page}", picture(paper.pdf, page))


def test_a_rare_name_is_copied_back_from_the_page(press: Press) -> None:
    assert "𬱖某某" in text_of(press.paper("rectification_order").pdf)


def test_the_amount_of_the_order_its_capitals_and_the_table_agree(press: Press) -> None:
    values = example_values(press.kinds["rectification_order"])
    total = sum(int(row["owing"]) for row in rows_of(values["wage_table"]))
    shown = AMOUNT.search(text_of(press.paper("rectification_order").pdf))
    assert shown is not None
    assert shown.groups() == (yuan(total), capital(total))
    assert f"108,500.0044,300.00{yuan(total)}" in text_of(press.paper("rectification_order").pdf)


def test_the_table_of_435_workers_repeats_its_header_and_totals_once(press: Press) -> None:
    paper = press.paper("rectification_order", longest=True)
    text = text_of(paper.pdf)
    tables = [word.page for word in words(paper.pdf) if word.text == "身份证号"]
    assert len(tables) == len(set(tables)) > 10
    assert text.count("合计") == 1
    assert yuan(930_900_000) in text


def test_an_order_short_enough_stands_on_one_page_with_its_annex_on_the_next(press: Press) -> None:
    paper = press.paper("rectification_order")
    assert paper.pages == 2
    assert "附件" in {word.text for word in words(paper.pdf) if word.page == 2}


def test_the_remedies_are_printed_only_when_the_bureau_says_so(press: Press) -> None:
    kind = press.kinds["rectification_order"]
    values = example_values(kind)
    assert "行政复议" not in text_of(press.paper("rectification_order").pdf)
    ctx = context(kind, settings={"order_remedies": "是", "order_statement": "是"})
    text = text_of(render(kind, values, ctx, press.fonts).pdf)
    assert "向平顶山市人民政府申请行政复议" in text
    assert "有管辖权的人民法院" in text
    assert "陈述、申辩" in text
    named = replace(ctx, court="某某区人民法院")
    assert "向某某区人民法院提起" in text_of(render(kind, values, named, press.fonts).pdf)


def test_an_interview_threatens_nothing_and_names_no_article_unless_told(press: Press) -> None:
    text = text_of(press.paper("interview_notice").pdf)
    assert not re.search(r"罚|条例|法》|依据|逾期|后果", text)
    kind = press.kinds["interview_notice"]
    values = example_values(kind) | {"basis": "《保障农民工工资支付条例》第六十条"}
    assert "依据《保障农民工工资支付条例》第六十条" in text_of(
        render(kind, values, context(kind), press.fonts).pdf
    )


def test_every_page_of_a_record_is_signed_and_numbered(press: Press) -> None:
    paper = press.paper("inspection_record", longest=True)
    found = words(paper.pdf)
    signed = {word.page for word in found if word.text.startswith("现场负责人（签名）")}
    assert signed == set(range(1, paper.pages + 1))
    assert f"第1页共{paper.pages}页" in text_of(paper.pdf)
    assert text_of(paper.pdf).count("（以下空白）") == 1


@settings(max_examples=25, deadline=None)
@given(
    facts=st.lists(st.text("拖欠工资，。（）《》12a ", min_size=1), min_size=1, max_size=30).map(
        "\n".join
    ),
    rows=st.integers(0, 60),
)
def test_whatever_is_typed_flows_without_leaving_the_page(
    press: Press, facts: str, rows: int
) -> None:
    kind = press.kinds["rectification_order"]
    table = [{"no": str(n), "name": "甲某", "owing": "100"} for n in range(1, rows + 1)]
    values = example_values(kind) | {"facts": facts or "无", "wage_table": tuple(table)}
    paper = render(kind, values, context(kind), press.fonts)
    lowest = max(w.bottom for w in words(paper.pdf) if not re.fullmatch(r"[—\d]+|演示数据", w.text))
    assert lowest <= TOP + HEIGHT + 4


def test_a_preview_shows_blanks_where_a_required_field_is_empty(
    kinds: dict[str, PaperKind], fonts: FontSet
) -> None:
    kind = kinds["rectification_order"]
    ctx = context(kind, draft=True, number="", issue_date=None)
    paper = render(kind, {}, ctx, fonts)
    text = text_of(paper.pdf)
    assert "印章位置" in text
    assert "草" in text
    assert "年月日" in text


def test_a_form_marks_copies_and_void_papers(kinds: dict[str, PaperKind], fonts: FontSet) -> None:
    kind = kinds["interview_notice"]
    values = example_values(kind)
    copy = render(kind, values, context(kind, mark="副本", demo=False), fonts)
    void = render(kind, values, context(kind, mark="作废"), fonts)
    assert "副本" in text_of(copy.pdf)
    assert "演示数据" not in text_of(copy.pdf)
    assert text_of(void.pdf).count("作废") + text_of(void.pdf).count("废") >= 2


def test_a_character_no_font_has_is_told_and_shown_as_a_mark(
    kinds: dict[str, PaperKind], fonts: FontSet
) -> None:
    kind = kinds["interview_notice"]
    values = example_values(kind) | {"party": "𡖖氏公司"}
    paper = render(kind, values, context(kind), fonts)
    assert paper.missing == ("𡖖",)
    assert "〓氏公司" in text_of(paper.pdf)


def test_a_long_bureau_name_breaks_in_the_title_and_in_the_signature(
    kinds: dict[str, PaperKind], fonts: FontSet
) -> None:
    kind = kinds["interview_notice"]
    name = "某某国家级经济技术开发区综合行政执法与劳动保障监察事务管理局"
    ctx = context(kind, bureau=name, draft=True)
    assert text_of(render(kind, example_values(kind), ctx, fonts).pdf).count(name) == 2


def test_a_line_of_one_character_is_not_stretched(
    kinds: dict[str, PaperKind], fonts: FontSet
) -> None:
    kind = kinds["interview_notice"]
    values = example_values(kind) | {"reason": "甲" + "a1" * 30}
    found = words(render(kind, values, context(kind), fonts).pdf)
    assert "甲" in {word.text for word in found}


def test_a_table_without_rows_still_shows_its_header(
    kinds: dict[str, PaperKind], fonts: FontSet
) -> None:
    kind = kinds["proof_of_service"]
    paper = render(kind, {"papers": None}, context(kind), fonts)
    assert "送达文书名称" in text_of(paper.pdf)


def test_ticks_show_what_is_not_asked_for_too(press: Press) -> None:
    kind = press.kinds["inquiry_notice"]
    values = example_values(kind) | {"other_materials": None, "materials": ()}
    text = text_of(render(kind, values, context(kind), press.fonts).pdf)
    assert all(option in text for option in kind.field("materials").options)
    assert "其他：" not in text
