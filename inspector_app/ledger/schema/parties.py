"""Tables of employers and of projects with their party chain; no personal data of workers."""

from sqlalchemy import Index

from inspector_app.domain.parties import Investment, PartyRole, ProjectKind
from inspector_app.ledger.schema.columns import (
    across,
    child_table,
    count,
    day,
    filled,
    inside,
    line,
    root_table,
    word,
)

# An employer names one party: who it is changes as a whole or not at all (cli.md).
employer = root_table(
    "employer",
    filled("name", group="employer"),
    line("credit_code", group="employer"),
    line("legal_person", group="employer"),
    line("address", group="address"),
    line("county", group="address"),
    line("phone"),
    line("industry"),
    line("note"),
)
Index(None, employer.c.name, employer.c.id)
Index(None, employer.c.credit_code)
Index(None, employer.c.county, employer.c.id)

project = root_table(
    "project",
    filled("name"),
    line("county", group="address"),
    line("address", group="address"),
    word("kind", ProjectKind),
    word("investment", Investment),
    day("starts_on", null=True, group="period"),
    day("ends_on", null=True, group="period"),
    count("contract_fen", null=True),
    line("note"),
)
Index(None, project.c.name, project.c.id)
Index(None, project.c.county, project.c.id)

project_party = child_table(
    "project_party",
    inside("project_id", "project"),
    across("employer_id", "employer", group="employer"),
    word("role", PartyRole, group="employer"),
    line("contact", group="contact", pii=True),
    line("phone", group="contact", pii=True),
    count("order"),
    roots=(("project_id", "project"),),
)
Index(None, project_party.c.project_id, project_party.c.order)
Index(None, project_party.c.employer_id)
