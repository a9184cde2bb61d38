-- By file: keys of PCs, and packages a colleague carries.

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
        if waiting + p_size > (select l.unfinished from sync.file_limit l) or (
                select count(*) from sync.parcel p
                where p.login = me and p.state <> 'done') >= 200 then
            return -1;
        end if;
        insert into sync.parcel (id, login, size) values (p_id, me, p_size) returning * into here;
    end if;
    if here.login <> me then
        return p_size;  -- somebody else is carrying it
    elsif here.state = 'coming' and p_start = here.have
        and here.have + octet_length(p_data) <= here.size
        and not sync.is_crumb(here.size, here.have, p_data) then
        insert into sync.blob_piece (store, start, data)
            values (concat('parcel:', p_id), p_start, p_data);
        update sync.parcel set have = have + octet_length(p_data), state = case
            when have + octet_length(p_data) = size then 'whole' else 'coming' end
            where id = p_id returning * into here;
    end if;
    return here.have;
end $$;
