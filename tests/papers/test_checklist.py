"""Blank checklists: every item with boxes, articles and room for evidence, signed on each page."""

import pytest

from inspector_app.domain.inspections import CheckItem, Checklist
from inspector_app.library.loading import Library
from inspector_app.library.office import office_dir
from inspector_app.papers.checklist import blank_checklist
from inspector_app.papers.fonts import FontSet
from inspector_app.papers.geometry import LEFT, TOP, WIDTH
from tests.conftest import PictureCheck
from tests.papers.pdf import picture, run, text_of, words

BUREAU = "平顶山市人力资源和社会保障局"
SHIPPED = {"construction": 53, "employer": 25}


@pytest.mark.parametrize("name", SHIPPED)
def test_every_item_of_a_shipped_checklist_is_printed(fonts: FontSet, name: str) -> None:
    checklist = Library(office_dir()).checklists[name]
    paper = blank_checklist(checklist, BUREAU, fonts)
    text = text_of(paper.pdf)
    assert len(checklist.items) == SHIPPED[name]
    assert all(item.id in text for item in checklist.items)
    assert text.count("不适用") >= SHIPPED[name]
    assert paper.missing == ()
    assert "A4" in run("pdfinfo", paper.pdf, "-").decode()


@pytest.mark.parametrize("name", SHIPPED)
def test_a_checklist_stays_within_its_page(fonts: FontSet, name: str) -> None:
    found = words(blank_checklist(Library(office_dir()).checklists[name], BUREAU, fonts).pdf)
    assert all(word.left > LEFT - 0.5 and word.right < LEFT + WIDTH + 0.5 for word in found)
    assert all(word.top > TOP - 3 for word in found)
    pages = {word.page for word in found}
    assert pages == {word.page for word in found if word.text.startswith("现场负责人（签名）")}
    assert pages == {word.page for word in found if word.text == "检查内容和查法"}


def test_the_first_page_looks_as_it_was_last_accepted(
    fonts: FontSet, picture_check: PictureCheck
) -> None:
    checklist = Library(office_dir()).checklists["construction"]
    pdf = blank_checklist(checklist, BUREAU, fonts, demo=True).pdf
    picture_check("papers/checklist_construction_1", picture(pdf, 1))


def test_a_statute_is_named_once_for_several_articles(fonts: FontSet) -> None:
    item = CheckItem(
        id="X01",
        group="组",
        question="有无欠薪？",
        method="看表",
        evidence="照片",
        articles=("《甲条例》第一条", "《甲条例》第二条", "《乙法》第三条", "种子做法"),
        violations=(),
        triggers=(),
        ask_workers=True,
    )
    pdf = blank_checklist(Checklist("x", "检查表", "1", (item,)), BUREAU, fonts).pdf
    text = text_of(pdf)
    assert text.count("甲条例") == 1
    assert "第二条" in text
    assert "X01☆" in text
