"""What the window knows of the exchange, in the few words of its status bar."""

from dataclasses import dataclass
from datetime import datetime

from inspector_app.services.last_sync import clock_words
from inspector_app.services.shared_here import RecordState

TONES = {
    RecordState.LOCAL: "neutral",
    RecordState.WAITING: "info",
    RecordState.CONFIRMED: "success",
    RecordState.CONFLICT: "danger",
    RecordState.AWAY: "warning",
}
ERROR_WORDS = "无法连接，稍后自动重试"
Said = tuple[str, str, str]  # words, icon, tone


@dataclass(frozen=True, slots=True)
class ExchangeState:
    """What is known of the exchange; nothing in it is of a person."""

    connected: bool = False  # a shared database is set up
    running: bool = False
    step: str = ""  # what it is at: 上传, 接收 …
    done: int = 0
    total: int = 0
    waiting: int = 0  # those held with them
    held: int = 0  # of what waits: what may not go as things stand
    disputes: int = 0
    looks: int = 0  # cases that two PCs changed while apart and nobody looked at yet
    last: datetime | None = None
    skew_seconds: int = 0
    trouble: str = ""  # the sentence of the last failure
    needs_password: bool = False
    other: str = ""  # id of the database the line leads to, when this ledger is not of it
    left: int | None = None  # numbers on lease to this PC, where they run low

    def words(self) -> Said:
        """The state in a few words, its icon and its tone; what needs a person comes first."""
        said, icon, tone = self._words()
        if self.left is None or self.running or not self.connected:
            return said, icon, tone
        return (
            f"{said}，预留号剩 {self.left} 个",
            icon,
            tone if tone == "danger_fg" else "warning_fg",
        )

    def _words(self) -> Said:
        if not self.connected:
            return "未连接共享库", "link_20", "text_3"
        if self.running:
            known = f" {self.done}/{self.total}" if self.total else ""
            counted = known or (f" {self.done:,} 条" if self.done else "…")
            return f"正在{self.step or '同步'}{counted}", "arrow_clockwise_20", "info_fg"
        stopped, asked, waits = self._stopped(), self._asked(), self._waits()
        found = [one for one in (stopped, asked, waits) if one]
        if not found and self.last is None:
            return "尚未同步", "clock_20", "text_3"
        if not found:
            return self._synced()
        tone = "danger_fg" if self.disputes else found[0][2]
        return "，".join(words for words, _, _ in found), found[0][1], tone

    def _stopped(self) -> Said | None:
        """Why nothing goes out: said first, whatever else there is, or weeks pass in silence."""
        if self.needs_password:
            return "请输入共享库密码", "lock_closed_20", "warning_fg"
        if self.other:
            return "不是本机所属的共享库", "warning_20", "danger_fg"
        return (ERROR_WORDS, "error_circle_20", "warning_fg") if self.trouble else None

    def _asked(self) -> Said | None:
        """What a person is asked."""
        if self.disputes:
            return f"有冲突 {self.disputes} 项", "warning_20", "danger_fg"
        return (f"{self.looks} 件案件两处同改", "eye_20", "warning_fg") if self.looks else None

    def _waits(self) -> Said | None:
        """What waits; that some of it does not go by itself is said too."""
        if self.held and self.held >= self.waiting:
            return f"{self.held} 项暂不能上传", "send_20", "warning_fg"
        if self.held:
            words = f"待上传 {self.waiting} 项，其中 {self.held} 项暂不能上传"
            return words, "send_20", "warning_fg"
        return (f"待上传 {self.waiting} 项", "send_20", "info_fg") if self.waiting else None

    def _synced(self) -> Said:
        said = f"已同步 {self.last:%H:%M}"
        clock = clock_words(self.skew_seconds)
        if clock:
            return f"{said}，{clock}", "clock_20", "warning_fg"
        return said, "checkmark_circle_20", "success_fg"

    def tip(self) -> str:
        """More of it, for who points at the words."""
        parts = (self.trouble, clock_words(self.skew_seconds))
        return "；".join(part for part in parts if part) or "打开共享库页；F5 同步"
