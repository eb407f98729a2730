-- The application itself: the job queue under the application's role, the test authority's keys, addresses for mail.

grant select on migration to dangvu_app;

-- The queue's tables have row level security and no policy: only their owner would see the jobs.
do $$
declare queue_table name;
begin
  for queue_table in
    select c.relname from pg_class c where c.relnamespace = 'graphile_worker'::regnamespace and c.relrowsecurity
  loop
    execute format('create policy dangvu_app on graphile_worker.%I to dangvu_app using (true) with check (true)', queue_table);
  end loop;
end $$;

-- Certificates of the TEST authority with their private keys, made on first use. Keys of a real installation never lie here.
create table test_certificate (
  id uuid primary key default gen_random_uuid(),
  kind text not null check (kind in ('authority', 'person', 'organisation', 'system')),
  -- the member or organisation; for the authority and the system a fixed id of zeros
  holder_id uuid not null,
  -- the name in the certificate: a holder whose name was corrected gets another one
  made_out_to text not null,
  certificate_pem text not null check (certificate_pem like '-----BEGIN CERTIFICATE-----%'),
  private_key_pem text not null,
  chain_pem text[] not null default '{}',
  valid_from timestamptz not null,
  valid_to timestamptz not null check (valid_to > valid_from),
  unique (kind, holder_id, made_out_to, valid_from)
);
revoke update on test_certificate from dangvu_app;

-- Where a member wants mail about new tasks. Mails carry nothing personal.
create table mail_address (
  member_id uuid primary key references member,
  address text not null check (address ~ '^[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+$' and length(address) <= 254),
  set_at timestamptz not null
);
grant delete on mail_address to dangvu_app;
