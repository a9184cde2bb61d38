-- Sets of operations: series of numbers, decisions on conflicts, moves, and taking a set whole.

create function sync.need_series(p_scope text, p_series text, p_year integer) returns void
language plpgsql as $$
begin
    if coalesce(p_series, '') = '' or length(p_series) > 200 or p_year is null
        or (p_year <> 0 and p_year not between 1949 and 2200) then
        perform sync.fail('bad_series');
    end if;
    perform 1 from sync.number_series where scope = p_scope and series = p_series and year = p_year;
    if not found then
        if (select count(*) from sync.number_series s where s.scope = p_scope) >= 5000 then
            raise exception 'series' using errcode = 'IN002';
        end if;
        insert into sync.number_series (scope, series, year) values (p_scope, p_series, p_year);
    end if;
end $$;

-- Every number up to p_no has a row: those nobody accounted for wait as free.
create function sync.reach(p_scope text, p_series text, p_year integer, p_no integer) returns void
language plpgsql as $$
declare here sync.number_series;
begin
    select * into here from sync.number_series
        where scope = p_scope and series = p_series and year = p_year;
    if p_no < 1 or p_no > here.next_no + 10000 or (p_no > here.next_no + 100 and (
            select count(*) from sync.number n where n.scope = p_scope and n.series = p_series
                and n.year = p_year and n.state = 'free') > 10000) then
        perform sync.fail('bad_number');
    end if;
    insert into sync.number (scope, series, year, no, state, device)
        select p_scope, p_series, p_year, k, 'free', ''
        from generate_series(here.next_no, p_no) k
        where not exists (select 1 from sync.number n where n.scope = p_scope
            and n.series = p_series and n.year = p_year and n.no = k);
    update sync.number_series set next_no = greatest(next_no, p_no + 1)
        where scope = p_scope and series = p_series and year = p_year;
end $$;

-- The decision holds when what the person looked at still stands; else the conflict stays open. What
-- stood there is kept with it, and by whom: it may be another value than the first that was disputed.
create function sync.op_resolve(p_context jsonb, p_op jsonb) returns jsonb language plpgsql as $$
declare
    c sync.conflict; r sync.row; place sync.root; looked jsonb; shown jsonb; seen jsonb;
    v jsonb; spot jsonb;
begin
    select * into c from sync.conflict where id = p_op->>'id';
    if c.id is null then
        perform sync.fail('no_such_conflict');
    end if;
    select * into place from sync.root where root = c.root;
    if place.scope <> p_context->>'scope' then
        perform sync.fail(case when exists (select 1 from sync.exit x where x.root = c.root
            and x.scope = p_context->>'scope') then 'root_moved' else 'no_such_conflict' end);
    end if;
    if c.state <> 'open' then
        return sync.receipt('same', '[]');
    end if;
    if length(trim(coalesce(p_op->>'reason', ''))) < 2 then
        perform sync.fail('reason_missing');
    elsif length(p_op->>'reason') > 4000 then
        perform sync.fail('too_large');
    end if;
    update sync.root set seq = (p_context->>'seq')::bigint where root = c.root;
    select * into r from sync.row where t = c.t and id = c.row_id;
    spot := jsonb_build_object('t', r.t, 'id', r.id, 'root', r.root, 'root_type', r.root_type);
    seen := case when jsonb_typeof(p_op->'seen') = 'object' then p_op->'seen' else '{}' end;
    if r.gone then
        looked := '{}';
    elsif c.grp = 'row' then
        looked := r.data;
    else
        select coalesce(jsonb_object_agg(e.key, coalesce(r.data->e.key, 'null')), '{}')
            into looked from jsonb_each(coalesce(c.theirs, c.base, '{}')) e;
    end if;
    -- Who may not see personal data is held to what was shown, so that no guess is ever confirmed.
    shown := case when (p_context->>'pii')::boolean then looked
        else sync.without_pii(c.t, looked) end;
    if shown <> seen then
        update sync.conflict set theirs = case when r.gone then null else looked end,
            theirs_by = r.by_login, rev = (p_context->>'seq')::bigint where id = c.id;
        perform sync.put(p_context, spot, r.data, r.gone, r.by_login);
        return sync.receipt('conflict', jsonb_build_array(c.id));
    end if;
    v := case when jsonb_typeof(p_op->'v') = 'object' then p_op->'v' end;
    perform sync.check_cells(p_context, c.t, coalesce(v, '{}'), false);
    update sync.conflict set state = 'resolved', resolution = v, reason = p_op->>'reason',
        resolved_by = p_context->>'me', rev = (p_context->>'seq')::bigint,
        theirs = case when r.gone then null else looked end, theirs_by = r.by_login
        where id = c.id;
    perform sync.note(p_context, spot, 'resolve', jsonb_build_object('conflict', c.id,
        'from', p_op->'seen', 'to', v, 'reason', p_op->>'reason'));
    perform sync.settle(p_context, c, r, spot, v);
    return sync.receipt('ok', '[]');
