"""What of an edited paper must agree with its draft, and how its words are read."""

import zipfile
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from inspector_app.domain.paper_values import example_values
from inspector_app.domain.papers import Value
from inspector_app.errors import UserError
from inspector_app.papers.word.compare import (
    Comparison,
    compare,
    compare_exported,
    differences,
    same_words,
)
from inspector_app.papers.word.document import compose
from inspector_app.papers.word.facts import Difference, changed_facts, facts_of
from inspector_app.papers.word.plain import common, page_bodies, plain, rare
from inspector_app.papers.word.reading import docx_lines, pdf_text
from inspector_app.papers.word.stamping import with_code
from tests.helpers.word_files import edited, exported, rewritten
from tests.papers.conftest import Press, context
from tests.papers.pdf import text_of

ORDER = "rectification_order"
A4 = (595.28, 841.89)


@pytest.fixture(scope="module")
def docx(press: Press) -> bytes:
    kind = press.kinds[ORDER]
    return compose(kind, example_values(kind), context(kind), press.fonts).docx


def compared(press: Press, *changes: tuple[str, str], **values: Value) -> Comparison:
    """The order, with words exchanged in the document, against its draft."""
    kind = press.kinds[ORDER]
    typed, ctx = example_values(kind) | values, context(kind)
    draft = compose(kind, typed, ctx, press.fonts)
    return compare(kind, typed, ctx, draft.lines, docx_lines(edited(draft.docx, *changes)))


def alone(press: Press, *changes: tuple[str, str]) -> Comparison:
    """The same, where only the PDF is there."""
    kind = press.kinds[ORDER]
    typed, ctx = example_values(kind), context(kind)
    draft = compose(kind, typed, ctx, press.fonts)
    lines = docx_lines(edited(draft.docx, *changes))
    pages = pdf_text(exported(kind, lines, press.fonts)).pages
    return compare_exported(kind, typed, ctx, draft.lines, page_bodies(pages, [], []))


# ── what is law ─────────────────────────────────────────────────────────────────────────────────
def test_a_document_nobody_changed_differs_in_nothing(press: Press) -> None:
    assert compared(press) == alone(press) == Comparison((), ())


COMPANY = "平顶山市鹰城建筑劳务有限公司"
CHANGED = [
    ("64,200.00元", "64,000.00元", "金额"),
    ("陆万肆仟贰佰元整", "陆万肆仟元整", "金额大写"),
    (COMPANY, COMPANY.replace("鹰", "鹏"), "“被指令单位”"),
    ("2026年11月27日", "2026年11月28日", "日期"),
    ("第二十六条第（一）项", "第二十七条第（一）项", "条款"),
    ("《保障农民工工资支付条例》", "《劳动合同法》", "条款"),
    ("〔2026〕第12号", "〔2026〕第13号", "字号"),
    ("平人社监令字", "平人社监责字", "字号"),
    ("张建国", "张建军", "“监察员（主办）”"),
    ("豫D04000015", "豫D04000051", "“监察员（协办）”"),
    ("91410400MA9K00000X", "91410400MA9K000008", "编号"),
    ("3人", "5人", "人数"),
    ("24时", "12时", "时间"),
    ("50%", "60%", "比例"),
    ("410402********0016", "410402********0017", "“欠薪人员及金额明细表”"),
    ("王建设", "王建社", "“欠薪人员及金额明细表”"),
    ("平顶山市人力资源和社会保障局", "平顶山市人社局", "落款机关"),
]


@pytest.mark.parametrize(("was", "now", "what"), CHANGED)
def test_a_change_in_what_is_law_is_told_with_both_values(
    press: Press, was: str, now: str, what: str
) -> None:
    for found in (compared(press, (was, now)), alone(press, (was, now))):
        told = [one.sentence for one in found.facts if one.what == what]
        assert any(was in one and now in one for one in told), told


def test_the_field_to_change_is_named(press: Press) -> None:
    found = compared(press, ("王建设", "王建社"), ("高某某", "高某"))
    assert [one.field for one in found.facts] == ["legal_person", "wage_table"]


def test_amounts_of_two_workers_exchanged_are_noticed(press: Press) -> None:
    found = compared(press, ("18,300.00", "〓"), (">6,000.00", ">18,300.00"), ("〓", "6,000.00"))
    assert {one.what for one in found.facts} == {"“欠薪人员及金额明细表”", "金额"}


def test_a_fact_taken_out_or_put_in_is_told(press: Press) -> None:
    gone = compared(press, ("改正情况于2026年11月30日前书面报告", "改正情况书面报告"))
    assert [one.sentence for one in gone.facts] == ["日期：草稿为“2026年11月30日”，文件中没有"]
    more = compared(press, ("附支付凭证等。", "附支付凭证等，并缴纳罚款2000元、加付1000元。"))
    assert [one.sentence for one in more.facts] == ["金额：草稿中没有“1000元”"]


def test_saying_a_fact_once_more_or_in_other_figures_is_style(press: Press) -> None:
    again = compared(press, ("附支付凭证等。", "附支付凭证等（共计64200元，3名劳动者）。"))
    assert again.facts == ()
    assert len(again.wording) == 1


