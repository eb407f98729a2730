-- Official transfer (chuyển sinh hoạt đảng chính thức): the columns of a transfer that SQL must know.

create table official_transfer (
  dossier_id uuid primary key references dossier deferrable initially deferred,
  member_id uuid not null references member,
  origin_id uuid not null references organisation,
  destination_id uuid references organisation,
  status text not null,
  is_open boolean not null,
  started_on date,
  referred_on date,
  present_by date,
  presentation_overdue boolean not null default false,
  admitted_on date
);
-- Only one open official transfer a member (transfers 5.8, invariants).
create unique index official_transfer_one_open on official_transfer (member_id) where is_open;
