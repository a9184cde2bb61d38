"""A rule's sheet, section by section, in the order one asks: what, by which law, how sure, who."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from inspector_app.domain.bureau_law import DiscretionBand
from inspector_app.domain.law import ForceLevel, TextLevel
from inspector_app.domain.money import yuan
from inspector_app.domain.term_words import date_text, weekday_text
from inspector_app.services.law_detail import ArticleLine, ChosenValue, LawDetail, WageLine
from inspector_app.services.law_pairs import TermPair, TermSide
from inspector_app.services.law_rows import LawKind
from inspector_app.services.statutes import ShownArticle
from inspector_app.ui.pages.law.pieces import FactLines, LinkLine, Tile, marked, section, small
from inspector_app.ui.pages.law.words import NOT_USED, OFF, OWN, TEXT_TONES
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.banners import Banner
from inspector_app.ui.widgets.basic import hair, label
from inspector_app.ui.widgets.buttons import button
from inspector_app.ui.widgets.pills import Pill

Part = QWidget | QLayout
Go = Callable[[str], object]
CONFLICT_HINT = "与上位法不一致，只作提示，不会用在案件和文书里。"


# ── what it says ─────────────────────────────────────────────────────────────────────────────
def pills(one: LawDetail) -> QHBoxLayout:
    """Code and kind, then what one must know before using it."""
    row = box(QHBoxLayout(), spacing=6)
    words = one.code if one.kind is None else f"{one.code}　{one.kind.label}"
    row.addWidget(label(words, "caption"))
    row.addStretch()
    if one.off:
        row.addWidget(Pill(NOT_USED if one.kind is LawKind.CONFLICT else OFF, "neutral"))
    if one.chosen or one.bands:
        row.addWidget(Pill(OWN, "violet"))
    if one.force_level is ForceLevel.UNCHECKED:
        row.addWidget(Pill(one.force_level.label, "neutral"))
    if one.text_level is not None and not (one.chosen and one.text_level is TextLevel.BUREAU):
        row.addWidget(Pill(one.text_level.label, TEXT_TONES[one.text_level]))
    return row


def value_tile(one: LawDetail, take_back: Callable[[ChosenValue], object]) -> Tile:
    """The value the office goes by; where the bureau chose it, the pack's beside it."""
    tile = Tile(spacing=6)
    tile.add(one.value or "没有取值", "detailTitle")
    if one.span:
        tile.add(f"施行：{one.span}", "caption")
    for chosen in one.chosen:
        tile.column.addWidget(hair())
        tile.column.addLayout(_both(chosen))
        row = box(QHBoxLayout(), spacing=8)
        told = f"{chosen.by}　{date_text(chosen.on)}定。理由：{chosen.why}"
        row.addWidget(label(told, "caption", wrap=True), 1)
        back = small("撤回", partial(take_back, chosen), "", "恢复规则包的取值")
        row.addWidget(back, 0, Qt.AlignmentFlag.AlignBottom)
        tile.column.addLayout(row)
    return tile


def _both(chosen: ChosenValue) -> QHBoxLayout:
    row = box(QHBoxLayout(), spacing=16)
    for name, value, tone in (
        (f"规则包的{chosen.label}", chosen.pack, ""),
        (f"本局的{chosen.label}", chosen.own, "info"),
    ):
        column = box(QVBoxLayout(), spacing=1)
        column.addWidget(label(name, "label"))
        column.addWidget(label(value, "value", tone=tone, wrap=True))
        row.addLayout(column, 1)
    return row


def pair_part(pair: TermPair, go: Go) -> QWidget:
    """National and Henan side by side, the leading one marked by colour and word."""
    made = QWidget()
    column = box(QVBoxLayout(made), spacing=8)
    column.addLayout(section("国家和河南两套规定"))
    row = box(QHBoxLayout(), spacing=10)
    for side in (pair.national, pair.henan):
        row.addWidget(_side(side, go), 1)
    column.addLayout(row)
    column.addWidget(label(pair.why, "body", wrap=True))
    return made


def _side(side: TermSide, go: Go) -> Tile:
    tile = Tile(lead=side.leads)
    head = box(QHBoxLayout(), spacing=6)
    head.addWidget(label(side.word, "sectionTitle"), 1)
    if side.leads or side.off:
        head.addWidget(Pill("以它为准", "info") if side.leads else Pill(OFF, "neutral"))
    tile.column.addLayout(head)
    tile.column.addWidget(LinkLine(f"{side.rule} {side.name}", lambda: go(f"rule:{side.rule}")))
    tile.add(side.value, "value")
    tile.column.addStretch()
    tile.add("今天起算，到", "caption")
    tile.add(weekday_text(side.ends), "body")
    tile.add(side.article, "caption")
    tile.add(side.levels, "caption")
    return tile


