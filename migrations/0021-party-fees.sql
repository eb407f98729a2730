-- Party fees (đảng phí): what is declared, what is due, orders to pay, money from the bank, and the ledger that all of it is posted to.

insert into position (code, name, name_en, rank) values
  ('finance-officer', 'Phụ trách tài chính', 'Officer in charge of finance', 75);

-- What a member declared (kê khai) of what the fee is computed from; one that was approved holds from its first period
-- until the next approved one begins.
create table fee_declaration (
  id uuid primary key,
  member_id uuid not null references member,
  -- the cell that was asked
  organisation_id uuid not null references organisation,
  from_period date not null check (extract(day from from_period) = 1),
  facts jsonb not null,
  status text not null default 'submitted' check (status in ('submitted', 'approved', 'returned', 'withdrawn')),
  declared_by uuid not null references member,
  declared_at timestamptz not null,
  answered_by uuid references member,
  answered_at timestamptz,
  reason text,
  check ((status = 'submitted') = (answered_at is null)),
  check ((status = 'returned') <= (reason is not null))
);
create unique index fee_declaration_one_open on fee_declaration (member_id) where status = 'submitted';
create index fee_declaration_member on fee_declaration (member_id, from_period desc);
create index fee_declaration_cell on fee_declaration (organisation_id, declared_at) where status = 'submitted';
revoke update on fee_declaration from dangvu_app;
grant update (status, answered_by, answered_at, reason) on fee_declaration to dangvu_app;
create trigger fee_declaration_answered_once before update on fee_declaration for each row
  when (old.status <> 'submitted') execute function refuse_change();

-- How a cell handles a member's months: approved by themselves unless the cell looks at each.
create table fee_member (
  member_id uuid primary key references member,
  auto_approve boolean not null default true,
  set_by uuid references member,
  set_at timestamptz not null
);

-- What the tariff says of a member, as runs of months with one answer: derived from facts and tariff, made anew when they
-- change, so that a month of millions is one statement. refusal: why nothing can be assessed.
create table fee_schedule (
  member_id uuid not null references member,
  from_period date not null check (extract(day from from_period) = 1),
  until_period date check (until_period >= from_period),
  class text,
  base_vnd bigint,
  amount_vnd bigint check (amount_vnd >= 0),
  refusal text,
  declaration_id uuid references fee_declaration,
  -- the region it was computed with: where the cell's is another by now, the stretch is made anew
  region text,
  primary key (member_id, from_period),
  check ((refusal is null) = (amount_vnd is not null))
);
grant delete on fee_schedule to dangvu_app;

-- A month of a cell as it was assessed: what its first lines are, once and for all; another row when members came later.
create table fee_assessment (
  id uuid not null default gen_random_uuid(),
  period date not null check (extract(day from period) = 1),
  organisation_id uuid not null references organisation,
  number smallint not null,
  made_on date not null,
  lines integer not null check (lines > 0),
  amount_vnd bigint not null,
  -- SHA-256 of all of them so far, in the order of their members: member, class, base, amount, a line each
  digest bytea not null,
  primary key (organisation_id, period, number)
);
revoke update on fee_assessment from dangvu_app;

-- A line that is due (khoản phải nộp): number 0 is the month's own, others were added later. It never changes; a line that
-- was wrong is replaced by another, which says which. Each month has a table of its own, made when the month is opened, so
-- its indexes grow at their end. Lines refer by what verify-ledger checks, not by foreign keys.
create table fee_line (
  member_id uuid not null,
  period date not null check (extract(day from period) = 1),
  number smallint not null check (number >= 0),
  -- the cell that collects it
  organisation_id uuid not null,
  kind text not null check (kind in ('month', 'arrears', 'replacement')),
  class text not null,
  base_vnd bigint,
  amount_vnd bigint not null check (amount_vnd >= 0),
  replaces smallint,
  made_on date not null,
  primary key (member_id, period, number),
  check ((kind = 'month') = (number = 0)),
  check ((replaces is not null) <= (kind = 'replacement'))
) partition by list (period);
create unique index fee_line_replaced_once on fee_line (member_id, period, replaces) where replaces is not null;
create index fee_line_cell on fee_line (organisation_id);
revoke update, delete on fee_line from dangvu_app;
create trigger fee_line_only_added before update or delete or truncate on fee_line
  for each statement execute function refuse_change();

