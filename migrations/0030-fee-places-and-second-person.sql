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
-- Asked only from the day on which what was true is no longer so: where the period is still there under the same path, from its
-- end, and never where it has none; else from its beginning.
create function keep_fee_line_up() returns trigger language plpgsql security definer set search_path = public, pg_temp
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

-- Opens a month with a line for every member who is counted in a cell on the day and whose schedule knows the month.
-- @returns how many lines in how many cells; null where the month is open already, and nothing is done
create function fill_fee_month(month date, day date, except_members uuid[], out lines bigint, out cells bigint)
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
revoke execute on function fill_fee_month(date, date, uuid[]) from public;
grant execute on function fill_fee_month(date, date, uuid[]) to dangvu_app;

-- The line that stands in the place of one that was replaced, maybe more than once; itself where it was not.
create function fee_line_in_place(member uuid, month date, line smallint) returns smallint language sql stable as $$
  with recursive place as (
    select line as number
    union all
    select l.number from place p join fee_line l on l.member_id = member and l.period = month and l.replaces = p.number)
  select max(number) from place
$$;

-- Money that fits nothing and is more than one person may attach to fees waits for a second one, as money sent back does: a part of
-- the line's amount, with the lines it is meant for, one row a payment; rows of one act are agreed to or withdrawn together.
alter table bank_line_review add column proposal_id uuid, add column proposed jsonb;
do $$
declare
  old record;
begin
  for old in select conname from pg_constraint
              where conrelid = 'bank_line_review'::regclass and contype = 'c'
                and (pg_get_constraintdef(oid) like '%''attached''%payment_id IS NOT NULL%'
                     or pg_get_constraintdef(oid) like '%''sent-back''%NOT second_needed%')
  loop
    execute format('alter table bank_line_review drop constraint %I', old.conname);
  end loop;
end $$;
alter table bank_line_review
  add constraint bank_line_review_paid check (
    case when act <> 'attached' then payment_id is null
         -- without a second person it is booked at once, with one when that person agrees
         else (payment_id is not null) = (not second_needed or confirmed_by is not null) end),
  add constraint bank_line_review_proposed check (
    case when act = 'attached' and second_needed then num_nulls(proposal_id, proposed) = 0 else num_nulls(proposal_id, proposed) = 2 end),
  add constraint bank_line_review_second check (act in ('attached', 'sent-back') or not second_needed),
  add constraint bank_line_review_sent check (act = 'sent-back' or sent_on is null),
  add constraint bank_line_review_withdrawn check (withdrawn_at is null or act = 'sent-back' or act = 'attached' and payment_id is null);
create index bank_line_review_proposal on bank_line_review (proposal_id) where proposal_id is not null;
grant update (payment_id) on bank_line_review to dangvu_app;

-- As before; and the second person is another one: not the first, nobody between whom and the first a delegation of the fees
-- stood since, and nobody whose own fees are paid by it.
create or replace function bank_line_review_fits() returns trigger language plpgsql as $$
begin
  if new.proposed is not null and exists (
       select from jsonb_array_elements(new.proposed -> 'lines') x, unnest(array[new.by_member, new.confirmed_by]) who
        where who is not null and who::text in (x ->> 'memberId', new.proposed ->> 'payerId')) then
    raise exception 'nobody attaches money to fees of the own' using errcode = 'check_violation';
  end if;
  if tg_op = 'UPDATE' then
    if old.sent_on is not null or old.withdrawn_at is not null
       or (old.confirmed_at is not null and new.confirmed_by is distinct from old.confirmed_by)
       or (old.payment_id is not null and new.payment_id is distinct from old.payment_id) then
      raise exception 'decided once' using errcode = 'check_violation';
    end if;
    if new.confirmed_by is distinct from old.confirmed_by and exists (
         select from delegation d
          where (d.delegator_id, d.delegate_member_id) in ((new.by_member, new.confirmed_by), (new.confirmed_by, new.by_member))
            and 'party-fees' = any(d.procedures) and d.valid_to >= (new.at at time zone 'Asia/Ho_Chi_Minh')::date
            and (d.revoked_at is null or d.revoked_at >= new.at)) then
      raise exception 'two who stand in for each other are one person' using errcode = 'check_violation';
    end if;
    return new;
  end if;
  select b.direction into new.direction from bank_line b where b.id = new.bank_line_id;
  perform pg_advisory_xact_lock(hashtextextended('bank-line ' || new.bank_line_id::text, 0));
  if (select coalesce(sum(r.amount_vnd), 0) from bank_line_review r where r.bank_line_id = new.bank_line_id and r.withdrawn_at is null)
     + new.amount_vnd > (select b.amount_vnd from bank_line b where b.id = new.bank_line_id) then
    raise exception 'more is decided of than there is' using errcode = 'check_violation';
  end if;
  return new;
end $$;
