"""A checklist on paper: to be filled by hand on site, then typed in."""

from itertools import groupby

from inspector_app.domain.inspections import CheckItem, Checklist
from inspector_app.domain.papers import Layout
from inspector_app.papers.context import PaperContext, RenderedPaper
from inspector_app.papers.flow import Item, gap, kept, paginate
from inspector_app.papers.fonts import FontSet, Role
from inspector_app.papers.furniture import Furniture
from inspector_app.papers.geometry import HEIGHT, MM, WIDTH, Measure
from inspector_app.papers.grid import Cell, RowStyle, row
from inspector_app.papers.labels import label_lines
from inspector_app.papers.prose import title_items
from inspector_app.papers.render import draw

STYLE = RowStyle(9.5, 1.35)
WIDTHS = [width * MM for width in (11, 64, 29, 20, 32)]
TITLES = ("编号", "检查内容和查法", "依据", "结果", "证据和备注")
ANSWERS = "☐是　☐否\n☐部分\n☐不适用\n☐未查"
FOOT = (
    ("现场负责人（签名）：", "检查人（签名）："),
    ("总评：☐正常　☐一般问题　☐严重", "检查人（签名）："),
)
HEAD = (
    ("单位（项目）：",),
    ("地点：", "检查日期：________年____月____日"),
    ("检查人（证号）：", "检查人（证号）："),
    ("现场负责人（职务）：", "到达、离开时间："),
)


def blank_checklist(
    checklist: Checklist, bureau: str, fonts: FontSet, demo: bool = False
) -> RenderedPaper:
    """All items with boxes to tick, the article they stand on and room for evidence."""
    furniture = Furniture(Layout.RECORD, PaperContext(bureau, demo=demo), FOOT)
    header = row([Cell(t, "center", role=Role.HEI) for t in TITLES], WIDTHS, fonts, STYLE)
    items = [
        *title_items([bureau, checklist.title], fonts, 30.0),
        gap(6),
        *label_lines(HEAD, fonts, Measure(12.0, 12.0, 22.0)),
        gap(8),
        *kept([header]),
    ]
    for group, members in groupby(checklist.items, lambda one: one.group):
        items += kept([_group(group, fonts, header)])
        items += [_item(one, fonts, header) for one in members]
    note = f"带☆的项目应当直接问劳动者。检查表版本：{checklist.version}"
    items += label_lines([[note]], fonts, Measure(9.5, 9.5, 18.0), ruled=False)
    pages = paginate(items, HEIGHT - furniture.foot_height)
    return draw(pages, fonts, furniture, checklist.title)


def _group(name: str, fonts: FontSet, header: Item) -> Item:
    return row([Cell(name, role=Role.HEI)], [WIDTH], fonts, STYLE, (header,))


def _item(one: CheckItem, fonts: FontSet, header: Item) -> Item:
    star = "☆" if one.ask_workers else ""
    cells = [
        Cell(f"{one.id}{star}", "center"),
        Cell(f"{one.question}\n查法：{one.method}"),
        Cell(_articles(one.articles)),
        Cell(ANSWERS),
        Cell(f"{one.evidence}\n　", middle=False),
    ]
    return row(cells, WIDTHS, fonts, STYLE, (header,))


def _articles(cited: tuple[str, ...]) -> str:
    """Articles of one statute name it once: 《…条例》第二十四条第二款；第二十五条."""
    shown: list[str] = []
    last = ""
    for article in cited:
        statute, mark, place = article.partition("》")
        shown.append(place if mark and statute == last else article)
        last = statute
    return "；".join(shown)
