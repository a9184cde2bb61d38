"""`bench`: figures of this machine against a floor measured in the same run."""

import os
import platform
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from inspector_app.cli.benches import BENCHES, Bench, Measured
from inspector_app.cli.session import Json, Session, pass_session
from inspector_app.cli.sync_benches import ALL, SYNC_BENCHES
from inspector_app.cli.verbs import Verb
from inspector_app.cli.window_benches import WINDOW_BENCHES
from inspector_app.errors import UserError

BEATS = {
    "idle": "空闲",
    "beside": "旁边只有计算",
    "load": "第一次接收",
    "round": "没有改动的一轮",
    "push": "上传",
}


@click.command("bench", cls=Verb)
@click.argument("name")
@click.option("--n", "count", type=click.IntRange(1, 1_000_000), help="数量（默认各项自定）")
@pass_session
def command(session: Session, name: str, count: int | None) -> None:
    """测量速度，与同一次运行中的下限比较。"""
    exchange = {**SYNC_BENCHES, **WINDOW_BENCHES}
    known = {**BENCHES, **exchange}
    names = list(exchange) if name == ALL else [name]
    if names[0] not in known:
        words = "、".join([*known, ALL])
        raise UserError(f"没有“{name}”这一项。可用：{words}。", field="name", kind="unknown")
    documents = [_measure(session, one, known[one], count) for one in names]
    together: dict[str, Json] = {"name": ALL, "figures": list(documents)}
    answer = together if name == ALL else documents[0]
    session.answer(answer, "\n".join(map(_line, documents)))


def _measure(session: Session, name: str, bench: Bench, count: int | None) -> dict[str, Json]:
    with TemporaryDirectory(prefix="inspector-", ignore_cleanup_errors=True) as folder:
        return report(name, bench.run(session.parts, Path(folder), count or bench.usual))


def _line(document: dict[str, Json]) -> str:
    calls = f"，呼叫 {document['calls']} 次" if "calls" in document else ""
    return (
        f"{document['name']}：数量 {document['n']}，{document['seconds']:.3f} 秒，"
        f"下限 {document['floor_seconds']:.3f} 秒，为下限的 {document['ratio']} 倍{calls}"
        f"{_beats(document.get('beats'))}"
    )


def _beats(beats: Json) -> str:
    """How late a window's loop was, by what went on beside it."""
    said = [
        f"\n  {label}：最迟 {one['worst_ms']} 毫秒，千分之九百九十九不迟于 {one['high_ms']} 毫秒，"
        f"超过 50 毫秒 {one['late']} 次（共 {one['beats']} 次）；"
        f"本程序自己占用最长 {one['own_worst_ms']} 毫秒，超过 50 毫秒 {one['own_late']} 次"
        for name, label in BEATS.items()
        if isinstance(beats, dict) and isinstance(one := beats[name], dict)
    ]
    return "".join(said)


def report(name: str, measured: Measured) -> dict[str, Json]:
    """The figures as the contract names them."""
    return {
        "name": name,
        "n": measured.n,
        "seconds": round(measured.seconds, 4),
        "floor_seconds": round(measured.floor, 4),
        "ratio": round(measured.seconds / measured.floor, 2),
        "peak_mb": peak_mb(),
        "machine": machine(),
        **({} if measured.calls is None else {"calls": measured.calls}),
        **({} if measured.beats is None else {"beats": _plain(measured.beats)}),
    }


def _plain(beats: Mapping[str, Mapping[str, float]]) -> dict[str, Json]:
    return {name: dict(one) for name, one in beats.items()}


def peak_mb() -> float | None:
    """Most memory this process and its children held so far; None where the system does not say."""
    if sys.platform == "win32":
        return None
    import resource  # Unix only

    held = max(
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return round(held / (1024 * 1024 if sys.platform == "darwin" else 1024), 1)


def machine() -> str:
    """What the figures were taken on."""
    cores = os.cpu_count() or 0
    return f"{platform.system()} {platform.machine()} {cores} 核 Python {platform.python_version()}"
