-- Since when a customer waits for a person's word (null: nobody waits), from when the next reminder counts, and how many there were.
alter table ticket
    add column waits_since timestamptz,
    add column remind_from timestamptz,
    add column reminders int not null default 0,
    add column customer_told_at timestamptz;
create index ticket_unanswered on ticket (tenant_id, bot_id, id) where waits_since is not null;

-- Row-level security holds for migrations as well: one tenant after the other.
do $$
declare one uuid;
begin
    for one in select id from tenant loop
        perform set_config('support.tenant', one::text, true);
        update ticket t set waits_since = w.since, remind_from = now()
        from (select e.ticket_id, min(e.at) as since from ticket_event e
              where e.tenant_id = one and e.kind in ('opened', 'added', 'customer_wrote') and e.id > coalesce(
                  (select max(a.id) from ticket_event a where a.ticket_id = e.ticket_id and a.kind in ('replied', 'draft_sent', 'closed', 'forgotten')), 0)
              group by e.ticket_id) w
        where t.tenant_id = one and t.id = w.ticket_id and t.state <> 'closed';
    end loop;
    perform set_config('support.tenant', '', true);
end $$;

-- The first reminder after a while, each further one after twice that, from the fifth on once a day.
create function reminder_due(since timestamptz, sent int, first interval) returns timestamptz language sql stable as $$
    select since + case when sent < 4 then least(first * power(2, sent), greatest(first, interval '1 day')) else greatest(first, interval '1 day') end
$$;

-- Which bots have a ticket to remind of or a customer to tell, in every tenant, without a way around row-level security.
create function tickets_to_watch(first interval, tell interval, moment timestamptz) returns table (tenant uuid, bot bigint)
language plpgsql as $$
declare one uuid;
begin
    for one in select id from tenant loop
        perform set_config('support.tenant', one::text, true);
        return query select distinct one, t.bot_id from ticket t
            where t.tenant_id = one and t.waits_since is not null and t.state <> 'closed'
              and (reminder_due(t.remind_from, t.reminders, first) <= moment
                   or (t.first_reply_at is null and t.customer_told_at is null and t.card_chat_id is not null and t.waits_since + tell <= moment));
    end loop;
    perform set_config('support.tenant', '', true);
end $$;

-- One row for each tenant and week, whether there was anything to tell or not: that is how a report goes out once.
create table weekly_report (
    tenant_id uuid not null references tenant,
    week date not null,
    figures jsonb not null,
    sent boolean not null,
    made_at timestamptz not null,
    primary key (tenant_id, week)
);

create function tenants_without_report(monday date) returns setof uuid
language plpgsql as $$
declare one uuid;
begin
    for one in select id from tenant t where exists (select from bot b where b.tenant_id = t.id and b.token <> ''::bytea) loop
        perform set_config('support.tenant', one::text, true);
        if not exists (select from weekly_report r where r.tenant_id = one and r.week = monday) then
            return next one;
        end if;
    end loop;
    perform set_config('support.tenant', '', true);
end $$;

create index question_judged on question (tenant_id, answered_at) where feedback is not null;
create index outbox_in_doubt on outbox (tenant_id, created_at) where doubts > 0;

-- A document that lives at an address: what was brought from there last, and how often in a row it could not be brought.
create table source (
    tenant_id uuid not null references tenant,
    name text not null,
    url text not null,
    audience smallint not null,
    etag text,
    last_modified text,
    hash bytea,
    checked_at timestamptz not null,
    failures int not null default 0,
    told boolean not null default false,
    primary key (tenant_id, name)
);

do $$
declare t text;
begin
    foreach t in array array['weekly_report', 'source']
    loop
        execute format('alter table %I enable row level security', t);
        execute format('alter table %I force row level security', t);
        execute format('create policy own_rows on %I using (tenant_id = nullif(current_setting(''support.tenant'', true), '''')::uuid)', t);
        execute format('grant select, insert, update, delete on %I to support_tenant', t);
    end loop;
end $$;
