"""What was changed on two PCs while apart, and who has looked at it (see domain.looks)."""

from sqlalchemy import Index

from inspector_app.ledger.schema.columns import child_table, day, inside, later, line, many

case_look = child_table(
    "case_look",
    inside("case_id", "case"),
    *later(
        8,
        line("found_id", group="look"),
        line("by_name", group="look"),
        day("on", group="look"),
        many("own_facts", group="look"),
        many("other_facts", group="look"),
    ),
    roots=(("case_id", "case"),),
)
Index(None, case_look.c.case_id)
