-- Exemption, reduction, a voluntary higher fee, late and advance payment of Party fees: asked for, forwarded, decided, ended.
create table fee_relief (
  id uuid primary key,
  member_id uuid not null references member,
  -- the cell that counted the member when it was asked
  organisation_id uuid not null references organisation,
  -- who decides: the cell itself, or a committee above it
  decider_id uuid not null references organisation,
  kind text not null check (kind in ('hardship', 'reduction', 'voluntary', 'late', 'advance')),
  from_period date not null check (extract(day from from_period) = 1),
  until_period date not null check (extract(day from until_period) = 1 and until_period >= from_period),
  hardship text check (hardship in ('poor', 'near-poor', 'critical-illness')),
  -- what is taken off
  percent smallint check (percent in (30, 50, 70, 100)),
  extra_vnd bigint check (extra_vnd > 0),
  -- the temporary exemption from activity (tạm miễn sinh hoạt đảng) that late and advance payment rest on
  exemption_number text check (exemption_number <> ''),
  exemption_from date,
  exemption_until date check (exemption_until >= exemption_from),
  -- the request (đơn) in the member's words
  request text not null check (request <> ''),
  asked_by uuid not null references member,
  asked_at timestamptz not null,
  -- on behalf: who said so, and how
  said_by text check (said_by <> ''),
  due_on date not null,
  status text not null default 'asked' check (status in ('asked', 'forwarded', 'granted', 'refused', 'withdrawn')),
  -- what the cell thinks of it
  opinion text check (opinion in ('for', 'against')),
  opinion_reason text,
  forwarded_by uuid references member,
  forwarded_at timestamptz,
  answered_by uuid references member,
  answered_at timestamptz,
  reason text check (reason <> ''),
  decision_number text check (decision_number <> ''),
  granted_from date check (extract(day from granted_from) = 1),
  granted_until date check (extract(day from granted_until) = 1 and granted_until >= granted_from),
  granted_percent smallint check (granted_percent in (30, 50, 70, 100)),
  granted_extra_vnd bigint check (granted_extra_vnd > 0),
  -- ended early: the first month that it does not hold for any more
  ended_from date check (extract(day from ended_from) = 1 and ended_from between granted_from and granted_until),
  ended_by uuid references member,
  ended_at timestamptz,
  ended_reason text check (ended_reason <> ''),
  check ((kind = 'hardship') = (hardship is not null)),
  check ((kind = 'reduction') = (percent is not null)),
  check ((kind = 'voluntary') = (extra_vnd is not null)),
  check ((kind in ('late', 'advance')) = (num_nonnulls(exemption_number, exemption_from, exemption_until) = 3)),
  check ((asked_by = member_id) = (said_by is null)),
  check (num_nulls(opinion, forwarded_by, forwarded_at) in (0, 3)),
  check ((status = 'forwarded') <= (forwarded_at is not null)),
  check ((status in ('asked', 'forwarded')) = (answered_at is null) and (answered_by is null) = (answered_at is null)),
  check ((status = 'refused') <= (reason is not null)),
  check ((status = 'granted') = (granted_from is not null) and (status = 'granted') = (decision_number is not null)
    and (granted_from is null) = (granted_until is null)),
  check ((status = 'granted' and kind = 'reduction') = (granted_percent is not null)),
  check ((status = 'granted' and kind = 'voluntary') = (granted_extra_vnd is not null)),
  check (num_nulls(ended_from, ended_by, ended_at, ended_reason) in (0, 4) and (ended_from is not null) <= (status = 'granted')),
  -- nobody decides on the own request, nor on one of the own writing; who gave the cell's opinion does not decide either
  check (status not in ('granted', 'refused') or (answered_by <> member_id and answered_by <> asked_by)),
  check (status not in ('granted', 'refused') or forwarded_by is null or forwarded_by <> answered_by),
  check (ended_by <> member_id),
  -- of one sort one at a time: hardship and reduction are one, both take off
  constraint fee_relief_no_overlap exclude using gist (
    member_id with =, (case kind when 'hardship' then 'reduction' else kind end) with =,
    daterange(granted_from, coalesce(ended_from, granted_until + 1)) with &&) where (status = 'granted')
);
create unique index fee_relief_one_open on fee_relief (member_id, (case kind when 'hardship' then 'reduction' else kind end))
  where status in ('asked', 'forwarded');
create index fee_relief_member on fee_relief (member_id, asked_at desc);
create index fee_relief_granted on fee_relief (member_id, granted_from) where status = 'granted';
create index fee_relief_cell on fee_relief (organisation_id, asked_at desc);
create index fee_relief_decider on fee_relief (decider_id, asked_at desc);
revoke update on fee_relief from dangvu_app;
grant update (status, opinion, opinion_reason, forwarded_by, forwarded_at, answered_by, answered_at, reason, decision_number,
              granted_from, granted_until, granted_percent, granted_extra_vnd, ended_from, ended_by, ended_at, ended_reason)
  on fee_relief to dangvu_app;

-- A request goes one way; of what was granted only the end may be told, once.
create function fee_relief_moves_on() returns trigger language plpgsql as $$
begin
  if old.status in ('asked', 'forwarded') and new.status <> 'asked' and (new.status, old.status) <> ('forwarded', 'forwarded') then
    if new.ended_from is null and (old.status = 'asked' or (new.opinion, new.opinion_reason, new.forwarded_by, new.forwarded_at)
        is not distinct from (old.opinion, old.opinion_reason, old.forwarded_by, old.forwarded_at)) then
      return new;
    end if;
  elsif old.status = 'granted' and old.ended_from is null and new.ended_from is not null
    and (new.status, new.answered_by, new.answered_at, new.reason, new.decision_number, new.granted_from, new.granted_until,
         new.granted_percent, new.granted_extra_vnd, new.opinion, new.opinion_reason, new.forwarded_by, new.forwarded_at)
        is not distinct from
        (old.status, old.answered_by, old.answered_at, old.reason, old.decision_number, old.granted_from, old.granted_until,
         old.granted_percent, old.granted_extra_vnd, old.opinion, old.opinion_reason, old.forwarded_by, old.forwarded_at) then
    return new;
  end if;
  raise exception 'a relief that is % does not become %', old.status, new.status using errcode = 'check_violation';
end $$;
create trigger fee_relief_one_way before update on fee_relief for each row execute function fee_relief_moves_on();

select audit_table('fee_relief');

-- Who has been in the Party for fifty years is looked for each hour, among millions.
create index member_joined_on on member (joined_on);
