-- One row per arrest.
-- migrate:when exists:inmates
-- migrate:expect-no-rows select jail_id from inmates where arrest_date is not null group by jail_id, arrest_date, name, dob, sex, race having count(*) > 1 limit 1
create unique index if not exists unique_inmate_optimized on inmates (jail_id, arrest_date, name, dob, sex, race);
