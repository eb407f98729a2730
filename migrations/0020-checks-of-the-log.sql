-- What an entry of the log may say, checked as domains: PostgreSQL keeps their expressions for a connection, while a check of
-- a table is read and prepared anew by every statement that writes an entry, and each change writes one. A domain gets its
-- check after the column has it, so that the entries are looked at and not written anew.
create domain audit_operation as text;
create domain audit_actor_kind as text;
-- That 'watched' and 'delete' have no digest, and all others one, is how the functions of 0012 make an entry; nobody but
-- they may write here.
alter table audit_entry
  drop constraint audit_entry_operation_check,
  drop constraint audit_entry_actor_kind_check,
  drop constraint audit_entry_check,
  alter column operation type audit_operation,
  alter column actor_kind type audit_actor_kind;
alter domain audit_operation add constraint audit_operation_known
  check (value in ('watched', 'adopted', 'insert', 'update', 'delete'));
alter domain audit_actor_kind add constraint audit_actor_kind_known
  check (value in ('person', 'visitor', 'clock', 'job', 'command-line', 'program', 'migration', 'outside'));
