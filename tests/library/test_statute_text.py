"""Official texts: read from any file an office has, split into articles, or refused."""

import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.domain.law import Citation, chinese_number, read_citation
from inspector_app.errors import OutsideError, UserError
from inspector_app.library import statute_text
from inspector_app.library.loading import Library
from inspector_app.library.statute_text import (
    TextArticle,
    holds,
    paragraphs,
    read_statute,
    read_words,
    split_articles,
)
from tests.helpers.real_data import shared_data
from tests.library.test_real_data import cited, stored_text

# Invented for tests: no statute reads like this.
DEMO = """# 演示办法

2020年1月1日 演示机关令第1号公布

## 目录

## 第一章 总则

第一条 为了演示，制定本办法。

第二条 演示单位应当：

（一）按月演示；

（二）留存演示记录。

第三条另有说明，另一款。

## 第二章 罚则

### 第一节 一般规定

**第三条**　违反第二条的，改正。

第三条之一 增加的一条。

## 第三章 附则

第四条 自演示之日起施行。
"""


def numbers(articles: Iterable[TextArticle]) -> list[str]:
    return [f"{one.article}{one.sub}" for one in articles]


def test_a_text_is_split_into_articles_under_their_chapters() -> None:
    read = split_articles(DEMO)
    assert read.title == "演示办法"
    assert numbers(read.articles) == ["0", "1", "2", "3", "3一", "4"]
    assert (read.last_article, read.oddities) == (4, ())
    assert read.articles[0].body == "2020年1月1日 演示机关令第1号公布\n目录"
    assert read.articles[2] == TextArticle(
        3, 2, "", "第一章 总则",
        "演示单位应当：\n（一）按月演示；\n（二）留存演示记录。\n第三条另有说明，另一款。",
    )  # fmt: skip
    assert read.articles[3].chapter == "第二章 罚则 第一节 一般规定"
    assert read.articles[5].chapter == "第三章 附则"


def test_paragraphs_and_items_are_told_apart() -> None:
    second = split_articles(DEMO).articles[2]
    assert paragraphs(second.body) == [
        ("演示单位应当：", ["一", "二"]),
        ("第三条另有说明，另一款。", []),
    ]


@pytest.mark.parametrize(
    ("place", "there"),
    [
        ("演示 2", True), ("演示 2(1)(二)", True), ("演示 2(2)", True), ("演示 3之一", True),
        ("演示 2(二)", True), ("演示 2(3)", False), ("演示 2(2)(一)", False), ("演示 2(三)", False),
        ("演示 3之二", False), ("演示 5", False),
    ],
)  # fmt: skip
def test_a_cited_place_is_found_or_missed(place: str, there: bool) -> None:
    assert holds(split_articles(DEMO).articles, read_citation(place)) is there


@pytest.mark.parametrize(
    "data",
    [
        DEMO.encode(),
        DEMO.encode("utf-8-sig"),
        DEMO.encode("gb18030"),
        DEMO.encode("utf-16"),
        DEMO.replace("\n", "\r\n").encode("gb18030"),
        ("---\ntitle: 演示办法\ndate: 2020-01-01\n---\n" + DEMO).encode(),
        ("<!-- 抄录 -->\n" + DEMO.replace(" ", "&emsp;")).encode(),
    ],
    ids=["utf-8", "utf-8-sig", "gb18030", "utf-16", "crlf", "front-matter", "entities"],
)
def test_any_encoding_of_an_office_is_read(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "演示办法.txt"
    path.write_bytes(data)
    read = read_statute(path)
    assert (read.title, numbers(read.articles)) == (
        "演示办法",
        ["0", "1", "2", "3", "3一", "4"],
    )


def test_a_word_document_is_read_with_its_tables(tmp_path: Path) -> None:
    document = Document()
    for line in ("演示办法", "第一章　总则", "第一条　为了演示。", "第二条　标准如下："):
        document.add_paragraph(line)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "档次", "金额"
    path = tmp_path / "演示办法.docx"
    document.save(str(path))
    read = read_statute(path)
    assert read.title == "演示办法"
    assert [one.body for one in read.articles] == ["为了演示。", "标准如下：\n档次　金额"]
    assert read.articles[0].chapter == "第一章 总则"


def test_without_a_gap_only_the_number_that_is_due_opens_an_article() -> None:
    read = split_articles("办法\n第一条为了演示。\n第九条除外。\n第2条应当演示。\n第三条的规定。")
    assert [(one.article, one.body) for one in read.articles] == [
        (1, "为了演示。\n第九条除外。"),
        (2, "应当演示。\n第三条的规定。"),
    ]


def test_gaps_and_repeats_of_numbers_are_told() -> None:
    read = split_articles("办法\n第二条 甲\n第五条 乙\n第五条 丙")
    assert read.oddities == (
        "开头之后是第二条，中间有缺。",
        "第二条之后是第五条，中间有缺。",
        "第五条出现两次。",
    )


def test_a_notice_without_articles_is_kept_whole_only_when_it_is_cited_so() -> None:
    text = "关于演示的通知\n一、甲\n二、乙"
    with pytest.raises(UserError, match="自动编号"):
        split_articles(text)
    read = split_articles(text, undivided=True)
    assert [(one.article, one.body) for one in read.articles] == [(0, "一、甲\n二、乙")]
    assert read.last_article == 0


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.pdf", b"%PDF-1.7 \x00", "PDF"),
        ("a.doc", bytes.fromhex("D0CF11E0A1B11AE1") + b"x", "旧版"),
        ("a.png", b"\x89PNG\r\n", "图片"),
        ("a.txt", b"", "空的"),
        ("a.txt", b"\xef\xbb\xbf \r\n", "空的"),
        ("a.txt", bytes(range(256)), "编码"),
        ("a.docx", b"PK\x03\x04 nothing", "打不开"),
        ("a.txt", ("第一条 甲\n" * 2001).encode(), "两千条"),
    ],
)
def test_a_bad_file_is_refused_in_a_sentence(
    tmp_path: Path, name: str, data: bytes, told: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UserError, match=told) as caught:
        read_statute(path)
    assert caught.value.kind == "file"


