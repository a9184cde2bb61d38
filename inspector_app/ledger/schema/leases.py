"""Numbers this PC holds on lease from the shared database: only these may be issued offline."""

from sqlalchemy import CheckConstraint, Column, Index, Integer, Table, Text

from inspector_app.ledger.schema.columns import metadata

# One row a number that no paper, case or clue bears yet; it goes in the transaction that enters the
# number in the register. `returning`: it goes back with the next exchange and is not issued.
number_lease = Table(
    "number_lease",
    metadata,
    Column("scope", Text, primary_key=True, nullable=False),
    Column("series", Text, primary_key=True, nullable=False),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("no", Integer, primary_key=True, autoincrement=False),
    Column("device", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("at", Text, nullable=False),
    CheckConstraint("state IN ('free', 'returning')", name="state"),
    sqlite_strict=True,
)
Index(None, number_lease.c.state)
