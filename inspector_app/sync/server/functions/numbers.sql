-- Numbers for a PC alone, giving them back, and the runbook after a restore.

-- While history that was put back is brought up to date: PCs say again what they hold, nobody gets
-- new numbers.
create function sync.recovering() returns boolean language sql stable as $$
    select s.recovery from sync.server s
$$;

-- A pushed number entry is taken when its number is on lease to this device, or was declared. A
-- number that ended as void at this device and turns up on a paper all the same is issued: nobody
-- else ever had it.
create function sync.take_number(p_context jsonb, p_mine jsonb) returns void
language plpgsql as $$
declare
    known sync.number; here text := p_context->>'scope'; which text := p_mine->>'series';
    v_year integer := (p_mine->>'year')::integer; v_no integer := (p_mine->>'no')::integer;
begin
    perform sync.need_series(here, which, v_year);
    select * into known from sync.number where scope = here and series = which and year = v_year
        and no = v_no;
    if known.entry = p_mine->>'id' or exists (select 1 from sync.number_twin w
            where w.scope = here and w.series = which and w.year = v_year and w.no = v_no
            and w.entry = p_mine->>'id') then
        return;
    end if;
    if not (coalesce(known.state in ('leased', 'void') and known.entry = ''
                and known.device = p_context->>'device', false)
            or (sync.recovering() and coalesce(known.state = 'free', true))) then
        perform sync.fail('number_not_leased');
    end if;
    perform sync.reach(here, which, v_year, v_no);
    update sync.number set state = 'issued', device = p_context->>'device',
        entry = p_mine->>'id', at = clock_timestamp(),
        reason = case when known.device = p_context->>'device' then '' else 'recovered' end
        where scope = here and series = which and year = v_year and no = v_no;
end $$;

create function sync.need_writer(p_device text, p_scope text) returns sync.device
language plpgsql as $$
declare d sync.device;
begin
    d := sync.need_device(p_device);
    if not sync.may(d.login, p_scope, true) then
        raise exception 'scope' using errcode = '42501';
    end if;
    perform 1 from sync.head where scope = p_scope for update;
    return d;
end $$;

-- A person holds, and ends in a day, no more numbers than offices use.
create function sync.room_for_numbers(p_login text) returns integer language sql stable as $$
    select 5000 - count(*)::integer from sync.device d join sync.number n on n.device = d.device
        and n.state in ('leased', 'void')
    where d.login = p_login
        and (n.state = 'leased' or n.at > clock_timestamp() - interval '1 day')
$$;

-- A series of this office's time: none (0), or a year somebody may number in by now.
create function sync.is_of_now(p_year integer) returns boolean language sql stable as $$
    select coalesce(p_year = 0 or p_year between 1949 and
        extract(year from clock_timestamp() + interval '1 year')::integer, true)
$$;

create function sync.need_few(p_list jsonb) returns void language plpgsql as $$
begin
    if jsonb_array_length(p_list) > 5000 then
        raise exception 'list' using errcode = '22023';
    end if;
end $$;

-- All that the device holds of a series, filled up to `p_count`: free numbers first, lowest first,
-- then new ones. Asked again after a lost answer it gives the same numbers.
create function sync_v1.lease(
    p_device text, p_scope text, p_series text, p_year integer, p_count integer
) returns jsonb
language plpgsql security definer set search_path = pg_catalog, sync, pg_temp as $$
declare d sync.device; taken jsonb := '[]'; here sync.number_series; one record; lack integer;
begin
    d := sync.need_writer(p_device, p_scope);
    if sync.recovering() then
        raise exception 'recovery' using errcode = '55000';
    end if;
    if p_count is null or p_count not between 1 and 2000 or not sync.is_of_now(p_year) then
        raise exception 'count' using errcode = '22023';
    end if;
    perform sync.need_series(p_scope, p_series, p_year);
    lack := p_count - (select count(*) from sync.number n where n.scope = p_scope
        and n.series = p_series and n.year = p_year and n.state = 'leased' and n.device = p_device);
    if lack > 0 and lack > sync.room_for_numbers(d.login) then
        raise exception 'numbers' using errcode = 'IN002';
    end if;
    for one in select n.no from sync.number n where n.scope = p_scope and n.series = p_series
            and n.year = p_year and n.state = 'free' order by n.no limit greatest(lack, 0) loop
        update sync.number set state = 'leased', device = p_device, reason = '',
            at = clock_timestamp() where scope = p_scope and series = p_series and year = p_year
            and no = one.no;
        taken := taken || to_jsonb(one.no);
    end loop;
    while jsonb_array_length(taken) < lack loop
        update sync.number_series set next_no = next_no + 1 where scope = p_scope
            and series = p_series and year = p_year returning * into here;
        insert into sync.number (scope, series, year, no, state, device)
            values (p_scope, p_series, p_year, here.next_no - 1, 'leased', p_device);
        taken := taken || to_jsonb(here.next_no - 1);
    end loop;
    if taken <> '[]' then
        perform sync.event(d.login, p_scope, 'lease', jsonb_build_object('device', p_device,
            'series', p_series, 'year', p_year, 'nos', taken));
    end if;
    return (select coalesce(jsonb_agg(n.no order by n.no), '[]') from sync.number n
        where n.scope = p_scope and n.series = p_series and n.year = p_year
        and n.state = 'leased' and n.device = p_device);
