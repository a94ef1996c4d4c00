import { MigrateError } from '../../errors.ts';

/** The error for what PostgreSQL cannot do; `page` is one of its manual. */
export function notSupported(what: string, page: string): MigrateError<'NOT_SUPPORTED'> {
  return new MigrateError('NOT_SUPPORTED', {
    what,
    database: 'PostgreSQL',
    manual: `https://www.postgresql.org/docs/current/${page}`,
  });
}
