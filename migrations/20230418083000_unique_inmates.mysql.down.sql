alter table inmates drop key unique_inmate_hash, drop column h;