-- Why a line was added after the month was assessed. 'redeclared' follows from a declaration approved later: unlike a line that
-- somebody decided by hand, the next one may change it again.
create table fee_change (
  id uuid primary key,
  member_id uuid not null references member,
  period date not null,
  number smallint not null check (number > 0),
  replaces smallint,
  kind text not null check (kind in ('adjusted', 'arrears', 'refunded', 'moved', 'relief', 'redeclared')),
  amount_vnd bigint not null,
  reason text not null check (reason <> ''),
  made_by uuid references member,
  made_at timestamptz not null,
  unique (member_id, period, number)
);
revoke update on fee_change from dangvu_app;

-- A month that a cell wants to look at before it is paid.
create table fee_waiting (
  member_id uuid not null references member,
  period date not null,
  number smallint not null,
  organisation_id uuid not null references organisation,
  approved_by uuid references member,
  approved_at timestamptz,
  primary key (member_id, period, number),
  check ((approved_by is null) = (approved_at is null))
);
create index fee_waiting_cell on fee_waiting (organisation_id, period) where approved_at is null;

-- Accounts organisations receive fees on (tài khoản thu đảng phí); in use only when verified.
create table fee_account (
  id uuid primary key,
  organisation_id uuid not null references organisation,
  bank_bin text not null check (bank_bin ~ '^\d{6}$'),
  account_number text not null check (account_number ~ '^[0-9A-Za-z]{4,19}$'),
  holder text not null check (holder <> ''),
  declared_by uuid references member,
  declared_at timestamptz not null,
  verified_by uuid references member,
  verified_at timestamptz,
  verified_how text,
  retired_at timestamptz,
  check ((verified_at is null) = (verified_how is null)),
  -- who declared it does not verify it
  check (verified_by is null or declared_by is null or verified_by <> declared_by)
);
create unique index fee_account_number on fee_account (bank_bin, account_number) where retired_at is null;
create index fee_account_by_number on fee_account (account_number);
create unique index fee_account_in_use on fee_account (organisation_id) where retired_at is null and verified_at is not null;
revoke update on fee_account from dangvu_app;
grant update (verified_by, verified_at, verified_how, retired_at) on fee_account to dangvu_app;

-- An order to pay (lệnh nộp): lines, their total, and the key by which the bank's line is known again.
create table fee_order (
  id uuid primary key,
  key text not null unique check (key ~ '^DP[0-9A-Z]{8,20}$'),
  payer_id uuid not null references member,
  -- the cell whose members' lines these are
  organisation_id uuid not null references organisation,
  method text not null check (method in ('transfer', 'cash')),
  account_id uuid references fee_account,
  amount_vnd bigint not null check (amount_vnd > 0),
  made_by uuid not null references member,
  made_at timestamptz not null,
  check ((method = 'transfer') = (account_id is not null))
);
create index fee_order_payer on fee_order (payer_id, made_at desc);
create index fee_order_cell on fee_order (organisation_id, made_at desc);
create table fee_order_line (
  order_id uuid not null references fee_order deferrable initially deferred,
  member_id uuid not null references member,
  period date not null,
  number smallint not null,
  amount_vnd bigint not null check (amount_vnd > 0),
  primary key (order_id, member_id, period, number)
);
create index fee_order_line_member on fee_order_line (member_id);
revoke update on fee_order, fee_order_line from dangvu_app;

-- A line of a bank's (dòng sao kê): told by a callback or read from a statement, once, with what was made of it. Thousands of
-- these, of payments and of transfers come in a second: what they refer to is checked by verify-ledger.
create table bank_line (
  id uuid primary key,
  account_id uuid not null,
  -- the bank's own name of it: the same told twice is one line
  reference text not null check (reference <> '' and length(reference) <= 100),
  amount_vnd bigint not null check (amount_vnd > 0),
  direction text not null check (direction in ('in', 'out')),
  content text not null,
  booked_at timestamptz not null,
  source text not null check (source in ('sepay', 'casso', 'payos', 'statement')),
  received_at timestamptz not null,
  order_id uuid,
  outcome text not null
    check (outcome in ('matched', 'unknown', 'under-paid', 'over-paid', 'duplicate', 'already-paid', 'out')),
  unique (account_id, reference),
  check ((outcome = 'matched') <= (order_id is not null))
);
create index bank_line_review on bank_line (account_id, id) where outcome not in ('matched', 'out');
revoke update on bank_line from dangvu_app;

