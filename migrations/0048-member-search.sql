-- Members are found among millions while somebody waits: by the beginning of the name, of the given name, by the last digits.

-- A member under each region (địa bàn) in which they were ever counted: what is directly below the Centre, or the head of a
-- tree without one, by its number. Rows are added and never taken away: where the member is counted on a day, membership says.
-- Follows from member, membership and organisation_period; only triggers write it.
create table member_search (
  member_id uuid not null references member on delete cascade,
  region bigint not null,
  name_norm text collate "C" not null,
  -- the given name first, as name lists are ordered: 'hung nguyen quoc'
  given_first text collate "C" not null generated always as
    (split_part(name_norm, ' ', -1)
      || case when name_norm like '% %' then ' ' || left(name_norm, -length(split_part(name_norm, ' ', -1)) - 1) else '' end) stored,
  primary key (member_id, region)
);

-- The words that names are made of: what is typed wrongly is compared with them.
create table name_word (word text collate "C" primary key);
revoke insert, update on member_search, name_word from dangvu_app;

create function region_of(path text, centres bigint[]) returns bigint language sql immutable parallel safe
  return case when split_part(path, '.', 1)::bigint = any(centres) and split_part(path, '.', 2) <> ''
              then split_part(path, '.', 2)::bigint else split_part(path, '.', 1)::bigint end;

create function numbers_of_centres() returns bigint[] language sql stable
  return array(select distinct o.number from organisation_period p join organisation o on o.id = p.organisation_id
                where p.parent_id is null and p.kind = 'centre');

create function find_new_memberships() returns trigger language plpgsql security definer set search_path = public, pg_temp
  set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $$
declare
  centres bigint[] := numbers_of_centres();
begin
  insert into member_search (member_id, region, name_norm)
  select distinct c.member_id, region_of(p.path, centres), m.name_norm
    from changed c join organisation_period p on p.organisation_id = c.organisation_id join member m on m.id = c.member_id
  on conflict do nothing;
  return null;
end $$;
create trigger member_search_follows after insert on membership referencing new table as changed
  for each statement execute function find_new_memberships();

-- Where an organisation came to another region, its members are found there too.
create function find_in_new_regions() returns trigger language plpgsql security definer set search_path = public, pg_temp
  set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $$
declare
  centres bigint[] := numbers_of_centres();
begin
  insert into member_search (member_id, region, name_norm)
  select distinct s.member_id, region_of(c.path, centres), m.name_norm
    from changed c
    join membership s on s.organisation_id = c.organisation_id
    join member m on m.id = s.member_id
   where not exists (select from organisation_period p
                      where p.organisation_id = c.organisation_id and (p.valid_from, p.path) is distinct from (c.valid_from, c.path)
                        and region_of(p.path, centres) = region_of(c.path, centres))
  on conflict do nothing;
  return null;
end $$;
create trigger member_search_follows_new after insert on organisation_period referencing new table as changed
  for each statement execute function find_in_new_regions();
create trigger member_search_follows_moved after update on organisation_period referencing new table as changed
  for each statement execute function find_in_new_regions();

create function find_by_new_names() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    update member_search s set name_norm = c.name_norm from changed c where s.member_id = c.id and s.name_norm <> c.name_norm;
  end if;
  insert into name_word
  select distinct w.word from changed c, string_to_table(c.name_norm, ' ') w(word)
   where w.word <> '' and not exists (select from name_word known where known.word = w.word collate "C") order by 1
  on conflict do nothing;
  return null;
end $$;
create trigger member_search_named after insert on member referencing new table as changed
  for each statement execute function find_by_new_names();
create trigger member_search_renamed after update on member referencing new table as changed
  for each statement execute function find_by_new_names();
revoke execute on function find_new_memberships(), find_in_new_regions(), find_by_new_names() from public;

insert into name_word select distinct word from member, string_to_table(name_norm, ' ') word where word <> '';
insert into member_search (member_id, region, name_norm)
select distinct s.member_id, region_of(p.path, c.centres), m.name_norm
  from (select numbers_of_centres() as centres) c, membership s
  join organisation_period p on p.organisation_id = s.organisation_id join member m on m.id = s.member_id;
create index member_search_name on member_search (region, name_norm, member_id);
create index member_search_given on member_search (region, given_first, member_id);
create index member_last_digits on member (reverse(personal_id) collate "C");

-- Found by the two above; words anywhere in a name are looked for within an organisation, whose members are few.
drop index member_name, member_words;
