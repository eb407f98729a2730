-- The log (nhật ký): one entry for every change of a row that is an act or a fact, in the transaction of the act; entries
-- sealed into a chain of blocks. The format, for whoever writes a verifier of their own: docs/audit-format.md.

create table audit_entry (
  seq bigint generated always as identity primary key,
  at timestamptz not null,
  -- the table, and the row's primary key, its parts joined by '/'
  subject text not null,
  key text not null,
  -- 'watched', without a key: the table is under the log from here on; 'adopted': the row was there already
  operation text not null check (operation in ('watched', 'adopted', 'insert', 'update', 'delete')),
  -- SHA-256 of the row as it was then
  digest bytea check ((digest is null) = (operation in ('watched', 'delete'))),
  -- 'outside': somebody at the database itself, with `act` the role that connected
  actor_kind text not null
    check (actor_kind in ('person', 'visitor', 'clock', 'job', 'command-line', 'program', 'migration', 'outside')),
  actor_id uuid,
  position text,
  organisation_id uuid,
  on_behalf_of uuid,
  request_id uuid,
  act text
);

-- Entries that are in no block yet. Not a column of the entry: an entry never changes.
create table audit_tail (seq bigint not null);

-- Entries sealed together: entries = their numbers, leaves = the SHA-256 of each in order, total = how many up to here.
create table audit_block (
  number bigint primary key check (number >= 0),
  previous bytea not null check (length(previous) = 32),
  hash bytea not null check (length(hash) = 32),
  sealed_at timestamptz not null,
  entries int8multirange not null,
  leaves bytea not null,
  total bigint not null
);
alter table audit_block alter column leaves set storage external;

-- Points of the chain that were signed and given to somebody (điểm đối chiếu).
create table audit_checkpoint (
  id uuid primary key,
  block bigint not null references audit_block,
  hash bytea not null,
  total bigint not null,
  taken_at timestamptz not null,
  taken_by uuid references member,
  document json not null
);
revoke all on audit_entry, audit_tail, audit_block from dangvu_app;
revoke update on audit_checkpoint from dangvu_app;
grant select on audit_entry, audit_tail, audit_block to dangvu_app;

create trigger audit_entry_only_added before update or delete or truncate on audit_entry
  for each statement execute function refuse_change();
create trigger audit_block_only_added before update or delete or truncate on audit_block
  for each statement execute function refuse_change();

-- Writes the entries of one statement. Works as the owner: the application itself can write no entry in another way.
-- The sub-select with `offset 0` turns each row into JSON once. Times are written in UTC whatever the session uses.
create function audit_change() returns trigger language plpgsql security definer
  set search_path = public, pg_temp set timezone = 'UTC' as $$
declare
  who text[] := string_to_array(nullif(current_setting('dangvu.acting', true), ''), '|', '');
begin
  with made as (
    insert into audit_entry (at, subject, key, operation, digest, actor_kind, actor_id, position, organisation_id,
                             on_behalf_of, request_id, act)
    select statement_timestamp(), tg_table_name, concat_ws('/', j ->> tg_argv[0], j ->> tg_argv[1], j ->> tg_argv[2], j ->> tg_argv[3]),
           lower(tg_op), case when tg_op <> 'DELETE' then sha256(convert_to(jsonb_strip_nulls(j)::text, 'UTF8')) end,
           coalesce(who[1], 'outside'), who[2]::uuid, who[3], who[4]::uuid, who[5]::uuid, who[6]::uuid,
           coalesce(who[7], case when who is null then session_user end)
      from (select to_jsonb(c) as j from changed c offset 0) r
    returning seq)
  insert into audit_tail select seq from made;
  return null;
end $$;

-- A file's bytes are what its key says: they are checked against it, and not written into JSON here.
create function audit_file() returns trigger language plpgsql security definer
  set search_path = public, pg_temp set timezone = 'UTC' as $$
