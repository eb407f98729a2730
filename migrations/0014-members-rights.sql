-- Members' rights over their own data: who read a record and questions about it, the two stages of a correction, notices
-- read and consents given, what is kept how long, breaches.

-- Somebody other than the member read the member's record, dossier or file. Written before the answer leaves.
create table record_view (
  id bigint primary key generated always as identity,
  member_id uuid not null references member,
  kind text not null check (kind in ('record', 'correction', 'dossier', 'file', 'paper')),
  read_by uuid not null references member check (read_by <> member_id),
  -- the office, as it is shown to the member; 'member': under a delegation of the member's own affairs
  position text not null,
  organisation_id uuid not null references organisation,
  grant_id uuid references delegation,
  dossier_id uuid,
  at timestamptz not null
);
create index record_view_member on record_view (member_id, at desc);
create index record_view_reader on record_view (read_by);

-- A list of people was shown or taken along: one row a list, however long. Who is in it: everybody counted in the
-- organisation or below it on the day; where something was searched for, those of `shown`.
create table list_view (
  id bigint primary key generated always as identity,
  organisation_id uuid not null references organisation,
  day date not null,
  kind text not null check (kind in ('list', 'search', 'print', 'export', 'register')),
  people integer not null check (people >= 0),
  shown uuid[],
  read_by uuid not null references member,
  position text not null,
  reader_organisation_id uuid not null references organisation,
  at timestamptz not null,
  check ((kind in ('search', 'register')) <= (shown is not null))
);
create index list_view_organisation on list_view (organisation_id, at desc) where shown is null;
create index list_view_shown on list_view using gin (shown);
create index list_view_reader on list_view (read_by);

-- A member asks about a look that seems odd ("Hỏi lại").
create table reading_question (
  id uuid primary key,
  member_id uuid not null references member,
  -- the line of the list as the member saw it
  about jsonb not null,
  question text not null check (question <> ''),
  asked_at timestamptz not null,
  to_organisation uuid not null references organisation,
  to_positions text[] not null,
  due_at timestamptz not null,
  answered_at timestamptz,
  answered_by uuid references member,
  answer text,
  check ((answered_at is null) = (answered_by is null)),
  check ((answered_at is null) = (answer is null))
);
create index reading_question_member on reading_question (member_id, asked_at desc);
create index reading_question_open on reading_question (to_organisation, due_at) where answered_at is null;
revoke update on record_view, list_view, reading_question from dangvu_app;
grant update (answered_at, answered_by, answer) on reading_question to dangvu_app;
create trigger record_view_only_added before update or delete or truncate on record_view
  for each statement execute function refuse_change();
create trigger list_view_only_added before update or delete or truncate on list_view
  for each statement execute function refuse_change();
create trigger reading_question_answered_once before update on reading_question for each row
  when (old.answered_at is not null) execute function refuse_change();

-- A correction goes from the cell to the Building commission. stage null: asked before there were stages.
alter table correction_request
  drop constraint correction_request_status_check,
  add constraint correction_request_status_check check (status in ('open', 'accepted', 'declined', 'withdrawn')),
  add column stage text check (stage in ('cell', 'building')),
  add column awaited_organisation uuid references organisation,
  add column awaited_positions text[] not null default '{}',
  add column due_at timestamptz,
  -- the facts as they were before an accepted one was written, and as they were written: so that it can be taken back
  add column facts_before jsonb,
  add column facts_written jsonb,
  add column undoes uuid unique references correction_request;
create index correction_request_awaited on correction_request (awaited_organisation, due_at) where status = 'open';
grant update (stage, awaited_organisation, awaited_positions, due_at, facts_before, facts_written)
  on correction_request to dangvu_app;

create table correction_step (
  request_id uuid not null references correction_request,
  number integer not null check (number > 0),
  kind text not null check (kind in ('asked', 'passed-on', 'went-up', 'accepted', 'declined', 'withdrawn', 'undone')),
  at timestamptz not null,
  -- null: the clock
  actor_id uuid references member,
  position text,
  organisation_id uuid references organisation,
  -- the cell's word when it passes a request on
  verdict text check (verdict in ('as-papers', 'unclear')),
  words text not null default '',
  primary key (request_id, number),
  check ((kind = 'passed-on') = (verdict is not null))
);
revoke update on correction_step from dangvu_app;
create trigger correction_step_only_added before update or delete or truncate on correction_step
  for each statement execute function refuse_change();

-- Texts are files of the program, by version; who read which is kept here.
create table text_reading (
  member_id uuid not null references member,
  text text not null,
  version integer not null check (version > 0),
  read_at timestamptz not null,
  way text not null check (way in ('page', 'api')),
  primary key (member_id, text, version)
);

-- Consent for one voluntary purpose, given or withdrawn: the newest row counts, none is no consent.
create table consent (
  id uuid primary key,
  number bigint not null unique generated always as identity,
  member_id uuid not null references member,
  purpose text not null check (purpose in ('mail', 'phone', 'device')),
  version integer not null check (version > 0),
  given boolean not null,
  at timestamptz not null,
  way text not null check (way in ('page', 'api', 'sweep'))
);
create index consent_member on consent (member_id, purpose, number desc);
create view consent_now as
  select distinct on (member_id, purpose) member_id, purpose, given, version, at from consent
   order by member_id, purpose, number desc;
grant select on consent_now to dangvu_app;
revoke update on text_reading, consent from dangvu_app;
create trigger text_reading_only_added before update or delete or truncate on text_reading
  for each statement execute function refuse_change();
create trigger consent_only_added before update or delete or truncate on consent
  for each statement execute function refuse_change();

-- What the daily sweep did, by rule of the retention schedule: figures only.
create table retention_run (
  rule text not null,
  at timestamptz not null,
  rows integer not null,
  primary key (rule, at)
);
revoke update on retention_run from dangvu_app;
grant delete on notice to dangvu_app;

-- A breach of personal data, and what was done about it step by step.
create table breach (
  id uuid primary key,
  found_at timestamptz not null,
  what text not null check (what <> ''),
  data_kinds text not null check (data_kinds <> ''),
  people integer not null check (people >= 0),
  recorded_by uuid not null references member,
  recorded_at timestamptz not null
);
create table breach_step (
  id uuid primary key,
  breach_id uuid not null references breach,
  kind text not null check (kind in ('measure', 'authority-told', 'members-told', 'closed')),
  at timestamptz not null,
  told text not null default '',
  words text not null check (words <> ''),
  recorded_by uuid not null references member,
  recorded_at timestamptz not null
);
create index breach_step_breach on breach_step (breach_id, at);
revoke update on breach, breach_step from dangvu_app;
create trigger breach_only_added before update or delete or truncate on breach
  for each statement execute function refuse_change();
create trigger breach_step_only_added before update or delete or truncate on breach_step
  for each statement execute function refuse_change();

select audit_table(subject) from unnest(array[
  'record_view', 'list_view', 'reading_question', 'correction_request', 'correction_step', 'text_reading', 'consent',
  'retention_run', 'breach', 'breach_step']::regclass[]) subject;
