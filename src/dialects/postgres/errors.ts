import type { ServerError } from '../dialect.ts';

/** Reads SQLSTATE and the driver's own codes, wherever in the chain of causes they are. */
export function classifyError(error: unknown): ServerError | undefined {
  const found = chain(error).find(
    (item) => typeof item.code === 'string' && (isState(item.code) || Object.hasOwn(network, item.code)),
  );
  if (found) return classifyCode(found);
  // So the driver puts a password that the server asks for and nobody gave, or a server that does not prove itself.
  const unproven = chain(error).find(({ message }) => message?.startsWith('SASL: '));
  if (unproven) return { code: 'ACCESS_DENIED', answered: false, message: unproven.message ?? '' };
  // The driver gives a connection that ended no code at all.
  const ended = chain(error).find(({ message }) =>
    /^(?:Connection terminated|Client (?:has encountered a connection error|was closed))/u.test(message ?? ''),
  );
  return ended && { code: 'CONNECTION_LOST', answered: false, message: ended.message ?? '' };
}

interface Fault {
  readonly code?: string;
  readonly message?: string;
  readonly severity?: string;
  readonly table?: string;
  readonly constraint?: string;
  readonly detail?: string;
  readonly cause?: unknown;
  readonly errors?: unknown;
}

function chain(error: unknown, depth = 0): Fault[] {
  if (typeof error !== 'object' || error === null || depth > 8) return [];
  const fault = error as Fault;
  const inner = Array.isArray(fault.errors) ? (fault.errors as unknown[]) : [];
  return [fault, ...[fault.cause, ...inner].flatMap((item) => chain(item, depth + 1))];
}

/** Five characters of digits and capitals, one digit at least; the driver's own codes are longer words. */
function isState(code: string): boolean {
  return /^(?=.*\d)[0-9A-Z]{5}$/u.test(code) && !Object.hasOwn(network, code);
}

function classifyCode(fault: Fault): ServerError {
  const state = fault.code ?? '';
  const code =
    network[state] ??
    (isLogConflict(fault) ? 'LOG_CONFLICT' : (states[state] ?? classes[state.slice(0, 2)] ?? 'REFUSED'));
  return { code, answered: isAnswered(state, fault.severity), message: fault.message ?? state };
}

/** An error ends the statement, a FATAL one the session. */
function isAnswered(state: string, severity: string | undefined): boolean {
  const ends = severity === 'FATAL' || severity === 'PANIC' || state.startsWith('08') || state.startsWith('57P');
  return isState(state) && !ends;
}

/** Another run wrote the log's next version: the primary key of a table whose key is `version`. */
function isLogConflict({ code, table, constraint, detail }: Fault): boolean {
  return (
    code === '23505' && table !== undefined && constraint === `${table}_pkey` && (detail ?? '').includes('(version)=(')
  );
}

const network: Readonly<Record<string, ServerError['code']>> = {
  ECONNREFUSED: 'SERVER_UNREACHABLE',
  ENOTFOUND: 'SERVER_UNREACHABLE',
  EAI_AGAIN: 'SERVER_UNREACHABLE',
  EHOSTUNREACH: 'SERVER_UNREACHABLE',
  ENETUNREACH: 'SERVER_UNREACHABLE',
  ETIMEDOUT: 'SERVER_UNREACHABLE',
  ENOENT: 'SERVER_UNREACHABLE',
  ECONNRESET: 'CONNECTION_LOST',
  EPIPE: 'CONNECTION_LOST',
};

/** Appendix A of PostgreSQL's manual. */
const states: Readonly<Record<string, ServerError['code']>> = {
  '08001': 'SERVER_UNREACHABLE', // sqlclient_unable_to_establish_sqlconnection
  '08004': 'SERVER_UNREACHABLE', // sqlserver_rejected_establishment_of_sqlconnection
  '53300': 'SERVER_UNREACHABLE', // too_many_connections
  '57P03': 'SERVER_UNREACHABLE', // cannot_connect_now
  '57P01': 'CONNECTION_LOST', // admin_shutdown
  '57P02': 'CONNECTION_LOST', // crash_shutdown
  '57P04': 'CONNECTION_LOST', // database_dropped
  '57P05': 'CONNECTION_LOST', // idle_session_timeout
  '25P03': 'CONNECTION_LOST', // idle_in_transaction_session_timeout
  '28000': 'ACCESS_DENIED', // invalid_authorization_specification
  '28P01': 'ACCESS_DENIED', // invalid_password
  '3D000': 'DATABASE_MISSING', // invalid_catalog_name
  '42501': 'RIGHT_MISSING', // insufficient_privilege
  '25006': 'READ_ONLY', // read_only_sql_transaction
  '53100': 'DISK_FULL', // disk_full
  '55P03': 'ALREADY_LOCKED', // lock_not_available
  '40P01': 'DEADLOCK', // deadlock_detected
  '40001': 'DEADLOCK', // serialization_failure
  '42P01': 'OBJECT_MISSING', // undefined_table
  '42703': 'OBJECT_MISSING', // undefined_column
  '42704': 'OBJECT_MISSING', // undefined_object
  '42883': 'OBJECT_MISSING', // undefined_function
  '3F000': 'OBJECT_MISSING', // invalid_schema_name
  '42P07': 'OBJECT_EXISTS', // duplicate_table
  '42P06': 'OBJECT_EXISTS', // duplicate_schema
  '42701': 'OBJECT_EXISTS', // duplicate_column
  '42710': 'OBJECT_EXISTS', // duplicate_object
  '22001': 'ROWS_VIOLATE', // string_data_right_truncation
  '22003': 'ROWS_VIOLATE', // numeric_value_out_of_range
  '22007': 'ROWS_VIOLATE', // invalid_datetime_format
  '22008': 'ROWS_VIOLATE', // datetime_field_overflow
  '22P02': 'ROWS_VIOLATE', // invalid_text_representation
};

const classes: Readonly<Record<string, ServerError['code']>> = {
  '08': 'CONNECTION_LOST', // connection_exception
  '23': 'ROWS_VIOLATE', // integrity_constraint_violation
};
