"""Tables of the clue aggregate."""

from sqlalchemy import Index, text

from inspector_app.domain.cases import Source
from inspector_app.domain.clues import ClueState
from inspector_app.ledger.schema.columns import (
    APART,
    across,
    child_table,
    count,
    day,
    flag,
    inside,
    line,
    many,
    month,
    root_table,
    word,
)

clue = root_table(
    "clue",
    line("clue_no"),
    word("source", Source),
    day("received_on"),
    line("employer_name", group="employer"),
    line("credit_code", group="employer"),
    line("employer_address"),
    line("project_name"),
    word("state", ClueState, group="state"),
    across("case_id", "case", null=True, group="state"),
    day("concluded_on", null=True, group="state"),
    line("conclusion", group="state"),
    line("reply"),
    line("outside_no"),
    line("cause"),
    line("statement", pii=True),
    count("workers", null=True, group="money"),
    count("amount_fen", null=True, group="money"),
    line("amount_written", group="money"),
    month("period_from", group="money"),
    month("period_to", group="money"),
    line("import_key"),
    many("flags"),
)
Index(None, clue.c.received_on, clue.c.id)
Index(None, clue.c.clue_no, clue.c.id)
Index(None, clue.c.employer_name, clue.c.id)
Index(None, clue.c.project_name, clue.c.id)
Index(None, clue.c.state, clue.c.received_on, clue.c.id)
Index(None, clue.c.source, clue.c.id)
Index(None, clue.c.import_key)
Index(None, clue.c.outside_no)
Index(None, clue.c.case_id)

clue_person = child_table(
    "clue_person",
    inside("clue_id", "clue"),
    line("name", group="person", pii=True),
    line("id_number", group="person", pii=True),
    line("phone", pii=True),
    line("address", pii=True),
    line("note", pii=True),
    flag("confidential"),
    roots=(("clue_id", "clue"),),
    same_id="clue",
)
Index(None, clue_person.c.clue_id)

# A clue number is given once in a city; a clue that waits for one has none.
Index(
    "uq_clue_clue_no", clue.c.city, clue.c.clue_no, info=APART, sqlite_where=text("clue_no <> ''")
)
