import type { Operation } from '../../operations/index.ts';
import { fallbackOf, type DialectName } from '../../schema/sql-by-dialect.ts';
import { isSameData } from '../../schema/canonical.ts';
import type { ByDatabase, GeneratedItem, GeneratedMigration } from './generated-migration.ts';
import { writeText } from './write-text.ts';
import { writeValue } from './write-value.ts';

/** The text of a migration file, in this project's format: the same migration gives the same bytes. */
export function writeMigrationFile({ description, items, from, to }: GeneratedMigration): string {
  const usesDialects = items.some(({ operations }) => operations.kind === 'different');
  return `${[
    `import { ${usesDialects ? 'byDialect, ' : ''}defineMigration } from 'mikrate';`,
    '',
    'export default defineMigration({',
    `  description: ${writeText(description)},`,
    '  generated: true,',
    `  operations: ${writeOperations(items)},`,
    `  from: ${writeValue(asData(from), { indent: 2, before: 6, after: 1 })},`,
    `  to: ${writeValue(asData(to), { indent: 2, before: 4, after: 1 })},`,
    '});',
  ].join('\n')}\n`;
}

function writeOperations(items: readonly GeneratedItem[]): string {
  const [only, second] = items;
  if (only?.operations.kind === 'same' && only.cautions.length === 0 && !second)
    return writeValue(only.operations.value, { indent: 2, before: 12, after: 1 });
  return ['[', ...items.flatMap(writeItem), '  ]'].join('\n');
}

function writeItem({ cautions, operations }: GeneratedItem): readonly string[] {
  return [...cautions.map((caution) => `    // ${caution}`), ...writeItems(operations)];
}

function writeItems(operations: ByDatabase<readonly Operation[]>): readonly string[] {
  if (operations.kind === 'same')
    return operations.value.map((item) => `    ${writeValue(item, { indent: 4, before: 0, after: 1 })},`);
  const entries = entriesOf(operations.values, []);
  const lines = entries.map(([name, list]) => {
    const label = `${name}: `;
    return `      ${label}${writeValue(list, { indent: 6, before: label.length, after: 1 })},`;
  });
  return ['    byDialect({', ...lines, '    }),'];
}

function asData<T>(given: ByDatabase<T>): unknown {
  return given.kind === 'same' ? given.value : Object.fromEntries(entriesOf(given.values));
}

/** What a file has to say of each database: what falls back to another, or is `nothing`, is left out. */
function entriesOf<T>(values: ReadonlyMap<DialectName, T>, nothing?: T): readonly (readonly [DialectName, T])[] {
  const isNothing = (value: T): boolean => nothing !== undefined && isSameData(value, nothing);
  const goesWithoutSaying = (name: DialectName, value: T): boolean => {
    const fallback = fallbackOf(name);
    const other = fallback && values.get(fallback);
    return other === undefined || isNothing(other) ? isNothing(value) : isSameData(other, value);
  };
  const named = [...values].filter(([name, value]) => !goesWithoutSaying(name, value));
  return named.toSorted(([a], [b]) => (a < b ? -1 : 1));
}
