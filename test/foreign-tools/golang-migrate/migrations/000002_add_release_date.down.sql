alter table inmates drop column release_date;
