-- A month's table of its own: filled, then indexed, then made part of the lines. Five million lines put into a table with its
-- indexes take about twice as long.

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

-- Lines of a cell are found by the day they were made: a reorganisation asks only for those of days on which the tree changes.
drop index fee_line_cell;
create index fee_line_cell on fee_line (organisation_id, made_on);

-- Attached, it asks less of those who read other months than a table made as a part.
create function attach_fee_month(month date) returns void language plpgsql as $$
declare
  named text := fee_month_table(month);
begin
  execute format('alter table %I add primary key (member_id, period, number)', named);
  execute format('create index on %I (organisation_id, made_on)', named);
  execute format('alter table fee_line attach partition %I for values in (%L)', named, month);
  execute format('revoke update, delete, truncate on %I from dangvu_app', named);
  execute format('create trigger fee_line_only_added before update or delete or truncate on %I for each statement execute function refuse_change()', named);
end $$;

create or replace function open_fee_month(month date) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if make_fee_month(month) then perform attach_fee_month(month); end if;
end $$;
revoke execute on function make_fee_month(date), attach_fee_month(date) from public;
