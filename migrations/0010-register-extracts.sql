-- Extracts of a register are papers too: the same content is issued once.
alter table paper add column content_digest text;
create unique index paper_content on paper (organisation_id, kind, content_digest) where content_digest is not null;