declare
  who text[] := string_to_array(nullif(current_setting('dangvu.acting', true), ''), '|', '');
begin
  with made as (
    insert into audit_entry (at, subject, key, operation, digest, actor_kind, actor_id, position, organisation_id,
                             on_behalf_of, request_id, act)
    select statement_timestamp(), tg_table_name, j ->> 'sha256', lower(tg_op),
           case when tg_op <> 'DELETE' then sha256(convert_to(jsonb_strip_nulls(j)::text, 'UTF8')) end,
           coalesce(who[1], 'outside'), who[2]::uuid, who[3], who[4]::uuid, who[5]::uuid, who[6]::uuid,
           coalesce(who[7], case when who is null then session_user end)
      from (select to_jsonb(f) as j from (select sha256, kind, size, stored_at from changed) f offset 0) r
    returning seq)
  insert into audit_tail select seq from made;
  return null;
end $$;

-- Puts a table under the log and takes in the rows that are there ('adopted'). Called by the migration that makes the table,
-- and again by one that changes the values of rows without a statement on them (a new column with a default).
create function audit_table(subject regclass) returns void language plpgsql set timezone = 'UTC' as $$
declare
  named text := (select relname from pg_class where oid = subject);
  keys text[] := (select array_agg(a.attname order by k.place)
                    from pg_index i, unnest(i.indkey) with ordinality as k(number, place), pg_attribute a
                   where i.indrelid = subject and i.indisprimary and a.attrelid = subject and a.attnum = k.number);
  who text[] := string_to_array(nullif(current_setting('dangvu.acting', true), ''), '|', '');
  operation text;
begin
  if keys is null or cardinality(keys) > 4 then
    raise exception '% cannot be audited: it needs a primary key of at most four columns', subject;
  end if;
  foreach operation in array array['insert', 'update', 'delete'] loop
    execute format('create or replace trigger audit_%s after %1$s on %s referencing %s table as changed for each statement execute function %s',
      operation, subject, case operation when 'delete' then 'old' else 'new' end,
      case named when 'file' then 'audit_file()'
           else format('audit_change(%s)', (select string_agg(quote_literal(k), ', ') from unnest(keys) k)) end);
  end loop;
  execute format('create or replace trigger audit_truncate before truncate on %s for each statement execute function refuse_change()', subject);
  execute format($adopt$
    with present as (
      select concat_ws('/', %s) as key, sha256(convert_to(jsonb_strip_nulls(j)::text, 'UTF8')) as digest
        from (select to_jsonb(t) as j from (select %s from %s) t offset 0) r),
    known as (select distinct on (key) key, digest from audit_entry where subject = %L order by key, seq desc),
    made as (
      insert into audit_entry (at, subject, key, operation, digest, actor_kind, act)
      select statement_timestamp(), %4$L, '', 'watched', null, $1, $2
       where not exists (select from audit_entry where subject = %4$L and operation = 'watched')
      union all
      (select statement_timestamp(), %4$L, p.key, 'adopted', p.digest, $1, $2
        from present p left join known k using (key) where k.digest is distinct from p.digest order by p.key)
      returning seq)
    insert into audit_tail select seq from made $adopt$,
    (select string_agg(format('j ->> %L', k), ', ') from unnest(keys) k),
    case named when 'file' then 'sha256, kind, size, stored_at' else '*' end, subject, named)
    using coalesce(who[1], 'outside'), coalesce(who[7], case when who is null then session_user::text end);
end $$;

