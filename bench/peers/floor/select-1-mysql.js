import mysql from 'mysql2/promise';

const connection = await mysql.createConnection(process.env.DATABASE_URL.replace(/^mariadb:/, 'mysql:'));
await connection.query('select 1');
await connection.end();
