"""Cases: where a matter came from, how far it is, and who handles it."""

from dataclasses import dataclass
from datetime import date

from inspector_app.domain.words import Word


class Source(Word):
    """Channel a matter arrives by (监察条例 9、14; documents.md 1.1)."""

    VISIT = "visit", "来访投诉"
    PHONE = "phone", "电话举报"
    LETTER = "letter", "书信"
    HOTLINE_12333 = "12333", "12333热线"
    HOTLINE_12345 = "12345", "12345热线"
    PETITION = "petition", "信访转办"
    NATIONAL = "national", "全国根治欠薪线索反映平台"
    PROVINCIAL = "provincial", "河南省农民工工资支付监管系统"
    GRID = "grid", "网格排查"
    MEDIA = "media", "媒体反映"
    PATROL = "patrol", "日常巡查"
    SUPERIOR = "superior", "上级交办"
    TRANSFER = "transfer", "部门移送"
    OTHER = "other", "其他"


class Stage(Word):
    """How far a case is; the code is the state of law.md 1.1."""

    INTAKE = "Z1", "登记受理"
    INVESTIGATION = "Z3", "调查取证"
    RECTIFICATION = "Z5", "责令改正"
    CLOSED = "Z11", "已结案"


class Step(Word):
    """What moves a case from one stage to the next."""

    FILE = "file", "立案"
    ORDER = "order", "责令改正"
    CLOSE = "close", "结案"


@dataclass(frozen=True, slots=True)
class Case:
    """One matter under inspection; aggregate root of a county scope.

    `stated_*` is what was reported; the wage claims, once listed, take their place everywhere.
    """

    id: str
    case_no: str
    scope: str  # county division code
    city: str
    stage: Stage
    source: Source
    cause: str  # 案由
    employer_id: str
    received_on: date
    project_id: str | None = None
    clue_id: str | None = None
    filed_on: date | None = None
    closed_on: date | None = None
    closing_note: str = ""
    lead_id: str | None = None  # lead inspector (user id)
    assist_id: str | None = None
    leader: str = ""  # supervising leader 包案领导
    stated_workers: int | None = None
    stated_fen: int | None = None
    stated_amount: str = ""  # the amount as somebody wrote it
    facts: str = ""
    note: str = ""
    import_key: str = ""  # fingerprint of the imported row: the second import knows it again
