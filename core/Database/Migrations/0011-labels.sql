-- Whether a passage answered a question, said by a person. Tied to the words of both and to no chunk: documents are indexed again, labels stay.
-- The passage's own words are not kept, so that a document that is removed is gone from here as well.
create table label (
    id bigint generated always as identity primary key,
    tenant_id uuid not null,
    -- The question it was asked in, if it was asked in a chat: a customer who is forgotten takes the label along.
    question_id bigint references question on delete cascade,
    question text not null,
    question_hash bytea not null,
    passage_hash bytea not null,
    verdict smallint not null check (verdict in (0, 1, 2)),
    source text not null check (source in ('round', 'replay', 'thumb', 'choice', 'admin', 'suggested')),
    person_id bigint,
    -- What ranking saw when the question was asked last, and at which change of the knowledge that was.
    features jsonb not null default '{}',
    confidence double precision not null default 0,
    knowledge_change bigint not null default 0,
    -- The passage is the one that comes first for this question now.
    is_first boolean not null default true,
    -- Drawn at random from the questions at or above this confidence (0: from all), which were this share of the traffic.
    cut double precision not null default 0,
    above double precision not null default 1,
    at timestamptz not null,
    unique (tenant_id, question_hash, passage_hash, source)
);
create index label_of_question on label (question_id) where question_id is not null;
-- The newest ones of either kind, so that many thumbs do not crowd out the few labels that certify.
create index label_drawn on label (tenant_id, id) where source in ('round', 'replay');
create index label_in_passing on label (tenant_id, id) where source not in ('round', 'replay');
alter table label enable row level security;
alter table label force row level security;
create policy own_rows on label using (tenant_id = nullif(current_setting('support.tenant', true), '')::uuid);
grant select, insert, update, delete on label to support_tenant;

-- As the tenant's own labels tell it; null without enough of them. Which of the passages offered the customer chose (0: the first).
alter table question add column probability double precision, add column chosen int;
-- The newest questions of a company, of which some are drawn to be labelled.
create index question_of_tenant on question (tenant_id, id);

-- Up to which change of the knowledge the labelled questions were asked again, and of which model for the confidence; null while there are no
-- labels, -1 when some came or went since. Here, because whoever looks after all companies may see no company's labels.
alter table tenant add column labels_change bigint, add column labels_model text;
create index tenant_with_labels on tenant (id) where labels_change is not null;
grant update (labels_change, labels_model) on tenant to support_tenant;
