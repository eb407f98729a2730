-- A month of a whole country at once: filled, then indexed, then made part of the lines, with its totals and each cell's digest
-- from one reading. Five million lines put into a table with its indexes take about twice as long.

-- Assessments and totals come by the hundred thousand in one statement: that their organisations are there is checked by
-- verify-ledger, which makes both anew.
alter table fee_assessment drop constraint fee_assessment_organisation_id_fkey;
alter table fee_total drop constraint fee_total_organisation_id_fkey;

-- A first line of a month as it goes into its cell's digest.
create function fee_line_text(member_id uuid, class text, base_vnd bigint, amount_vnd bigint) returns text language sql stable as $$
  select concat_ws(' ', member_id, class, coalesce(base_vnd::text, '-'), amount_vnd)
$$;

create function fee_month_table(month date) returns text language sql immutable as $$
  select 'fee_line_' || to_char(month, 'YYYYMM')
$$;

-- Makes the table of a month, which nobody sees until it is attached. Of two who come at once the second waits, and looks in the
-- catalogue itself: what its session remembers of names may be older. @returns false where the month is open already
create function make_fee_month(month date) returns boolean language plpgsql as $$
begin
  if to_regclass(fee_month_table(month)) is not null then return false; end if;
  if extract(day from month) <> 1 or month < '2011-04-01' or month > current_date + 1200 then
    raise exception 'no month of fees: %', month using errcode = 'check_violation';
  end if;
  perform pg_advisory_xact_lock(1635083369, 2);
  if exists (select from pg_class where relname = fee_month_table(month) and relnamespace = 'public'::regnamespace) then
    return false;
  end if;
  execute format('create table %I (like fee_line including constraints including defaults)', fee_month_table(month));
  return true;
end $$;

-- Attached, it asks less of those who read other months than a table made as a part.
create function attach_fee_month(month date) returns void language plpgsql as $$
declare
  named text := fee_month_table(month);
begin
  execute format('alter table %I add primary key (member_id, period, number)', named);
  execute format('create index on %I (organisation_id)', named);
  execute format('alter table fee_line attach partition %I for values in (%L)', named, month);
  execute format('revoke update, delete, truncate on %I from dangvu_app', named);
  execute format('create trigger fee_line_only_added before update or delete or truncate on %I for each statement execute function refuse_change()', named);
end $$;

create or replace function open_fee_month(month date) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if make_fee_month(month) then perform attach_fee_month(month); end if;
end $$;

-- Opens a month with a line for every member who is counted in a cell on the day and whose schedule knows the month.
-- @returns how many lines in how many cells; null where the month is open already, and nothing is done
create function fill_fee_month(month date, day date, except_members uuid[], out lines bigint, out cells bigint)
  language plpgsql security definer set search_path = public, pg_temp set work_mem = '32MB' set maintenance_work_mem = '128MB' as $$
declare
  named text := fee_month_table(month);
begin
  if not make_fee_month(month) then return; end if;
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
    from counted c, organisation_line_up(c.organisation_id, day) up
   group by up.id order by up.id;
  select coalesce(sum(c.lines), 0), count(*) into fill_fee_month.lines, fill_fee_month.cells from counted c;
  drop table counted;
end $$;
revoke execute on function fill_fee_month(date, date, uuid[]), make_fee_month(date), attach_fee_month(date) from public;
grant execute on function fill_fee_month(date, date, uuid[]) to dangvu_app;
