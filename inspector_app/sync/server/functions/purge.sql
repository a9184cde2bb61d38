-- The end of personal data: rows, sets, the trail's detail and files are blotted, never renumbered.

-- True only inside the transaction that purges: nobody else ever sees an undone row.
create function sync.purging() returns boolean language sql stable as $$
    select exists (select 1 from sync.purge p where not p.done)
$$;

create function sync.refuse_but_purge() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and sync.purging() and (to_jsonb(new) - 'ops' - 'scrubbed' - 'detail')
            = (to_jsonb(old) - 'ops' - 'scrubbed' - 'detail') then
        return new;
    end if;
    raise exception 'append-only: % of % refused', tg_op, tg_table_name using errcode = '42501';
end $$;

-- What was purged is not made again, whoever still has a copy.
create function sync.stay_purged() returns trigger language plpgsql as $$
begin
    if exists (select 1 from sync.exit x where x.root = new.root and x.kind = 'purged') then
        perform sync.fail('root_purged');
    end if;
    return new;
end $$;

create function sync.hidden(p_t text, p_name text) returns boolean language sql stable as $$
    select exists (select 1 from sync.col c where c.t = p_t and c.name = p_name and c.pii)
        or exists (select 1 from sync.free_text f where f.t = p_t and f.name = p_name)
        or not exists (select 1 from sync.col c where c.t = p_t and c.name = p_name)
$$;

create function sync.blot(p_value jsonb) returns jsonb language sql immutable as $$
    select case when p_value in ('null', '""', '[]') then p_value else '"〔已清除〕"'::jsonb end
$$;

create function sync.blot_cells(p_t text, p_cells jsonb) returns jsonb language sql stable as $$
    select case when jsonb_typeof(p_cells) is distinct from 'object' then
            case when p_cells is null or p_cells = 'null' then p_cells else '{}'::jsonb end
        else coalesce((select jsonb_object_agg(e.key, case
            when not sync.hidden(p_t, e.key) then e.value
            when jsonb_typeof(e.value) = 'array' and jsonb_array_length(e.value) = 2
                then jsonb_build_array(sync.blot(e.value->0), sync.blot(e.value->1))
            else sync.blot(e.value) end) from jsonb_each(p_cells) e), '{}') end
$$;

-- An operation of a purged aggregate: ids, kinds, days and amounts stay, what names people goes.
create function sync.blot_op(p_op jsonb, p_root text) returns jsonb language sql stable as $$
    select case when p_op->>'root' is distinct from p_root then p_op
        else p_op || jsonb_strip_nulls(jsonb_build_object(
            'c', sync.blot_cells(coalesce(p_op->>'t', ''), p_op->'c'),
            'gb', sync.blot_cells(coalesce(p_op->>'t', ''), p_op->'gb'),
            'seen', case when p_op ? 'seen' then '{}'::jsonb end,
            'v', case when p_op->'v' <> 'null' then '{}'::jsonb end)) end
$$;

create function sync.blot_ops(p_ops jsonb, p_root text) returns jsonb language sql stable as $$
    select coalesce(jsonb_agg(sync.blot_op(e.value, p_root) order by e.ordinality), '[]')
    from jsonb_array_elements(p_ops) with ordinality e
$$;

create function sync.blot_detail(p_t text, p_detail jsonb) returns jsonb
language sql stable as $$
    select case when p_detail ? 'conflict' then p_detail - 'from' - 'to'
        else sync.blot_cells(p_t, p_detail) end
$$;

-- What a PC that has not heard of the purge still sends is refused, and kept without the words.
create function sync.blot_late() returns trigger language plpgsql as $$
declare one record;
begin
    if jsonb_typeof(new.ops) = 'array' and exists (select 1 from sync.purge) then
        for one in select p.root from sync.purge p where p.done and p.root in (
                select e.value->>'root' from jsonb_array_elements(new.ops) e
                where jsonb_typeof(e.value) = 'object') loop
            new.ops := sync.blot_ops(new.ops, one.root);
            new.scrubbed := true;
        end loop;
    end if;
    return new;
