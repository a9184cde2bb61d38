-- What became of every number, for the register of each office; PCs that do not come back; and who
-- received personal data.

-- The whole register of a year and of the series that run on: every number with what became of it.
create function sync.register_of(p_scope text, p_year integer) returns jsonb
language sql stable as $$
    select jsonb_build_object(
        'numbers', coalesce((select jsonb_agg(jsonb_build_array(n.series, n.year, n.no,
                case when n.state = 'issued' then coalesce(r.data->>'state', 'issued')
                    else n.state end,
                n.device, coalesce(a.display, ''),
                coalesce(nullif(r.data->>'reason', ''), n.reason),
                to_char(n.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"+00:00"'),
                n.state = 'issued')
                order by n.series, n.year, n.no)
            from sync.number n left join sync.device d on d.device = n.device
            left join sync.account a on a.login = d.login
            left join sync.row r on r.t = 'number_entry' and r.id = n.entry
            where n.scope = p_scope and n.year in (0, p_year)), '[]'),
        'twins', coalesce((select jsonb_agg(jsonb_build_array(w.series, w.year, w.no, w.device,
                coalesce(a.display, '')) order by w.series, w.year, w.no)
            from sync.number_twin w left join sync.device d on d.device = w.device
            left join sync.account a on a.login = d.login
            where w.scope = p_scope and w.year in (0, p_year)), '[]'))
$$;

create function sync_v1.register(p_scope text, p_year integer) returns jsonb
language plpgsql security definer set search_path = pg_catalog, sync, pg_temp as $$
begin
    perform sync.need_scope(p_scope);
    return sync.register_of(p_scope, p_year);
end $$;

-- A PC that is lost or given up: what it held is void, once its papers have been searched.
create function sync.forfeit(p_device text, p_reason text) returns integer language plpgsql as $$
declare gone integer;
begin
    update sync.number set state = 'void', reason = p_reason, at = clock_timestamp()
        where state = 'leased' and device = p_device;
    get diagnostics gone = row_count;
    perform sync.event(session_user::text, '', 'forfeit', jsonb_build_object('device', p_device,
        'reason', p_reason, 'void', gone));
    return gone;
end $$;

-- A line for each person, county and day (of China): pages with personal data and the records they
-- told of, files that were fetched, and when. Never what stood in them.
create function sync.received(p_scope text, p_since timestamptz, p_most integer) returns jsonb
language sql stable as $$
    with kept as (
        select s.scope from sync.scope s
        where (p_scope = '' or s.scope = p_scope) and sync.keeps(s.scope)),
    taken as (
        select a.login, a.scope, a.at, 1 as pages, a.rows_sent as records, 0 as files, 0 as asked
        from sync.access a join kept k on k.scope = a.scope where a.at >= p_since
        union all
        select q.login, q.scope, q.at, 0, 0, 0, 1
        from sync.asked q join kept k on k.scope = q.scope where q.at >= p_since
        union all
        select e.login, e.scope, e.at, 0, 0, 1, 0 from sync.event e join kept k on k.scope = e.scope
        where e.kind = 'file_read' and e.at >= p_since),
    days as (
        select t.login, t.scope, (t.at at time zone 'Asia/Shanghai')::date as day,
            min(t.at) as first_at, max(t.at) as last_at, 
            greatest(sum(t.pages), sum(t.asked)) as pages,
            sum(t.records) as records, sum(t.files) as files
        from taken t group by t.login, t.scope, (t.at at time zone 'Asia/Shanghai')::date
        order by max(t.at) desc, t.login, t.scope limit p_most)
    select coalesce(jsonb_agg(jsonb_build_object('login', d.login,
            'display', coalesce(a.display, ''), 'scope', d.scope, 'county', coalesce(s.name, ''),
            'day', d.day, 'first', sync.utc(d.first_at), 'last', sync.utc(d.last_at),
            'pages', d.pages, 'records', d.records, 'files', d.files)
        order by d.last_at desc, d.login, d.scope), '[]')
    from days d left join sync.account a on a.login = d.login
        left join sync.scope s on s.scope = d.scope
$$;

create function sync_v1.received(p_scope text, p_since timestamptz, p_most integer) returns jsonb
language plpgsql security definer set search_path = pg_catalog, sync, pg_temp as $$
begin
    perform sync.need_keeper(false);
    if coalesce(p_scope, '') <> '' and not sync.keeps(p_scope) then
        raise exception 'scope' using errcode = '42501';
    end if;
    if p_most is null or p_most not between 1 and 10000 or p_since is null then
        raise exception 'most' using errcode = '22023';
    end if;
    return sync.received(coalesce(p_scope, ''), p_since, p_most);
end $$;