def test_a_box_that_was_unticked_is_told(press: Press) -> None:
    kind = press.kinds["inquiry_notice"]
    typed, ctx = example_values(kind), context(kind)
    draft = compose(kind, typed, ctx, press.fonts).lines
    ticked = next(line for line in draft if line.startswith("☑"))
    final = [line.replace("☑", "☐") if line == ticked else line for line in draft]
    (found,) = compare(kind, typed, ctx, draft, final).facts
    assert (found.was, found.now, found.field) == (ticked, ticked.replace("☑", "☐"), "materials")


# ── what is style ───────────────────────────────────────────────────────────────────────────────
def test_other_words_are_listed_and_nothing_else(press: Press) -> None:
    change = ("经查存在下列行为", "经查有下列违法行为")
    wanted = (Difference("文字", "经查存在下列行为：", "经查有下列违法行为："),)
    assert compared(press, change) == alone(press, change) == Comparison((), wanted)


def test_a_sentence_may_be_added_taken_out_and_paragraphs_joined(press: Press) -> None:
    kind = press.kinds[ORDER]
    ctx, typed = context(kind), example_values(kind)
    draft = compose(kind, typed, ctx, press.fonts).lines
    at = next(n for n, line in enumerate(draft) if line.startswith("（一）足额"))
    joined = [*draft[:at], draft[at] + draft[at + 1], "请按时报告。", *draft[at + 2 :]]
    found = compare(kind, typed, ctx, draft, joined)
    assert found.facts == ()
    assert [one.sentence for one in found.wording] == ["文字：草稿中没有“请按时报告。”"]


def test_a_rare_character_out_of_its_place_is_no_difference_but_its_loss_is(press: Press) -> None:
    assert alone(press, ("𬱖某某", "某某𬱖")).facts == ()
    assert alone(press, ("𬱖某某", "某某")).facts == (Difference("生僻字", "𬱖", ""),)
    assert rare("𬱖喆☑，A𬱖") == {"𬱖": 2, "喆": 1}


def test_a_long_piece_is_shown_where_it_differs() -> None:
    (found,) = differences(["甲" * 90 + "丙" + "乙" * 90], ["甲" * 90 + "丁" + "乙" * 90])
    assert found.was == f"…{'甲' * 20}丙{'乙' * 20}…"
    (grown,) = differences(["甲" * 70], ["甲" * 70 + "乙" * 50])
    assert (grown.was, grown.now) == (f"…{'甲' * 20}", f"…{'甲' * 20}{'乙' * 50}")
    assert Difference("文字", "甲" * 200, "乙").sentence.count("甲") == 80
    (first,) = differences(["丙" + "乙" * 90], ["丁" + "乙" * 90])
    assert first.was == f"丙{'乙' * 20}…"


@given(
    st.lists(
        st.sampled_from(["3人", "64,200.00元", "2026年3月", "甲乙", "第三条", "，"]), max_size=9
    )
)
def test_a_text_never_differs_from_itself(pieces: list[str]) -> None:
    line = ["".join(pieces)]
    assert list(changed_facts(line, line)) == list(differences(line, line)) == []


def test_facts_are_read_as_they_are_written() -> None:
    text = "2026年01月05日9:30付1.5万元、2亿元、3名，六十日内，第三条之一第二款第（三）项，第二款"
    found = {label: [one.key for one in keys] for label, keys in facts_of([text]).items() if keys}
    assert found == {
        "日期": ["2026年1月5日"],
        "时间": ["9:30"],
        "金额": ["1.5E+4", "2E+8"],
        "人数": ["3"],
        "期限": ["六十日内"],
        "条款": ["第三条之一第二款第（三）项", "第二款"],
    }


# ── the PDF and the document ────────────────────────────────────────────────────────────────────
def test_a_pdf_of_the_same_text_says_the_same(press: Press, docx: bytes) -> None:
    lines = docx_lines(docx)
    pages = pdf_text(exported(press.kinds[ORDER], lines, press.fonts)).pages
    whole = page_bodies(pages, [], [])
    assert whole == "".join(map(plain, lines))
    assert same_words(lines, whole) == ()
    assert same_words(lines, whole[10:] + whole[:10]) == ()  # another order
    assert same_words(lines, whole.replace("王建设", "王建社"))
    assert same_words(["付1000元，2人"], "付2000元，1人")


def test_what_stands_on_every_page_is_no_text() -> None:
    pages = [
        "序号姓名\n1 甲\n — 1 —\n演示数据",
        "签名：___ 序号 姓名\n2 乙\n第 2 页　共 2 页",
        "序号姓名3丙签名：",
    ]
    assert page_bodies(pages, ["签名："], ["序号姓名"]) == "序号姓名1甲2乙3丙"


def test_the_same_character_in_other_forms_is_the_same() -> None:
    assert plain("⼈力　２０２６\n年__\u200bＡ") == "人力2026年A"


