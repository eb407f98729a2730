-- Accounts that receive fees: several verified ones with one in use; and refunds (hoàn tiền), asked, decided by two people, paid out.

-- Verified but not the one in use; a new order goes to the one that is.
alter table fee_account add column set_aside_at timestamptz;
alter table fee_account add column retired_by uuid references member;
alter table fee_account add column retired_why text check (retired_why <> '');
-- A number is nobody's by being declared: only by being verified.
drop index fee_account_number;
create unique index fee_account_number on fee_account (bank_bin, account_number)
  where retired_at is null and verified_at is not null;
drop index fee_account_in_use;
create unique index fee_account_in_use on fee_account (organisation_id)
  where retired_at is null and verified_at is not null and set_aside_at is null;
create index fee_account_of on fee_account (organisation_id);
-- Whose it was before, by reorganisations, oldest first: taken back, it goes to whoever brought it.
alter table fee_account add column handed_from uuid[];
grant update (set_aside_at, retired_by, retired_why, handed_from) on fee_account to dangvu_app;

-- Verified once, by somebody with a name; what is retired stays as it was.
create trigger fee_account_verified_once before update on fee_account for each row
  when (old.verified_at is not null and (old.verified_by, old.verified_at, old.verified_how)
                                        is distinct from (new.verified_by, new.verified_at, new.verified_how))
  execute function refuse_change();
create trigger fee_account_verified_by_somebody before update on fee_account for each row
  when (old.verified_at is null and new.verified_at is not null and new.verified_by is null) execute function refuse_change();
-- Whose it is follows a reorganisation, and its being taken back.
create trigger fee_account_retired_stays before update on fee_account for each row
  when (old.retired_at is not null and to_jsonb(old) - array['organisation_id', 'handed_from'] is distinct from
                                    to_jsonb(new) - array['organisation_id', 'handed_from'])
  execute function refuse_change();

-- Money is never asked onto an account that nobody verified, whatever the code above says.
create function fee_order_account_verified() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from made o join fee_account a on a.id = o.account_id where a.verified_at is null) then
    raise exception 'money is not asked onto an account that is not verified' using errcode = 'check_violation';
  end if;
  return null;
end $$;
create trigger fee_order_account_verified after insert on fee_order referencing new table as made
  for each statement execute function fee_order_account_verified();

-- A refund (yêu cầu hoàn tiền) of a payment, or of some of its lines.
create table fee_refund (
  id uuid primary key,
  payment_id uuid not null references fee_payment,
  -- the cell whose lines were paid
  organisation_id uuid not null references organisation,
  payer_id uuid not null references member,
  -- the payer, or who handles the cell's fees on the payer's behalf
  asked_by uuid not null references member,
  asked_at timestamptz not null,
  -- what the payer was told: the setting may be another by now
  due_on date not null,
  reason text not null check (reason in ('twice', 'wrong-person', 'wrong-month', 'wrong-amount', 'other')),
  note text check (note <> ''),
  amount_vnd bigint not null check (amount_vnd > 0),
  -- how it goes back: to an account of the payer's, or cash where cash was paid
  method text not null check (method in ('transfer', 'cash')),
  bank_bin text check (bank_bin ~ '^\d{6}$'),
  account_number text check (account_number ~ '^[0-9A-Za-z]{4,19}$'),
  holder text check (holder <> ''),
  -- the organisation that holds the money
  paying_id uuid not null references organisation,
  -- whose affair it was before, and who was to pay, by reorganisations, oldest first
  handed_from uuid[] not null default '{}',
  paying_from uuid[] not null default '{}',
  status text not null default 'asked'
    check (status in ('asked', 'checked', 'approved', 'paid-out', 'closed', 'refused', 'withdrawn')),
  checked_by uuid references member,
  checked_at timestamptz,
  -- why the account is taken although its holder is not the payer by name
  holder_reason text check (holder_reason <> ''),
  approved_by uuid references member,
  approved_at timestamptz,
  paid_by uuid references member,
  paid_at timestamptz,
  paid_on date,
  -- the bank's own name of the transfer, by which its line is found
  bank_reference text check (bank_reference <> '' and length(bank_reference) <= 100),
  -- refused or withdrawn: by whom, when, why
  ended_by uuid references member,
  ended_at timestamptz,
  ended_why text check (ended_why <> ''),
  closed_at timestamptz,
  check ((method = 'transfer') = (bank_bin is not null and account_number is not null and holder is not null)),
  check (method = 'transfer' or num_nonnulls(bank_bin, account_number, holder, bank_reference) = 0),
  check ((checked_at is null) = (checked_by is null)),
  check ((approved_at is null) = (approved_by is null)),
  check ((paid_at is null) = (paid_by is null) and (paid_at is null) = (paid_on is null)),
  check ((paid_at is not null and method = 'transfer') = (bank_reference is not null)),
  check ((ended_at is null) = (ended_by is null)),
  check ((status in ('refused', 'withdrawn')) = (ended_at is not null)),
  check (status <> 'refused' or ended_why is not null),
  check (status in ('asked', 'refused', 'withdrawn') or checked_at is not null),
  check ((status in ('approved', 'paid-out', 'closed')) = (approved_at is not null)),
  check ((status in ('paid-out', 'closed')) = (paid_at is not null)),
  check ((status = 'closed') = (closed_at is not null)),
  -- two different people, and neither asked for it nor is paid by it
  check (checked_by is null or checked_by <> all (array[asked_by, payer_id])),
  check (approved_by is null or approved_by <> all (array[checked_by, asked_by, payer_id])),
  check (paid_by is null or paid_by <> payer_id)
);
-- One at a time of a payment is undecided.
create unique index fee_refund_one_open on fee_refund (payment_id) where status in ('asked', 'checked');
create index fee_refund_payment on fee_refund (payment_id);
create index fee_refund_payer on fee_refund (payer_id, asked_at desc);
create index fee_refund_cell on fee_refund (organisation_id, status, due_on);
create index fee_refund_paying on fee_refund (paying_id) where status = 'approved';
create index fee_refund_to_close on fee_refund (paid_on) where status = 'paid-out';
create index fee_refund_due on fee_refund (due_on) where status in ('asked', 'checked', 'approved');

