import { writeEntry } from './write-value.ts';

/** The text of a migration file that is to be written by hand. */
export function emptyMigration(description: string): string {
  const entry = writeEntry('description', description, 2);
  return `${[
    "import { defineMigration } from 'mikrate';",
    '',
    'export default defineMigration({',
    `  ${entry},`,
    '  operations: [',
    `    // ${example}`,
    '  ],',
    '});',
  ].join('\n')}\n`;
}

const example =
  "{ kind: 'addColumn', table: 'monitors', column: { name: 'arrest_date', type: { type: 'date' }, nullable: true } },";
