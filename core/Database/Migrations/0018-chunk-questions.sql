-- What customers might ask that a chunk answers, written by a model and kept by what it read: see chunk.embedded_hash. It helps to find the chunk and is no part of its text.
create table chunk_questions (
    tenant_id uuid not null references tenant,
    hash bytea not null,
    model text not null,
    questions text[] not null,
    -- How often this model gave nothing that could be used. At last the text is left alone, so that it is not paid for again and again.
    failures int not null default 0,
    -- Indexes know of them.
    told boolean not null default false,
    -- No published chunk has had this text since then.
    unused_since timestamptz,
    primary key (tenant_id, hash)
);
create index chunk_questions_untold on chunk_questions (tenant_id) where not told;
alter table chunk_questions enable row level security;
alter table chunk_questions force row level security;
create policy own_rows on chunk_questions using (tenant_id = nullif(current_setting('support.tenant', true), '')::uuid);
grant select, insert, update, delete on chunk_questions to support_tenant;

-- For which model every published chunk was last known to have its questions: at which change of the knowledge, when.
alter table tenant add column questions_model text, add column questions_change bigint, add column questions_at timestamptz;
grant update (questions_model, questions_change, questions_at) on tenant to support_tenant;
