-- How the shared side is, what makes numbering pause, and the links of a history.

create function sync.proof(p_place text, p_n bigint, p_hash text) returns text
language sql stable as $$
    select sync.sha(concat_ws('|', k.key, sync.sha(
            concat_ws('|', k.key, s.epoch, p_place, p_n, p_hash))))
    from sync.secret k, sync.server s
$$;

-- Places this login may know of, that this database once was at and is no more.
create function sync.proves_loss(p_me text, p_device sync.device, p_doc jsonb) returns boolean
language sql stable as $$
    select exists (
        select 1 from jsonb_each(coalesce(p_doc->'proofs', '{}')) e
        where sync.may(p_me, e.key, false)
            and e.value->>2 = sync.proof(e.key, (e.value->>0)::bigint, e.value->>1)
            and not exists (select 1 from sync.commit_log l where l.scope = e.key
                and l.seq = (e.value->>0)::bigint and l.hash = e.value->>1))
    or coalesce((p_doc->'delivered'->>0)::bigint > p_device.last_n
        and p_doc->'delivered'->>1 = sync.proof(concat('device ', p_device.device),
            (p_doc->'delivered'->>0)::bigint, ''), false)
$$;

-- Why nothing may be exchanged with that ledger here: it belongs to another database, or (where it does
-- not know to which) it has a history nothing of which is here; or it is a demonstration that would
-- come among what is real. Programs that do not speak of it go on as they did.
create function sync.stranger(p_me text, p_doc jsonb) returns text language sql stable as $$
    select case
        when not p_doc ? 'database' then ''
        when p_doc->>'database' <> '' then
            case when p_doc->>'database' = i.id then '' else 'other' end
        when exists (select 1 from sync.device d
            where d.device in (p_doc->>'device', p_doc->>'was')) then ''
        when coalesce((p_doc->>'acked')::bigint, 0) > 0
                or exists (select 1 from jsonb_each(coalesce(p_doc->'cursors', '{}')) c
                    where (c.value->>0)::bigint > 0) then
            case when exists (
                select 1 from jsonb_each(coalesce(p_doc->'cursors', '{}')) c
                    join sync.commit_log l on l.scope = c.key
                        and l.seq = (c.value->>0)::bigint and l.hash = c.value->>1
                where sync.may(p_me, c.key, false)) then '' else 'other' end
        when p_doc->>'demo' = 'true' and not i.trial
                and exists (select 1 from sync.head h where h.seq > 0) then 'demo'
        else '' end
    from sync.identity i
$$;

create function sync.greet_device(p_me text, p_doc jsonb) returns sync.device
language plpgsql as $$
declare d sync.device; was_here text := coalesce(p_doc->>'was', '');
begin
    if coalesce(p_doc->>'device', '') !~ '^[0-9A-Za-z_-]{1,64}$' then
        raise exception 'device' using errcode = '22023';
    end if;
    select * into d from sync.device where device = p_doc->>'device' for update;
    if d.device is null then
        if (select count(*) from sync.device o where o.login = p_me
                and o.first_seen > clock_timestamp() - interval '30 days') >= 100 then
            raise exception 'devices' using errcode = 'IN002';
        end if;
        insert into sync.device (device, login) values (p_doc->>'device', p_me);
    elsif d.login <> p_me then
        raise exception 'device' using errcode = '28000';
    end if;
    update sync.device set last_seen = clock_timestamp(), app = left(coalesce(p_doc->>'app', ''), 40),
        acked = coalesce((p_doc->>'acked')::bigint, 0),
        schema_version = coalesce((p_doc->>'schema')::integer, 0),
        skew_seconds = extract(epoch from (p_doc->>'now')::timestamptz - clock_timestamp())::bigint,
        pc = left(coalesce(p_doc->>'pc', ''), 60),
        was = case when was_here ~ '^[0-9A-Za-z_-]{1,64}$' then was_here else '' end,
        waiting = greatest(coalesce((p_doc->>'waiting')::bigint, 0), 0)
        where device = p_doc->>'device' returning * into d;
    return d;
end $$;

