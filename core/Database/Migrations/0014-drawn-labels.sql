-- Only rounds of /label draw; what is judged in a replay is picked from a list.
drop index label_drawn;
drop index label_in_passing;
create index label_drawn on label (tenant_id, id) where source = 'round';
create index label_in_passing on label (tenant_id, id) where source <> 'round';

-- Of which model the confidence was that it was drawn by. A question below the cut of one model may be above that of the next.
alter table label add column model text;

-- What the draft was made from, so that what becomes of it is a label of that. No reference: the chunk goes with its document, the ticket stays.
alter table ticket add column draft_chunk bigint;
