CREATE TABLE sync_state (
    "key" TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY ("key")
)
 STRICT;
CREATE TABLE sync_cursor (
    scope TEXT NOT NULL,
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (scope)
)
 STRICT;
CREATE TABLE sync_out (
    n INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    part INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    id TEXT NOT NULL,
    scope TEXT NOT NULL,
    ops TEXT NOT NULL,
    state TEXT NOT NULL,
    receipt TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (n),
    CONSTRAINT ck_sync_out_state CHECK (state IN ('queued', 'acked', 'rejected', 'held', 'dropped')),
    CONSTRAINT ck_sync_out_number CHECK ((n > 0) = (state <> 'held')),
    CONSTRAINT uq_sync_out_id UNIQUE (id)
)
 STRICT;
CREATE INDEX ix_sync_out_seq ON sync_out (seq);
CREATE INDEX ix_sync_out_state_n ON sync_out (state, n);
CREATE TABLE sync_in (
    seq INTEGER NOT NULL,
    PRIMARY KEY (seq),
    CONSTRAINT fk_sync_in_seq FOREIGN KEY(seq) REFERENCES changeset (seq)
)
 STRICT;
CREATE TABLE sync_conflict (
    id TEXT NOT NULL,
    scope TEXT NOT NULL,
    root_type TEXT NOT NULL,
    root_id TEXT NOT NULL,
    t TEXT NOT NULL,
    row_id TEXT NOT NULL,
    grp TEXT NOT NULL,
    base TEXT NOT NULL,
    theirs TEXT NOT NULL,
    mine TEXT NOT NULL,
    mine_by TEXT NOT NULL,
    theirs_by TEXT NOT NULL,
    at TEXT NOT NULL,
    state TEXT NOT NULL,
    resolution TEXT NOT NULL,
    reason TEXT NOT NULL,
    resolved_by TEXT NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT ck_sync_conflict_state CHECK (state IN ('open', 'resolved'))
)
 STRICT;
CREATE INDEX ix_sync_conflict_root_id ON sync_conflict (root_id);
CREATE INDEX ix_sync_conflict_state_at ON sync_conflict (state, at);
DROP INDEX uq_calendar_year;
CREATE INDEX uq_calendar_year ON calendar_year (scope, year);
DROP INDEX uq_case_case_no;
CREATE INDEX uq_case_case_no ON "case" (city, case_no) WHERE case_no <> '';
DROP INDEX uq_clue_clue_no;
CREATE INDEX uq_clue_clue_no ON clue (city, clue_no) WHERE clue_no <> '';
DROP INDEX uq_law_pack_version;
CREATE INDEX uq_law_pack_version ON law_pack (scope, version);
DROP INDEX uq_number_entry_no;
CREATE INDEX uq_number_entry_no ON number_entry (scope, series, year, no);
DROP INDEX uq_rule_choice;
CREATE INDEX uq_rule_choice ON rule_choice (scope, rule, field);
DROP INDEX uq_saved_view_name;
CREATE INDEX uq_saved_view_name ON saved_view (scope, page, name);
DROP INDEX uq_setting_key;
CREATE INDEX uq_setting_key ON setting (scope, "key");
DROP INDEX uq_template_version;
CREATE INDEX uq_template_version ON template (scope, kind, version);
DROP INDEX uq_item_answer_inspection_id_item_id;
CREATE INDEX uq_item_answer_inspection_id_item_id ON item_answer (inspection_id, item_id);
DROP INDEX uq_paper_number;
CREATE INDEX uq_paper_number ON paper (number) WHERE number <> '';