def test_a_package_that_is_no_word_document_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    for files in ({"a.txt": "x"}, {"[Content_Types].xml": "<x"}):
        with zipfile.ZipFile(path, "w") as package:
            for name, text in files.items():
                package.writestr(name, text)
        with pytest.raises(UserError, match="打不开"):
            read_words(path)


def test_files_that_are_missing_or_too_big_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UserError, match="没有找到"):
        read_words(tmp_path / "no.txt")
    path = tmp_path / "a.txt"
    path.write_text(DEMO, encoding="utf-8")
    package = tmp_path / "a.docx"
    with zipfile.ZipFile(package, "w") as packed:
        packed.writestr("word/document.xml", "x" * 500)
    monkeypatch.setattr(statute_text, "MOST_BYTES", 40)
    with pytest.raises(UserError, match="20 MB"):
        read_words(path)
    monkeypatch.setattr(statute_text, "_bytes_of", lambda _: b"PK")
    with pytest.raises(UserError, match="200 MB"):
        read_words(package)


def test_a_file_in_use_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text(DEMO, encoding="utf-8")

    def locked(_: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", locked)
    with pytest.raises(OutsideError, match="占用"):
        read_words(path)


@given(st.integers(1, 999))
def test_every_number_up_to_999_opens_its_article(number: int) -> None:
    for written in (chinese_number(number), str(number)):
        (one,) = split_articles(f"第{written}条 内容").articles
        assert (one.article, one.body) == (number, "内容")


@given(st.lists(st.text("第一二条章之（）　 \n甲。#*"), max_size=30).map("".join))
def test_no_text_breaks_the_reading(text: str) -> None:
    read = split_articles(text, undivided=True)
    assert [one.order for one in read.articles] == list(range(1, len(read.articles) + 1))


@pytest.mark.real_data
def test_every_stored_text_splits_without_a_gap() -> None:
    """Exception: the 2008 notice on monthly working time is cited whole, it has no articles."""
    whole = []
    files = sorted(shared_data("law_texts").glob("*.md"))
    assert len(files) > 35
    for path in files:
        read = read_statute(path, undivided=True)
        assert read.oddities == (), path.name
        assert all(one.body for one in read.articles), path.name
        divided = [one.article for one in read.articles if one.article]
        assert divided == list(range(1, read.last_article + 1)), path.name
        whole += [path.name[:12]] if not divided else []
        assert read.title.removeprefix("中华人民共和国")[:4] in path.name.replace("《", "") or (
            "最高人民法院" in read.title
        ), read.title
    assert whole == ["关于职工全年月平均工作时"]


@pytest.mark.real_data
def test_every_place_the_pack_cites_is_found_in_the_stored_texts(library: Library) -> None:
    texts = {
        short: read_statute(stored_text(library, short), undivided=True).articles
        for short, one in library.statutes.items()
        if one.stored
    }
    places = [one for one in cited() if one.statute in texts and one.article]
    assert [one for one in places if not holds(texts[one.statute], one)] == []
    assert len(places) > 250
    assert not holds(texts["工资条例"], Citation("工资条例", 65))
