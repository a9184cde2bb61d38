-- How one operation meets what is there: checked, merged by groups of columns, noted.

-- Names stand in the whitelist, values are of their kind, and the account may speak of them. Old
-- values may be null: a new row has none.
create function sync.check_cells(p_context jsonb, p_t text, p_cells jsonb, p_old boolean)
returns void language plpgsql stable as $$
declare wrong text; may_see boolean := (p_context->>'pii')::boolean;
begin
    select min(case
        when c.name is null then 'unknown_column'
        when c.pii and not may_see then 'pii_not_granted'
        when e.value = 'null' then case when c.nullable or p_old then null else 'bad_value' end
        when c.kind = 'int' and (jsonb_typeof(e.value) <> 'number'
            or e.value::text !~ '^-?[0-9]{1,18}$') then 'bad_value'
        when c.kind = 'text' and jsonb_typeof(e.value) <> 'string' then 'bad_value'
        end) into wrong
    from jsonb_each(p_cells) e left join sync.col c on c.t = p_t and c.name = e.key;
    if wrong is not null then
        perform sync.fail(wrong);
    end if;
end $$;

-- A new row says all that a program of its version knows, is itself, and belongs where it says.
create function sync.check_new(p_context jsonb, p_op jsonb, p_mine jsonb) returns void
language plpgsql stable as $$
begin
    if p_mine->>'id' is distinct from p_op->>'id' then
        perform sync.fail('bad_op');
    end if;
    if exists (select 1 from sync.col c where c.t = p_op->>'t' and not c.nullable
        and c.since <= (p_context->>'schema')::integer and not p_mine ? c.name) then
        perform sync.fail('missing_column');
    end if;
end $$;

-- The aggregate that a row's content names: the first filled of its root columns.
create function sync.check_root(p_context jsonb, p_op jsonb, p_data jsonb) returns void
language plpgsql stable as $$
declare pair jsonb;
begin
    for pair in select e.value from sync.tab t, jsonb_array_elements(t.roots) e
        where t.t = p_op->>'t' loop
        if p_data->>(pair->>0) is not null then
            if p_data->>(pair->>0) <> p_op->>'root' or pair->>1 <> p_op->>'root_type' then
                perform sync.fail('root_mismatch');
            end if;
            if p_op->>'t' = p_op->>'root_type'
                and p_data->>'scope' is distinct from p_context->>'scope' then
                perform sync.fail('scope_mismatch');
            end if;
            return;
        end if;
    end loop;
    perform sync.fail('root_mismatch');
end $$;

-- One look by key for each reference: a join here may read the whole table.
create function sync.check_parents(p_context jsonb, p_t text, p_cells jsonb) returns void
language plpgsql stable as $$
declare f sync.ref;
begin
    for f in select r.* from sync.ref r where r.t = p_t loop
        if p_cells->>f.name is not null then
            perform 1 from sync.row r where r.t = f.parent and r.id = p_cells->>f.name
                and not r.gone and r.scope = p_context->>'scope';
            if not found then
                perform sync.fail('parent_gone');
            end if;
        end if;
    end loop;
end $$;

create function sync.has_children(p_row sync.row) returns boolean language sql stable as $$
    select exists (select 1 from sync.ref f join sync.row r on r.t = f.t
        where f.parent = p_row.t and r.root = p_row.root and not r.gone
            and r.data->>f.name = p_row.id and (r.t, r.id) <> (p_row.t, p_row.id))
$$;

-- The feed moves on for the aggregate, and only in the scope it lives in.
create function sync.touch_root(p_context jsonb, p_op jsonb) returns void language plpgsql as $$
declare known sync.root; born boolean;
begin
    born := p_op->>'k' = 'ins' and p_op->>'t' = p_op->>'root_type'
        and p_op->>'id' = p_op->>'root';
    select * into known from sync.root where root = p_op->>'root';
    if not found then
        if not born then
            perform sync.fail(case when p_op->>'k' = 'ins' then 'parent_gone' else 'row_not_here' end);
        end if;
        insert into sync.root (root, root_type, scope, seq) values (p_op->>'root',
            p_op->>'root_type', p_context->>'scope', (p_context->>'seq')::bigint);
        return;
    end if;
    if known.scope <> p_context->>'scope' then
        -- Whoever never had the aggregate does not learn from us that it exists elsewhere.
        if exists (select 1 from sync.exit x
            where x.scope = p_context->>'scope' and x.root = known.root) then
            perform sync.fail('root_moved');
        end if;
        perform sync.fail(case when born then 'id_taken' when p_op->>'k' = 'ins'
            then 'parent_gone' else 'row_not_here' end);
    end if;
    if known.root_type <> p_op->>'root_type' then
        perform sync.fail('root_mismatch');
    end if;
    if known.seq <> (p_context->>'seq')::bigint then
        update sync.root set seq = (p_context->>'seq')::bigint where root = known.root;
    end if;
