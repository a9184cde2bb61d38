-- Files: evidence, photos, issued papers. Kept once by their hash, given out only through an
-- aggregate that names them; who knows a hash knows nothing. And what comes by file instead of line.
create table sync.file_limit (
    one boolean primary key default true check (one),
    largest bigint not null default 209715200,
    of_scope bigint not null default 107374182400,
    unfinished bigint not null default 1073741824
);

insert into sync.file_limit (one) values (true);

-- What counts as here: whole, and hashed by us. `store` names its pieces.
create table sync.blob (
    sha256 text collate "C" primary key,
    store text collate "C" not null,
    size bigint not null,
    login text collate "C" not null,
    at timestamptz not null default clock_timestamp()
);

create table sync.blob_piece (
    store text collate "C" not null,
    start bigint not null,
    data bytea not null,
    primary key (store, start)
);

alter table sync.blob_piece alter column data set storage external;

-- Somebody delivered the whole content for this aggregate: naming a hash gives nobody the file.
create table sync.blob_link (
    root text collate "C" not null,
    sha256 text collate "C" not null references sync.blob,
    login text collate "C" not null,
    at timestamptz not null default clock_timestamp(),
    primary key (root, sha256)
);

create index blob_link_sha on sync.blob_link (sha256);

create table sync.upload (
    store text collate "C" primary key,
    login text collate "C" not null,
    root text collate "C" not null,
    sha256 text collate "C" not null,
    size bigint not null,
    have bigint not null default 0,
    at timestamptz not null default clock_timestamp(),
    unique (login, root, sha256)
);

create table sync.file_used (
    scope text collate "C" primary key references sync.scope,
    bytes bigint not null default 0
);

-- By file. Who signed is known by the key of the PC; ours is made by the administrator's program.
create table sync.file_key (
    one boolean primary key default true check (one),
    sign_private text not null,
    box_private text not null,
    sign_public text not null,
    box_public text not null,
    at timestamptz not null default clock_timestamp()
);

create table sync.signer (
    sign_public text collate "C" primary key,
    box_public text collate "C" not null,
    login text collate "C" not null references sync.account,
    by_login text collate "C" not null,
    revoked boolean not null default false,
    at timestamptz not null default clock_timestamp()
);

create table sync.package (
    id text collate "C" primary key,
    login text collate "C" not null,
    device text collate "C" not null,
    signer text collate "C" not null,
    signature text not null,
    carrier text not null,
    sets integer not null,
    at timestamptz not null default clock_timestamp()
);

-- Sealed packages a colleague's PC carried here over its line; we cannot read them, the
-- administrator's program can. Their pieces are named parcel:<id>.
create table sync.parcel (
    id text collate "C" primary key,
    login text collate "C" not null,
    size bigint not null,
    have bigint not null default 0,
    state text not null default 'coming' check (state in ('coming', 'whole', 'done')),
    why text not null default '',
    at timestamptz not null default clock_timestamp()
);
