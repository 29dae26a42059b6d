-- Bodies of jobs that are too large for a queue outside of PostgreSQL: the message there says which row. A desk table: no tenant sees it.
create table kept_body (
    id bigint generated always as identity primary key,
    body bytea not null,
    at timestamptz not null default now()
);
create index kept_body_at on kept_body (at);
