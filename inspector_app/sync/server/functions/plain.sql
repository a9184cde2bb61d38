-- Sets of which nothing has to be merged, written a table at a time.

-- What the tables that a set names hold, as this account and the set's program may speak of them:
-- of each column the kinds of its values, what a new row must say, what binds a row to others, and
-- the first column that may name its aggregate.
create function sync.shapes(p_context jsonb, p_ops jsonb) returns table (
    t text, roots jsonb, root_name text, root_kind text, kinds jsonb, needed text[], bound text[]
) language plpgsql stable as $$
begin
    return query select t.t, t.roots, t.roots->0->>0, t.roots->0->>1, (
            select jsonb_object_agg(c.name, case when c.kind = 'int' then '["number"]'::jsonb
                else '["string"]' end || case when c.nullable then '["null"]'::jsonb else '[]' end)
            from sync.col c where c.t = t.t and ((p_context->>'pii')::boolean or not c.pii)),
        array(select c.name from sync.col c where c.t = t.t and not c.nullable
            and c.since <= (p_context->>'schema')::integer),
        array(select f.name from sync.ref f where f.t = t.t
            union select b.value->>0 from jsonb_array_elements(t.roots) b
            union select unnest(array['id', 'scope']))
    from sync.tab t where t.t <> 'number_entry'
        and t.t in (select e.value->>'t' from jsonb_array_elements(p_ops) e);
end $$;

-- Whether the first filled of the columns that may name an aggregate names this one.
create function sync.names_root(p_roots jsonb, p_mine jsonb, p_root text, p_type text)
returns boolean language sql immutable as $$
    select exists (select 1 from jsonb_array_elements(p_roots) with ordinality e
        where p_mine->>(e.value->>0) = p_root and e.value->>1 = p_type
            and not exists (select 1 from jsonb_array_elements(p_roots) with ordinality b
                where b.ordinality < e.ordinality and p_mine->>(b.value->>0) is not null))
$$;

-- The ops of a set when each is well formed, says what it must and no more than it may, and none
-- meets its row twice; else nothing. Whatever is wrong with a set is for op_row to say: here it
-- only has to be noticed. Every cell is taken apart once.
create function sync.plain_ops(p_context jsonb, p_ops jsonb) returns sync.plain[]
language plpgsql stable as $$
declare found_ops sync.plain[];
begin
    select array_agg(row(o.place, o.t, o.id, o.k, o.root, o.root_type, o.c, c.mine,
            case when o.k = 'upd' then c.old || o.gb end)::sync.plain) into found_ops
        from (select e.ordinality::integer as place, e.value->>'t' as t, e.value->>'id' as id,
                e.value->>'k' as k, e.value->>'root' as root, e.value->>'root_type' as root_type,
                case when jsonb_typeof(e.value->'c') = 'object' then e.value->'c'
                    else '{}' end as c,
                coalesce(e.value->'gb', '{}') as gb
            from jsonb_array_elements(p_ops) with ordinality e offset 0) o
        join sync.shapes(p_context, p_ops) s on s.t = o.t
        cross join lateral (
            select jsonb_object_agg(e.key, e.new) as mine,
                jsonb_object_agg(e.key, e.old) filter (where o.k = 'upd') as old,
                count(*) as cells, count(*) filter (where e.form = 'array'
                    and s.kinds->e.key ? jsonb_typeof(e.new)
                    and (jsonb_typeof(e.new) <> 'number' or e.new::text ~ '^-?[0-9]{1,18}$')
                    and (o.k = 'ins' or (e.old <> e.new and (e.old = 'null'
                        or s.kinds->e.key ? jsonb_typeof(e.old) and (jsonb_typeof(e.old) <> 'number'
                            or e.old::text ~ '^-?[0-9]{1,18}$'))))) as good
            from (select e.key, jsonb_typeof(e.value) as form, coalesce(e.value->1, 'null') as new,
                    case when o.k = 'upd' then coalesce(e.value->0, 'null') end as old
                from jsonb_each(o.c) e offset 0) e) c
        where o.id ~ '^[0-9a-f-]{36}$' and o.root ~ '^[0-9a-f-]{36}$'
            and jsonb_typeof(o.gb) = 'object' and c.cells > 0 and c.good = c.cells
            and case o.k when 'ins' then c.mine->>'id' = o.id and c.mine ?& s.needed
                    and case when c.mine->>s.root_name is not null
                        then c.mine->>s.root_name = o.root and s.root_kind = o.root_type
                        else sync.names_root(s.roots, c.mine, o.root, o.root_type) end
                    and (o.t <> o.root_type or c.mine->>'scope' = p_context->>'scope')
                when 'upd' then not c.mine ?| s.bound and (o.gb = '{}' or c.old || o.gb @> c.old
                    and not exists (select 1 from jsonb_object_keys(o.gb) g where not s.kinds ? g))
                else false end;
    if coalesce(array_length(found_ops, 1), 0) <> jsonb_array_length(p_ops)
        or exists (select 1 from unnest(found_ops) o group by o.t, o.id having count(*) > 1) then
        return null;
    end if;
    return found_ops;
