"""The self-score of a case file on paper: vetoes first, then every item with what is missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from inspector_app.domain.papers import Layout
from inspector_app.domain.review import Review, ReviewLine, ReviewStandard
from inspector_app.domain.term_words import date_text
from inspector_app.papers.context import PaperContext, RenderedPaper
from inspector_app.papers.flow import Item, gap, kept, paginate
from inspector_app.papers.fonts import FontSet, Role
from inspector_app.papers.furniture import Furniture
from inspector_app.papers.geometry import HEIGHT, MM, Measure
from inspector_app.papers.grid import Cell, RowStyle, row
from inspector_app.papers.labels import label_lines
from inspector_app.papers.prose import title_items
from inspector_app.papers.render import draw

TITLE = "案卷自评表"
STYLE = RowStyle(10.5, 1.4)
WIDTHS = [width * MM for width in (14, 66, 14, 14, 48)]
TITLES = ("编号", "项目", "分值", "得分", "缺什么，怎样补")
FOOT = (("自评人（签名）：", "自评日期：________年____月____日"),)
SMALL = Measure(10.5, 10.5, 19.0)
Veto = tuple[str, str, str]  # what is wrong, in which papers, what to do


@dataclass(frozen=True, slots=True)
class ScoreHead:
    """What stands above the score. `warning`: why it is not the bureau's own standard yet."""

    bureau: str
    case_no: str
    party: str
    made_on: date
    warning: str = ""
    demo: bool = False


def score_sheet(
    standard: ReviewStandard,
    review: Review,
    head: ScoreHead,
    vetoes: Sequence[Veto],
    fonts: FontSet,
) -> RenderedPaper:
    """The whole score, section by section, with the total last."""
    furniture = Furniture(Layout.TABLE, PaperContext(head.bureau, demo=head.demo), FOOT)
    titles = row([Cell(text, "center", role=Role.HEI) for text in TITLES], WIDTHS, fonts, STYLE)
    items = [
        *title_items([head.bureau, _title(head)], fonts, 30.0),
        gap(6),
        *label_lines(_above(head), fonts, SMALL),
        *label_lines(_struck(vetoes), fonts, SMALL, ruled=False),
        gap(8),
        *kept([titles]),
        *_rows(standard, review, fonts, titles),
    ]
    pages = paginate(items, HEIGHT - furniture.foot_height)
    return draw(pages, fonts, furniture, _title(head))


def _title(head: ScoreHead) -> str:
    return f"{TITLE}（{head.warning}）" if head.warning else TITLE


def _above(head: ScoreHead) -> list[list[str]]:
    lines = [
        [f"案号：{head.case_no}", f"自评时间：{date_text(head.made_on)}"],
        [f"当事人：{head.party}"],
    ]
    if head.warning:
        lines.append([f"说明：{head.warning}，各项内容和分值没有核实，不能代替本局的评查标准"])
    return lines


def _struck(vetoes: Iterable[Veto]) -> list[list[str]]:
    return [
        [f"一票否决：{name}（{papers}）。{remedy}" if papers else f"一票否决：{name}。{remedy}"]
        for name, papers, remedy in vetoes
    ]


def _rows(standard: ReviewStandard, review: Review, fonts: FontSet, titles: Item) -> Iterable[Item]:
    for section in standard.sections.values():
        got, points = review.of(section.id)
        yield from kept([_row(("", section.name, points, got, ""), fonts, titles, Role.HEI)])
        for line in review.lines:
            if line.item.section == section.id:
                yield _row(_cells(line), fonts, titles)
    beside = f"其中 {review.beside} 分还不涉及" if review.beside else ""
    yield _row(("", "合计", review.points, review.got, beside), fonts, titles, Role.HEI)


def _cells(line: ReviewLine) -> tuple[str, str, int, int, str]:
    item = line.item
    words = "不适用" if not line.applies else item.remedy if line.got < item.points else ""
    return item.id, item.name, item.points, line.got, words


def _row(
    cells: tuple[str, str, int, int, str],
    fonts: FontSet,
    titles: Item,
    role: Role = Role.BODY,
) -> Item:
    code, name, points, got, words = cells
    shown = (
        Cell(code, "center", role=role),
        Cell(name, role=role),
        Cell(str(points), "center", role=role),
        Cell(str(got), "center", role=role),
        Cell(words, role=role),
    )
    return row(shown, WIDTHS, fonts, STYLE, (titles,))
