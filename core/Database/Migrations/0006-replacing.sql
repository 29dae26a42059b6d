-- The document that an editor's next file replaces, until then.
create table awaited_file (
    tenant_id uuid not null references tenant,
    bot_id bigint not null,
    person_id bigint not null,
    document_id bigint not null references document on delete cascade,
    until timestamptz not null,
    primary key (tenant_id, bot_id, person_id)
);
alter table awaited_file enable row level security;
alter table awaited_file force row level security;
create policy own_rows on awaited_file using (tenant_id = nullif(current_setting('support.tenant', true), '')::uuid);
grant select, insert, update, delete on awaited_file to support_tenant;
create index awaited_file_document on awaited_file (document_id);
