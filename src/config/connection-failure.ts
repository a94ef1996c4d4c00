import { redact } from './secret.ts';

/** Why there is no connection. `unreachable` may pass with time, the others do not. */
export type FailureKind = 'unreachable' | 'denied' | 'missing' | 'rights' | 'tls' | 'forbidden' | 'config' | 'refused';

export interface ConnectionFailure {
  readonly kind: FailureKind;
  readonly message: string;
}

/** What an error of pg, mysql2 or better-sqlite3 means before there is a session. Reads codes; a text only where there is none. */
export function connectionFailure(error: unknown): ConnectionFailure {
  const { code = '', message, isProgram } = deepest(error);
  const kind = isProgram ? 'config' : isUnproven(message) ? 'denied' : kindOf(code);
  return { kind, message: redact(message || code || 'no answer') };
}

/** So pg puts a password that the server asks for and nobody gave, without a code. */
function isUnproven(message: string): boolean {
  return message.startsWith('SASL: ');
}

function kindOf(code: string): FailureKind {
  if (forbiddenFile.test(code)) return 'forbidden';
  return kinds[code] ?? (answeredByServer.test(code) ? 'refused' : 'unreachable');
}

/** A host with several addresses fails with one error per address and no text of its own. */
function deepest(error: unknown): { code?: string; message: string; isProgram?: true } {
  if (error instanceof AggregateError && error.errors.length > 0) return deepest(error.errors[0]);
  if (!(error instanceof Error)) return { message: String(error) };
  // No network fails so: an option of the wrong type, or a hook of the config.
  if (faultsOfProgram.some((fault) => error instanceof fault)) return { message: error.message, isProgram: true };
  const { code } = error as { code?: unknown };
  return { message: error.message, ...(typeof code === 'string' && { code }) };
}

const faultsOfProgram = [TypeError, ReferenceError, RangeError, SyntaxError];

/** https://www.sqlite.org/rescode.html, with what extends these codes. */
const forbiddenFile = /^SQLITE_(?:CANTOPEN|READONLY|PERM|AUTH)/u;

const kinds: Readonly<Record<string, FailureKind>> = {
  // PostgreSQL, https://www.postgresql.org/docs/current/errcodes-appendix.html
  '28P01': 'denied',
  '28000': 'denied',
  '42501': 'rights',
  '3D000': 'missing',
  '57P03': 'unreachable',
  '53300': 'unreachable',
  EPIPE: 'unreachable',
  // MySQL and MariaDB, https://dev.mysql.com/doc/mysql-errors/8.0/en/server-error-reference.html
  ER_ACCESS_DENIED_ERROR: 'denied',
  ER_ACCESS_DENIED_NO_PASSWORD_ERROR: 'denied',
  ER_DBACCESS_DENIED_ERROR: 'rights',
  ER_HOST_NOT_PRIVILEGED: 'denied',
  AUTH_SWITCH_PLUGIN_ERROR: 'denied',
  ER_BAD_DB_ERROR: 'missing',
  ER_CON_COUNT_ERROR: 'unreachable',
  ER_SERVER_SHUTDOWN: 'unreachable',
  HANDSHAKE_NO_SSL_SUPPORT: 'tls',
  HANDSHAKE_SSL_ERROR: 'tls',
  // OpenSSL, https://nodejs.org/api/tls.html#x509-certificate-error-codes
  SELF_SIGNED_CERT_IN_CHAIN: 'tls',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls',
  UNABLE_TO_GET_ISSUER_CERT: 'tls',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls',
  CERT_HAS_EXPIRED: 'tls',
  ERR_TLS_CERT_ALTNAME_INVALID: 'tls',
};

/** A SQLSTATE that is no connection exception, or a named server error. */
const answeredByServer = /^(?:(?!08)[0-9A-Z]{5}|ER_.*|SQLITE_.*)$/u;