end $$;

create function sync.put(
    p_context jsonb, p_op jsonb, p_data jsonb, p_gone boolean, p_by text
) returns void language plpgsql as $$
begin
    update sync.row set data = p_data, gone = p_gone, rev = (p_context->>'seq')::bigint,
        by_login = p_by, root_type = p_op->>'root_type', root = p_op->>'root'
        where t = p_op->>'t' and id = p_op->>'id';
end $$;

-- Both values stay, the first that came remains in the row, and both people see it.
create function sync.dispute(
    p_context jsonb, p_op jsonb, p_grp text, p_base jsonb, p_theirs jsonb, p_mine jsonb, p_by text
) returns text language plpgsql as $$
declare new_conflict text;
begin
    new_conflict := left(sync.sha(concat(p_context->>'id', p_op->>'t', p_op->>'id', p_grp)), 32)
        ::uuid::text;
    insert into sync.conflict (id, scope, root_type, root, t, row_id, grp, base, theirs, mine,
        mine_by, theirs_by, set_id, at_said, rev)
    values (new_conflict, p_context->>'scope', p_op->>'root_type', p_op->>'root', p_op->>'t',
        p_op->>'id', p_grp, p_base, p_theirs, p_mine, p_context->>'me', p_by, p_context->>'id',
        p_context->>'at', (p_context->>'seq')::bigint);
    perform sync.note(p_context, p_op, 'conflict', jsonb_build_object('conflict', new_conflict));
    return new_conflict;
end $$;

create function sync.receipt(p_word text, p_conflicts jsonb) returns jsonb
language sql immutable as $$
    select jsonb_build_object('s', p_word, 'conflicts', p_conflicts)
$$;

create function sync.whole_dispute(
    p_context jsonb, p_op jsonb, p_base jsonb, p_now sync.row, p_mine jsonb
) returns jsonb language plpgsql as $$
declare theirs jsonb; opened text;
begin
    theirs := case when p_now.gone then null else p_now.data end;
    opened := sync.dispute(p_context, p_op, 'row', p_base, theirs, p_mine, p_now.by_login);
    perform sync.put(p_context, p_op || jsonb_build_object('root', p_now.root, 'root_type',
        p_now.root_type), p_now.data, p_now.gone, p_now.by_login);
    return sync.receipt('conflict', jsonb_build_array(opened));
end $$;

create function sync.op_insert(
    p_context jsonb, p_op jsonb, p_now sync.row, p_mine jsonb
) returns jsonb language plpgsql as $$
begin
    perform sync.check_cells(p_context, p_op->>'t', p_mine, false);
    perform sync.check_new(p_context, p_op, p_mine);
    perform sync.check_root(p_context, p_op, p_mine);
    if p_now.id is null or p_now.gone then
        perform sync.check_parents(p_context, p_op->>'t', p_mine);
        if p_op->>'t' = 'number_entry' then
            perform sync.take_number(p_context, p_mine);
        end if;
        perform sync.note(p_context, p_op, 'ins', p_op->'c');
        if p_now.id is null then
            insert into sync.row (t, id, root_type, root, scope, data, gone, rev, by_login)
            values (p_op->>'t', p_op->>'id', p_op->>'root_type', p_op->>'root',
                p_context->>'scope', p_mine, false, (p_context->>'seq')::bigint, p_context->>'me');
        else
            perform sync.put(p_context, p_op, p_mine, false, p_context->>'me');
        end if;
        return sync.receipt('ok', '[]');
    end if;
    if not exists (select 1 from jsonb_each(p_mine) e
        where coalesce(p_now.data->e.key, 'null') <> e.value) then
        perform sync.put(p_context, p_op, p_now.data, false, p_now.by_login);
        return sync.receipt('same', '[]');
    end if;
    return sync.whole_dispute(p_context, p_op, null, p_now, p_mine);
end $$;

create function sync.op_delete(
    p_context jsonb, p_op jsonb, p_now sync.row, p_base jsonb
) returns jsonb language plpgsql as $$
begin
    if p_now.id is null or p_now.gone then
        return sync.receipt('same', '[]');
    end if;
    if sync.has_children(p_now) or exists (select 1 from jsonb_each(p_base) e
        where coalesce(p_now.data->e.key, 'null') <> e.value) then
        return sync.whole_dispute(p_context, p_op, p_base, p_now, null);
    end if;
    perform sync.note(p_context, p_op, 'del', p_op->'c');
    perform sync.put(p_context, p_op, p_now.data, true, p_context->>'me');
    return sync.receipt('ok', '[]');
end $$;

