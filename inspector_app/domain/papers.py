"""Enforcement papers: what a kind asks for, what a draft holds, what an issued paper is."""

from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from inspector_app.domain.cases import Stage
from inspector_app.domain.words import Word


class FieldType(Word):
    """How a field is typed on screen and set on paper."""

    LINE = "line", "单行文字"
    TEXT = "text", "多行文字"
    DATE = "date", "日期"
    TIME = "time", "时间"
    MONEY = "money", "金额"
    INTEGER = "integer", "数量"
    CHOICE = "choice", "选项"
    TICKS = "ticks", "多选"
    INSPECTOR = "inspector", "监察员"
    TABLE = "table", "明细表"


class Layout(Word):
    """Page manners of a paper (documents.md 2.2)."""

    LETTER = "letter", "书信式"
    TABLE = "table", "表格式"
    RECORD = "record", "笔录式"


class Audience(Word):
    """Who reads a paper, and so what it may say of the person who reported (监察条例 9)."""

    PARTY = "party", "当事人"
    INTERNAL = "internal", "内部"
    REPORTER = "reporter", "投诉人"
    OFFICE = "office", "其他机关"


# A table row is {column id: text}. Money is int fen, dates are date, inspectors are InspectorRef.
TableRow: TypeAlias = dict[str, str]


@dataclass(frozen=True, slots=True)
class InspectorRef:
    """Name and certificate number as printed on a paper."""

    name: str
    certificate: str


Value: TypeAlias = str | int | date | InspectorRef | tuple[str, ...] | tuple[TableRow, ...] | None
Values: TypeAlias = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table field; `width` in mm, `kind` text, money (fen as text) or integer."""

    id: str
    title: str
    width: float
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a paper asks for."""

    id: str
    label: str
    type: FieldType
    required: bool = False
    help: str = ""  # why is this asked: the article
    group: str = ""
    options: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    default: str = ""  # a name of the case facts ("employer.name"), or literal text after "="
    max_length: int = 0
    example: str | int | tuple[str, ...] | tuple[TableRow, ...] | None = None
    longest: str | int | tuple[str, ...] | tuple[TableRow, ...] | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a paper's body. `text` holds {field} marks; `when`: fields that must be filled."""

    kind: str  # addressee, para, heading, subheading, table, grid, sign, receipt, qa, note …
    text: str = ""
    when: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    options: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LawRef:
    """An article this kind of paper stands on, with how far it was checked (law.md 0)."""

    article: str
    verified: str  # full / excerpt / secondary / unseen
    note: str = ""
    demands: tuple[str, ...] = ()  # names the article wants to stand on the paper


@dataclass(frozen=True, slots=True)
class PaperKind:
    """One folder of forms/papers, loaded."""

    id: str
    title: str
    version: str
    effective_from: date
    layout: Layout
    series: str  # code of the number series, "" when the kind bears no number
    series_char: str  # 令, 约, 询 …
    fields: tuple[Field, ...]
    body: tuple[Block, ...]
    law: tuple[LawRef, ...] = ()
    checks: tuple[str, ...] = ()  # names of domain.paper_checks rules beyond the common ones
    copies: tuple[str, ...] = ("正本", "附卷")
    approval: str = ""  # the article that wants a leader's approval before the issue
    audience: Audience = Audience.PARTY
    copy_of: str = ""  # id of the shipped kind that a kind the bureau has added was copied from

    @property
    def served(self) -> bool:
        """Whether anybody outside gets it; what is internal stays in the file."""
        return self.audience is not Audience.INTERNAL

    def field(self, field_id: str) -> Field:
        """The field of that id; KeyError when the kind has none."""
        for one in self.fields:
            if one.id == field_id:
                return one
        raise KeyError(field_id)


@dataclass(frozen=True, slots=True)
class PaperPhase:
    """A phase of a case with the kinds made in it; `stages`: where the case then stands."""

    id: str
    name: str
    kinds: tuple[str, ...]
    stages: tuple[Stage, ...] = ()


class PaperState(Word):
    """Life of a paper; an issued one never changes, it can only be voided."""

    DRAFT = "draft", "草稿"
    ISSUED = "issued", "已制发"
    VOID = "void", "已作废"


@dataclass(frozen=True, slots=True)
class Paper:
    """A draft or issued paper; child of a case (or of an inspection before it has a case)."""

    id: str
    case_id: str | None
    kind: str
    form_version: str
    state: PaperState
    values: str  # JSON of the field values, see domain.paper_values
    inspection_id: str | None = None
    number: str = ""
    issued_on: date | None = None
    issued_by: str = ""
    sha256: str = ""  # of the stored PDF
    pages: int = 0
    fonts: tuple[str, ...] = ()
    void_reason: str = ""
    voided_on: date | None = None


class NumberState(Word):
    """Each number of a series and year is in exactly one of these (architecture idea 4)."""

    LEASED = "leased", "预留"
    ISSUED = "issued", "已用"
    VOID = "void", "作废"


@dataclass(frozen=True, slots=True)
class NumberEntry:
    """One number of a series and year."""

    id: str
    series: str
    year: int
    no: int
    state: NumberState
    scope: str
    city: str
    paper_id: str | None = None
    reason: str = ""


class ServiceMethod(Word):
    """How a paper reached the party (民诉法 88-95; 处罚法 61; 法释〔2013〕3号 4)."""

    DIRECT = "direct", "直接送达"
    LEAVING = "leaving", "留置送达"
    ELECTRONIC = "electronic", "电子送达"
    POST = "post", "邮寄送达"
    ENTRUSTED = "entrusted", "委托送达"
    PUBLICATION = "publication", "公告送达"
    POSTING = "posting", "张贴送达"


@dataclass(frozen=True, slots=True)
class Service:
    """One service of one or more papers; child of a case. Its date starts the next clocks.

    `party` says which one of several parties was served; see domain.serving where it is "".
    """

    id: str
    case_id: str
    paper_ids: tuple[str, ...]
    method: ServiceMethod
    served_on: date
    receiver: str = ""
    relation: str = ""
    place: str = ""
    witness: str = ""
    note: str = ""
    video: str = ""  # photos or video taken: where they are kept
    waybill: str = ""  # number of the postal slip
    consent: str = ""  # the signed confirmation of electronic service, and the system used
    entrusted_to: str = ""
    media: str = ""  # where a notice was published or posted
    reason: str = ""  # why no other way was open, and what was tried
    party: str = ""


@dataclass(frozen=True, slots=True)
class PaperProblem:
    """What keeps a draft from being issued; `field`: where to jump, `blocking`: stops the issue."""

    field: str
    message: str
    blocking: bool = True
