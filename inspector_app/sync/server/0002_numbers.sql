-- Which paper bears a number, and numbers that were used twice before two PCs met here.

-- Which row of the register of papers bears the number; empty while none does.
alter table sync.number add column entry text collate "C" not null default '';
create index number_device on sync.number (device, state);

-- A number two PCs had used before they met here: both papers exist, and nothing is renumbered.
create table sync.number_twin (
    scope text collate "C" not null,
    series text collate "C" not null,
    year integer not null,
    no integer not null,
    entry text collate "C" not null,
    device text collate "C" not null,
    at timestamptz not null default clock_timestamp(),
    primary key (scope, series, year, no, entry)
);
