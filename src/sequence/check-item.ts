import { didYouMean } from '../config/did-you-mean.ts';
import { dialectNames } from '../dialects/index.ts';
import {
  applyOperation,
  describeOperation,
  isKnownKind,
  objectOf,
  operationKinds,
  undoOperation,
  type Operation,
} from '../operations/index.ts';
import { isSameData } from '../schema/canonical.ts';
import { emptySchema } from '../schema/schema.ts';
import { doesNotLoad, type Spot } from './does-not-load.ts';
import { isRecord } from './is-record.ts';
import type { ExpectItem } from './migration-item.ts';

/** Refuses what cannot be an item of `operations`, with its place. Throws MIGRATION_DOES_NOT_LOAD. */
export function checkItem(item: unknown, spot: Spot): void {
  if (!isRecord(item)) throw doesNotLoad(spot, 'it is no operation: an object with a kind');
  const { kind } = item;
  if (typeof kind === 'string' && Object.hasOwn(checks, kind)) return checks[kind]?.(item, spot);
  if (!isKnownKind(kind)) throw doesNotLoad(spot, unknownKind(kind));
  checkPlain(item, spot);
  checkOperation(item as unknown as Operation, spot);
}

type Item = Readonly<Record<string, unknown>>;

const checks: Readonly<Record<string, (item: Item, spot: Spot) => void>> = {
  sql: checkSql,
  expectRows: checkExpect,
  expectNoRows: checkExpect,
  byDialect: checkByDialect,
};

function unknownKind(kind: unknown): string {
  const near = didYouMean(String(kind), [...operationKinds, ...Object.keys(checks)]);
  return `there is no kind ${JSON.stringify(kind)}${near === undefined ? '' : `; did you mean "${near}"?`}`;
}

/** It goes into the log as JSON. */
function checkPlain(item: Item, spot: Spot): void {
  if (
    !isSameData(
      item,
      attempt(() => JSON.parse(JSON.stringify(item)) as unknown),
    )
  )
    throw doesNotLoad(spot, 'it is not plain data: text, numbers, true, false, null, lists and objects');
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** Only what is complete can be described, undone and applied. */
function checkOperation(operation: Operation, spot: Spot): void {
  try {
    if (operation.kind === 'createTable') refuseIncomplete(operation.table);
    refuseNameless(operation);
    applyOperation(emptySchema, operation);
    const undo = undoOperation(operation);
    if (undo.restores !== 'nothing') describeOperation(undo.operation);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw doesNotLoad(spot, `the ${operation.kind} is not complete: ${message}`, { cause: error });
  }
}

/** A table is written from its parts, which describe() does not look at. */
function refuseIncomplete(table: object): void {
  const missing = ['columns', 'indexes', 'foreignKeys', 'checks', 'triggers'].filter((part) => !(part in table));
  if (missing.length > 0) throw new TypeError(`its table has no ${missing.join(', ')}`);
}

/** A name that is missing shows as a word that is nowhere in the operation. */
function refuseNameless(operation: Operation): void {
  const text = `${describeOperation(operation)} ${objectOf(operation)}`;
  if (text.includes('undefined') && !JSON.stringify(operation).includes('undefined'))
    throw new TypeError(`it would ${describeOperation(operation)}`);
}

function checkSql(item: Item, spot: Spot): void {
  checkPlain(item, spot);
  checkText(item['text'], spot);
  if (item['down'] !== undefined) checkText(item['down'], spot);
  if (item['after'] !== undefined) checkAfter(item['after'], spot);
  const declared = item['declared'] ?? 'additive';
  if (!classes.includes(declared as string)) throw doesNotLoad(spot, `declared must be one of ${classes.join(', ')}`);
}

const classes: readonly string[] = ['additive', 'widening', 'rebuilding', 'dataDependent', 'destructive'];

/** Refuses what is no condition of expectRows or expectNoRows. Throws MIGRATION_DOES_NOT_LOAD. */
export function checkAfter(after: unknown, spot: Spot): asserts after is ExpectItem {
  if (!isRecord(after) || (after['kind'] !== 'expectRows' && after['kind'] !== 'expectNoRows'))
    throw doesNotLoad(spot, 'after must be expectRows(…) or expectNoRows(…)');
  checkExpect(after, spot);
}

function checkExpect(item: Item, spot: Spot): void {
  checkPlain(item, spot);
  checkText(item['sql'], spot);
}

function checkText(text: unknown, spot: Spot): void {
  if (typeof text === 'string') return;
  const entries = isRecord(text) ? Object.entries(text) : [];
  if (entries.length > 0 && entries.every(([name, sql]) => names.includes(name) && typeof sql === 'string')) return;
  throw doesNotLoad(spot, `SQL must be a text, or texts for ${names.join(', ')}`);
}

const names: readonly string[] = dialectNames;

function checkByDialect(item: Item, spot: Spot): void {
  for (const [name, items] of Object.entries(item)) {
    if (name === 'kind') continue;
    if (!names.includes(name) || !Array.isArray(items))
      throw doesNotLoad(spot, `it must hold lists of operations for ${names.join(', ')}`);
    items.forEach((inner: unknown, at) => checkItem(inner, { ...spot, where: `${spot.where}.${name}[${at}]` }));
  }
}
