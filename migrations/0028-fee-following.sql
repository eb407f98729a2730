-- Fees follow organisations that end: their balances are handed over, their waiting declarations and accounts go along.

-- A kind more, beside whatever kinds there are by now.
do $$
declare
  known text;
begin
  select pg_get_constraintdef(oid) into strict known from pg_constraint
   where conrelid = 'ledger_transfer'::regclass and conname = 'ledger_transfer_kind_check';
  alter table ledger_transfer drop constraint ledger_transfer_kind_check;
  execute 'alter table ledger_transfer add constraint ledger_transfer_kind_check '
       || replace(known, '''spent''::text', '''spent''::text, ''handed-over''::text');
end $$;

-- Only with the organisation that ends; what was answered keeps the cell that answered it.
grant update (organisation_id) on fee_declaration, fee_account to dangvu_app;