# ── files that cannot be read ───────────────────────────────────────────────────────────────────
def refused(read, data: bytes) -> str:  # type: ignore[no-untyped-def]  # either reader
    with pytest.raises(UserError) as told:
        read(data)
    assert told.value.field == "file"
    return told.value.message


def with_body(docx: bytes, xml: str) -> bytes:
    return rewritten(docx, lambda text: text.replace("<w:body>", f"<w:body>{xml}"))


def test_a_document_with_open_revisions_or_comments_is_refused(docx: bytes) -> None:
    added = '<w:p><w:ins w:id="1" w:author="甲"><w:r><w:t>新</w:t></w:r></w:ins></w:p>'
    assert "修订" in refused(docx_lines, with_body(docx, added))
    comment = '<w:p><w:r><w:commentReference w:id="1"/></w:r></w:p>'
    assert "批注" in refused(docx_lines, with_body(docx, comment))


def test_a_text_box_is_read_once(docx: bytes) -> None:
    box = (
        '<w:p><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility'
        '/2006"><mc:Choice><w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent>'
        "</mc:Choice><mc:Fallback><w:p><w:r><w:t>框内</w:t></w:r></w:p></mc:Fallback>"
        "</mc:AlternateContent></w:p>"
    )
    assert docx_lines(with_body(docx, box))[0] == "框内"
    assert docx_lines(with_body(docx, box)).count("框内") == 1


def test_what_is_no_word_document_is_refused(docx: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    other = BytesIO()
    with zipfile.ZipFile(other, "w") as package:
        package.writestr("a.txt", "甲")
    for data in (b"PK", other.getvalue(), docx[:-200]):
        assert "不是 Word 文档" in refused(docx_lines, data)
    monkeypatch.setattr("inspector_app.papers.word.reading.MOST_BYTES", 1000)
    assert "过大" in refused(docx_lines, docx)


def drawn(size: tuple[float, float] = A4, text: str = "words") -> bytes:
    """A page in Helvetica, which no PDF has to carry."""
    out = BytesIO()
    canvas = Canvas(out, size)
    canvas.drawString(100, 700, text)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_a_pdf_that_nobody_could_file_is_refused(press: Press) -> None:
    assert "不是 PDF" in refused(pdf_text, b"%PDF-1.7 nothing")
    assert "嵌入字体" in refused(pdf_text, drawn())
    assert "不是 A4" in refused(pdf_text, drawn((842, 1191)))
    assert "没有可读的文字" in refused(pdf_text, drawn(text=""))
    for password in ("", "b"):
        locked = BytesIO()
        with pikepdf.open(BytesIO(press.paper(ORDER).pdf)) as file:
            file.save(locked, encryption=pikepdf.Encryption(owner="a", user=password))
        assert "密码" in refused(pdf_text, locked.getvalue())


def test_a_pdf_that_breaks_off_inside_is_refused(press: Press) -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(press.paper(ORDER).pdf)) as file:
        del file.pages[0].MediaBox
        file.save(out)
    assert "不是 PDF" in refused(pdf_text, out.getvalue())


def test_a_pdf_whose_characters_have_no_meaning_is_refused(press: Press) -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(press.paper(ORDER).pdf)) as file:
        for font in file.pages[0].Resources.Font.values():
            font.ToUnicode = file.make_stream(
                font.ToUnicode.read_bytes().replace(b"> <4EBA>", b"> <FFFD>")
            )
        file.save(out)
    assert "读不出来" in refused(pdf_text, out.getvalue())


def test_the_pages_and_fonts_of_a_pdf_are_told(press: Press) -> None:
    paper = press.paper(ORDER)
    read = pdf_text(paper.pdf)
    assert len(read.pages) == paper.pages
    assert set(read.fonts) == set(paper.fonts)


def test_the_code_is_put_on_the_first_page_and_changes_no_word(press: Press) -> None:
    pdf = press.paper(ORDER).pdf
    once, again = (
        with_code(pdf, "平人社监令字〔2026〕第12号 " + "A" * 64, press.fonts) for _ in "12"
    )
    assert once == again != pdf
    assert text_of(once) == text_of(pdf)
    with pikepdf.open(BytesIO(once)) as file:
        assert [
            "/Code" in page.Resources.XObject for page in file.pages if "/XObject" in page.Resources
        ] == [True]
    assert with_code(pdf, "", press.fonts) == pdf


# ── a real export ───────────────────────────────────────────────────────────────────────────────
def test_the_export_of_another_program_is_read_as_the_text_it_was_made_from() -> None:
    """order.pdf was put out of order.docx by LibreOffice 7.4; its fonts move the rare names."""
    office = Path(__file__).parent / "office"
    lines = docx_lines((office / "order.docx").read_bytes())
    read = pdf_text((office / "order.pdf").read_bytes())
    head = "序号姓名身份证号工种或班组拖欠期间应付已付尚欠"
    whole = page_bodies(read.pages, [], [head])
    assert (len(read.pages), len(read.fonts)) == (3, 6)
    assert "某某𬱖" in whole
    assert same_words(lines, whole) == ()
    joined = [common("".join(map(plain, lines)))]
    assert list(changed_facts(joined, [common(whole)])) == []