end $$;

-- Set by set: those that brought something of the aggregate, taken or refused.
create function sync.scrub_sets(p_root text) returns integer language plpgsql as $$
declare done integer;
begin
    update sync.changeset c set ops = sync.blot_ops(c.ops, p_root), scrubbed = true
        where jsonb_typeof(c.ops) = 'array'
            and c.ops @> jsonb_build_array(jsonb_build_object('root', p_root));
    get diagnostics done = row_count;
    update sync.audit a set detail = sync.blot_detail(a.t, a.detail)
        where a.root = p_root and a.kind in ('ins', 'upd', 'del', 'resolve');
    return done;
end $$;

-- The scopes that have it or ever had it, with a chain each.
create function sync.scopes_of_root(p_root text) returns setof text language sql stable as $$
    select r.scope from sync.root r where r.root = p_root
    union select x.scope from sync.exit x where x.root = p_root
    order by 1
$$;

-- There the chain goes one link on, and the PCs learn that it is gone.
create function sync.tell_purged(p_purge sync.purge) returns void language plpgsql as $$
declare one record; set_id text; ops jsonb; digest text; here bigint;
begin
    for one in select s.scope from sync.scopes_of_root(p_purge.root) s (scope) order by 1 loop
        set_id := sync.new_id();
        ops := jsonb_build_array(jsonb_build_object('k', 'purge', 'root', p_purge.root,
            'root_type', p_purge.root_type));
        digest := sync.content_sha(one.scope, ops::text);
        here := sync.chain(one.scope, set_id, p_purge.login, digest);
        insert into sync.changeset (id, scope, login, device, actor_said, action_said, why_said,
            at_said, ops, ops_sha, receipt)
        values (set_id, one.scope, p_purge.login, '', '', '清除个人信息', p_purge.reason, '',
            ops, digest, jsonb_build_object('s', 'ok', 'seq', here, 'ops', '[]'::jsonb));
        delete from sync.exit where root = p_purge.root and scope = one.scope;
        insert into sync.exit (scope, root, root_type, seq, kind)
            values (one.scope, p_purge.root, p_purge.root_type, here, 'purged');
    end loop;
end $$;

create function sync.drop_files(p_root text) returns void language plpgsql as $$
begin
    delete from sync.blob_link where root = p_root;
    delete from sync.blob_piece where store in (
        select u.store from sync.upload u where u.root = p_root);
    delete from sync.upload where root = p_root;
    perform sync.sweep_files(36500);
end $$;

-- Heads first and in the order of their names, as a push takes them.
create function sync.purge_root(p_root text, p_reason text, p_label text) returns jsonb
language plpgsql as $$
declare p sync.purge; known sync.root; gone integer; sets integer; one record;
begin
    for one in select s.scope from sync.scopes_of_root(p_root) s (scope) order by 1 loop
        perform 1 from sync.head where scope = one.scope for update;
    end loop;
    select * into known from sync.root where root = p_root;
    if known.root is null or length(trim(coalesce(p_reason, ''))) < 2 then
        perform sync.fail('cannot_purge');
    end if;
    insert into sync.purge (id, login, root, root_type, label, reason)
        values (sync.new_id(), session_user::text, p_root, known.root_type, p_label, p_reason)
        returning * into p;
    perform sync.tell_purged(p);
    sets := sync.scrub_sets(p_root);
    update sync.conflict set base = null, theirs = null, mine = null, resolution = null,
        state = 'resolved', resolved_by = p.login, reason = '〔已清除〕' where root = p_root;
    delete from sync.row where root = p_root;
    get diagnostics gone = row_count;
    perform sync.drop_files(p_root);
    delete from sync.root where root = p_root;
    update sync.purge set rows_gone = gone, sets_scrubbed = sets, done = true where id = p.id;
    perform sync.event(p.login, known.scope, 'purged', jsonb_build_object('root', p_root,
        'root_type', known.root_type, 'rows', gone, 'sets', sets));
    return jsonb_build_object('rows', gone, 'sets', sets);
end $$;
