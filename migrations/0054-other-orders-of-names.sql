-- Names are also looked for by the given name with the middle name before it, which is how people call each other: 'quoc hung' of
-- Bùi Quốc Hùng, in whatever order it is typed: 'hung quoc bui'. Of a name of two words it is the same as given_first.
alter table member_search add column given_middle text collate "C" not null generated always as
  (split_part(name_norm, ' ', -1)
    || case when name_norm like '% %' then ' ' || split_part(name_norm, ' ', -2) else '' end
    || case when name_norm like '% % %' then
         ' ' || left(name_norm, -length(split_part(name_norm, ' ', -1)) - length(split_part(name_norm, ' ', -2)) - 2) else '' end) stored;
create index member_search_middle on member_search (region, given_middle, member_id);

-- Members are found in the region to which their organisation came. An organisation that has another name, or ends, or begins anew
-- where it was, came nowhere.
drop trigger member_search_follows_moved on organisation_period;
create or replace function find_in_new_regions() returns trigger language plpgsql security definer set search_path = public, pg_temp
  set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $$
declare
  centres bigint[] := numbers_of_centres();
  came record;
begin
  if tg_op = 'INSERT' then
    select array_agg(organisation_id) as organisations, array_agg(region) as regions into came
      from (select distinct c.organisation_id, region_of(c.path, centres) as region from changed c
             where not exists (select from organisation_period p
                                where p.organisation_id = c.organisation_id and (p.valid_from, p.path) is distinct from (c.valid_from, c.path)
                                  and region_of(p.path, centres) = region_of(c.path, centres))) anew;
  else
    select array_agg(organisation_id) as organisations, array_agg(region) as regions into came
      from (select organisation_id, region_of(path, centres) as region from changed
            except select organisation_id, region_of(path, centres) from was) moved;
  end if;
  if came.organisations is not null then
    insert into member_search (member_id, region, name_norm)
    select distinct s.member_id, c.region, m.name_norm
      from unnest(came.organisations, came.regions) as c(organisation_id, region)
      join membership s on s.organisation_id = c.organisation_id
      join member m on m.id = s.member_id
    on conflict do nothing;
  end if;
  return null;
end $$;
create trigger member_search_follows_moved after update on organisation_period referencing old table as was new table as changed
  for each statement execute function find_in_new_regions();
