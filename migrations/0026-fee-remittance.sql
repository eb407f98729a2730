-- Shares and remittance of Party fees (trích, nộp cấp trên): what each organisation keeps, what it sends up, and how money that lies
-- above comes down.

-- What one organisation keeps where the rule for its kind does not hold or is not known, and which way its money runs: set by
-- those in charge of fees in the organisation above it.
create table fee_share (
  organisation_id uuid not null references organisation,
  valid_from date not null check (extract(day from valid_from) = 1),
  -- absent: as the rule for its kind says
  keep_percent numeric(5, 2) check (keep_percent between 0 and 100),
  -- top-down (tập trung): members pay on the account above, and the kept share comes down; bottom-up (từng cấp): on its own account
  direction text not null default 'bottom-up' check (direction in ('bottom-up', 'top-down')),
  source text not null check (source <> ''),
  set_by uuid references member,
  set_at timestamptz not null,
  primary key (organisation_id, valid_from)
);

-- A month's money shared out, and the part for the level above on its way (hồ sơ nộp cấp trên). number 0 is the month's own; another
-- when money of that month came later, or when the one before was returned.
create table fee_remittance (
  id uuid primary key,
  organisation_id uuid not null references organisation,
  -- the organisation above on the day it is made; absent where that one is not in this system
  superior_id uuid references organisation check (superior_id <> organisation_id),
  -- who made it, and who was above, before reorganisations, oldest first
  handed_from uuid[] not null default '{}',
  superior_from uuid[] not null default '{}',
  period date not null check (extract(day from period) = 1),
  number smallint not null check (number >= 0),
  -- by which the bank's line is known again
  key text not null unique check (key ~ '^DP[0-9A-Z]{8,20}$'),
  collected_directly_vnd bigint not null,
  received_from_below_vnd bigint not null,
  base_vnd bigint not null check (base_vnd > 0),
  keep_percent numeric(5, 2) not null check (keep_percent between 0 and 100),
  -- which rule said so: 'regulation-01.cell-of-commune', 'own.2026-06-01'
  rule text not null check (rule <> ''),
  keep_vnd bigint not null check (keep_vnd >= 0),
  remit_vnd bigint not null check (remit_vnd >= 0),
  -- of it, what the account above held already: it needs no sending
  held_vnd bigint not null check (held_vnd between 0 and remit_vnd),
  -- until when it is to be sent
  due_on date not null,
  made_by uuid not null references member,
  made_at timestamptz not null,
  sent_how text check (sent_how in ('transfer', 'cash', 'held-above')),
  sent_on date,
  sent_reference text,
  -- absent where the money came before anybody said it was sent
  sent_by uuid references member,
  sent_at timestamptz,
  received_on date,
  -- absent where the bank's line or the account above said so
  received_by uuid references member,
  received_at timestamptz,
  -- of the superior's receipts
  receipt_year smallint,
  receipt_number integer check (receipt_number > 0),
  -- the bank's lines of the money: as it left, and as it came
  out_line_id uuid references bank_line,
  in_line_id uuid references bank_line,
  -- moved back: by the superior, or by another officer of the organisation, before it was received
  returned_by uuid references member,
  returned_at timestamptz,
  return_reason text check (return_reason <> ''),
  unique (organisation_id, period, number),
  unique (superior_id, receipt_year, receipt_number),
  check (keep_vnd + remit_vnd = base_vnd),
  check (collected_directly_vnd + received_from_below_vnd = base_vnd),
  check (num_nulls(sent_how, sent_on, sent_at) in (0, 3)),
  check (num_nulls(received_on, received_at, receipt_year, receipt_number) in (0, 4)),
  check (received_at is null or sent_at is not null and superior_id is not null),
  check (num_nulls(returned_by, returned_at, return_reason) in (0, 3)),
  check (returned_at is null or received_at is null or sent_how = 'held-above'),
  check ((sent_how = 'held-above') <= (held_vnd = remit_vnd)),
  -- two people: who made or sent it neither receives it nor takes it back
  check (received_by is null or received_by <> made_by and received_by is distinct from sent_by),
  check (returned_by is null or returned_by <> made_by)
);
create index fee_remittance_superior on fee_remittance (superior_id, period desc);
revoke update on fee_remittance from dangvu_app;
grant update (sent_how, sent_on, sent_reference, sent_by, sent_at, received_on, received_by, received_at, receipt_year,
              receipt_number, out_line_id, in_line_id, returned_by, returned_at, return_reason,
              organisation_id, superior_id, number, handed_from, superior_from) on fee_remittance to dangvu_app;
-- What was said once stays said.
create trigger fee_remittance_said_once before update on fee_remittance for each row
  when (old.returned_at is not null
        or old.sent_at is not null and (new.sent_how, new.sent_on, new.sent_reference, new.sent_by, new.sent_at)
             is distinct from (old.sent_how, old.sent_on, old.sent_reference, old.sent_by, old.sent_at)
        or old.received_at is not null and (new.organisation_id, new.superior_id, new.number)
             is distinct from (old.organisation_id, old.superior_id, old.number)
        or old.received_at is not null and (new.received_on, new.received_by, new.received_at, new.receipt_year, new.receipt_number)
             is distinct from (old.received_on, old.received_by, old.received_at, old.receipt_year, old.receipt_number)
        or old.out_line_id is not null and new.out_line_id is distinct from old.out_line_id
        or old.in_line_id is not null and new.in_line_id is distinct from old.in_line_id)
  execute function refuse_change();

-- Money of an organisation on the account above, paid down to it (chuyển phần được trích về).
create table fee_drawing (
  id uuid primary key,
  organisation_id uuid not null references organisation,
  -- whose account held it
  holder_id uuid not null references organisation check (holder_id <> organisation_id),
  -- whose it was, and who held it, before reorganisations, oldest first
  handed_from uuid[] not null default '{}',
  holder_from uuid[] not null default '{}',
  amount_vnd bigint not null check (amount_vnd > 0),
  how text not null check (how in ('transfer', 'cash')),
  paid_on date not null,
  reference text,
  paid_by uuid not null references member,
  paid_at timestamptz not null,
  confirmed_by uuid references member,
  confirmed_at timestamptz,
  returned_by uuid references member,
  returned_at timestamptz,
  return_reason text check (return_reason <> ''),
  check ((confirmed_by is null) = (confirmed_at is null)),
  check (num_nulls(returned_by, returned_at, return_reason) in (0, 3)),
  check (confirmed_at is null or returned_at is null),
  check (confirmed_by is null or confirmed_by <> paid_by),
  check (returned_by is null or returned_by <> paid_by)
);
create index fee_drawing_organisation on fee_drawing (organisation_id, paid_at desc);
create index fee_drawing_holder on fee_drawing (holder_id, paid_at desc);
revoke update on fee_drawing from dangvu_app;
grant update (confirmed_by, confirmed_at, returned_by, returned_at, return_reason, organisation_id, holder_id, handed_from,
              holder_from) on fee_drawing to dangvu_app;
create trigger fee_drawing_answered_once before update on fee_drawing for each row
  when (old.confirmed_at is not null or old.returned_at is not null) execute function refuse_change();

select audit_table(subject) from unnest(array['fee_share', 'fee_remittance', 'fee_drawing']::regclass[]) subject;

-- A line of the bank's tells of one remittance.
create unique index fee_remittance_in_line on fee_remittance (in_line_id) where in_line_id is not null;
create unique index fee_remittance_out_line on fee_remittance (out_line_id) where out_line_id is not null;