end $$;

-- Puts the chosen content into the row; nothing chosen means that the row goes.
create function sync.settle(
    p_context jsonb, p_conflict sync.conflict, p_now sync.row, p_spot jsonb, p_v jsonb
) returns void language plpgsql as $$
declare merged jsonb;
begin
    if p_v is null then
        if sync.has_children(p_now) then
            perform sync.fail('row_in_use');
        end if;
        perform sync.put(p_context, p_spot, p_now.data, true, p_context->>'me');
        return;
    end if;
    if p_conflict.grp <> 'row' and exists (select 1 from jsonb_each(p_v) e
        join sync.col c on c.t = p_conflict.t and c.name = e.key where c.grp <> p_conflict.grp) then
        perform sync.fail('bad_op');
    end if;
    merged := p_now.data || p_v || jsonb_build_object('id', p_now.id);
    if p_now.t = p_now.root_type then  -- a case that moved meanwhile stays where it is
        merged := merged || jsonb_build_object('scope', p_now.scope);
    end if;
    perform sync.check_root(p_context, p_spot, merged);
    perform sync.check_parents(p_context, p_now.t, merged);
    perform sync.put(p_context, p_spot, merged, false, p_context->>'me');
end $$;

-- One link more in a scope's chain.
create function sync.chain(p_scope text, p_set text, p_login text, p_ops_sha text) returns bigint
language plpgsql as $$
declare h sync.head; link text;
begin
    select * into h from sync.head where scope = p_scope;
    link := sync.sha(concat_ws('|', h.hash, h.seq + 1, p_set, p_login, p_ops_sha));
    update sync.head set seq = h.seq + 1, hash = link where scope = p_scope;
    insert into sync.commit_log (scope, seq, set_id, hash) values (p_scope, h.seq + 1, p_set, link);
    return h.seq + 1;
end $$;

-- The files of an aggregate take room where it is.
create function sync.move_room(p_root text, p_from text, p_to text) returns void
language plpgsql as $$
declare moved bigint;
begin
    select sum(b.size) into moved from sync.blob_link l join sync.blob b on b.sha256 = l.sha256
        where l.root = p_root;
    if moved > 0 then
        update sync.file_used set bytes = greatest(bytes - moved, 0) where scope = p_from;
        update sync.file_used set bytes = bytes + moved where scope = p_to;
        if not found then
            insert into sync.file_used (scope, bytes) values (p_to, moved);
        end if;
    end if;
end $$;

