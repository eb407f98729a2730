-- Temporary transfer (chuyển sinh hoạt đảng tạm thời): the columns of a stay that SQL must know.

create table temporary_transfer (
  dossier_id uuid primary key references dossier deferrable initially deferred,
  member_id uuid not null references member,
  origin_id uuid not null references organisation,
  -- the grassroots organisation it is referred to, and the cell that has the guest
  host_id uuid references organisation,
  host_cell_id uuid references organisation,
  status text not null,
  is_open boolean not null,
  -- from the admission until the return: a guest (đảng viên sinh hoạt tạm thời) of the host cell
  is_staying boolean not null,
  stay_from date,
  stay_until date,
  check (not is_staying or (host_cell_id is not null and stay_from is not null and stay_until is not null))
);
-- One open temporary stay a member (transfers 6.5, invariants).
create unique index temporary_transfer_one_open on temporary_transfer (member_id) where is_open;
create index temporary_transfer_host_cell on temporary_transfer (host_cell_id) where is_staying;
create index temporary_transfer_origin on temporary_transfer (origin_id) where is_staying;
create index temporary_transfer_ending on temporary_transfer (stay_until) where is_staying;
select audit_table('temporary_transfer');
