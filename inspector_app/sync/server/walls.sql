-- Walls, put up anew with the functions: what was written stays, tables belong to nobody, a client may
-- call sync_v1 and nothing else, and reports see only their own scopes.

create trigger event_stays before update or delete on sync.event
    for each row execute procedure sync.refuse();
create trigger access_stays before update or delete on sync.access
    for each row execute procedure sync.refuse();
create trigger asked_stays before update or delete on sync.asked
    for each row execute procedure sync.refuse();
create trigger asked_whole before truncate on sync.asked
    for each statement execute procedure sync.refuse();
create trigger commit_log_stays before update or delete on sync.commit_log
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
create trigger package_stays before update or delete on sync.package
    for each row execute procedure sync.refuse();
create trigger package_whole before truncate on sync.package
    for each statement execute procedure sync.refuse();
create trigger blob_stays before update on sync.blob
    for each row execute procedure sync.refuse();
create trigger piece_stays before update on sync.blob_piece
    for each row execute procedure sync.refuse();
create trigger link_stays before update on sync.blob_link
    for each row execute procedure sync.refuse();
create trigger auditors_read after insert or update on sync.scope_grant
    for each row execute procedure sync.keep_auditors();
create trigger auditors_read after insert or update on sync.account_role
    for each row execute procedure sync.keep_auditors();
create trigger row_roles before insert or update on sync.row for each row
    when (new.t in ('inspector', 'access_entry', 'case_event'))
    execute procedure sync.guard_roles();
create trigger audit_stays before update or delete on sync.audit
    for each row execute procedure sync.refuse_but_purge();
create trigger changeset_stays before update or delete on sync.changeset
    for each row execute procedure sync.refuse_but_purge();
create trigger purge_stays before delete on sync.purge
    for each row execute procedure sync.refuse();
create trigger root_stays_purged before insert on sync.root
    for each row execute procedure sync.stay_purged();
create trigger changeset_of_purged before insert on sync.changeset
    for each row execute procedure sync.blot_late();

revoke all on all tables in schema sync from public;
revoke all on all functions in schema sync, sync_v1 from public;
revoke all on schema sync, sync_v1 from public;
grant usage on schema sync_v1 to insp_client;
grant execute on all functions in schema sync_v1 to insp_client;

-- The second wall: a login that reports directly sees the rows of its own scopes.
alter table sync.row enable row level security;
create policy own_scopes on sync.row for select to insp_report using (sync.reads(scope, true));
alter table sync.root enable row level security;
create policy own_scopes on sync.root for select to insp_report using (sync.reads(scope, false));
alter table sync.conflict enable row level security;
create policy own_scopes on sync.conflict for select to insp_report using (sync.reads(scope, true));
alter table sync.commit_log enable row level security;
create policy own_scopes on sync.commit_log for select to insp_report using (sync.reads(scope, false));
alter table sync.changeset enable row level security;
create policy own_scopes on sync.changeset for select to insp_report using (sync.reads(scope, true));
alter table sync.audit enable row level security;
create policy own_scopes on sync.audit for select to insp_report using (sync.reads(scope, true));

grant usage on schema sync to insp_report;
grant execute on function sync.reads(text, boolean) to insp_report;
grant select on sync.row, sync.root, sync.conflict, sync.commit_log, sync.changeset, sync.audit
    to insp_report;
