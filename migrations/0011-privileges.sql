-- What the application's role may not do: change what was written for good. The rules are kept by the program; this holds
-- where the program fails.

-- Catalogues of the rules come with migrations alone.
revoke insert, update on organisation_kind, organisation_kind_name, position from dangvu_app;
revoke update on organisation from dangvu_app;

-- Kept as they were written.
revoke update on refused_upload, sign_in from dangvu_app;
revoke update, delete on import_run, import_problem from dangvu_app;

-- Of these rows only what may change later.
revoke update on office, membership, member_hold, correction_request, delegation, account, notice, dossier_file, dossier, paper
  from dangvu_app;
grant update (until) on office to dangvu_app;
grant update (until, reason) on membership to dangvu_app;
grant update (lifted_on, lifted_by, lift_basis) on member_hold to dangvu_app;
grant update (status, answered_at, answered_by, answer) on correction_request to dangvu_app;
grant update (revoked_at, revoked_by) on delegation to dangvu_app;
grant update (hat, last_signed_in_at) on account to dangvu_app;
grant update (read_at) on notice to dangvu_app;
grant update (removed_at) on dossier_file to dangvu_app;
grant update (number, status, is_open, version, state, changed_at, awaited_kind, awaited_organisation, awaited_positions,
              awaited_act, due_at) on dossier to dangvu_app;
grant update (series, term, number, symbol, issued_on, sha256, signers, voided_at, void_reason, replaced_by) on paper
  to dangvu_app;

-- What is said once is said for good, whoever asks. The condition stands in the trigger: a lawful change calls nothing.
create trigger paper_number_stays before update on paper for each row
  when (old.number is not null and (old.series, old.term, old.number, old.symbol, old.issued_on)
        is distinct from (new.series, new.term, new.number, new.symbol, new.issued_on))
  execute function refuse_change();
create trigger paper_void_stays before update on paper for each row
  when (old.voided_at is not null and (old.voided_at, old.void_reason, old.sha256)
        is distinct from (new.voided_at, new.void_reason, new.sha256))
  execute function refuse_change();
create trigger dossier_number_stays before update on dossier for each row
  when (old.number is not null and new.number is distinct from old.number) execute function refuse_change();
create trigger dossier_goes_on before update on dossier for each row
  when (new.version < old.version) execute function refuse_change();
create trigger number_series_goes_on before update on number_series for each row
  when (new.last <= old.last) execute function refuse_change();
create trigger member_hold_lifted_once before update on member_hold for each row
  when (old.lifted_on is not null) execute function refuse_change();
create trigger correction_request_answered_once before update on correction_request for each row
  when (old.status <> 'open') execute function refuse_change();
create trigger delegation_revoked_once before update on delegation for each row
  when (old.revoked_at is not null) execute function refuse_change();

-- Who gave an office, and who ended it; null: the command line.
alter table office add column granted_by uuid references member, add column ended_by uuid references member;
grant update (ended_by) on office to dangvu_app;

-- Every state in which a paper left us, so that an earlier one is known as ours, and only as ours.
create table paper_revision (
  sha256 text primary key references file,
  paper_id uuid not null references paper,
  kept_at timestamptz not null default now()
);
revoke update on paper_revision from dangvu_app;
create function keep_paper_revision() returns trigger language plpgsql as $$
begin
  insert into paper_revision (sha256, paper_id) values (new.sha256, new.id) on conflict do nothing;
  return null;
end $$;
create trigger paper_revision_kept after insert or update of sha256 on paper for each row
  when (new.sha256 is not null) execute function keep_paper_revision();
insert into paper_revision (sha256, paper_id) select sha256, id from paper where sha256 is not null on conflict do nothing;

-- Who entrusts an organisation entrusts those who work on dossiers there, not its technical administrator.
create or replace function delegation_reaches(d delegation, wearer uuid, day date) returns boolean language sql stable as $$
  select d.revoked_at is null and d.valid_from <= day and day <= d.valid_to
     and (d.delegate_member_id = wearer
          or exists (select from office x
                      where x.organisation_id = d.delegate_organisation_id and x.member_id = wearer
                        and x.position <> 'system-administrator'
                        and x.since <= day and (x.until is null or day <= x.until)))
$$;
