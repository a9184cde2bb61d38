-- Which database this is: made once, carried along in every backup, so that a database put back is the
-- same one, and one that was made anew is another. A trial takes in demonstrations.
create table sync.identity (
    one boolean primary key default true check (one),
    id text collate "C" not null,
    trial boolean not null default false
);

insert into sync.identity (id) values (gen_random_uuid()::text);
