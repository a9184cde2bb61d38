"""Exchanging with the shared database: now, what is disputed, deciding it, where a record is."""

import json
import os
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from inspector_app.errors import OutsideError, UserError
from inspector_app.ledger.schema import metadata
from inspector_app.services import last_sync, looks, number_stock, shared_files
from inspector_app.services.choice_words import HELD
from inspector_app.services.desk import Desk
from inspector_app.services.last_sync import SKEW_SECONDS, LastSync
from inspector_app.sync import conflicts as disputes
from inspector_app.sync import held, let_go, memory
from inspector_app.sync.conflicts import MINE, THEIRS, Chosen
from inspector_app.sync.exchange import Exchange
from inspector_app.sync.health import Linked
from inspector_app.sync.pg import PgTransport, has_password, without_password
from inspector_app.sync.state import RecordState, counted, states
from inspector_app.sync.talk import Progress, Report, Talk
from inspector_app.sync.transport import Transport

__all__ = [
    "SKEW_SECONDS",
    "Progress",
    "RecordState",
    "Report",
    "Transport",
]

FILE = "shared.json"
ENV = "INSPECTOR_DSN"
LEAST_REASON = 2  # characters
EVERY_SECONDS, FIRST_PAUSE, LONGEST_PAUSE = 60.0, 5.0, 600.0
PASSWORD = ("password", "password_missing")  # kinds of trouble that another password may end


def kept_dsn(folder: Path) -> str:
    """The connection string kept beside the ledger; empty when none is."""
    try:
        data = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    return str(data.get("dsn", "")) if isinstance(data, dict) else ""


def keep_dsn(folder: Path, dsn: str) -> str:
    """Keep the connection string, never its password; returns what was kept."""
    kept = without_password(dsn)
    fresh = folder / f"{FILE}.new"
    try:
        fresh.write_text(json.dumps({"dsn": kept}, ensure_ascii=False), encoding="utf-8")
        fresh.replace(folder / FILE)
    except OSError as error:
        raise OutsideError(f"连接设置没有存下来：{error.strerror}。", kind="disk") from error
    return kept


def chosen_dsn(desk: Desk, dsn: str = "") -> str:
    """The string to connect with: the given one, that of the environment, or the kept one."""
    found = dsn or os.environ.get(ENV, "") or kept_dsn(desk.ledger.path.parent)
    if not found:
        message = "还没有设置共享库，请先用 sync --dsn postgresql://用户@服务器/库名 同步一次。"
        raise UserError(message, field="dsn", kind="no_server")
    return found


def connect(dsn: str, ask: Callable[[], str] | None = None) -> Transport:
    """The line to the shared database; asks for a password when none is known elsewhere, or an
    old one."""
    try:
        return PgTransport(dsn)
    except OutsideError as error:
        if error.kind not in PASSWORD or ask is None or has_password(dsn):
            raise
    return PgTransport(dsn, ask())


class LinkedLine(Linked, Protocol):
    """A line that tells the links of histories and can be hung up."""

    def cut(self) -> None:
        """End a call that is under way, from another thread."""
        ...

    def close(self) -> None:
        """Hang up."""
        ...


def linked_line(dsn: str, password: str) -> LinkedLine:
    """A line that tells the links of histories."""
    return PgTransport(dsn, password or None)


@contextmanager
def linked(dsn: str, ask: Callable[[], str]) -> Iterator[Linked]:
    """As `linked_line`, hung up at the end; asks for a password as `connect` does."""
    try:
        line = linked_line(dsn, "")
    except OutsideError as error:
        if error.kind not in PASSWORD or has_password(dsn):
            raise
        line = linked_line(dsn, ask())
    try:
        yield line
    finally:
        line.close()


def sync_now(
    desk: Desk,
    line: Transport,
    *,
    progress: Callable[[Progress], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
    other: str = "",
) -> Report:
    """Exchange everything there is; what is done when it stops stays done.

    OtherDatabase, and nothing done, when the line leads to a shared database this ledger does not
    belong to; unless `other` says by its id that it is meant.
    """

    def exchange() -> Report:
        talk = Talk(
            desk.ledger, line, now=desk.now, progress=progress, cancelled=cancelled, files=files,
            demo=desk.demo, other=other,
        )  # fmt: skip
        return Exchange(talk, numbers=numbers).run()

    files, numbers = shared_files.post(desk), number_stock.post_of(desk)

    looks.begin(desk)
    whole = False
    try:
        report = exchange()
        whole = not report.cancelled
    finally:
        fresh = looks.note(desk, whole=whole)
    if fresh and whole:  # the others are to know at once
        report = report.then(exchange())
    last_sync.keep(desk, report)
    return report


def cursors(desk: Desk) -> dict[str, tuple[int, str]]:
    """Up to where the history of each scope is known here."""
    with desk.ledger.read() as view:
        return memory.cursors(view.connection)


def pause(failures: int, spread: float) -> float:
    """Seconds until the next exchange: a minute, or longer and longer after failures.

    `spread` from 0 to 1 keeps the PCs of a bureau from coming back all at once.
    """
    if failures == 0:
        return EVERY_SECONDS
    longer: float = FIRST_PAUSE * 2 ** min(failures - 1, 10)  # a week apart is a thousand of them
    return min(longer, LONGEST_PAUSE) * (0.5 + spread)


def remarks(report: Report, desk: Desk | None = None) -> list[str]:
    """What a person should know beside the figures."""
    known = report.twins if desk is not None else []
    twins = [number_stock.twin_words(desk, *one) for one in known if desk is not None]
    return [*twins, *last_sync.remarks(LastSync.of(report, datetime.now(UTC)))]


def resolve(desk: Desk, which: str, take: str, reason: str, *, seen: str = "") -> None:
    """Decide a conflict by its id, or a refused change by its number; `take` is mine or theirs.

    `seen` is the mark of what was shown of the conflict. UserError when that is no longer what
    stands there, and without a reason; a refused change may be sent again without one.
    """
    if take not in (MINE, THEIRS):
        raise UserError("请选择采用哪一方：mine 或者 theirs。", field="take")
    is_held, refused = which.startswith(HELD), which.isdigit()
    if is_held and take == MINE:
        raise UserError("能上传时自动上传，不用再次上传；不要的可以放弃。", field="take")
    if (is_held or refused) and take == THEIRS and len(reason.strip()) < LEAST_REASON:
        raise UserError("放弃本机改动要写明理由。", field="reason")
    with desk.work("处理冲突", why=reason) as uow:
        at, before = desk.now().isoformat(), let_go.stuck(uow.connection)
        if is_held:
            held.give_up(uow.connection, which.removeprefix(HELD), reason)
        elif refused:
            disputes.decide_refused(uow.connection, int(which), take, reason)
        else:
            chosen = Chosen(take, seen, reason)
            disputes.resolve(uow.connection, which, chosen, by=desk.actor, at=at)
        if take == THEIRS:
            let_go.remember(uow.connection, before, by=desk.actor, at=at, reason=reason)
        uow.commit()


def record_states(desk: Desk, root_type: str, root_ids: Collection[str]) -> dict[str, RecordState]:
    """Where these records stand: 本机, 待上传, 已确认 or 有冲突."""
    if root_type not in metadata.tables:
        raise UserError(f"没有“{root_type}”这种记录。", field="kind")
    with desk.ledger.read() as view:
        return states(view.connection, root_type, root_ids)


def case_states(desk: Desk) -> dict[str, int]:
    """How many cases stand where, by the code of the state."""
    with desk.ledger.read() as view:
        found = counted(view.connection)
    return {state.value: number for state, number in found.items()}
