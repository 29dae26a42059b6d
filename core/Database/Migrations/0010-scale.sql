-- A customer's tickets: each card names the earlier ones, and a customer who is forgotten takes all of them along.
create index ticket_of_conversation on ticket (conversation_id, id);
-- What was sent in a conversation, for the customer who has everything erased. Not while it waits: that would be one more entry for each reply.
create index outbox_sent_in on outbox (conversation_id) where state in (2, 3) and conversation_id is not null;
create index bot_of_tenant on bot (tenant_id);
create index dead_letter_untold on dead_letter (id) where not told and tenant_id is not null;

-- What waits, by when it is due and no longer by tenant first. While little waits, an index that begins with the tenant looks as good as the
-- one for the chat or the document, PostgreSQL takes it for them as well, and when much waits each claim looks through all of it.
drop index conversation_due, outbox_due, document_version_queued;
create index conversation_due on conversation (due_at) where due_at is not null;
create index outbox_due on outbox (due_at) where state in (0, 1);
create index document_version_queued on document_version (created_at) where state = 'queued';

-- One tenant after the other, the sweep asked three questions of each: with fifty thousand tenants it never came to an end. Now it asks
-- three in all, of the small indexes of what waits. What is overdue may be seen by the desk's login role alone, which may become any tenant
-- anyway, and only while overdue() says so: a tenant's role is none of those that the policies are for, whatever it sets. Nothing can be
-- changed this way, and the function gives ids only.
create policy waiting on conversation for select to current_user using (due_at is not null and current_setting('support.sweep', true) = 'on');
create policy waiting on outbox for select to current_user using (state in (0, 1) and current_setting('support.sweep', true) = 'on');
create policy waiting on document_version for select to current_user using (state = 'queued' and current_setting('support.sweep', true) = 'on');

create or replace function overdue(grace interval) returns table (kind text, tenant uuid, bot bigint, key bigint)
language plpgsql as $$
begin
    perform set_config('support.sweep', 'on', true);
    return query select 'question', c.tenant_id, c.bot_id, c.id from conversation c where c.due_at < now() - grace;
    return query select distinct 'reply', o.tenant_id, o.bot_id, o.chat_id from outbox o where o.state in (0, 1) and o.due_at < now() - grace;
    return query select 'document', v.tenant_id, null::bigint, v.document_id from document_version v where v.state = 'queued' and v.created_at < now() - grace;
    perform set_config('support.sweep', '', true);
end $$;
