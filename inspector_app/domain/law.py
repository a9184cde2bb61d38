"""The law as values: statutes, citations, violations and what follows from them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from inspector_app.domain.words import Word
from inspector_app.errors import UserError

UNDATED = date.min  # a text whose first day was never seen: nothing is bound to a day by it
_DIGITS = "零一二三四五六七八九"
_CITATION = re.compile(
    r"(?P<statute>\S+)(?: (?P<article>[1-9]\d{0,2})(?:之(?P<sub>[一二三四五六七八九]))?"
    r"(?:\((?P<paragraph>[1-9]\d?)\))?(?:\((?P<item>[一二三四五六七八九十]{1,3})\))?)?"
)


class TextLevel(Word):
    """How far the wording behind a rule was read (law.md 0)."""

    FULL = "full", "已核全文"
    EXCERPT = "excerpt", "逐条节选"
    SECONDARY = "secondary", "转述"
    UNSEEN = "unseen", "未见原文"
    BUREAU = "bureau", "本局口径"  # no wording at all: the bureau chose the value


class ForceLevel(Word):
    """Whether it was checked that the text is still in force."""

    CHECKED = "checked", "现行性已核"
    UNCHECKED = "unchecked", "现行性待核"


def chinese_number(number: int) -> str:
    """1…999 as statutes count their articles: 二十八, 一百零二, 一百一十."""
    if not 1 <= number <= 999:
        raise ValueError(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "")


@dataclass(frozen=True, slots=True)
class Statute:
    """One statute as the office cites it: `short` in data files, `name` on paper.

    `undivided` is a notice that is cited as a whole, by its document number.
    """

    short: str
    name: str
    number: str
    effective_from: date  # UNDATED when it was never seen
    text_level: TextLevel
    force_level: ForceLevel
    effective_to: date | None = None
    last_article: int = 0  # 0: how many articles it has was never seen
    undivided: bool = False
    stored: str = ""  # first words of the file name of its text among the public data, for tests
    note: str = ""

    def has(self, citation: "Citation") -> bool:
        """Whether such an article can stand in it."""
        return citation.article <= (0 if self.undivided else self.last_article or citation.article)


@dataclass(frozen=True, slots=True)
class Citation:
    """An article, as far down as it is cited: article (之一), paragraph 款, item 项.

    Article 0 is the statute as a whole: its article number was never seen.
    """

    statute: str
    article: int = 0
    sub: str = ""
    paragraph: int | None = None
    item: str = ""

    @property
    def place(self) -> str:
        """第二十八条第一款第（二）项; （条号待核） for a statute as a whole."""
        if not self.article:
            return "（条号待核）"
        text = f"第{chinese_number(self.article)}条" + (f"之{self.sub}" if self.sub else "")
        text += f"第{chinese_number(self.paragraph)}款" if self.paragraph else ""
        return text + (f"第（{self.item}）项" if self.item else "")


def read_citation(text: str) -> Citation:
    """Read "工资条例 28(1)", "监察条例 30(1)(二)", "刑法 276之一": short name, space, place."""
    found = _CITATION.fullmatch(text)
    if found is None:
        raise UserError(f"条文写法看不懂：“{text}”，应如“工资条例 28(1)”", kind="library")
    return Citation(
        statute=found["statute"],
        article=int(found["article"] or 0),
        sub=found["sub"] or "",
        paragraph=int(found["paragraph"]) if found["paragraph"] else None,
        item=found["item"] or "",
    )


def cite(citation: Citation, statute: Statute) -> str:
    """《保障农民工工资支付条例》第二十八条第一款; title marks inside the name turn into 〈〉."""
    inner = statute.name.replace("《", "〈").replace("》", "〉")
    number = f"（{statute.number}）" if statute.number else ""
    return f"《{inner}》{number if statute.undivided else citation.place}"


def grouped(citations: Iterable[str]) -> str:
    """Full citations as one phrase: each statute is named once, in the order of first mention."""
    places: dict[str, list[str]] = {}
    for citation in citations:
        name, mark, place = citation.partition("》")
        listed = places.setdefault(name + mark, [])
        if place not in listed:
            listed.append(place)
    return "，".join(name + "、".join(listed) for name, listed in places.items())


@dataclass(frozen=True, slots=True)
class Basis:
    """What a rule stands on: articles as printed, how far they were read, and from when to when."""

    articles: tuple[str, ...]
    text_level: TextLevel
    force_level: ForceLevel
    effective_from: date
    effective_to: date | None = None
    note: str = ""
    cited: tuple[Citation, ...] = ()  # the same articles, to be looked up in an imported text

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


class Liable(Word):
    """Whom a violation can be held against (law.md 2)."""

    EMPLOYER = "employer", "用人单位"
    GENERAL = "general", "施工总承包单位"
    SUB = "sub", "分包单位"
    OWNER = "owner", "建设单位"
    DISPATCH = "dispatch", "劳务派遣单位"
    HOST = "host", "用工单位"
    AGENCY = "agency", "人力资源服务机构"
    SERVICE = "service", "社会保险服务机构"
    BANK = "bank", "金融机构"
    GOVERNMENT = "government", "政府及有关部门"
    ANYONE = "anyone", "任何单位和个人"


class FinePer(Word):
    """What a fine is counted by."""

    CASE = "case", "每案"
    PERSON = "person", "每名劳动者"
    PERSON_MONTH = "person_month", "每人每月"


@dataclass(frozen=True, slots=True)
class Fine:
    """Range of a fine in fen; `per` says what it is multiplied with."""

    low_fen: int
    high_fen: int
    per: FinePer = FinePer.CASE


@dataclass(frozen=True, slots=True)
class Multiple:
    """A fine or extra payment counted as a share of some amount, in percent (100 = once)."""

    low_percent: int
    high_percent: int
    of: str


@dataclass(frozen=True, slots=True)
class Violation:
    """One unlawful act: who is liable, what it breaches, what follows (law.md 2).

    An `order_first` fine needs an earlier rectification order that was not obeyed in time.
    """

    code: str
    name: str
    liable: tuple[Liable, ...]
    breaches: tuple[str, ...]  # full citations of the duty
    penalties: tuple[str, ...]  # full citations of the sanction
    order_first: bool
    triggers: tuple[str, ...]
    evidence: tuple[str, ...]  # codes E1 … E13
    basis: Basis  # duty and sanction together, as weak as the weakest of them
    unit_fine: Fine | None = None
    person_fine: Fine | None = None
    multiple: Multiple | None = None
    stop_work: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Trigger:
    """What a failed check item sets off (documents.md 4)."""

    code: str
    name: str
    meaning: str
    basis: Basis
    note: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceKind:
    """A sort of evidence that violations ask for (law.md 2.8)."""

    code: str
    name: str
    examples: str
    basis: Basis


class DivisionLevel(Word):
    """How high a division stands."""

    CITY = "city", "市"
    COUNTY = "county", "县区"


@dataclass(frozen=True, slots=True)
class Division:
    """An administrative division by its six-digit code."""

    code: str
    name: str
    level: DivisionLevel
    note: str = ""
