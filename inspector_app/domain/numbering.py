"""Numbers of papers and cases: 平人社监令字〔2026〕第7号, from a template the bureau may change."""

import re
from dataclasses import dataclass
from datetime import date

from inspector_app.domain.odd_characters import FORBIDDEN, NOT_IN_FILES, odd_characters
from inspector_app.domain.words import Word
from inspector_app.errors import UserError

MARKS = ("机关", "监察", "文种", "年", "序号")
BRACKETS = ("〔〕", "【】", "[]")  # around the year, as offices are used to
PADS = (0, 3, 4)  # how many digits are offered; 0 prints the number as it is
_PAIRS = (*BRACKETS, "（）", "()")
_MARK = re.compile(r"\{([^{}]*)\}")
_NUMBER = re.compile(r"\{序号(?::[^{}]*)?\}")
_YEAR = re.compile(r"([〔【\[（(])(\{年\})([〕】\]）)])")
LONGEST_NAME = 12  # of 机关代字 and 监察代字
LONGEST = 60  # of a template: a number stands in one line of a page


class Sharing(Word):
    """Whether each kind of paper counts for itself."""

    SEPARATE = "separate", "各文种分别编号"
    SHARED = "shared", "全部文书统一编号"


class Restart(Word):
    """Whether the numbers begin again with the year."""

    YEARLY = "yearly", "每年从 1 号起"
    RUNNING = "running", "跨年连续编号"


@dataclass(frozen=True, slots=True)
class NumberParts:
    """What a printed number says; `year` is 0 where the template prints none."""

    year: int
    no: int


@dataclass(frozen=True, slots=True)
class NumberTemplate:
    """A pattern with the marks {机关}{监察}{文种}{年}{序号}; it refuses to be made without `needs`.

    {序号:4} prints at least four digits: 0007.
    """

    pattern: str
    needs: tuple[str, ...] = ("年", "序号")

    def __post_init__(self) -> None:
        found = [_name(mark) for mark in _MARK.findall(self.pattern)]
        for mark in _MARK.findall(self.pattern):
            if _name(mark) not in MARKS:
                raise UserError(f"字号格式里不认识“{{{mark}}}”，可用 {_braced(MARKS)}")
            if ":" in mark and not re.fullmatch(r"序号:[1-9]", mark):
                raise UserError("位数写在序号里，1 到 9 位，例如 {序号:4}")
            if found.count(_name(mark)) > 1:
                raise UserError(f"字号格式里“{{{_name(mark)}}}”只能出现一次")
        for need in self.needs:
            if need not in found:
                raise UserError(f"字号格式缺少“{{{need}}}”")
        plain = _MARK.sub("", self.pattern)
        if len(self.pattern) > LONGEST or odd_characters(plain):
            raise UserError(f"字号格式应写成一行，最多 {LONGEST} 字")
        if not NOT_IN_FILES.isdisjoint(plain):
            raise UserError(f"字号要用作文件名，格式里不能有 {FORBIDDEN}")
        if not set(plain).isdisjoint("{}"):
            raise UserError("字号格式里的花括号不成对")
        for pair in _PAIRS:
            if not _in_pairs(plain, pair):
                raise UserError(f"字号格式里的括号“{pair}”不成对")

    @property
    def pad(self) -> int:
        """How many digits the running number has at least; 0 means as many as it needs."""
        return padding_of(self.pattern)

    def render(self, *, org: str, watch: str, kind: str, year: int, no: int) -> str:
        """The number as printed; `org` 机关代字, `watch` 监察代字, `kind` 文种代字."""
        if no < 1:
            raise ValueError("numbers start at 1")
        texts = (org, watch, kind, f"{year:04d}", f"{no:0{max(self.pad, 1)}d}")
        values = dict(zip(MARKS, texts, strict=True))
        return _MARK.sub(lambda match: values[_name(match[1])], self.pattern)

    def parse(
        self, text: str, *, org: str = "", watch: str = "", kind: str = ""
    ) -> NumberParts | None:
        """Year and running number of a printed number, None when it has another shape.

        A name that is given must stand there; one that is not given may be anything.
        """
        names = {"机关": org, "监察": watch, "文种": kind}
        match = re.fullmatch(self._expression(names), text.strip())
        if match is None:
            return None
        digits, year = match["no"], match.groupdict().get("year")
        no = int(digits)
        if no < 1 or digits != f"{no:0{max(self.pad, 1)}d}":
            return None
        return NumberParts(int(year or 0), no)

    def _expression(self, names: dict[str, str]) -> str:
        pieces = []
        for index, piece in enumerate(_MARK.split(self.pattern)):
            name = _name(piece)
            if index % 2 == 0:
                pieces.append(re.escape(piece))
            elif name == "年":
                pieces.append(r"(?P<year>[0-9]{4})")
            elif name == "序号":
                pieces.append(r"(?P<no>[0-9]+)")
            else:
                pieces.append(re.escape(names[name]) or ".*?")
        return "".join(pieces)


