CREATE TABLE campaign (
    id TEXT NOT NULL,
    name TEXT NOT NULL CONSTRAINT ck_campaign_name CHECK ("name" <> ''),
    starts_on TEXT NOT NULL CONSTRAINT ck_campaign_starts_on CHECK ("starts_on" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    ends_on TEXT CONSTRAINT ck_campaign_ends_on CHECK ("ends_on" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    note TEXT NOT NULL,
    scope TEXT NOT NULL CONSTRAINT ck_campaign_scope CHECK ("scope" <> ''),
    city TEXT NOT NULL CONSTRAINT ck_campaign_city CHECK ("city" <> ''),
    row_rev INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id)
)
 STRICT;
CREATE INDEX ix_campaign_starts_on ON campaign (starts_on);
CREATE TABLE capture (
    n INTEGER NOT NULL,
    t TEXT NOT NULL,
    id TEXT NOT NULL,
    old TEXT,
    new TEXT,
    PRIMARY KEY (n)
)
 STRICT;
CREATE TABLE "case" (
    id TEXT NOT NULL,
    case_no TEXT NOT NULL,
    stage TEXT NOT NULL CONSTRAINT ck_case_stage CHECK ("stage" IN ('Z1', 'Z3', 'Z5', 'Z11')),
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
CREATE INDEX ix_case_assist_id ON "case" (assist_id);
CREATE INDEX ix_case_clue_id ON "case" (clue_id);
CREATE INDEX ix_case_employer_id ON "case" (employer_id);
CREATE INDEX ix_case_import_key ON "case" (import_key);
CREATE INDEX ix_case_lead_id ON "case" (lead_id);
CREATE INDEX ix_case_project_id ON "case" (project_id);
CREATE UNIQUE INDEX uq_case_case_no ON "case" (city, case_no) WHERE case_no <> '';
CREATE TABLE case_line (
    id TEXT NOT NULL,
    case_no TEXT NOT NULL,
    scope TEXT NOT NULL,
    stage TEXT NOT NULL,
    source TEXT NOT NULL,
    cause TEXT NOT NULL,
    employer_id TEXT NOT NULL,
    employer_name TEXT NOT NULL,
    project_id TEXT NOT NULL,
    project_name TEXT NOT NULL,
    received_on TEXT NOT NULL,
    filed_on TEXT NOT NULL,
    closed_on TEXT NOT NULL,
    lead_id TEXT NOT NULL,
    lead_name TEXT NOT NULL,
    assist_name TEXT NOT NULL,
    workers INTEGER NOT NULL,
    amount_fen INTEGER NOT NULL,
    paid_fen INTEGER NOT NULL,
    owing_fen INTEGER NOT NULL,
    order_due TEXT NOT NULL,
    PRIMARY KEY (id)
)
 STRICT;
CREATE INDEX ix_case_line_amount_fen_id ON case_line (amount_fen, id);
CREATE INDEX ix_case_line_case_no_id ON case_line (case_no, id);
CREATE INDEX ix_case_line_cause_id ON case_line (cause, id);
CREATE INDEX ix_case_line_closed_on_id ON case_line (closed_on, id);
CREATE INDEX ix_case_line_employer_id ON case_line (employer_id);
CREATE INDEX ix_case_line_employer_name_id ON case_line (employer_name, id);
CREATE INDEX ix_case_line_filed_on_id ON case_line (filed_on, id);
CREATE INDEX ix_case_line_lead_name_id ON case_line (lead_name, id);
CREATE INDEX ix_case_line_order_due_id ON case_line (order_due, id);
CREATE INDEX ix_case_line_owing_fen_id ON case_line (owing_fen, id);
CREATE INDEX ix_case_line_paid_fen_id ON case_line (paid_fen, id);
CREATE INDEX ix_case_line_project_id ON case_line (project_id);
CREATE INDEX ix_case_line_project_name_id ON case_line (project_name, id);
CREATE INDEX ix_case_line_received_on_id ON case_line (received_on, id);
CREATE INDEX ix_case_line_scope_id ON case_line (scope, id);
CREATE INDEX ix_case_line_source_id ON case_line (source, id);
CREATE INDEX ix_case_line_stage_filed_on_id ON case_line (stage, filed_on, id);
CREATE INDEX ix_case_line_stage_id ON case_line (stage, id);
CREATE INDEX ix_case_line_sums ON case_line (stage, scope, source, cause, lead_id, filed_on, workers, amount_fen, paid_fen, owing_fen);
CREATE INDEX ix_case_line_workers_id ON case_line (workers, id);
CREATE TABLE changeset (
    seq INTEGER NOT NULL,
    id TEXT NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    device TEXT NOT NULL,
    action TEXT NOT NULL,
    why TEXT NOT NULL,
    undo_of TEXT,
    scopes TEXT NOT NULL,
    ops_sha TEXT NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (seq),
    CONSTRAINT uq_changeset_id UNIQUE (id)
)
 STRICT;
CREATE INDEX ix_changeset_undo_of ON changeset (undo_of);
CREATE TABLE clue (
    id TEXT NOT NULL,
    clue_no TEXT NOT NULL,
    source TEXT NOT NULL CONSTRAINT ck_clue_source CHECK ("source" IN ('visit', 'phone', 'letter', '12333', '12345', 'petition', 'national', 'provincial', 'grid', 'media', 'patrol', 'superior', 'transfer', 'other')),
    received_on TEXT NOT NULL CONSTRAINT ck_clue_received_on CHECK ("received_on" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    employer_name TEXT NOT NULL,
    credit_code TEXT NOT NULL,
    employer_address TEXT NOT NULL,
    project_name TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT ck_clue_state CHECK ("state" IN ('open', 'filed', 'refused', 'forwarded', 'settled', 'duplicate')),
    case_id TEXT,
    concluded_on TEXT CONSTRAINT ck_clue_concluded_on CHECK ("concluded_on" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    conclusion TEXT NOT NULL,
    reply TEXT NOT NULL,
    outside_no TEXT NOT NULL,
    cause TEXT NOT NULL,
    statement TEXT NOT NULL,
    workers INTEGER CONSTRAINT ck_clue_workers CHECK ("workers" >= 0),
    amount_fen INTEGER CONSTRAINT ck_clue_amount_fen CHECK ("amount_fen" >= 0),
    amount_written TEXT NOT NULL,
    period_from TEXT NOT NULL CONSTRAINT ck_clue_period_from CHECK ("period_from" = '' OR "period_from" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'),
    period_to TEXT NOT NULL CONSTRAINT ck_clue_period_to CHECK ("period_to" = '' OR "period_to" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'),
    import_key TEXT NOT NULL,
    flags TEXT NOT NULL CONSTRAINT ck_clue_flags CHECK (json_valid("flags")),
    scope TEXT NOT NULL CONSTRAINT ck_clue_scope CHECK ("scope" <> ''),
    city TEXT NOT NULL CONSTRAINT ck_clue_city CHECK ("city" <> ''),
    row_rev INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id)
)
 STRICT;
CREATE INDEX ix_clue_case_id ON clue (case_id);
CREATE INDEX ix_clue_clue_no_id ON clue (clue_no, id);
CREATE INDEX ix_clue_employer_name_id ON clue (employer_name, id);
CREATE INDEX ix_clue_import_key ON clue (import_key);
CREATE INDEX ix_clue_outside_no ON clue (outside_no);
CREATE INDEX ix_clue_project_name_id ON clue (project_name, id);
CREATE INDEX ix_clue_received_on_id ON clue (received_on, id);
CREATE INDEX ix_clue_source_id ON clue (source, id);
CREATE INDEX ix_clue_state_received_on_id ON clue (state, received_on, id);
CREATE UNIQUE INDEX uq_clue_clue_no ON clue (city, clue_no) WHERE clue_no <> '';
CREATE TABLE employer (
    id TEXT NOT NULL,
    name TEXT NOT NULL CONSTRAINT ck_employer_name CHECK ("name" <> ''),
    credit_code TEXT NOT NULL,
    legal_person TEXT NOT NULL,
    address TEXT NOT NULL,
    county TEXT NOT NULL,
    phone TEXT NOT NULL,
    industry TEXT NOT NULL,
    note TEXT NOT NULL,
    scope TEXT NOT NULL CONSTRAINT ck_employer_scope CHECK ("scope" <> ''),
    city TEXT NOT NULL CONSTRAINT ck_employer_city CHECK ("city" <> ''),
    row_rev INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id)
)
 STRICT;
CREATE INDEX ix_employer_county_id ON employer (county, id);
CREATE INDEX ix_employer_credit_code ON employer (credit_code);
CREATE INDEX ix_employer_name_id ON employer (name, id);
CREATE TABLE fund (
    id TEXT NOT NULL,
    name TEXT NOT NULL CONSTRAINT ck_fund_name CHECK ("name" <> ''),
    opened_on TEXT NOT NULL CONSTRAINT ck_fund_opened_on CHECK ("opened_on" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    note TEXT NOT NULL,
    scope TEXT NOT NULL CONSTRAINT ck_fund_scope CHECK ("scope" <> ''),
    city TEXT NOT NULL CONSTRAINT ck_fund_city CHECK ("city" <> ''),
    row_rev INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id)
)
 STRICT;
CREATE TABLE import_mapping (
    id TEXT NOT NULL,
    kind TEXT NOT NULL CONSTRAINT ck_import_mapping_kind CHECK ("kind" <> ''),
    name TEXT NOT NULL,
    header_key TEXT NOT NULL CONSTRAINT ck_import_mapping_header_key CHECK ("header_key" <> ''),
    mapping TEXT NOT NULL,
    scope TEXT NOT NULL CONSTRAINT ck_import_mapping_scope CHECK ("scope" <> ''),
    city TEXT NOT NULL CONSTRAINT ck_import_mapping_city CHECK ("city" <> ''),
    row_rev INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id)
)
 STRICT;
CREATE INDEX ix_import_mapping_kind_header_key ON import_mapping (kind, header_key);
CREATE TABLE inspection (
    id TEXT NOT NULL,
    checklist_id TEXT NOT NULL CONSTRAINT ck_inspection_checklist_id CHECK ("checklist_id" <> ''),
    checklist_version TEXT NOT NULL,
    kind TEXT NOT NULL CONSTRAINT ck_inspection_kind CHECK ("kind" IN ('routine', 'special', 'report', 'random', 'follow_up')),
    "on" TEXT NOT NULL CONSTRAINT ck_inspection_on CHECK ("on" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    employer_id TEXT,
    project_id TEXT,
    case_id TEXT,
    place TEXT NOT NULL,
    arrived_at TEXT NOT NULL,
    left_at TEXT NOT NULL,
    inspector_ids TEXT NOT NULL CONSTRAINT ck_inspection_inspector_ids CHECK (json_valid("inspector_ids")),
    host TEXT NOT NULL,
    host_title TEXT NOT NULL,
    opinion TEXT NOT NULL,
    finished INTEGER NOT NULL CONSTRAINT ck_inspection_finished CHECK ("finished" IN (0, 1)),
    scope TEXT NOT NULL CONSTRAINT ck_inspection_scope CHECK ("scope" <> ''),
    city TEXT NOT NULL CONSTRAINT ck_inspection_city CHECK ("city" <> ''),
    row_rev INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id)
)
 STRICT;
CREATE INDEX ix_inspection_case_id ON inspection (case_id);
CREATE INDEX ix_inspection_employer_id ON inspection (employer_id);
CREATE INDEX ix_inspection_on_id ON inspection ("on", id);
CREATE INDEX ix_inspection_project_id ON inspection (project_id);
CREATE TABLE inspector (
    id TEXT NOT NULL,
    name TEXT NOT NULL CONSTRAINT ck_inspector_name CHECK ("name" <> ''),
    certificate TEXT NOT NULL,
    department TEXT NOT NULL,
    title TEXT NOT NULL,
    phone TEXT NOT NULL,
    active INTEGER NOT NULL CONSTRAINT ck_inspector_active CHECK ("active" IN (0, 1)),
    scope TEXT NOT NULL CONSTRAINT ck_inspector_scope CHECK ("scope" <> ''),
    city TEXT NOT NULL CONSTRAINT ck_inspector_city CHECK ("city" <> ''),
    row_rev INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id)
)
 STRICT;
CREATE INDEX ix_inspector_name ON inspector (name);
CREATE TABLE meta (
    "key" TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY ("key")
)
 STRICT;
CREATE TABLE number_entry (
    id TEXT NOT NULL,
    series TEXT NOT NULL CONSTRAINT ck_number_entry_series CHECK ("series" <> ''),
    year INTEGER NOT NULL CONSTRAINT ck_number_entry_year CHECK ("year" >= 0),
    no INTEGER NOT NULL CONSTRAINT ck_number_entry_no CHECK ("no" >= 0),
    state TEXT NOT NULL CONSTRAINT ck_number_entry_state CHECK ("state" IN ('leased', 'issued', 'void')),
    paper_id TEXT,
    reason TEXT NOT NULL,
    scope TEXT NOT NULL CONSTRAINT ck_number_entry_scope CHECK ("scope" <> ''),
    city TEXT NOT NULL CONSTRAINT ck_number_entry_city CHECK ("city" <> ''),
    row_rev INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT ck_number_entry_from_one CHECK (no >= 1),
    CONSTRAINT ck_number_entry_issued_has_paper CHECK (state <> 'issued' OR paper_id IS NOT NULL)
)
 STRICT;
CREATE INDEX ix_number_entry_paper_id ON number_entry (paper_id);
CREATE UNIQUE INDEX uq_number_entry_no ON number_entry (scope, series, year, no);
CREATE TABLE project (
    id TEXT NOT NULL,
    name TEXT NOT NULL CONSTRAINT ck_project_name CHECK ("name" <> ''),
    county TEXT NOT NULL,
    address TEXT NOT NULL,
    kind TEXT NOT NULL CONSTRAINT ck_project_kind CHECK ("kind" IN ('building', 'transport', 'water', 'other')),
    investment TEXT NOT NULL CONSTRAINT ck_project_investment CHECK ("investment" IN ('government', 'state', 'private')),
    starts_on TEXT CONSTRAINT ck_project_starts_on CHECK ("starts_on" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    ends_on TEXT CONSTRAINT ck_project_ends_on CHECK ("ends_on" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    contract_fen INTEGER CONSTRAINT ck_project_contract_fen CHECK ("contract_fen" >= 0),
    note TEXT NOT NULL,
    scope TEXT NOT NULL CONSTRAINT ck_project_scope CHECK ("scope" <> ''),
    city TEXT NOT NULL CONSTRAINT ck_project_city CHECK ("city" <> ''),
    row_rev INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id)
)
 STRICT;
CREATE INDEX ix_project_county_id ON project (county, id);
CREATE INDEX ix_project_name_id ON project (name, id);
CREATE TABLE saved_view (
    id TEXT NOT NULL,
    page TEXT NOT NULL CONSTRAINT ck_saved_view_page CHECK ("page" <> ''),
    name TEXT NOT NULL CONSTRAINT ck_saved_view_name CHECK ("name" <> ''),
    "query" TEXT NOT NULL,
    scope TEXT NOT NULL CONSTRAINT ck_saved_view_scope CHECK ("scope" <> ''),
    city TEXT NOT NULL CONSTRAINT ck_saved_view_city CHECK ("city" <> ''),
    row_rev INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id)
)
 STRICT;
CREATE UNIQUE INDEX uq_saved_view_name ON saved_view (scope, page, name);
CREATE TABLE search_entry (
    n INTEGER NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    PRIMARY KEY (n)
)
 STRICT;
CREATE UNIQUE INDEX uq_search_entry_id ON search_entry (kind, id);
CREATE TABLE setting (
    id TEXT NOT NULL,
    "key" TEXT NOT NULL CONSTRAINT ck_setting_key CHECK ("key" <> ''),
    value TEXT NOT NULL,
    scope TEXT NOT NULL CONSTRAINT ck_setting_scope CHECK ("scope" <> ''),
    city TEXT NOT NULL CONSTRAINT ck_setting_city CHECK ("city" <> ''),
    row_rev INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id)
)
 STRICT;
CREATE UNIQUE INDEX uq_setting_key ON setting (scope, "key");
CREATE TABLE template (
    id TEXT NOT NULL,
    kind TEXT NOT NULL CONSTRAINT ck_template_kind CHECK ("kind" <> ''),
    version TEXT NOT NULL CONSTRAINT ck_template_version CHECK ("version" <> ''),
    effective_from TEXT NOT NULL CONSTRAINT ck_template_effective_from CHECK ("effective_from" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    form TEXT NOT NULL CONSTRAINT ck_template_form CHECK ("form" <> ''),
    scope TEXT NOT NULL CONSTRAINT ck_template_scope CHECK ("scope" <> ''),
    city TEXT NOT NULL CONSTRAINT ck_template_city CHECK ("city" <> ''),
    row_rev INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id)
)
 STRICT;
CREATE UNIQUE INDEX uq_template_version ON template (scope, kind, version);
CREATE TABLE change_op (
    seq INTEGER NOT NULL,
    n INTEGER NOT NULL,
    t TEXT NOT NULL,
    root_type TEXT NOT NULL,
    root_id TEXT NOT NULL,
    op TEXT NOT NULL,
    PRIMARY KEY (seq, n),
    CONSTRAINT fk_change_op_seq FOREIGN KEY(seq) REFERENCES changeset (seq)
)
 WITHOUT ROWID,
 STRICT;
CREATE INDEX ix_change_op_root_id_seq ON change_op (root_id, seq);
CREATE TABLE clue_person (
    id TEXT NOT NULL,
    clue_id TEXT NOT NULL,
    name TEXT NOT NULL,
    id_number TEXT NOT NULL,
    phone TEXT NOT NULL,
    address TEXT NOT NULL,
    note TEXT NOT NULL,
    confidential INTEGER NOT NULL CONSTRAINT ck_clue_person_confidential CHECK ("confidential" IN (0, 1)),
    city TEXT NOT NULL,
    row_rev INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT fk_clue_person_id FOREIGN KEY(id) REFERENCES clue (id),
    CONSTRAINT fk_clue_person_clue_id FOREIGN KEY(clue_id) REFERENCES clue (id)
)
 STRICT;
CREATE INDEX ix_clue_person_clue_id ON clue_person (clue_id);
CREATE TABLE evidence (
    id TEXT NOT NULL,
    sha256 TEXT NOT NULL CONSTRAINT ck_evidence_sha256 CHECK ("sha256" <> ''),
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL CONSTRAINT ck_evidence_size CHECK ("size" >= 0),
    added_on TEXT NOT NULL CONSTRAINT ck_evidence_added_on CHECK ("added_on" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    inspection_id TEXT,
    case_id TEXT,
    item_id TEXT NOT NULL,
    note TEXT NOT NULL,
    city TEXT NOT NULL,
    row_rev INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT ck_evidence_belongs CHECK (inspection_id IS NOT NULL OR case_id IS NOT NULL),
    CONSTRAINT fk_evidence_inspection_id FOREIGN KEY(inspection_id) REFERENCES inspection (id),
    CONSTRAINT fk_evidence_case_id FOREIGN KEY(case_id) REFERENCES "case" (id)
)
 STRICT;
CREATE INDEX ix_evidence_case_id ON evidence (case_id);
CREATE INDEX ix_evidence_inspection_id ON evidence (inspection_id);
CREATE INDEX ix_evidence_sha256 ON evidence (sha256);
CREATE TABLE item_answer (
    id TEXT NOT NULL,
    inspection_id TEXT NOT NULL,
    item_id TEXT NOT NULL CONSTRAINT ck_item_answer_item_id CHECK ("item_id" <> ''),
    answer TEXT NOT NULL CONSTRAINT ck_item_answer_answer CHECK ("answer" IN ('yes', 'no', 'partly', 'n/a', 'unchecked')),
    note TEXT NOT NULL,
    city TEXT NOT NULL,
    row_rev INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT fk_item_answer_inspection_id FOREIGN KEY(inspection_id) REFERENCES inspection (id)
)
 STRICT;
CREATE UNIQUE INDEX uq_item_answer_inspection_id_item_id ON item_answer (inspection_id, item_id);
CREATE TABLE paper (
    id TEXT NOT NULL,
    case_id TEXT,
    inspection_id TEXT,
    kind TEXT NOT NULL CONSTRAINT ck_paper_kind CHECK ("kind" <> ''),
    form_version TEXT NOT NULL,
    "values" TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT ck_paper_state CHECK ("state" IN ('draft', 'issued', 'void')),
    number TEXT NOT NULL,
    issued_on TEXT CONSTRAINT ck_paper_issued_on CHECK ("issued_on" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    issued_by TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    pages INTEGER NOT NULL CONSTRAINT ck_paper_pages CHECK ("pages" >= 0),
    fonts TEXT NOT NULL CONSTRAINT ck_paper_fonts CHECK (json_valid("fonts")),
    void_reason TEXT NOT NULL,
    voided_on TEXT CONSTRAINT ck_paper_voided_on CHECK ("voided_on" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    city TEXT NOT NULL,
    row_rev INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT ck_paper_belongs CHECK (case_id IS NOT NULL OR inspection_id IS NOT NULL),
    CONSTRAINT ck_paper_issued_is_complete CHECK (state = 'draft' OR (issued_on IS NOT NULL AND sha256 <> '')),
    CONSTRAINT ck_paper_void_has_reason CHECK (state <> 'void' OR void_reason <> ''),
    CONSTRAINT fk_paper_case_id FOREIGN KEY(case_id) REFERENCES "case" (id),
    CONSTRAINT fk_paper_inspection_id FOREIGN KEY(inspection_id) REFERENCES inspection (id)
)
 STRICT;
CREATE INDEX ix_paper_case_id ON paper (case_id);
CREATE INDEX ix_paper_inspection_id ON paper (inspection_id);
CREATE INDEX ix_paper_state_issued_on ON paper (state, issued_on);
CREATE UNIQUE INDEX uq_paper_number ON paper (number) WHERE number <> '';
CREATE TABLE project_party (
    id TEXT NOT NULL,
    project_id TEXT NOT NULL,
    employer_id TEXT NOT NULL,
    role TEXT NOT NULL CONSTRAINT ck_project_party_role CHECK ("role" IN ('owner', 'general', 'sub', 'labour', 'crew', 'supervisor')),
    contact TEXT NOT NULL,
    phone TEXT NOT NULL,
    "order" INTEGER NOT NULL CONSTRAINT ck_project_party_order CHECK ("order" >= 0),
    city TEXT NOT NULL,
    row_rev INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT fk_project_party_project_id FOREIGN KEY(project_id) REFERENCES project (id)
)
 STRICT;
CREATE INDEX ix_project_party_employer_id ON project_party (employer_id);
CREATE INDEX ix_project_party_project_id_order ON project_party (project_id, "order");
CREATE TABLE service (
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
    city TEXT NOT NULL,
    row_rev INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT fk_service_case_id FOREIGN KEY(case_id) REFERENCES "case" (id)
)
 STRICT;
CREATE INDEX ix_service_case_id_served_on ON service (case_id, served_on);
CREATE TABLE todo (
    id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    title TEXT NOT NULL CONSTRAINT ck_todo_title CHECK ("title" <> ''),
    due_on TEXT NOT NULL CONSTRAINT ck_todo_due_on CHECK ("due_on" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    origin TEXT NOT NULL CONSTRAINT ck_todo_origin CHECK ("origin" IN ('hand', 'order', 'inquiry', 'interview', 'inspection')),
    done_on TEXT CONSTRAINT ck_todo_done_on CHECK ("done_on" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    paper_id TEXT,
    city TEXT NOT NULL,
    row_rev INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT fk_todo_case_id FOREIGN KEY(case_id) REFERENCES "case" (id)
)
 STRICT;
CREATE INDEX ix_todo_case_id ON todo (case_id);
CREATE INDEX ix_todo_due_on_done_on ON todo (due_on, done_on);
CREATE INDEX ix_todo_paper_id ON todo (paper_id);
CREATE TABLE worker (
    id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    name TEXT NOT NULL CONSTRAINT ck_worker_name CHECK ("name" <> ''),
    trade TEXT NOT NULL,
    crew TEXT NOT NULL,
    "order" INTEGER NOT NULL CONSTRAINT ck_worker_order CHECK ("order" >= 0),
    city TEXT NOT NULL,
    row_rev INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT fk_worker_case_id FOREIGN KEY(case_id) REFERENCES "case" (id)
)
 STRICT;
CREATE INDEX ix_worker_case_id_order ON worker (case_id, "order");
CREATE INDEX ix_worker_name ON worker (name);
CREATE TABLE wage_claim (
    id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    worker_id TEXT NOT NULL,
    due_fen INTEGER NOT NULL CONSTRAINT ck_wage_claim_due_fen CHECK ("due_fen" >= 0),
    paid_fen INTEGER NOT NULL CONSTRAINT ck_wage_claim_paid_fen CHECK ("paid_fen" >= 0),
    withheld_fen INTEGER NOT NULL CONSTRAINT ck_wage_claim_withheld_fen CHECK ("withheld_fen" >= 0),
    period_from TEXT NOT NULL CONSTRAINT ck_wage_claim_period_from CHECK ("period_from" = '' OR "period_from" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'),
    period_to TEXT NOT NULL CONSTRAINT ck_wage_claim_period_to CHECK ("period_to" = '' OR "period_to" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'),
    note TEXT NOT NULL,
    city TEXT NOT NULL,
    row_rev INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT fk_wage_claim_case_id FOREIGN KEY(case_id) REFERENCES "case" (id),
    CONSTRAINT fk_wage_claim_worker_id FOREIGN KEY(worker_id) REFERENCES worker (id)
)
 STRICT;
CREATE INDEX ix_wage_claim_case_id ON wage_claim (case_id);
CREATE INDEX ix_wage_claim_worker_id ON wage_claim (worker_id);
CREATE TABLE worker_private (
    id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    id_number TEXT NOT NULL,
    phone TEXT NOT NULL,
    bank TEXT NOT NULL,
    bank_card TEXT NOT NULL,
    city TEXT NOT NULL,
    row_rev INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT fk_worker_private_id FOREIGN KEY(id) REFERENCES worker (id),
    CONSTRAINT fk_worker_private_case_id FOREIGN KEY(case_id) REFERENCES "case" (id)
)
 STRICT;
CREATE INDEX ix_worker_private_case_id ON worker_private (case_id);
CREATE INDEX ix_worker_private_id_number ON worker_private (id_number);
CREATE TABLE settlement (
    id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    claim_id TEXT NOT NULL,
    amount_fen INTEGER NOT NULL CONSTRAINT ck_settlement_amount_fen CHECK ("amount_fen" >= 0),
    paid_on TEXT NOT NULL CONSTRAINT ck_settlement_paid_on CHECK ("paid_on" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    payer TEXT NOT NULL CONSTRAINT ck_settlement_payer CHECK ("payer" IN ('employer', 'general', 'owner', 'deposit', 'fund', 'presale', 'other')),
    voucher TEXT NOT NULL,
    city TEXT NOT NULL,
    row_rev INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT fk_settlement_case_id FOREIGN KEY(case_id) REFERENCES "case" (id),
    CONSTRAINT fk_settlement_claim_id FOREIGN KEY(claim_id) REFERENCES wage_claim (id)
)
 STRICT;
CREATE INDEX ix_settlement_case_id ON settlement (case_id);
CREATE INDEX ix_settlement_claim_id ON settlement (claim_id);
CREATE VIRTUAL TABLE search_text USING fts5(words, initials, kind, content='', contentless_delete=1, tokenize='ascii');
