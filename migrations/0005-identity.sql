-- Identity (danh tính): accounts, sign-ins under way, sessions, delegations, and which hats somebody may wear on a day.

-- Which identity of the provider (VNeID) belongs to which member; the first sign-in ties them. hat: the one worn last.
create table account (
  member_id uuid primary key references member,
  issuer text not null,
  subject text not null,
  hat text not null default 'member',
  bound_at timestamptz not null,
  last_signed_in_at timestamptz not null,
  unique (issuer, subject)
);
grant delete on account to dangvu_app;

-- What somebody has to look at: an identity that does not fit, and a tie that was loosened. Nothing personal but the member.
create table account_report (
  id uuid primary key default gen_random_uuid(),
  at timestamptz not null,
  member_id uuid references member,
  code text not null,
  subject_sha256 text,
  basis text,
  reported_by uuid references member
);
create index account_report_at on account_report (at desc);
revoke update on account_report from dangvu_app;

-- A sign-in that was sent to the provider and has not come back. Taken by deleting it: no answer counts twice.
create table sign_in (
  state_sha256 text primary key,
  browser_sha256 text not null,
  nonce text not null,
  code_verifier text not null,
  return_to text not null,
  started_at timestamptz not null
);
create index sign_in_started on sign_in (started_at);
grant delete on sign_in to dangvu_app;

-- A delegation (ủy quyền, 338-QĐ/TW art. 11): of one's own affairs, or of an office one holds.
create table delegation (
  id uuid primary key,
  delegator_id uuid not null references member,
  office_id uuid references office,
  delegate_member_id uuid references member check (delegate_member_id <> delegator_id),
  delegate_organisation_id uuid references organisation,
  procedures text[] not null check (cardinality(procedures) > 0),
  valid_from date not null,
  valid_to date not null check (valid_to >= valid_from),
  form text not null check (form in ('written', 'account-auth', 'other')),
  basis text not null check (basis <> ''),
  evidence_sha256 text references file,
  granted_at timestamptz not null,
  signed_in_at timestamptz not null,
  revoked_at timestamptz,
  revoked_by uuid references member,
  check ((delegate_member_id is null) <> (delegate_organisation_id is null)),
  check (office_id is null or delegate_member_id is not null),
  check ((revoked_at is null) = (revoked_by is null))
);
create index delegation_delegator on delegation (delegator_id);
create index delegation_member on delegation (delegate_member_id) where delegate_member_id is not null;
create index delegation_organisation on delegation (delegate_organisation_id) where delegate_organisation_id is not null;

-- A session (phiên đăng nhập). Only the SHA-256 of what the browser keeps. Hat: an own office, a grant, or neither (the member's).
create table session (
  secret_sha256 text primary key,
  id uuid not null unique default gen_random_uuid(),
  member_id uuid not null references member,
  office_id uuid references office,
  grant_id uuid references delegation,
  created_at timestamptz not null,
  signed_in_at timestamptz not null,
  last_seen_at timestamptz not null,
  device text not null,
  ended_at timestamptz,
  end_reason text check (end_reason in ('signed-out', 'revoked', 'replaced', 'expired', 'member-gone')),
  check (office_id is null or grant_id is null),
  check ((ended_at is null) = (end_reason is null))
);
create index session_member on session (member_id) where ended_at is null;
create index session_seen on session (last_seen_at);
grant delete on session to dangvu_app;

-- Whether the wearer may act under a delegation on a day: it runs, and was given to the wearer or to an organisation
-- in which the wearer holds an office.
create function delegation_reaches(d delegation, wearer uuid, day date) returns boolean language sql stable as $$
  select d.revoked_at is null and d.valid_from <= day and day <= d.valid_to
     and (d.delegate_member_id = wearer
          or exists (select from office x
                      where x.organisation_id = d.delegate_organisation_id and x.member_id = wearer
                        and x.since <= day and (x.until is null or day <= x.until)))
$$;

-- The hat as it stands on a day, or no row: own_office null and granted null is the member's own. The one place that
-- says so; asked for the switcher and again at every request.
create function hat_on(wearer uuid, own_office uuid, granted uuid, day date) returns table (
  hat_position text, organisation_id uuid, office_id uuid, organisation_name text, position_name text, position_name_en text,
  position_rank integer, grant_id uuid, principal_id uuid, principal_name text, procedures text[]
) language sql stable as $$
  select coalesce(o.position, 'member'), coalesce(o.organisation_id, ms.organisation_id), o.id,
         coalesce(p.name, (select q.name from organisation_period q where q.organisation_id = ms.organisation_id
                            order by q.valid_from desc limit 1)),
         n.name, n.name_en, n.rank, d.id, m.id, m.full_name, d.procedures
    from (select wearer as wearer_id, own_office as own_office_id, granted as granted_id) w
    left join delegation d on d.id = w.granted_id and delegation_reaches(d, w.wearer_id, day)
    join member m on m.id = coalesce(d.delegator_id, w.wearer_id) and m.standing in ('active', 'exempt')
    left join office o on o.id = coalesce(d.office_id, w.own_office_id) and o.member_id = m.id
                      and o.since <= day and (o.until is null or day <= o.until)
    left join position n on n.code = o.position
    left join membership ms on ms.member_id = m.id and ms.until is null
    left join organisation_period p on p.organisation_id = coalesce(o.organisation_id, ms.organisation_id)
                                   and p.valid_from <= day and (p.valid_to is null or day < p.valid_to)
   where (w.granted_id is null or d.id is not null)
     and case when d.office_id is null and w.own_office_id is null then ms.organisation_id is not null
              else o.id is not null and p.organisation_id is not null end
$$;
