-- Roles of accounts, and the end of personal data. The table of what a role may do is the program's
-- (domain/rights.py); here stands what no client can get around.
create table sync.account_role (
    login text collate "C" not null references sync.account,
    role text collate "C" not null check (role in
        ('inspector', 'leader', 'reviewer', 'administrator', 'auditor')),
    primary key (login, role)
);

-- ── purge: an aggregate goes for ever, history keeps its hashes ────────────────────────────────
-- Columns besides those of personal data in which people may be named; filled by the program.
create table sync.free_text (
    t text collate "C" not null,
    name text collate "C" not null,
    primary key (t, name)
);

create table sync.purge (
    id text collate "C" primary key,
    at timestamptz not null default clock_timestamp(),
    login text collate "C" not null,
    root text collate "C" not null,
    root_type text collate "C" not null,
    label text not null,
    reason text not null,
    rows_gone integer not null default 0,
    sets_scrubbed integer not null default 0,
    done boolean not null default false
);

create index purge_of_root on sync.purge (root);
