import { readFileSync } from 'node:fs';

export interface ServerUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** The user that a server runs as when the tests run as root (`postgres` refuses root); undefined otherwise. */
export function serverUser(): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const users = new Map(
    readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => [line.split(':')[0], line.split(':')]),
  );
  const fields = users.get('postgres') ?? users.get('nobody');
  if (!fields)
    throw new Error('The tests run as root and there is neither a user "postgres" nor "nobody" to run servers as.');
  return { name: String(fields[0]), uid: Number(fields[2]), gid: Number(fields[3]) };
}
