"""The line a case has in lists: derived from the case, its claims, its parties and its order."""

import json
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection
from sqlalchemy.schema import CreateIndex, CreateTable

from inspector_app.domain.cases import ENDED
from inspector_app.ledger.changes import Op
from inspector_app.ledger.schema.machinery import NO_NUMBER, case_line

ORDER_KIND = "rectification_order"  # the paper whose `deadline` is the date the case is due

_ENDED = ", ".join(sorted(f"'{stage.value}'" for stage in ENDED))

# Claims, once listed, take the place of what was reported. What was paid before is no part of the
# amount; paid is what was settled since (domain.claims.ClaimTotals says the same of one case).
_SELECT = f"""
SELECT c.id, c.case_no, c.scope, c.stage, c.source, c.cause,
  c.employer_id, coalesce(e.name, '') AS employer_name,
  coalesce(c.project_id, '') AS project_id, coalesce(p.name, '') AS project_name,
  c.received_on, coalesce(c.filed_on, '') AS filed_on, coalesce(c.closed_on, '') AS closed_on,
  coalesce(c.lead_id, '') AS lead_id, coalesce(l.name, '') AS lead_name,
  coalesce(a.name, '') AS assist_name,
  coalesce((SELECT nullif(count(DISTINCT worker_id), 0) FROM wage_claim WHERE case_id = c.id),
    c.stated_workers, {NO_NUMBER}) AS workers,
  coalesce((SELECT sum(due_fen - withheld_fen - paid_fen) FROM wage_claim WHERE case_id = c.id),
    c.stated_fen, {NO_NUMBER}) AS amount_fen,
  coalesce((SELECT sum(amount_fen) FROM settlement WHERE case_id = c.id), 0) AS paid_fen,
  coalesce((SELECT CASE WHEN c.stage IN ({_ENDED}) OR NOT json_valid("values") THEN ''
      ELSE json_extract("values", '$.deadline') END FROM paper
    WHERE case_id = c.id AND kind = '{ORDER_KIND}' AND state = 'issued'
    ORDER BY issued_on DESC, id DESC LIMIT 1), '') AS order_due
FROM "case" AS c
  LEFT JOIN employer AS e ON e.id = c.employer_id
  LEFT JOIN project AS p ON p.id = c.project_id
  LEFT JOIN inspector AS l ON l.id = c.lead_id
  LEFT JOIN inspector AS a ON a.id = c.assist_id
"""  # noqa: S608  # these values are constants of this program
_SAID = [column.name for column in case_line.columns if not column.primary_key]
_NAMES = ", ".join(_SAID)
_LINES = f"""
SELECT {_NAMES} FROM (
  SELECT *, CASE amount_fen WHEN {NO_NUMBER} THEN {NO_NUMBER}
    ELSE amount_fen - paid_fen END AS owing_fen
  FROM ({_SELECT} %s)) WHERE true
"""  # noqa: S608  # only names of our own columns
_INSERT = f"INSERT INTO case_line ({_NAMES}) {_LINES}"
# A line keeps its number: what is changed does not move among its equals.
_SAME = ", ".join(f"{name} = excluded.{name}" for name in _SAID)
_RENEW = f"{_INSERT} ON CONFLICT (id) DO UPDATE SET {_SAME}"
_WITH_NAME = {
    "employer": 'SELECT id FROM "case" WHERE employer_id = ?',
    "project": 'SELECT id FROM "case" WHERE project_id = ?',
    "inspector": 'SELECT id FROM "case" WHERE lead_id = ?1 OR assist_id = ?1',
}
_PARTS = ("wage_claim", "settlement", "paper")
MANY = 2_000


def _touched(connection: Connection, ops: Sequence[Op]) -> Iterable[str]:
    for op in ops:
        if op.t == "case":
            yield op.id
        elif op.t in _PARTS:
            yield from (one for one in (op.root, *op.c.get("case_id", ())) if one)
        elif op.t in _WITH_NAME and "name" in op.c:
            yield from connection.exec_driver_sql(_WITH_NAME[op.t], (op.id,)).scalars()


def refresh(connection: Connection, ops: Sequence[Op]) -> None:
    """Make the lines of the touched cases anew."""
    ids = json.dumps(list(dict.fromkeys(_touched(connection, ops))))
    if ids == "[]":
        return
    chosen = "IN (SELECT value FROM json_each(?))"
    gone = f'DELETE FROM case_line WHERE id {chosen} AND id NOT IN (SELECT id FROM "case")'  # noqa: S608  # constant
    connection.exec_driver_sql(gone, (ids,))
    connection.exec_driver_sql(_RENEW % f"WHERE c.id {chosen}", (ids,))


def are_many(connection: Connection) -> bool:
    """Whether there are so many cases that it pays to do things side by side and in order."""
    query = f'SELECT count(*) FROM (SELECT 1 FROM "case" LIMIT {MANY})'  # noqa: S608  # constant
    return bool(connection.exec_driver_sql(query).scalar_one() == MANY)


def rebuild(connection: Connection) -> None:
    """Make all lines anew, and the table as this program wants it.

    The indexes come last: row by row they are written to all over the place; sorted, from left to
    right.
    """
    connection.exec_driver_sql("DROP TABLE IF EXISTS case_line")
    connection.execute(CreateTable(case_line))
    connection.exec_driver_sql(_INSERT % "")
    for index in sorted(case_line.indexes, key=lambda one: str(one.name)):
        connection.execute(CreateIndex(index))


def wrong(connection: Connection) -> list[str]:
    """Ids of cases whose line is not what it should be; empty when all is well."""
    want, have = _LINES % "", f"SELECT {_NAMES} FROM case_line"  # noqa: S608  # constant
    query = f"SELECT id FROM ({want} EXCEPT {have}) UNION SELECT id FROM ({have} EXCEPT {want})"  # noqa: S608  # constant
    return list(connection.exec_driver_sql(query).scalars())
