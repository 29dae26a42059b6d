-- Answers that a model wrote, by what was asked. No question is kept, only the hash of its words; an answer holds for the versions of the documents that it cites.
create table answer_cache (
    tenant_id uuid not null references tenant on delete cascade,
    key bytea not null,
    models text not null,
    answer text not null,
    -- Cited passages, in the order of their numbers, and the versions of their documents.
    chunks bigint[] not null,
    documents bigint[] not null,
    versions int[] not null,
    -- In which order the passages were put, and what the verdicts were.
    ranking bigint[] not null,
    verdicts jsonb not null,
    at timestamptz not null,
    primary key (tenant_id, key)
);
create index answer_cache_at on answer_cache (tenant_id, at);
alter table answer_cache enable row level security;
alter table answer_cache force row level security;
create policy own_rows on answer_cache using (tenant_id = nullif(current_setting('support.tenant', true), '')::uuid);
grant select, insert, update, delete on answer_cache to support_tenant;
