-- The desk's memory. Runs as the desk's login role, which owns everything here and is neither superuser nor BYPASSRLS.
-- Tables with a tenant_id are read and written by support_tenant inside a transaction that has set support.tenant.
-- Desk tables (job, update_seen, dead_letter, lease) are the login role's alone.

create table tenant (
    id uuid primary key,
    name text not null unique,
    knowledge_change bigint not null default 0,
    created_at timestamptz not null default now()
);

create table bot (
    id bigint primary key,
    tenant_id uuid not null references tenant,
    username text not null default '',
    token bytea not null,
    generation int not null default 1,
    owner_code_hash bytea,
    admins_chat_id bigint,
    created_at timestamptz not null default now()
);

create table person (
    tenant_id uuid not null references tenant,
    id bigint not null,
    name text not null default '',
    username text,
    language text,
    is_owner boolean not null default false,
    is_admin boolean not null default false,
    is_editor boolean not null default false,
    started_at timestamptz,
    first_seen timestamptz not null default now(),
    primary key (tenant_id, id)
);

create table chat (
    tenant_id uuid not null references tenant,
    bot_id bigint not null,
    id bigint not null,
    kind smallint not null,
    title text,
    is_forum boolean not null default false,
    bot_role smallint not null default 1,
    can_manage_topics boolean not null default false,
    moved_to bigint,
    gone_since timestamptz,
    gone_why text,
    primary key (tenant_id, bot_id, id)
);

create table conversation (
    id bigint generated always as identity primary key,
    tenant_id uuid not null references tenant,
    bot_id bigint not null,
    chat_id bigint not null,
    person_id bigint not null,
    thread_id bigint,
    language text not null default 'en',
    language_chosen boolean not null default false,
    due_at timestamptz,
    burst_began_at timestamptz,
    ticket_id bigint,
    created_at timestamptz not null default now(),
    unique (tenant_id, bot_id, chat_id, person_id)
);
create index conversation_due on conversation (tenant_id, due_at) where due_at is not null;

create table message (
    id bigint generated always as identity primary key,
    tenant_id uuid not null references tenant,
    bot_id bigint not null,
    chat_id bigint not null,
    message_id bigint not null,
    conversation_id bigint references conversation on delete cascade,
    direction smallint not null,
    text text,
    medium jsonb,
    reply_to bigint,
    question_id bigint,
    ticket_id bigint,
    purpose text,
    sent_at timestamptz not null,
    edited_at timestamptz,
    unique (tenant_id, bot_id, chat_id, message_id)
);
create index message_pending on message (conversation_id, message_id) where direction = 0 and question_id is null and ticket_id is null;
create index message_of_conversation on message (conversation_id, id);

create table pending_edit (
    tenant_id uuid not null references tenant,
    bot_id bigint not null,
    chat_id bigint not null,
    message_id bigint not null,
    text text,
    at timestamptz not null,
    primary key (tenant_id, bot_id, chat_id, message_id)
);

create table question (
    id bigint generated always as identity primary key,
    tenant_id uuid not null references tenant,
    conversation_id bigint not null references conversation on delete cascade,
    text text not null,
    language text not null,
    decision text not null,
    reason text,
    confidence double precision not null default 0,
    answer text,
    passages jsonb not null default '[]',
    features jsonb not null default '{}',
    shown int not null default 0,
    feedback text,
    asked_at timestamptz not null,
    answered_at timestamptz not null
);
create index question_of_conversation on question (conversation_id, id);

create table ticket (
    id bigint generated always as identity primary key,
    tenant_id uuid not null references tenant,
    number int not null,
    bot_id bigint not null,
    conversation_id bigint not null references conversation on delete cascade,
    question_id bigint,
    state text not null default 'open' check (state in ('open', 'taken', 'closed')),
    reason text not null,
    language text not null,
    question text not null,
    draft text,
    passages jsonb not null default '[]',
    taken_by bigint,
    card_chat_id bigint,
    card_message_id bigint,
    topic_id bigint,
    opened_at timestamptz not null,
    first_reply_at timestamptz,
    closed_at timestamptz,
    unique (tenant_id, number)
);
create unique index ticket_one_open on ticket (conversation_id) where state <> 'closed';
create index ticket_topic on ticket (tenant_id, card_chat_id, topic_id) where topic_id is not null;

create table ticket_event (
    id bigint generated always as identity primary key,
    tenant_id uuid not null references tenant,
    ticket_id bigint not null references ticket on delete cascade,
    kind text not null,
    person_id bigint,
    data jsonb not null default '{}',
    at timestamptz not null
);
create index ticket_event_of on ticket_event (ticket_id, id);

create table outbox (
    id bigint generated always as identity primary key,
    tenant_id uuid not null references tenant,
    bot_id bigint not null,
    chat_id bigint not null,
    conversation_id bigint,
    question_id bigint,
    ticket_id bigint,
    purpose text not null,
    in_topic boolean not null default false,
    body jsonb not null,
    state smallint not null default 0,
    attempts int not null default 0,
    doubts int not null default 0,
    due_at timestamptz not null,
    created_at timestamptz not null,
    sent_at timestamptz,
    sent_message_id bigint,
    error text
);
create index outbox_lane on outbox (tenant_id, bot_id, chat_id, id) where state in (0, 1);
create index outbox_due on outbox (tenant_id, due_at) where state in (0, 1);

