CREATE TABLE case_look (
    id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    found_id TEXT NOT NULL,
    by_name TEXT NOT NULL,
    "on" TEXT NOT NULL CONSTRAINT ck_case_look_on CHECK ("on" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    own_facts TEXT NOT NULL CONSTRAINT ck_case_look_own_facts CHECK (json_valid("own_facts")),
    other_facts TEXT NOT NULL CONSTRAINT ck_case_look_other_facts CHECK (json_valid("other_facts")),
    city TEXT NOT NULL,
    row_rev INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT fk_case_look_case_id FOREIGN KEY(case_id) REFERENCES "case" (id)
)
 STRICT;
CREATE INDEX ix_case_look_case_id ON case_look (case_id);
