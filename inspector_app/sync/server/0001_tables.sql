-- Tables of the shared side. Business rows are stored by name and value: no statement is ever made
-- of what a client sent, and old and new programs live side by side.
create table sync.server (
    one boolean primary key default true check (one),
    epoch text not null,
    protocol_min integer not null,
    protocol_max integer not null,
    schema_version integer not null,
    schema_min integer not null,
    recovery boolean not null default false,
    numbers text not null default 'online' check (numbers in ('online', 'leased'))
);

create table sync.scope (
    scope text collate "C" primary key,
    city text collate "C" not null,
    name text not null
);

-- The serial monitor of a scope: whoever holds this row writes the scope's history, nobody else.
create table sync.head (
    scope text collate "C" primary key references sync.scope,
    seq bigint not null default 0,
    hash text not null default ''
) with (fillfactor = 50);

-- Who may do what. The login is the account; what a client says about itself is only shown.
create table sync.account (
    login text collate "C" primary key,
    display text not null,
    disabled boolean not null default false,
    since timestamptz not null default clock_timestamp()
);

create table sync.scope_grant (
    login text collate "C" not null references sync.account,
    scope text collate "C" not null references sync.scope,
    can_write boolean not null,
    can_pii boolean not null,
    primary key (login, scope)
);

create table sync.device (
    device text collate "C" primary key,
    login text collate "C" not null references sync.account,
    last_n bigint not null default 0,
    acked bigint not null default 0,
    first_seen timestamptz not null default clock_timestamp(),
    last_seen timestamptz not null default clock_timestamp(),
    skew_seconds bigint,
    app text not null default '',
    schema_version integer not null default 0
);

-- The content a set had when it first arrived, under the id it bears whoever delivers it.
create table sync.changeset (
    id text collate "C" primary key,
    scope text collate "C" not null,
    login text collate "C" not null,
    device text collate "C" not null,
    actor_said text not null,
    action_said text not null,
    why_said text not null,
    at_said text not null,
    received_at timestamptz not null default clock_timestamp(),
    ops jsonb not null,
    ops_sha text not null,
    scrubbed boolean not null default false,
    receipt jsonb not null
);

create table sync.delivery (
    device text collate "C" not null references sync.device,
    n bigint not null,
    set_id text collate "C" not null references sync.changeset,
    primary key (device, n)
);

create table sync.commit_log (
    scope text collate "C" not null,
    seq bigint not null,
    set_id text collate "C" not null,
    hash text not null,
    at timestamptz not null default clock_timestamp(),
    primary key (scope, seq)
);

-- The feed: one row an aggregate, however long its history.
create table sync.root (
    root text collate "C" primary key,
    root_type text collate "C" not null,
    scope text collate "C" not null references sync.scope,
    seq bigint not null
);

create index root_feed on sync.root (scope, seq, root);

create table sync.exit (
    scope text collate "C" not null,
    root text collate "C" not null,
    root_type text collate "C" not null,
    seq bigint not null,
    kind text not null,
    primary key (scope, root)
);

create table sync.row (
    t text collate "C" not null,
    id text collate "C" not null,
    root_type text collate "C" not null,
    root text collate "C" not null references sync.root,
    scope text collate "C" not null,
    data jsonb not null,
    gone boolean not null,
    rev bigint not null,
    by_login text collate "C" not null,
    primary key (t, id)
);

create index row_root on sync.row (root, rev);

create index row_scope on sync.row (scope);

-- What a client may speak of: tables with the columns that name their aggregate, columns with their
-- merge group, references that must not dangle.
create table sync.tab (
    t text collate "C" primary key,
    roots jsonb not null
);

create table sync.col (
    t text collate "C" not null references sync.tab,
    name text collate "C" not null,
    grp text collate "C" not null,
    since integer not null,
    pii boolean not null,
    kind text not null check (kind in ('text', 'int')),
    nullable boolean not null,
    primary key (t, name)
);

create table sync.ref (
    t text collate "C" not null references sync.tab,
    name text collate "C" not null,
    parent text collate "C" not null references sync.tab,
    primary key (t, name)
);

create table sync.conflict (
    id text collate "C" primary key,
    scope text collate "C" not null,
    root_type text collate "C" not null,
    root text collate "C" not null,
    t text collate "C" not null,
    row_id text collate "C" not null,
    grp text collate "C" not null,
    base jsonb,
    theirs jsonb,
    mine jsonb,
    mine_by text not null,
    theirs_by text not null,
    set_id text collate "C" not null,
    at_said text not null,
    at timestamptz not null default clock_timestamp(),
    state text not null default 'open' check (state in ('open', 'resolved')),
    resolution jsonb,
    reason text not null default '',
    resolved_by text not null default '',
    rev bigint not null
);

create index conflict_root on sync.conflict (root, rev);

-- What was done to which row, by which login. `place` is the op within its set.
create table sync.audit (
    set_id text collate "C" not null,
    place integer not null,
    at timestamptz not null default clock_timestamp(),
    login text collate "C" not null,
    device text collate "C" not null,
    scope text collate "C" not null,
    seq bigint,
    root text collate "C" not null,
    t text collate "C" not null,
    row_id text collate "C" not null,
    kind text not null,
    detail jsonb not null
);

create index audit_set on sync.audit (set_id);

create index audit_root on sync.audit (root);

-- What is not a change of a row: refusals, leases, recovery, accounts.
create table sync.event (
    id text collate "C" primary key,
    at timestamptz not null default clock_timestamp(),
    login text collate "C" not null,
    scope text collate "C" not null,
    kind text not null,
    detail jsonb not null
);

create index event_login on sync.event (login, at);

-- Who received pages with personal data.
create table sync.access (
    id text collate "C" primary key,
    at timestamptz not null default clock_timestamp(),
    login text collate "C" not null,
    scope text collate "C" not null,
    after_seq bigint not null,
    rows_sent integer not null
);

create index access_at on sync.access (at);

-- That somebody is about to receive such a page: written in a transaction of its own before the page
-- is given, so that who undoes his reading leaves a trace.
create table sync.asked (
    login text collate "C" not null,
    scope text collate "C" not null,
    after_seq bigint not null,
    at timestamptz not null default clock_timestamp()
);

create index asked_by on sync.asked (login, scope, at);

create index asked_at on sync.asked (at);

create table sync.number_series (
    scope text collate "C" not null references sync.scope,
    series text collate "C" not null,
    year integer not null,
    next_no integer not null default 1,
    primary key (scope, series, year)
);

-- Every number below next_no is accounted for, in exactly one state.
create table sync.number (
    scope text collate "C" not null,
    series text collate "C" not null,
    year integer not null,
    no integer not null,
    state text not null check (state in ('free', 'leased', 'issued', 'void')),
    device text collate "C" not null,
    reason text not null default '',
    at timestamptz not null default clock_timestamp(),
    primary key (scope, series, year, no)
);

-- While the administrator takes a package in, its author speaks: the row lives and ends within that
-- transaction, nobody else ever sees it, and it names whose session it is.
create table sync.acting (
    one boolean primary key default true check (one),
    login text collate "C" not null references sync.account,
    by_login text collate "C" not null
);

-- What the ops of a set say, taken apart once: `mine` and `base` as in op_row.
create type sync.plain as (
    place integer, t text, id text, k text, root text, root_type text, cells jsonb, mine jsonb,
    base jsonb
);
