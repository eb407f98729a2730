-- Reorganisation (sắp xếp tổ chức đảng): plans, their events, and what applying one changed, so that it is shown and undone.

-- the first of several takes over what nothing else assigns
alter table organisation_successor add column rank integer not null default 1;
-- whose officers may look at what the other was: who took it over whole; not each part of one that was split, nor each of
-- those that are there again once a merger is taken back
alter table organisation_successor add column opens_past boolean not null default true;
revoke update on organisation_successor from dangvu_app;

-- A plan (phương án) and where it stands. plan: law/plan.ts; seen: the touched organisations when it was last looked at.
create table reorganisation (
  id uuid primary key,
  under_organisation uuid not null references organisation,
  status text not null check (status in ('draft', 'signed', 'stopped', 'applied', 'undone', 'cancelled')),
  version integer not null check (version > 0),
  plan jsonb not null,
  seen jsonb not null,
  effective_on date not null,
  drafted_by uuid not null references member,
  signed_by uuid references member,
  changed_at timestamptz not null,
  applied_on date,
  undone_on date,
  -- why the clock could not apply it: the problems found that day
  stopped jsonb,
  check (status not in ('signed', 'applied', 'undone') or signed_by is not null),
  check (status not in ('applied', 'undone') or applied_on is not null)
);
create index reorganisation_under on reorganisation (under_organisation, changed_at desc);
create index reorganisation_due on reorganisation (effective_on) where status = 'signed';
revoke update on reorganisation from dangvu_app;
grant update (status, version, plan, seen, effective_on, signed_by, changed_at, applied_on, undone_on, stopped)
  on reorganisation to dangvu_app;

create table reorganisation_event (
  reorganisation_id uuid not null references reorganisation,
  number integer not null check (number > 0),
  type text not null,
  at timestamptz not null,
  actor_id uuid references member,
  position text,
  organisation_id uuid references organisation,
  on_behalf_of uuid references member,
  -- the same request again finds itself here
  command_id uuid not null unique,
  data jsonb not null,
  primary key (reorganisation_id, number)
);
revoke update, delete, truncate on reorganisation_event from dangvu_app;
create trigger reorganisation_event_only_added before update or delete or truncate on reorganisation_event
  for each statement execute function refuse_change();

-- Which organisations a plan touches: two plans that touch the same one see each other.
create table reorganisation_touch (
  reorganisation_id uuid not null references reorganisation on delete cascade,
  organisation_id uuid not null references organisation,
  primary key (reorganisation_id, organisation_id)
);
create index reorganisation_touch_organisation on reorganisation_touch (organisation_id);
grant delete on reorganisation_touch to dangvu_app;

-- What applying changed: an organisation's own facts before, null for one that began with it.
create table reorganisation_fact (
  reorganisation_id uuid not null references reorganisation,
  organisation_id uuid not null references organisation,
  before jsonb,
  -- its own facts as the plan left them, null for one that ended
  after jsonb,
  primary key (reorganisation_id, organisation_id)
);
-- Whose membership moved, from where to where.
create table reorganisation_member (
  reorganisation_id uuid not null references reorganisation,
  member_id uuid not null references member,
  from_id uuid not null references organisation,
  to_id uuid not null references organisation,
  standing text not null,
  primary key (reorganisation_id, member_id)
);
create index reorganisation_member_member on reorganisation_member (member_id);
-- Which offices ended, and as which they went on in the organisation that took over.
create table reorganisation_office (
  reorganisation_id uuid not null references reorganisation,
  office_id uuid not null references office,
  continued_as uuid references office,
  primary key (reorganisation_id, office_id)
);
-- Which open dossiers changed hands.
create table reorganisation_dossier (
  reorganisation_id uuid not null references reorganisation,
  dossier_id uuid not null references dossier,
  undone boolean not null,
  primary key (reorganisation_id, dossier_id, undone)
);
revoke update on reorganisation_fact, reorganisation_member, reorganisation_office, reorganisation_dossier from dangvu_app;
grant update (after) on reorganisation_fact to dangvu_app;

-- What is taken back on the day it began was true on no day: the period goes, or stays without length where it alone has the
-- name. The audit log keeps that it was.
grant delete on organisation_period to dangvu_app;
do $$
declare wanted name;
begin
  select conname into strict wanted from pg_constraint
   where conrelid = 'organisation_period'::regclass and contype = 'c' and pg_get_constraintdef(oid) like '%valid_to > valid_from%';
  execute format('alter table organisation_period drop constraint %I', wanted);
end $$;
alter table organisation_period add constraint organisation_period_days check (valid_to >= valid_from);

-- A collective transfer's papers name the reorganisation they came with.
alter table paper add column reorganisation_id uuid references reorganisation;
create index paper_reorganisation on paper (reorganisation_id) where reorganisation_id is not null;

select audit_table(subject) from unnest(array[
  'organisation_successor', 'reorganisation', 'reorganisation_event', 'reorganisation_touch', 'reorganisation_fact',
  'reorganisation_member', 'reorganisation_office', 'reorganisation_dossier']::regclass[]) subject;
