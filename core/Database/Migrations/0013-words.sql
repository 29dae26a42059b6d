-- Words of the other alphabet that sound alike (ютуб: youtube), for an index outside PostgreSQL: a hash of the word's consonants, 0 where they are too
-- few to tell a word by. Words counted before have none; their counts are of another shape, and `knowledge reindex` makes them anew.
alter table knowledge_word add column sound int not null default 0;
create index knowledge_word_sound on knowledge_word (tenant_id, sound) where sound <> 0;
