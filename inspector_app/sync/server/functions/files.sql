-- Attached files: who may have which, in pieces, each known by its hash.

-- A live row of the aggregate names it, or the side of an open conflict that came too late, or the
-- edited text of a draft does, itself a small file.
create function sync.names_file(p_root text, p_sha text, p_pii boolean) returns boolean
language sql stable as $$
    select exists (select 1 from sync.row r where r.root = p_root and not r.gone
        and (p_pii or r.t in ('statute_text', 'law_pack'))
        and (r.data->>'sha256' = p_sha or (r.t = 'paper' and r.data->>'state' = 'draft'
            and exists (select 1 from sync.blob_link l join sync.blob b on b.sha256 = l.sha256
                    join sync.blob_piece c on c.store = b.store
                where l.root = r.root and l.sha256 = r.data->>'sha256' and b.size <= 16384
                    and strpos(encode(c.data, 'escape'), p_sha) > 0))))
    or (p_pii and exists (select 1 from sync.conflict k where k.root = p_root
        and k.state = 'open' and k.mine->>'sha256' = p_sha))
$$;

-- The scope through which an account may speak of a file; null when it may not know of it.
create function sync.file_scope(
    p_me text, p_root text, p_sha text, p_write boolean, p_read_it boolean
) returns text language plpgsql stable as $$
declare here text;
begin
    if coalesce(p_sha, '') !~ '^[0-9a-f]{64}$' then
        return null;
    end if;
    select r.scope into here from sync.root r where r.root = p_root;
    if here is null or not sync.may(p_me, here, p_write) then
        return null;
    end if;
    if not sync.names_file(p_root, p_sha, not p_read_it or sync.may_pii(p_me, here)) then
        return null;
    end if;
    return here;
end $$;

-- For each [root, hash]: there, send (from which byte on), or none, which says nothing more.
create function sync.file_want(p_me text, p_asked jsonb) returns jsonb
language plpgsql as $$
declare one record; answer jsonb := '[]'; said jsonb; known sync.blob; mine sync.upload;
begin
    if jsonb_array_length(p_asked) > 500 then
        raise exception 'call' using errcode = '22023';
    end if;
    for one in select e.value->>0 as root, e.value->>1 as sha
            from jsonb_array_elements(p_asked) with ordinality e order by e.ordinality loop
        said := jsonb_build_object('s', 'none', 'size', 0, 'have', 0);
        if sync.file_scope(p_me, one.root, one.sha, false, false) is not null then
            select b.* into known from sync.blob_link l join sync.blob b on b.sha256 = l.sha256
                where l.root = one.root and l.sha256 = one.sha;
            if found then
                said := jsonb_build_object('s', 'there', 'size', known.size, 'have', known.size);
            elsif sync.file_scope(p_me, one.root, one.sha, true, false) is not null then
                select * into mine from sync.upload u
                    where u.login = p_me and u.root = one.root and u.sha256 = one.sha;
                said := jsonb_build_object('s', 'send', 'size', coalesce(mine.size, 0),
                    'have', coalesce(mine.have, 0));
            end if;
        end if;
        answer := answer || said;
    end loop;
    return answer;
end $$;

create function sync.file_no(p_why text) returns jsonb language sql immutable as $$
    select jsonb_build_object('s', 'no', 'why', p_why, 'have', 0)
$$;

-- Room is looked for once, when a file begins.
create function sync.begin_upload(
    p_me text, p_scope text, p_root text, p_sha text, p_size bigint
) returns text language plpgsql as $$
declare l sync.file_limit; mine bigint; used bigint;
begin
    select * into l from sync.file_limit;
    if p_size > l.largest then
        return 'too_large';
    end if;
    delete from sync.blob_piece c where c.store in (select u.store from sync.upload u
        where u.login = p_me and u.at < clock_timestamp() - interval '7 days');
    delete from sync.upload u
        where u.login = p_me and u.at < clock_timestamp() - interval '7 days';
    select coalesce(sum(u.size), 0) into mine from sync.upload u where u.login = p_me;
    select coalesce(max(f.bytes), 0) into used from sync.file_used f where f.scope = p_scope;
    if mine + p_size > l.unfinished or (
            select count(*) from sync.upload u where u.login = p_me) >= 200 then
        return 'too_many';
    elsif used + p_size > l.of_scope then
        return 'no_room';
    end if;
    insert into sync.upload (store, login, root, sha256, size)
        values (sync.new_id(), p_me, p_root, p_sha, p_size);
    return '';
