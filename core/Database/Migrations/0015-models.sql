-- What calls of model services came to. No words of a customer, of a document or of an answer: numbers and names of models only.
create table model_call (
    id bigint generated always as identity primary key,
    tenant_id uuid not null,
    -- One for each question and for each document that is indexed; question.model_use is the same.
    use_id uuid not null,
    role text not null,
    model text not null,
    prompt_tokens int not null,
    cached_tokens int not null,
    completion_tokens int not null,
    cost numeric not null,
    ms int not null,
    failure text,
    at timestamptz not null
);
create index model_call_of_use on model_call (tenant_id, use_id);
create index model_call_of_time on model_call (tenant_id, at);

-- The sum of a company's day (UTC), which its budget is held against.
create table model_day (
    tenant_id uuid not null,
    day date not null,
    calls bigint not null default 0,
    failed bigint not null default 0,
    prompt_tokens bigint not null default 0,
    cached_tokens bigint not null default 0,
    completion_tokens bigint not null default 0,
    cost numeric not null default 0,
    -- The admins were told that the day's budget is spent.
    told boolean not null default false,
    primary key (tenant_id, day)
);

do $$
declare t text;
begin
    foreach t in array array['model_call', 'model_day']
    loop
        execute format('alter table %I enable row level security', t);
        execute format('alter table %I force row level security', t);
        execute format('create policy own_rows on %I using (tenant_id = nullif(current_setting(''support.tenant'', true), '''')::uuid)', t);
        execute format('grant select, insert, update, delete on %I to support_tenant', t);
    end loop;
end $$;

-- Which calls a question took: those of model_call with this use_id. Null without a model.
alter table question add column model_use uuid;
