-- Hashes made by the first release with Argon2 are not bcrypt's, as the new column says of all of them.
-- migrate:when exists:users.password_format

-- migrate:up data:true
-- migrate:after expect-no-rows select id from users where hashed_password like '$argon2%' and password_format = 'bcrypt'
update users set password_format = 'argon2' where hashed_password like '$argon2%' and password_format = 'bcrypt';

-- migrate:down
-- What is true of a hash stays true.
select 1;