end $$;

create function sync.drop_upload(p_store text) returns void language sql volatile as $$
    delete from sync.blob_piece where store = p_store;
    delete from sync.upload where store = p_store
$$;

create function sync.end_upload(p_me text, p_scope text, p_up sync.upload) returns jsonb
language plpgsql as $$
declare digest text;
begin
    select encode(sha256(string_agg(c.data, ''::bytea order by c.start)), 'hex') into digest
        from sync.blob_piece c where c.store = p_up.store;
    if digest is distinct from p_up.sha256 then
        perform sync.drop_upload(p_up.store);
        return sync.file_no('hash');
    end if;
    begin
        insert into sync.blob (sha256, store, size, login)
            values (p_up.sha256, p_up.store, p_up.size, p_me);
        delete from sync.upload where store = p_up.store;
    exception when unique_violation then  -- it is here from elsewhere: the proof is enough
        perform sync.drop_upload(p_up.store);
    end;
    insert into sync.blob_link (root, sha256, login)
        select p_up.root, p_up.sha256, p_me where not exists (select 1 from sync.blob_link l
            where l.root = p_up.root and l.sha256 = p_up.sha256);
    update sync.file_used set bytes = bytes + p_up.size where scope = p_scope;
    if not found then
        insert into sync.file_used (scope, bytes) values (p_scope, p_up.size);
    end if;
    perform sync.event(p_me, p_scope, 'file_kept', jsonb_build_object('root', p_up.root,
        'sha256', p_up.sha256, 'size', p_up.size));
    return jsonb_build_object('s', 'there', 'have', p_up.size);
end $$;

-- Each piece is a row: a file of a million pieces is worth a thousand files.
create function sync.is_crumb(p_size bigint, p_have bigint, p_data bytea) returns boolean
language sql immutable as $$
    select octet_length(p_data) < least(p_size - p_have, 65536, p_size / 256)
$$;

-- A piece where the last one ended; anywhere else we say where we are. Nothing is overwritten.
create function sync.file_put(
    p_me text, p_root text, p_sha text, p_size bigint, p_start bigint, p_data bytea
) returns jsonb language plpgsql as $$
declare here text; up sync.upload; why text;
begin
    perform 1 from sync.account where login = p_me for update;  -- one piece of a person at a time
    here := sync.file_scope(p_me, p_root, p_sha, true, false);
    if here is null then
        return sync.file_no('unknown');
    elsif exists (select 1 from sync.blob_link l where l.root = p_root and l.sha256 = p_sha) then
        return jsonb_build_object('s', 'there', 'have', p_size);
    elsif coalesce(p_size, 0) < 1 or coalesce(octet_length(p_data), 0) not between 1 and 1048576 then
        return sync.file_no('size');
    end if;
    select * into up from sync.upload
        where login = p_me and root = p_root and sha256 = p_sha for update;
    if up.store is null then
        why := sync.begin_upload(p_me, here, p_root, p_sha, p_size);
        if why <> '' then
            return sync.file_no(why);
        end if;
        select * into up from sync.upload where login = p_me and root = p_root and sha256 = p_sha;
    end if;
    if up.size <> p_size then
        perform sync.drop_upload(up.store);
        return sync.file_no('size');
    elsif p_start is distinct from up.have then
        return jsonb_build_object('s', 'more', 'have', up.have);
    elsif up.have + octet_length(p_data) > up.size then
        return sync.file_no('size');
    end if;
    if sync.is_crumb(up.size, up.have, p_data) then
        return sync.file_no('size');
    end if;
    insert into sync.blob_piece (store, start, data) values (up.store, up.have, p_data);
    update sync.upload set have = have + octet_length(p_data), at = clock_timestamp()
        where store = up.store returning * into up;
    if up.have < up.size then
        return jsonb_build_object('s', 'more', 'have', up.have);
    end if;
    return sync.end_upload(p_me, here, up);