# ── what it stands on ────────────────────────────────────────────────────────────────────────
def basis_part(
    articles: Sequence[ArticleLine],
    texts: Sequence[ShownArticle],
    go: Go,
    bring: Callable[[str], object],
) -> QWidget:
    """The articles as printed; below them the official words, where the bureau has them."""
    made = QWidget()
    column = box(QVBoxLayout(made), spacing=6)
    column.addLayout(section("依据"))
    for line in articles:
        column.addLayout(_article(line, go))
    for text in texts:
        column.addWidget(_official(text))
    missing = dict.fromkeys(line.statute for line in articles if line.statute and not line.imported)
    if missing:
        row = box(QHBoxLayout(), spacing=6)
        words = f"没有导入原文：{'、'.join(missing)}。导入后条文在这里对照。"
        row.addWidget(label(words, "caption", wrap=True), 1)
        row.addWidget(small("导入原文", lambda: bring(next(iter(missing)))))
        column.addLayout(row)
    return made


def _article(line: ArticleLine, go: Go) -> QHBoxLayout:
    row = box(QHBoxLayout(), spacing=6)
    if line.role:
        row.addWidget(label(line.role, "caption"))
    if line.statute:
        tip = f"{line.printed}　看这部法规"
        row.addWidget(LinkLine(line.printed, lambda: go(f"rule:{line.statute}"), tip), 1)
    else:
        row.addWidget(label(line.printed, "value", wrap=True), 1)
    return row


def _official(text: ShownArticle) -> Tile:
    tile = Tile()
    tile.add(f"《{text.title}》{text.place}　本局导入的原文", "caption")
    tile.add(text.body, "value")
    return tile


def levels_part(one: LawDetail) -> QWidget:
    """How far it was verified, in two plain sentences."""
    made = QWidget()
    column = box(QVBoxLayout(made), spacing=6)
    column.addLayout(section("核实程度"))
    good = (one.text_level is TextLevel.FULL, one.force_level is ForceLevel.CHECKED)
    for sentence, fine in zip(one.levels, good, strict=False):
        icon, colour = ("checkmark_circle_20", "success_solid") if fine else ("info_20", "text_3")
        column.addLayout(marked(sentence, icon, colour))
    return made


def hints_part(one: LawDetail, go: Go) -> Iterator[QWidget]:
    """Henan clauses that go beyond this rule: told, never applied."""
    for hint in one.hints:
        banner = Banner("neutral")
        see = button("看条款", "link", clicked=partial(go, hint.key))
        banner.say(f"{hint.note}。{CONFLICT_HINT}", "河南条款", buttons=(see,))
        yield banner


def facts_part(one: LawDetail) -> FactLines:
    """What else it says."""
    return FactLines([*one.facts, *((("说明", one.note),) if one.note else ())])


# ── the bureau's standard, the wages, the users ──────────────────────────────────────────────
def bands_part(
    bands: Sequence[DiscretionBand],
    add: Callable[[], object],
    change: Callable[[DiscretionBand], object],
) -> QWidget:
    """The discretion standard of a violation, newest first."""
    made = QWidget()
    column = box(QVBoxLayout(made), spacing=8)
    column.addLayout(section("本局裁量基准", small("添加一档", add, "add_20")))
    if not bands:
        words = "还没有录入。录入后，拟罚款时按档次提示幅度。"
        column.addWidget(label(words, "muted", wrap=True))
    for band in sorted(bands, key=lambda one: (-one.effective_from.toordinal(), one.low_fen)):
        column.addWidget(_band(band, change))
    return made


def _band(band: DiscretionBand, change: Callable[[DiscretionBand], object]) -> Tile:
    tile = Tile()
    head = box(QHBoxLayout(), spacing=8)
    head.addWidget(label(band.name, "sectionTitle"))
    head.addWidget(label(_band_range(band), "value"), 1)
    head.addWidget(small("修改", lambda: change(band)))
    tile.column.addLayout(head)
    tile.add(band.condition)
    tile.add(f"{date_text(band.effective_from)}起　{band.source}", "caption")
    return tile


def _band_range(band: DiscretionBand) -> str:
    parts = [f"单位 {_span(band.low_fen, band.high_fen)}"] if band.high_fen else []
    if band.person_low_fen is not None and band.person_high_fen is not None:
        parts.append(f"个人 {_span(band.person_low_fen, band.person_high_fen)}")
    return "，".join(parts)


def _span(low: int, high: int) -> str:
    return f"{yuan(low)} 至 {yuan(high)} 元"


def wages_part(lines: Sequence[WageLine]) -> QWidget:
    """The province's minimum wages since 2011, the newest first."""
    made = QWidget()
    column = box(QVBoxLayout(made), spacing=6)
    column.addLayout(section("历次标准（元，月／小时）"))
    grid = box(QGridLayout(), spacing=8)
    for place, head in enumerate(("起", "一类区域", "二类区域", "三类区域")):
        grid.addWidget(label(head, "label"), 0, place, _side_of(place))
        grid.setColumnStretch(place, 1)
    for number, line in enumerate(lines, start=1):
        grid.addWidget(label(date_text(line.since), "body"), number, 0)
        for place, (month, hour) in enumerate(line.classes, start=1):
            words = f"{yuan(month)}／{yuan(hour)}"
            shown = label(words, "value" if line.usable else "muted")
            grid.addWidget(shown, number, place, _side_of(place))
    column.addLayout(grid)
    if any(not line.usable for line in lines):
        words = "灰色的只作历史：其后的调整没有查到，不用来计算。"
        column.addWidget(label(words, "caption", wrap=True))
    return made


def _side_of(place: int) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignRight if place else Qt.AlignmentFlag.AlignLeft
