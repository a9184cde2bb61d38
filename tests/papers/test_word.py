"""Every kind as a Word document: it opens, says what the page says, and is set as it should be."""

import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Mm

from inspector_app.domain.paper_values import example_values
from inspector_app.domain.papers import Block, Layout, PaperKind, Values
from inspector_app.library.office import office_dir
from inspector_app.papers.blocks import BLOCK_KINDS
from inspector_app.papers.context import Text
from inspector_app.papers.fonts import FontSet
from inspector_app.papers.word.blocks import WRITTEN
from inspector_app.papers.word.document import WordFile, compose
from inspector_app.papers.word.plain import page_bodies, plain, words_only
from inspector_app.papers.word.reading import docx_lines, pdf_text
from inspector_app.papers.word.xml import FONTS, SYMBOLS
from tests.papers.conftest import KINDS, Press, context

ORDER = "rectification_order"
SENTENCES = {"title", "number", "addressee", "para", "heading", "subheading"}
BOTH = pytest.mark.parametrize("longest", [False, True], ids=["example", "longest"])
EVERY = pytest.mark.parametrize("name", KINDS)


def made(press: Press, name: str, *, longest: bool = False, **changes: object) -> WordFile:
    kind = press.kinds[name]
    values = example_values(kind, longest=longest)
    return compose(kind, values, context(kind, **changes), press.fonts)


def opened(file: WordFile) -> WordDocument:
    return Document(BytesIO(file.docx))


def part(file: WordFile, name: str) -> str:
    """The XML of one part of the package."""
    with zipfile.ZipFile(BytesIO(file.docx)) as package:
        return package.read(f"word/{name}.xml").decode()


def said(lines: tuple[str, ...]) -> list[str]:
    return [words for words in map(plain, lines) if words]


def of_body(press: Press, *blocks: Block, layout: Layout = Layout.LETTER) -> WordFile:
    """A paper made of these blocks only, filled from the example of the order."""
    kind = replace(press.kinds[ORDER], body=blocks, layout=layout)
    return compose(kind, example_values(press.kinds[ORDER]), context(kind), press.fonts)


@EVERY
@BOTH
def test_the_document_opens_and_says_what_the_printed_page_says(
    press: Press, name: str, longest: bool
) -> None:
    kind, file = press.kinds[name], made(press, name, longest=longest)
    assert file.missing == ()
    assert said(docx_lines(file.docx)) == said(file.lines)
    foot = "".join(
        plain(cell) for one in kind.body if one.kind == "foot" for row in one.rows for cell in row
    )
    heads = ["".join(plain(one.title) for one in field.columns) for field in kind.fields]
    pages = pdf_text(press.paper(name, longest=longest).pdf).pages
    printed = page_bodies(pages, [foot], [one for one in heads if one])
    words = plain("".join(file.lines)).replace("☑", "").replace("☐", "")  # drawn, not set, in print
    assert words_only(words) == words_only(printed)


@EVERY
@BOTH
def test_every_sentence_stands_in_the_document_in_the_order_of_the_form(
    press: Press, name: str, longest: bool
) -> None:
    kind, file = press.kinds[name], made(press, name, longest=longest)
    text = Text.of(kind, example_values(kind, longest=longest), context(kind))
    words = "".join(said(file.lines))
    at = 0
    for block in kind.body:
        if block.kind in SENTENCES and text.wanted(block.when):
            for sentence in said(tuple(text(block.text).split("\n"))):
                at = words.index(sentence, at) + len(sentence)
    assert at > 0


@EVERY
def test_every_run_and_every_style_names_its_east_asian_font(press: Press, name: str) -> None:
    file = made(press, name)
    asian = {fonts[0] for fonts in FONTS.values()} | {SYMBOLS}
    for story in ("document", "styles", *footers(file)):
        root = Document(BytesIO(file.docx)).element if story == "document" else parsed(file, story)
        texts = list(root.iter(qn("w:r")))
        for run in texts:
            fonts = run.find(qn("w:rPr")).find(qn("w:rFonts"))
            assert fonts.get(qn("w:eastAsia")) in asian
            assert fonts.get(qn("w:ascii"))
            assert fonts.get(qn("w:hint")) == "eastAsia"
            assert run.find(qn("w:rPr")).find(qn("w:sz")) is not None
        for style in root.iter(qn("w:style")):
            if style.get(qn("w:type")) == "paragraph":
                assert style.find(qn("w:rPr")).find(qn("w:rFonts")).get(qn("w:eastAsia")) in asian


