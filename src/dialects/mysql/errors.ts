import type { ServerError } from '../dialect.ts';

/** What the driver says of an error: the number that the server gave it, or the code of a failed connection. */
interface DriverError {
  readonly errno?: unknown;
  readonly code?: unknown;
  readonly fatal?: unknown;
  readonly sql?: unknown;
  readonly sqlMessage?: unknown;
  readonly message?: unknown;
  readonly cause?: unknown;
}

/** The meaning of an error of MySQL, MariaDB or the mysql2 driver, however deep it is wrapped. */
export function classifyError(error: unknown): ServerError | undefined {
  const found = driverErrorIn(error);
  if (!found) return undefined;
  const message = textOf(found.sqlMessage) || textOf(found.message);
  const number = typeof found.errno === 'number' ? found.errno : 0;
  if (number >= 1000) return classifyNumber(number, found, message);
  const code = lostCodes.has(String(found.code))
    ? 'CONNECTION_LOST'
    : unreachableCodes.has(String(found.code))
      ? 'SERVER_UNREACHABLE'
      : found.fatal === true
        ? 'CONNECTION_LOST'
        : undefined;
  return code && { code, answered: false, message };
}

function driverErrorIn(error: unknown): DriverError | undefined {
  for (
    let at: unknown = error, depth = 0;
    typeof at === 'object' && at !== null && depth < 8;
    at = (at as DriverError).cause, depth += 1
  ) {
    const { errno, code, fatal } = at as DriverError;
    if (typeof errno === 'number' || typeof code === 'string' || fatal === true) return at;
  }
  return undefined;
}

function classifyNumber(number: number, error: DriverError, message: string): ServerError {
  if (number === 1062 && isLogConflict(error)) return { code: 'LOG_CONFLICT', answered: true, message };
  const code = codes.get(number) ?? (error.fatal === true ? 'CONNECTION_LOST' : 'REFUSED');
  return { code, answered: code !== 'CONNECTION_LOST', message };
}

// Two writers of the log: the server names the key `schema_versions.PRIMARY` or only `PRIMARY`, the driver keeps the statement.
function isLogConflict({ sql, sqlMessage, message }: DriverError): boolean {
  const told = textOf(sqlMessage) || textOf(message);
  return (
    /PRIMARY'?$/u.test(told) &&
    (told.includes('schema_versions.') || /^insert\s+into\s+[^(]*schema_versions/iu.test(textOf(sql)))
  );
}

const groups: readonly (readonly [ServerError['code'], readonly number[]])[] = [
  ['ACCESS_DENIED', [1045, 1130, 1698, 1820, 1862, 3118, 3955, 4151]],
  ['DATABASE_MISSING', [1046, 1049]],
  ['RIGHT_MISSING', [1044, 1142, 1143, 1227, 1370, 1419]],
  ['READ_ONLY', [1290, 1792, 1836, 3989]],
  ['DISK_FULL', [1021, 1114]],
  ['SERVER_UNREACHABLE', [1040, 1047, 1203, 1226]],
  ['CONNECTION_LOST', [1053, 1077, 1079, 1152, 1153, 1158, 1159, 1160, 1161, 1184, 1927, 2006, 2013, 3169, 4031]],
  ['ALREADY_LOCKED', [1205, 3572]],
  ['DEADLOCK', [1213, 3101]],
  ['OBJECT_EXISTS', [1007, 1022, 1050, 1060, 1061, 1304, 1359, 1826, 3822]],
  ['OBJECT_MISSING', [1051, 1054, 1072, 1091, 1146, 1176, 1360, 3821]],
  [
    'ROWS_VIOLATE',
    [
      1048, 1062, 1138, 1216, 1217, 1264, 1265, 1292, 1364, 1366, 1406, 1451, 1452, 1526, 1586, 1690, 1748, 3140, 3157,
      3819, 4025,
    ],
  ],
];

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const codes = new Map(groups.flatMap(([code, numbers]) => numbers.map((number) => [number, code] as const)));
const lostCodes = new Set([
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR',
  'PROTOCOL_PACKETS_OUT_OF_ORDER',
  'PROTOCOL_SEQUENCE_TIMEOUT',
  'ECONNRESET',
  'EPIPE',
]);
const unreachableCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'ENOENT',
  'EACCES',
  'HANDSHAKE_SSL_ERROR',
  'HANDSHAKE_NO_SSL_SUPPORT',
]);
