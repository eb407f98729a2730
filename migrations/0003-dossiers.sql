-- Dossiers (hồ sơ) and their numbered, append-only events; commands already done; whose turn it is; papers and registers.

create table dossier (
  id uuid primary key,
  procedure text not null,
  number text unique,
  subject_id uuid not null references member,
  status text not null,
  is_open boolean not null,
  version integer not null check (version > 0),
  state jsonb not null,
  opened_at timestamptz not null,
  changed_at timestamptz not null,
  -- what awaited(state) said when this version was stored: whose turn, to do what, until when
  awaited_kind text not null check (awaited_kind in ('member', 'organisation', 'system', 'nobody')),
  awaited_organisation uuid references organisation,
  awaited_positions text[] not null default '{}',
  awaited_act text not null,
  due_at timestamptz,
  check ((awaited_kind = 'nobody') = (not is_open)),
  check (awaited_kind not in ('organisation', 'system') or awaited_organisation is not null)
);
create index dossier_subject on dossier (subject_id);
create index dossier_awaited on dossier (awaited_organisation, due_at) where is_open;
create index dossier_due on dossier (due_at) where is_open and due_at is not null;

create table dossier_event (
  dossier_id uuid not null references dossier deferrable initially deferred,
  number integer not null check (number > 0),
  type text not null,
  at timestamptz not null,
  actor_kind text not null check (actor_kind in ('person', 'clock')),
  actor_id uuid references member,
  position text,
  organisation_id uuid references organisation,
  on_behalf_of uuid references member,
  grant_id uuid,
  command_id uuid not null,
  data jsonb not null,
  primary key (dossier_id, number),
  check ((actor_kind = 'person') = (actor_id is not null))
);
revoke update, delete, truncate on dossier_event from dangvu_app;
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'history is only added to: % on %', tg_op, tg_table_name using errcode = 'insufficient_privilege';
end $$;
create trigger dossier_event_only_added before update or delete or truncate on dossier_event
  for each statement execute function refuse_change();

-- A command that was done is answered alike when it comes again.
create table command_done (
  command_id uuid primary key,
  dossier_id uuid not null,
  digest text not null,
  first_event integer not null,
  last_event integer not null,
  done_at timestamptz not null
);
revoke update on command_done from dangvu_app;

-- The organisations a dossier passes: done with it, having it now, or to come. Derived from the state at each change.
create table dossier_party (
  dossier_id uuid not null references dossier on delete cascade,
  organisation_id uuid not null references organisation,
  stage text not null check (stage in ('past', 'now', 'ahead')),
  primary key (dossier_id, organisation_id)
);
create index dossier_party_organisation on dossier_party (organisation_id, stage);
grant delete on dossier_party to dangvu_app;

-- Dossier numbers: one gapless series for each organisation and year.
create table number_series (
  organisation_id uuid not null references organisation,
  series text not null,
  term text not null,
  last integer not null check (last >= 0),
  primary key (organisation_id, series, term)
);

-- Files somebody added to a dossier (tệp đính kèm); taken off, they stay as history.
create table dossier_file (
  id uuid primary key,
  dossier_id uuid not null,
  role text not null,
  name text not null,
  sha256 text not null references file,
  added_by uuid not null references member,
  added_at timestamptz not null,
  removed_at timestamptz
);
create index dossier_file_dossier on dossier_file (dossier_id);

-- Papers the procedures produce (giấy tờ); token opens the public page that checks them.
create table paper (
  id uuid primary key,
  dossier_id uuid references dossier deferrable initially deferred,
  kind text not null,
  hop integer,
  organisation_id uuid not null references organisation,
  series text,
  term text,
  number integer,
  symbol text,
  issued_on date,
  sha256 text references file,
  token text not null unique check (length(token) >= 22),
  signers jsonb not null default '[]',
  created_at timestamptz not null,
  voided_at timestamptz,
  void_reason text,
  replaced_by uuid references paper,
  check ((number is null) = (series is null)),
  check ((voided_at is null) = (void_reason is null)),
  unique (organisation_id, series, term, number)
);
create index paper_dossier on paper (dossier_id);
create index paper_register on paper (organisation_id, term, number) where number is not null;

-- Something kept as 'mật' was offered and refused: only that it happened stays.
create table refused_upload (
  id uuid primary key default gen_random_uuid(),
  at timestamptz not null,
  member_id uuid not null references member,
  confidentiality text not null
);

-- Notices inside the application (thông báo): words are made when shown, from code and facts.
create table notice (
  id uuid primary key default gen_random_uuid(),
  member_id uuid references member,
  organisation_id uuid references organisation,
  positions text[] not null default '{}',
  code text not null,
  facts jsonb not null default '{}',
  dossier_id uuid,
  at timestamptz not null,
  once_key text unique,
  read_at timestamptz,
  check ((member_id is null) <> (organisation_id is null))
);
create index notice_member on notice (member_id, at desc);
create index notice_organisation on notice (organisation_id, at desc);