def footers(file: WordFile) -> list[str]:
    with zipfile.ZipFile(BytesIO(file.docx)) as package:
        names = [one for one in package.namelist() if "footer" in one and "rels" not in one]
    return [name.removeprefix("word/").removesuffix(".xml") for name in names]


def parsed(file: WordFile, name: str):  # type: ignore[no-untyped-def]  # python-docx has no type
    from docx.oxml import parse_xml  # beside its one use

    return parse_xml(part(file, name).encode())


@EVERY
def test_the_page_has_the_margins_and_the_grid_of_the_standard(press: Press, name: str) -> None:
    document = opened(made(press, name))
    (section,) = document.sections
    wanted = {"top_margin": 37, "left_margin": 28, "right_margin": 26, "bottom_margin": 35}
    wanted |= {"page_width": 210, "page_height": 297}
    for edge, width in wanted.items():
        assert abs(getattr(section, edge) - Mm(width)) < Mm(0.05), edge
    grid = section._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "linesAndChars"
    pitch = int(grid.get(qn("w:linePitch"))) / 20
    size = document.styles["Normal"].font.size.pt
    char = size + int(grid.get(qn("w:charSpace"))) / 4096
    if name == "service_address" or press.kinds[name].layout is Layout.TABLE:
        assert (int(225 / 25.4 * 72 / pitch), round(156 / 25.4 * 72 / char)) == (22, 28)
    assert 22 * pitch <= 225 / 25.4 * 72 + 0.1 or press.kinds[name].layout is Layout.LETTER


def test_a_letter_of_full_measure_has_28_by_22_characters(press: Press) -> None:
    file = made(press, ORDER, longest=True)
    assert 'w:linePitch="579" w:charSpace="-848"' in part(file, "document")
    assert '<w:spacing w:before="0" w:after="0" w:line="579" w:lineRule="exact"/>' in part(
        file, "document"
    )
    # 28 characters of 16 pt, 0.25 pt closer, and an indent of two whole ones stay within 156 mm.
    assert '<w:spacing w:val="-5"/><w:sz w:val="32"/>' in part(file, "document")
    assert 2 * 16 + 26 * 15.75 < 156 / 25.4 * 72


@EVERY
def test_the_same_input_gives_the_same_bytes(press: Press, name: str) -> None:
    assert made(press, name).sha256 == made(press, name).sha256


def test_another_process_writes_the_same_bytes(press: Press) -> None:
    script = (
        "import sys, json\n"
        "from tests.papers.conftest import Press, Kinds, resources_dir, FontSet\n"
        "from tests.papers.test_word import made\n"
        "press = Press(FontSet.shipped_only(resources_dir() / 'fonts'), Kinds())\n"
        "print(json.dumps(made(press, sys.argv[1]).sha256))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, ORDER],
        capture_output=True,
        check=True,
        cwd=office_dir(),
        env={"PYTHONHASHSEED": "7", "PATH": "/usr/bin:/bin", "HOME": "/nonexistent"},
    )
    assert json.loads(done.stdout) == made(press, ORDER).sha256


