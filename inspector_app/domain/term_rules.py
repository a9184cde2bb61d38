"""What a rule of law about time says: how long, from what, whose it is, and how far it was read."""

from dataclasses import dataclass
from datetime import date

from inspector_app.domain.term_words import day_of
from inspector_app.domain.words import Word
from inspector_app.errors import UserError


class TermUnit(Word):
    """What the length of a term counts (law.md 0: WD, CD, M, Y)."""

    WORKING_DAYS = "WD", "个工作日"
    CALENDAR_DAYS = "CD", "日"
    MONTHS = "M", "个月"
    YEARS = "Y", "年"
    HOURS = "H", "小时"


class Direction(Word):
    """Whether a term runs on from its start, or says how long before it something must be done."""

    FORWARD = "forward", "顺推"
    BACKWARD = "backward", "倒推"


class Rolling(Word):
    """Why the last day moves off a day off: by law, by the bureau's choice, or not at all."""

    LAW = "law", "依法顺延"
    SETTING = "setting", "按本局设置顺延"
    NO = "no", "不顺延"


class Whose(Word):
    """Who has to act within a term; only the office's own can be overdue."""

    OFFICE = "office", "本机关"
    PARTY = "party", "当事人"
    COURT = "court", "法院"
    POLICE = "police", "公安机关"
    BANK = "bank", "银行"
    OTHER = "other", "其他"


class Origin(Word):
    """Which rule book a term comes from: national and Henan terms stand side by side."""

    NATIONAL = "national", "国家规定"
    HENAN = "henan", "河南规定"


class TermWords:
    """Room for what explaining a term says each time; no part of its value."""

    __slots__ = ("_words",)
    _words: tuple[str, str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(TermWords):
    """One rule of law about time, a row of resources/law.

    `length` is None where the law has no number of days; `setting` names the choice that fills it.
    `text_level` says how far the wording was checked, `force_level` whether it is still in force.
    `rolls` says whether the last day moves off a day off, `rolling` why. `conversion` is the
    article that makes the days of the law working days. `beside` is the national term a Henan one
    stands beside. `starts`, `ends` and `when` are facts of a case: what starts the clock (the
    first known one), what satisfies it, and of which one must be there for it to be shown.
    A term with `daily_percent` has no end but a sum that grows, up to `cap_percent`.
    """

    id: str
    name: str
    start_event: str
    length: int | None
    unit: TermUnit
    extension: int | None = None
    extension_unit: TermUnit | None = None
    extension_note: str = ""
    extension_approver: str = ""
    rolls: bool = False
    article: str
    text_level: str = ""
    force_level: str = ""
    note: str = ""
    effective_from: date
    effective_to: date | None = None
    setting: str = ""
    direction: Direction = Direction.FORWARD
    rolling: Rolling = Rolling.NO
    whose: Whose = Whose.OFFICE
    origin: Origin = Origin.NATIONAL
    beside: str = ""
    starts: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    stoppable: bool = False
    conversion: str = ""
    daily_percent: int | None = None
    cap_percent: int | None = None

    def __post_init__(self) -> None:
        for number in (self.length, self.extension):
            if number is not None and number < 1:
                raise UserError(f"{self.id} 的期限长度应为正整数")
        units = {self.unit, self.extension_unit or self.unit}
        if TermUnit.HOURS in units and (self.rolls or len(units) > 1):
            raise UserError(f"{self.id} 按小时计算，不能顺延，也不能换单位延长")
        if self.direction is Direction.BACKWARD and (self.extension or TermUnit.HOURS in units):
            raise UserError(f"{self.id} 从事件倒推，不能延长，也不能按小时计算")
        self._check_percent()

    def _check_percent(self) -> None:
        daily, cap = self.daily_percent, self.cap_percent
        if daily is None and cap is None:
            return
        if daily is None or cap is None or not 0 < daily <= cap:
            raise UserError(f"{self.id} 逐日加处的比例和上限应都为正数，上限不低于比例")
        if self.length is not None or self.direction is Direction.BACKWARD:
            raise UserError(f"{self.id} 逐日加处，没有期限长度，也不能倒推")

    def __hash__(self) -> int:
        return hash(self.id)

    def in_working_days(self, *, extended: bool) -> bool:
        """Whether all of its length, with its extension if that was asked for, is working days."""
        units = {self.unit, (self.extension_unit or self.unit) if extended else self.unit}
        return units == {TermUnit.WORKING_DAYS}

    def in_force(self, day: date) -> bool:
        """Whether the rule applied on that day."""
        on = day_of(day)
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)