-- A payment (khoản nộp) with its receipt's number, taken in the commit that books it.
create table fee_payment (
  id uuid primary key,
  order_id uuid not null unique,
  organisation_id uuid not null,
  payer_id uuid not null,
  method text not null check (method in ('transfer', 'cash')),
  amount_vnd bigint not null check (amount_vnd > 0),
  bank_line_id uuid,
  received_by uuid,
  paid_at timestamptz not null,
  on_day date not null,
  receipt_year smallint not null,
  receipt_number integer not null check (receipt_number > 0),
  unique (organisation_id, receipt_year, receipt_number),
  check ((method = 'cash') = (received_by is not null)),
  check ((method = 'transfer') = (bank_line_id is not null))
);
create index fee_payment_payer on fee_payment (payer_id, paid_at desc);
revoke update on fee_payment from dangvu_app;

-- The ledger (sổ cái): every row moves an amount from the credit of one account to the debit of another, so it balances by
-- its shape. Rows are only added; what was wrong is moved back. A line that is due (fee_line) is such a row too, of the
-- cell's account `dues` against its `assessed`: five million of them are made in a night, and they stand in their own table.
create table ledger_transfer (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  on_day date not null,
  kind text not null check (kind in ('paid', 'collected-for', 'unmatched', 'matched-later', 'refunded', 'paid-back', 'sent-back', 'retained', 'owed',
                                     'remitted', 'received', 'banked', 'drawn', 'spent')),
  debit text not null,
  debit_owner uuid not null,
  credit text not null,
  credit_owner uuid not null,
  amount_vnd bigint not null check (amount_vnd > 0 and amount_vnd <= 9007199254740991),
  -- the line it settles, or opens again
  member_id uuid,
  period date,
  line smallint,
  payment_id uuid,
  bank_line_id uuid,
  -- the remittance, refund or voucher it belongs to
  document_id uuid,
  check (debit <> credit or debit_owner <> credit_owner),
  check ((kind in ('paid', 'refunded')) = (line is not null)),
  check (num_nulls(member_id, period, line) in (0, 3))
);
-- A line is paid once. Paid back, it is replaced by a line of its own.
create unique index ledger_paid_once on ledger_transfer (member_id, period, line) where kind = 'paid';
create unique index ledger_refunded_once on ledger_transfer (member_id, period, line) where kind = 'refunded';
create index ledger_debit on ledger_transfer (debit_owner, on_day);
create index ledger_credit on ledger_transfer (credit_owner, on_day) where kind <> 'paid';
revoke update, delete on ledger_transfer from dangvu_app;
create trigger ledger_transfer_only_added before update or delete or truncate on ledger_transfer
  for each statement execute function refuse_change();

-- What follows from the ledger, kept with it in one commit: balances of each account, and what is due and paid of a month in
-- every organisation up the tree. `verify-ledger` makes them anew from the rows and compares.
create table ledger_balance (
  owner uuid not null references organisation,
  account text not null,
  debit_vnd bigint not null check (debit_vnd >= 0),
  credit_vnd bigint not null check (credit_vnd >= 0),
  primary key (owner, account)
) with (fillfactor = 50);
create table fee_total (
  organisation_id uuid not null references organisation,
  period date not null,
  -- lines of more than nothing, and how many of them are paid; lines of nothing (miễn)
  lines integer not null,
  paid_lines integer not null,
  exempt integer not null,
  due_vnd bigint not null,
  paid_vnd bigint not null,
  primary key (organisation_id, period)
) with (fillfactor = 50);

revoke insert, update on ledger_balance, fee_total from dangvu_app;

