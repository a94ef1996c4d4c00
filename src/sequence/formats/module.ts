import { checkAfter } from '../check-item.ts';
import { codeSemantics } from '../code-semantics.ts';
import { doesNotLoad } from '../does-not-load.ts';
import { isRecord } from '../is-record.ts';
import type { LoadedScript } from '../migration-file.ts';
import type { MigrationContext } from '../migration-context.ts';
import { moduleContext } from '../module-context.ts';
import { readScriptOptions, type ScriptOptions } from '../read-script-options.ts';
import { expectationOf } from '../resolve-script.ts';
import type { CallStep } from '../script.ts';
import { codeName } from './code-name.ts';
import type { Format, FormatContext, FoundFile } from './format.ts';
import { exportedValues, importMigration, type Exports } from './import-migration.ts';
import { readCode } from './read-code.ts';
import { saysInCode } from './says-in-code.ts';

/** Modules that export `up` and perhaps `down`, as those of umzug, knex and sequelize; CommonJS too. */
export const module: Format = {
  name: 'module',
  owns: (file) => codeName(file.base) !== undefined && saysInCode(file, /\bexports?\b/u) && saysInCode(file, /\bup\b/u),
  read: (files, context) =>
    files.map((file) =>
      readCode(file, 'module', {
        semantics: async () => codeSemantics(file.text),
        load: () => loadModule(file, context),
      }),
    ),
};

type Way = (context: unknown) => unknown;

async function loadModule(file: FoundFile, context: FormatContext): Promise<LoadedScript> {
  const exports = exportedValues(await importMigration(file, context)).map(withFunctionNamedUp);
  const home = exports.find((value) => typeof value['up'] === 'function');
  if (!home) throw doesNotLoad(file, whyNotUp(exports));
  const call = (way: 'up' | 'down') => (given: MigrationContext) => callWay(home, way, { file, given });
  const undo = typeof home['down'] === 'function' && { undo: call('down') };
  return {
    source: 'legacy',
    ...optionsOf(exports, file.path),
    steps: [{ kind: 'call', run: call('up'), ...undo, ...conditionOf(exports, file, context) }],
  };
}

/** `export default async function up(context) {}` */
function withFunctionNamedUp(value: unknown): Exports {
  return typeof value === 'function' && value.name === 'up' ? { up: value } : (value as Exports);
}

function whyNotUp(exports: readonly Exports[]): string {
  const classes = exports.flatMap((value) => [value, ...(isRecord(value) ? Object.values(value) : [])]);
  const isClass = classes.some(
    (value) => typeof value === 'function' && isRecord(value.prototype) && 'up' in value.prototype,
  );
  return isClass
    ? "it exports a class of another tool's; export a function up(context), or adopt the database with `migrate adopt`"
    : 'it exports no function up';
}

async function callWay(
  home: Exports,
  way: 'up' | 'down',
  { file, given }: { file: FoundFile; given: MigrationContext },
): Promise<void> {
  const name = codeName(file.base) ?? file.base;
  await (home[way] as Way).call(home, moduleContext(given, { name, path: file.path, file: file.file }));
}

/** `after`, beside `up`: what must hold once it has run. */
function conditionOf(
  exports: readonly Exports[],
  { path }: FoundFile,
  { dialect }: FormatContext,
): Pick<CallStep, 'after'> {
  const after = exports.find((value) => value['after'] !== undefined)?.['after'];
  if (after === undefined) return {};
  const spot = { path, where: 'after' };
  checkAfter(after, spot);
  return { after: expectationOf(after, dialect, spot) };
}

/** Said beside `up`: as exports of their own, or in the default one. `config` is knex's. */
function optionsOf(exports: readonly Exports[], path: string): ScriptOptions {
  const said = (key: string): unknown => exports.find((value) => value[key] !== undefined)?.[key];
  const config = said('config');
  return readScriptOptions(
    {
      description: said('description'),
      data: said('data'),
      when: said('when'),
      transaction: said('transaction') ?? (isRecord(config) ? config['transaction'] : undefined),
    },
    path,
  );
}
