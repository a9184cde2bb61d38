"""What the bureau adds to the rule pack: its choices, bands, calendar years, texts and packs."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class RuleChoice:
    """The bureau's own value for one field of one rule, with the reason; aggregate root.

    `field` is a name of the rule's row (length, unit, rolling, low, high, off); `value` its text.
    """

    id: str
    rule: str  # D05, TH-HEARING-UNIT, GZ-05 …
    field: str
    value: str
    why: str
    decided_on: date
    decided_by: str
    scope: str
    city: str


@dataclass(frozen=True, slots=True)
class DiscretionBand:
    """One step of the bureau's discretion standard for a violation; aggregate root. Fen."""

    id: str
    violation: str
    name: str  # 轻微、一般、严重 …
    condition: str  # when it applies, in the bureau's words
    low_fen: int
    high_fen: int
    effective_from: date
    scope: str
    city: str
    person_low_fen: int | None = None
    person_high_fen: int | None = None
    source: str = ""  # the document it is taken from


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """The State Council's notice for one year as the bureau entered it; aggregate root.

    `holidays` are "MM-DD=国庆节", `workdays` "MM-DD" (weekend days worked).
    """

    id: str
    year: int
    source: str
    holidays: tuple[str, ...]
    workdays: tuple[str, ...]
    scope: str
    city: str


@dataclass(frozen=True, slots=True)
class StatuteText:
    """An official text the bureau brought in; aggregate root. `short` ties it to a statute."""

    id: str
    short: str
    title: str
    source: str  # name of the file it came from
    sha256: str
    imported_on: date
    scope: str
    city: str
    effective_from: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class StatuteArticle:
    """One article of an imported text; child of it. Article 0 is what stands before article 1."""

    id: str
    text_id: str
    order: int
    article: int
    sub: str  # 一, 二 … of 第…条之一
    chapter: str
    body: str


@dataclass(frozen=True, slots=True)
class LawPack:
    """An accepted update of the rule pack; aggregate root. The files lie in the file store."""

    id: str
    version: str
    effective_from: date
    sha256: str
    accepted_on: date
    accepted_by: str
    scope: str
    city: str
    note: str = ""
