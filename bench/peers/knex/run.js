// knex without its command line.
import knex from 'knex';
import config from './knexfile.js';

const database = knex(config);
await database.migrate.latest();
await database.destroy();
