-- What refuses to be changed, and what a report may read.

create function sync.refuse() returns trigger language plpgsql as $$
begin
    raise exception 'append-only: % of % refused', tg_op, tg_table_name using errcode = '42501';
end $$;

-- What a report sees of a scope. What a row, a set or a conflict says may be personal data: only who
-- may see that reads content.
create function sync.reads(p_scope text, p_content boolean) returns boolean
language sql stable security definer set search_path = pg_catalog, sync, pg_temp as $$
    select sync.may(me.login, p_scope, false)
        and (not p_content or sync.may_pii(me.login, p_scope))
    from sync.who() as me (login)
$$;
