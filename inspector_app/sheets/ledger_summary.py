"""The sheets beside the ledger: sums by county, and how every figure is counted."""

from collections.abc import Callable, Sequence

from inspector_app.domain.cases import Stage
from inspector_app.sheets.lines_out import CaseLine, LedgerHead
from inspector_app.sheets.safe import safe_text
from inspector_app.sheets.style_out import (
    HEAD_HEIGHT,
    LEAST_HEIGHT,
    TITLE_HEIGHT,
    UNIT_HEIGHT,
    Book,
    Formats,
    OutKind,
    OutSheet,
    row_height,
    set_page,
)
from inspector_app.sheets.table_out import FIRST_ROW, Table, column_letters

SUMMARY_SHEET = "汇总表（按县区）"
NOTES_SHEET = "统计口径"
_FEN_PER = {"元": 100, "万元": 1_000_000}
_HEADINGS = (
    ("县区", 14),
    ("案件数", 10),
    ("已结案数", 10),
    ("涉及人数", 10),
    ("涉及金额", 18),
    ("已支付", 18),
    ("未支付", 18),
)
_SUMMED = (
    ("workers", OutKind.COUNT),
    ("amount_fen", OutKind.MONEY),
    ("paid_fen", OutKind.MONEY),
    ("owing_fen", OutKind.MONEY),
)
_FIRST = 3  # first county, from 0: title, unit line and heading stand above


def write_counties(book: Book, formats: Formats, head: LedgerHead, ledger: Table[CaseLine]) -> None:
    """One row a county, computed by formulas from the ledger's own rows."""
    sheet = book.add_worksheet(SUMMARY_SHEET)
    set_page(sheet, len(_HEADINGS), demo=head.demo)
    sheet.repeat_rows(2)
    sheet.freeze_panes(_FIRST, 1)
    last = len(_HEADINGS) - 1
    sheet.set_row(0, TITLE_HEIGHT)
    sheet.merge_range(0, 0, 0, last, safe_text(f"{head.title}（按县区汇总）"), formats.title())
    sheet.set_row(1, UNIT_HEIGHT)
    sheet.merge_range(1, 0, 1, 3, safe_text(f"填报单位（盖章）：{head.bureau}"), formats.plain())
    sheet.merge_range(1, 4, 1, last, f"单位：件、人、{head.unit}", formats.plain("right"))
    sheet.set_row(2, HEAD_HEIGHT)
    for column, (title, width) in enumerate(_HEADINGS):
        sheet.set_column(column, column, width)
        sheet.write_string(2, column, title, formats.head())
    counties = list(dict.fromkeys(line.county for line in ledger.lines))
    for row, county in enumerate(counties, start=_FIRST):
        lines = [line for line in ledger.lines if line.county == county]
        text = safe_text(county or "未填县区")
        sheet.set_row(row, LEAST_HEIGHT)
        sheet.write_string(row, 0, text, formats.cell(OutKind.CENTRE))
        for column, (formula, value, kind) in enumerate(
            _figures(ledger, lines, county, row, head.unit), start=1
        ):
            sheet.write_formula(row, column, formula, formats.cell(kind), value)
    _write_total(sheet, formats, head, ledger, len(counties))


def _write_total(
    sheet: OutSheet, formats: Formats, head: LedgerHead, ledger: Table[CaseLine], counties: int
) -> None:
    row = _FIRST + counties
    sheet.set_row(row, LEAST_HEIGHT)
    sheet.write_string(row, 0, "合计", formats.cell(OutKind.CENTRE, bold=True))
    figures = _figures(ledger, ledger.lines, "", row, head.unit)
    for column, (_, value, kind) in enumerate(figures, start=1):
        letters = column_letters(column)
        formula = f"=SUM({letters}{_FIRST + 1}:{letters}{row})" if counties else "=0"
        sheet.write_formula(row, column, formula, formats.cell(kind, bold=True), value)


def _figures(
    ledger: Table[CaseLine], lines: Sequence[CaseLine], county: str, row: int, unit: str
) -> list[tuple[str, float, OutKind]]:
    """Formula, its value as of now and its kind, for each column of one county."""
    where = _area(ledger, "county")
    # A blank county is counted as blank cells, not as the text that stands for it here.
    key = f"$A{row + 1}" if county else '""'
    closed = Stage.CLOSED.label
    stage = _area(ledger, "stage")
    figures: list[tuple[str, float, OutKind]] = [
        (f'=COUNTIFS({where},{key},{_area(ledger, "case_no")},"<>")', len(lines), OutKind.COUNT),
        (
            f'=COUNTIFS({where},{key},{stage},"{closed}")',
            sum(line.stage is Stage.CLOSED for line in lines),
            OutKind.COUNT,
        ),
    ]
    for column_id, kind in _SUMMED:
        total = sum(_number(column_id)(line) for line in lines)
        value = total / _FEN_PER[unit] if kind is OutKind.MONEY else total
        figures.append((f"=SUMIFS({_area(ledger, column_id)},{where},{key})", value, kind))
    return figures


def _number(column_id: str) -> Callable[[CaseLine], int]:
    return lambda line: getattr(line, column_id) or 0


def _area(ledger: Table[CaseLine], column_id: str) -> str:
    letters = column_letters(ledger.index(column_id))
    return f"'{ledger.name}'!${letters}${FIRST_ROW + 1}:${letters}${ledger.last_row + 1}"


def write_notes(
    book: Book, formats: Formats, head: LedgerHead, left_out: Sequence[str], *, masked: bool
) -> None:
    """How the figures are counted, printed with them."""
    sheet = book.add_worksheet(NOTES_SHEET)
    set_page(sheet, 1, demo=head.demo)
    sheet.set_column(0, 0, 100)
    sheet.set_row(0, TITLE_HEIGHT)
    sheet.write_string(0, 0, "统计口径", formats.title())
    style = formats.of(font_size=11, text_wrap=True, valign="top")
    for row, text in enumerate(_sentences(head, left_out, masked=masked), start=1):
        line = safe_text(f"{row}. {text}")
        sheet.set_row(row, row_height([(line, 95)]) + 6)
        sheet.write_string(row, 0, line, style)


def _sentences(head: LedgerHead, left_out: Sequence[str], *, masked: bool) -> list[str]:
    day = f"{head.made_on.year}年{head.made_on.month}月{head.made_on.day}日"
    unclear = "写法不是确定数额的金额（如“100余万元”）不计入金额"
    sentences = [
        f"统计期间：{head.period or '全部登记在册的案件'}。数据截至{day}。",
        "涉及金额：已列明劳动者明细的，为应发减登记时已发和代扣；未列明的，为登记的涉及金额。",
        f"{unclear}。" if masked else f"{unclear}，原文记在备注。",
        "已支付：立案登记后实际支付到劳动者的金额，按资金来源分列。未支付：涉及金额减已支付。",
        "涉及人数：已列明明细的按劳动者计，同一案件内一人只计一次；未列明的为登记人数。",
        f"超期：{head.order}载明的期限已过、案件未结且仍有未支付金额。",
        "举报人信息不在导出范围内（劳动保障监察条例第九条）。",
    ]
    if masked:
        sentences.append(
            "本表为报送脱敏版：自然人姓名、文字中的证件号码、电话和银行卡号已部分隐去，不列备注。"
        )
    else:
        sentences.append("本表为内部完整版，含个人信息，不得外传。")
    if left_out:
        sentences.append(f"全部未填写的列没有列出：{'、'.join(left_out)}。")
    if head.demo:
        sentences.append("本表为演示数据，单位、人员和金额均为虚构。")
    return sentences
