-- One row per arrest. The six columns are too wide for a key, so their hash stands for them: docs/adr/0002-unique-key-of-inmates.md
-- migrate:when exists:inmates
-- migrate:when missing:inmates.h
-- migrate:expect-no-rows select jail_id from inmates where arrest_date is not null group by jail_id, arrest_date, name, dob, sex, race having count(*) > 1 limit 1
-- migrate:after expect-rows select 1 from information_schema.statistics where table_schema = database() and index_name = 'unique_inmate_hash'
alter table inmates
  add column h binary(32) generated always as (unhex(sha2(concat(
    `arrest_date`, ':',
    char_length(`name`), ':', lower(convert(`name` using utf8mb4) collate utf8mb4_unicode_ci),
    char_length(`dob`), ':', lower(convert(`dob` using utf8mb4) collate utf8mb4_unicode_ci),
    char_length(`sex`), ':', lower(convert(`sex` using utf8mb4) collate utf8mb4_unicode_ci),
    char_length(`race`), ':', lower(convert(`race` using utf8mb4) collate utf8mb4_unicode_ci)
  ), 256))) virtual,
  add unique key unique_inmate_hash (jail_id, h);
