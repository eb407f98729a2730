-- Forms left half-filled, each its writer's own: kept until the form is done.

create table form_draft (
  member_id uuid not null references member,
  -- a dossier, or the id a page made up for one that does not exist yet
  dossier_id uuid not null,
  form text not null check (length(form) <= 60),
  fields jsonb not null,
  kept_at timestamptz not null,
  primary key (member_id, dossier_id, form)
);
grant delete on form_draft to dangvu_app;
