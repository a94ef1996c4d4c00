-- One row per arrest.
-- migrate:when exists:inmates
-- migrate:expect-no-rows select jail_id from inmates where arrest_date is not null group by jail_id, arrest_date, name, dob, sex, race having count(*) > 1 limit 1
do $$
begin
  if not exists (
    select from pg_constraint where conname = 'unique_inmate_optimized' and conrelid = 'inmates'::regclass
  ) then
    alter table inmates add constraint unique_inmate_optimized unique (jail_id, arrest_date, name, dob, sex, race);
  end if;
end
$$;
