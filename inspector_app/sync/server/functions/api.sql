-- What a PC may call, and nothing else: every function runs as the owner with a fixed search path.

create function sync.need_scope(p_scope text) returns text language plpgsql stable as $$
begin
    if not sync.may(sync.me(), p_scope, false) then
        raise exception 'scope' using errcode = '42501';
    end if;
    return sync.me();
end $$;

create function sync.need_device(p_device text) returns sync.device language plpgsql as $$
declare d sync.device;
begin
    select * into d from sync.device where device = p_device and login = sync.me() for update;
    if d.device is null then
        raise exception 'device' using errcode = '28000';
    end if;
    return d;
end $$;

-- A set as it came. What no text can hold (a NUL, half a character) is exchanged and marked as bad:
-- the set is refused, and the call goes on.
create function sync.read_set(p_set json, out said jsonb, out bad boolean)
language plpgsql immutable as $$
begin
    said := p_set::jsonb;
    bad := false;
exception when data_exception then
    said := regexp_replace(p_set::text, '\\u(0000|[dD][89a-fA-F][0-9a-fA-F]{2})', '\\ufffd',
        'g')::jsonb;
    bad := true;
end $$;

-- All sets of a call, in one go where all of them can be held. Text is taken apart once: reading it
-- set by set would read it three times.
create function sync.read_sets(p_sets json, out said jsonb, out bad boolean[])
language plpgsql immutable as $$
begin
    said := p_sets::jsonb;
exception when data_exception then
    select jsonb_agg(r.said order by e.ordinality), array_agg(r.bad order by e.ordinality)
        into said, bad
        from json_array_elements(p_sets) with ordinality e, sync.read_set(e.value) r;
end $$;

-- Nine letters can be a number of a hundred thousand digits, and a call is full of them: nobody who
-- exchanges writes one. In a text it may stand.
create function sync.swells(p_said text) returns boolean language plpgsql immutable as $$
begin
    return p_said ~ '[0-9][eE][+]?[0-9]{2,}[[:space:]]*[],}]'
        and regexp_replace(p_said, '"([^"\\]|\\.)*"', '', 'g') ~ '[eE]';
end $$;

-- Heads in the order of their names, before the first set: two calls never wait for each other.
create function sync.lock_heads(p_me text, p_sets jsonb) returns void language plpgsql as $$
declare one record; ops jsonb; scopes text[] := '{}';
begin
    for place in 0 .. jsonb_array_length(p_sets) - 1 loop
        scopes := array_append(scopes, p_sets->place->>'scope');
        ops := p_sets->place->'ops';
        if jsonb_typeof(ops) = 'array' and ops @> '[{"k": "move"}]' then
            scopes := scopes || array(select e.value->>'to' from jsonb_array_elements(ops) e
                where e.value->>'k' = 'move');
        end if;
    end loop;
    for one in
        select g.scope from sync.scope_grant g
        where g.login = p_me and g.can_write and g.scope = any (scopes) order by g.scope
    loop
        perform 1 from sync.head where scope = one.scope for update;
    end loop;
end $$;

-- What is said besides the ops is held to a length; what was too large to take is not kept either.
create function sync.keep(
    p_me text, p_device text, p_set jsonb, p_sha text, p_receipt jsonb
) returns void language sql volatile as $$
    insert into sync.changeset (id, scope, login, device, actor_said, action_said, why_said, at_said,
        ops, ops_sha, receipt)
    values (p_set->>'id', left(coalesce(p_set->>'scope', ''), 200), p_me, p_device,
        left(coalesce(p_set->>'actor', ''), 200), left(coalesce(p_set->>'action', ''), 200),
        left(coalesce(p_set->>'why', ''), 4000), left(coalesce(p_set->>'at', ''), 40),
        case when p_receipt->>'why' = 'too_large' then 'null'
            else coalesce(p_set->'ops', 'null') end, p_sha, p_receipt)
$$;

-- One delivery: known number, gap, known content, or new.
create function sync.deliver(
    p_me text, p_device sync.device, p_set jsonb, p_bad boolean
) returns jsonb language plpgsql as $$
declare
    old sync.changeset; said text; digest text; receipt jsonb;
    n bigint := (p_set->>'n')::bigint; set_id text := p_set->>'id';
