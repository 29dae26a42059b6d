-- Lists of tickets quote customers; this finds them when one of those is to be forgotten.
create index outbox_list on outbox (tenant_id, bot_id, id) where purpose = 'digest';
