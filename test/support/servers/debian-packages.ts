import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './cache-folder.ts';
import { runCommand } from './command.ts';
import type { Command } from './command.ts';
import { showProgress } from './progress.ts';

export interface PackageSet {
  /** The folder in the cache begins with it. */
  readonly name: string;
  /** `own`: the distribution that runs here, using its installed libraries. `sid`: Debian's newest, with all its libraries. */
  readonly suite: 'own' | 'sid';
  readonly packages: readonly string[];
}

export interface UnpackedPackages {
  readonly root: string;
  /** How to run a program of these packages; `path` as installed, e.g. `usr/sbin/mysqld`. */
  command(path: string): Command;
}

/**
 * Downloads packages with what they depend on and unpacks them into the cache folder; later calls find them there.
 * Needs apt-get and dpkg-deb, but no root: apt gets a private state, and nothing on the system changes.
 */
export async function unpackPackages(set: PackageSet): Promise<UnpackedPackages> {
  const root = join(cacheFolder(), `${set.name}-${digest(set)}`);
  if (!existsSync(root)) await downloadAndUnpack(set, root);
  return { root, command: (path) => commandOf(set, root, join(root, path)) };
}

/** True where `unpackPackages` can work at all. */
export function hasDebianTools(): boolean {
  return ['apt-get', 'dpkg-deb'].every((tool) => existsSync(`/usr/bin/${tool}`));
}

/** Another choice of packages is another folder. */
function digest(set: PackageSet): string {
  return createHash('sha256').update(JSON.stringify(set)).digest('hex').slice(0, 8);
}

async function downloadAndUnpack(set: PackageSet, root: string): Promise<void> {
  const work = `${root}.${process.pid}.tmp`;
  rmSync(work, { recursive: true, force: true });
  const unpacked = join(work, 'root');
  for (const folder of ['lists/partial', 'archives/partial', 'root'])
    mkdirSync(join(work, folder), { recursive: true });
  try {
    const options = aptOptions(set, work);
    showProgress(
      `${set.name}: reading the package list (${set.suite === 'own' ? 'this distribution' : 'Debian sid'}) …`,
    );
    await runCommand({ file: 'apt-get', args: [...options, 'update'] });
    showProgress(`${set.name}: downloading ${set.packages.join(', ')} …`);
    await runCommand({
      file: 'apt-get',
      args: [...options, 'install', '-y', '--no-install-recommends', '--download-only', ...set.packages],
    });
    const archives = readdirSync(join(work, 'archives')).filter((file) => file.endsWith('.deb'));
    showProgress(`${set.name}: unpacking ${archives.length} packages …`);
    for (const archive of archives) {
      await runCommand({ file: 'dpkg-deb', args: ['-x', join(work, 'archives', archive), unpacked] });
    }
    publish(unpacked, root);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** The rename is atomic: a folder of the final name is complete, and of two runs at once the first wins. */
function publish(unpacked: string, root: string): void {
  try {
    renameSync(unpacked, root);
  } catch (error) {
    if (!existsSync(root)) throw error;
  }
}

function aptOptions(set: PackageSet, work: string): string[] {
  const sources = join(work, 'sources.list');
  writeFileSync(sources, sourceLines(set.suite));
  const settings = {
    'Dir::Etc::sourcelist': sources,
    'Dir::Etc::sourceparts': '-',
    'Dir::State::lists': join(work, 'lists'),
    'Dir::Cache::archives': join(work, 'archives'),
    'Dir::Cache::pkgcache': join(work, 'pkgcache.bin'),
    'Dir::Cache::srcpkgcache': join(work, 'srcpkgcache.bin'),
    'Acquire::Languages': 'none',
    'Debug::NoLocking': 'true',
    // Without this apt would download as the user `_apt`, who may not write to the private folder.
    ...(process.getuid?.() === 0 ? { 'APT::Sandbox::User': 'root' } : {}),
    // Nothing counts as installed, so that a newer C library comes along too.
    ...(set.suite === 'sid' ? { 'Dir::State::status': '/dev/null' } : {}),
  };
  return ['-q', ...Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`])];
}

const debianKeyring = '/usr/share/keyrings/debian-archive-keyring.gpg';

function sourceLines(suite: PackageSet['suite']): string {
  const { ID: id, VERSION_CODENAME: codename } = readOsRelease();
  const signed = id === 'debian' && existsSync(debianKeyring) ? `[signed-by=${debianKeyring}] ` : '';
  if (suite === 'sid') return `deb ${signed}${archiveAddress('debian')} sid main\n`;
  if (!codename)
    throw new Error('/etc/os-release has no VERSION_CODENAME: cannot tell which packages fit this machine.');
  const components = id === 'ubuntu' ? 'main universe' : 'main';
  return `deb ${signed}${archiveAddress(id ?? 'debian')} ${codename} ${components}\n`;
}

/** The archive (mirror) that this machine already uses, else the one that the environment names. */
function archiveAddress(distribution: string): string {
  const found = readSystemSources().match(new RegExp(`https?://[^\\s\\]]+/${distribution}/?(?=\\s|$)`, 'm'));
  const address = found?.[0] ?? process.env['MIKRATE_TEST_ARCHIVE'];
  if (address === undefined)
    throw new Error(
      `apt's sources name no archive of ${distribution}: set MIKRATE_TEST_ARCHIVE to the address of one, or the URLs of running servers (CONTRIBUTING.md).`,
    );
  return address;
}

function readSystemSources(): string {
  const folder = '/etc/apt/sources.list.d';
  const parts = existsSync(folder) ? readdirSync(folder).map((file) => join(folder, file)) : [];
  return ['/etc/apt/sources.list', ...parts]
    .filter((file) => /\.(list|sources)$/.test(file) && existsSync(file))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')
    .replace(/^#.*$/gm, '');
}

function readOsRelease(): Record<string, string | undefined> {
  const lines = readFileSync('/etc/os-release', 'utf8').matchAll(/^(\w+)="?([^"\n]*)"?$/gm);
  return Object.fromEntries([...lines].map(([, name, value]) => [String(name), value]));
}

function commandOf(set: PackageSet, root: string, program: string): Command {
  const libraries = libraryFolders(root);
  if (set.suite === 'own') return { file: program, args: [], env: { LD_LIBRARY_PATH: libraries.join(':') } };
  // A program of sid needs sid's C library, and that only works with the loader it was built with.
  return { file: findLoader(libraries), args: ['--library-path', libraries.join(':'), program] };
}

function libraryFolders(root: string): string[] {
  const folders = ['usr/lib', 'lib'].map((folder) => join(root, folder)).filter(existsSync);
  const triplets = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => /-linux-gnu/.test(name))
      .map((name) => join(folder, name)),
  );
  return triplets.flatMap((folder) => [folder, join(folder, 'mysql')]).filter(existsSync);
}

function findLoader(libraries: readonly string[]): string {
  for (const folder of libraries) {
    const loader = readdirSync(folder).find((name) => /^ld-linux.*\.so\.\d+$/.test(name));
    if (loader) return join(folder, loader);
  }
  throw new Error(`No loader (ld-linux*.so) in ${libraries.join(', ')}: the unpacked packages are not complete.`);
}
