"""Reads a TOML file into rows that name the file and the key when something is wrong."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from inspector_app.domain.words import Word
from inspector_app.errors import UserError
from inspector_app.library.places import Place, line_of

T = TypeVar("T")
W = TypeVar("W", bound=Word)


class RowError(UserError):
    """A wrong place in a file: the whole sentence, and apart from it the line (0: none)."""

    def __init__(self, message: str, sentence: str, *, where: str, line: int) -> None:
        super().__init__(message, field=where, kind="library")
        self.sentence, self.line = sentence, line


class Row:
    """One table of a TOML file; readings say where they failed, `finish` refuses unread keys.

    `text` is the whole file and `place` where the table stands in it: both only for the line.
    """

    def __init__(
        self,
        file: str,
        where: str,
        cells: Mapping[str, object],
        text: str = "",
        place: Place = (),
    ) -> None:
        self.file = file
        self.where = where
        self._cells = cells
        self._text = text
        self._place = place
        self._read: set[str] = set()

    def wrong(self, sentence: str, key: str = "") -> RowError:
        """The error to raise about this row, or about the cell of one key."""
        line = line_of(self._text, (*self._place, key) if key else self._place)
        place = f"{self.file} 第 {line} 行 {self.where}" if line else f"{self.file} {self.where}"
        message = f"{place.strip()}：{sentence}"
        return RowError(message, sentence, where=self.where, line=line)

    def has(self, key: str) -> bool:
        return key in self._cells

    def __iter__(self) -> Iterator[str]:
        return iter(self._cells)

    def keys(self) -> tuple[str, ...]:
        return tuple(self._cells)

    def cell(self, key: str) -> object:
        """The cell as TOML gave it."""
        self._read.add(key)
        if key not in self._cells:
            raise self.wrong(f"缺少“{key}”")
        return self._cells[key]

    def _typed(self, key: str, kind: type[T] | tuple[type[T], ...], name: str) -> T:
        cell = self.cell(key)
        if not isinstance(cell, kind) or (isinstance(cell, bool) and kind is not bool):
            raise self.wrong(f"“{key}”应为{name}", key)
        return cell

    def text(self, key: str, default: str | None = None) -> str:
        """A text; without a default it must be there and not be blank."""
        if default is not None and not self.has(key):
            return default
        text = self._typed(key, str, "文字")
        if default is None and not text.strip():
            raise self.wrong(f"“{key}”不能为空", key)
        return text

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        if default is not None and not self.has(key):
            return default
        cells = self._typed(key, list, "文字列表")
        texts = tuple(cell for cell in cells if isinstance(cell, str) and cell.strip())
        if len(texts) != len(cells):
            raise self.wrong(f"“{key}”应为文字列表", key)
        return texts

    def number(self, key: str, default: int | None = None) -> int:
        if default is not None and not self.has(key):
            return default
        return self._typed(key, int, "整数")

    def hundredths(self, key: str) -> int:
        """A number with at most two decimals, as hundredths: yuan as fen, percent as bp."""
        number = Decimal(str(self._typed(key, (int, float), "数字"))) * 100
        if not number.is_finite() or number != number.to_integral_value():
            raise self.wrong(f"“{key}”最多写两位小数", key)
        return int(number)

    def pair(self, key: str) -> tuple[int, int]:
        """Two whole numbers: from, to."""
        cells = self._typed(key, list, "两个整数")
        if len(cells) != 2 or not all(type(cell) is int for cell in cells):
            raise self.wrong(f"“{key}”应为两个整数", key)
        return cells[0], cells[1]

    def flag(self, key: str, default: bool = False) -> bool:
        return self._typed(key, bool, " true 或 false") if self.has(key) else default

    def day(self, key: str) -> date:
        day = self._typed(key, date, "日期")
        if isinstance(day, datetime):
            raise self.wrong(f"“{key}”应为日期，不带时间", key)
        return day

    def word(self, key: str, words: type[W], default: W | None = None) -> W:
        """A member of an enum, written by its code."""
        if default is not None and not self.has(key):
            return default
        code = self._typed(key, str, "代码")
        for word in words:
            if word.value == code:
                return word
        codes = "、".join(str(word.value) for word in words)
        raise self.wrong(f"“{key}”写的是“{code}”，应为 {codes} 之一", key)

    def maybe(self, key: str, read: Callable[[str], T]) -> T | None:
        """None when the key is absent, else what `read` makes of it."""
        return read(key) if self.has(key) else None

    def row(self, key: str) -> "Row":
        cells = self._typed(key, dict, "小节")
        place = (*self._place, key)
        return Row(self.file, f"{self.where} {key}".strip(), cells, self._text, place)

    def rows(self, key: str, name: str = "id") -> tuple["Row", ...]:
        """The tables of an array; each is called by its `name` cell in error sentences."""
        found: list[Row] = []
        for index, cells in enumerate(self._typed(key, list, "小节列表"), start=1):
            if not isinstance(cells, dict):
                raise self.wrong(f"“{key}”应为小节列表", key)
            called = str(cells.get(name, f"{key} 第{index}项"))
            place = (*self._place, key, index - 1)
            found.append(Row(self.file, called, cells, self._text, place))
        return tuple(found)

    def finish(self) -> None:
        """Refuse keys nobody read: they are misspelt or misunderstood."""
        unknown = [key for key in self._cells if key not in self._read]
        if unknown:
            raise self.wrong(f"有不认识的项“{unknown[0]}”", unknown[0])


def read_toml(office: Path, relative: str) -> Row:
    """The top table of a file below the office; syntax errors come as a sentence with the line."""
    path = office / relative
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise UserError(f"读不到 {relative}，请重新安装", kind="library") from error
    except UnicodeDecodeError as error:
        raise UserError(f"{relative} 不是 UTF-8 编码", kind="library") from error
    return parse_toml(text, relative)


def parse_toml(text: str, file: str) -> Row:
    """The top table of a text; syntax errors come as a sentence with the line."""
    try:
        return Row(file, "", tomllib.loads(text), text)
    except RecursionError as error:  # thousands of brackets inside each other: nobody writes that
        sentence = "括号套得太深"
        raise RowError(f"{file} {sentence}", sentence, where="", line=0) from error
    except ValueError as error:  # a TOMLDecodeError, or a number of thousands of digits
        at = re.search(r"line (\d+), column (\d+)", str(error))
        place = f"第 {at[1]} 行第 {at[2]} 列" if at else "末尾"
        line = int(at[1]) if at else text.count("\n") + 1
        sentence = f"{place}写法有误"
        raise RowError(f"{file} {sentence}", sentence, where="", line=line) from error


def by_id(rows: tuple[Row, ...], read: Callable[[Row], T], key: str = "id") -> dict[str, T]:
    """Read rows into a dict in file order; a repeated id is refused."""
    found: dict[str, T] = {}
    for row in rows:
        name = row.text(key)
        if name in found:
            raise row.wrong(f"“{key}”重复", key)
        found[name] = read(row)
        row.finish()
    return found


def table(
    office: Path, file: str, name: str, read: Callable[[Row], T], key: str = "id"
) -> dict[str, T]:
    """A file that holds one array of tables and nothing else, by the id of its rows."""
    top = read_toml(office, file)
    found = by_id(top.rows(name, key), read, key=key)
    top.finish()
    return found
