-- What an answer's "why" needs beyond the features' values: what each weighed, which of the question's words the best passage has, how the question
-- was read, and which passages were offered to choose from. Customers' words, so it goes with the question when they are forgotten.
alter table question add column trace jsonb not null default '{}';
