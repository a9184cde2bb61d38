"""Reads the State Council's yearly notice on holidays, as pasted text or as a table."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from inspector_app.domain.terms import weekday_text
from inspector_app.domain.words import Word
from inspector_app.sheets.cells import Sheet
from inspector_app.sheets.values import understand_date

WEEKDAYS = "一二三四五六日"


class DayKind(Word):
    """What a notice makes of a day."""

    HOLIDAY = "holiday", "放假"
    WORKDAY = "workday", "上班"


@dataclass(frozen=True, slots=True)
class DayRow:
    """One day of a notice; `name` is the holiday it belongs to."""

    day: date
    kind: DayKind
    name: str


@dataclass(frozen=True, slots=True)
class NoticeRead:
    """What was understood of a notice: nothing is stored yet.

    `problems` must be put right first; `notes` are only for the reader.
    """

    year: int | None
    rows: tuple[DayRow, ...]
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


_YEAR = r"(?:(?P<{0}year>(?:19|20)\d\d)年)?"
_PAREN = r"(?:[（(](?P<{0}paren>[^）)]*)[）)])?"
_DATE = re.compile(
    _YEAR.format("")
    + r"(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]?"
    + _PAREN.format("")
    + r"(?:(?:至|到|[-—–~～])+"
    + _YEAR.format("to_")
    + r"(?:(?P<to_month>\d{1,2})月)?(?P<to_day>\d{1,2})[日号]?"
    + _PAREN.format("to_")
    + r")?"
)
_VERB = re.compile(r"放假|上班")
_COUNT = re.compile(r"(?:共|放假)(\d{1,2})天")
_ABOUT = re.compile(r"((?:19|20)\d\d)年部分节假日")
_ANY_YEAR = re.compile(r"((?:19|20)\d\d)年")
_WEEKDAY = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天])")
_SECTION = re.compile(
    r"(?:^|(?<=[\n。；;]))(?:(?:[一二三四五六七八九十]{1,2}|\d{1,2})[、.．]|[（(][一二三四五六七八九十][）)])?"
    r"(?:\d{4}年)?"
    r"(?P<name>[\u4e00-\u9fff]{1,20}(?:[、和][\u4e00-\u9fff]{1,20})*)[：:]"
)
_HOLIDAY_NAME = re.compile(r"元旦|除夕|[\u4e00-\u9fff]{1,6}节|[\u4e00-\u9fff]+纪念日")
_ADVICE = ("鼓励", "建议", "提倡")  # days that are asked for, not given
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")


@dataclass
class _Reading:
    """The notes of one pass through a notice."""

    year: int
    rows: dict[date, DayRow] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, day: date, kind: DayKind, name: str) -> None:
        """One day; it cannot be two things."""
        known = self.rows.setdefault(day, DayRow(day, kind, name))
        if known.kind is not kind:
            self.problems.append(f"{weekday_text(day)}既写放假又写上班。")

    def done(self) -> NoticeRead:
        """Days of other years are left out and told."""
        outside = [row for day, row in self.rows.items() if day.year != self.year]
        self.notes += [
            f"{weekday_text(row.day)}{row.kind.label}不在 {self.year} 年，"
            f"请在 {row.day.year} 年的放假安排里核对。"
            for row in outside
        ]
        rows = sorted((row for row in self.rows.values() if row not in outside), key=_by_day)
        if not rows:
            self.problems.append("没有读到任何放假或上班的日期。")
        return NoticeRead(self.year, tuple(rows), tuple(self.problems), tuple(self.notes))


def _by_day(row: DayRow) -> date:
    return row.day


def read_notice(text: str, year: int | None = None) -> NoticeRead:
    """Days of a notice such as “国庆节：10月1日至7日放假调休，共7天。9月27日（星期日）上班。”."""
    bare = "\n".join("".join(line.split()) for line in text.translate(_FULL_WIDTH).splitlines())
    year = year or _year_of(bare)
    if year is None:
        return NoticeRead(None, (), ("没有写明是哪一年的放假安排，请注明年份。",))
    reading = _Reading(year)
    heads = [head for head in _SECTION.finditer(bare) if _HOLIDAY_NAME.search(head["name"])]
    for line in _sentences(bare[: heads[0].start()] if heads else bare):
        if _DATE.search(line) and _VERB.search(line):
            reading.problems.append(f"没有写明是哪个节日：“{line}”。")
    for head, end in zip(heads, [*(one.start() for one in heads[1:]), len(bare)], strict=False):
        body = bare[head.end() : end]
        _section(reading, head["name"], body)
    return reading.done()


def _year_of(text: str) -> int | None:
    about = _ABOUT.search(text)
    if about:
        return int(about[1])
    years = Counter(_ANY_YEAR.findall(text)).most_common(2)
    if not years or (len(years) == 2 and years[0][1] == years[1][1]):
        return None
    return int(years[0][0])


def _sentences(text: str) -> Iterator[str]:
    return (part for part in re.split(r"[。；;\n]", text) if part)


def _section(reading: _Reading, name: str, body: str) -> None:
    """The days of one holiday; the number of days it states is counted after."""
    off: set[date] = set()
    for sentence in _sentences(body):
        if sentence.startswith(_ADVICE):
            reading.notes.append(f"{name}：“{sentence}”是倡议，没有记为放假。")
        elif _DATE.search(sentence):
            off |= _sentence(reading, name, sentence)
    stated = _COUNT.search(body)
    if stated and int(stated[1]) != len(off):
        reading.problems.append(f"{name}写明 {stated[1]} 天，读到 {len(off)} 天，请核对。")


def _sentence(reading: _Reading, name: str, sentence: str) -> set[date]:
    """Dates wait for the verb that follows them; those left over were not understood."""
    waiting: list[date] = []
    off: set[date] = set()
    at = 0
    while True:
        verb = _VERB.search(sentence, at)
        for found in _DATE.finditer(sentence, at, verb.start() if verb else len(sentence)):
            waiting += _days(reading, found)
        if verb is None:
            break
        kind = DayKind.HOLIDAY if verb[0] == "放假" else DayKind.WORKDAY
        for day in waiting:
            reading.add(day, kind, name)
        off |= set(waiting) if kind is DayKind.HOLIDAY else set()
        waiting, at = [], verb.end()
    if waiting:
        reading.problems.append(f"{name}：没有看懂“{sentence}”，请自行填写。")
    return off


def _days(reading: _Reading, found: re.Match[str]) -> list[date]:
    """The days of one date or range; each weekday that is written beside is compared."""
    first = _date(reading, found, "", reading.year, found["month"])
    if first is None or not found["to_day"]:
        return [first] if first else []
    last = _date(reading, found, "to_", first.year, found["to_month"] or found["month"])
    if last is None:
        return []
    span = (last - first).days
    if not 0 <= span <= 31:
        reading.problems.append(f"“{found[0]}”的首尾不对，跨年的请写明年份。")
        return []
    return [first + timedelta(days=n) for n in range(span + 1)]


def _date(
    reading: _Reading, found: re.Match[str], prefix: str, year: int, month: str
) -> date | None:
    written = int(found[f"{prefix}year"] or year)
    try:
        day = date(written, int(month), int(found[f"{prefix}day"]))
    except ValueError:
        reading.problems.append(f"“{found[0]}”不是日历上的日期。")
        return None
    weekday = _WEEKDAY.search(found[f"{prefix}paren"] or "")
    if weekday and weekday[1].replace("天", "日") != WEEKDAYS[day.weekday()]:
        said = f"{day.month}月{day.day}日写的是星期{weekday[1]}"
        reading.problems.append(f"{said}，{day.year}年这一天是星期{WEEKDAYS[day.weekday()]}。")
    return day


_DAY_HEADS = ("日期", "时间", "day", "date")
_KIND_HEADS = ("类型", "安排", "kind", "type")
_NAME_HEADS = ("名称", "节日", "节假日", "name")
_KINDS = {
    "放假": DayKind.HOLIDAY, "休息": DayKind.HOLIDAY, "休": DayKind.HOLIDAY,
    "调休": DayKind.HOLIDAY, "节假日": DayKind.HOLIDAY, "holiday": DayKind.HOLIDAY,
    "上班": DayKind.WORKDAY, "班": DayKind.WORKDAY, "补班": DayKind.WORKDAY,
    "调休上班": DayKind.WORKDAY, "workday": DayKind.WORKDAY,
}  # fmt: skip


def read_table(sheets: Iterable[Sheet], year: int | None = None) -> NoticeRead:
    """Days of a table with the columns 日期, 类型 (放假、上班) and 名称."""
    for sheet in sheets:
        texts = [[cell.text.strip().lower() for cell in row] for row in sheet.rows]
        for at, head in enumerate(texts[:10]):
            columns = [_column(head, names) for names in (_DAY_HEADS, _KIND_HEADS, _NAME_HEADS)]
            if columns[0] is not None and columns[1] is not None:
                return _table(sheet, at, columns, year)
    return NoticeRead(year, (), ("表中没有“日期”和“类型”两列。",))


def _column(head: Sequence[str], names: Sequence[str]) -> int | None:
    return next((index for index, text in enumerate(head) if text in names), None)


def _table(sheet: Sheet, head: int, columns: Sequence[int | None], year: int | None) -> NoticeRead:
    problems: list[str] = []
    found: list[DayRow] = []
    day_at, kind_at, name_at = columns
    for number, row in enumerate(sheet.rows[head + 1 :], start=head + 2):
        if not any(cell.text.strip() for cell in row):
            continue
        written = row[day_at or 0]
        day = understand_date(written).value
        kind = _KINDS.get(row[kind_at or 0].text.strip().lower())
        if not isinstance(day, date):
            problems.append(f"第 {number} 行的日期“{written.text}”看不懂，应如 2027-01-01。")
        elif kind is None:
            problems.append(f"第 {number} 行的类型应为“放假”或“上班”。")
        else:
            name = row[name_at].text.strip() if name_at is not None else ""
            found.append(DayRow(day, kind, name))
    years = Counter(one.day.year for one in found).most_common(1)
    reading = _Reading(year or (years[0][0] if years else 0), problems=problems)
    for one in found:
        reading.add(one.day, one.kind, one.name)
    return reading.done()
