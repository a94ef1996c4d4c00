import type { ServerError } from '../dialect.ts';

/** The meaning of an error of SQLite, whatever wraps it. Codes: https://www.sqlite.org/rescode.html. */
export function classifyError(error: unknown): ServerError | undefined {
  const found = findSqliteError(error);
  if (!found) return undefined;
  return { code: codeOf(found), answered: true, message: found.message };
}

interface SqliteError {
  readonly code: string;
  readonly message: string;
}

/** MikroORM copies the driver's fields to its own exception; others keep the driver's error as the cause. */
function findSqliteError(error: unknown, depth = 0): SqliteError | undefined {
  if (!(error instanceof Error) || depth > 5) return undefined;
  if ('code' in error && typeof error.code === 'string' && error.code.startsWith('SQLITE_'))
    return { code: error.code, message: error.message };
  return findSqliteError(error.cause, depth + 1);
}

function codeOf({ code, message }: SqliteError): ServerError['code'] {
  if (isLogConflict(code, message)) return 'LOG_CONFLICT';
  const primary = code.split('_').slice(0, 2).join('_');
  return (primary === 'SQLITE_ERROR' ? meaningOfText(message) : primaryCodes[primary]) ?? 'REFUSED';
}

const primaryCodes: Readonly<Record<string, ServerError['code']>> = {
  SQLITE_BUSY: 'ALREADY_LOCKED',
  SQLITE_LOCKED: 'ALREADY_LOCKED',
  SQLITE_READONLY: 'READ_ONLY',
  SQLITE_PERM: 'READ_ONLY',
  SQLITE_FULL: 'DISK_FULL',
  SQLITE_CANTOPEN: 'SERVER_UNREACHABLE',
  SQLITE_CONSTRAINT: 'ROWS_VIOLATE',
};

// The only key of the log that two runs can both want.
function isLogConflict(code: string, message: string): boolean {
  return (
    /^SQLITE_CONSTRAINT_(?:PRIMARYKEY|ROWID|UNIQUE)$/u.test(code) && /: \w*schema_versions\.version$/u.test(message)
  );
}

// SQLite has one code for all errors of a statement: their text, unchanged for decades, is all there is.
function meaningOfText(message: string): ServerError['code'] | undefined {
  if (/^no such (?:table|column|index|view|trigger)\b/u.test(message)) return 'OBJECT_MISSING';
  if (/already exists$|^duplicate column name|^there is already /u.test(message)) return 'OBJECT_EXISTS';
  return undefined;
}
