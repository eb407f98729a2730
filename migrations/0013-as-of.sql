-- As of any day (tại một ngày bất kỳ): who followed whom, and the indexes by which a past day is as near as today.

-- Organisations that went into others (sáp nhập, hợp nhất, chia tách): from `since` on, the successor answers for what the other was before.
create table organisation_successor (
  organisation_id uuid not null references organisation,
  successor_id uuid not null references organisation check (successor_id <> organisation_id),
  since date not null,
  primary key (organisation_id, successor_id, since)
);
create index organisation_successor_of on organisation_successor (successor_id);
revoke update on organisation_successor from dangvu_app;

-- One index for every day, today too: the partial one it replaces knew of no row that has an end.
drop index membership_organisation;
create index membership_on_day on membership (organisation_id, since) include (until, standing, member_id);
-- A person's own rows, by the day.
drop index membership_member;
create index membership_member on membership (member_id, since);

select audit_table('organisation_successor');