create table document (
    id bigint generated always as identity primary key,
    tenant_id uuid not null references tenant,
    name text not null,
    audience smallint not null,
    published_version int,
    change bigint not null default 0,
    removed_at timestamptz,
    created_at timestamptz not null,
    unique (tenant_id, name)
);
create index document_change on document (tenant_id, change);

create table document_version (
    tenant_id uuid not null references tenant,
    document_id bigint not null references document on delete cascade,
    version int not null,
    hash bytea not null,
    bytes bytea not null,
    audience smallint not null,
    state text not null check (state in ('queued', 'published', 'superseded', 'refused', 'removed')),
    report jsonb,
    uploaded_by text not null,
    notify_bot_id bigint,
    notify_chat_id bigint,
    created_at timestamptz not null,
    indexed_at timestamptz,
    primary key (document_id, version)
);
create index document_version_queued on document_version (tenant_id, created_at) where state = 'queued';

create table chunk (
    id bigint generated always as identity primary key,
    tenant_id uuid not null references tenant,
    document_id bigint not null references document on delete cascade,
    version int not null,
    ordinal int not null,
    record text not null,
    source text not null,
    link text,
    title text not null,
    text text not null,
    hash bytea not null
);
create index chunk_of_document on chunk (document_id, ordinal);

create table setting (
    tenant_id uuid not null references tenant,
    key text not null,
    value jsonb not null,
    primary key (tenant_id, key)
);

create table audit (
    id bigint generated always as identity primary key,
    tenant_id uuid not null references tenant,
    at timestamptz not null,
    person_id bigint,
    action text not null,
    subject text not null,
    data jsonb not null default '{}'
);

create table usage_day (
    tenant_id uuid not null references tenant,
    day date not null,
    what text not null,
    count bigint not null default 0,
    primary key (tenant_id, day, what)
);

create table job (
    id bigint generated always as identity primary key,
    queue text not null,
    body bytea not null,
    due_at timestamptz not null,
    deadline timestamptz,
    attempt int not null default 0,
    taken int not null default 0,
    holder bigint,
    created_at timestamptz not null default now()
);
create index job_due on job (queue, due_at, id);
alter table job set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000, fillfactor = 70);

create table update_seen (
    bot_id bigint not null,
    update_id bigint not null,
    at timestamptz not null default now(),
    primary key (bot_id, update_id)
);

create table dead_letter (
    id bigint generated always as identity primary key,
    tenant_id uuid,
    queue text not null,
    body bytea not null,
    why text not null,
    at timestamptz not null,
    told boolean not null default false
);

-- Unlogged on purpose: after a crash of PostgreSQL every lease is free, and whoever held one fails its token check.
create unlogged table lease (
    name text primary key,
    token uuid not null,
    holder bigint not null,
    until timestamptz not null
);

create sequence worker_instance;

do $$
declare t text;
begin
    foreach t in array array['person','chat','conversation','message','pending_edit','question','ticket','ticket_event','outbox',
                             'document','document_version','chunk','setting','audit','usage_day']
    loop
        execute format('alter table %I enable row level security', t);
        execute format('alter table %I force row level security', t);
        execute format('create policy own_rows on %I using (tenant_id = nullif(current_setting(''support.tenant'', true), '''')::uuid)', t);
        execute format('grant select, insert, update, delete on %I to support_tenant', t);
    end loop;
end $$;

-- The directory of tenants and bots: a tenant sees its own rows; the desk's login role sees all, because it must find out whose update has come.
alter table tenant enable row level security;
alter table tenant force row level security;
create policy own_rows on tenant using (id = nullif(current_setting('support.tenant', true), '')::uuid);
create policy desk on tenant to current_user using (true) with check (true);
grant select, update (knowledge_change) on tenant to support_tenant;

alter table bot enable row level security;
alter table bot force row level security;
create policy own_rows on bot using (tenant_id = nullif(current_setting('support.tenant', true), '')::uuid);
create policy desk on bot to current_user using (true) with check (true);
grant select, update on bot to support_tenant;

-- What is overdue, in every tenant, without a way around row-level security: one tenant after the other. Ids only.
create function overdue(grace interval) returns table (kind text, tenant uuid, bot bigint, key bigint)
language plpgsql as $$
declare one uuid;
begin
    for one in select id from tenant loop
        perform set_config('support.tenant', one::text, true);
        return query select 'question', one, c.bot_id, c.id from conversation c where c.tenant_id = one and c.due_at < now() - grace;
        return query select distinct 'reply', one, o.bot_id, o.chat_id from outbox o where o.tenant_id = one and o.state in (0, 1) and o.due_at < now() - grace;
        return query select 'document', one, null::bigint, v.document_id from document_version v where v.tenant_id = one and v.state = 'queued' and v.created_at < now() - grace;
    end loop;
    perform set_config('support.tenant', '', true);
end $$;
