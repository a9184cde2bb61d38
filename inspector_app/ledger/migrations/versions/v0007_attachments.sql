CREATE TABLE sync_file (
    root_id TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    state TEXT NOT NULL,
    size INTEGER NOT NULL,
    why TEXT NOT NULL,
    wanted INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    again TEXT NOT NULL,
    PRIMARY KEY (root_id, sha256),
    CONSTRAINT ck_sync_file_state CHECK (state IN ('there', 'absent', 'trouble'))
)
 STRICT;
CREATE INDEX ix_sync_file_sha256 ON sync_file (sha256);
CREATE TABLE sync_piece (
    sha256 TEXT NOT NULL,
    start INTEGER NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (sha256, start)
)
 STRICT;
CREATE TABLE sync_parcel (
    id TEXT NOT NULL,
    who TEXT NOT NULL,
    title TEXT NOT NULL,
    at TEXT NOT NULL,
    copy TEXT NOT NULL,
    sealed TEXT NOT NULL,
    size INTEGER NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT ck_sync_parcel_state CHECK (state IN ('waiting', 'carried', 'done'))
)
 STRICT;
