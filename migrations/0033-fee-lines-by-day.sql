-- Lines of a cell are found by the day they were made: a reorganisation asks only for those of days on which the tree changes.

drop index fee_line_cell;
create index fee_line_cell on fee_line (organisation_id, made_on);

-- As before, with the index as the whole table has it now: attached, it becomes a part of that one.
create or replace function attach_fee_month(month date) returns void language plpgsql as $$
declare
  named text := fee_month_table(month);
begin
  execute format('alter table %I add primary key (member_id, period, number)', named);
  execute format('create index on %I (organisation_id, made_on)', named);
  execute format('alter table fee_line attach partition %I for values in (%L)', named, month);
  execute format('revoke update, delete, truncate on %I from dangvu_app', named);
  execute format('create trigger fee_line_only_added before update or delete or truncate on %I for each statement execute function refuse_change()', named);
end $$;

-- As before, but only from the day on which what was true is no longer so: where the period is still there under the same path,
-- from its end, and never where it has none; else from its beginning.
create or replace function keep_fee_line_up() returns trigger language plpgsql security definer set search_path = public, pg_temp
  set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $$
begin
  if not exists (select from was) then return null; end if;
  perform pg_advisory_xact_lock(1635083369, 4);
  insert into fee_line_up (organisation_id, made_on, path)
  select w.organisation_id, l.made_on, w.path
    from was w
    left join organisation_period n on n.organisation_id = w.organisation_id and n.valid_from = w.valid_from and n.path = w.path
   cross join lateral (select distinct f.made_on from fee_line f
                        where f.organisation_id = w.organisation_id
                          and f.made_on >= case when n.path is null then w.valid_from else coalesce(n.valid_to, 'infinity') end
                          and (w.valid_to is null or f.made_on < w.valid_to)) l
   where not exists (select from organisation_period p
                      where p.organisation_id = w.organisation_id and p.path = w.path and p.valid_from <= l.made_on
                        and (p.valid_to is null or l.made_on < p.valid_to))
  on conflict do nothing;
  return null;
end $$;
