"""What the one search box finds: units, projects, cases, workers, clues."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, column, false, func, literal_column, select, table

from inspector_app.domain.masking import mask_name
from inspector_app.ledger.schema.cases import worker
from inspector_app.ledger.schema.clues import clue
from inspector_app.ledger.schema.machinery import case_line, search_entry
from inspector_app.ledger.schema.parties import employer, project
from inspector_app.ledger.search import match

_TEXT = table("search_text", column("rowid"))
KINDS = ("case", "employer", "project", "worker", "clue")


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found; `kind` is one of KINDS.

    For a worker `id` is the case he belongs to, and his name in the subtitle is masked.
    """

    kind: str
    id: str
    title: str
    subtitle: str


def ids_matching(kind: str, text: str) -> Select[Any]:
    """A query for the ids of that kind that match what was typed."""
    asked = match(kind, text)
    if asked is None:
        return select(search_entry.c.id).where(false())
    matches = literal_column("search_text").op("MATCH")(asked)
    numbers = select(_TEXT.c.rowid).where(matches)
    return select(search_entry.c.id).where(search_entry.c.n.in_(numbers))


def _query(kind: str, text: str) -> Select[Any]:
    """(id, title, subtitle) of one kind; the shortest name is the nearest one."""
    ids = ids_matching(kind, text)
    line, unit = case_line.c, employer.c
    if kind == "case":
        shown = select(line.id, line.case_no, line.employer_name).where(line.id.in_(ids))
        return shown.order_by(line.id.desc())
    if kind == "employer":
        shown = select(unit.id, unit.name, unit.credit_code).where(unit.id.in_(ids))
        return shown.order_by(func.length(unit.name), unit.name, unit.id)
    if kind == "project":
        shown = select(project.c.id, project.c.name, project.c.address)
        named = shown.where(project.c.id.in_(ids))
        return named.order_by(func.length(project.c.name), project.c.name, project.c.id)
    if kind == "worker":
        shown = select(line.id, line.case_no, worker.c.name).join_from(
            worker, case_line, line.id == worker.c.case_id
        )
        return shown.where(worker.c.id.in_(ids)).order_by(worker.c.id.desc())
    shown = select(clue.c.id, clue.c.employer_name, clue.c.clue_no).where(clue.c.id.in_(ids))
    return shown.order_by(clue.c.id.desc())


def _hits(connection: Connection, kind: str, text: str, limit: int) -> list[Hit]:
    rows = connection.execute(_query(kind, text).limit(limit)).all()
    if kind == "worker":
        return [Hit(kind, row[0], row[1], f"劳动者 {mask_name(row[2])}") for row in rows]
    return [Hit(kind, row[0], row[1], row[2]) for row in rows]


def search(connection: Connection, text: str, limit: int) -> list[Hit]:
    """Up to `limit` hits; every kind gets its share before one kind takes the rest."""
    found = {kind: _hits(connection, kind, text, limit) for kind in KINDS}
    share = max(1, limit // max(1, sum(1 for hits in found.values() if hits)))
    taken = {kind: hits[:share] for kind, hits in found.items()}
    for kind, hits in found.items():
        left = limit - sum(len(one) for one in taken.values())
        taken[kind] += hits[share : share + max(0, left)]
    return [hit for hits in taken.values() for hit in hits][:limit]
