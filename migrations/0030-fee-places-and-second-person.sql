-- Where lines stand on a day on which the tree changed, and two people for a large sum that is attached to fees.

-- The way up of a cell as it was when lines of a day were made, kept once the tree says another of that day: the day of a
-- reorganisation, or days before one that is entered late. Lines of a cell and a day stand together: those made later that day
-- too, and what is paid of them.
create table fee_line_up (
  organisation_id uuid not null references organisation,
  made_on date not null,
  -- as organisation_period has it
  path text collate "C" not null,
  primary key (organisation_id, made_on)
);
revoke insert, update on fee_line_up from dangvu_app;

-- The tree changes after the lines that are being made, and lines are made after the change that is under way.
create function keep_fee_line_up() returns trigger language plpgsql security definer set search_path = public, pg_temp
  set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $$
begin
  if not exists (select from was) then return null; end if;
  perform pg_advisory_xact_lock(1635083369, 4);
  insert into fee_line_up (organisation_id, made_on, path)
  select w.organisation_id, l.made_on, w.path
    from was w
   cross join lateral (select distinct f.made_on from fee_line f
                        where f.organisation_id = w.organisation_id and f.made_on >= w.valid_from
                          and (w.valid_to is null or f.made_on < w.valid_to)) l
   where not exists (select from organisation_period p
                      where p.organisation_id = w.organisation_id and p.path = w.path and p.valid_from <= l.made_on
                        and (p.valid_to is null or l.made_on < p.valid_to))
  on conflict do nothing;
  return null;
end $$;
create trigger fee_line_up_kept_at_change after update on organisation_period referencing old table as was
  for each statement execute function keep_fee_line_up();
create trigger fee_line_up_kept_at_end after delete on organisation_period referencing old table as was
  for each statement execute function keep_fee_line_up();

-- The organisations in which lines of a cell stand that were made on a day: itself and all above it.
create function fee_line_stands_in(cell uuid, day date) returns table (id uuid) language sql stable as $$
  select o.id
    from (select coalesce((select k.path from fee_line_up k where k.organisation_id = cell and k.made_on = day),
                          (select p.path from organisation_period p where p.organisation_id = cell and p.valid_from <= day
                              and (p.valid_to is null or day < p.valid_to))) as path) w,
         unnest(string_to_array(rtrim(w.path, '.'), '.')::bigint[]) n
    join organisation o on o.number = n
$$;

create or replace function add_to_fee_totals(changes fee_change_of_cell[]) returns void language sql
  security definer set search_path = public, pg_temp set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $$
  insert into fee_total as t (organisation_id, period, lines, paid_lines, exempt, due_vnd, paid_vnd)
  select up.id, c.period, sum(c.lines), sum(c.paid_lines), sum(c.exempt), sum(c.due_vnd), sum(c.paid_vnd)
    from unnest(changes) c, fee_line_stands_in(c.cell, c.made_on) up
   group by up.id, c.period order by up.id, c.period
  on conflict (organisation_id, period) do update set lines = t.lines + excluded.lines, paid_lines = t.paid_lines + excluded.paid_lines,
    exempt = t.exempt + excluded.exempt, due_vnd = t.due_vnd + excluded.due_vnd, paid_vnd = t.paid_vnd + excluded.paid_vnd
$$;

-- The other side: asked before anything of a line is written, and before what payments ask.
create function fee_lines_beside_the_tree() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(1635083369, 4);
  return null;
end $$;
create trigger fee_line_beside_the_tree before insert on fee_line for each statement execute function fee_lines_beside_the_tree();

-- As before, but for the tree, which stands still, and of which all cells are asked at once.
create or replace function fill_fee_month(month date, day date, except_members uuid[], out lines bigint, out cells bigint)
  language plpgsql security definer set search_path = public, pg_temp set work_mem = '32MB' set maintenance_work_mem = '128MB' as $$
declare
  named text := fee_month_table(month);
begin
  if not make_fee_month(month) then return; end if;
  perform pg_advisory_xact_lock_shared(1635083369, 4);
  execute format($fill$
    insert into %I (member_id, period, number, organisation_id, kind, class, base_vnd, amount_vnd, made_on)
    select s.member_id, $1, 0, m.organisation_id, 'month', s.class, s.base_vnd, s.amount_vnd, $2
      from membership m
      join fee_schedule s on s.member_id = m.member_id and s.from_period <= $1 and (s.until_period is null or s.until_period >= $1)
     where m.standing = 'active' and m.since <= $2 and (m.until is null or m.until > $2) and s.refusal is null
       and s.member_id <> all ($3)
     order by s.member_id $fill$, named) using month, day, except_members;
  perform attach_fee_month(month);
  execute format('analyze %I', named);

  create temporary table counted as
    select organisation_id, count(*) as lines, count(*) filter (where amount_vnd = 0) as exempt, sum(amount_vnd) as due_vnd,
           sha256(convert_to(string_agg(fee_line_text(member_id, class, base_vnd, amount_vnd), e'\n' order by member_id), 'UTF8')) as digest
      from fee_line where period = month group by organisation_id;
  analyze counted;
  insert into fee_assessment (organisation_id, period, number, made_on, lines, amount_vnd, digest)
  select c.organisation_id, month, 0, day, c.lines, c.due_vnd, c.digest from counted c;
  insert into fee_total (organisation_id, period, lines, paid_lines, exempt, due_vnd, paid_vnd)
  select up.id, month, sum(c.lines - c.exempt), 0, sum(c.exempt), sum(c.due_vnd), 0
    from counted c
    join organisation_period p on p.organisation_id = c.organisation_id and p.valid_from <= day and (p.valid_to is null or day < p.valid_to)
    left join fee_line_up k on k.organisation_id = c.organisation_id and k.made_on = day
   cross join unnest(string_to_array(rtrim(coalesce(k.path, p.path), '.'), '.')::bigint[]) n
    join organisation up on up.number = n
   group by up.id order by up.id;
  select coalesce(sum(c.lines), 0), count(*) into fill_fee_month.lines, fill_fee_month.cells from counted c;
  drop table counted;
end $$;
