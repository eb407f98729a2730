-- Residence comment (lấy ý kiến nhận xét nơi cư trú, 213-QĐ/TW): the columns of referrals and comments that SQL must know.

-- The one-time referral to the residence (giấy giới thiệu về giữ mối liên hệ nơi cư trú).
create table residence_referral (
  dossier_id uuid primary key references dossier deferrable initially deferred,
  member_id uuid not null references member,
  workplace_id uuid not null references organisation,
  commune_id uuid references organisation,
  cell_id uuid references organisation,
  status text not null check (status in
    ('referred', 'sent-back', 'accepted', 'needs-cell', 'not-referred', 'withdrawn', 'closed')),
  exempt boolean not null,
  -- waits for an answer, and holds now: a member has one of each at most
  is_pending boolean not null,
  is_current boolean not null,
  accepted_on date,
  -- the first day no longer there
  closed_on date,
  check (not (is_pending and is_current)),
  check (is_pending = (status in ('referred', 'sent-back'))),
  check (commune_id is not null or status in ('not-referred', 'closed')),
  check (closed_on is null or accepted_on is not null)
);
create unique index residence_referral_one_pending on residence_referral (member_id) where is_pending;
create unique index residence_referral_one_current on residence_referral (member_id) where is_current;
create index residence_referral_member on residence_referral (member_id);
create index residence_referral_commune on residence_referral (commune_id) where is_current;
create index residence_referral_cell on residence_referral (cell_id) where is_current;
create index residence_referral_workplace on residence_referral (workplace_id);
select audit_table('residence_referral');

create table residence_comment (
  dossier_id uuid primary key references dossier deferrable initially deferred,
  member_id uuid not null references member,
  year smallint not null check (year between 2020 and 2200),
  purpose text not null check (purpose in ('yearly', 'when-needed')),
  workplace_id uuid not null references organisation,
  commune_id uuid not null references organisation,
  cell_id uuid references organisation,
  commune_acts boolean not null,
  status text not null,
  is_open boolean not null,
  requested_at timestamptz not null,
  due_at timestamptz,
  -- 0: nobody was told of lateness; 1: the commune; 2: the province's commission
  escalated smallint not null check (escalated between 0 and 2),
  -- the earlier comment it stands in for
  corrects uuid references residence_comment,
  check (is_open = (status not in ('filed', 'cancelled')))
);
-- One open comment a member, year and purpose (213-QĐ/TW: every year, and when needed).
create unique index residence_comment_one_open on residence_comment (member_id, year, purpose) where is_open;
create index residence_comment_last on residence_comment (member_id, year, purpose, requested_at desc);
create index residence_comment_workplace on residence_comment (workplace_id, year, status);
create index residence_comment_commune on residence_comment (commune_id, year, status);
create index residence_comment_cell on residence_comment (cell_id, year, status);
create index residence_comment_due on residence_comment (due_at) where is_open and due_at is not null;
select audit_table('residence_comment');

-- The yearly round of a province, by the day from which it holds; without one the settings hold.
create table residence_season (
  province_id uuid not null references organisation,
  valid_from date not null,
  ask_from_month smallint not null check (ask_from_month between 1 and 12),
  ask_until_month smallint not null check (ask_until_month between ask_from_month and 12),
  return_december_day smallint not null check (return_december_day between 1 and 30),
  reason text not null check (reason <> ''),
  set_by uuid not null references member,
  set_at timestamptz not null,
  primary key (province_id, valid_from)
);
select audit_table('residence_season');
