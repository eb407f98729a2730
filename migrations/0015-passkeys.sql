-- When the identity provider (VNeID) is away: passkeys registered beforehand, sessions of a lower level, acts that wait for
-- level 2, and the times the provider did not answer.

-- A passkey (khóa truy cập) of a member: the public half of a key that lies on a device. Removed, it stays as history.
create table passkey (
  id uuid primary key default gen_random_uuid(),
  member_id uuid not null references member,
  -- base64url, as browsers send it
  credential_id text not null unique check (length(credential_id) between 8 and 2000),
  public_key bytea not null,
  counter bigint not null check (counter >= 0),
  transports text[] not null default '{}',
  name text not null check (name <> '' and length(name) <= 80),
  created_at timestamptz not null,
  last_used_at timestamptz,
  removed_at timestamptz,
  removed_why text check (removed_why in ('owner', 'account-released', 'member-gone')),
  check ((removed_at is null) = (removed_why is null))
);
create index passkey_member on passkey (member_id) where removed_at is null;
revoke update on passkey from dangvu_app;
grant update (counter, last_used_at, removed_at, removed_why) on passkey to dangvu_app;
create trigger passkey_removed_for_good before update on passkey for each row
  when (old.removed_at is not null) execute function refuse_change();
create trigger passkey_counter_goes_on before update on passkey for each row
  when (new.counter < old.counter) execute function refuse_change();

-- A challenge that was sent to a browser and has not come back. Taken by deleting it: no answer counts twice.
create table passkey_challenge (
  challenge_sha256 text primary key,
  browser_sha256 text not null,
  -- whose registration; null: a sign-in of somebody not known yet
  member_id uuid references member,
  asked_at timestamptz not null
);
create index passkey_challenge_asked on passkey_challenge (asked_at);
revoke update on passkey_challenge from dangvu_app;
grant delete on passkey_challenge to dangvu_app;

-- How a session was opened. A passkey's only reads and drafts, ends at a time of its own, and never rises: signing in with
-- the provider opens another session.
alter table session
  add column level text not null default 'level-2' check (level in ('level-2', 'passkey')),
  add column passkey_id uuid references passkey,
  add column ends_by timestamptz,
  add check ((level = 'passkey') = (passkey_id is not null and ends_by is not null));
create trigger session_level_stays before update on session for each row
  when (new.level <> old.level) execute function refuse_change();

-- Times during which the provider did not answer (lúc VNeID không phản hồi): facts to explain a deadline by.
create table provider_outage (
  id uuid primary key default gen_random_uuid(),
  -- what failed: the provider's own pages, or redeeming an answer
  leg text not null check (leg in ('discovery', 'token')),
  began_at timestamptz not null,
  ended_at timestamptz check (ended_at >= began_at)
);
create unique index provider_outage_open on provider_outage ((true)) where ended_at is null;
create index provider_outage_began on provider_outage (began_at desc);
revoke update on provider_outage from dangvu_app;
grant update (ended_at) on provider_outage to dangvu_app;
create trigger provider_outage_ended_once before update on provider_outage for each row
  when (old.ended_at is not null) execute function refuse_change();

-- An act that waits for its owner's level 2 (việc chờ xác thực). Nothing official happens by it; its id becomes the command's.
create table queued_act (
  id uuid primary key,
  member_id uuid not null references member,
  -- the hat it was written in: 'member', 'office:ID' or 'grant:ID'
  hat text not null,
  procedure text not null,
  dossier_id uuid not null references dossier,
  command text not null,
  fields jsonb not null,
  -- the last event its writer saw
  expected_number integer not null check (expected_number >= 0),
  written_at timestamptz not null,
  standing text not null default 'waiting' check (standing in ('waiting', 'done', 'refused', 'withdrawn')),
  settled_at timestamptz,
  refusal_code text,
  refusal_facts jsonb,
  check ((standing = 'waiting') = (settled_at is null)),
  check ((standing = 'refused') = (refusal_code is not null))
);
-- A second act on the same dossier could only meet what the first one changed.
create unique index queued_act_waiting on queued_act (member_id, dossier_id) where standing = 'waiting';
create index queued_act_settled on queued_act (member_id, settled_at desc) where standing <> 'waiting';
revoke update on queued_act from dangvu_app;
grant update (standing, settled_at, refusal_code, refusal_facts) on queued_act to dangvu_app;
create trigger queued_act_settled_once before update on queued_act for each row
  when (old.standing in ('done', 'withdrawn')) execute function refuse_change();

select audit_table('passkey'), audit_table('provider_outage'), audit_table('queued_act');
