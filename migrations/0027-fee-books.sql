-- Books and reports of Party fees (sổ sách, báo cáo đảng phí): vouchers of the cash book, reports sent up, what was made public.

-- A voucher (phiếu thu, phiếu chi): money that is no fee, in or out of what was kept. Numbers run without a gap through a year; one that
-- was wrong stays, and another one moves the money back.
create table fee_voucher (
  id uuid primary key,
  organisation_id uuid not null references organisation,
  direction text not null check (direction in ('in', 'out')),
  voucher_year smallint not null,
  number integer not null check (number > 0),
  on_day date not null,
  fund text not null check (fund in ('cash', 'bank')),
  purpose text not null check (purpose in ('from-above', 'other-in', 'newspapers', 'congress', 'rewards', 'support', 'allowance', 'other-out')),
  amount_vnd bigint not null check (amount_vnd > 0),
  -- who gave the money, or was given it
  counterpart text not null check (counterpart <> ''),
  explanation text not null check (explanation <> ''),
  undoes uuid unique references fee_voucher check (undoes <> id),
  made_by uuid not null references member,
  made_at timestamptz not null,
  unique (organisation_id, voucher_year, direction, number),
  check ((purpose in ('from-above', 'other-in')) = (direction = 'in')),
  check (extract(year from on_day) = voucher_year)
);
create index fee_voucher_day on fee_voucher (organisation_id, on_day);
revoke update on fee_voucher from dangvu_app;

-- A report (B01/ĐP) of a period as it was sent to the organisation above: its figures stay what they were. Sent again with other
-- figures, it is another one under the next number.
create table fee_report (
  id uuid primary key,
  organisation_id uuid not null references organisation,
  superior_id uuid references organisation check (superior_id <> organisation_id),
  -- '2026-11', '2026-Q4', '2026'
  period_name text not null check (period_name ~ '^\d{4}(-\d{2}|-Q[1-4])?$'),
  from_month date not null check (extract(day from from_month) = 1),
  until_month date not null check (until_month >= from_month),
  number smallint not null check (number > 0),
  -- codes 01 to 14 of columns 1 to 3
  report jsonb not null,
  -- formulas that did not hold when it was sent
  failed smallint not null check (failed >= 0),
  paper_id uuid not null references paper,
  sent_by uuid not null references member,
  sent_on date not null,
  sent_at timestamptz not null,
  unique (organisation_id, period_name, number)
);
create index fee_report_superior on fee_report (superior_id, from_month);
revoke update on fee_report from dangvu_app;

-- What a cell made public (công khai) to its members of a period: B01 and part II of S01, as they were then. Made public again, it says
-- what changed.
create table fee_publication (
  id uuid primary key,
  organisation_id uuid not null references organisation,
  period_name text not null check (period_name ~ '^\d{4}(-\d{2}|-Q[1-4])?$'),
  until_month date not null,
  number smallint not null check (number > 0),
  -- the tables as members see them
  books jsonb not null,
  -- by what the figures differ from the publication before, and why
  changes jsonb not null,
  reason text,
  report_paper_id uuid not null references paper,
  ledger_paper_id uuid not null references paper,
  -- people may be named in `books` as paid or unpaid, where the setting of the day said so; never with an amount
  names_members boolean not null,
  published_by uuid not null references member,
  published_on date not null,
  published_at timestamptz not null,
  unique (organisation_id, period_name, number),
  check ((number = 1) = (reason is null))
);
create index fee_publication_latest on fee_publication (organisation_id, until_month desc);
revoke update on fee_publication from dangvu_app;

select audit_table(subject) from unnest(array['fee_voucher', 'fee_report', 'fee_publication']::regclass[]) subject;
