"""Tables of the exchange with the shared database: what was delivered, received, still disputed."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
)

from inspector_app.ledger.schema.columns import metadata

# Key and value: the device's name in the exchange, what is to be fetched again, and the like.
# While `receiving` stands here (inside one transaction) the guards let the shared state in.
sync_state = Table(
    "sync_state",
    metadata,
    Column("key", Text, primary_key=True, nullable=False),
    Column("value", Text, nullable=False),
    sqlite_strict=True,
)
RECEIVING = "receiving"

# Up to which point of a scope's history this ledger knows it.
sync_cursor = Table(
    "sync_cursor",
    metadata,
    Column("scope", Text, primary_key=True, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("hash", Text, nullable=False),
    sqlite_strict=True,
)

# One row a delivery, numbered without gaps from 1 on; held parts wait under a negative number.
# The ops are those of the trail (changeset `seq`, places `first` to `last`, of that scope); `ops`
# says what the trail does not: a resolution. Rows stay: they repair a restored server.
sync_out = Table(
    "sync_out",
    metadata,
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, nullable=False),
    Column("part", Integer, nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("id", Text, nullable=False, unique=True),
    Column("scope", Text, nullable=False),
    Column("ops", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("receipt", Text, nullable=False),
    Column("at", Text, nullable=False),
    CheckConstraint("state IN ('queued', 'acked', 'rejected', 'held', 'dropped')", name="state"),
    CheckConstraint("(n > 0) = (state <> 'held')", name="number"),
    sqlite_strict=True,
)
Index(None, sync_out.c.state, sync_out.c.n)
Index(None, sync_out.c.seq)

# Changesets that came from the shared database: never delivered, never undone.
sync_in = Table(
    "sync_in",
    metadata,
    Column("seq", Integer, ForeignKey("changeset.seq"), primary_key=True, autoincrement=False),
    sqlite_strict=True,
)

# The conflicts of the aggregates held here, as the server has them; both values stay for ever.
sync_conflict = Table(
    "sync_conflict",
    metadata,
    Column("id", Text, primary_key=True, nullable=False),
    Column("scope", Text, nullable=False),
    Column("root_type", Text, nullable=False),
    Column("root_id", Text, nullable=False),
    Column("t", Text, nullable=False),
    Column("row_id", Text, nullable=False),
    Column("grp", Text, nullable=False),
    Column("base", Text, nullable=False),
    Column("theirs", Text, nullable=False),
    Column("mine", Text, nullable=False),
    Column("mine_by", Text, nullable=False),
    Column("theirs_by", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("resolution", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("resolved_by", Text, nullable=False),
    CheckConstraint("state IN ('open', 'resolved')", name="state"),
    sqlite_strict=True,
)
Index(None, sync_conflict.c.root_id)
Index(None, sync_conflict.c.state, sync_conflict.c.at)

# What is known of a file an aggregate names; what nobody looked into yet has no row. Which files
# there are is never written here: the business rows name them. `wanted`: a person asked for it.
sync_file = Table(
    "sync_file",
    metadata,
    Column("root_id", Text, primary_key=True, nullable=False),
    Column("sha256", Text, primary_key=True, nullable=False),
    Column("state", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("why", Text, nullable=False),
    Column("wanted", Integer, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("again", Text, nullable=False),
    CheckConstraint("state IN ('there', 'absent', 'trouble')", name="state"),
    sqlite_strict=True,
)
Index(None, sync_file.c.sha256)

# What arrived of a file that is not whole yet; here, so that it is sealed as the ledger is.
sync_piece = Table(
    "sync_piece",
    metadata,
    Column("sha256", Text, primary_key=True, nullable=False),
    Column("start", Integer, primary_key=True, autoincrement=False),
    Column("data", LargeBinary, nullable=False),
    sqlite_strict=True,
)

# What a colleague handed over in a file: to be read here, and to be carried to the shared database.
sync_parcel = Table(
    "sync_parcel",
    metadata,
    Column("id", Text, primary_key=True, nullable=False),
    Column("who", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("copy", Text, nullable=False),
    Column("sealed", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("state", Text, nullable=False),
    CheckConstraint("state IN ('waiting', 'carried', 'done')", name="state"),
    sqlite_strict=True,
)
