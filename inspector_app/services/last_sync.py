"""What the last exchange did: kept in the ledger, so that it is known after a restart."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from inspector_app.ledger.receive import SHARED
from inspector_app.ledger.rows import Rows
from inspector_app.services.desk import Desk
from inspector_app.sync import memory

if TYPE_CHECKING:
    from inspector_app.sync.talk import Report

LAST = "last"
SKEW_SECONDS = 300  # from here on the clock of a PC is spoken of; it never decides an order


@dataclass(frozen=True, slots=True)
class LastSync:
    """One exchange in figures. `at`: when the last one came to its end, by this PC's clock."""

    at: str
    me: str = ""
    pushed: int = 0
    received: int = 0
    disputed: int = 0
    refused: int = 0
    held: int = 0
    left_out: int = 0
    cancelled: bool = False
    recovery: bool = False
    reforked: bool = False
    unlike: tuple[str, ...] = ()
    skew_seconds: int = 0
    paused: bool = False
    keeper: bool = False
    files_sent: int = 0
    files_received: int = 0
    file_troubles: int = 0

    def when(self) -> datetime | None:
        """The moment the last whole one ended, None when none has."""
        return datetime.fromisoformat(self.at) if self.at else None

    @classmethod
    def of(cls, report: "Report", at: datetime) -> "LastSync":
        """Of what an exchange reported, by the same names."""
        said = {one.name: getattr(report, one.name) for one in fields(cls) if one.name != "at"}
        return cls(**{**said, "at": at.astimezone().isoformat(), "unlike": tuple(report.unlike)})


def keep(desk: Desk, report: "Report") -> LastSync:
    """Remember it; one that was stopped does not change when the last whole one was."""
    last = LastSync.of(report, desk.now())
    with desk.ledger.work("同步", actor=SHARED, at=desk.now()) as uow:
        if last.cancelled:
            before = read(uow)
            last = replace(last, at=before.at if before else "")
        memory.put(uow.connection, LAST, asdict(last))
        uow.commit()
    return last


def read(view: Rows) -> LastSync | None:
    """The last exchange, None before the first."""
    said: Mapping[str, Any] | None = memory.get(view.connection, LAST)
    if said is None:
        return None
    return LastSync(**{**said, "unlike": tuple(said["unlike"])})


def clock_words(skew_seconds: int) -> str:
    """本机时钟快 12 分钟; empty while it is right enough."""
    if abs(skew_seconds) <= SKEW_SECONDS:
        return ""
    minutes = abs(skew_seconds) // 60
    hours, rest = divmod(minutes, 60)
    words = f"{hours} 小时 {rest} 分钟" if hours else f"{minutes} 分钟"
    return f"本机时钟{'快' if skew_seconds > 0 else '慢'} {words}"


def remarks(last: LastSync) -> list[str]:
    """What a person should know beside the figures."""
    found = []
    if last.cancelled:
        found.append("上次同步中途停止，已经交换的部分有效。")
    if last.paused:
        found.append("共享库刚从备份恢复，正在把各机的改动补回去，期间暂停取号。")
    elif last.recovery:
        found.append("有电脑反映共享库少了内容，等管理员核实；可以照常办理。")
    if last.reforked:
        found.append("本机的台账是一份旧拷贝，已换新的身份继续；请核对最近的登记。")
    if clock := clock_words(last.skew_seconds):
        found.append(f"{clock}，请校准。先后次序不看时钟，但文书日期取自本机。")
    found += [f"{scope}：本机与共享库核对不一致，请联系管理员。" for scope in last.unlike]
    if last.left_out:
        found.append(f"有 {last.left_out} 条记录本程序还不认识，升级后会补上。")
    if last.file_troubles:
        found.append(f"有 {last.file_troubles} 个附件没有传成，原因见“附件与 U 盘”。")
    if last.held:
        found.append(
            f"有 {last.held} 组改动暂时不能上传：没有权限，或者共享库要先升级。列在“待处理”里。"
        )
    return found