end $$;

-- Every aggregate named is of this scope, or is made by the first op that names it.
create function sync.plain_roots(p_context jsonb, p_ops sync.plain[]) returns boolean
language sql stable as $$
    select not exists (
        select 1 from (
            select o.root, min(o.root_type) as root_type, count(distinct o.root_type) as types,
                min(o.place) as first, min(case when o.k = 'ins' and o.t = o.root_type
                    and o.id = o.root then o.place end) as born
            from unnest(p_ops) o group by o.root) w
        left join sync.root r on r.root = w.root
        where w.types <> 1 or case when r.root is null then w.born is distinct from w.first
            else w.born is not null or r.scope <> p_context->>'scope'
                or r.root_type <> w.root_type end)
$$;

-- New rows are not there yet, the others still are what the author of their change saw.
create function sync.plain_rows(p_context jsonb, p_ops sync.plain[]) returns boolean
language sql stable as $$
    select not exists (select 1 from unnest(p_ops) o
        left join sync.row r on r.t = o.t and r.id = o.id
        where case when o.k = 'ins' then r.id is not null
            else r.id is null or r.gone or r.scope <> p_context->>'scope'
                or r.root <> o.root or r.root_type <> o.root_type
                or (o.t = o.root_type and r.data->>'scope' is distinct from p_context->>'scope')
                or not r.data @> o.base end)
$$;

-- What new rows stand on is there, or is made by an op before the first that needs it.
create function sync.plain_parents(p_context jsonb, p_ops sync.plain[]) returns boolean
language sql stable as $$
    select not exists (
        select 1 from (
            select f.parent, o.mine->>f.name as id, min(o.place) as first
            from unnest(p_ops) o join sync.ref f on f.t = o.t
            where o.k = 'ins' and o.mine->>f.name is not null
            group by f.parent, o.mine->>f.name) w
        left join unnest(p_ops) b on b.k = 'ins' and b.t = w.parent and b.id = w.id
            and b.place < w.first
        where b.place is null and not exists (select 1 from sync.row r where r.t = w.parent
            and r.id = w.id and not r.gone and r.scope = p_context->>'scope'))
$$;

-- A set of which nothing has to be merged, written a table at a time: what op_row would do with
-- each of its ops, one after the other. Nothing when it is not such a set.
create function sync.take_plain(p_context jsonb, p_ops jsonb) returns jsonb
language plpgsql as $$
declare
    ops sync.plain[]; seq_here bigint := (p_context->>'seq')::bigint; me text := p_context->>'me';
    here text := p_context->>'scope'; set_here text := p_context->>'id';
    device_here text := p_context->>'device';
begin
    ops := sync.plain_ops(p_context, p_ops);
    if ops is null or not sync.plain_roots(p_context, ops) or not sync.plain_rows(p_context, ops)
        or not sync.plain_parents(p_context, ops) then
        return null;
    end if;
    update sync.root r set seq = seq_here from (select distinct o.root from unnest(ops) o) w
        where r.root = w.root and r.seq <> seq_here;
    insert into sync.root (root, root_type, scope, seq)
        select o.root, o.root_type, here, seq_here from unnest(ops) o
        where o.k = 'ins' and o.t = o.root_type and o.id = o.root;
    insert into sync.row (t, id, root_type, root, scope, data, gone, rev, by_login)
        select o.t, o.id, o.root_type, o.root, here, o.mine, false, seq_here, me
        from unnest(ops) o where o.k = 'ins';
    update sync.row r set data = r.data || o.mine, rev = seq_here, by_login = me
        from unnest(ops) o where o.k = 'upd' and r.t = o.t and r.id = o.id;
    insert into sync.audit (set_id, place, login, device, scope, seq, root, t, row_id, kind, detail)
        select set_here, o.place, me, device_here, here, seq_here, o.root, o.t, o.id, o.k, o.cells
        from unnest(ops) o;
    return (select jsonb_agg(sync.receipt('ok', '[]'))
        from generate_series(1, array_length(ops, 1)));
end $$;
