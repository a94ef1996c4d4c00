import type { ServerError, ServerInfo } from '../dialects/dialect.ts';
import { MigrateError } from '../errors.ts';
import type { Run } from './run.ts';

type Asked = Pick<Run, 'dialect' | 'session' | 'connection'>;

/** Does `work`; an error of it says in what state the database is. */
export async function withState<Result>(run: Asked, state: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw await explainFailure(error, run, state);
  }
}

/** Does `work` of a run that has written to the log; an error of it says which run it ended. */
export async function withRunId<Result>(run: Asked, id: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const failure = await explainFailure(error, run);
    throw failure instanceof MigrateError ? Object.assign(failure, { runId: id }) : failure;
  }
}

/** An error of the server or driver as one with a permanent code, why, fix and state; any other error as it is. */
export async function explainFailure(error: unknown, run: Asked, state = untouched): Promise<unknown> {
  if (error instanceof MigrateError) {
    // What was thrown deeper down and says more of the state is right.
    if (error.state === untouched) error.state = state;
    return error;
  }
  const known = run.dialect.classifyError(error);
  return known
    ? ((await explainKnown(known, run, { cause: error, state })) ??
        new MigrateError('QUERY_FAILED', { message: known.message }, { cause: error, state }))
    : error;
}

/** The errors that mean the same wherever they come from. */
export async function explainKnown(
  { code, message }: ServerError,
  run: Asked,
  options: { readonly cause: unknown; readonly state: string },
): Promise<MigrateError | undefined> {
  const { server, database } = run.connection.describe;
  switch (code) {
    case 'CONNECTION_LOST':
    case 'SERVER_UNREACHABLE':
      return new MigrateError('CONNECTION_LOST', { message }, options);
    case 'RIGHT_MISSING':
      return new MigrateError('RIGHT_MISSING', { ...(await missingRight(run)), message }, options);
    case 'DISK_FULL':
      return new MigrateError('DISK_FULL', { message }, options);
    case 'READ_ONLY':
      return new MigrateError('READ_ONLY', { target: database, message }, options);
    case 'DATABASE_MISSING':
      return new MigrateError('DATABASE_MISSING', { database, message }, options);
    case 'ALREADY_LOCKED':
    case 'DEADLOCK':
      return new MigrateError(
        'TABLE_BUSY',
        { target: `${database} on ${server}`, waited: 'the time that a statement may wait' },
        options,
      );
    default:
      return undefined;
  }
}

/** Which right it is, asked of the server: its error names only what was wanted. */
async function missingRight({ dialect, session }: Asked): Promise<{ readonly right: string; readonly grant: string }> {
  const { missingRights } = await dialect
    .readServer(session)
    .catch((): Pick<ServerInfo, 'missingRights'> => ({ missingRights: [] }));
  if (missingRights.length === 0) return { right: 'do what is needed', grant: 'GRANT the right that the server names' };
  return {
    right: missingRights.map(({ right }) => right).join(', '),
    grant: missingRights.map(({ grant }) => grant).join(' '),
  };
}

const untouched = 'nothing was changed';
