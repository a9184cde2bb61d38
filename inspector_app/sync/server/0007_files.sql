-- Files: evidence, photos, issued papers. Kept once by their hash, given out only through an
-- aggregate that names them; who knows a hash knows nothing. And what comes by file instead of line.
create table sync.file_limit (
    one boolean primary key default true check (one),
    largest bigint not null default 209715200,
    of_scope bigint not null default 107374182400,
    unfinished bigint not null default 1073741824
);
insert into sync.file_limit (one) values (true);

-- What counts as here: whole, and hashed by us. `store` names its pieces.
create table sync.blob (
    sha256 text collate "C" primary key,
    store text collate "C" not null,
    size bigint not null,
    login text collate "C" not null,
    at timestamptz not null default clock_timestamp()
);

create table sync.blob_piece (
    store text collate "C" not null,
    start bigint not null,
    data bytea not null,
    primary key (store, start)
);
alter table sync.blob_piece alter column data set storage external;

-- Somebody delivered the whole content for this aggregate: naming a hash gives nobody the file.
create table sync.blob_link (
    root text collate "C" not null,
    sha256 text collate "C" not null references sync.blob,
    login text collate "C" not null,
    at timestamptz not null default clock_timestamp(),
    primary key (root, sha256)
);
create index blob_link_sha on sync.blob_link (sha256);

create table sync.upload (
    store text collate "C" primary key,
    login text collate "C" not null,
    root text collate "C" not null,
    sha256 text collate "C" not null,
    size bigint not null,
    have bigint not null default 0,
    at timestamptz not null default clock_timestamp(),
    unique (login, root, sha256)
);

create table sync.file_used (
    scope text collate "C" primary key references sync.scope,
    bytes bigint not null default 0
);

-- A live row of the aggregate names it, or the edited text of a draft does, itself a small file.
create function sync.names_file(p_root text, p_sha text, p_pii boolean) returns boolean
language sql stable as $$
    select exists (select 1 from sync.row r where r.root = p_root and not r.gone
        and (p_pii or r.t in ('statute_text', 'law_pack'))
        and (r.data->>'sha256' = p_sha or (r.t = 'paper' and r.data->>'state' = 'draft'
            and exists (select 1 from sync.blob_link l join sync.blob b on b.sha256 = l.sha256
                    join sync.blob_piece c on c.store = b.store
                where l.root = r.root and l.sha256 = r.data->>'sha256' and b.size <= 16384
                    and strpos(encode(c.data, 'escape'), p_sha) > 0))))
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
    if mine + p_size > l.unfinished then
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
    insert into sync.blob_piece (store, start, data) values (up.store, up.have, p_data);
    update sync.upload set have = have + octet_length(p_data), at = clock_timestamp()
        where store = up.store returning * into up;
    if up.have < up.size then
        return jsonb_build_object('s', 'more', 'have', up.have);
    end if;
    return sync.end_upload(p_me, here, up);
end $$;

-- From a byte on, at most a piece; null for who may not see it and for what is not here, alike.
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
    if p_start = 0 then
        perform sync.event(p_me, here, 'file_read', jsonb_build_object('root', p_root,
            'sha256', p_sha));
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

-- What nothing stands on any more: given-up uploads, files of aggregates that were purged.
create function sync.sweep_files(p_days integer) returns jsonb language plpgsql as $$
declare links integer; files integer; uploads integer; since timestamptz;
begin
    since := clock_timestamp() - p_days * interval '1 day';
    delete from sync.blob_link l where l.at < since and not exists (
        select 1 from sync.row r where r.root = l.root and not r.gone);
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

-- By file. Who signed is known by the key of the PC; ours is made by the administrator's program.
create table sync.file_key (
    one boolean primary key default true check (one),
    sign_private text not null,
    box_private text not null,
    sign_public text not null,
    box_public text not null,
    at timestamptz not null default clock_timestamp()
);

create table sync.signer (
    sign_public text collate "C" primary key,
    box_public text collate "C" not null,
    login text collate "C" not null references sync.account,
    by_login text collate "C" not null,
    revoked boolean not null default false,
    at timestamptz not null default clock_timestamp()
);

create table sync.package (
    id text collate "C" primary key,
    login text collate "C" not null,
    device text collate "C" not null,
    signer text collate "C" not null,
    signature text not null,
    carrier text not null,
    sets integer not null,
    at timestamptz not null default clock_timestamp()
);

