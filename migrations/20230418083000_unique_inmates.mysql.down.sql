-- InnoDB gave up its own index for a foreign key of jail_id when the unique key came, and needs one again.
alter table inmates add key jail_id (jail_id), drop key unique_inmate_hash, drop column h;
