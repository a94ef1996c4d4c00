import { codeSemantics } from '../code-semantics.ts';
import { doesNotLoad } from '../does-not-load.ts';
import type { LoadedScript } from '../migration-file.ts';
import type { Script, StatementStep } from '../script.ts';
import { splitTexts } from '../split-script.ts';
import { codeName } from './code-name.ts';
import type { Format, FormatContext, FoundFile } from './format.ts';
import { exportedValues, importMigration } from './import-migration.ts';
import { isMigrationClass, type MigrationClass } from './mikro-orm-class.ts';
import { readCode } from './read-code.ts';
import { rehearse, type Rehearsal } from './rehearse.ts';
import { resolveOrm, type Orm } from './resolve-orm.ts';
import { runLive } from './run-live.ts';
import { saysInCode } from './says-in-code.ts';

/** Files with a class that extends MikroORM's `Migration`. */
export const mikroOrm: Format = {
  name: 'mikro-orm',
  owns: (file) =>
    codeName(file.base) !== undefined && saysInCode(file, /\bclass\b[^{]*\sextends\s+[\w$.]*Migration\b/u),
  read: (files, context) =>
    files.map((file) =>
      readCode(file, 'mikro-orm', {
        semantics: async () => codeSemantics(file.text),
        load: () => loadMigration(file, context),
      }),
    ),
};

async function loadMigration(file: FoundFile, context: FormatContext): Promise<LoadedScript> {
  const Migration = await importClass(file, context);
  const orm = await resolveOrm(context.orm);
  const up = await rehearse(Migration, 'up', orm);
  if ('error' in up) throw doesNotLoad(file, `up() fails: ${messageOf(up.error)}`, { cause: up.error });
  const down = await rehearse(Migration, 'down', orm);
  const script =
    up.immediate || ('immediate' in down && down.immediate)
      ? asCall({ Migration, orm, context, hasWayBack: givesWayBack(down) })
      : asStatements({ up: up.queries, down: givesWayBack(down) ? down.queries : undefined, context });
  return { source: 'legacy', transaction: up.transactional, ...script };
}

/** Code that asks the database while it runs is run when its turn comes, both ways. */
function asCall({ Migration, orm, context, hasWayBack }: Call): Pick<Script, 'steps'> {
  const call = (way: 'up' | 'down') => runLive(Migration, way, { orm, lexis: context.dialect.lexis });
  return { steps: [{ kind: 'call', run: call('up'), ...(hasWayBack && { undo: call('down') }) }] };
}

interface Call {
  readonly Migration: MigrationClass;
  readonly orm: Orm;
  readonly context: FormatContext;
  readonly hasWayBack: boolean;
}

/** What only gives SQL is known beforehand. */
function asStatements({ up, down, context }: Queries): Pick<Script, 'steps' | 'down'> {
  const stepsOf = (queries: readonly string[], declared: StatementStep['declared']): readonly StatementStep[] =>
    queries
      .flatMap((query) => splitTexts(query, context.dialect.lexis))
      .map((text) => ({ kind: 'statement', text, declared }));
  return { steps: stepsOf(up, 'additive'), ...(down && { down: stepsOf(down, 'destructive') }) };
}

interface Queries {
  readonly up: readonly string[];
  readonly down: readonly string[] | undefined;
  readonly context: FormatContext;
}

/** MikroORM's own `down` throws; one that does nothing takes nothing back. */
function givesWayBack(down: Rehearsal): down is Exclude<Rehearsal, { error: unknown }> {
  return !('error' in down) && (down.immediate || down.queries.length > 0);
}

async function importClass(file: FoundFile, context: FormatContext): Promise<MigrationClass> {
  const exported = exportedValues(await importMigration(file, context));
  const values = exported.flatMap((value) => [value, ...Object.values(value as object)]);
  const found = values.find(isMigrationClass);
  if (found) return found;
  throw doesNotLoad(file, "it exports no class that extends MikroORM's Migration");
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
