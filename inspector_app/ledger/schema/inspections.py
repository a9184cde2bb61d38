"""Tables of the inspection aggregate and of evidence files."""

from sqlalchemy import CheckConstraint, Index

from inspector_app.domain.inspections import Answer, InspectionKind
from inspector_app.ledger.schema.columns import (
    APART,
    across,
    child_table,
    count,
    day,
    filled,
    flag,
    inside,
    line,
    many,
    root_table,
    word,
)

inspection = root_table(
    "inspection",
    filled("checklist_id", group="checklist"),
    line("checklist_version", group="checklist"),
    word("kind", InspectionKind),
    day("on"),
    across("employer_id", "employer", null=True, group="object"),
    across("project_id", "project", null=True, group="object"),
    across("case_id", "case", null=True),
    line("place"),
    line("arrived_at", group="time"),
    line("left_at", group="time"),
    many("inspector_ids", ref="inspector"),
    line("host", group="host", pii=True),
    line("host_title", group="host"),
    line("opinion"),
    flag("finished"),
)
Index(None, inspection.c.on, inspection.c.id)
Index(None, inspection.c.employer_id)
Index(None, inspection.c.project_id)
Index(None, inspection.c.case_id)

item_answer = child_table(
    "item_answer",
    inside("inspection_id", "inspection"),
    filled("item_id"),
    word("answer", Answer),
    line("note"),
    roots=(("inspection_id", "inspection"),),
)
Index(
    "uq_item_answer_inspection_id_item_id",
    item_answer.c.inspection_id,
    item_answer.c.item_id,
    info=APART,
)

evidence = child_table(
    "evidence",
    filled("sha256", group="file"),
    line("name", group="file"),
    line("media_type", group="file"),
    count("size", group="file"),
    day("added_on"),
    inside("inspection_id", "inspection", null=True),
    inside("case_id", "case", null=True),
    line("item_id"),
    line("note"),
    CheckConstraint("inspection_id IS NOT NULL OR case_id IS NOT NULL", name="belongs"),
    roots=(("inspection_id", "inspection"), ("case_id", "case")),
)
Index(None, evidence.c.inspection_id)
Index(None, evidence.c.case_id)
Index(None, evidence.c.sha256)
