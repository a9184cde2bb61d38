"""Checklists as data, inspections as answers, findings as what follows from them."""

from dataclasses import dataclass
from datetime import date

from inspector_app.domain.words import Word


class Answer(Word):
    """Answer to a check item (documents.md 4)."""

    YES = "yes", "是"
    NO = "no", "否"
    PARTLY = "partly", "部分"
    NOT_APPLICABLE = "n/a", "不适用"
    UNCHECKED = "unchecked", "未查"


class InspectionKind(Word):
    """Why an inspection is made."""

    ROUTINE = "routine", "日常巡查"
    SPECIAL = "special", "专项检查"
    REPORT = "report", "举报专查"
    RANDOM = "random", "双随机抽查"
    FOLLOW_UP = "follow_up", "复查"


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One question of a checklist; `violations` are codes of resources/law (GZ-05 …)."""

    id: str  # C01 … / E01 …
    group: str
    question: str
    method: str
    evidence: str
    articles: tuple[str, ...]
    violations: tuple[str, ...]
    triggers: tuple[str, ...]  # T54 … TR, as data
    good_answer: Answer = Answer.YES  # "有无…?" items are good when the answer is 否
    ask_workers: bool = False  # ☆
    finding: str = ""  # sentence of fact for the order when the item fails
    demand: str = ""  # what the order demands when the item fails
    liable: tuple[str, ...] = ()  # whom the demand addresses: codes of law.Liable


@dataclass(frozen=True, slots=True)
class Checklist:
    """A whole checklist (forms/checklists/*.toml)."""

    id: str  # construction / employer
    title: str
    version: str
    items: tuple[CheckItem, ...]

    def item(self, item_id: str) -> CheckItem:
        """The item of that id; KeyError when the checklist has none."""
        for item in self.items:
            if item.id == item_id:
                return item
        raise KeyError(item_id)


@dataclass(frozen=True, slots=True)
class Inspection:
    """One visit; aggregate root of a county scope."""

    id: str
    scope: str
    city: str
    checklist_id: str
    checklist_version: str
    kind: InspectionKind
    on: date
    employer_id: str | None = None
    project_id: str | None = None
    case_id: str | None = None
    place: str = ""
    arrived_at: str = ""  # HH:MM
    left_at: str = ""
    inspector_ids: tuple[str, ...] = ()
    host: str = ""  # 现场负责人
    host_title: str = ""
    opinion: str = ""  # 被检查人意见
    finished: bool = False


@dataclass(frozen=True, slots=True)
class ItemAnswer:
    """The answer to one item; child of the inspection."""

    id: str
    inspection_id: str
    item_id: str
    answer: Answer
    note: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file (photo, scan) kept by its hash; child of an inspection or of a case."""

    id: str
    sha256: str
    name: str
    media_type: str
    size: int
    added_on: date
    inspection_id: str | None = None
    case_id: str | None = None
    item_id: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A failed item with all that an order needs; derived, never stored."""

    item_id: str
    answer: Answer
    fact: str
    demand: str
    articles: tuple[str, ...]
    violations: tuple[str, ...]
    note: str = ""
    proven: bool = True  # evidence is attached
    liable: tuple[str, ...] = ()
