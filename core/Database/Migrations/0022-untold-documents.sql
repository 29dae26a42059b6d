-- A document that came by no chat: since when its company's editors were not told what it answers. They are told of several together, once no more come.
alter table document_version add column untold_since timestamptz;
-- Not by tenant first, as the other indexes of what waits (0010).
create index document_version_untold on document_version (untold_since) where untold_since is not null;

-- The editors were told that the documents answer this question now: a document that changes each hour does not tell of it each hour.
alter table ticket add column told_answerable boolean not null default false;

-- The sweep wakes for them, so that a desk that was off makes up for it.
alter policy waiting on document_version using ((state = 'queued' or untold_since is not null) and current_setting('support.sweep', true) = 'on');

create or replace function overdue(grace interval) returns table (kind text, tenant uuid, bot bigint, key bigint)
language plpgsql as $$
begin
    perform set_config('support.sweep', 'on', true);
    return query select 'question', c.tenant_id, c.bot_id, c.id from conversation c where c.due_at < now() - grace;
    return query select distinct 'reply', o.tenant_id, o.bot_id, o.chat_id from outbox o where o.state in (0, 1) and o.due_at < now() - grace;
    return query select 'document', v.tenant_id, null::bigint, v.document_id from document_version v where v.state = 'queued' and v.created_at < now() - grace;
    -- One of a company is enough. Whether more of them are coming is looked at by whoever is woken.
    return query select 'document', v.tenant_id, null::bigint, max(v.document_id) from document_version v where v.untold_since < now() - interval '2 minutes' group by v.tenant_id;
    perform set_config('support.sweep', '', true);
end $$;
