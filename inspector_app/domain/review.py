"""Scores a case file against a review standard: what is there, what is missing, where to look."""

from collections.abc import Mapping
from dataclasses import dataclass

from inspector_app.domain.facts import Facts


@dataclass(frozen=True, slots=True)
class ReviewSection:
    """A part of the standard and the points it is worth."""

    id: str
    name: str
    points: int


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One thing looked at: of each group in `facts` one must be there; `when` it applies."""

    id: str
    section: str
    name: str
    points: int
    facts: tuple[tuple[str, ...], ...]
    remedy: str
    jump: str
    when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewVeto:
    """A fault that fails the whole file."""

    id: str
    name: str
    fact: str
    remedy: str
    jump: str


@dataclass(frozen=True, slots=True)
class ReviewStandard:
    """The whole standard; `verified` only when the bureau's own was entered."""

    sections: Mapping[str, ReviewSection]
    items: Mapping[str, ReviewItem]
    vetoes: Mapping[str, ReviewVeto]
    verified: bool


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """An item as scored; `applies` is False where it does not concern this case.

    `lacking`: the groups of facts of which none is there.
    """

    item: ReviewItem
    got: int
    applies: bool
    lacking: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class StruckVeto:
    """A fault that was found, and the papers that have it."""

    veto: ReviewVeto
    papers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """The score of a file: points got of points possible, and the vetoes that struck."""

    lines: tuple[ReviewLine, ...]
    vetoes: tuple[StruckVeto, ...]
    got: int
    points: int

    def of(self, section: str) -> tuple[int, int]:
        """Points got and possible in a section; what does not apply counts as got."""
        own = [line for line in self.lines if line.item.section == section]
        return sum(line.got for line in own), sum(line.item.points for line in own)

    @property
    def beside(self) -> int:
        """Points that count as got because what they are for does not concern this case yet."""
        return sum(line.item.points for line in self.lines if not line.applies)

    @property
    def missing(self) -> tuple[ReviewLine, ...]:
        """What would bring more points."""
        return tuple(line for line in self.lines if line.got < line.item.points)


def score(standard: ReviewStandard, facts: Facts) -> Review:
    """Hold the facts of a case against the standard; an item is got whole or not at all."""
    lines = tuple(_line(item, facts) for item in standard.items.values())
    struck = tuple(
        StruckVeto(veto, tuple(fact.ref for fact in facts.each(veto.fact)))
        for veto in standard.vetoes.values()
        if facts.has(veto.fact)
    )
    return Review(
        lines,
        struck,
        sum(line.got for line in lines),
        sum(line.item.points for line in lines),
    )


def _line(item: ReviewItem, facts: Facts) -> ReviewLine:
    applies = not item.when or any(facts.has(code) for code in item.when)
    lacking = tuple(group for group in item.facts if not any(facts.has(code) for code in group))
    got = item.points if not (applies and lacking) else 0
    return ReviewLine(item, got, applies, lacking if applies else ())
