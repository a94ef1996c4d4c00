import type { Operation } from '../../operations/index.ts';
import { entriesByDialect } from './entries-by-dialect.ts';
import type { ByDatabase, GeneratedItem, GeneratedMigration } from './generated-migration.ts';
import { writeEntry, writeValue } from './write-value.ts';

/** The text of a migration file, in this project's format: the same migration gives the same bytes. */
export function writeMigrationFile({ description, items, from, to }: GeneratedMigration): string {
  const usesDialects = items.some(({ operations }) => operations.kind === 'different');
  return `${[
    `import { ${usesDialects ? 'byDialect, ' : ''}defineMigration } from 'mikrate';`,
    '',
    'export default defineMigration({',
    `  ${writeEntry('description', description, 2)},`,
    '  generated: true,',
    `  operations: ${writeOperations(items)},`,
    `  ${writeEntry('from', from, 2)},`,
    `  ${writeEntry('to', to, 2)},`,
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
  const lines = entriesByDialect(operations.values, []).map(([name, list]) => {
    const label = `${name}: `;
    return `      ${label}${writeValue(list, { indent: 6, before: label.length, after: 1 })},`;
  });
  return ['    byDialect({', ...lines, '    }),'];
}
