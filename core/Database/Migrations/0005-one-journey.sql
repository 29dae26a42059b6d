-- A question's number is taken before the question is written, so that the buttons under its answer can name it in the same statement.
grant usage on sequence question_id_seq to support_tenant;
-- What a dead process held is looked for every second, also while a hundred thousand updates wait.
create index job_held on job (holder) where holder is not null;
-- Whoever worked on a job so many times did not live to say how it ended.
alter table job add column deaths int not null default 0;
