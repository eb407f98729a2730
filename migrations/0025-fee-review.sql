-- Statements of the accounts that receive fees, and what was decided of money that fitted nothing.

-- The bank's own number of a line, where who told it said so beside a number of its own: by it a line of a statement and one
-- of a callback are known to be the same.
alter table bank_line add column bank_reference text check (bank_reference <> '' and length(bank_reference) <= 100);
-- Money out waits for an explanation too: the ledger books by hand what leaves an account.
drop index bank_line_review;
create index bank_line_put_aside on bank_line (account_id, id) where outcome <> 'matched';
create index bank_line_booked on bank_line (account_id, booked_at);

-- A file of a statement on its way: its bytes lie here until it is kept or taken back, a week at most.
create table bank_statement_file (
  id uuid primary key,
  account_id uuid not null references fee_account,
  file_name text not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  bytes bytea not null,
  handed_in_by uuid not null references member,
  handed_in_at timestamptz not null
);
alter table bank_statement_file alter column bytes set storage external;
create index bank_statement_file_account on bank_statement_file (account_id, handed_in_at);
revoke update on bank_statement_file from dangvu_app;
grant delete on bank_statement_file to dangvu_app;

-- How an organisation reads the tables of a bank: the words above its columns, as somebody assigned them on screen.
create table bank_table_profile (
  organisation_id uuid not null references organisation,
  bank_bin text not null check (bank_bin ~ '^\d{6}$'),
  columns jsonb not null,
  set_by uuid not null references member,
  set_at timestamptz not null,
  primary key (organisation_id, bank_bin)
);

-- A statement (sao kê) that was kept: the days, the balances around its lines, and the file by its digest.
create table bank_statement (
  id uuid primary key,
  account_id uuid not null references fee_account,
  format text not null check (format in ('camt.053', 'mt940', 'table')),
  from_day date not null,
  to_day date not null check (to_day >= from_day),
  opening_vnd bigint not null,
  closing_vnd bigint not null,
  lines integer not null check (lines >= 0),
  file_name text not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  kept_by uuid not null references member,
  kept_at timestamptz not null,
  unique (account_id, sha256)
);
create index bank_statement_days on bank_statement (account_id, from_day, to_day);
revoke update on bank_statement from dangvu_app;

-- A line as a statement tells it, and the line of the bank it is: a new one, or one that was told before. known: by its
-- reference, by the bank's number, because all of these days are in the statement, or because somebody said so.
create table bank_statement_line (
  statement_id uuid not null references bank_statement,
  place integer not null check (place > 0),
  bank_line_id uuid not null references bank_line,
  reference text not null check (reference <> '' and length(reference) <= 100),
  booked_on date not null,
  known text not null check (known in ('new', 'reference', 'number', 'days', 'person')),
  primary key (statement_id, place)
);
create index bank_statement_line_of on bank_statement_line (bank_line_id);
revoke update on bank_statement_line from dangvu_app;

-- What was decided of (a part of) a bank's line that fitted nothing; the line itself never changes.
-- attached: a payment of lines that are due. sent-back: to who sent it. booked: the ledger had it already, as cash paid in or a
-- transfer made by hand. told-twice: another line tells the same. left: no fee, it stays on the account.
create table bank_line_review (
  id uuid primary key,
  bank_line_id uuid not null references bank_line,
  account_id uuid not null references fee_account,
  -- the line's own, filled in below
  direction text not null check (direction in ('in', 'out')),
  act text not null check (act in ('attached', 'sent-back', 'booked', 'told-twice', 'left')),
  amount_vnd bigint not null check (amount_vnd > 0),
  reason text not null check (reason <> ''),
  by_member uuid not null references member,
  at timestamptz not null,
  payment_id uuid,
  -- what the ledger had booked already, by the document of its transfers
  document_id uuid,
  same_line_id uuid references bank_line,
  -- sending back: whether a second person must say yes first, who did, and the transfer as the bank did it
  second_needed boolean not null default false,
  confirmed_by uuid references member,
  confirmed_at timestamptz,
  sent_on date,
  sent_reference text check (sent_reference <> '' and length(sent_reference) <= 100),
  sent_by uuid references member,
  withdrawn_by uuid references member,
  withdrawn_at timestamptz,
  withdrawn_reason text check (withdrawn_reason <> ''),
  check ((act = 'attached') = (payment_id is not null)),
  check ((act = 'booked') = (document_id is not null)),
  check ((act = 'told-twice') = (same_line_id is not null)),
  check (same_line_id <> bank_line_id),
  check (act = 'sent-back' or not second_needed and sent_on is null and withdrawn_at is null),
  check (second_needed or confirmed_by is null),
  check (num_nulls(confirmed_by, confirmed_at) in (0, 2)),
  check (num_nulls(sent_on, sent_reference, sent_by) in (0, 3)),
  check (num_nulls(withdrawn_by, withdrawn_at, withdrawn_reason) in (0, 3)),
  -- two different people, and nothing leaves the account before the second
  check (confirmed_by <> by_member),
  check (sent_on is null or not second_needed or confirmed_by is not null),
  check (sent_on is null or withdrawn_at is null)
);
create index bank_line_review_line on bank_line_review (bank_line_id);
create index bank_line_review_document on bank_line_review (document_id) where document_id is not null;
create unique index bank_line_review_payment on bank_line_review (payment_id) where payment_id is not null;
-- What the ledger booked once is one line of an account; what went and came back is one of each direction.
create unique index bank_line_review_booked_once on bank_line_review (account_id, document_id, direction) where document_id is not null;
-- A line that is told a second time is one line more, not two.
create unique index bank_line_review_told_once on bank_line_review (same_line_id) where same_line_id is not null;
revoke update on bank_line_review from dangvu_app;
grant update (confirmed_by, confirmed_at, sent_on, sent_reference, sent_by, withdrawn_by, withdrawn_at, withdrawn_reason)
  on bank_line_review to dangvu_app;

-- No more is decided of than there is; what was sent back, or taken back, stays so.
create function bank_line_review_fits() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if old.sent_on is not null or old.withdrawn_at is not null or (old.confirmed_at is not null and new.confirmed_by is distinct from old.confirmed_by) then
      raise exception 'decided once' using errcode = 'check_violation';
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
create trigger bank_line_review_fits before insert or update on bank_line_review for each row execute function bank_line_review_fits();

select audit_table(subject) from unnest(array[
  'bank_table_profile', 'bank_statement', 'bank_statement_line', 'bank_line_review']::regclass[]) subject;
