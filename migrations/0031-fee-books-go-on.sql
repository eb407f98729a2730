-- Books of Party fees go on with whoever takes over; the column of B01/ĐP is said of an organisation; a region waits to be said.

-- What was shared out stands in the books of whoever made it, whoever finishes it.
create index fee_remittance_maker on fee_remittance ((handed_from[1])) where handed_from <> '{}';

-- The column of B01/ĐP: under a commune, of an enterprise, or other. Said of any organisation, it holds for all below; the nearest
-- above wins. Where nobody said it, the registry's kinds and names tell.
create table fee_report_column (
  organisation_id uuid not null references organisation,
  valid_from date not null check (extract(day from valid_from) = 1),
  report_column text not null check (report_column in ('commune', 'enterprise', 'other')),
  source text not null check (source <> ''),
  set_by uuid references member,
  set_at timestamptz not null,
  primary key (organisation_id, valid_from)
);
select audit_table('fee_report_column');

-- A region that holds for the time being, because those that became one lay in several: who handles the fees there is asked to say it.
alter table fee_region add column provisional boolean not null default false;
select audit_table('fee_region');

-- A request for a relief goes with the member to another cell, and to whoever decides there; what was granted changes at most who may
-- end it, where the decider is not there any more. Everything else goes its one way.
grant update (organisation_id, decider_id, due_on) on fee_relief to dangvu_app;
drop trigger fee_relief_one_way on fee_relief;
create trigger fee_relief_one_way before update on fee_relief for each row
  when (to_jsonb(old) - array['organisation_id', 'decider_id', 'due_on']
        is distinct from to_jsonb(new) - array['organisation_id', 'decider_id', 'due_on'])
  execute function fee_relief_moves_on();
create function fee_relief_goes_along() returns trigger language plpgsql as $$
begin
  if old.status in ('asked', 'forwarded') and new.status = old.status
    or old.status = 'granted' and (new.organisation_id, new.due_on) = (old.organisation_id, old.due_on) then
    return new;
  end if;
  raise exception 'a relief that is % goes nowhere', old.status using errcode = 'check_violation';
end $$;
create trigger fee_relief_place before update on fee_relief for each row
  when ((old.organisation_id, old.decider_id, old.due_on) is distinct from (new.organisation_id, new.decider_id, new.due_on))
  execute function fee_relief_goes_along();
