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
    """How far a case is; the code is the state of law.md 1.1. Z0 is the clue before the case."""

    INTAKE = "Z1", "登记受理"
    SUPPLEMENT = "Z1a", "等待补正"
    REJECTED = "Z1b", "不予受理"
    DISPUTE = "Z1c", "告知争议程序"
    REFERRED = "Z1d", "转送其他机关"
    FILING = "Z2", "立案审批"
    INVESTIGATION = "Z3", "调查取证"
    APPROVAL = "Z4", "处理审批"
    RECTIFICATION = "Z5", "责令改正"
    HANDLING = "Z6", "处理告知"
    NOTICE = "Z7", "处罚告知"
    HEARING = "Z7a", "听证"
    LEGAL_REVIEW = "Z7b", "法制审核"
    DECIDED = "Z7c", "处罚决定"
    SUMMARY = "Z7d", "当场处罚"
    NO_PENALTY = "Z8", "不予处罚"
    WITHDRAWN = "Z8a", "撤销立案"
    TRANSFERRED = "Z9", "移送"
    SUSPENDED = "Z10", "中止"
    CLOSED = "Z11", "已结案"
    PERFORMANCE = "Z12", "履行决定"
    ENFORCEMENT = "Z13", "申请强制执行"
    ARCHIVED = "Z14", "已归档"

    @property
    def ended(self) -> bool:
        """Nothing runs any more: closed, filed away, or not taken up."""
        return self in ENDED


ENDED = frozenset({Stage.REJECTED, Stage.DISPUTE, Stage.REFERRED, Stage.CLOSED, Stage.ARCHIVED})


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
