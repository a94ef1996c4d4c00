const url = new URL(process.env.DATABASE_URL);
const dialect = { 'sqlite:': 'sqlite', 'postgresql:': 'postgresql', 'mysql:': 'mysql', 'mariadb:': 'mysql' }[
  url.protocol
];

export default {
  dialect,
  schema: `${process.env.DRIZZLE_SCHEMAS}/schema-${dialect}.js`,
  dbCredentials: { url: dialect === 'sqlite' ? url.pathname : url.href.replace(/^mariadb:/, 'mysql:') },
};
