"""Finds the heading of a table that somebody made to be looked at, not to be read by a program."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from inspector_app.sheets.cells import EMPTY, Cell, MergedRange, Sheet, squeeze

# A heading never stands lower than this: above it are titles, units and explanations.
SEARCH_ROWS = 40
MAX_LEVELS = 4

_MARKS = re.compile(r"^[★☆*※]+|[:*★]+$")
_BRACKETED = re.compile(
    r"\((?:单位[:])?(?:人|元|万元|原文|名|人次|必填|选填|盖章|如有|人数|元/人|年/月/日|年月日)\)"
)
_SUFFIX = re.compile(r"_(?:元|万元|人|原文)$")
_UNIT_ROW = re.compile(r"(?<!填报)(?<!报送)单位:[人户件个起名、,/和]*(万元|元)")
_PAPERWORK = re.compile(r"^(?:填报(?:单位|时间|日期|人)|报送单位|制表|统计时间|单位:|附件\d|表号)")
_COLUMN_NO = re.compile(r"\(?(\d{1,3}|[甲乙丙丁])\)?(?:=.*)?")


@dataclass(frozen=True, slots=True)
class Header:
    """Where the heading stands, what each column is called, and what is written above it."""

    rows: tuple[int, ...]
    first_data_row: int
    paths: tuple[tuple[str, ...], ...]  # per column its headings from top to bottom
    title: str = ""
    unit: str = ""  # 元 or 万元, as a unit row above the heading says; "" when it does not

    @property
    def names(self) -> tuple[str, ...]:
        """One text per column: 已支付/金额."""
        return tuple("/".join(path) for path in self.paths)


@lru_cache(maxsize=4096)
def heading(text: str) -> str:
    """A heading for comparing: no blanks, stars, units or remarks in brackets."""
    bare = _MARKS.sub("", squeeze(text))
    return _SUFFIX.sub("", _MARKS.sub("", _BRACKETED.sub("", bare)))


def unit_of(text: str) -> str:
    """元 or 万元 when a heading names the unit of its numbers."""
    bare = squeeze(text)
    if re.search(r"[(_/]万元|万元\)?$", bare):
        return "万元"
    return "元" if re.search(r"[(_]元|元\)$", bare) else ""


def filled_rows(sheet: Sheet, count: int) -> list[list[Cell]]:
    """The first rows with every merged range holding its text in each of its cells."""
    rows = [list(row) for row in sheet.rows[:count]]
    for top, left, bottom, right in sheet.merged:
        if top >= len(rows):
            continue
        cell = rows[top][left]
        for r in range(top, min(bottom + 1, len(rows))):
            for c in range(left, min(right + 1, sheet.width)):
                rows[r][c] = cell
    return rows


def find_header(sheet: Sheet, known: Collection[str]) -> Header:
    """The heading, by the row that holds most known headings; else the first full row of words."""
    rows = filled_rows(sheet, SEARCH_ROWS)
    start = _best_row(rows, known)
    top, bottom = _levels(sheet, rows, start, known)
    levels = [_spread(rows, r, bottom) for r in range(top, bottom + 1)]
    paths = tuple(_path([level[column].text for level in levels]) for column in range(sheet.width))
    first = bottom + 1
    if first < len(sheet.rows) and _is_column_numbers(sheet.rows[first]):
        first += 1
    above = rows[:top]
    return Header(tuple(range(top, bottom + 1)), first, paths, _title(above), _unit_above(above))


def _best_row(rows: list[list[Cell]], known: Collection[str]) -> int:
    scores = [
        len({heading(cell.text) for cell in row} & set(known)) if not _is_paperwork(row) else 0
        for row in rows
    ]
    if max(scores, default=0) > 0:
        return scores.index(max(scores))
    width = max((len(row) for row in rows), default=0)
    for index, row in enumerate(rows):
        texts = [cell for cell in row if cell is not EMPTY]
        if len(texts) >= max(0.6 * width, 1) and all(isinstance(c.value, str) for c in texts):
            return index
    return next((i for i, row in enumerate(rows) if any(c is not EMPTY for c in row)), 0)


def _levels(
    sheet: Sheet, rows: list[list[Cell]], start: int, known: Collection[str]
) -> tuple[int, int]:
    """First and last row of the heading around the row found."""
    top = bottom = start
    merges = [m for m in sheet.merged if m[0] < SEARCH_ROWS and not _is_banner(m, rows)]
    grown = True
    while grown and bottom - top + 1 < MAX_LEVELS:
        grown = False
        for first, left, last, right in merges:
            touches = first <= bottom and last >= top
            group_over = first == last == top - 1 and right > left
            group_in = first == last == bottom and right > left
            new_top = min(top, first) if touches or group_over else top
            new_bottom = max(bottom, last) if touches else bottom
            if group_in and bottom + 1 < len(rows):
                new_bottom = max(new_bottom, bottom + 1)
            if (new_top, new_bottom) != (top, bottom):
                top, bottom, grown = new_top, new_bottom, True
    if not merges and _has_unmerged_level(rows, bottom, known):
        bottom += 1
    return top, min(bottom, top + MAX_LEVELS - 1)


def _has_unmerged_level(rows: list[list[Cell]], row: int, known: Collection[str]) -> bool:
    """Whether the next row completes the heading where the file does not tell merged cells."""
    if row + 1 >= len(rows):
        return False
    below = rows[row + 1]
    texts = [cell for cell in below if cell is not EMPTY]
    fills_gap = any(
        upper is EMPTY and lower is not EMPTY for upper, lower in zip(rows[row], below, strict=True)
    )
    words = all(isinstance(c.value, str) and not re.search(r"\d", c.text) for c in texts)
    short = 0 < len(texts) <= 0.7 * len(below)
    return fills_gap and words and short and bool({heading(c.text) for c in texts} & set(known))


def _spread(rows: list[list[Cell]], row: int, bottom: int) -> list[Cell]:
    """A level of the heading, a group name carried over the blanks it stands above."""
    level, lowest = list(rows[row]), rows[bottom]
    if row == bottom:
        return level
    for column in range(1, len(level)):
        left = level[column - 1]
        is_group = lowest[column - 1] is not left and lowest[column - 1] is not EMPTY
        if level[column] is EMPTY and lowest[column] is not EMPTY and is_group:
            level[column] = left
    return level


def _path(texts: list[str]) -> tuple[str, ...]:
    path: list[str] = []
    for text in texts:
        clean = re.sub(r"\s+", "", text)
        if clean and clean not in path[-1:]:
            path.append(clean)
    return tuple(path)


def _is_banner(merge: MergedRange, rows: list[list[Cell]]) -> bool:
    """A title or unit line merged over the table is no level of the heading."""
    row = rows[merge[0]]
    return _is_paperwork(row) or len({cell.text for cell in row if cell is not EMPTY}) <= 1


def _is_paperwork(row: list[Cell]) -> bool:
    return any(_PAPERWORK.match(squeeze(cell.text)) for cell in row if cell is not EMPTY)


def _is_column_numbers(row: list[Cell]) -> bool:
    """A line 甲 乙 1 2 3 that only numbers the columns."""
    marks = [_COLUMN_NO.fullmatch(squeeze(cell.text)) for cell in row if cell is not EMPTY]
    if len(marks) < 3:
        return False
    numbers = [int(m[1]) for m in marks if m and m[1].isdigit()]
    return all(marks) and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _title(above: list[list[Cell]]) -> str:
    for row in above:
        texts = {cell.text.strip() for cell in row if cell is not EMPTY}
        if len(texts) == 1 and not _is_paperwork(row):
            return texts.pop()
    return ""


def _unit_above(above: list[list[Cell]]) -> str:
    for row in reversed(above):
        for cell in row:
            found = _UNIT_ROW.search(squeeze(cell.text))
            if found:
                return found[1]
    return ""
