-- Residence comments whose paper is to be made or sealed: a job looks for them after every act, in a country of dossiers.
create index dossier_comment_on_paper on dossier (id)
  where procedure = 'residence-comment' and status in ('sealing', 'cell-signed');
