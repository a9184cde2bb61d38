"""Tells the rows that say something from the sums, headings and signatures between them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from inspector_app.sheets.cells import EMPTY, Cell, Sheet, squeeze
from inspector_app.sheets.fields import FIELDS, FieldKind
from inspector_app.sheets.header import heading
from inspector_app.sheets.mapping import Mapping

_SUM = re.compile(r".{0,10}(?:合计|小计|总计|累计)(?:[:(].*)?")
_SIGNATURE = re.compile(
    r"(?:填报|填表|制表|审核|审批|复核|经办|统计)(?:人|单位|日期|时间|领导)?(?:\(.*\))?:"
    r"|(?:联系电话|单位负责人|负责人签字|主管领导|分管领导|填表说明)(?:\(.*\))?:"
    r"|(?:备注|说明|注\d?|附注)[:.]"
)
_SECTION = re.compile(r"(?:[一二三四五六七八九十]+[、.]|\([一二三四五六七八九十]+\)).*")
_SERIAL_HEADINGS = {"序号", "no", "no.", "#", "行号"}
# A value written once over several rows belongs to each of them, but money and heads do not.
_NOT_SHARED = {FieldKind.MONEY, FieldKind.COUNT}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line that is no data, with why; `row_no` as the spreadsheet shows it."""

    row_no: int
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class DataLine:
    """A line of data; `shared_money` names money columns whose amount stands in a row above."""

    row_no: int
    cells: tuple[Cell, ...]  # as in the file
    filled: tuple[Cell, ...]  # with what vertically merged cells say
    shared_money: tuple[int, ...] = ()


def data_lines(sheet: Sheet, mapping: Mapping) -> Iterator[DataLine | LeftOut]:
    """Every line below the heading that is not blank, sorted into the two."""
    cover = _covered(sheet, mapping)
    not_shared = {
        mapping.columns[spec.id]
        for spec in FIELDS[mapping.kind]
        if spec.kind in _NOT_SHARED and spec.id in mapping.columns
    }
    for index in range(mapping.first_data_row, len(sheet.rows)):
        row = sheet.rows[index]
        if all(cell is EMPTY for cell in row):
            continue
        why = _why_left_out(sheet, mapping, index)
        if why:
            text = next(cell.text for cell in row if cell is not EMPTY)
            yield LeftOut(index + 1, text.strip(), why)
            continue
        above = {c: cell for c, cell in cover.get(index, {}).items() if row[c] is EMPTY}
        filled = [above.get(c, cell) if c not in not_shared else cell for c, cell in enumerate(row)]
        shared = tuple(c for c in sorted(above) if c in not_shared)
        yield DataLine(index + 1, tuple(row), tuple(filled), shared)


def _covered(sheet: Sheet, mapping: Mapping) -> dict[int, dict[int, Cell]]:
    """By row and column what a merged range starting in an earlier data row says there."""
    cover: dict[int, dict[int, Cell]] = {}
    for top, left, bottom, _ in sheet.merged:
        if bottom == top or top < mapping.first_data_row:
            continue
        for row in range(top + 1, bottom + 1):
            cover.setdefault(row, {})[left] = sheet.rows[top][left]
    return cover


def _why_left_out(sheet: Sheet, mapping: Mapping, index: int) -> str:
    row = sheet.rows[index]
    filled = [(column, cell) for column, cell in enumerate(row) if cell is not EMPTY]
    texts = [squeeze(cell.text) for _, cell in filled[:4]]
    if any(_SUM.fullmatch(text) for text in texts):
        return "合计行"
    if _SIGNATURE.match(texts[0]):
        return "落款或说明"
    if len(filled) == 1 and _stands_alone(sheet, mapping, index, *filled[0]):
        return "分节标题" if not texts[0].isdigit() else "只有序号"
    if len(filled) > 1 and _repeats_heading(sheet, mapping, row):
        return "重复的表头"
    return ""


def _stands_alone(sheet: Sheet, mapping: Mapping, index: int, column: int, cell: Cell) -> bool:
    """Whether the only cell of a row is a serial number or a section's title."""
    if heading(mapping.headers[column]) in _SERIAL_HEADINGS:
        return True
    wide = any(
        top == index and left == column and right - left >= 2
        for top, left, _, right in sheet.merged
    )
    return wide or bool(_SECTION.fullmatch(squeeze(cell.text)))


def _repeats_heading(sheet: Sheet, mapping: Mapping, row: list[Cell]) -> bool:
    levels = [sheet.rows[r] for r in mapping.header_rows]
    same = (
        any(heading(level[c].text) == heading(cell.text) for level in levels)
        for c, cell in enumerate(row)
        if cell is not EMPTY
    )
    return all(same)
