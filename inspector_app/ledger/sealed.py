"""What a first load leaves in the trail: of each row a hash, not its content again."""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from json.encoder import encode_basestring as _quoted

from sqlalchemy import Table

from inspector_app.ledger.changes import Cells, sha
from inspector_app.ledger.schema import business_columns

LOAD = "load"
REVISION = "row_rev"
Root = tuple[str, str]
_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_spaced = json.JSONEncoder(ensure_ascii=False).encode


@cache
def names(table: Table, schema: int) -> tuple[str, ...]:
    """The columns a program of that schema knows, in an order that does not change: that of jsonb,
    so that a row mostly is sealed as it came."""
    known = (c.name for c in business_columns(table) if c.info.get("since", 1) <= schema)
    return tuple(sorted(known, key=lambda name: (len(name), name)))


def line(cells: Cells, known: Sequence[str], revision: int) -> str:
    """A row as the shared database writes it: its revision, then the columns in this order."""
    return _spaced({REVISION: revision, **{name: cells[name] for name in known}})


def ops(
    table: str,
    scope: str,
    schema: int,
    roots: Sequence[Root],
    rows: Sequence[Cells],
    lines: Sequence[str],
) -> Iterator[str]:
    """The texts of the ops of loaded rows, side by side with their aggregates and their lines: the
    wire form of any op, cells left out."""
    start, middle = _text({"t": table})[:-1], _text({"scope": scope, "k": LOAD})[1:-1]
    head = f'{middle},"c":{{}},"gb":{{}},"schema":{schema:d},"rev":'
    for (kind, root), row, said in zip(roots, rows, lines, strict=True):
        own = f'"id":{_quoted(row["id"])},"root":{_quoted(root)},"root_type":{_quoted(kind)}'
        yield f'{start},{own},{head}{row[REVISION]:d},"sha":"{sha(said)}"}}'


def holds(table: Table, op: Mapping[str, object], loaded: Cells) -> bool:
    """Whether this is the content that was loaded."""
    schema, revision = op["schema"], op["rev"]
    known = names(table, schema) if isinstance(schema, int) else ()
    return (
        isinstance(revision, int)
        and all(name in loaded for name in known)
        and op["sha"] == sha(line(loaded, known, revision))
    )