create table fee_refund_line (
  refund_id uuid not null references fee_refund,
  member_id uuid not null references member,
  period date not null,
  number smallint not null,
  amount_vnd bigint not null check (amount_vnd > 0),
  -- what the month costs in truth, where it is another amount; said by who checks
  right_vnd bigint check (right_vnd >= 0),
  primary key (refund_id, member_id, period, number)
);
create index fee_refund_line_member on fee_refund_line (member_id);

revoke update, delete on fee_refund, fee_refund_line from dangvu_app;
grant update (status, checked_by, checked_at, holder_reason, approved_by, approved_at, paid_by, paid_at, paid_on, bank_reference,
              ended_by, ended_at, ended_why, closed_at, organisation_id, paying_id, handed_from, paying_from) on fee_refund to dangvu_app;
grant update (right_vnd) on fee_refund_line to dangvu_app;

-- A refund goes on step by step, and nobody whose months it opens decides it.
create function fee_refund_goes_on() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  -- An open one goes along to who took over, and is otherwise what it was.
  if old.status in ('asked', 'checked', 'approved')
     and to_jsonb(old) - array['organisation_id', 'paying_id', 'handed_from', 'paying_from']
       = to_jsonb(new) - array['organisation_id', 'paying_id', 'handed_from', 'paying_from'] then
    return new;
  end if;
  if (old.organisation_id, old.paying_id) is distinct from (new.organisation_id, new.paying_id) then
    raise exception 'a refund is not decided and handed over at once' using errcode = 'check_violation';
  end if;
  if (old.status, new.status) not in (
    ('asked', 'checked'), ('asked', 'refused'), ('asked', 'withdrawn'), ('checked', 'approved'), ('checked', 'refused'),
    ('checked', 'withdrawn'), ('approved', 'paid-out'), ('paid-out', 'closed')) then
    raise exception 'a refund does not go from % to %', old.status, new.status using errcode = 'check_violation';
  end if;
  if exists (select from fee_refund_line l where l.refund_id = new.id
              and (l.member_id = new.checked_by or l.member_id = new.approved_by)) then
    raise exception 'nobody decides a refund of the own months' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger fee_refund_goes_on before update on fee_refund for each row execute function fee_refund_goes_on();
-- What a month costs is said while it is checked, and stands from then on.
create function fee_refund_line_open() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if not exists (select from fee_refund r where r.id = new.refund_id and r.status = 'asked') then
    raise exception 'the refund is checked already' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger fee_refund_line_open before update on fee_refund_line for each row execute function fee_refund_line_open();

select audit_table(subject) from unnest(array['fee_refund', 'fee_refund_line']::regclass[]) subject;
