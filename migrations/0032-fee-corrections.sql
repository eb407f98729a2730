-- A correction (điều chỉnh khoản nộp): a refund whose money goes to other lines of the same cell, and never leaves the ledger.

-- The lines it is to pay, as they were named; one that another stands in for by then is found by what replaced it.
create table fee_refund_target (
  refund_id uuid not null references fee_refund,
  member_id uuid not null references member,
  period date not null,
  number smallint not null,
  primary key (refund_id, member_id, period, number)
);
create index fee_refund_target_member on fee_refund_target (member_id);
revoke update, delete on fee_refund_target from dangvu_app;
select audit_table('fee_refund_target');

-- The payment as which the money came in, where this one only moved it; and the payment that a correction made.
alter table fee_payment add column moved_from uuid check (moved_from <> id);
alter table fee_refund add column moved_to uuid unique references fee_payment;
grant update (moved_to) on fee_refund to dangvu_app;

alter table fee_refund drop constraint fee_refund_method_check;
alter table fee_refund add constraint fee_refund_method_check check (method in ('transfer', 'cash', 'move'));
-- With the second person it is over: nothing is left to be paid out.
alter table fee_refund drop constraint fee_refund_check11;
alter table fee_refund add constraint fee_refund_paid_out
  check ((method <> 'move' and status in ('paid-out', 'closed')) = (paid_at is not null));
alter table fee_refund add constraint fee_refund_moved_at_once
  check (method <> 'move' or status not in ('approved', 'paid-out'));
alter table fee_refund add constraint fee_refund_moved_to
  check ((method = 'move' and status = 'closed') = (moved_to is not null));

-- As before, and: a correction goes from checked to closed; nobody decides one that pays the own months.
create or replace function fee_refund_goes_on() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  -- An open one goes along to who took over, and is otherwise what it was.
  if old.status in ('asked', 'checked', 'approved')
     and to_jsonb(old) - array['organisation_id', 'paying_id', 'handed_from', 'paying_from']
       = to_jsonb(new) - array['organisation_id', 'paying_id', 'handed_from', 'paying_from'] then
    return new;
  end if;
  if (old.organisation_id, old.paying_id) is distinct from (new.organisation_id, new.paying_id) then
    raise exception 'a refund is not decided and handed over at once' using errcode = 'check_violation';
  end if;
  if (old.status, new.status) not in (
    ('asked', 'checked'), ('asked', 'refused'), ('asked', 'withdrawn'), ('checked', 'approved'), ('checked', 'refused'),
    ('checked', 'withdrawn'), ('approved', 'paid-out'), ('paid-out', 'closed'))
    and not (new.method = 'move' and (old.status, new.status) = ('checked', 'closed')) then
    raise exception 'a refund does not go from % to %', old.status, new.status using errcode = 'check_violation';
  end if;
  if exists (select from fee_refund_line l where l.refund_id = new.id
              and (l.member_id = new.checked_by or l.member_id = new.approved_by))
     or exists (select from fee_refund_target t where t.refund_id = new.id
                 and (t.member_id = new.checked_by or t.member_id = new.approved_by)) then
    raise exception 'nobody decides a refund of the own months' using errcode = 'check_violation';
  end if;
  return new;
end $$;
