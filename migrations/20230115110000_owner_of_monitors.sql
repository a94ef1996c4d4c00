-- Whose monitor it is. No foreign key: the accounts of the payment system come and go.
-- migrate:when exists:monitors
-- migrate:when missing:monitors.user_id

-- migrate:up
-- migrate:after expect-no-rows select idmonitors from monitors where user_id is not null
alter table monitors add column user_id integer;

-- migrate:down
alter table monitors drop column user_id;
