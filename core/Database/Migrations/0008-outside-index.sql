-- What an index outside PostgreSQL (Qdrant) cannot tell and exact scoring needs: in how many of a tenant's chunks each term stands. Written only
-- where such an index is set, in the transaction that publishes or removes; `knowledge reindex` makes it anew. Row-level security holds tenant_id to
-- the tenant of the transaction, so the busy tables do without a check against tenant for each row.
create table knowledge_statistics (
    tenant_id uuid primary key references tenant,
    -- Of tokenizer, stemmer and 4-grams: what another shape counted cannot be added to.
    shape int not null,
    -- How many chunks there were when the vectors of all of them were last written: their values rest on averages, which change as chunks come.
    values_of int not null default 0,
    chunks int not null default 0,
    titled int not null default 0,
    bodied int not null default 0,
    title_words bigint not null default 0,
    body_words bigint not null default 0,
    title_grams bigint not null default 0,
    body_grams bigint not null default 0,
    pairs bigint not null default 0,
    -- How many chunks have how many words in their text: the spread and the median follow exactly, however often chunks came and went.
    lengths int[] not null default '{}',
    chunks_of_length int[] not null default '{}'
);

create table knowledge_stem (
    tenant_id uuid not null,
    -- In the order of its bytes, so that stems which begin alike stand together.
    stem text collate "C" not null,
    chunks int not null,
    primary key (tenant_id, stem)
) with (fillfactor = 80);

-- Four characters packed into one number.
create table knowledge_gram (
    tenant_id uuid not null,
    gram bigint not null,
    chunks int not null,
    primary key (tenant_id, gram)
) with (fillfactor = 80);

-- A hash of two stems that stand side by side.
create table knowledge_pair (
    tenant_id uuid not null,
    pair bigint not null,
    chunks int not null,
    primary key (tenant_id, pair)
) with (fillfactor = 80);

-- For typing errors: words of like length whose letters differ little are compared.
create table knowledge_word (
    tenant_id uuid not null,
    word text collate "C" not null,
    length smallint not null,
    letters bigint not null,
    times int not null,
    primary key (tenant_id, word)
) with (fillfactor = 80);
create index knowledge_word_length on knowledge_word (tenant_id, length);

do $$
declare t text;
begin
    foreach t in array array['knowledge_statistics','knowledge_stem','knowledge_gram','knowledge_pair','knowledge_word']
    loop
        execute format('alter table %I enable row level security', t);
        execute format('alter table %I force row level security', t);
        -- As everywhere, but asked once a statement and not for each of its hundreds of rows.
        execute format('create policy own_rows on %I using (tenant_id = (select nullif(current_setting(''support.tenant'', true), '''')::uuid))', t);
        execute format('grant select, insert, update, delete on %I to support_tenant', t);
    end loop;
end $$;
