"""Tables of what the bureau adds to the law: choices, bands, calendar years, texts, packs."""

from sqlalchemy import CheckConstraint, Index

from inspector_app.ledger.schema.columns import (
    APART,
    child_table,
    count,
    day,
    filled,
    inside,
    line,
    many,
    root_table,
)

rule_choice = root_table(
    "rule_choice",
    filled("rule", group="choice"),
    filled("field", group="choice"),
    line("value", group="choice"),
    line("why", group="choice"),
    day("decided_on", group="choice"),
    line("decided_by", group="choice"),
)
Index(
    "uq_rule_choice",
    rule_choice.c.scope,
    rule_choice.c.rule,
    rule_choice.c.field,
    info=APART,
)

discretion_band = root_table(
    "discretion_band",
    filled("violation", group="band"),
    filled("name", group="band"),
    line("condition", group="band"),
    count("low_fen", group="band"),
    count("high_fen", group="band"),
    day("effective_from", group="band"),
    count("person_low_fen", null=True, group="band"),
    count("person_high_fen", null=True, group="band"),
    line("source", group="band"),
    CheckConstraint("low_fen <= high_fen", name="range"),
)
Index(None, discretion_band.c.violation)

calendar_year = root_table(
    "calendar_year",
    count("year", group="notice"),
    line("source", group="notice"),
    many("holidays", group="notice"),
    many("workdays", group="notice"),
)
Index("uq_calendar_year", calendar_year.c.scope, calendar_year.c.year, info=APART)

statute_text = root_table(
    "statute_text",
    line("short", group="text"),
    filled("title", group="text"),
    line("source", group="text"),
    filled("sha256", group="text"),
    day("imported_on", group="text"),
    day("effective_from", null=True, group="text"),
    line("note"),
)
Index(None, statute_text.c.short)

statute_article = child_table(
    "statute_article",
    inside("text_id", "statute_text"),
    count("order", group="article"),
    count("article", group="article"),
    line("sub", group="article"),
    line("chapter", group="article"),
    line("body", group="article"),
    roots=(("text_id", "statute_text"),),
)
Index(None, statute_article.c.text_id, statute_article.c.order)

law_pack = root_table(
    "law_pack",
    filled("version", group="pack"),
    day("effective_from", group="pack"),
    filled("sha256", group="pack"),
    day("accepted_on", group="pack"),
    line("accepted_by", group="pack"),
    line("note"),
)
Index("uq_law_pack_version", law_pack.c.scope, law_pack.c.version, info=APART)