-- An organisation and all above it on a day.
create function organisation_line_up(below uuid, day date) returns table (id uuid) language sql stable as $$
  select o.id
    from organisation_period p, unnest(string_to_array(rtrim(p.path, '.'), '.')::bigint[]) n
    join organisation o on o.number = n
   where p.organisation_id = below and p.valid_from <= day and (p.valid_to is null or day < p.valid_to)
$$;

-- Adds what changed in cells to the totals of all above: along the tree of the day the line was made, so that what is due and
-- what is paid of one line stand in the same organisations, whatever was reorganised between.
create type fee_change_of_cell as (
  cell uuid, made_on date, period date, lines integer, paid_lines integer, exempt integer, due_vnd bigint, paid_vnd bigint);
-- By index whatever the statistics of a young table say: a payment must not read all organisations.
create function add_to_fee_totals(changes fee_change_of_cell[]) returns void language sql
  security definer set search_path = public, pg_temp set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $$
  insert into fee_total as t (organisation_id, period, lines, paid_lines, exempt, due_vnd, paid_vnd)
  select up.id, c.period, sum(c.lines), sum(c.paid_lines), sum(c.exempt), sum(c.due_vnd), sum(c.paid_vnd)
    from unnest(changes) c, organisation_line_up(c.cell, c.made_on) up
   group by up.id, c.period order by up.id, c.period
  on conflict (organisation_id, period) do update set lines = t.lines + excluded.lines, paid_lines = t.paid_lines + excluded.paid_lines,
    exempt = t.exempt + excluded.exempt, due_vnd = t.due_vnd + excluded.due_vnd, paid_vnd = t.paid_vnd + excluded.paid_vnd
$$;

revoke execute on function add_to_fee_totals(fee_change_of_cell[]) from public;

-- A line that is replaced is not paid, and a line that is paid is not replaced, whoever comes first: payments share a lock, a
-- replacement waits for those under way, and a payment that finds its line replaced is done again from what is true then.
create function fee_lines_counted() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
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
create trigger fee_line_counted after insert on fee_line referencing new table as changed
  for each statement execute function fee_lines_counted();

create function ledger_counted() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
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
create trigger ledger_transfer_counted after insert on ledger_transfer referencing new table as changed
  for each statement execute function ledger_counted();

-- The table of a month, made when the month is opened for the first time.
create function open_fee_month(month date) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  named text := 'fee_line_' || to_char(month, 'YYYYMM');
begin
  if to_regclass(named) is not null then return; end if;
  if extract(day from month) <> 1 or month < '2011-04-01' or month > current_date + 1200 then
    raise exception 'no month of fees: %', month using errcode = 'check_violation';
  end if;
  -- Of two at once the second waits, and may not know yet that the first made it: what is there is left as it is.
  perform pg_advisory_xact_lock(1635083369, 2);
  execute format('create table if not exists %I partition of fee_line for values in (%L)', named, month);
  execute format('revoke update, delete, truncate on %I from dangvu_app', named);
  execute format('create or replace trigger fee_line_only_added before update or delete or truncate on %I for each statement execute function refuse_change()', named);
end $$;
revoke execute on function open_fee_month(date) from public;
grant execute on function open_fee_month(date) to dangvu_app;

-- Lines as they stand: replaced by another, paid by a payment, waiting for the cell's approval.
create view fee_line_now as
  select l.member_id, l.period, l.number, l.organisation_id, l.kind, l.class, l.base_vnd, l.amount_vnd, l.made_on,
         exists (select from fee_line r where r.member_id = l.member_id and r.period = l.period and r.replaces = l.number) as replaced,
         t.payment_id, t.at as paid_at, coalesce(w.approved_at is null and w.member_id is not null, false) as waiting
    from fee_line l
    left join ledger_transfer t on t.kind = 'paid' and t.member_id = l.member_id and t.period = l.period and t.line = l.number
    left join fee_waiting w on w.member_id = l.member_id and w.period = l.period and w.number = l.number;
grant select on fee_line_now to dangvu_app;

select audit_table(subject) from unnest(array[
  'fee_declaration', 'fee_member', 'fee_assessment', 'fee_change', 'fee_waiting', 'fee_account', 'fee_order', 'fee_order_line',
  'bank_line', 'fee_payment', 'ledger_transfer']::regclass[]) subject;
select audit_table('position');
