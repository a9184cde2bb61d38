CREATE TABLE new_inspector (
    id TEXT NOT NULL,
    name TEXT NOT NULL CONSTRAINT ck_inspector_name CHECK ("name" <> ''),
    certificate TEXT NOT NULL,
    department TEXT NOT NULL,
    title TEXT NOT NULL,
    phone TEXT NOT NULL,
    active INTEGER NOT NULL CONSTRAINT ck_inspector_active CHECK ("active" IN (0, 1)),
    leader INTEGER NOT NULL CONSTRAINT ck_inspector_leader CHECK ("leader" IN (0, 1)),
    no_casework INTEGER NOT NULL CONSTRAINT ck_inspector_no_casework CHECK ("no_casework" IN (0, 1)),
    reviewer INTEGER NOT NULL CONSTRAINT ck_inspector_reviewer CHECK ("reviewer" IN (0, 1)),
    administrator INTEGER NOT NULL CONSTRAINT ck_inspector_administrator CHECK ("administrator" IN (0, 1)),
    auditor INTEGER NOT NULL CONSTRAINT ck_inspector_auditor CHECK ("auditor" IN (0, 1)),
    scope TEXT NOT NULL CONSTRAINT ck_inspector_scope CHECK ("scope" <> ''),
    city TEXT NOT NULL CONSTRAINT ck_inspector_city CHECK ("city" <> ''),
    row_rev INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id)
)
 STRICT;
INSERT INTO new_inspector (id, name, certificate, department, title, phone, active, leader, no_casework, reviewer, administrator, auditor, scope, city, row_rev)
    SELECT id, name, certificate, department, title, phone, active, leader, 0, 0, 0, 0, scope, city, row_rev FROM inspector;
DROP TABLE inspector;
ALTER TABLE new_inspector RENAME TO inspector;
CREATE INDEX ix_inspector_name ON inspector (name);
CREATE TABLE access_entry (
    id TEXT NOT NULL,
    way TEXT NOT NULL CONSTRAINT ck_access_entry_way CHECK ("way" IN ('reveal', 'export', 'paper')),
    about TEXT NOT NULL CONSTRAINT ck_access_entry_about CHECK ("about" IN ('clue', 'case', 'many')),
    about_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    fields TEXT NOT NULL CONSTRAINT ck_access_entry_fields CHECK (json_valid("fields")),
    persons INTEGER NOT NULL CONSTRAINT ck_access_entry_persons CHECK ("persons" >= 0),
    why TEXT NOT NULL,
    at TEXT NOT NULL,
    by_id TEXT NOT NULL,
    by_name TEXT NOT NULL,
    scope TEXT NOT NULL CONSTRAINT ck_access_entry_scope CHECK ("scope" <> ''),
    city TEXT NOT NULL CONSTRAINT ck_access_entry_city CHECK ("city" <> ''),
    row_rev INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id)
)
 STRICT;
CREATE INDEX ix_access_entry_about_id ON access_entry (about_id);
CREATE INDEX ix_access_entry_at_id ON access_entry (at, id);
CREATE TABLE purged_step (
    seq INTEGER NOT NULL,
    by_seq INTEGER NOT NULL,
    sha TEXT NOT NULL,
    PRIMARY KEY (seq, by_seq),
    CONSTRAINT fk_purged_step_seq FOREIGN KEY(seq) REFERENCES changeset (seq)
)
 STRICT;
