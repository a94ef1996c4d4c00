import type { OrmOptions } from './target.ts';

/** The config with what MikroORM's own environment variables say about the database, where the config says nothing. */
export function withEnvironment(config: OrmOptions, env: Readonly<Record<string, string | undefined>>): OrmOptions {
  const found = Object.entries(variables).flatMap(([name, option]) => {
    const value = env[name];
    return value === undefined ? [] : [[option, option === 'port' ? Number(value) : value] as const];
  });
  const said = Object.fromEntries(found) as OrmOptions;
  return config.preferEnvVars ? { ...config, ...said } : { ...said, ...config };
}

const variables: Readonly<Record<string, keyof OrmOptions>> = {
  MIKRO_ORM_CLIENT_URL: 'clientUrl',
  MIKRO_ORM_HOST: 'host',
  MIKRO_ORM_PORT: 'port',
  MIKRO_ORM_USER: 'user',
  MIKRO_ORM_PASSWORD: 'password',
  MIKRO_ORM_DB_NAME: 'dbName',
  MIKRO_ORM_SCHEMA: 'schema',
};