-- Who looks after the database: its administrators, and people who were given one of these roles.
create function sync.is_keeper() returns boolean language sql stable as $$
    select pg_has_role(session_user::text, 'insp_owner', 'MEMBER') or exists (
        select 1 from sync.account_role r join sync.account a on a.login = r.login
        where r.login = session_user::text and not a.disabled
            and r.role in ('administrator', 'auditor'))
$$;

-- What a keeper may know of: whoever owns the database everything, a person the granted scopes.
create function sync.keeps(p_scope text) returns boolean language sql stable as $$
    select pg_has_role(session_user::text, 'insp_owner', 'MEMBER')
        or sync.may(session_user::text, p_scope, false)
$$;

create function sync.keeps_login(p_login text) returns boolean language sql stable as $$
    select p_login = session_user::text or pg_has_role(session_user::text, 'insp_owner', 'MEMBER')
        or exists (select 1 from sync.scope_grant g
            where g.login = p_login and sync.may(session_user::text, g.scope, false))
$$;

create function sync.need_keeper(p_decides boolean) returns void language plpgsql stable as $$
begin
    if not sync.is_keeper() or (p_decides and exists (select 1 from sync.account_role r
            where r.login = session_user::text and r.role = 'auditor')) then
        raise exception 'keeper' using errcode = '42501';
    end if;
    if p_decides and exists (select 1 from sync.scope s where not sync.keeps(s.scope)) then
        raise exception 'all scopes' using errcode = 'IN001';  -- it is decided for everybody
    end if;
end $$;

-- Said once by each device of each person, until the matter is settled.
create function sync.suspect(
    p_login text, p_device text, p_forked jsonb, p_detail jsonb, p_proven boolean
) returns void language plpgsql as $$
declare people integer;
begin
    perform 1 from sync.server for update;
    perform 1 from sync.suspicion s where s.login = p_login and s.device = p_device;
    if found and not p_proven then
        return;
    end if;
    if not found then
        insert into sync.suspicion (login, device, forked) values (p_login, p_device, p_forked);
    end if;
    perform sync.event(p_login, '', 'recovery_seen', p_detail || jsonb_build_object(
        'device', p_device, 'forked', p_forked));
    select count(distinct s.login) into people from sync.suspicion s
        join sync.account a on a.login = s.login where not a.disabled;
    update sync.server set suspected = true, recovery = recovery or p_proven or people > 1;
    if p_proven or people > 1 then
        perform sync.event(p_login, '', 'recovery_paused', jsonb_build_object('people', people,
            'proven', p_proven));
    end if;
end $$;

-- Nothing of this very transaction is proven: it may still be undone.
-- Whoever belongs elsewhere hears so and leaves no trace: what it remembers says nothing of our history.
create function sync.turn_away(p_me text, p_why text) returns jsonb language sql stable as $$
    select jsonb_build_object('epoch', s.epoch, 'schema', s.schema_version,
        'protocol', jsonb_build_array(s.protocol_min, s.protocol_max),
        'schema_min', s.schema_min, 'recovery', false, 'paused', false, 'last_n', 0,
        'forked', '[]'::jsonb, 'scopes', '{}'::jsonb, 'me', p_me, 'numbers', s.numbers,
        'database', i.id, 'name', current_database(), 'stranger', p_why,
        'now', sync.utc(clock_timestamp()))
    from sync.server s, sync.identity i
$$;

