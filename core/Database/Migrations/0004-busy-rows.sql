-- One row a day that every answer adds to makes all answers of a tenant wait for each other's commit: spread over a few rows, to be summed.
alter table usage_day add column slot smallint not null default 0;
alter table usage_day drop constraint usage_day_pkey;
alter table usage_day add primary key (tenant_id, day, what, slot);

-- Each of these checks locks the tenant's one row in every transaction of that tenant, nine times for a question. Row-level security holds
-- tenant_id to the tenant of the transaction, which was looked up in tenant; the quiet tables keep their check.
alter table person drop constraint person_tenant_id_fkey;
alter table conversation drop constraint conversation_tenant_id_fkey;
alter table message drop constraint message_tenant_id_fkey;
alter table question drop constraint question_tenant_id_fkey;
alter table outbox drop constraint outbox_tenant_id_fkey;
alter table usage_day drop constraint usage_day_tenant_id_fkey;

-- The staff of a tenant among all its customers; asked for every few seconds for each bot.
create index person_staff on person (tenant_id) where is_owner or is_admin or is_editor;
