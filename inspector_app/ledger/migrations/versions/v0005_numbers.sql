CREATE TABLE number_lease (
    scope TEXT NOT NULL,
    series TEXT NOT NULL,
    year INTEGER NOT NULL,
    no INTEGER NOT NULL,
    device TEXT NOT NULL,
    state TEXT NOT NULL,
    why TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (scope, series, year, no),
    CONSTRAINT ck_number_lease_state CHECK (state IN ('free', 'returning'))
)
 STRICT;
CREATE INDEX ix_number_lease_state ON number_lease (state);
