"""Numbers of papers and cases: 平人社监令字〔2026〕第7号, from a template the bureau may change."""

import re
from dataclasses import dataclass

from inspector_app.errors import UserError

MARKS = ("机关", "监察", "文种", "年", "序号")
_MARK = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class NumberParts:
    """What a printed number says."""

    year: int
    no: int


@dataclass(frozen=True, slots=True)
class NumberTemplate:
    """A pattern with the marks {机关}{监察}{文种}{年}{序号}; it refuses to be made without `needs`.

    `pad` is how many digits the running number has at least; 0 or 1 means no padding.
    """

    pattern: str
    pad: int = 0
    needs: tuple[str, ...] = ("年", "序号")

    def __post_init__(self) -> None:
        found = _MARK.findall(self.pattern)
        for mark in found:
            if mark not in MARKS:
                raise UserError(f"字号格式里不认识“{{{mark}}}”，可用 {_braced(MARKS)}")
            if found.count(mark) > 1:
                raise UserError(f"字号格式里“{{{mark}}}”只能出现一次")
        for mark in self.needs:
            if mark not in found:
                raise UserError(f"字号格式缺少“{{{mark}}}”")
        if not set(_MARK.sub("", self.pattern)).isdisjoint("{}"):
            raise UserError("字号格式里的花括号不成对")
        if not 0 <= self.pad <= 9:
            raise UserError("序号位数应在 0 到 9 之间")

    def render(self, *, org: str, watch: str, kind: str, year: int, no: int) -> str:
        """The number as printed; `org` 机关代字, `watch` 监察代字, `kind` 文种代字."""
        if no < 1:
            raise ValueError("numbers start at 1")
        texts = (org, watch, kind, f"{year:04d}", f"{no:0{max(self.pad, 1)}d}")
        values = dict(zip(MARKS, texts, strict=True))
        return _MARK.sub(lambda match: values[match[1]], self.pattern)

    def parse(
        self, text: str, *, org: str = "", watch: str = "", kind: str = ""
    ) -> NumberParts | None:
        """Year and running number of a printed number, None when it has another shape.

        A name that is given must stand there; one that is not given may be anything.
        """
        names = {"机关": org, "监察": watch, "文种": kind}
        match = re.fullmatch(self._expression(names), text.strip())
        if match is None or int(match["no"]) < 1:
            return None
        return NumberParts(int(match["year"]), int(match["no"]))

    def _expression(self, names: dict[str, str]) -> str:
        pieces = []
        for index, piece in enumerate(_MARK.split(self.pattern)):
            if index % 2 == 0:
                pieces.append(re.escape(piece))
            elif piece == "年":
                pieces.append(r"(?P<year>[0-9]{4})")
            elif piece == "序号":
                pieces.append(r"(?P<no>[0-9]+)")
            else:
                pieces.append(re.escape(names[piece]) or ".*?")
        return "".join(pieces)


def paper_template(pattern: str, pad: int = 0) -> NumberTemplate:
    """A template for papers: every kind has its own sequence, so 文种 must show."""
    return NumberTemplate(pattern, pad, ("文种", "年", "序号"))


def _braced(marks: tuple[str, ...]) -> str:
    return "".join(f"{{{mark}}}" for mark in marks)


DEFAULT_PAPER = paper_template("{机关}{监察}{文种}字〔{年}〕第{序号}号")
DEFAULT_CASE = NumberTemplate("{机关}{监察}〔{年}〕{序号}号")
