"""What auditors ask of the shared side: who received personal data, by person, county and day."""

from datetime import date, datetime

from inspector_app.sync.received import MOST, Received, ReceivedLine
from inspector_app.sync.received import received as asked

__all__ = ["MOST", "Received", "ReceivedLine"]

DAYS = 30  # how far back one looks when no day is named


def received(line: ReceivedLine, since: date, scope: str = "") -> list[Received]:
    """From that day on, the last first; OutsideError when this login may not ask."""
    return asked(line, scope, datetime(since.year, since.month, since.day).astimezone())


def words(one: Received) -> str:
    """2026-09-28 09:31–16:02　新华区（410402）：收到 12 次、240 件，附件 3 个."""
    return f"{span(one)}　{one.county or one.scope}：{counts(one)}"


def span(one: Received) -> str:
    """2026-09-28 09:31–16:02, in the time of this PC."""
    first, last = one.first.astimezone(), one.last.astimezone()
    return f"{first:%Y-%m-%d %H:%M}" + ("" if last == first else f"–{last:%H:%M}")


def counts(one: Received) -> str:
    """收到 12 次、240 件，附件 3 个."""
    found = [f"收到 {one.pages:,} 次、{one.records:,} 件"] if one.pages else []
    found += [f"附件 {one.files:,} 个"] if one.files else []
    return "，".join(found)
