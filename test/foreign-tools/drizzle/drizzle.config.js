const url = new URL(process.env.DATABASE_URL);
const dialect = { 'sqlite:': 'sqlite', 'postgresql:': 'postgresql', 'mysql:': 'mysql', 'mariadb:': 'mysql' }[
  url.protocol
];

export default {
  dialect,
  out: './drizzle',
  dbCredentials: { url: dialect === 'sqlite' ? url.pathname : url.href.replace(/^mariadb:/, 'mysql:') },
};
