-- Pages of a first load: what `pull` gives from nothing on, in another form. The live rows of a table
-- are one text, a row a line, as the table holds them: nobody takes them apart on the way.

create function sync.conflict_said(k sync.conflict, p_pii boolean) returns json
language sql stable as $$
    select json_build_object('id', k.id, 't', k.t, 'row_id', k.row_id, 'root_type', k.root_type,
        'root', k.root, 'grp', k.grp,
        'base', case when p_pii then k.base else sync.without_pii(k.t, k.base) end,
        'theirs', case when p_pii then k.theirs else sync.without_pii(k.t, k.theirs) end,
        'mine', case when p_pii then k.mine else sync.without_pii(k.t, k.mine) end,
        'mine_by', k.mine_by, 'theirs_by', k.theirs_by, 'at', k.at_said, 'state', k.state,
        'resolution', case when p_pii then k.resolution
            else sync.without_pii(k.t, k.resolution) end,
        'reason', k.reason, 'resolved_by', k.resolved_by)
$$;

-- The first row, of no table, says what the page is: its aggregates, what is gone, what is disputed.
-- One statement, one snapshot; each aggregate looks for its own by key (as in `page`). Within a table
-- no order is asked for: sorting whole rows takes as long as finding them.
create function sync.load(
    p_scope text, p_after bigint, p_after_root text, p_most integer, p_pii boolean
) returns table (t text, body text, sent bigint) language sql stable as $$
    with feed as (
        select r.root, r.root_type, r.seq from sync.root r
        where r.scope = p_scope and (r.seq, r.root) > (p_after, p_after_root collate "C")
        order by r.seq, r.root limit p_most + 1),
    chosen as (select f.* from feed f order by f.seq, f.root limit p_most),
    found as (
        select c.root, r.t, r.id, r.rev, r.gone, r.data
        from chosen c cross join lateral (
            select one.* from sync.row one where one.root = c.root offset 0) r),
    last_one as (select c.seq, c.root from chosen c order by c.seq desc, c.root desc limit 1),
    more as (select count(*) > p_most as more from feed)
    select '', json_build_object(
        'roots', coalesce((select json_agg(json_build_array(c.root_type, c.root, c.seq)
            order by c.seq, c.root) from chosen c), '[]'),
        'gone', coalesce((select json_agg(json_build_array(f.root, f.t, f.id, f.rev))
            from found f where f.gone), '[]'),
        'conflicts', coalesce((select json_agg(sync.conflict_said(k, p_pii))
            from chosen c join sync.conflict k on k.root = c.root), '[]'),
        'more', more.more,
        'next', coalesce((select json_build_array(l.seq, l.root) from last_one l),
            json_build_array(p_after, p_after_root)),
        'exits', case when more.more then '[]'::json else coalesce((
            select json_agg(json_build_object('root_type', x.root_type, 'root', x.root,
                'kind', x.kind)) from sync.exit x where x.scope = p_scope), '[]') end,
        'head', (select json_build_array(h.seq, h.hash) from sync.head h
            where h.scope = p_scope))::text,
        (select count(*) from chosen)
    from more
    union all
    select f.t, string_agg('{"row_rev": ' || f.rev || ', ' || right(
            (case when p_pii then f.data else sync.without_pii(f.t, f.data) end)::text, -1),
            E',\n'), 0
    from found f where not f.gone group by f.t
$$;

create function sync_v1.load(
    p_scope text, p_after bigint, p_after_root text, p_most integer
) returns table (t text, body text)
language plpgsql security definer set search_path = pg_catalog, sync, pg_temp as $$
declare me text := sync.need_scope(p_scope); one record; pii boolean;
begin
    if p_most is null or p_most not between 1 and 5000 then
        raise exception 'most' using errcode = '22023';
    end if;
    pii := sync.may_pii(me, p_scope);
    if pii and not sync.was_asked(me, p_scope, coalesce(p_after, 0), coalesce(p_after_root, ''))
    then
        return;
    end if;
    for one in
        select l.t, l.body, l.sent from sync.load(p_scope, coalesce(p_after, 0),
            coalesce(p_after_root, ''), p_most, pii) l
    loop
        if pii and one.sent > 0 then
            insert into sync.access (id, login, scope, after_seq, rows_sent)
            values (sync.new_id(), me, p_scope, coalesce(p_after, 0), one.sent);
        end if;
        t := one.t;
        body := one.body;
        return next;
    end loop;
end $$;
