-- With which model for the confidence a labelled question was asked last; null before this was kept: with the one of tenant.labels_model.
alter table label add column asked_with text;
