"""Tables of the case aggregate: the case, its workers, claims, settlements, services, to-dos."""

from sqlalchemy import Index, text

from inspector_app.domain.cases import Source, Stage
from inspector_app.domain.claims import Payer
from inspector_app.domain.office import TodoOrigin
from inspector_app.domain.papers import ServiceMethod
from inspector_app.ledger.schema.columns import (
    APART,
    across,
    child_table,
    count,
    day,
    filled,
    inside,
    later,
    line,
    many,
    month,
    root_table,
    word,
)

_OF_CASE = (("case_id", "case"),)

case = root_table(
    "case",
    line("case_no"),
    word("stage", Stage, group="stage"),
    day("filed_on", null=True, group="stage"),
    day("closed_on", null=True, group="stage"),
    line("closing_note", group="stage"),
    word("source", Source),
    line("cause"),
    across("employer_id", "employer", group="employer"),
    across("project_id", "project", null=True),
    across("clue_id", "clue", null=True),
    day("received_on"),
    across("lead_id", "inspector", null=True, group="handlers"),
    across("assist_id", "inspector", null=True, group="handlers"),
    line("leader"),
    count("stated_workers", null=True, group="money"),
    count("stated_fen", null=True, group="money"),
    line("stated_amount", group="money"),
    line("facts"),
    line("note"),
    line("import_key"),
)
Index(None, case.c.import_key)
Index(None, case.c.employer_id)
Index(None, case.c.project_id)
Index(None, case.c.clue_id)
Index(None, case.c.lead_id)
Index(None, case.c.assist_id)
Index(
    "uq_case_case_no", case.c.city, case.c.case_no, info=APART, sqlite_where=text("case_no <> ''")
)

worker = child_table(
    "worker",
    inside("case_id", "case"),
    filled("name", group="person", pii=True),
    line("trade"),
    line("crew"),
    count("order"),
    roots=_OF_CASE,
)
Index(None, worker.c.case_id, worker.c.order)
Index(None, worker.c.name)

worker_private = child_table(
    "worker_private",
    inside("case_id", "case"),
    line("id_number", group="person", pii=True),
    line("phone", pii=True),
    line("bank", group="account", pii=True),
    line("bank_card", group="account", pii=True),
    roots=_OF_CASE,
    same_id="worker",
)
Index(None, worker_private.c.case_id)
Index(None, worker_private.c.id_number)

wage_claim = child_table(
    "wage_claim",
    inside("case_id", "case"),
    inside("worker_id", "worker"),
    count("due_fen", group="money"),
    count("paid_fen", group="money"),
    count("withheld_fen", group="money"),
    month("period_from", group="period"),
    month("period_to", group="period"),
    line("note"),
    roots=_OF_CASE,
)
Index(None, wage_claim.c.case_id)
Index(None, wage_claim.c.worker_id)

settlement = child_table(
    "settlement",
    inside("case_id", "case"),
    inside("claim_id", "wage_claim"),
    count("amount_fen", group="money"),
    day("paid_on", group="money"),
    word("payer", Payer, group="money"),
    line("voucher"),
    roots=_OF_CASE,
)
Index(None, settlement.c.case_id)
Index(None, settlement.c.claim_id)

service = child_table(
    "service",
    inside("case_id", "case"),
    many("paper_ids", ref="paper"),
    word("method", ServiceMethod, group="service"),
    day("served_on", group="service"),
    line("receiver", group="service", pii=True),
    line("relation", group="service"),
    line("place"),
    line("witness", pii=True),
    line("note"),
    *later(
        2,
        line("video", group="proof"),
        line("waybill", group="proof"),
        line("consent", group="proof"),
        line("entrusted_to", group="proof"),
        line("media", group="proof"),
        line("reason"),
    ),
    *later(4, line("party", group="service", pii=True)),
    roots=_OF_CASE,
)
Index(None, service.c.case_id, service.c.served_on)

# One step is one legal fact: what, when, by whom and to what end change together.
case_event = child_table(
    "case_event",
    inside("case_id", "case"),
    filled("step", group="step"),
    day("on", group="step"),
    line("at", group="step"),
    day("until", null=True, group="step"),
    many("rules", group="step"),
    many("codes", group="step"),
    line("outcome", group="step"),
    line("approver", group="step"),
    line("people", group="step"),
    count("amount_fen", null=True, group="step"),
    count("person_fen", null=True, group="step"),
    line("paper_kind", group="step"),
    line("number", group="step"),
    line("note"),
    line("from_stage", group="step"),
    line("to_stage", group="step"),
    many("overridden", group="override"),
    line("override_by", group="override"),
    line("override_why", group="override"),
    roots=_OF_CASE,
)
Index(None, case_event.c.case_id, case_event.c.on)

todo = child_table(
    "todo",
    inside("case_id", "case"),
    filled("title"),
    day("due_on"),
    word("origin", TodoOrigin),
    day("done_on", null=True),
    across("paper_id", "paper", null=True),
    *later(4, line("party", pii=True)),
    roots=_OF_CASE,
)
Index(None, todo.c.case_id)
Index(None, todo.c.due_on, todo.c.done_on)
Index(None, todo.c.paper_id)
