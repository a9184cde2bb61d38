-- What a role may do that no client can get around.

-- Before anybody was given a role, everybody has all of them.
create function sync.holds(p_login text, p_role text) returns boolean language sql stable as $$
    select not exists (select 1 from sync.account_role)
        or exists (select 1 from sync.account_role r where r.login = p_login and r.role = p_role)
$$;

-- An auditor neither writes nor receives personal data, whoever tries to grant it.
create function sync.keep_auditors() returns trigger language plpgsql as $$
begin
    if exists (select 1 from sync.account_role r join sync.scope_grant g on g.login = r.login
        where r.login = new.login and r.role = 'auditor' and (g.can_write or g.can_pii)) then
        raise exception 'auditor' using errcode = '42501';
    end if;
    return null;
end $$;

create function sync.given(p_data jsonb, p_name text) returns boolean language sql immutable as $$
    select coalesce(p_data->>p_name, '0') <> '0'
$$;

create function sync.roles_said(p_data jsonb) returns text language sql immutable as $$
    select concat_ws('|', sync.given(p_data, 'leader'), sync.given(p_data, 'reviewer'),
        sync.given(p_data, 'administrator'), sync.given(p_data, 'auditor'),
        sync.given(p_data, 'no_casework'))
$$;

create function sync.on_screen(p_data jsonb) returns boolean language sql immutable as $$
    select coalesce(p_data->>'step' = 'approve_paper' and p_data->>'outcome' = 'screen', false)
$$;

-- What a leader approved on the screen nobody else gives, changes or takes back.
-- `by_login` is the author the set came under, also when it came by file. A row that only moves with
-- its aggregate is not said anew.
create function sync.guard_roles() returns trigger language plpgsql as $$
declare before_it jsonb := '{}';
begin
    if tg_op = 'UPDATE' then
        before_it := case when old.gone then '{}'::jsonb else old.data end;
        if new.gone = old.gone and new.data = old.data then
            return new;
        end if;
        if new.t = 'access_entry' then
            perform sync.fail('append_only');
        end if;
    end if;
    if new.t = 'case_event' and not sync.holds(new.by_login, 'leader') and (
            sync.on_screen(before_it) or (not new.gone and sync.on_screen(new.data))) then
        perform sync.fail('role_leader');
    end if;
    if new.t = 'inspector' and sync.roles_said(case when new.gone then '{}' else new.data end)
            <> sync.roles_said(before_it) and not sync.holds(new.by_login, 'administrator') then
        perform sync.fail('role_administrator');
    end if;
    return new;
end $$;