def fit_in_number(name: str) -> bool:
    """Whether 机关代字 or 监察代字 can stand in a number."""
    odd = NOT_IN_FILES | set("{}")
    return len(name) <= LONGEST_NAME and odd.isdisjoint(name) and not any(map(str.isspace, name))


def paper_template(
    pattern: str,
    sharing: Sharing = Sharing.SEPARATE,
    restart: Restart = Restart.YEARLY,
) -> NumberTemplate:
    """A template for papers: what keeps two numbers apart must show."""
    needs = ["文种"] if sharing is Sharing.SEPARATE else []
    needs += ["年"] if restart is Restart.YEARLY else []
    return NumberTemplate(pattern, (*needs, "序号"))


def sample_words(
    pattern: str,
    sharing: Sharing,
    restart: Restart,
    names: tuple[str, str],
    kinds: tuple[str, str],
    today: date,
) -> str:
    """The first numbers of two kinds, and how the next year begins; UserError when none can be.

    `names` are 机关代字 and 监察代字, `kinds` the 文种代字 of two kinds of paper.
    """
    template = paper_template(pattern, sharing, restart)
    org, watch = names
    second = 2 if sharing is Sharing.SHARED else 1
    after = second + 1 if restart is Restart.RUNNING else 1

    def made(kind: str, year: int, no: int) -> str:
        return template.render(org=org, watch=watch, kind=kind, year=year, no=no)

    now = "、".join(made(kind, today.year, no) for kind, no in zip(kinds, (1, second), strict=True))
    return f"例如：{now}；下一年：{made(kinds[0], today.year + 1, after)}"


# ── the same template with another look ──────────────────────────────────────────────────────────
def brackets_of(pattern: str) -> str:
    """The pair of brackets around the year; "" when it stands in none of BRACKETS."""
    found = _YEAR.search(pattern)
    pair = found[1] + found[3] if found else ""
    return pair if pair in BRACKETS else ""


def with_brackets(pattern: str, pair: str) -> str:
    """The pattern with this pair around the year."""
    if _YEAR.search(pattern):
        return _YEAR.sub(f"{pair[0]}\\2{pair[1]}", pattern, count=1)
    return pattern.replace("{年}", f"{pair[0]}{{年}}{pair[1]}", 1)


def says_di(pattern: str) -> bool:
    """Whether 第 stands before the running number."""
    found = _NUMBER.search(pattern)
    return found is not None and pattern[: found.start()].endswith("第")


def with_di(pattern: str, *, on: bool) -> str:
    """The pattern with 第 before the running number, or without it."""
    found = _NUMBER.search(pattern)
    if found is None:
        return pattern
    head = pattern[: found.start()].removesuffix("第")
    return head + ("第" if on else "") + pattern[found.start() :]


def padding_of(pattern: str) -> int:
    """How many digits the running number has at least; 0 when none are asked."""
    found = re.search(r"\{序号:([1-9])\}", pattern)
    return int(found[1]) if found else 0


def with_padding(pattern: str, digits: int) -> str:
    """The pattern with at least so many digits; 0 for none."""
    mark = f"{{序号:{digits}}}" if digits else "{序号}"
    return _NUMBER.sub(mark, pattern, count=1)


def _name(mark: str) -> str:
    return mark.partition(":")[0]


def _in_pairs(text: str, pair: str) -> bool:
    depth = 0
    for char in text:
        depth += (char == pair[0]) - (char == pair[1])
        if depth < 0:
            return False
    return depth == 0


def _braced(marks: tuple[str, ...]) -> str:
    return "".join(f"{{{mark}}}" for mark in marks)


DEFAULT_PAPER = paper_template("{机关}{监察}{文种}字〔{年}〕第{序号}号")
DEFAULT_CASE = NumberTemplate("{机关}{监察}〔{年}〕{序号}号")