def test_the_file_tells_no_clock_and_no_maker_but_the_bureau(press: Press) -> None:
    file = made(press, ORDER)
    told = opened(file).core_properties
    assert (told.author, told.last_modified_by) == ("平顶山市人力资源和社会保障局",) * 2
    assert told.title == "限期改正指令书 平人社监令字〔2026〕第12号"
    assert told.created == told.modified
    with zipfile.ZipFile(BytesIO(file.docx)) as package:
        assert {one.date_time for one in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_every_kind_of_block_can_be_written() -> None:
    assert WRITTEN == BLOCK_KINDS


def test_a_letter_bears_its_page_number_at_the_outer_corner(press: Press) -> None:
    document = opened(made(press, ORDER))
    (section,) = document.sections
    assert document.settings.odd_and_even_pages_header_footer
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert (odd.text, even.text) == ("— 1 —", "— 1 —")
    assert (odd.alignment, even.alignment) == (2, 0)  # right, left
    assert " PAGE " in part(made(press, ORDER), "footer1")


def test_a_record_is_signed_and_counted_on_every_page(press: Press) -> None:
    file = made(press, "inspection_record")
    lines = [one.text for one in opened(file).sections[0].footer.paragraphs]
    assert lines[0] == "现场负责人（签名）：\t\t见证人（签名）：\t"
    assert lines[3] == "第 1 页　共 1 页"
    assert all(f" {field} " in part(file, "footer1") for field in ("PAGE", "NUMPAGES"))
    assert 'w:leader="underscore"' in part(file, "footer1")


def test_one_line_of_signatures_and_none_are_both_set(press: Press) -> None:
    one = Block("foot", rows=(("记录人（签名）：",),))
    lines = opened(of_body(press, one, layout=Layout.RECORD)).sections[0].footer.paragraphs
    assert [line.text for line in lines] == ["记录人（签名）：\t", "第 1 页　共 1 页", "演示数据"]
    assert len(opened(of_body(press, layout=Layout.RECORD)).sections[0].footer.paragraphs) == 2


@pytest.mark.parametrize("name", [ORDER, "inspection_record"])
def test_a_copy_and_a_void_paper_are_marked_in_the_header(press: Press, name: str) -> None:
    (section,) = opened(made(press, name, mark="作废", demo=False)).sections
    assert section.header.paragraphs[0].text == "作废"
    assert section.footer.paragraphs[-1].text == ""
    if press.kinds[name].layout is Layout.LETTER:
        assert section.even_page_header.paragraphs[0].text == "作废"


def test_a_table_repeats_its_header_cuts_no_row_and_keeps_its_total(press: Press) -> None:
    document = opened(made(press, ORDER, longest=True))
    table = document.tables[-1]
    first, *rows, last_entry, total = table._tbl.tr_lst
    assert first.trPr.find(qn("w:tblHeader")) is not None
    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
    assert len(rows) + 1 == 435
    assert last_entry.findall(f".//{qn('w:keepNext')}")
    assert "合计" in "".join(one.text or "" for one in total.iter(qn("w:t")))


def test_an_empty_table_shows_its_header_and_a_sum_of_nothing(press: Press) -> None:
    block = Block("table", options={"field": "wage_table", "total": "合计"})
    kind = replace(press.kinds[ORDER], body=(block,))
    values: Values = {"wage_table": ()}
    (table,) = opened(compose(kind, values, context(kind), press.fonts)).tables
    assert [row.cells[1].text for row in table.rows] == ["姓名", "合计"]


def test_an_opinion_keeps_its_signature_line_at_the_foot_of_its_cell(press: Press) -> None:
    block = Block(
        "grid",
        rows=(("审批意见@30", "同意立案\n>>签名：\n>>年 月 日"), ("备注", "无")),
        options={"widths": "30,126"},
    )
    (table,) = opened(of_body(press, block)).tables
    assert [row.cells[1].text for row in table.rows] == ["同意立案", "签名：\n年 月 日", "无"]
    label = table.rows[0].cells[0]
    assert label._tc is table.rows[1].cells[0]._tc  # the label stands beside both
    assert table.rows[1].cells[1].paragraphs[0].alignment == 2
    assert table.rows[0]._tr.findall(f".//{qn('w:keepNext')}")


def test_tables_that_follow_one_another_are_one_unless_a_header_begins(press: Press) -> None:
    grid = Block("grid", rows=(("案号", "一"),), options={"widths": "30,126"})
    wide = Block("grid", rows=(("案由", "二", "备注", "三"),), options={"widths": "20,58,20,58"})
    detail = Block("table", options={"field": "wage_table"})
    file = of_body(press, grid, wide, detail, grid)
    first, second = opened(file).tables
    assert [len(row.cells) for row in first.rows] == [5, 5]  # places where either row is divided
    assert len(second.rows) == 5
    lowest = first._tbl.tr_lst[-1].findall(f".//{qn('w:bottom')}")
    assert {edge.get(qn("w:val")) for edge in lowest} == {"nil"}


def test_a_number_too_wide_for_its_cell_is_set_smaller(press: Press) -> None:
    small = made(press, ORDER, longest=True)
    sizes = {run.font.size.pt for row in opened(small).tables[-1].rows[-1:] for cell in row.cells
             for para in cell.paragraphs for run in para.runs}  # fmt: skip
    assert min(sizes) < 10.5


def test_an_annex_begins_on_a_page_of_its_own_even_with_a_table(press: Press) -> None:
    page, detail = Block("page"), Block("table", options={"field": "wage_table"})
    heading = Block("heading", text="附件")
    file = of_body(press, heading, page, heading, page, detail, page)
    breaks = [
        para.text for para in opened(file).paragraphs if para.paragraph_format.page_break_before
    ]
    assert breaks == ["附件", ""]


def test_what_is_signed_stays_with_the_line_before_it(press: Press) -> None:
    para, sign = Block("para", text="最后一段"), Block("sign", text="联系人：甲\n单位地址很长：乙")
    receipt = Block("receipt", rows=(("收件人：", "时间"),), text="一式两份")
    file = of_body(press, para, sign, receipt)
    document = opened(file)
    assert document.paragraphs[0].paragraph_format.keep_with_next
    signed, received = document.tables
    assert all(
        one.paragraph_format.keep_with_next for cell in signed.row_cells(0)
        for one in cell.paragraphs
    )  # fmt: skip
    assert received.cell(0, 0).text == "收件人：\t\t时间\n一式两份"
    height = int(signed._tbl.tr_lst[0].trPr.find(qn("w:trHeight")).get(qn("w:val"))) / 20
    assert height > 42 / 25.4 * 72  # the seal


def test_a_receipt_stands_as_low_as_on_the_page_and_leaves_room_for_changes(press: Press) -> None:
    def gap(*blocks: Block) -> float:
        receipt = Block("receipt", rows=(("收件人：",),))
        document = opened(of_body(press, *blocks, receipt))
        return document.paragraphs[len(blocks)].paragraph_format.line_spacing.pt

    short = [Block("para", text="一段话。")]
    assert gap(*short) > 300
    assert gap(*short, *short) == pytest.approx(gap(*short) - 28.99, abs=0.1)
    assert gap() == 8.0  # nothing above it


def test_a_day_that_is_not_known_is_left_to_be_written(press: Press) -> None:
    kind = replace(press.kinds[ORDER], body=(Block("sign"),))
    file = compose(kind, {}, context(kind, issue_date=None), press.fonts)
    assert file.lines[-1] == "____年__月__日"


def test_a_letter_that_nearly_fits_is_set_closer_and_a_long_one_is_not(press: Press) -> None:
    para = Block("para", text="拖欠工资的事实。" * 20)
    sign = Block("sign")
    short, two, three = (
        part(of_body(press, *[para] * count, sign), "document") for count in (1, 3, 9)
    )
    assert 'w:linePitch="579"' in short
    assert 'w:linePitch="579"' not in two
    assert 'w:linePitch="579"' in three


def test_boxes_have_a_font_that_has_them(press: Press) -> None:
    file = made(press, "inquiry_notice")
    assert any(line.startswith("☑") for line in file.lines)
    assert any(line.startswith("☐") for line in file.lines)
    assert any(line.startswith("☑其他：") for line in file.lines)
    kind = press.kinds["inquiry_notice"]
    none = example_values(kind) | {"other_materials": None, "materials": None}
    lines = compose(kind, none, context(kind), press.fonts).lines
    assert not any(line.startswith("☑") for line in lines)
    assert f'w:eastAsia="{SYMBOLS}"' in part(file, "document")


def test_text_that_xml_knows_no_way_to_write_does_not_break_the_file(press: Press) -> None:
    kind = press.kinds[ORDER]
    values = example_values(kind) | {"facts": "甲<乙>&\x00\x0b丙\n丁\t戊"}
    text = "".join(docx_lines(compose(kind, values, context(kind), press.fonts).docx))
    assert "甲<乙>&丙" in text
    assert "丁戊" in text


def test_a_character_no_font_has_is_named(kinds: dict[str, PaperKind], fonts: FontSet) -> None:
    kind = kinds[ORDER]
    values = example_values(kind) | {"party": "𡖖氏公司"}
    assert compose(kind, values, context(kind), fonts).missing == ("𡖖",)


def test_a_number_that_is_empty_leaves_no_line(press: Press) -> None:
    assert of_body(press, Block("number", text="{court}")).lines == ()


def test_a_label_without_a_value_and_a_line_without_a_label(press: Press) -> None:
    lines = Block("lines", rows=(("姓名：", "电话："), ("无标签",)))
    plain_lines = Block("lines", rows=(("附注：甲",),), options={"plain": "yes", "size": "12"})
    (table,) = opened(of_body(press, lines, plain_lines)).tables
    texts = [list(dict.fromkeys(cell.text for cell in row.cells)) for row in table.rows]
    assert texts == [["姓名：", "", "电话："], ["无标签"], ["附注：", "甲"]]
