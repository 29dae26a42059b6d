-- What was read in a message's picture or heard in its voice, so that it is read once. Empty where nothing was to be read; null where nobody has tried, or a service failed.
alter table message add column reading text;
create index message_read on message (question_id) where reading is not null;
