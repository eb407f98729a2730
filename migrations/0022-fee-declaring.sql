-- Declaring and assessing Party fees: the region of the minimum wage where a cell lies, and a line that is never both paid and replaced.

-- The region (vùng) of the minimum wage: of the commune of the Party cell, not of the member's home. Said of any organisation, it
-- holds for all below; the nearest above wins.
create table fee_region (
  organisation_id uuid not null references organisation,
  valid_from date not null check (extract(day from valid_from) = 1),
  region text not null check (region in ('I', 'II', 'III', 'IV')),
  source text not null check (source <> ''),
  set_by uuid references member,
  set_at timestamptz not null,
  primary key (organisation_id, valid_from)
);
select audit_table('fee_region');

-- The region of an organisation in a month: `day` says along which tree, `month` which values are in force.
create function fee_region_on(below uuid, day date, month date) returns text language sql stable as $$
  select r.region
    from organisation_period p,
         unnest(string_to_array(rtrim(p.path, '.'), '.')::bigint[]) with ordinality n(number, depth)
    join organisation o on o.number = n.number
    join lateral (select f.region from fee_region f where f.organisation_id = o.id and f.valid_from <= month
                   order by f.valid_from desc limit 1) r on true
   where p.organisation_id = below and p.valid_from <= day and (p.valid_to is null or day < p.valid_to)
   order by n.depth desc limit 1
$$;
grant execute on function fee_region_on(uuid, date, date) to dangvu_app;

-- The region a stretch was computed with: where the cell's is another by now, the stretch is made anew.
alter table fee_schedule add column region text;

-- A line that follows from a declaration approved later: unlike one somebody decided by hand, the next one may change it again.
alter table fee_change drop constraint fee_change_kind_check;
alter table fee_change add constraint fee_change_kind_check
  check (kind in ('adjusted', 'arrears', 'refunded', 'moved', 'relief', 'redeclared'));

-- Declarations are read by the member who made them and by the cell's list of what was answered.
create index fee_declaration_in_force on fee_declaration (member_id, from_period desc, answered_at desc) where status = 'approved';

-- A line that is replaced is not paid, and a line that is paid is not replaced, whoever comes first: payments share a lock, a
-- replacement waits for those under way, and a payment that finds its line replaced is done again from what is true then.
create or replace function fee_lines_counted() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from changed where replaces is not null) then
    perform pg_advisory_xact_lock(1635083369, 3);
    if exists (select from changed c
                 join ledger_transfer t on t.kind = 'paid' and t.member_id = c.member_id and t.period = c.period and t.line = c.replaces
                where not exists (select from ledger_transfer r where r.kind = 'refunded' and r.member_id = c.member_id
                                     and r.period = c.period and r.line = c.replaces)) then
      raise exception 'a line that is paid is not replaced' using errcode = 'serialization_failure';
    end if;
  end if;
  perform add_to_fee_totals(array(
    select row(organisation_id, made_on, period, count(*) filter (where amount_vnd > 0), 0, count(*) filter (where amount_vnd = 0),
               sum(amount_vnd), 0)::fee_change_of_cell
      from changed group by organisation_id, made_on, period
    union all
    select row(o.organisation_id, o.made_on, o.period, -count(*) filter (where o.amount_vnd > 0), 0,
               -count(*) filter (where o.amount_vnd = 0), -sum(o.amount_vnd), 0)::fee_change_of_cell
      from changed c join fee_line o on o.member_id = c.member_id and o.period = c.period and o.number = c.replaces
     where c.replaces is not null
     group by o.organisation_id, o.made_on, o.period));
  return null;
end $$;

create or replace function ledger_counted() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from changed where kind = 'paid') then
    perform pg_advisory_xact_lock_shared(1635083369, 3);
    if exists (select from changed c join fee_line r on r.member_id = c.member_id and r.period = c.period and r.replaces = c.line
                where c.kind = 'paid') then
      raise exception 'a line that is replaced is not paid' using errcode = 'serialization_failure';
    end if;
  end if;
  insert into ledger_balance as b (owner, account, debit_vnd, credit_vnd)
  select owner, account, sum(debit), sum(credit)
    from (select debit_owner as owner, debit as account, amount_vnd as debit, 0 as credit from changed
          union all select credit_owner, credit, 0, amount_vnd from changed) moved
   group by owner, account order by owner, account
  on conflict (owner, account) do update
    set debit_vnd = b.debit_vnd + excluded.debit_vnd, credit_vnd = b.credit_vnd + excluded.credit_vnd;
  if exists (select from changed where line is not null) then
    perform add_to_fee_totals(array(
      select row(l.organisation_id, l.made_on, l.period, 0, sum(case c.kind when 'paid' then 1 else -1 end), 0, 0,
                 sum(case c.kind when 'paid' then c.amount_vnd else -c.amount_vnd end))::fee_change_of_cell
        from changed c join fee_line l on l.member_id = c.member_id and l.period = c.period and l.number = c.line
       group by l.organisation_id, l.made_on, l.period));
  end if;
  return null;
end $$;
