import { accessSync, constants, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ServerInfo } from '../dialect.ts';
import type { Session } from '../session.ts';

/** The library's version, the database file, and the settings that matter to a migration. */
export async function readServer(session: Session): Promise<ServerInfo> {
  const [version] = await session.query<{ version: string }>('select sqlite_version() as version');
  const [main] = await session.query<{ file: string }>(`select file from pragma_database_list where name = 'main'`);
  const file = main?.file ?? '';
  const settings = Object.fromEntries(
    await Promise.all(pragmas.map(async (name) => [name, await readPragma(session, name)] as const)),
  );
  return {
    dialect: 'sqlite',
    version: version?.version ?? '',
    database: file === '' ? ':memory:' : file,
    user: '',
    readOnly: settings['query_only'] === '1' || (file !== '' && !isWritable(file)),
    missingRights: [],
    hidesTables: false,
    settings: { ...settings, ...(file !== '' && { file_system: fileSystemOf(file) }) },
  };
}

const pragmas = [
  'journal_mode',
  'foreign_keys',
  'legacy_alter_table',
  'encoding',
  'query_only',
  'synchronous',
  'busy_timeout',
];

async function readPragma(session: Session, name: string): Promise<string> {
  const [row] = await session.query(`pragma ${name}`);
  const [value] = Object.values(row ?? {}) as (string | number | undefined)[];
  return String(value ?? '');
}

/** The folder too: a transaction makes its journal there. */
function isWritable(file: string): boolean {
  try {
    accessSync(file, constants.W_OK);
    accessSync(dirname(file), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

// Magic numbers of statfs(2): file systems over a network, on which neither locks nor WAL can be relied on.
const remote: Readonly<Record<number, string>> = {
  0x6969: 'nfs',
  0xff534d42: 'cifs',
  0xfe534d42: 'smb2',
  0x65735546: 'fuse',
};

function fileSystemOf(file: string): string {
  try {
    return remote[statfsSync(file).type >>> 0] ?? 'local';
  } catch {
    return 'unknown';
  }
}
