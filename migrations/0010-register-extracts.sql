-- Extracts of a register are papers too: the same content is issued once.
alter table paper add column content_digest text;
create unique index paper_content on paper (organisation_id, kind, content_digest) where content_digest is not null;

-- What an organisation received stays in its register, also when it sent the dossier back.
create index dossier_event_received on dossier_event (organisation_id) where type = 'received-at-destination';
