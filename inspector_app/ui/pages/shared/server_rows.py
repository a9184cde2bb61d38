"""Columns and facts of the server's health."""

from datetime import datetime

from inspector_app.services.last_sync import SKEW_SECONDS
from inspector_app.services.server_words import DeviceHealth, Health, ScopeHealth, size_words
from inspector_app.ui.tables.columns import Column, Kind


def _when(at: datetime | None) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M}" if at else "—"


def _clock(one: DeviceHealth) -> str:
    if abs(one.skew_seconds) <= SKEW_SECONDS:
        return "准"
    return f"{'快' if one.skew_seconds > 0 else '慢'} {abs(one.skew_seconds) // 60} 分钟"


def _state(one: DeviceHealth) -> tuple[str, str]:
    if one.disabled:
        return "已停用", "none"
    if one.replaced:
        return "旧拷贝", "none"
    if one.was:
        return "换过身份", "warning"
    return ("有积压", "info") if one.waiting else ("正常", "success")


DEVICES: tuple[Column[DeviceHealth], ...] = (
    Column("状态", lambda one: _state(one)[0], 84, Kind.PILL, tone=lambda one: _state(one)[1]),
    Column("人员", lambda one: one.display, 100),
    Column("电脑", lambda one: one.pc or one.device[:8], 120, stretch=True),
    Column("最近同步", lambda one: _when(one.seen), 138, Kind.DATE),
    Column("待上传", lambda one: f"{one.waiting:,}", 66, Kind.NUMBER),
    Column("收到的改动", lambda one: f"{one.last_n:,}", 92, Kind.NUMBER, priority=3),
    Column("未用的号", lambda one: f"{one.leased:,}", 76, Kind.NUMBER, priority=2),
    Column("时钟", _clock, 96, priority=2),
    Column("程序", lambda one: one.app.removeprefix("inspector-app "), 70, priority=4),
    Column("结构", lambda one: str(one.schema), 54, Kind.NUMBER, priority=5),
)
ABSENT: tuple[Column[DeviceHealth], ...] = (
    Column("人员", lambda one: one.display, 100),
    Column("登录名", lambda one: one.login, 100),
    Column("电脑", lambda one: one.pc or one.device[:8], 120, stretch=True),
    Column("最近同步", lambda one: _when(one.seen), 138, Kind.DATE),
    Column("未用的号", lambda one: f"{one.leased:,}", 76, Kind.NUMBER),
)
SCOPES: tuple[Column[ScopeHealth], ...] = (
    Column("县区", lambda one: one.name, 140, stretch=True),
    Column("代码", lambda one: one.scope, 90, priority=3),
    Column("改动", lambda one: f"{one.seq:,}", 90, Kind.NUMBER),
    Column("最后一次", lambda one: _when(one.at), 138, Kind.DATE, priority=2),
    Column("未处理的冲突", lambda one: f"{one.open:,}", 110, Kind.NUMBER),
    Column("未用的号", lambda one: f"{one.leased:,}", 90, Kind.NUMBER, priority=2),
)


def fact_rows(health: Health) -> list[tuple[str, ...]]:
    """Versions, sizes and sums, name above value."""
    open_ = health.open()
    state = "正在恢复" if health.paused else "待核实" if health.suspected else "正常"
    return [
        ("状态", state, "danger" if health.paused else "warning" if health.suspected else ""),
        ("数据库", health.server),
        ("结构、功能", f"{health.schema}（变更 {health.step}），{health.program or '早先'} 版"),
        ("大小", size_words(health.bytes)),
        ("电脑", f"{sum(not one.replaced for one in health.devices)} 台"),
        ("未处理的冲突", f"{open_} 项", "danger" if open_ else ""),
        ("退回过的改动", f"{health.rejected} 组"),
        ("未用的号", f"{health.leased()} 个"),
    ]
