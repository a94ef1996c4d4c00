import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** What a client asked of a server. */
export interface Count {
  statements: number;
  /** Of them `create …`, `alter …` and `drop …`. */
  ddl: number;
}

/** A proxy before a database server that counts the statements that go through it. */
export interface WireCounter {
  /** The database's URL by way of the proxy. */
  readonly url: string;
  readonly count: Count;
  close(): Promise<void>;
}

type Reader = (chunk: Buffer) => void;

/**
 * Counts on the wire rather than in the server's log: no rights and no settings are needed, and others may use the server
 * at the same time. The protocols are PostgreSQL's (Query and Execute messages) and MySQL's (COM_QUERY, COM_STMT_EXECUTE).
 */
export async function countOnWire(databaseUrl: string): Promise<WireCounter> {
  const target = new URL(databaseUrl);
  const count: Count = { statements: 0, ddl: 0 };
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    const read = target.protocol.startsWith('postgres') ? postgresReader(count) : mysqlReader(count);
    for (const socket of [client, upstream]) {
      sockets.add(socket.setNoDelay(true));
      socket.on('error', () => undefined);
      socket.on('close', () => (client.destroy(), upstream.destroy()));
    }
    client.on('data', read);
    client.pipe(upstream).pipe(client);
  });
  const url = new URL(databaseUrl);
  url.port = String(await listen(server));
  return {
    url: url.href,
    count,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

/** The first message has no type byte; those after it have one, and a length that does not include it. */
function postgresReader(count: Count): Reader {
  let isStarted = false;
  return inMessages((buffer) => {
    const header = isStarted ? 1 : 0;
    if (buffer.length < header + 4) return undefined;
    const length = header + buffer.readInt32BE(header);
    if (buffer.length < length) return undefined;
    if (!isStarted) isStarted = true;
    else countPostgres(count, String.fromCharCode(buffer[0] ?? 0), buffer.subarray(5, length));
    return length;
  });
}

function countPostgres(count: Count, type: string, body: Buffer): void {
  if (type === 'Q' || type === 'E') count.statements += 1;
  if (type === 'Q') countDdl(count, body.toString());
  // Parse: name of the statement, zero byte, text.
  if (type === 'P') countDdl(count, body.subarray(body.indexOf(0) + 1).toString());
}

/** Three bytes of length, one of sequence; a command begins a sequence, which sign-in packets do not. */
function mysqlReader(count: Count): Reader {
  return inMessages((buffer) => {
    if (buffer.length < 4) return undefined;
    const length = 4 + buffer.readUIntLE(0, 3);
    if (buffer.length < length) return undefined;
    if (buffer[3] === 0) countMysql(count, buffer[4], buffer.subarray(5, length));
    return length;
  });
}

const comQuery = 0x03;
const comPrepare = 0x16;
const comExecute = 0x17;

function countMysql(count: Count, command: number | undefined, body: Buffer): void {
  if (command === comQuery || command === comExecute) count.statements += 1;
  if (command === comQuery || command === comPrepare) countDdl(count, body.toString());
}

function countDdl(count: Count, sql: string): void {
  if (/^\s*(?:create|alter|drop)\b/iu.test(sql)) count.ddl += 1;
}

/** `take` gives the length of the message at the buffer's start, `undefined` while it is not complete. */
function inMessages(take: (buffer: Buffer) => number | undefined): Reader {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (let length = take(rest); length !== undefined; length = take(rest)) rest = rest.subarray(length);
  };
}
