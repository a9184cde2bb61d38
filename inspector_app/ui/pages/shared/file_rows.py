"""What the view of files shows: facts in words, the table of what colleagues handed over."""

from typing import TYPE_CHECKING

from inspector_app.ui.tables.columns import Column, Kind

if TYPE_CHECKING:
    from inspector_app.services.by_file import Parcel, Standing
    from inspector_app.services.shared_files import FilesStanding

_STATES = {"waiting": "还没带给共享库", "carried": "已随数据包带出", "done": "已带给共享库"}
HANDED: "tuple[Column[Parcel], ...]" = (
    Column("案件", lambda one: one.title, 160, stretch=True),
    Column("谁交来", lambda one: one.who, 110),
    Column("日期", lambda one: one.at[:10], 110, Kind.DATE),
    Column("改动", lambda one: _STATES.get(one.state, ""), 150),
)
_MB = 1024 * 1024


def _size(size: int) -> str:
    return f"{size / _MB:.1f} MB" if size >= _MB // 10 else "不到 0.1 MB"


def _counted(count: int, size: int, none: str) -> str:
    return f"{count:,} 个，{_size(size)}" if count else none


def file_facts(found: "FilesStanding") -> list[tuple[str, ...]]:
    """How many files wait, with their size."""
    tone = "warning" if found.troubles else ""
    return [
        ("待上传", _counted(found.to_send, found.send_bytes, "没有")),
        ("未下载", _counted(found.elsewhere, found.elsewhere_bytes, "没有")),
        ("没有传成", f"{len(found.troubles)} 个" if found.troubles else "没有", tone),
    ]


def trouble_words(found: "FilesStanding", most: int = 5) -> str:
    """The files in trouble with their reasons."""
    words = [f"{one.name}：{one.why}" for one in found.troubles[:most]]
    if len(found.troubles) > most:
        words.append(f"等 {len(found.troubles)} 个")
    return "；".join(words)


def key_facts(found: "Standing") -> list[tuple[str, ...]]:
    """Who we are by file, and whom we know."""
    return [
        ("登录名", found.account or "还没有"),
        ("有名片的同事", "、".join(one.name for one in found.colleagues) or "没有"),
        ("本机指纹（登记时念给管理员）", found.fingerprint),
        ("共享库指纹（向管理员核对）", found.shared or "联网同步一次，或者导入共享库名片后才有"),
    ]
