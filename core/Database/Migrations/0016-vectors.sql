-- What an embedding model reads of a chunk: see EmbeddedText. Two chunks of the same title and text have one vector.
create function embedded_hash(title text, body text) returns bytea language sql immutable parallel safe as $$
    select sha256(convert_to(case when title = '' then body else title || E'\n' || body end, 'UTF8'))
$$;
alter table chunk add column embedded_hash bytea not null generated always as (embedded_hash(title, text)) stored;
create index chunk_of_text on chunk (tenant_id, embedded_hash);

create table chunk_vector (
    tenant_id uuid not null references tenant,
    model text not null,
    length int not null,
    hash bytea not null,
    -- Numbers of 16 bits; null where the model refuses this text, so that it is not asked again and again.
    vector bytea,
    -- The change of the knowledge that brought it.
    change bigint not null,
    -- No published chunk has had this text since then.
    unused_since timestamptz,
    primary key (tenant_id, model, length, hash)
);
-- They cannot be compressed; trying costs more than the vectors of a question.
alter table chunk_vector alter column vector set storage external;
create index chunk_vector_changed on chunk_vector (tenant_id, model, length, change);
alter table chunk_vector enable row level security;
alter table chunk_vector force row level security;
create policy own_rows on chunk_vector using (tenant_id = nullif(current_setting('support.tenant', true), '')::uuid);
grant select, insert, update, delete on chunk_vector to support_tenant;

-- Whose vectors serve, and from which change of the knowledge on. And for which model every published chunk was last known to have one: at which change, when.
alter table tenant
    add column vectors_model text, add column vectors_length int, add column vectors_since bigint,
    add column embedded_model text, add column embedded_length int, add column embedded_change bigint, add column embedded_at timestamptz;
create index tenant_with_knowledge on tenant (id) where knowledge_change > 0;
grant update (vectors_model, vectors_length, vectors_since, embedded_model, embedded_length, embedded_change, embedded_at) on tenant to support_tenant;
