-- The registry (sổ bộ): organisations with dated facts, members, memberships, offices.

-- What a kind of organisation is under the rules of a day: its tier and whether it has a seal are dated facts, not code.
create table organisation_kind (
  code text not null,
  valid_from date not null,
  valid_to date check (valid_to > valid_from),
  name text not null,
  tier text not null check (tier in ('cell', 'intermediate', 'grassroots', 'direct-superior', 'province', 'centre', 'advisory')),
  has_seal boolean not null,
  holds_members boolean not null,
  citation text not null,
  primary key (code, valid_from),
  exclude using gist (code with =, daterange(valid_from, valid_to) with &&)
);

create table organisation (
  id uuid primary key default gen_random_uuid(),
  number bigint not null unique generated always as identity,
  code text unique check (code ~ '^\d{2}(\.\d{3}){4}$'),
  created_at timestamptz not null default now()
);

-- One row for each time during which an organisation's facts stayed the same; valid_to is the first day no longer true.
-- path = numbers of all ancestors and of itself, each followed by a dot: a subtree is the range [path, path with '/' for its last dot).
create table organisation_period (
  organisation_id uuid not null references organisation,
  valid_from date not null,
  valid_to date check (valid_to > valid_from),
  name text not null check (name <> ''),
  name_norm text not null,
  kind text not null,
  parent_id uuid references organisation check (parent_id <> organisation_id),
  path text collate "C" not null,
  tier_override text check (tier_override in ('cell', 'intermediate', 'grassroots', 'direct-superior', 'province', 'centre', 'advisory')),
  seal_override boolean,
  armed_forces boolean not null default false,
  abroad boolean not null default false,
  place text,
  source text not null,
  primary key (organisation_id, valid_from),
  exclude using gist (organisation_id with =, daterange(valid_from, valid_to) with &&)
);
create index organisation_period_path on organisation_period (path);
create index organisation_period_parent on organisation_period (parent_id);
create index organisation_period_name on organisation_period (name_norm collate "C");

-- Every organisation as it was on a day, with tier and seal resolved.
create function organisation_on(day date) returns table (
  id uuid, code text, name text, name_norm text, kind text, kind_name text, tier text, has_seal boolean, holds_members boolean,
  parent_id uuid, path text, armed_forces boolean, abroad boolean, place text, valid_from date, valid_to date
) language sql stable as $$
  select o.id, o.code, p.name, p.name_norm, p.kind, k.name, coalesce(p.tier_override, k.tier), coalesce(p.seal_override, k.has_seal),
         k.holds_members, p.parent_id, p.path, p.armed_forces, p.abroad, p.place, p.valid_from, p.valid_to
    from organisation_period p
    join organisation o on o.id = p.organisation_id
    join organisation_kind k on k.code = p.kind and k.valid_from <= day and (k.valid_to is null or day < k.valid_to)
   where p.valid_from <= day and (p.valid_to is null or day < p.valid_to)
$$;

-- A person in the registry. Dates of old files may be known to the month or year only: *_precision says so.
create table member (
  id uuid primary key default gen_random_uuid(),
  list_id text,
  full_name text not null check (full_name <> ''),
  name_norm text not null,
  sort_key text collate "C" not null,
  other_name text,
  sex text not null check (sex in ('male', 'female')),
  birth_date date not null,
  birth_precision text not null default 'day' check (birth_precision in ('day', 'month', 'year')),
  ethnicity text,
  religion text,
  personal_id text not null check (personal_id ~ '^\d{12}$'),
  card_number text,
  card_place text,
  card_issued_on date,
  old_card_number text,
  cv_number text,
  birth_country text, birth_province text, birth_detail text,
  native_country text, native_province text, native_detail text,
  residence_country text, residence_province text, residence_detail text,
  birth_commune text, residence_commune text,
  joined_on date,
  joined_precision text not null default 'day' check (joined_precision in ('day', 'month', 'year')),
  official_on date,
  old_id_number text,
  phone text,
  note text,
  standing text not null default 'active' check (standing in ('active', 'exempt', 'left', 'removed', 'deceased')),
  ended_on date,
  deletion_requested text,
  row_digest text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check (official_on is null or joined_on is null or official_on >= joined_on)
);
create unique index member_personal_id on member (personal_id);
create index member_card_number on member (card_number);
create index member_name on member (name_norm collate "C");
create index member_sort on member (sort_key);

-- Where a member is counted, day by day. 'active': counted in that organisation; 'in-transit': counted nowhere, the row names where from.
create table membership (
  id uuid primary key default gen_random_uuid(),
  member_id uuid not null references member,
  organisation_id uuid not null references organisation,
  standing text not null check (standing in ('active', 'in-transit')),
  since date not null,
  until date check (until >= since),
  reason text not null,
  dossier_id uuid
);
create unique index membership_one_now on membership (member_id) where until is null;
create index membership_organisation on membership (organisation_id) where until is null;
create index membership_member on membership (member_id);

-- Posts people hold (chức vụ), each of a kind known to the rules.
create table position (
  code text primary key,
  name text not null,
  name_en text not null,
  rank integer not null
);
create table office (
  id uuid primary key default gen_random_uuid(),
  member_id uuid not null references member,
  position text not null references position,
  organisation_id uuid not null references organisation,
  since date not null,
  until date check (until >= since),
  source text not null,
  exclude using gist (member_id with =, position with =, organisation_id with =, daterange(since, until, '[]') with &&)
);
create index office_member on office (member_id);
create index office_organisation on office (organisation_id);

-- Inspection, complaint or discipline under way: the member is not yet transferred officially (294-QĐ/TW 6.3.1).
create table member_hold (
  id uuid primary key,
  member_id uuid not null references member,
  kind text not null check (kind in ('inspection', 'complaint', 'discipline')),
  basis text not null check (basis <> ''),
  set_on date not null,
  set_by_office uuid references office,
  set_by uuid not null references member,
  lifted_on date,
  lifted_by uuid references member,
  lift_basis text,
  check ((lifted_on is null) = (lifted_by is null))
);
create index member_hold_open on member_hold (member_id) where lifted_on is null;

-- "Report an error" of one's own record (đề nghị đính chính), and rows an import held back.
create table correction_request (
  id uuid primary key,
  member_id uuid not null references member,
  field text not null,
  proposed text not null,
  explanation text not null,
  status text not null default 'open' check (status in ('open', 'accepted', 'declined')),
  asked_at timestamptz not null default now(),
  answered_at timestamptz,
  answered_by uuid references member,
  answer text
);
create index correction_request_member on correction_request (member_id);

create table import_run (
  id uuid primary key,
  kind text not null check (kind in ('organisations', 'members', 'offices')),
  file_name text not null,
  file_sha256 text not null,
  under_organisation uuid references organisation,
  dry_run boolean not null,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  run_by uuid references member,
  summary jsonb
);
create table import_problem (
  run_id uuid not null references import_run on delete cascade,
  ordinal integer not null,
  row_number integer not null,
  code text not null,
  severity text not null check (severity in ('repaired', 'held-back', 'warning')),
  field text not null,
  found text not null,
  repair text,
  fix text,
  organisation_id uuid references organisation,
  primary key (run_id, ordinal)
);
grant delete on import_run, import_problem to dangvu_app;
