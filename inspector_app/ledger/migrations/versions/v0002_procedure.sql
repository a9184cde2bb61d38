CREATE TABLE calendar_year (
    id TEXT NOT NULL,
    year INTEGER NOT NULL CONSTRAINT ck_calendar_year_year CHECK ("year" >= 0),
    source TEXT NOT NULL,
    holidays TEXT NOT NULL CONSTRAINT ck_calendar_year_holidays CHECK (json_valid("holidays")),
    workdays TEXT NOT NULL CONSTRAINT ck_calendar_year_workdays CHECK (json_valid("workdays")),
    scope TEXT NOT NULL CONSTRAINT ck_calendar_year_scope CHECK ("scope" <> ''),
    city TEXT NOT NULL CONSTRAINT ck_calendar_year_city CHECK ("city" <> ''),
    row_rev INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id)
)
 STRICT;
CREATE UNIQUE INDEX uq_calendar_year ON calendar_year (scope, year);
CREATE TABLE case_event (
    id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    step TEXT NOT NULL CONSTRAINT ck_case_event_step CHECK ("step" <> ''),
    "on" TEXT NOT NULL CONSTRAINT ck_case_event_on CHECK ("on" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    at TEXT NOT NULL,
    until TEXT CONSTRAINT ck_case_event_until CHECK ("until" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    rules TEXT NOT NULL CONSTRAINT ck_case_event_rules CHECK (json_valid("rules")),
    codes TEXT NOT NULL CONSTRAINT ck_case_event_codes CHECK (json_valid("codes")),
    outcome TEXT NOT NULL,
    approver TEXT NOT NULL,
    people TEXT NOT NULL,
    amount_fen INTEGER CONSTRAINT ck_case_event_amount_fen CHECK ("amount_fen" >= 0),
    person_fen INTEGER CONSTRAINT ck_case_event_person_fen CHECK ("person_fen" >= 0),
    paper_kind TEXT NOT NULL,
    number TEXT NOT NULL,
    note TEXT NOT NULL,
    from_stage TEXT NOT NULL,
    to_stage TEXT NOT NULL,
    overridden TEXT NOT NULL CONSTRAINT ck_case_event_overridden CHECK (json_valid("overridden")),
    override_by TEXT NOT NULL,
    override_why TEXT NOT NULL,
    city TEXT NOT NULL,
    row_rev INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT fk_case_event_case_id FOREIGN KEY(case_id) REFERENCES "case" (id)
)
 STRICT;
CREATE INDEX ix_case_event_case_id_on ON case_event (case_id, "on");
CREATE TABLE discretion_band (
    id TEXT NOT NULL,
    violation TEXT NOT NULL CONSTRAINT ck_discretion_band_violation CHECK ("violation" <> ''),
    name TEXT NOT NULL CONSTRAINT ck_discretion_band_name CHECK ("name" <> ''),
    condition TEXT NOT NULL,
    low_fen INTEGER NOT NULL CONSTRAINT ck_discretion_band_low_fen CHECK ("low_fen" >= 0),
    high_fen INTEGER NOT NULL CONSTRAINT ck_discretion_band_high_fen CHECK ("high_fen" >= 0),
    effective_from TEXT NOT NULL CONSTRAINT ck_discretion_band_effective_from CHECK ("effective_from" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    person_low_fen INTEGER CONSTRAINT ck_discretion_band_person_low_fen CHECK ("person_low_fen" >= 0),
    person_high_fen INTEGER CONSTRAINT ck_discretion_band_person_high_fen CHECK ("person_high_fen" >= 0),
    source TEXT NOT NULL,
    scope TEXT NOT NULL CONSTRAINT ck_discretion_band_scope CHECK ("scope" <> ''),
    city TEXT NOT NULL CONSTRAINT ck_discretion_band_city CHECK ("city" <> ''),
    row_rev INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT ck_discretion_band_range CHECK (low_fen <= high_fen)
)
 STRICT;
CREATE INDEX ix_discretion_band_violation ON discretion_band (violation);
CREATE TABLE law_pack (
    id TEXT NOT NULL,
    version TEXT NOT NULL CONSTRAINT ck_law_pack_version CHECK ("version" <> ''),
    effective_from TEXT NOT NULL CONSTRAINT ck_law_pack_effective_from CHECK ("effective_from" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    sha256 TEXT NOT NULL CONSTRAINT ck_law_pack_sha256 CHECK ("sha256" <> ''),
    accepted_on TEXT NOT NULL CONSTRAINT ck_law_pack_accepted_on CHECK ("accepted_on" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    accepted_by TEXT NOT NULL,
    note TEXT NOT NULL,
    scope TEXT NOT NULL CONSTRAINT ck_law_pack_scope CHECK ("scope" <> ''),
    city TEXT NOT NULL CONSTRAINT ck_law_pack_city CHECK ("city" <> ''),
    row_rev INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id)
)
 STRICT;
CREATE UNIQUE INDEX uq_law_pack_version ON law_pack (scope, version);
CREATE TABLE rule_choice (
    id TEXT NOT NULL,
    rule TEXT NOT NULL CONSTRAINT ck_rule_choice_rule CHECK ("rule" <> ''),
    field TEXT NOT NULL CONSTRAINT ck_rule_choice_field CHECK ("field" <> ''),
    value TEXT NOT NULL,
    why TEXT NOT NULL,
    decided_on TEXT NOT NULL CONSTRAINT ck_rule_choice_decided_on CHECK ("decided_on" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    decided_by TEXT NOT NULL,
    scope TEXT NOT NULL CONSTRAINT ck_rule_choice_scope CHECK ("scope" <> ''),
    city TEXT NOT NULL CONSTRAINT ck_rule_choice_city CHECK ("city" <> ''),
    row_rev INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id)
)
 STRICT;
CREATE UNIQUE INDEX uq_rule_choice ON rule_choice (scope, rule, field);
CREATE TABLE statute_text (
    id TEXT NOT NULL,
    short TEXT NOT NULL,
    title TEXT NOT NULL CONSTRAINT ck_statute_text_title CHECK ("title" <> ''),
    source TEXT NOT NULL,
    sha256 TEXT NOT NULL CONSTRAINT ck_statute_text_sha256 CHECK ("sha256" <> ''),
    imported_on TEXT NOT NULL CONSTRAINT ck_statute_text_imported_on CHECK ("imported_on" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    effective_from TEXT CONSTRAINT ck_statute_text_effective_from CHECK ("effective_from" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    note TEXT NOT NULL,
    scope TEXT NOT NULL CONSTRAINT ck_statute_text_scope CHECK ("scope" <> ''),
    city TEXT NOT NULL CONSTRAINT ck_statute_text_city CHECK ("city" <> ''),
    row_rev INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id)
)
 STRICT;
CREATE INDEX ix_statute_text_short ON statute_text (short);
CREATE TABLE statute_article (
    id TEXT NOT NULL,
    text_id TEXT NOT NULL,
    "order" INTEGER NOT NULL CONSTRAINT ck_statute_article_order CHECK ("order" >= 0),
    article INTEGER NOT NULL CONSTRAINT ck_statute_article_article CHECK ("article" >= 0),
    sub TEXT NOT NULL,
    chapter TEXT NOT NULL,
    body TEXT NOT NULL,
    city TEXT NOT NULL,
    row_rev INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT fk_statute_article_text_id FOREIGN KEY(text_id) REFERENCES statute_text (id)
)
 STRICT;
CREATE INDEX ix_statute_article_text_id_order ON statute_article (text_id, "order");
CREATE TABLE new_case (
    id TEXT NOT NULL,
    case_no TEXT NOT NULL,
    stage TEXT NOT NULL CONSTRAINT ck_case_stage CHECK ("stage" IN ('Z1', 'Z1a', 'Z1b', 'Z1c', 'Z1d', 'Z2', 'Z3', 'Z4', 'Z5', 'Z6', 'Z7', 'Z7a', 'Z7b', 'Z7c', 'Z7d', 'Z8', 'Z8a', 'Z9', 'Z10', 'Z11', 'Z12', 'Z13', 'Z14')),
    filed_on TEXT CONSTRAINT ck_case_filed_on CHECK ("filed_on" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    closed_on TEXT CONSTRAINT ck_case_closed_on CHECK ("closed_on" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    closing_note TEXT NOT NULL,
    source TEXT NOT NULL CONSTRAINT ck_case_source CHECK ("source" IN ('visit', 'phone', 'letter', '12333', '12345', 'petition', 'national', 'provincial', 'grid', 'media', 'patrol', 'superior', 'transfer', 'other')),
    cause TEXT NOT NULL,
    employer_id TEXT NOT NULL,
    project_id TEXT,
    clue_id TEXT,
    received_on TEXT NOT NULL CONSTRAINT ck_case_received_on CHECK ("received_on" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    lead_id TEXT,
    assist_id TEXT,
    leader TEXT NOT NULL,
    stated_workers INTEGER CONSTRAINT ck_case_stated_workers CHECK ("stated_workers" >= 0),
    stated_fen INTEGER CONSTRAINT ck_case_stated_fen CHECK ("stated_fen" >= 0),
    stated_amount TEXT NOT NULL,
    facts TEXT NOT NULL,
    note TEXT NOT NULL,
    import_key TEXT NOT NULL,
    scope TEXT NOT NULL CONSTRAINT ck_case_scope CHECK ("scope" <> ''),
    city TEXT NOT NULL CONSTRAINT ck_case_city CHECK ("city" <> ''),
    row_rev INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id)
)
 STRICT;
INSERT INTO new_case (id, case_no, stage, filed_on, closed_on, closing_note, source, cause, employer_id, project_id, clue_id, received_on, lead_id, assist_id, leader, stated_workers, stated_fen, stated_amount, facts, note, import_key, scope, city, row_rev)
    SELECT id, case_no, stage, filed_on, closed_on, closing_note, source, cause, employer_id, project_id, clue_id, received_on, lead_id, assist_id, leader, stated_workers, stated_fen, stated_amount, facts, note, import_key, scope, city, row_rev FROM "case";
DROP TABLE "case";
ALTER TABLE new_case RENAME TO "case";
CREATE INDEX ix_case_assist_id ON "case" (assist_id);
CREATE INDEX ix_case_clue_id ON "case" (clue_id);
CREATE INDEX ix_case_employer_id ON "case" (employer_id);
CREATE INDEX ix_case_import_key ON "case" (import_key);
CREATE INDEX ix_case_lead_id ON "case" (lead_id);
CREATE INDEX ix_case_project_id ON "case" (project_id);
CREATE UNIQUE INDEX uq_case_case_no ON "case" (city, case_no) WHERE case_no <> '';
CREATE TABLE new_inspector (
    id TEXT NOT NULL,
    name TEXT NOT NULL CONSTRAINT ck_inspector_name CHECK ("name" <> ''),
    certificate TEXT NOT NULL,
    department TEXT NOT NULL,
    title TEXT NOT NULL,
    phone TEXT NOT NULL,
    active INTEGER NOT NULL CONSTRAINT ck_inspector_active CHECK ("active" IN (0, 1)),
    leader INTEGER NOT NULL CONSTRAINT ck_inspector_leader CHECK ("leader" IN (0, 1)),
    scope TEXT NOT NULL CONSTRAINT ck_inspector_scope CHECK ("scope" <> ''),
    city TEXT NOT NULL CONSTRAINT ck_inspector_city CHECK ("city" <> ''),
    row_rev INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id)
)
 STRICT;
INSERT INTO new_inspector (id, name, certificate, department, title, phone, active, leader, scope, city, row_rev)
    SELECT id, name, certificate, department, title, phone, active, 0, scope, city, row_rev FROM inspector;
DROP TABLE inspector;
ALTER TABLE new_inspector RENAME TO inspector;
CREATE INDEX ix_inspector_name ON inspector (name);
CREATE TABLE new_service (
    id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    paper_ids TEXT NOT NULL CONSTRAINT ck_service_paper_ids CHECK (json_valid("paper_ids")),
    method TEXT NOT NULL CONSTRAINT ck_service_method CHECK ("method" IN ('direct', 'leaving', 'electronic', 'post', 'entrusted', 'publication', 'posting')),
    served_on TEXT NOT NULL CONSTRAINT ck_service_served_on CHECK ("served_on" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    receiver TEXT NOT NULL,
    relation TEXT NOT NULL,
    place TEXT NOT NULL,
    witness TEXT NOT NULL,
    note TEXT NOT NULL,
    video TEXT NOT NULL,
    waybill TEXT NOT NULL,
    consent TEXT NOT NULL,
    entrusted_to TEXT NOT NULL,
    media TEXT NOT NULL,
    reason TEXT NOT NULL,
    city TEXT NOT NULL,
    row_rev INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT fk_service_case_id FOREIGN KEY(case_id) REFERENCES "case" (id)
)
 STRICT;
INSERT INTO new_service (id, case_id, paper_ids, method, served_on, receiver, relation, place, witness, note, video, waybill, consent, entrusted_to, media, reason, city, row_rev)
    SELECT id, case_id, paper_ids, method, served_on, receiver, relation, place, witness, note, '', '', '', '', '', '', city, row_rev FROM service;
DROP TABLE service;
ALTER TABLE new_service RENAME TO service;
CREATE INDEX ix_service_case_id_served_on ON service (case_id, served_on);
