-- What the registry's screens keep: who read a member's whole numbers and why, and lists that were handed in for import.

-- A look at numbers that are masked otherwise (xem đủ số): the member sees it in the own record.
create table member_reading (
  id uuid primary key,
  member_id uuid not null references member,
  read_by uuid not null references member,
  position text not null references position,
  organisation_id uuid not null references organisation,
  reason text not null check (reason <> ''),
  read_at timestamptz not null
);
create index member_reading_member on member_reading (member_id, read_at desc);
revoke update on member_reading from dangvu_app;

-- A list on its way into the registry: tried first, then imported from the very same bytes. They lie here and not in
-- `file`, which is never emptied: a list of people is kept no longer than its import needs it.
create table import_attempt (
  id uuid primary key,
  kind text not null check (kind in ('organisations', 'members', 'offices')),
  file_name text not null,
  file_sha256 text not null check (file_sha256 ~ '^[0-9a-f]{64}$'),
  bytes bytea,
  under_organisation uuid not null references organisation,
  handed_in_by uuid not null references member,
  handed_in_at timestamptz not null,
  stage text not null check (stage in ('trying', 'tried', 'importing', 'imported', 'refused', 'dropped')),
  rows_read integer not null default 0,
  trial_run uuid references import_run on delete set null,
  run uuid references import_run on delete set null,
  -- of the trial: the file is refused; of the import: it can be asked for again
  refusal jsonb,
  confirmed_by uuid references member,
  confirmed_at timestamptz,
  check (stage not in ('trying', 'tried', 'importing') or bytes is not null),
  check ((confirmed_by is null) = (confirmed_at is null))
);
alter table import_attempt alter column bytes set storage external;
create index import_attempt_under on import_attempt (under_organisation, handed_in_at desc);
create index import_attempt_run on import_attempt (run) where run is not null;
create index import_attempt_trial_run on import_attempt (trial_run) where trial_run is not null;
