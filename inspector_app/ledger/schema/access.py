"""Tables of looks at covered data, and of steps of the trail whose personal data were purged."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from inspector_app.domain.access import About, AccessWay
from inspector_app.ledger.schema.columns import (
    count,
    later,
    line,
    many,
    metadata,
    root_table,
    word,
)

access_entry = root_table(
    "access_entry",
    *later(
        6,
        word("way", AccessWay, group="look"),
        word("about", About, group="look"),
        line("about_id", group="look"),
        line("person_id", group="look"),
        many("fields", group="look"),
        count("persons", group="look"),
        line("why", group="look"),
        line("at", group="look"),
        line("by_id", group="look"),
        line("by_name", group="look"),
    ),
)
Index(None, access_entry.c.about_id)
Index(None, access_entry.c.at, access_entry.c.id)

# A step whose ops no longer say what they said: `sha` is the hash of what they say now. The step
# `by_seq` that purged it names the hash over all its rows here, so that the chain vouches for it.
purged_step = Table(
    "purged_step",
    metadata,
    Column("seq", Integer, ForeignKey("changeset.seq"), primary_key=True, autoincrement=False),
    Column("by_seq", Integer, primary_key=True, autoincrement=False),
    Column("sha", Text, nullable=False),
    sqlite_strict=True,
)
# While `purging` stands in sync_state (inside one transaction) ops may be rewritten.
PURGING = "purging"
