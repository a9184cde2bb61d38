-- What is known of each PC, and what says that history is missing.

alter table sync.device add column pc text not null default '';
alter table sync.device add column was text not null default '';
alter table sync.device add column waiting bigint not null default 0;
-- When its last number came: what is not yet committed is not vouched for.
alter table sync.device add column pushed_at timestamptz;
alter table sync.server add column suspected boolean not null default false;

-- A database that was put back to an older state must not give numbers out again. Any login can say
-- that it remembers more than is here, so a mere word only makes the others careful (they compare,
-- and send again what came too early). Numbers pause on evidence this side can check by itself: at
-- every greeting a PC is given a proof, under a secret of this database, of the place its history
-- stood at; a valid proof of a place that is not here says that this very database was further once.
-- They pause as well when two people miss something, and when whoever looks after it confirms it.
create table sync.secret (
    one boolean primary key default true check (one),
    key text not null
);

insert into sync.secret (key) values (
    encode(sha256(convert_to(concat(gen_random_uuid(), gen_random_uuid()), 'UTF8')), 'hex'));

create table sync.suspicion (
    login text collate "C" not null references sync.account,
    device text collate "C" not null,
    at timestamptz not null default clock_timestamp(),
    forked jsonb not null,
    primary key (login, device)
);