-- Sealed packages a colleague's PC carried here over its line; we cannot read them, the
-- administrator's program can. Their pieces are named parcel:<id>.
create table sync.parcel (
    id text collate "C" primary key,
    login text collate "C" not null,
    size bigint not null,
    have bigint not null default 0,
    state text not null default 'coming' check (state in ('coming', 'whole', 'done')),
    why text not null default '',
    at timestamptz not null default clock_timestamp()
);

create trigger package_stays before update or delete on sync.package
    for each row execute procedure sync.refuse();
create trigger package_whole before truncate on sync.package
    for each statement execute procedure sync.refuse();
create trigger blob_stays before update on sync.blob
    for each row execute procedure sync.refuse();
create trigger piece_stays before update on sync.blob_piece
    for each row execute procedure sync.refuse();
create trigger link_stays before update on sync.blob_link
    for each row execute procedure sync.refuse();

-- A PC makes its keys known and hears ours. A key that is another's stays another's.
create function sync_v1.file_keys(p_sign text, p_box text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, sync, pg_temp as $$
declare me text := sync.me(); known sync.signer; answer jsonb;
begin
    if coalesce(p_sign, '') !~ '^[0-9a-f]{64}$' or coalesce(p_box, '') !~ '^[0-9a-f]{64}$' then
        raise exception 'key' using errcode = '22023';
    end if;
    perform 1 from sync.account where login = me for update;
    select * into known from sync.signer where sign_public = p_sign;
    if known.sign_public is null and (select count(*) from sync.signer s
            where s.login = me and not s.revoked) < 20 then
        insert into sync.signer (sign_public, box_public, login, by_login)
            values (p_sign, p_box, me, me);
        perform sync.event(me, '', 'signer', jsonb_build_object('sign', p_sign));
    end if;
    select jsonb_build_object('sign', k.sign_public, 'box', k.box_public, 'me', me,
            'mine', exists (select 1 from sync.signer s where s.sign_public = p_sign
                and s.box_public = p_box and s.login = me and not s.revoked))
        into answer from sync.file_key k;
    return answer;
end $$;

-- Carries a colleague's sealed package here: from which byte on, or -1 when there is no room.
create function sync_v1.parcel_put(p_id text, p_size bigint, p_start bigint, p_data bytea)
returns bigint
language plpgsql security definer set search_path = pg_catalog, sync, pg_temp as $$
declare me text := sync.me(); here sync.parcel; waiting bigint;
begin
    if coalesce(p_id, '') !~ '^[0-9a-f]{64}$' or coalesce(octet_length(p_data), 0)
            not between 1 and 1048576 or coalesce(p_size, 0) < 1 then
        raise exception 'parcel' using errcode = '22023';
    end if;
    perform 1 from sync.account where login = me for update;
    select * into here from sync.parcel where id = p_id for update;
    if here.id is null then
        select coalesce(sum(p.size), 0) into waiting from sync.parcel p
            where p.login = me and p.state <> 'done';
        if waiting + p_size > (select l.unfinished from sync.file_limit l) then
            return -1;
        end if;
        insert into sync.parcel (id, login, size) values (p_id, me, p_size) returning * into here;
    end if;
    if here.login <> me then
        return p_size;  -- somebody else is carrying it
    elsif here.state = 'coming' and p_start = here.have
        and here.have + octet_length(p_data) <= here.size then
        insert into sync.blob_piece (store, start, data)
            values (concat('parcel:', p_id), p_start, p_data);
        update sync.parcel set have = have + octet_length(p_data), state = case
            when have + octet_length(p_data) = size then 'whole' else 'coming' end
            where id = p_id returning * into here;
    end if;
    return here.have;
end $$;

revoke all on all tables in schema sync from public;
revoke all on all functions in schema sync, sync_v1 from public;
grant execute on function sync_v1.file_want(jsonb) to insp_client;
grant execute on function sync_v1.file_put(text, text, bigint, bigint, bytea) to insp_client;
grant execute on function sync_v1.file_get(text, text, bigint) to insp_client;
grant execute on function sync_v1.file_keys(text, text) to insp_client;
grant execute on function sync_v1.parcel_put(text, bigint, bigint, bytea) to insp_client;
