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
    party TEXT NOT NULL,
    city TEXT NOT NULL,
    row_rev INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT fk_service_case_id FOREIGN KEY(case_id) REFERENCES "case" (id)
)
 STRICT;
INSERT INTO new_service (id, case_id, paper_ids, method, served_on, receiver, relation, place, witness, note, video, waybill, consent, entrusted_to, media, reason, party, city, row_rev)
    SELECT id, case_id, paper_ids, method, served_on, receiver, relation, place, witness, note, video, waybill, consent, entrusted_to, media, reason, '', city, row_rev FROM service;
DROP TABLE service;
ALTER TABLE new_service RENAME TO service;
CREATE INDEX ix_service_case_id_served_on ON service (case_id, served_on);
CREATE TABLE new_todo (
    id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    title TEXT NOT NULL CONSTRAINT ck_todo_title CHECK ("title" <> ''),
    due_on TEXT NOT NULL CONSTRAINT ck_todo_due_on CHECK ("due_on" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    origin TEXT NOT NULL CONSTRAINT ck_todo_origin CHECK ("origin" IN ('hand', 'order', 'inquiry', 'interview', 'inspection')),
    done_on TEXT CONSTRAINT ck_todo_done_on CHECK ("done_on" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    paper_id TEXT,
    party TEXT NOT NULL,
    city TEXT NOT NULL,
    row_rev INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT fk_todo_case_id FOREIGN KEY(case_id) REFERENCES "case" (id)
)
 STRICT;
INSERT INTO new_todo (id, case_id, title, due_on, origin, done_on, paper_id, party, city, row_rev)
    SELECT id, case_id, title, due_on, origin, done_on, paper_id, '', city, row_rev FROM todo;
DROP TABLE todo;
ALTER TABLE new_todo RENAME TO todo;
CREATE INDEX ix_todo_case_id ON todo (case_id);
CREATE INDEX ix_todo_due_on_done_on ON todo (due_on, done_on);
CREATE INDEX ix_todo_paper_id ON todo (paper_id);
