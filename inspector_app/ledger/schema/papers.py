"""Tables of papers (drafts and issued ones) and of the register of their numbers."""

from sqlalchemy import CheckConstraint, Index, text

from inspector_app.domain.papers import NumberState, PaperState
from inspector_app.ledger.schema.columns import (
    APART,
    child_table,
    count,
    day,
    filled,
    inside,
    line,
    many,
    maybe_line,
    root_table,
    word,
)

# What a paper became is one legal fact: state, number, date and file are one merge group.
paper = child_table(
    "paper",
    inside("case_id", "case", null=True),
    inside("inspection_id", "inspection", null=True),
    filled("kind", group="content"),
    line("form_version", group="content"),
    line("values", group="content", pii=True),
    word("state", PaperState, group="state"),
    line("number", group="state"),
    day("issued_on", null=True, group="state"),
    line("issued_by", group="state"),
    line("sha256", group="state"),
    count("pages", group="state"),
    many("fonts", group="state"),
    line("void_reason", group="state"),
    day("voided_on", null=True, group="state"),
    CheckConstraint("case_id IS NOT NULL OR inspection_id IS NOT NULL", name="belongs"),
    CheckConstraint(
        "state = 'draft' OR (issued_on IS NOT NULL AND sha256 <> '')", name="issued_is_complete"
    ),
    CheckConstraint("state <> 'void' OR void_reason <> ''", name="void_has_reason"),
    roots=(("case_id", "case"), ("inspection_id", "inspection")),
)
Index(None, paper.c.case_id)
Index(None, paper.c.inspection_id)
Index(None, paper.c.state, paper.c.issued_on)
Index("uq_paper_number", paper.c.number, info=APART, sqlite_where=text("number <> ''"))

number_entry = root_table(
    "number_entry",
    filled("series", group="number"),
    count("year", group="number"),
    count("no", group="number"),
    word("state", NumberState, group="state"),
    maybe_line("paper_id", group="state"),  # the paper, case or clue that bears the number
    line("reason", group="state"),
    CheckConstraint("no >= 1", name="from_one"),
    CheckConstraint("state <> 'issued' OR paper_id IS NOT NULL", name="issued_has_paper"),
)
Index(
    "uq_number_entry_no",
    number_entry.c.scope,
    number_entry.c.series,
    number_entry.c.year,
    number_entry.c.no,
    info=APART,
)
Index(None, number_entry.c.paper_id)