begin
    if n is null or coalesce(set_id, '') !~ '^[0-9a-f-]{36}$' then
        raise exception 'set' using errcode = '22023';
    end if;
    said := (p_set->'ops')::text;
    digest := sync.content_sha(p_set->>'scope', said);
    select c.* into old from sync.delivery d join sync.changeset c on c.id = d.set_id
        where d.device = p_device.device and d.n = (p_set->>'n')::bigint;
    if old.id is not null then
        if old.id <> set_id or old.ops_sha <> digest then
            return jsonb_build_object('n', n, 's', 'device_forked');
        end if;
        return old.receipt || jsonb_build_object('n', n, 'dup', true);
    end if;
    if n <> p_device.last_n + 1 then
        return jsonb_build_object('n', n, 's', 'gap', 'expect', p_device.last_n + 1);
    end if;
    select * into old from sync.changeset where id = set_id;
    if old.id is not null and (old.ops_sha <> digest or old.login <> p_me) then
        return jsonb_build_object('n', n, 's', 'id_reused');
    end if;
    if old.id is not null then
        receipt := old.receipt || jsonb_build_object('n', n, 'dup', true);
    else
        receipt := case when p_bad then jsonb_build_object('s', 'rejected', 'seq', null,
                'ops', '[]'::jsonb, 'why', 'bad_data')
            else sync.take(p_me, p_device.device, p_set, digest, octet_length(said)) end
            || jsonb_build_object('n', n, 'dup', false);
        perform sync.keep(p_me, p_device.device, p_set, digest, receipt);
    end if;
    insert into sync.delivery (device, n, set_id) values (p_device.device, n, set_id);
    return receipt;
end $$;

create function sync_v1.push(p_device text, p_sets json) returns jsonb
language plpgsql security definer set search_path = pg_catalog, sync, pg_temp as $$
declare
    me text := sync.me(); d sync.device; sets jsonb; bad boolean[]; receipt jsonb;
    receipts jsonb := '[]';
begin
    if octet_length(p_sets::text) > 8388608 or sync.swells(p_sets::text) then
        raise exception 'call' using errcode = '22023';
    end if;
    select coalesce(r.said, '[]'), r.bad into sets, bad from sync.read_sets(p_sets) r;
    if jsonb_array_length(sets) > 20 then
        raise exception 'call' using errcode = '22023';
    end if;
    d := sync.need_device(p_device);
    perform sync.lock_heads(me, sets);
    for place in 0 .. jsonb_array_length(sets) - 1 loop
        receipt := sync.deliver(me, d, sets->place, coalesce(bad[place + 1], false));
        receipts := receipts || receipt;
        if receipt->>'s' not in ('ok', 'rejected') then
            exit;
        end if;
        d.last_n := greatest(d.last_n, (receipt->>'n')::bigint);
    end loop;
    update sync.device set last_n = d.last_n, last_seen = clock_timestamp(), pushed_at =
            case when last_n < d.last_n then clock_timestamp() else pushed_at end
        where device = p_device;
    return receipts;
end $$;

create function sync.without_pii(p_t text, p_cells jsonb) returns jsonb language sql stable as $$
    select case when p_cells is null then null else p_cells || coalesce((
        select jsonb_object_agg(c.name, case when c.kind = 'text' then '""'::jsonb else '0' end)
        from sync.col c where c.t = p_t and c.pii and p_cells ? c.name), '{}') end
$$;

