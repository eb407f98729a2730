-- The ground: extensions, the role the application works under, settings, files.

create extension if not exists btree_gist;

do $$ begin create role dangvu_app nologin; exception when duplicate_object then null; end $$;
do $$ begin execute format('grant dangvu_app to %I', current_user); exception when others then null; end $$;

grant usage on schema public to dangvu_app;
grant usage on schema graphile_worker to dangvu_app;
grant select, insert, update, delete on all tables in schema graphile_worker to dangvu_app;
grant usage, select, update on all sequences in schema graphile_worker to dangvu_app;
grant execute on all functions in schema graphile_worker to dangvu_app;
alter default privileges in schema public grant select, insert, update on tables to dangvu_app;
alter default privileges in schema public grant usage, select on sequences to dangvu_app;

-- Facts about this database that are not settings: 'demo', 'demo-clock-shift', 'instance-name'.
create table instance_fact (
  key text primary key,
  value jsonb not null
);
grant delete on instance_fact to dangvu_app;

-- A dated value of a rule's number (thiết lập): the newest row not after the day counts; none means the default.
create table setting_value (
  key text not null,
  valid_from date not null,
  value jsonb not null,
  reason text not null check (reason <> ''),
  set_by uuid,
  set_at timestamptz not null default now(),
  primary key (key, valid_from)
);

-- Editable rows beside the statutory holidays (ngày nghỉ, ngày hoán đổi).
create table calendar_day (
  day date primary key,
  kind text not null check (kind in ('holiday', 'swapped-rest', 'swapped-working')),
  name text not null,
  source text not null
);
grant delete on calendar_day to dangvu_app;

-- Bytes by their SHA-256: the same file is kept once.
create table file (
  sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  kind text not null check (kind in ('pdf', 'jpeg', 'png', 'heic', 'xlsx')),
  size integer not null check (size > 0),
  bytes bytea not null,
  stored_at timestamptz not null default now()
);
alter table file alter column bytes set storage external;
revoke update on file from dangvu_app;
