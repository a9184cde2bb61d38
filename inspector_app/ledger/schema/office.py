"""Tables of the office itself: inspectors, settings, campaigns, funds, saved views and mappings."""

from sqlalchemy import Index

from inspector_app.ledger.schema.columns import APART, day, filled, flag, later, line, root_table

inspector = root_table(
    "inspector",
    filled("name", group="person"),
    line("certificate", group="person"),
    line("department"),
    line("title"),
    line("phone", pii=True),
    flag("active"),
    *later(2, flag("leader")),
    *later(6, flag("no_casework"), flag("reviewer"), flag("administrator"), flag("auditor")),
)
Index(None, inspector.c.name)

setting = root_table("setting", filled("key"), line("value"))
Index("uq_setting_key", setting.c.scope, setting.c.key, info=APART)

campaign = root_table(
    "campaign",
    filled("name"),
    day("starts_on", group="period"),
    day("ends_on", null=True, group="period"),
    line("note"),
)
Index(None, campaign.c.starts_on)

fund = root_table("fund", filled("name"), day("opened_on"), line("note"))

template = root_table(
    "template",
    filled("kind", group="template"),
    filled("version", group="template"),
    day("effective_from", group="template"),
    filled("form", group="template"),
)
Index("uq_template_version", template.c.scope, template.c.kind, template.c.version, info=APART)

saved_view = root_table(
    "saved_view", filled("page", group="view"), filled("name", group="view"), line("query")
)
Index("uq_saved_view_name", saved_view.c.scope, saved_view.c.page, saved_view.c.name, info=APART)

import_mapping = root_table(
    "import_mapping",
    filled("kind", group="source"),
    line("name"),
    filled("header_key", group="source"),
    line("mapping"),
)
Index(None, import_mapping.c.kind, import_mapping.c.header_key)
