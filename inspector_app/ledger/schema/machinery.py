"""Tables the ledger keeps for itself: the trail of changes, captured rows, read lines, search."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from inspector_app.ledger.schema.columns import metadata

meta = Table(
    "meta",
    metadata,
    Column("key", Text, primary_key=True, nullable=False),
    Column("value", Text, nullable=False),
    sqlite_strict=True,
)

# Filled by triggers, emptied when a unit of work packs its changeset.
capture = Table(
    "capture",
    metadata,
    Column("n", Integer, primary_key=True, autoincrement=True),
    Column("t", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("old", Text, nullable=True),
    Column("new", Text, nullable=True),
    sqlite_strict=True,
)

# Append-only (triggers refuse the rest). `ops_sha` is chained instead of the ops, so that personal
# data can one day be erased from them by law without breaking the chain.
changeset = Table(
    "changeset",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("undo_of", Text, nullable=True),
    Column("scopes", Text, nullable=False),
    Column("ops_sha", Text, nullable=False),
    Column("prev_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
    sqlite_strict=True,
)
Index("ix_changeset_undo_of", changeset.c.undo_of)

# The ops of a changeset in their order, one row each: the way from a case to its history does not
# lead through the other rows of a big import. `op` is the wire form; the other columns repeat it.
change_op = Table(
    "change_op",
    metadata,
    Column("seq", Integer, ForeignKey("changeset.seq"), primary_key=True, autoincrement=False),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("t", Text, nullable=False),
    Column("root_type", Text, nullable=False),
    Column("root_id", Text, nullable=False),
    Column("op", Text, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
Index(None, change_op.c.root_id, change_op.c.seq)

# One narrow line a case for lists and sums. Derived: rebuilt from the business tables at any time,
# compared with them by check(). '' and NO_NUMBER stand for "none": keyset paging cannot use NULL.
# Lines that are equal in what a list is sorted by stand as they came here: their number is in every
# index anyhow, while an id in each would make up most of what the lists take on the disk.
case_line = Table(
    "case_line",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("case_no", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("cause", Text, nullable=False),
    Column("employer_id", Text, nullable=False),
    Column("employer_name", Text, nullable=False),
    Column("project_id", Text, nullable=False),
    Column("project_name", Text, nullable=False),
    Column("received_on", Text, nullable=False),
    Column("filed_on", Text, nullable=False),
    Column("closed_on", Text, nullable=False),
    Column("lead_id", Text, nullable=False),
    Column("lead_name", Text, nullable=False),
    Column("assist_name", Text, nullable=False),
    Column("workers", Integer, nullable=False),
    Column("amount_fen", Integer, nullable=False),
    Column("paid_fen", Integer, nullable=False),
    Column("owing_fen", Integer, nullable=False),
    Column("order_due", Text, nullable=False),
    sqlite_strict=True,
)
NO_NUMBER = -(10**15)
SORTABLE_CASE = (
    "case_no",
    "scope",
    "stage",
    "source",
    "cause",
    "employer_name",
    "project_name",
    "received_on",
    "filed_on",
    "closed_on",
    "lead_name",
    "workers",
    "amount_fen",
    "paid_fen",
    "owing_fen",
    "order_due",
)
for _name in SORTABLE_CASE:
    Index(None, case_line.c[_name])
Index(None, case_line.c.employer_id)
Index(None, case_line.c.project_id)
Index(None, case_line.c.stage, case_line.c.filed_on)
# Sums over a filtered list read this index alone.
Index(
    "ix_case_line_sums",
    *(case_line.c[name] for name in ("stage", "scope", "source", "cause", "lead_id", "filed_on")),
    *(case_line.c[name] for name in ("workers", "amount_fen", "paid_fen", "owing_fen")),
)

# What the full-text table knows: its rowid is `n`.
search_entry = Table(
    "search_entry",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("key", Text, nullable=False),
    sqlite_strict=True,
)
Index("uq_search_entry_id", search_entry.c.kind, search_entry.c.id, unique=True)
