-- A session whose secret was renewed keeps the token of its forms: pages that are open can still be sent.
alter table session add column form_token text check (form_token <> '');
