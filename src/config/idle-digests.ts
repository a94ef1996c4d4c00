import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { sha256 } from '../schema/sha256.ts';

/** Digests of everything that a run can see without a database; if they match, only the database is left to ask. */
export interface IdleDigests {
  /** Config, models and whatever they import: path from the lock file's project → SHA-256. */
  readonly files: Readonly<Record<string, string>>;
  /** Names of the files in each folder that one of them lies in, and in `migrations`: a new file is seen too. */
  readonly folders: Readonly<Record<string, string>>;
  /** Names and texts of what each folder of migration files holds. */
  readonly migrations: Readonly<Record<string, string>>;
  /** Versions of the packages that take part. */
  readonly packages: Readonly<Record<string, string>>;
  /** Variables that the config reads, besides DATABASE_URL: SHA-256 of the value, `null` where unset. */
  readonly environment: Readonly<Record<string, string | null>>;
  /** The database where DATABASE_URL is not set: a SQLite file in the project. Absent: there must be a DATABASE_URL. */
  readonly defaultFile?: string;
  readonly log: { readonly versions: string; readonly lock: string; readonly schema?: string };
}

/** True when nothing that the digests cover has changed, but for `areMigrationsUnchanged`. Reads files only; `root` is the project's folder. */
export function isUnchanged(
  digests: IdleDigests,
  root: string,
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  return (
    Object.entries(digests.environment).every(([name, digest]) => digestVariable(env[name]) === digest) &&
    Object.entries(digests.files).every(([file, digest]) => digestFile(resolve(root, file)) === digest) &&
    Object.entries(digests.folders).every(([folder, digest]) => digestFolder(resolve(root, folder)) === digest) &&
    Object.entries(digests.packages).every(([name, version]) => versionOf(name, root) === version)
  );
}

/** The same of the migration files alone, which may be many; false where one cannot be read. `onText` is told each text. */
export function areMigrationsUnchanged(
  { migrations }: IdleDigests,
  root: string,
  onText: (file: string, text: string) => void,
): boolean {
  try {
    return Object.entries(migrations).every(
      ([folder, digest]) => digestContents(resolve(root, folder), onText) === digest,
    );
  } catch {
    return false;
  }
}

/** SHA-256 of a file's text; throws where it is missing. */
export function digestFile(file: string): string {
  return sha256(readFileSync(file, 'utf8'));
}

/** The names in a folder, none where it is missing; the lock file itself is left out, since it is written with the digest. */
export function digestFolder(folder: string): string {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name !== 'schema.lock.json') : [];
  return sha256(names.toSorted().join('\n'));
}

/** The names in a folder and the texts of its files, in one digest: a thousand files cost a start no more than they must. */
export function digestContents(folder: string, onText: (file: string, text: string) => void = () => {}): string {
  if (!existsSync(folder)) return digestFolder(folder);
  const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => name !== 'schema.lock.json');
  // As text Node.js reads a file in one call, thrice as fast as its bytes.
  const texts = entries
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map((entry) => {
      if (!entry.isFile()) return `${entry.name}\0`;
      const file = `${folder}${sep}${entry.name}`;
      const text = readFileSync(file, 'utf8');
      onText(file, text);
      return `${entry.name}\0${text}`;
    });
  return sha256(texts.join(''));
}

/** The digest of an environment variable's value, which may be a secret; `null` where it is not set. */
export function digestVariable(value: string | undefined): string | null {
  return value === undefined ? null : sha256(value);
}

/** The installed version of a package, found by walking up from the project as Node.js does. */
export function versionOf(name: string, root: string): string | undefined {
  for (let folder = root; ; folder = dirname(folder)) {
    const version = readVersion(join(folder, 'node_modules', name, 'package.json'));
    if (version !== undefined || dirname(folder) === folder) return version;
  }
}

function readVersion(file: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
  } catch {
    return undefined;
  }
}
