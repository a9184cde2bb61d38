"""The end of personal data on the shared side: what is over goes for ever, history keeps hashes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import LiteralString

from inspector_app.errors import UserError
from inspector_app.sync.server.admin import Admin, admin, rows, value

LEAST_REASON = 2  # characters
_MATTER: LiteralString = (
    "SELECT r.root, r.root_type, r.scope, coalesce(r.data->>'case_no', r.data->>'clue_no', ''),"
    " CASE r.t WHEN 'case' THEN coalesce(r.data->>'closed_on', '')"
    " WHEN 'clue' THEN coalesce(r.data->>'concluded_on', '') ELSE '' END"
    " FROM sync.row r WHERE NOT r.gone AND r.id = r.root"
)


@dataclass(frozen=True, slots=True)
class Matter:
    """A case, clue or visit that would go, and what hangs on it; `over_since` "" while not over."""

    root: str
    kind: str
    scope: str
    label: str
    over_since: str
    rows: int = 0
    sets: int = 0
    files: int = 0


def find(dsn: str, refs: Sequence[str], *, over_before: date | None = None) -> list[Matter]:
    """Cases and clues by number or id, and all that were over before a day.

    A case takes its clues and its visits with it.

    UserError for a number nobody has, and for what is not over yet.
    """
    with admin(dsn) as connection:
        found = _named(connection, refs) + _over(connection, over_before)
        for one in found:
            if not one.over_since:
                message = f"{one.label or one.root}还没有办结，不能清除。"
                raise UserError(message, field="number", kind="state")
        cases = [one.root for one in found if one.kind == "case"]
        query = _MATTER + " AND r.t IN ('clue', 'inspection') AND r.data->>'case_id' = ANY(%s)"
        with_them = [Matter(*row) for row in rows(connection, query, cases)] if cases else []
        matters = {one.root: one for one in (*found, *with_them)}
        return [_counted(connection, one) for one in matters.values()]


def _named(connection: Admin, refs: Sequence[str]) -> list[Matter]:
    query = (
        _MATTER + " AND r.t IN ('case', 'clue')"
        " AND (r.id = %s OR r.data->>'case_no' = %s OR r.data->>'clue_no' = %s)"
    )
    found = []
    for ref in refs:
        here = rows(connection, query, ref, ref, ref)
        if not here:
            message = f"共享库没有案件或者线索“{ref}”。"
            raise UserError(message, field="number", kind="not_found")
        found += [Matter(*row) for row in here]
    return found


def _over(connection: Admin, before: date | None) -> list[Matter]:
    """Cases closed before that day, clues concluded without a case; a filed clue goes with it."""
    if before is None:
        return []
    day = before.isoformat()
    query = (
        _MATTER + " AND ((r.t = 'case' AND r.data->>'closed_on' < %s) OR (r.t = 'clue'"
        " AND r.data->>'concluded_on' < %s AND r.data->>'state' <> 'filed')) ORDER BY 5, 1"
    )
    return [Matter(*row) for row in rows(connection, query, day, day)]


def _counted(connection: Admin, one: Matter) -> Matter:
    row_count = "SELECT count(*) FROM sync.row WHERE root = %s"
    sets = "SELECT count(DISTINCT set_id) FROM sync.audit WHERE root = %s"
    files = "SELECT count(*) FROM sync.blob_link WHERE root = %s"
    counts = [int(value(connection, query, one.root)) for query in (row_count, sets, files)]
    return Matter(one.root, one.kind, one.scope, one.label, one.over_since, *counts)


def purge(dsn: str, matters: Collection[Matter], why: str) -> int:
    """Erase them, all or none; how many rows went. The PCs follow at their next exchange."""
    if len(why.strip()) < LEAST_REASON:
        raise UserError("请写明清除个人信息的理由，会留下记录。", field="why")
    gone = 0
    with admin(dsn) as connection:
        for one in sorted(matters, key=lambda one: (one.scope, one.root)):
            query = "SELECT (sync.purge_root(%s, %s, %s)->>'rows')::integer"
            gone += int(value(connection, query, one.root, why.strip(), one.label))
    return gone
