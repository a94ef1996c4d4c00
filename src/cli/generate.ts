import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import type { LoadedConfig } from '../config/load-config.ts';
import { MigrateError } from '../errors.ts';
import { pendingFiles, planOnly } from '../pipeline.ts';
import { safeText } from '../report/safe-text.ts';
import { emptyMigration } from '../sequence/generated/empty-migration.ts';
import { sanitizeName, stampedName } from '../sequence/generated/file-name.ts';
import type { FoundFile } from '../sequence/formats/format.ts';
import { findFiles, oneSpelling } from '../sequence/read-files.ts';
import { generateMigration, generateSql, type GeneratedText } from '../stages/generate.ts';
import type { CommandContext } from './context.ts';
import { readModels, writeLock, type Models, type WrittenLock } from './lock.ts';
import { withJob } from './open-job.ts';
import { progressFor } from './reader.ts';

/** `migrate generate NAME`: writes what separates models and database as a migration file, and the lock file. */
export async function runGenerate(context: CommandContext, [name = '']: readonly string[]): Promise<number> {
  const base = sanitizeName(name);
  const models = await readModels(context);
  tell(context, await generate(context, models, { base, description: name.trim() }));
  return 0;
}

type Outcome =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'same'; readonly file: string }
  | {
      readonly kind: 'written';
      readonly file: string;
      readonly changes: readonly string[];
      readonly lock: WrittenLock;
    };

interface Named {
  readonly base: string;
  readonly description: string;
}

async function generate(context: CommandContext, models: Models, { base, description }: Named): Promise<Outcome> {
  const { generated, pending } = await textOf(context, models, description);
  if (!generated) return { kind: 'nothing' };
  const files = await filesOf(models.config);
  const same = context.options.empty ? undefined : sameFile(files, generated);
  if (same !== undefined) return { kind: 'same', file: same };
  refusePending(pending);
  const name = stampedName(
    base,
    new Date(),
    files.map((file) => file.base),
  );
  const file = writeNew(models.config, name + generated.ending, generated.text);
  return { kind: 'written', file, changes: generated.changes, lock: await writeLock(context, models) };
}

interface Generated {
  readonly generated: GeneratedText | undefined;
  readonly pending: readonly string[];
}

async function textOf(context: CommandContext, { everywhere }: Models, description: string): Promise<Generated> {
  const { options } = context;
  if (options.empty)
    return { generated: { text: emptyMigration(description), ending: '.ts', changes: [] }, pending: [] };
  return withJob(context, progressFor(context), async (job) => {
    const seen = await planOnly(job, { ignoresFiles: true });
    const generated = options.sql ? generateSql(job, seen) : generateMigration(job, seen, { everywhere, description });
    return { generated, pending: await pendingFiles(job) };
  });
}

/** A file that is still to run would be written down a second time. Throws USAGE. */
function refusePending(pending: readonly string[]): void {
  if (pending.length === 0) return;
  throw new MigrateError('USAGE', {
    message: `the database is behind its migration files: ${pending.join(', ')}`,
    help: 'run `migrate --ci` first',
  });
}

function filesOf({ file, migrate }: LoadedConfig): Promise<readonly FoundFile[]> {
  return findFiles({ root: dirname(file), globs: migrate.migrations.glob });
}

/** A file that does the same already, whatever it calls itself. */
function sameFile(files: readonly FoundFile[], { text, ending }: GeneratedText): string | undefined {
  const anonymous = (content: string): string => oneSpelling(content).replace(/^ {2}description: .*$/mu, '');
  return files.find((file) => file.base.endsWith(ending) && anonymous(file.text) === anonymous(text))?.path;
}

/** Writes a file in the migrations folder, never over another. Its path from the config's folder. Throws FILE_EXISTS. */
function writeNew({ file: config, migrate }: LoadedConfig, name: string, text: string): string {
  const root = dirname(config);
  const path = resolve(root, firstFolder(migrate.migrations.glob), name);
  const shown = relative(root, path).split(sep).join('/');
  if (existsSync(path)) throw new MigrateError('FILE_EXISTS', { file: shown });
  mkdirSync(dirname(path), { recursive: true });
  // Another process may have made it since.
  writeFileSync(path, text, { flag: 'wx' });
  return shown;
}

/** The part of the first glob that is a plain path. */
function firstFolder([glob = '']: readonly string[]): string {
  const parts = glob.split('/').slice(0, -1);
  const magic = parts.findIndex((part) => /[*?[\]{}()!]/u.test(part));
  return parts.slice(0, magic < 0 ? undefined : magic).join('/');
}

function tell({ options, writeOut }: CommandContext, outcome: Outcome): void {
  writeOut(options.json ? JSON.stringify(asJson(outcome)) : safeText(describe(outcome)));
}

function describe(outcome: Outcome): string {
  if (outcome.kind === 'nothing') return '🎉 Nothing to generate: the database is as the models say';
  if (outcome.kind === 'same') return `📝 ${outcome.file} says the same already; nothing to write`;
  const { file, changes, lock } = outcome;
  return [
    `📝 Written to ${file}${changes.length === 0 ? '' : ':'}`,
    ...changes.map((change) => `  - ${change}`),
    ...(lock.changed ? [`🔒 Release ${lock.lock.id} written to ${lock.name}`] : []),
  ].join('\n');
}

function asJson(outcome: Outcome): unknown {
  if (outcome.kind !== 'written') return outcome;
  const { kind, file, changes, lock } = outcome;
  return { kind, file, changes, release: { id: lock.lock.id, parents: lock.lock.parents, changed: lock.changed } };
}
