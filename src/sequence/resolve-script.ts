import type { Dialect } from '../dialects/dialect.ts';
import { entryFor, sqlFor, type SqlByDialect } from '../schema/sql-by-dialect.ts';
import type { MigrationDefinition } from './define-migration.ts';
import { doesNotLoad, type Spot } from './does-not-load.ts';
import type { ExpectItem, MigrationItem, SqlItem } from './migration-item.ts';
import { schemaFor } from './schema-by-dialect.ts';
import { readScriptOptions } from './read-script-options.ts';
import type { Expectation, Script, ScriptStep, StatementStep } from './script.ts';
import { splitTexts } from './split-script.ts';

/** What a checked definition does on one database. Throws MIGRATION_DOES_NOT_LOAD where it has no SQL for it. */
export function resolveScript(definition: MigrationDefinition, dialect: Dialect, path: string): Script {
  const items = itemsFor(definition.operations, dialect, { path, where: 'operations' });
  const down = wholeWayBack(items, dialect);
  return {
    ...readScriptOptions({ ...definition }, path),
    steps: items.flatMap(({ item, spot }) => stepsOf(item, dialect, spot)),
    ...(down && { down }),
    ...(definition.from && { from: schemaFor(dialect.name, definition.from) }),
    ...(definition.to && { to: schemaFor(dialect.name, definition.to) }),
  };
}

type Item = Exclude<MigrationItem, { kind: 'byDialect' }>;

interface PlacedItem {
  readonly item: Item;
  readonly spot: Spot;
}

/** The items of this database alone. */
function itemsFor(items: readonly MigrationItem[], dialect: Dialect, { path, where }: Spot): readonly PlacedItem[] {
  return items.flatMap((item, at) => {
    const spot = { path, where: `${where}[${at}]` };
    if (item.kind !== 'byDialect') return [{ item, spot }];
    return itemsFor(entryFor(dialect.name, item) ?? [], dialect, { path, where: `${spot.where}.${dialect.name}` });
  });
}

function stepsOf(item: Item, dialect: Dialect, spot: Spot): readonly ScriptStep[] {
  switch (item.kind) {
    case 'sql':
      return statementsOf(item, dialect, spot);
    case 'expectRows':
    case 'expectNoRows':
      return [{ kind: 'expect', expectation: expectationOf(item, dialect, spot) }];
    case 'addColumn':
    case 'createTable': {
      const { renamedFrom, ...operation } = { renamedFrom: undefined, ...item };
      return [{ kind: 'operation', operation, ...(renamedFrom !== undefined && { renamedFrom }) }];
    }
    default:
      return [{ kind: 'operation', operation: item }];
  }
}

/** What holds afterwards, and the way back, belong to the last statement: only then is the item done. */
function statementsOf(item: SqlItem, dialect: Dialect, spot: Spot): readonly StatementStep[] {
  const { declared = 'additive', summary } = item;
  const texts = splitTexts(textFor(item.text, dialect, spot), dialect.lexis);
  const down = wayBack(item, dialect);
  const after = item.after && expectationOf(item.after, dialect, spot);
  return texts.map((text, at) => {
    const isLast = at === texts.length - 1;
    return {
      kind: 'statement',
      text,
      declared,
      ...(summary !== undefined && { summary }),
      ...(down && { down: isLast ? down : [] }),
      ...(after && isLast && { after }),
    };
  });
}

/** A condition as it is asked on one database. Throws MIGRATION_DOES_NOT_LOAD where it has no SQL for it. */
export function expectationOf({ kind, sql, message }: ExpectItem, dialect: Dialect, spot: Spot): Expectation {
  return {
    sql: textFor(sql, dialect, spot),
    rows: kind === 'expectRows' ? 'some' : 'none',
    ...(message !== undefined && { message }),
  };
}

function textFor(sql: SqlByDialect, dialect: Dialect, spot: Spot): string {
  const text = sqlFor(dialect.name, sql);
  if (text !== undefined) return text;
  throw doesNotLoad(spot, `it has no SQL for ${dialect.name}; an empty text does nothing there`);
}

function wayBack({ down }: SqlItem, dialect: Dialect): readonly string[] | undefined {
  const text = down === undefined ? undefined : sqlFor(dialect.name, down);
  return text === undefined ? undefined : splitTexts(text, dialect.lexis);
}

/** Of a file that is nothing but SQL with ways back; else its steps know theirs. */
function wholeWayBack(items: readonly PlacedItem[], dialect: Dialect): readonly StatementStep[] | undefined {
  const changes = items.map(({ item }) => item).filter(({ kind }) => kind !== 'expectRows' && kind !== 'expectNoRows');
  const ways = changes.map((item) => (item.kind === 'sql' ? wayBack(item, dialect) : undefined));
  if (ways.length === 0 || ways.includes(undefined)) return undefined;
  const texts = ways.toReversed().flatMap((way) => way ?? []);
  return texts.map((text) => ({ kind: 'statement', text, declared: 'destructive' }));
}
