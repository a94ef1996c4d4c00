import { writeText } from './write-text.ts';

/** The text of a migration file that is to be written by hand. */
export function emptyMigration(description: string): string {
  return `import { defineMigration } from 'mikrate';

export default defineMigration({
  description: ${writeText(description)},
  operations: [
    // { kind: 'addColumn', table: 'monitors', column: { name: 'arrest_date', type: { type: 'date' }, nullable: true } },
  ],
});
`;
}
