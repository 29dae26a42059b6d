-- How often the model gave no vector for a text: at last it is left alone, so that it is not paid for again and again. Texts without a vector from before are tried anew.
alter table chunk_vector add column failures int not null default 0;
