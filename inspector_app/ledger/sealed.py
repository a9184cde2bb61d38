"""What a first load leaves in the trail: of each row a hash, not its content again."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from json.encoder import encode_basestring as _quoted

from sqlalchemy import Table

from inspector_app.ledger.changes import Cells, OpLine, sha
from inspector_app.ledger.schema import business_columns

LOAD = "load"
Root = tuple[str, str]
_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@cache
def names(table: Table, schema: int) -> tuple[str, ...]:
    """The columns a program of that schema knows, in an order that does not change."""
    known = (c.name for c in business_columns(table) if c.info.get("since", 1) <= schema)
    return tuple(sorted(known))


def seal(values: Sequence[object]) -> str:
    """The hash of a row's values in the order of `names`."""
    return sha(_text(values))


def lines(
    table: str,
    scope: str,
    schema: int,
    rows: Iterable[tuple[str, Root, Sequence[object]]],
) -> Iterator[OpLine]:
    """The ops of loaded rows (id, aggregate, values): the wire form of any op, cells left out."""
    start, middle = _text({"t": table})[:-1], _text({"scope": scope, "k": LOAD})[1:-1]
    end = f'{middle},"c":{{}},"gb":{{}},"schema":{schema:d},"sha":"'
    for row_id, (kind, root), values in rows:
        own = f'"id":{_quoted(row_id)},"root":{_quoted(root)},"root_type":{_quoted(kind)}'
        yield OpLine(table, kind, root, f'{start},{own},{end}{seal(values)}"}}')


def holds(table: Table, op: Mapping[str, object], loaded: Cells) -> bool:
    """Whether this is the content that was loaded."""
    schema = op["schema"]
    known = names(table, schema) if isinstance(schema, int) else ()
    return all(name in loaded for name in known) and op["sha"] == seal(
        [loaded[name] for name in known]
    )