-- The aggregate leaves one scope's history and enters another's; both heads are held by now.
create function sync.op_move(p_context jsonb, p_op jsonb) returns jsonb language plpgsql as $$
declare known sync.root; there bigint; seq_here bigint := (p_context->>'seq')::bigint;
begin
    select * into known from sync.root where root = p_op->>'root'
        and root_type = p_op->>'root_type';
    if not sync.may(p_context->>'me', p_op->>'to', true) then
        perform sync.fail('scope_not_granted');
    end if;
    if known.scope is not distinct from p_op->>'to' then
        return sync.receipt('same', '[]');
    end if;
    if known.scope is distinct from p_context->>'scope'
        or p_op->>'from' is distinct from p_context->>'scope' then
        perform sync.fail('root_moved');
    end if;
    there := sync.chain(p_op->>'to', p_context->>'id', p_context->>'me', p_context->>'sha');
    delete from sync.exit where root = known.root and scope in (p_op->>'to', known.scope);
    insert into sync.exit (scope, root, root_type, seq, kind)
        values (known.scope, known.root, known.root_type, seq_here, 'moved');
    update sync.root set scope = p_op->>'to', seq = there where root = known.root;
    update sync.row set scope = p_op->>'to', rev = there, data = case
        when t = known.root_type and id = known.root
            then data || jsonb_build_object('scope', p_op->>'to') else data end
        where root = known.root;
    update sync.conflict set scope = p_op->>'to', rev = there where root = known.root;
    perform sync.move_room(known.root, known.scope, p_op->>'to');
    perform sync.note(p_context, p_op, 'move',
        jsonb_build_object('from', p_op->'from', 'to', p_op->'to'));
    return sync.receipt('ok', '[]');
end $$;

create function sync.op(p_context jsonb, p_op jsonb) returns jsonb language plpgsql as $$
begin
    if p_op->>'k' = 'resolve' then
        return sync.op_resolve(p_context, p_op);
    elsif p_op->>'k' = 'move' then
        return sync.op_move(p_context, p_op);
    end if;
    return sync.op_row(p_context, p_op);
end $$;

-- All of a set, or nothing of it and the reason; a lack of room or time is not a reason but an error.
create function sync.take(
    p_me text, p_device text, p_set jsonb, p_sha text, p_size integer
) returns jsonb language plpgsql as $$
declare
    context jsonb; seq_here bigint; one record; receipts jsonb[] := '{}'; why text; state text;
    plain jsonb;
begin
    begin
        if not sync.may(p_me, p_set->>'scope', true) then
            perform sync.fail('scope_not_granted');
        end if;
        if jsonb_typeof(p_set->'ops') is distinct from 'array' then
            perform sync.fail('bad_op');
        end if;
        if jsonb_array_length(p_set->'ops') > 500 or p_size > 2097152 then
            perform sync.fail('too_large');
        end if;
        seq_here := sync.chain(p_set->>'scope', p_set->>'id', p_me, p_sha);
        context := jsonb_build_object('me', p_me, 'device', p_device, 'id', p_set->'id',
            'scope', p_set->'scope', 'seq', seq_here, 'sha', p_sha,
            'at', left(coalesce(p_set->>'at', ''), 40),
            'schema', coalesce((p_set->>'schema')::integer, 1),
            'pii', sync.may_pii(p_me, p_set->>'scope'));
        if jsonb_array_length(p_set->'ops') >= 8 then
            plain := sync.take_plain(context, p_set->'ops');
        end if;
        if plain is not null then
            return jsonb_build_object('s', 'ok', 'seq', seq_here, 'ops', plain, 'why', '');
        end if;
        for one in select e.value, e.ordinality as place
            from jsonb_array_elements(p_set->'ops') with ordinality e order by e.ordinality loop
            receipts := array_append(receipts, sync.op(
                context || jsonb_build_object('place', one.place), one.value));
        end loop;
        return jsonb_build_object('s', 'ok', 'seq', seq_here, 'ops', to_jsonb(receipts),
            'why', '');
    exception
        when data_exception or integrity_constraint_violation or insufficient_privilege
            or raise_exception or program_limit_exceeded then
            get stacked diagnostics why = message_text, state = returned_sqlstate;
            why := case when state = 'P0001' then why else 'bad_data' end;
            perform sync.event(p_me, p_set->>'scope', 'rejected', jsonb_build_object('why', why,
                'state', state, 'set', p_set->'id'));
            return jsonb_build_object('s', 'rejected', 'seq', null, 'ops', '[]'::jsonb,
                'why', why);
    end;
end $$;
