-- Guests (đảng viên sinh hoạt tạm thời): who of another cell lives in which cell for a time. The procedure that refers them keeps it,
-- one row a stay; others read it. Where somebody is counted stays in membership.
create table guest_stay (
  dossier_id uuid primary key references dossier deferrable initially deferred,
  member_id uuid not null references member,
  -- the cell that has the guest, or took over from it
  organisation_id uuid not null references organisation,
  -- the day on which the own cell wrote the letter
  written_on date not null,
  -- the first and the last day; a stay that ended before its first day has none
  since date not null,
  until date not null
);
create index guest_stay_member on guest_stay (member_id);
create index guest_stay_cell on guest_stay (organisation_id);
create index guest_stay_until on guest_stay (until);

insert into guest_stay (dossier_id, member_id, organisation_id, written_on, since, until)
select t.dossier_id, t.member_id, t.host_cell_id,
       ((d.state #>> '{cellComment,signed,at}')::timestamptz at time zone 'Asia/Ho_Chi_Minh')::date,
       greatest(t.stay_from, (d.state #>> '{admission,admittedOn}')::date + 1),
       least(t.stay_until, coalesce((d.state #>> '{returned,leftOn}')::date,
                                    case when not t.is_open then (d.changed_at at time zone 'Asia/Ho_Chi_Minh')::date end, t.stay_until))
  from temporary_transfer t join dossier d on d.id = t.dossier_id
 where d.state -> 'admission' is not null and d.state -> 'cellComment' is not null;

select audit_table('guest_stay');

-- As in 0030; and of guests who pay where they live, the line is that cell's.
drop function fill_fee_month(date, date, uuid[]);
create function fill_fee_month(month date, day date, except_members uuid[], guests uuid[], hosts uuid[], out lines bigint, out cells bigint)
  language plpgsql security definer set search_path = public, pg_temp set work_mem = '32MB' set maintenance_work_mem = '128MB' as $$
declare
  named text := fee_month_table(month);
begin
  if not make_fee_month(month) then return; end if;
  perform pg_advisory_xact_lock_shared(1635083369, 4);
  execute format($fill$
    insert into %I (member_id, period, number, organisation_id, kind, class, base_vnd, amount_vnd, made_on)
    select s.member_id, $1, 0, coalesce(g.host, m.organisation_id), 'month', s.class, s.base_vnd, s.amount_vnd, $2
      from membership m
      join fee_schedule s on s.member_id = m.member_id and s.from_period <= $1 and (s.until_period is null or s.until_period >= $1)
      left join unnest($4, $5) g(guest, host) on g.guest = s.member_id
     where m.standing = 'active' and m.since <= $2 and (m.until is null or m.until > $2) and s.refusal is null
       and s.member_id <> all ($3)
     order by s.member_id $fill$, named) using month, day, except_members, guests, hosts;
  perform attach_fee_month(month);
  execute format('analyze %I', named);

  create temporary table counted as
    select organisation_id, count(*) as lines, count(*) filter (where amount_vnd = 0) as exempt, sum(amount_vnd) as due_vnd,
           sha256(convert_to(string_agg(fee_line_text(member_id, class, base_vnd, amount_vnd), e'\n' order by member_id), 'UTF8')) as digest
      from fee_line where period = month group by organisation_id;
  analyze counted;
  insert into fee_assessment (organisation_id, period, number, made_on, lines, amount_vnd, digest)
  select c.organisation_id, month, 0, day, c.lines, c.due_vnd, c.digest from counted c;
  insert into fee_total (organisation_id, period, lines, paid_lines, exempt, due_vnd, paid_vnd)
  select up.id, month, sum(c.lines - c.exempt), 0, sum(c.exempt), sum(c.due_vnd), 0
    from counted c
    join organisation_period p on p.organisation_id = c.organisation_id and p.valid_from <= day and (p.valid_to is null or day < p.valid_to)
    left join fee_line_up k on k.organisation_id = c.organisation_id and k.made_on = day
   cross join unnest(string_to_array(rtrim(coalesce(k.path, p.path), '.'), '.')::bigint[]) n
    join organisation up on up.number = n
   group by up.id order by up.id;
  select coalesce(sum(c.lines), 0), count(*) into fill_fee_month.lines, fill_fee_month.cells from counted c;
  drop table counted;
end $$;
revoke execute on function fill_fee_month(date, date, uuid[], uuid[], uuid[]) from public;
grant execute on function fill_fee_month(date, date, uuid[], uuid[], uuid[]) to dangvu_app;
