"""How rules speak on screen: tones of the levels, columns of the lists."""

from collections.abc import Sequence
from dataclasses import dataclass

from inspector_app.domain.law import ForceLevel, TextLevel
from inspector_app.services.law_rows import LawKind, LawRow
from inspector_app.ui.tables.columns import Column, Kind

TEXT_TONES: dict[TextLevel, str] = {
    TextLevel.FULL: "success",
    TextLevel.EXCERPT: "info",
    TextLevel.SECONDARY: "neutral",
    TextLevel.UNSEEN: "neutral",
    TextLevel.BUREAU: "violet",
}
NO_LEVEL = "没有条文"
OWN, OFF, NOT_USED = "本局口径", "停用", "不适用"
ALL = "全部"


@dataclass(frozen=True, slots=True)
class KindLine:
    """One shelf at the left; `kind` is None for all."""

    kind: LawKind | None
    count: int

    @property
    def key(self) -> str:
        """Its name over refreshes."""
        return str(self.kind.value) if self.kind else "all"


def kind_lines(rows: Sequence[LawRow]) -> list[KindLine]:
    """The shelves with how many of these rows stand on each."""
    counts = {kind: sum(row.kind is kind for row in rows) for kind in LawKind}
    return [KindLine(None, len(rows)), *(KindLine(kind, counts[kind]) for kind in LawKind)]


def level_options() -> list[tuple[str, str]]:
    """Choices of the level chip."""
    levels: list[TextLevel | ForceLevel] = [*TextLevel, ForceLevel.UNCHECKED]
    return [*((str(one.value), one.label) for one in levels), ("none", NO_LEVEL)]


def level_text(row: LawRow) -> str:
    """How far its wording was read, or that it is not used at all."""
    if row.kind is LawKind.CONFLICT:
        return NOT_USED
    if row.off:
        return OFF
    return row.text_level.label if row.text_level else NO_LEVEL


def level_tone(row: LawRow) -> str:
    """The tone of that pill."""
    if row.off:
        return "neutral"
    return TEXT_TONES[row.text_level] if row.text_level else "none"


def force_text(row: LawRow) -> str:
    """Whether it was checked that it still applies."""
    if row.force_level is None:
        return ""
    return "已核" if row.force_level is ForceLevel.CHECKED else "待核"


def below(row: LawRow) -> str:
    """Code and value, and that the bureau has a standard of its own."""
    own = OWN if row.own and row.kind is LawKind.VIOLATION else ""
    return "　".join(part for part in (row.code, row.value, own) if part)


KINDS: tuple[Column[KindLine], ...] = (
    Column("种类", lambda line: line.kind.label if line.kind else ALL, 110, stretch=True),
    Column("条数", lambda line: f"{line.count:,}", 52, Kind.NUMBER),
)
RULES: tuple[Column[LawRow], ...] = (
    Column(
        "规则",
        lambda row: row.name,
        200,
        Kind.TWO_LINE,
        stretch=True,
        sub=below,
    ),
    Column("现行性", force_text, 70, priority=4),
    Column("核实程度", level_text, 98, Kind.PILL, priority=2, tone=level_tone),
)
