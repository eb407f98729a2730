-- The papers of a collective hand-over (giấy tờ bàn giao): what waits for whose signature, and until when.

-- The places that must be signed before a paper is whole; null: a person, and the seal of an issuer that has one.
alter table paper add column places text[];

-- One row for each paper of a reorganisation that passes several hands.
create table hand_over (
  paper_id uuid primary key references paper,
  reorganisation_id uuid not null references reorganisation,
  kind text not null check (kind in ('decision', 'acceptance', 'minutes')),
  -- the organisation that hands over; null for what one committee issues alone
  giver_id uuid references organisation,
  -- the organisation that receives
  receiver_id uuid references organisation,
  -- the organisation that handed over is no longer there: who held its office last signs
  giver_ended boolean not null default false,
  -- what it says beside the plan: law/hand-over.ts, papers/content.ts
  content jsonb not null,
  due_on date not null,
  -- the seal could not be set: the code of what went wrong
  failure text,
  check ((kind = 'minutes') = (giver_id is not null and receiver_id is not null))
);
create index hand_over_reorganisation on hand_over (reorganisation_id);
create index hand_over_giver on hand_over (giver_id) where giver_id is not null;
create index hand_over_receiver on hand_over (receiver_id) where receiver_id is not null;
create index hand_over_due on hand_over (due_on);
revoke update on hand_over from dangvu_app;
grant update (failure) on hand_over to dangvu_app;

-- Who signed at which place, who took the number: each once.
create table hand_over_act (
  paper_id uuid not null references hand_over,
  act text not null check (act in ('person', 'giver', 'receiver', 'number')),
  member_id uuid not null references member,
  position text not null,
  organisation_id uuid not null references organisation,
  at timestamptz not null,
  primary key (paper_id, act)
);
revoke update, delete, truncate on hand_over_act from dangvu_app;

select audit_table(subject) from unnest(array['hand_over', 'hand_over_act']::regclass[]) subject;