end $$;

-- Everything that is on lease to a device of this login: [[scope, series, year, [no…]]…].
create function sync_v1.held(p_device text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, sync, pg_temp as $$
declare d sync.device;
begin
    d := sync.need_device(p_device);
    return (select coalesce(jsonb_agg(jsonb_build_array(g.scope, g.series, g.year, g.nos)
            order by g.scope, g.series, g.year), '[]')
        from (select n.scope, n.series, n.year, jsonb_agg(n.no order by n.no) as nos
            from sync.number n where n.device = p_device and n.state = 'leased'
            group by n.scope, n.series, n.year) g);
end $$;

-- Numbers a PC had used before it joined, or that a restored server does not know: [[no, entry]…].
-- `p_was` are the names the same PC had before, a blank between them. What another has already is told and kept as a twin.
create function sync_v1.declare_used(
    p_device text, p_scope text, p_series text, p_year integer, p_used jsonb, p_was text
) returns jsonb
language plpgsql security definer set search_path = pg_catalog, sync, pg_temp as $$
declare
    d sync.device; one record; known sync.number; twins jsonb := '[]';
    again boolean := sync.recovering();
    names text[] := string_to_array(coalesce(p_was, ''), ' ');
begin
    d := sync.need_writer(p_device, p_scope);
    if d.last_n > 0 and not again then
        raise exception 'joined' using errcode = '42501';
    end if;
    perform sync.need_few(p_used);
    perform sync.need_series(p_scope, p_series, p_year);
    for one in select (e.value->>0)::integer as no, e.value->>1 as entry
            from jsonb_array_elements(p_used) e order by 1 loop
        if coalesce(one.entry, '') !~ '^[0-9a-f-]{36}$' then
            raise exception 'entry' using errcode = '22023';
        end if;
        perform sync.reach(p_scope, p_series, p_year, one.no);
        select * into known from sync.number where scope = p_scope and series = p_series
            and year = p_year and no = one.no;
        continue when known.entry = one.entry;
        if known.state = 'free' or (known.state = 'void' and known.entry = '')
            or (known.state = 'leased' and (again or known.device = p_device
                or exists (select 1 from sync.device o where o.device = known.device
                    and o.device = any (names) and o.login = d.login))) then
            update sync.number set state = 'issued', device = p_device, entry = one.entry,
                reason = case when again then 'recovered' else 'declared' end,
                at = clock_timestamp() where scope = p_scope and series = p_series
                and year = p_year and no = one.no;
            continue;
        end if;
        twins := twins || to_jsonb(one.no);
        perform 1 from sync.number_twin w where w.scope = p_scope and w.series = p_series
            and w.year = p_year and w.no = one.no and w.entry = one.entry;
        if not found then
            insert into sync.number_twin (scope, series, year, no, entry, device)
                values (p_scope, p_series, p_year, one.no, one.entry, p_device);
        end if;
    end loop;
    perform sync.event(d.login, p_scope, 'declare', jsonb_build_object('device', p_device,
        'series', p_series, 'year', p_year, 'used', p_used, 'twins', twins));
    return twins;
end $$;

-- Unused numbers come back: 'reuse' frees them for the next lease, 'void' ends them with the reason.
create function sync_v1.release(
    p_device text, p_scope text, p_series text, p_year integer, p_nos jsonb, p_policy text
) returns jsonb
language plpgsql security definer set search_path = pg_catalog, sync, pg_temp as $$
declare d sync.device; one record; given jsonb := '[]';
begin
    d := sync.need_writer(p_device, p_scope);
    if p_policy is null or p_policy !~ '^(reuse|void(:.{1,200})?)$' then
        raise exception 'policy' using errcode = '22023';
    end if;
    perform sync.need_few(p_nos);
    for one in select distinct e.value::text::integer as no from jsonb_array_elements(p_nos) e loop
        update sync.number set state = case when p_policy = 'reuse' then 'free' else 'void' end,
            device = case when p_policy = 'reuse' then '' else device end,
            reason = case when p_policy = 'reuse' then ''
                else coalesce(nullif(substr(p_policy, 6), ''), '未使用') end,
            at = clock_timestamp()
            where scope = p_scope and series = p_series and year = p_year and no = one.no
            and state = 'leased' and device = p_device;
        if found then
            given := given || to_jsonb(one.no);
        end if;
    end loop;
    perform sync.event(d.login, p_scope, 'release', jsonb_build_object('device', p_device,
        'series', p_series, 'year', p_year, 'nos', given, 'policy', p_policy));
    return given;
end $$;

-- After a restore every PC says which numbers it still holds; what another holds is not its own.
create function sync_v1.redeclare(
    p_device text, p_scope text, p_series text, p_year integer, p_nos jsonb
) returns jsonb
language plpgsql security definer set search_path = pg_catalog, sync, pg_temp as $$
declare d sync.device; one record; lost jsonb := '[]';
begin
    d := sync.need_writer(p_device, p_scope);
    if not sync.recovering() then
        raise exception 'recovery' using errcode = '55000';
    end if;
    perform sync.need_few(p_nos);
    perform sync.need_series(p_scope, p_series, p_year);
    for one in select distinct e.value::text::integer as no from jsonb_array_elements(p_nos) e
            order by 1 loop
        perform sync.reach(p_scope, p_series, p_year, one.no);
        update sync.number set state = 'leased', device = p_device, reason = 'recovered',
            at = clock_timestamp()
            where scope = p_scope and series = p_series and year = p_year and no = one.no
            and (state = 'free' or (state = 'leased' and device = p_device));
        if not found then
            lost := lost || to_jsonb(one.no);
        end if;
    end loop;
    perform sync.event(d.login, p_scope, 'redeclare', jsonb_build_object('device', p_device,
        'series', p_series, 'year', p_year, 'nos', p_nos, 'lost', lost));
    return lost;
end $$;

-- Links that do not hold: (scope, seq, what). An empty answer means that history is as it was written.
create function sync.verify() returns table (scope text, seq bigint, what text)
language sql stable as $$
    with links as (
        select l.scope, l.seq, l.hash, l.set_id, c.login, c.ops_sha, c.ops,
            c.scrubbed and sync.was_purged(c.ops) as scrubbed, c.scope as set_scope,
            lag(l.hash, 1, '') over (partition by l.scope order by l.seq) as before_hash,
            lag(l.seq, 1, 0::bigint) over (partition by l.scope order by l.seq) as before_seq
        from sync.commit_log l left join sync.changeset c on c.id = l.set_id)
    select k.scope, k.seq, 'gap' from links k where k.seq <> k.before_seq + 1
    union all
    select k.scope, k.seq, 'link' from links k where k.ops_sha is null or k.hash <> sync.sha(
        concat_ws('|', k.before_hash, k.seq, k.set_id, k.login, k.ops_sha))
    union all
    select k.scope, k.seq, 'content' from links k where not k.scrubbed
        and k.ops_sha <> sync.content_sha(k.set_scope, k.ops::text)
    union all
    select h.scope, h.seq, 'head' from sync.head h where h.seq > 0 and not exists (
        select 1 from sync.commit_log l
        where l.scope = h.scope and l.seq = h.seq and l.hash = h.hash
            and not exists (select 1 from sync.commit_log n
                where n.scope = h.scope and n.seq > h.seq))
$$;