end $$;

-- From a byte on, at most a piece; null for who may not see it and for what is not here, alike.
-- A reading is noted before it happens, once an hour: null as well, the first time.
create function sync.file_get(p_me text, p_root text, p_sha text, p_start bigint) returns bytea
language plpgsql as $$
declare here text; b sync.blob; c sync.blob_piece;
begin
    here := sync.file_scope(p_me, p_root, p_sha, false, true);
    select k.* into b from sync.blob_link l join sync.blob k on k.sha256 = l.sha256
        where l.root = p_root and l.sha256 = p_sha;
    if here is null or b.sha256 is null or p_start is null or p_start not between 0 and b.size - 1
    then
        return null;
    end if;
    select * into c from sync.blob_piece where store = b.store and start <= p_start
        order by start desc limit 1;
    if not exists (select 1 from sync.event x where x.kind = 'file_read' and x.login = p_me
            and x.at > clock_timestamp() - interval '1 hour' and x.at < transaction_timestamp()
            and x.detail->>'sha256' = p_sha and x.detail->>'root' = p_root) then
        perform sync.event(p_me, here, 'file_read', jsonb_build_object('root', p_root,
            'sha256', p_sha));
        if not pg_has_role(session_user::text, 'insp_owner', 'MEMBER') then
            return null;  -- only noted so far, and not to be undone: it is given when asked again
        end if;
    end if;
    return substring(c.data from (p_start - c.start + 1)::integer);
end $$;

create function sync_v1.file_want(p_asked jsonb) returns jsonb
language sql security definer set search_path = pg_catalog, sync, pg_temp as $$
    select sync.file_want(sync.me(), p_asked)
$$;

create function sync_v1.file_put(
    p_root text, p_sha text, p_size bigint, p_start bigint, p_data bytea
) returns jsonb
language sql security definer set search_path = pg_catalog, sync, pg_temp as $$
    select sync.file_put(sync.me(), p_root, p_sha, p_size, p_start, p_data)
$$;

create function sync_v1.file_get(p_root text, p_sha text, p_start bigint) returns bytea
language sql security definer set search_path = pg_catalog, sync, pg_temp as $$
    select sync.file_get(sync.me(), p_root, p_sha, p_start)
$$;

-- What nothing stands on any more: given-up uploads, files of aggregates that were purged. What is
-- still disputed stays: somebody may bring the row back.
create function sync.sweep_files(p_days integer) returns jsonb language plpgsql as $$
declare links integer; files integer; uploads integer; since timestamptz;
begin
    since := clock_timestamp() - p_days * interval '1 day';
    delete from sync.blob_link l where l.at < since and not exists (
        select 1 from sync.row r where r.root = l.root and not r.gone) and not exists (
        select 1 from sync.conflict k where k.root = l.root and k.state = 'open');
    get diagnostics links = row_count;
    delete from sync.blob_piece c where c.store in (select b.store from sync.blob b
        where not exists (select 1 from sync.blob_link l where l.sha256 = b.sha256));
    delete from sync.blob b where not exists (
        select 1 from sync.blob_link l where l.sha256 = b.sha256);
    get diagnostics files = row_count;
    delete from sync.blob_piece c where c.store in (
        select u.store from sync.upload u where u.at < since);
    delete from sync.upload u where u.at < since;
    get diagnostics uploads = row_count;
    delete from sync.blob_piece c where c.store in (
        select concat('parcel:', p.id) from sync.parcel p where p.at < since);
    delete from sync.parcel p where p.at < since and p.state <> 'done';
    update sync.file_used f set bytes = coalesce((select sum(b.size) from sync.root r
        join sync.blob_link l on l.root = r.root join sync.blob b on b.sha256 = l.sha256
        where r.scope = f.scope), 0);
    perform sync.event(session_user::text, '', 'files_swept', jsonb_build_object(
        'links', links, 'files', files, 'uploads', uploads));
    return jsonb_build_object('links', links, 'files', files, 'uploads', uploads);
end $$;
