-- Ticket numbers without gaps of knowledge: one row a tenant, locked by whoever takes the next number until that is committed.
create table ticket_number (
    tenant_id uuid primary key references tenant,
    last int not null
);
alter table ticket_number enable row level security;
alter table ticket_number force row level security;
create policy own_rows on ticket_number using (tenant_id = nullif(current_setting('support.tenant', true), '')::uuid);
grant select, insert, update, delete on ticket_number to support_tenant;

alter table ticket add column draft_sent_at timestamptz, add column closed_by bigint;
alter table chat add column nowhere_told_at timestamptz;

create index ticket_waiting on ticket (tenant_id, bot_id, id) where state <> 'closed';
create index ticket_card on ticket (tenant_id, card_chat_id, card_message_id) where card_message_id is not null;
create index message_of_ticket on message (ticket_id, id) where ticket_id is not null;
create index outbox_of_ticket on outbox (ticket_id, id) where ticket_id is not null and state in (0, 1);
