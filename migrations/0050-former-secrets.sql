-- The answer that brings a renewed secret may be lost: for a minute the one before still opens its session, until the new one
-- was used. With it, what the new one was made from it by.
alter table session
  add column former_sha256 text,
  add column renewal text,
  add column renewed_at timestamptz,
  add check (num_nulls(former_sha256, renewal, renewed_at) in (0, 3));
create unique index session_former on session (former_sha256) where former_sha256 is not null;