-- The greeting: a cursor that is no point of this history, or a receipt we do not remember, says that
-- we were put back.
create function sync_v1.hello(p_doc jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, sync, pg_temp as $$
declare
    me text := sync.me(); s sync.server; d sync.device; forked jsonb; scopes jsonb; proofs jsonb;
    proven boolean; elsewhere text := sync.stranger(me, p_doc);
begin
    if elsewhere <> '' then
        return sync.turn_away(me, elsewhere);
    end if;
    d := sync.greet_device(me, p_doc);
    proven := sync.proves_loss(me, d, p_doc);
    select coalesce(jsonb_agg(c.key order by c.key), '[]') into forked
        from jsonb_each(coalesce(p_doc->'cursors', '{}')) c
        where sync.may(me, c.key, false) and (c.value->>0)::bigint > 0 and not exists (
            select 1 from sync.commit_log l where l.scope = c.key
                and l.seq = (c.value->>0)::bigint and l.hash = c.value->>1);
    select * into s from sync.server;
    if not s.recovery and (proven or forked <> '[]' or d.acked > d.last_n) then
        perform sync.suspect(me, d.device, forked,
            jsonb_build_object('acked', d.acked, 'last_n', d.last_n), proven);
        select * into s from sync.server;
        update sync.device set last_seen = clock_timestamp() where device = d.device;
    end if;
    select coalesce(jsonb_object_agg(c.key, jsonb_build_array(c.value->0, c.value->1,
            sync.proof(c.key, (c.value->>0)::bigint, c.value->>1))), '{}') into proofs
        from jsonb_each(coalesce(p_doc->'cursors', '{}')) c
        where sync.may(me, c.key, false) and exists (
            select 1 from sync.commit_log l where l.scope = c.key
                and l.seq = (c.value->>0)::bigint and l.hash = c.value->>1
                and l.at < transaction_timestamp());
    select coalesce(jsonb_object_agg(g.scope, jsonb_build_object('seq', h.seq, 'hash', h.hash,
            'write', g.can_write, 'pii', g.can_pii)), '{}') into scopes
        from sync.scope_grant g join sync.head h on h.scope = g.scope where g.login = me;
    return jsonb_build_object('epoch', s.epoch, 'schema', s.schema_version,
        'protocol', jsonb_build_array(s.protocol_min, s.protocol_max),
        'schema_min', s.schema_min, 'recovery', s.recovery or s.suspected,
        'paused', s.recovery, 'keeper', sync.is_keeper(), 'last_n', d.last_n,
        'proofs', proofs, 'delivered', case when d.pushed_at < transaction_timestamp()
            then jsonb_build_array(d.last_n, sync.proof(concat('device ', d.device), d.last_n, ''))
            else '[0, ""]' end,
        'forked', forked, 'scopes', scopes, 'me', me, 'numbers', s.numbers,
        'database', (select i.id from sync.identity i), 'name', current_database(),
        'now', to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"'));
end $$;

-- The administrator begins recovery before the port is opened; from here on no number is leased.
create function sync.begin_recovery() returns void language plpgsql as $$
begin
    update sync.server set recovery = true, suspected = true, epoch = sync.new_id();
    perform sync.event(session_user::text, '', 'recovery_begun', '{}');
end $$;

-- Since when every PC is waited for: the administrator's word, else what made numbering pause.
create function sync.recovery_since() returns timestamptz language sql stable as $$
    with of_now as (
        select e.kind, e.at from sync.event e
        where e.kind in ('recovery_begun', 'recovery_paused') and e.at > coalesce((
            select max(b.at) from sync.event b
            where b.kind in ('recovery_ended', 'recovery_dismissed')), '-infinity'))
    select coalesce((select max(n.at) from of_now n where n.kind = 'recovery_begun'),
        (select min(n.at) from of_now n))
$$;

-- PCs that have not greeted since: what they hold on lease, and may have printed, is not known here.
create function sync.recovery_missing() returns setof sync.device language sql stable as $$
    select d.* from sync.server s cross join sync.device d join sync.account a on a.login = d.login
    where (s.recovery or s.suspected) and not a.disabled
        and d.last_seen < coalesce(sync.recovery_since(), 'infinity')
        and not exists (select 1 from sync.device n where n.was = d.device)
$$;

-- Numbers nobody claimed were given out after the backup or never; they are not given again. Where
-- nothing was lost there is nothing to end: the numbers that wait stay. A PC that has not been here
-- may still claim some: without it, it is ended only for a reason that is kept.
create function sync.end_recovery(p_why text) returns integer language plpgsql as $$
declare lost integer; absent jsonb; reason text := left(btrim(coalesce(p_why, '')), 200);
begin
    perform 1 from sync.server for update;
    if not exists (select 1 from sync.server s where s.recovery or s.suspected) then
        return 0;
    end if;
    select coalesce(jsonb_agg(jsonb_build_object('device', m.device, 'pc', m.pc,
            'login', m.login, 'seen', sync.utc(m.last_seen)) order by m.device), '[]')
        into absent from sync.recovery_missing() m;
    if absent <> '[]' and reason = '' then
        raise exception 'missing' using errcode = '55006';
    end if;
    update sync.number set state = 'void', reason = '共享库恢复时无人认领', at = clock_timestamp()
        where state = 'free';
    get diagnostics lost = row_count;
    update sync.server set recovery = false, suspected = false, epoch = sync.new_id();
    delete from sync.suspicion;
    perform sync.event(session_user::text, '', 'recovery_ended', jsonb_build_object('void', lost,
        'missing', absent, 'why', reason));
    return lost;
end $$;

-- Nothing was lost: whoever said so was wrong or lied. No number is void for it.
create function sync.dismiss_recovery() returns void language plpgsql as $$
declare said jsonb;
begin
    select coalesce(jsonb_agg(jsonb_build_array(s.login, s.device)), '[]') into said
        from sync.suspicion s;
    update sync.server set recovery = false, suspected = false, epoch = sync.new_id();
    delete from sync.suspicion;
    perform sync.event(session_user::text, '', 'recovery_dismissed',
        jsonb_build_object('said_by', said));
end $$;

create function sync.utc(p_at timestamptz) returns text language sql stable as $$
    select to_char(p_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"+00:00"')
$$;

create function sync.device_health() returns jsonb language sql stable as $$
    select coalesce(jsonb_agg(jsonb_build_object('device', d.device, 'pc', d.pc, 'login', d.login,
            'display', a.display, 'disabled', a.disabled, 'last_n', d.last_n, 'acked', d.acked,
            'waiting', d.waiting, 'seen', sync.utc(d.last_seen), 'skew_seconds', d.skew_seconds,
            'app', d.app, 'schema', d.schema_version, 'was', d.was,
            'replaced', exists (select 1 from sync.device n where n.was = d.device),
            'leased', (select count(*) from sync.number k
                where k.device = d.device and k.state = 'leased'),
            'missing', m.device is not null)
        order by d.last_seen desc, d.device), '[]')
    from sync.device d join sync.account a on a.login = d.login
        left join sync.recovery_missing() m on m.device = d.device
    where sync.keeps_login(d.login)
$$;

create function sync.scope_health() returns jsonb language sql stable as $$
    select coalesce(jsonb_agg(jsonb_build_object('scope', s.scope, 'name', s.name, 'seq', h.seq,
            'open', (select count(*) from sync.conflict c
                where c.scope = s.scope and c.state = 'open'),
            'leased', (select count(*) from sync.number k
                where k.scope = s.scope and k.state = 'leased'),
            'at', (select sync.utc(l.at) from sync.commit_log l
                where l.scope = s.scope and l.seq = h.seq))
        order by s.scope), '[]')
    from sync.scope s join sync.head h on h.scope = s.scope
    where sync.keeps(s.scope)
$$;

create function sync.health() returns jsonb language sql stable as $$
    select jsonb_build_object('now', sync.utc(clock_timestamp()), 'server', version(),
        'schema', s.schema_version, 'step', (select max(m.number) from sync.migration m),
        'program', d.program, 'functions', d.sha,
        'epoch', s.epoch, 'numbers', s.numbers, 'paused', s.recovery, 'suspected', s.suspected,
        'bytes', (select sum(pg_total_relation_size(c.oid)) from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = 'sync' and c.relkind = 'r'),
        'rejected', (select count(*) from sync.event e where e.kind = 'rejected'),
        'doubts', (select coalesce(jsonb_agg(jsonb_build_object('login', q.login,
                'device', q.device, 'at', sync.utc(q.at)) order by q.at), '[]')
            from sync.suspicion q where sync.keeps_login(q.login)),
        'devices', sync.device_health(), 'scopes', sync.scope_health())
    from sync.server s
        cross join (select f.program, f.sha from sync.definition f order by f.at desc limit 1) d
$$;

-- A set says so itself; it is believed where a purge stands for an aggregate of the set.
create function sync.was_purged(p_ops jsonb) returns boolean language sql stable as $$
    select exists (select 1 from jsonb_array_elements(case
            when jsonb_typeof(p_ops) = 'array' then p_ops else '[]' end) e
        join sync.purge p on p.done and p.root = e.value->>'root')
$$;

-- A piece of a history looked at: links that do not hold, and up to where it was looked.
create function sync.verify_part(p_scope text, p_after bigint, p_most integer) returns jsonb
language sql stable as $$
    with piece as (
        select l.seq, l.hash, l.set_id, c.login, c.ops_sha, c.ops, c.scope,
            c.scrubbed and sync.was_purged(c.ops) as scrubbed
        from sync.commit_log l left join sync.changeset c on c.id = l.set_id
        where l.scope = p_scope and l.seq > p_after order by l.seq limit p_most),
    links as (
        select p.*, lag(p.seq, 1, p_after) over (order by p.seq) as before_seq,
            lag(p.hash, 1, coalesce((select b.hash from sync.commit_log b
                where b.scope = p_scope and b.seq = p_after), '')) over (order by p.seq)
                as before_hash
        from piece p),
    wrong as (
        select k.seq, 'gap' as what from links k where k.seq <> k.before_seq + 1
        union all
        select k.seq, 'link' from links k where k.ops_sha is null or k.hash <> sync.sha(
            concat_ws('|', k.before_hash, k.seq, k.set_id, k.login, k.ops_sha))
        union all
        select k.seq, 'content' from links k where not k.scrubbed
            and k.ops_sha <> sync.content_sha(k.scope, k.ops::text)
        union all
        select h.seq, 'head' from sync.head h where h.scope = p_scope
            and (select count(*) from piece) < p_most
            and h.seq <> (select coalesce(max(q.seq), p_after) from piece q)
        union all
        select h.seq, 'head' from sync.head h join piece q on q.seq = h.seq
            where h.scope = p_scope and h.hash <> q.hash)
    select jsonb_build_object('checked', (select count(*) from piece),
        'last', (select coalesce(max(q.seq), p_after) from piece q),
        'head', (select h.seq from sync.head h where h.scope = p_scope),
        'broken', coalesce((select jsonb_agg(jsonb_build_array(w.seq, w.what)
            order by w.seq, w.what) from wrong w), '[]'))
$$;

create function sync_v1.health() returns jsonb
language plpgsql security definer set search_path = pg_catalog, sync, pg_temp as $$
begin
    perform sync.need_keeper(false);
    return sync.health();
end $$;

create function sync_v1.verify(p_scope text, p_after bigint, p_most integer) returns jsonb
language plpgsql security definer set search_path = pg_catalog, sync, pg_temp as $$
begin
    perform sync.need_keeper(false);
    if not sync.keeps(p_scope) then
        raise exception 'scope' using errcode = '42501';
    elsif p_most is null or p_most not between 1 and 10000 then
        raise exception 'most' using errcode = '22023';
    end if;
    return sync.verify_part(p_scope, coalesce(p_after, 0), p_most);
end $$;

-- What a keeper decides when somebody said that history is missing.
create function sync_v1.decide(p_word text, p_why text default '') returns integer
language plpgsql security definer set search_path = pg_catalog, sync, pg_temp as $$
begin
    perform sync.need_keeper(true);
    if p_word = 'lost' then
        perform sync.begin_recovery();
    elsif p_word = 'whole' then
        perform sync.dismiss_recovery();
    elsif p_word = 'done' then
        return sync.end_recovery(p_why);
    else
        raise exception 'word' using errcode = '22023';
    end if;
    return 0;
end $$;

-- The links of a history one may read: whoever has them can compute the chain and find his own sets.
create function sync_v1.links(p_scope text, p_after bigint, p_most integer) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, sync, pg_temp as $$
declare answer jsonb; me text := sync.need_scope(p_scope);
begin
    if me is null or p_most is null or p_most not between 1 and 10000 then
        raise exception 'most' using errcode = '22023';
    end if;
    select coalesce(jsonb_agg(jsonb_build_array(k.seq, k.set_id, k.login, k.ops_sha, k.hash)
            order by k.seq), '[]') into answer
        from (select l.seq, l.set_id, c.login, c.ops_sha, l.hash
            from sync.commit_log l join sync.changeset c on c.id = l.set_id
            where l.scope = p_scope and l.seq > coalesce(p_after, 0)
            order by l.seq limit p_most) k;
    return answer;
end $$;