-- Group by group: alike is done, unchanged since the author looked is taken, else it is disputed.
create function sync.op_update(
    p_context jsonb, p_op jsonb, p_now sync.row, p_mine jsonb, p_base jsonb
) returns jsonb language plpgsql as $$
declare g record; wanted jsonb := '{}'; opened jsonb := '[]'; merged jsonb;
begin
    if p_now.id is null then
        perform sync.fail('row_not_here');
    end if;
    perform sync.check_cells(p_context, p_op->>'t', p_mine, false);
    if p_mine ? 'id' then
        perform sync.fail('bad_op');
    end if;
    if p_now.gone then
        return sync.whole_dispute(p_context, p_op, p_base, p_now, p_mine);
    end if;
    for g in
        select w.grp, bool_and(w.mine is null or w.mine = w.theirs) as alike,
            bool_and(w.base = w.theirs) as untouched, jsonb_object_agg(w.name, w.base) as base,
            jsonb_object_agg(w.name, w.theirs) as theirs,
            jsonb_object_agg(w.name, coalesce(w.mine, w.base)) as mine
        from (select c.grp, c.name, e.value as base, p_mine->c.name as mine,
                coalesce(p_now.data->c.name, 'null') as theirs
            from jsonb_each(p_base) e join sync.col c on c.t = p_now.t and c.name = e.key) w
        group by w.grp having bool_or(w.mine is not null) order by w.grp
    loop
        if g.alike then
            continue;
        end if;
        if g.untouched then
            wanted := wanted || coalesce((select jsonb_object_agg(e.key, e.value)
                from jsonb_each(p_mine) e join sync.col c on c.t = p_now.t and c.name = e.key
                where c.grp = g.grp), '{}');
        else
            opened := opened || to_jsonb(sync.dispute(p_context, p_op, g.grp, g.base, g.theirs,
                g.mine, p_now.by_login));
        end if;
    end loop;
    merged := p_now.data || wanted;
    if wanted <> '{}' then
        perform sync.check_parents(p_context, p_now.t, wanted);
        perform sync.check_root(p_context, p_op, merged);
        perform sync.note(p_context, p_op, 'upd', (select jsonb_object_agg(e.key,
            jsonb_build_array(p_now.data->e.key, e.value)) from jsonb_each(wanted) e));
    end if;
    perform sync.put(p_context, case when wanted = '{}' then p_op || jsonb_build_object('root',
        p_now.root, 'root_type', p_now.root_type) else p_op end, merged, false,
        case when wanted = '{}' then p_now.by_login else p_context->>'me' end);
    return sync.receipt(case when opened <> '[]' then 'conflict' when wanted <> '{}' then 'ok'
        else 'same' end, opened);
end $$;

create function sync.op_row(p_context jsonb, p_op jsonb) returns jsonb language plpgsql as $$
declare cur sync.row; mine jsonb; old jsonb; base jsonb; pairs boolean;
begin
    if not exists (select 1 from sync.tab t where t.t = p_op->>'t') then
        perform sync.fail('unknown_table');
    end if;
    if coalesce(p_op->>'id', '') !~ '^[0-9a-f-]{36}$' or coalesce(p_op->>'root', '')
        !~ '^[0-9a-f-]{36}$' or jsonb_typeof(p_op->'c') is distinct from 'object' then
        perform sync.fail('bad_op');
    end if;
    select jsonb_object_agg(e.key, coalesce(e.value->1, 'null')),
        jsonb_object_agg(e.key, coalesce(e.value->0, 'null')),
        bool_and(jsonb_typeof(e.value) = 'array')
        into mine, old, pairs from jsonb_each(p_op->'c') e;
    if pairs is distinct from true then
        perform sync.fail('bad_op');
    end if;
    base := old || coalesce(p_op->'gb', '{}');
    if p_op->>'k' <> 'ins' then  -- of a new row nobody saw anything
        perform sync.check_cells(p_context, p_op->>'t', base, true);
    end if;
    perform sync.touch_root(p_context, p_op);
    select * into cur from sync.row where t = p_op->>'t' and id = p_op->>'id';
    if cur.scope <> p_context->>'scope' then
        perform sync.fail(case when p_op->>'k' = 'ins' then 'id_taken' else 'row_not_here' end);
    end if;
    if cur.root <> p_op->>'root' then  -- taken over by another aggregate of the scope
        update sync.root set seq = (p_context->>'seq')::bigint where root = cur.root;
    end if;
    if p_op->>'k' = 'ins' then
        return sync.op_insert(p_context, p_op, cur, mine);
    elsif p_op->>'k' = 'del' then
        return sync.op_delete(p_context, p_op, cur, base);
    elsif p_op->>'k' = 'upd' then
        return sync.op_update(p_context, p_op, cur, mine, base);
    end if;
    perform sync.fail('bad_op');
end $$;
