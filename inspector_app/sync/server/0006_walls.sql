-- Walls: what was written stays, tables belong to nobody, and reports see only their own scopes.

create function sync.refuse() returns trigger language plpgsql as $$
begin
    raise exception 'append-only: % of % refused', tg_op, tg_table_name using errcode = '42501';
end $$;

create trigger audit_stays before update or delete on sync.audit
    for each row execute procedure sync.refuse();
create trigger event_stays before update or delete on sync.event
    for each row execute procedure sync.refuse();
create trigger access_stays before update or delete on sync.access
    for each row execute procedure sync.refuse();
create trigger commit_log_stays before update or delete on sync.commit_log
    for each row execute procedure sync.refuse();
create trigger changeset_stays before update or delete on sync.changeset
    for each row execute procedure sync.refuse();
create trigger delivery_stays before update or delete on sync.delivery
    for each row execute procedure sync.refuse();
create trigger conflict_stays before delete on sync.conflict
    for each row execute procedure sync.refuse();
create trigger audit_whole before truncate on sync.audit
    for each statement execute procedure sync.refuse();
create trigger event_whole before truncate on sync.event
    for each statement execute procedure sync.refuse();
create trigger access_whole before truncate on sync.access
    for each statement execute procedure sync.refuse();
create trigger commit_log_whole before truncate on sync.commit_log
    for each statement execute procedure sync.refuse();
create trigger changeset_whole before truncate on sync.changeset
    for each statement execute procedure sync.refuse();
create trigger delivery_whole before truncate on sync.delivery
    for each statement execute procedure sync.refuse();

revoke all on all tables in schema sync from public;
revoke all on all functions in schema sync, sync_v1 from public;
revoke all on schema sync, sync_v1 from public;
grant usage on schema sync_v1 to insp_client;
grant execute on all functions in schema sync_v1 to insp_client;

-- The second wall: a login that reports directly sees the rows of its own scopes. What a row, a set or
-- a conflict says may be personal data: only who may see those reads content.
create function sync.reads(p_scope text, p_content boolean) returns boolean
language sql stable security definer set search_path = pg_catalog, sync, pg_temp as $$
    select sync.may(me.login, p_scope, false)
        and (not p_content or sync.may_pii(me.login, p_scope))
    from sync.me() as me (login)
$$;
revoke all on function sync.reads(text, boolean) from public;

alter table sync.row enable row level security;
create policy own_scopes on sync.row for select to insp_report
    using (sync.reads(scope, true));
alter table sync.root enable row level security;
create policy own_scopes on sync.root for select to insp_report
    using (sync.reads(scope, false));
alter table sync.conflict enable row level security;
create policy own_scopes on sync.conflict for select to insp_report
    using (sync.reads(scope, true));
alter table sync.commit_log enable row level security;
create policy own_scopes on sync.commit_log for select to insp_report
    using (sync.reads(scope, false));
alter table sync.changeset enable row level security;
create policy own_scopes on sync.changeset for select to insp_report
    using (sync.reads(scope, true));
alter table sync.audit enable row level security;
create policy own_scopes on sync.audit for select to insp_report
    using (sync.reads(scope, true));

grant usage on schema sync to insp_report;
grant execute on function sync.reads(text, boolean) to insp_report;
grant select on sync.row, sync.root, sync.conflict, sync.commit_log, sync.changeset, sync.audit
    to insp_report;
