"""The health of the shared side in words: what deserves attention, whose PC, how big."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from inspector_app.services.last_sync import SKEW_SECONDS
from inspector_app.sync.health import Broken, DeviceHealth, Health, ScopeHealth

__all__ = ["Broken", "DeviceHealth", "Health", "ScopeHealth"]

HOLDS = "它们手里的号还不知道，现在恢复，这些号会作废，纸上可能已经用了。"
QUIET = timedelta(days=7)  # a PC that did not exchange for so long is asked after
WHAT = {
    "gap": "缺号",
    "link": "链不相接",
    "content": "内容被改过",
    "head": "末尾被改过",
    "own": "与本机的回执不符",
    "cursor": "不是本机同步过的历史",
}


@dataclass(frozen=True, slots=True)
class Note:
    """Something to look at; `tone` is danger, warning or info."""

    tone: str
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Newest:
    """What this program knows: its last step of the tables, its functions, its version."""

    step: int
    functions: str
    program: str


def notes(health: Health, newest: Newest) -> list[Note]:
    """What deserves attention, the gravest first."""
    found = [*_recovery(health), *_versions(health, newest)]
    open_ = health.open()
    if open_:
        where = "、".join(f"{one.name} {one.open} 项" for one in health.scopes if one.open)
        found.append(
            Note("warning", f"未处理的冲突 {open_} 项", f"{where}。请经办人到“待处理”选定。")
        )
    devices = [one for one in health.devices if not one.disabled and not one.replaced]
    for one in devices:
        found += _of_device(one, health.now)
    return found


def _recovery(health: Health) -> list[Note]:
    if health.paused:
        words = "各台电脑都同步过之后，请选“已经补齐”；确认是误报的，选“没有丢失”。"
        found = [Note("danger", "正在恢复，暂停取号", words)]
        if absent := health.missing():
            title = f"还有 {len(absent)} 台电脑没有来过"
            found.append(Note("warning", title, f"{missing_words(absent)}。{HOLDS}"))
        return found
    if health.suspected:
        who = "、".join(sorted({one.login for one in health.doubts}))
        words = (
            f"{who} 的电脑记得共享库里没有的历史。从备份恢复过的，请选“确有丢失”，取号随即暂停。"
        )
        return [Note("warning", "有电脑反映共享库少了内容", words)]
    return []


def _versions(health: Health, newest: Newest) -> list[Note]:
    """A shared side that is behind, in its tables or in what it works by; or this program is."""
    said = f"（{health.program}）" if health.program else ""
    if _order(health.program) > _order(newest.program):
        words = f"共享库由更新的程序{said}管理，这台电脑上是 {newest.program}，请升级本程序。"
        return [Note("info", "本程序要升级", words)]
    if health.step < newest.step:
        words = f"共享库在第 {health.step} 号变更，本程序到第 {newest.step} 号"
    elif health.functions != newest.functions:
        words = f"共享库的功能是另一版程序{said}的，与本程序不同"
    else:
        return []
    return [Note("warning", "共享库要升级", f"{words}，请运行 server migrate。")]


def _order(version: str) -> list[int]:
    return [int(part) for part in version.split(".") if part.isdecimal()]


def _of_device(one: DeviceHealth, now: datetime) -> list[Note]:
    name = device_name(one)
    found = []
    if abs(one.skew_seconds) > SKEW_SECONDS:
        side = "快" if one.skew_seconds > 0 else "慢"
        words = f"{side} {abs(one.skew_seconds) // 60} 分钟，请校准。先后次序不看时钟。"
        found.append(Note("warning", f"{name}的时钟不准", words))
    if now - one.seen > QUIET:
        words = f"已 {(now - one.seen).days} 天没有同步，请问一下是否停用。"
        found.append(Note("info", name, words))
    if one.was:
        found.append(Note("info", name, "用过台账的旧拷贝，已换新身份继续，请核对它最近的登记。"))
    return found


def missing_words(absent: Sequence[DeviceHealth]) -> str:
    """张三（PC-07，登录名 zhangsan，最近 2026-09-20 09:31）、…: whom recovery waits for."""
    return "、".join(
        f"{one.display}（{one.pc or one.device[:8]}，登录名 {one.login}，"
        f"最近 {one.seen.astimezone():%Y-%m-%d %H:%M}）"
        for one in absent
    )


def device_name(one: DeviceHealth) -> str:
    """张三（PC-07）: whose PC, and which."""
    return f"{one.display}（{one.pc or one.device[:8]}）"


def size_words(size: int) -> str:
    """87.3 MB."""
    amount = float(size)
    for unit in ("KB", "MB"):
        amount /= 1024
        if amount < 1024:
            return f"{amount:.1f} {unit}"
    return f"{amount / 1024:.1f} GB"


def broken_words(one: Broken) -> str:
    """410402 第 7 组：内容被改过."""
    return f"{one.scope} 第 {one.seq} 组：{WHAT.get(one.what, one.what)}"
