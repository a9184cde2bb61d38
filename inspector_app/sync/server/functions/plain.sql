-- Sets of which nothing has to be merged, written a table at a time.

create function sync.is_of_kind(p_value jsonb, p_kind text, p_nullable boolean) returns boolean
language sql immutable as $$
    select case when p_value is null or p_value = 'null' then p_nullable
        when p_kind = 'int' then jsonb_typeof(p_value) = 'number'
            and p_value::text ~ '^-?[0-9]{1,18}$'
        else jsonb_typeof(p_value) = 'string' end
$$;

-- The ops of a set when each is well formed and none meets its row twice; else nothing. Whatever
-- is wrong with a set is for op_row to say: here it only has to be noticed.
create function sync.plain_ops(p_context jsonb, p_ops jsonb) returns sync.plain[]
language plpgsql stable as $$
declare found_ops sync.plain[]; may_see boolean := (p_context->>'pii')::boolean;
begin
    select array_agg(row(o.place, o.op->>'t', o.op->>'id', o.op->>'k', o.op->>'root',
            o.op->>'root_type', o.op->'c', c.mine, case when o.op->>'k' = 'upd'
                then c.old || coalesce(o.op->'gb', '{}') end)::sync.plain order by o.place)
        into found_ops
        from (select e.ordinality::integer as place, e.value as op, e.value->>'t' as t,
                e.value->>'k' = 'ins' as new
            from jsonb_array_elements(p_ops) with ordinality e
            where jsonb_typeof(e.value) = 'object' and e.value->>'k' in ('ins', 'upd')
                and e.value->>'id' ~ '^[0-9a-f-]{36}$' and e.value->>'root' ~ '^[0-9a-f-]{36}$'
                and jsonb_typeof(e.value->'c') = 'object'
                and jsonb_typeof(coalesce(e.value->'gb', '{}')) = 'object'
                and not (e.value->>'k' = 'upd' and e.value->'c' ? 'id')
                and e.value->>'t' <> 'number_entry'
                and exists (select 1 from sync.tab t where t.t = e.value->>'t')) o
        cross join lateral (
            select jsonb_object_agg(e.key, coalesce(e.value->1, 'null')) as mine,
                case when not o.new then
                    jsonb_object_agg(e.key, coalesce(e.value->0, 'null')) end as old,
                count(*) filter (where jsonb_typeof(e.value) = 'array'
                    and (may_see or not k.pii)
                    and sync.is_of_kind(e.value->1, k.kind, k.nullable)
                    and (o.new or sync.is_of_kind(e.value->0, k.kind, true))) = count(*) as good
            from jsonb_each(o.op->'c') e
            left join sync.col k on k.t = o.t and k.name = e.key) c
        where c.good;
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

-- New rows that are whole, belong where they say, stand on what is there, and are not there yet.
create function sync.plain_new(p_context jsonb, p_ops sync.plain[]) returns boolean
language sql stable as $$
    select not exists (select 1 from unnest(p_ops) o where o.k = 'ins' and (
        o.mine->>'id' is distinct from o.id
        or exists (select 1 from sync.row r where r.t = o.t and r.id = o.id)
        or exists (select 1 from sync.col c where c.t = o.t and not c.nullable
            and c.since <= (p_context->>'schema')::integer and not o.mine ? c.name)
        or not exists (select 1 from sync.tab t, jsonb_array_elements(t.roots) with ordinality e
            where t.t = o.t and o.mine->>(e.value->>0) = o.root and e.value->>1 = o.root_type
            and not exists (select 1 from jsonb_array_elements(t.roots) with ordinality b
                where b.ordinality < e.ordinality and o.mine->>(b.value->>0) is not null))
        or (o.t = o.root_type and o.mine->>'scope' is distinct from p_context->>'scope')
        or exists (select 1 from sync.ref f where f.t = o.t and o.mine->>f.name is not null
            and not exists (select 1 from sync.row r where r.t = f.parent
                and r.id = o.mine->>f.name and not r.gone and r.scope = p_context->>'scope')
            and not exists (select 1 from unnest(p_ops) b where b.k = 'ins' and b.t = f.parent
                and b.id = o.mine->>f.name and b.place < o.place))))
$$;

-- Changes of rows that still are what their author saw, in columns that hold nothing together.
create function sync.plain_known(p_context jsonb, p_ops sync.plain[]) returns boolean
language sql stable as $$
    select not exists (select 1 from unnest(p_ops) o
        left join sync.row r on r.t = o.t and r.id = o.id
        where o.k = 'upd' and (r.id is null or r.gone or r.scope <> p_context->>'scope'
            or r.root <> o.root or r.root_type <> o.root_type
            or (o.t = o.root_type and r.data->>'scope' is distinct from p_context->>'scope')
            or not r.data @> o.base
            or exists (select 1 from jsonb_each(o.mine) e
                where r.data->e.key = e.value
                or o.base->e.key is distinct from coalesce(o.cells->e.key->0, 'null')
                or exists (select 1 from sync.ref f where f.t = o.t and f.name = e.key)
                or e.key = 'scope'
                or exists (select 1 from sync.tab t, jsonb_array_elements(t.roots) b
                    where t.t = o.t and b.value->>0 = e.key))
            or exists (select 1 from jsonb_object_keys(o.base) k
                left join sync.col c on c.t = o.t and c.name = k
                where c.name is null or (c.pii and not (p_context->>'pii')::boolean))))
$$;

-- A set of which nothing has to be merged, written a table at a time: what op_row would do with each
-- of its ops, one after the other. Nothing when it is not such a set.
create function sync.take_plain(p_context jsonb, p_ops jsonb) returns jsonb
language plpgsql as $$
declare ops sync.plain[]; seq_here bigint := (p_context->>'seq')::bigint;
begin
    ops := sync.plain_ops(p_context, p_ops);
    if ops is null or not sync.plain_roots(p_context, ops) or not sync.plain_new(p_context, ops)
        or not sync.plain_known(p_context, ops) then
        return null;
    end if;
    update sync.root r set seq = seq_here from (select distinct o.root from unnest(ops) o) w
        where r.root = w.root and r.seq <> seq_here;
    insert into sync.root (root, root_type, scope, seq)
        select o.root, o.root_type, p_context->>'scope', seq_here from unnest(ops) o
        where o.k = 'ins' and o.t = o.root_type and o.id = o.root;
    insert into sync.row (t, id, root_type, root, scope, data, gone, rev, by_login)
        select o.t, o.id, o.root_type, o.root, p_context->>'scope', o.mine, false, seq_here,
            p_context->>'me'
        from unnest(ops) o where o.k = 'ins';
    update sync.row r set data = r.data || o.mine, rev = seq_here, by_login = p_context->>'me'
        from unnest(ops) o where o.k = 'upd' and r.t = o.t and r.id = o.id;
    insert into sync.audit (set_id, place, login, device, scope, seq, root, t, row_id, kind, detail)
        select p_context->>'id', o.place, p_context->>'me', p_context->>'device',
            p_context->>'scope', seq_here, o.root, o.t, o.id, o.k, o.cells
        from unnest(ops) o order by o.place;
    return (select jsonb_agg(sync.receipt('ok', '[]')) from unnest(ops) o);
end $$;