-- One entry as the text that is hashed: its fields joined by tabs, what is not there as \N.
create function audit_escaped(field text) returns text language sql immutable parallel safe as $$
  select coalesce(replace(replace(replace(replace(field, '\', '\\'), e'\t', '\t'), e'\n', '\n'), e'\r', '\r'), '\N')
$$;
create function audit_line(e audit_entry) returns text language sql stable parallel safe as $$
  select e.seq || e'\t' || (extract(epoch from e.at) * 1000000)::bigint || e'\t' || audit_escaped(e.subject) || e'\t'
      || audit_escaped(e.key) || e'\t' || e.operation || e'\t' || coalesce(encode(e.digest, 'hex'), '\N') || e'\t'
      || e.actor_kind || e'\t' || coalesce(e.actor_id::text, '\N') || e'\t' || audit_escaped(e.position) || e'\t'
      || coalesce(e.organisation_id::text, '\N') || e'\t' || coalesce(e.on_behalf_of::text, '\N') || e'\t'
      || coalesce(e.request_id::text, '\N') || e'\t' || audit_escaped(e.act)
$$;

-- Seals what is committed and in no block yet, at most so many entries, into one block. Of several who seal at once one
-- does, the others find nothing to do. @returns how many were sealed. An entry of the tail that is gone is sealed as gone.
create function seal_audit(most integer) returns integer language plpgsql security definer
  set search_path = public, pg_temp set timezone = 'UTC' as $$
declare
  last_block audit_block;
  made audit_block;
  sealed integer;
begin
  if most not between 1 and 10000 then raise exception 'a block holds 1 to 10000 entries'; end if;
  if not pg_try_advisory_xact_lock(1635083369, 1) then return 0; end if;
  with taken as (delete from audit_tail where ctid = any (array(select ctid from audit_tail limit most)) returning seq)
  select range_agg(int8range(t.seq, t.seq, '[]')), count(*),
         string_agg(coalesce(sha256(convert_to(audit_line(e), 'UTF8')), decode(repeat('00', 32), 'hex')), ''::bytea order by t.seq)
    into made.entries, sealed, made.leaves
    from (select distinct seq from taken) t left join audit_entry e on e.seq = t.seq;
  if sealed = 0 then return 0; end if;
  select * into strict last_block from audit_block order by number desc limit 1;
  made.number := last_block.number + 1;
  made.previous := last_block.hash;
  made.sealed_at := clock_timestamp();
  made.total := last_block.total + sealed;
  made.hash := audit_block_hash(made);
  insert into audit_block select made.*;
  return sealed;
end $$;

create function audit_block_hash(b audit_block) returns bytea language sql stable parallel safe as $$
  select sha256(convert_to('dangvu-block-1' || e'\t' || b.number || e'\t' || encode(b.previous, 'hex') || e'\t'
    || (extract(epoch from b.sealed_at) * 1000000)::bigint || e'\t' || b.entries || e'\t' || b.total || e'\n', 'UTF8') || b.leaves)
$$;

-- Block 0 has no entries. What it names as the block before is chance: its hash is the name of this installation's log.
insert into audit_block (number, previous, hash, sealed_at, entries, leaves, total)
select b.number, b.previous, audit_block_hash(b), b.sealed_at, b.entries, b.leaves, b.total
  from (select (0, sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), ''::bytea, clock_timestamp(),
                '{}'::int8multirange, ''::bytea, 0)::audit_block as made) m, lateral (select (m.made).*) b;

revoke execute on function audit_change(), audit_file(), audit_table(regclass), seal_audit(integer) from public;
grant execute on function seal_audit(integer) to dangvu_app;

-- What is under the log. Tables that are not, and why: tests/audited-tables.test.ts.
select audit_table(subject) from unnest(array[
  'account', 'account_report', 'audit_checkpoint', 'calendar_day', 'correction_request', 'delegation', 'dossier',
  'dossier_event', 'dossier_file', 'dossier_party', 'file', 'import_run', 'mail_address', 'member', 'member_hold',
  'member_reading', 'membership', 'migration', 'number_series', 'office', 'official_transfer', 'organisation',
  'organisation_kind', 'organisation_kind_name', 'organisation_period', 'paper', 'paper_revision', 'position',
  'refused_upload', 'setting_value', 'test_certificate']::regclass[]) subject;
