"""The self-score on paper: who, what, how many points, what is missing, and whose standard."""

from dataclasses import replace
from datetime import date

from inspector_app.domain.facts import Fact, Facts
from inspector_app.domain.review import score
from inspector_app.papers.fonts import FontSet
from inspector_app.papers.geometry import LEFT, WIDTH
from inspector_app.papers.score_sheet import ScoreHead, Veto, score_sheet
from tests.conftest import PictureCheck
from tests.helpers.desks import library
from tests.papers.pdf import picture, text_of, words

DAY = date(2026, 11, 20)
BUREAU = "平顶山市人力资源和社会保障局"
PARTY = "青禾建筑劳务有限公司（演示）"
HEAD = ScoreHead(BUREAU, "平人社监〔2026〕31号", PARTY, DAY, "局标准未载入", demo=True)
VETO = ("当事人错误", "约谈通知书　平人社监约字〔2026〕第3号", "请核对当事人")
FACTS = Facts.of(
    [Fact(code, DAY) for code in ("ontime:D01", "two_inspectors", "evidence", "order")]
)


def sheet(fonts: FontSet, head: ScoreHead = HEAD, *vetoes: Veto) -> bytes:
    standard = library().review_standard
    return score_sheet(standard, score(standard, FACTS), head, vetoes, fonts).pdf


def flat(pdf: bytes) -> str:
    return "".join(text_of(pdf).split())


def test_every_item_stands_in_it_with_its_points_and_what_is_missing(fonts: FontSet) -> None:
    standard = library().review_standard
    found = score(standard, FACTS)
    text = flat(sheet(fonts))
    for item in standard.items.values():
        assert item.id in text
    for line in found.missing:
        assert "".join(line.item.remedy.split())[:8] in text
    assert text.count("不适用") == sum(not line.applies for line in found.lines)
    assert f"合计{found.points}{found.got}其中{found.beside}分还不涉及" in text


def test_it_says_whose_standard_it_is_until_the_bureau_took_it(fonts: FontSet) -> None:
    assert "案卷自评表（局标准未载入）" in flat(sheet(fonts))
    assert "不能代替本局的评查标准" in flat(sheet(fonts))
    own = flat(sheet(fonts, replace(HEAD, warning="")))
    assert "案卷自评表" in own
    assert "未载入" not in own


def test_vetoes_stand_above_with_their_papers(fonts: FontSet) -> None:
    text = flat(sheet(fonts, HEAD, VETO, ("引用条款错误", "", "请核对条文")))
    assert "一票否决：当事人错误（约谈通知书平人社监约字〔2026〕第3号）。请核对当事人" in text
    assert "一票否决：引用条款错误。请核对条文" in text
    assert text.index("一票否决") < text.index("缺什么，怎样补")


def test_it_stays_within_its_page_and_looks_as_it_was_accepted(
    fonts: FontSet, picture_check: PictureCheck
) -> None:
    pdf = sheet(fonts, HEAD, VETO)
    found = words(pdf)
    assert all(word.left > LEFT - 0.5 and word.right < LEFT + WIDTH + 0.5 for word in found)
    picture_check("papers/score_sheet_1", picture(pdf, 1))
