-- What everything stands on: names, hashes, who asks and what they may, what is noted.

-- "stable", as convert_to is: PostgreSQL writes a function into the statement that calls it only when
-- it promises no more than what it calls, and a call of its own costs more than the hash.
create function sync.sha(p text) returns text language sql stable as $$
    select encode(sha256(convert_to(p, 'UTF8')), 'hex')
$$;

-- What a set says, as a hash under the secret of this database: links go to whoever may read a scope,
-- and of an open hash a telephone number that is not shown to him would be guessed in seconds.
create function sync.content_sha(p_scope text, p_ops text) returns text language sql stable as $$
    select sync.sha(concat_ws('|', k.key, sync.sha(concat(k.key, '|', p_scope, '|', p_ops))))
    from sync.secret k
$$;

create function sync.new_id() returns text language sql volatile as $$
    select gen_random_uuid()::text
$$;

-- The login cannot be forged: session_user is who authenticated, whatever SET says.
create function sync.who() returns text language plpgsql stable as $$
declare found_login text;
begin
    select a.login into found_login from sync.account a
        where a.login = coalesce((select x.login from sync.acting x
            where x.by_login = session_user::text), session_user::text) and not a.disabled;
    if found_login is null then
        raise exception 'account' using errcode = '28000';
    end if;
    return found_login;
end $$;

-- Who calls. An old snapshot would still show rights that were taken away since.
create function sync.me() returns text language plpgsql stable as $$
begin
    if current_setting('transaction_isolation') <> 'read committed' then
        raise exception 'isolation' using errcode = '25001';
    end if;
    return sync.who();
end $$;

create function sync.may(p_login text, p_scope text, p_write boolean) returns boolean
language sql stable as $$
    select exists (select 1 from sync.scope_grant g
        where g.login = p_login and g.scope = p_scope and (g.can_write or not p_write))
$$;

create function sync.may_pii(p_login text, p_scope text) returns boolean language sql stable as $$
    select exists (select 1 from sync.scope_grant g
        where g.login = p_login and g.scope = p_scope and g.can_pii)
$$;

-- A word of ours becomes the reason of the receipt; anything else is told as bad_data.
create function sync.fail(p_why text) returns void language plpgsql as $$
begin
    raise exception '%', p_why using errcode = 'P0001';
end $$;

create function sync.note(
    p_context jsonb, p_op jsonb, p_kind text, p_detail jsonb
) returns void language sql volatile as $$
    insert into sync.audit (set_id, place, login, device, scope, seq, root, t, row_id, kind, detail)
    values (p_context->>'id', (p_context->>'place')::integer, p_context->>'me',
        p_context->>'device', p_context->>'scope', (p_context->>'seq')::bigint, p_op->>'root',
        coalesce(p_op->>'t', ''), coalesce(p_op->>'id', ''), p_kind, p_detail)
$$;

create function sync.event(p_login text, p_scope text, p_kind text, p_detail jsonb) returns void
language sql volatile as $$
    insert into sync.event (id, login, scope, kind, detail)
    values (sync.new_id(), p_login, coalesce(p_scope, ''), p_kind, p_detail)
$$;
