"""Rows of the rule pack beyond terms and violations: figures, wages, liability, remedies, service."""

from dataclasses import dataclass
from datetime import date

from inspector_app.domain.law import ForceLevel, TextLevel
from inspector_app.domain.words import Word


@dataclass(frozen=True, slots=True)
class Basis:
    """What a rule stands on: articles as printed, how far they were read, and from when to when."""

    articles: tuple[str, ...]
    text_level: TextLevel
    force_level: ForceLevel
    effective_from: date
    effective_to: date | None = None
    note: str = ""

    def in_force(self, day: date) -> bool:
        """Whether the rule applied on that day."""
        return self.effective_from <= day and (
            self.effective_to is None or day <= self.effective_to
        )

    @property
    def settled(self) -> bool:
        """True when the rule may be printed as law: its wording was read in full."""
        return self.text_level is TextLevel.FULL

    @property
    def level_words(self) -> str:
        """已核全文 · 现行性待核."""
        return f"{self.text_level.label} · {self.force_level.label}"


class FigureUnit(Word):
    """What a figure of the law counts; money is whole fen, shares are hundredths of a percent."""

    FEN = "fen", "元"
    BASIS_POINTS = "bp", "%"
    PEOPLE = "people", "人"
    MONTHS = "months", "个月"
    YEARS = "years", "年"
    TIMES = "times", "次"


@dataclass(frozen=True, slots=True)
class Figure:
    """A threshold or rate: `low` to `high` (None: a single figure), in `unit`.

    `low` is None where no figure is known; then `setting` names the bureau's choice that fills it.
    """

    id: str
    group: str  # hearing, summary, crime, blacklist, announcement, credit, deposit, surcharge …
    name: str
    unit: FigureUnit
    low: int | None
    basis: Basis
    high: int | None = None
    setting: str = ""


@dataclass(frozen=True, slots=True)
class MinimumWage:
    """One class of a province's minimum wage from a day on; fen a month and fen an hour."""

    id: str
    area_class: int  # 1, 2, 3
    month_fen: int
    hour_fen: int
    basis: Basis


@dataclass(frozen=True, slots=True)
class LiabilityRule:
    """One row of the table of who pays (law.md 3.8), tried in `order`.

    `needs` are the facts that must be ticked for the row to apply. `payers` are who answers, in
    words of the law; `limit` "" or "unpaid_price" (未结清工程款为限).
    """

    id: str
    order: int
    situation: str
    needs: tuple[str, ...]
    payers: tuple[str, ...]
    recourse: str
    limit: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class SituationFact:
    """A fact an inspector can tick when asked who is liable."""

    code: str
    name: str
    engineering: bool  # only asked on a construction project


@dataclass(frozen=True, slots=True)
class Remedy:
    """Ways to contest one sort of paper, from a day on."""

    id: str
    paper: str  # paper kind it is printed on
    name: str
    review_term: str  # D20
    suit_term: str  # D21
    review_first: bool
    review_body: str  # who reviews, in words; "" when the setting says
    setting: str  # the bureau's switch that prints it at all; "" when it is always printed
    basis: Basis


@dataclass(frozen=True, slots=True)
class ServiceRule:
    """One rung of the service ladder (law.md 1.4): what proves it, when it counts as served.

    `proofs`: each group is a choice, one of its codes must be on record; `term`: the id of the term
    that must pass before the paper counts as served, "" when it counts at once.
    """

    method: str  # domain.papers.ServiceMethod code
    order: int
    name: str
    proofs: tuple[tuple[str, ...], ...]
    term: str
    only_kinds: tuple[str, ...]  # paper kinds it may be used for; () all
    when: str  # under which condition this rung may be used, in words
    basis: Basis


@dataclass(frozen=True, slots=True)
class ProofKind:
    """A sort of proof of service: receiver, witness, video, consent, waybill …"""

    code: str
    name: str
    field: str  # the field of the service record that bears it
