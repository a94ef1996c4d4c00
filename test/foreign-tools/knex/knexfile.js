const url = new URL(process.env.DATABASE_URL);
const clients = { 'sqlite:': 'better-sqlite3', 'postgresql:': 'pg', 'mysql:': 'mysql2', 'mariadb:': 'mysql2' };

export default {
  client: clients[url.protocol],
  connection: url.protocol === 'sqlite:' ? { filename: url.pathname } : url.href.replace(/^mariadb:/, 'mysql:'),
  useNullAsDefault: true,
  migrations: { directory: `${import.meta.dirname}/migrations` },
};