-- One statement, one snapshot: aggregates after the cursor, their rows and conflicts, the head. Each
-- aggregate looks for its own by key: a join of two whole lists is a bad plan as soon as both are
-- long. Text is put together, not jsonb: nobody here reads it again.
create function sync.page(
    p_scope text, p_base bigint, p_after bigint, p_after_root text, p_most integer, p_pii boolean,
    out answer json, out sent bigint
) language sql stable as $$
    with feed as (
        select r.root, r.root_type, r.seq from sync.root r
        where r.scope = p_scope and (r.seq, r.root) > (p_after, p_after_root collate "C")
        order by r.seq, r.root limit p_most + 1),
    chosen as (select f.* from feed f order by f.seq, f.root limit p_most),
    roots as (
        select count(*) as sent, json_agg(json_build_object('root_type', c.root_type,
            'root', c.root, 'seq', c.seq, 'rows', coalesce((
                select json_agg(json_build_object('t', r.t, 'id', r.id, 'rev', r.rev,
                    'c', case when r.gone then null when p_pii then r.data
                        else sync.without_pii(r.t, r.data) end))
                from sync.row r where r.root = c.root and r.rev > p_base), '[]'),
            'conflicts', coalesce((
                select json_agg(sync.conflict_said(k, p_pii))
                from sync.conflict k where k.root = c.root and k.rev > p_base), '[]'))
            order by c.seq, c.root) as all_roots
        from chosen c),
    last_one as (select c.seq, c.root from chosen c order by c.seq desc, c.root desc limit 1),
    more as (select count(*) > p_most as more from feed)
    select json_build_object('roots', coalesce(roots.all_roots, '[]'), 'more', more.more,
        'next', coalesce((select json_build_array(l.seq, l.root) from last_one l),
            json_build_array(p_after, p_after_root)),
        'exits', case when more.more then '[]'::json else coalesce((
            select json_agg(json_build_object('root_type', x.root_type, 'root', x.root,
                'kind', x.kind)) from sync.exit x
            where x.scope = p_scope and x.seq > p_base), '[]') end,
        'head', (select json_build_array(h.seq, h.hash) from sync.head h where h.scope = p_scope)),
        roots.sent
    from roots, more
$$;

-- Whether a page with personal data may be given now: there is none, or it was asked for before, in a
-- transaction that nobody can undo any more. Asked for the first time it is only noted.
create function sync.was_asked(
    p_me text, p_scope text, p_after bigint, p_after_root text
) returns boolean language plpgsql as $$
begin
    if pg_has_role(session_user::text, 'insp_owner', 'MEMBER') or exists (
            select 1 from sync.asked x where x.login = p_me and x.scope = p_scope
                and x.at > clock_timestamp() - interval '10 minutes'
                and x.at < transaction_timestamp() and x.after_seq = p_after)
        or not exists (select 1 from sync.root r where r.scope = p_scope
            and (r.seq, r.root) > (p_after, p_after_root collate "C")) then
        return true;
    end if;
    insert into sync.asked (login, scope, after_seq) values (p_me, p_scope, p_after);
    return false;
end $$;

create function sync_v1.pull(
    p_scope text, p_base bigint, p_after bigint, p_after_root text, p_most integer
) returns json
language plpgsql security definer set search_path = pg_catalog, sync, pg_temp as $$
declare me text := sync.need_scope(p_scope); page record; pii boolean;
begin
    if p_most is null or p_most not between 1 and 2000 then
        raise exception 'most' using errcode = '22023';
    end if;
    pii := sync.may_pii(me, p_scope);
    if pii and not sync.was_asked(me, p_scope, coalesce(p_after, 0), coalesce(p_after_root, ''))
    then
        return null;
    end if;
    select p.answer, p.sent into page from sync.page(p_scope, coalesce(p_base, 0),
        coalesce(p_after, 0), coalesce(p_after_root, ''), p_most, pii) p;
    if pii and page.sent > 0 then
        insert into sync.access (id, login, scope, after_seq, rows_sent)
        values (sync.new_id(), me, p_scope, coalesce(p_after, 0), page.sent);
    end if;
    return page.answer;
end $$;

-- What a scope adds up to, for a program that knows the tables of schema p_schema: a null knows
-- all of them.
create function sync_v1.digest(p_scope text, p_schema integer default null) returns jsonb
language sql stable security definer set search_path = pg_catalog, sync, pg_temp as $$
    with allowed as (select sync.need_scope(p_scope) as me),
    live as (select count(*) as rows, coalesce(sum(('x' || left(sync.sha(
            concat_ws('|', r.t, r.id, r.rev)), 8))::bit(32)::bigint), 0) as total
        from allowed, sync.row r where r.scope = p_scope and not r.gone
            and (p_schema is null or r.t in (
                select c.t from sync.col c group by c.t having min(c.since) <= p_schema)))
    select jsonb_build_object('head', jsonb_build_array(h.seq, h.hash), 'rows', live.rows,
        'sum', live.total::text)
    from allowed, live, sync.head h where h.scope = p_scope and allowed.me is not null
$$;
