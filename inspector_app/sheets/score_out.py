"""The self-score of a case file as a workbook: vetoes, every item with what is missing, sums."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from inspector_app.domain.review import Review, ReviewLine, ReviewStandard
from inspector_app.sheets.lines_out import ExportResult, LedgerHead
from inspector_app.sheets.register_out import write_register
from inspector_app.sheets.style_out import OutKind
from inspector_app.sheets.table_out import OutColumn

T, C, N = OutKind.TEXT, OutKind.CENTRE, OutKind.COUNT
CASE, VETO, SUM, WHOLE, NOT_HERE = "案件", "一票否决", "小计", "合计", "不适用"
Struck = tuple[str, str, str]  # what is wrong, in which papers, what to do


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """An item, a section's sum, the whole, or a veto (which has no points)."""

    key: str
    section: str
    name: str
    points: int | None
    got: int | None
    words: str

    def masked(self) -> "ScoreLine":
        """The line as it is: it names no person."""
        return self


COLUMNS: tuple[OutColumn[ScoreLine], ...] = (
    OutColumn("section", "部分", 14, T, lambda s: s.section, keep=True),
    OutColumn("key", "编号", 7, C, lambda s: s.key, keep=True),
    OutColumn("name", "项目", 40, T, lambda s: s.name, keep=True),
    OutColumn("points", "分值", 7, N, lambda s: s.points, keep=True),
    OutColumn("got", "得分", 7, N, lambda s: s.got, keep=True),
    OutColumn("words", "缺什么，怎样补", 44, T, lambda s: s.words, keep=True),
)


def score_lines(
    standard: ReviewStandard, review: Review, vetoes: Sequence[Struck], about: str
) -> list[ScoreLine]:
    """Which case, vetoes, then section by section with its sum, the whole last."""
    first = ScoreLine("", CASE, about, None, None, "")
    whole = ScoreLine("", WHOLE, "", review.points, review.got, "")
    return [first, *_vetoes(vetoes), *_sections(standard, review), whole]


def _vetoes(vetoes: Sequence[Struck]) -> Iterator[ScoreLine]:
    for name, papers, remedy in vetoes:
        words = f"{papers}：{remedy}" if papers else remedy
        yield ScoreLine("", VETO, name, None, None, words)


def _sections(standard: ReviewStandard, review: Review) -> Iterator[ScoreLine]:
    for section in standard.sections.values():
        for line in review.lines:
            if line.item.section == section.id:
                yield _item(section.name, line)
        got, points = review.of(section.id)
        yield ScoreLine("", section.name, SUM, points, got, "")


def _item(section: str, line: ReviewLine) -> ScoreLine:
    item = line.item
    words = NOT_HERE if not line.applies else item.remedy if line.got < item.points else ""
    return ScoreLine(item.id, section, item.name, item.points, line.got, words)


def write_score(path: Path, lines: Sequence[ScoreLine], head: LedgerHead) -> ExportResult:
    """Write the score with a place for the signature of whoever scored."""
    signed = ("自评人：", "复核人：", "自评日期：")
    return write_register(path, COLUMNS, lines, head, masked=False, signatures=signed)
