import { writeEntry } from './write-value.ts';

/** The text of a migration file that is to be written by hand. */
export function emptyMigration(description: string): string {
  return `import { defineMigration } from 'mikrate';

export default defineMigration({
  ${writeEntry('description', description, 2)},
  operations: [
    // { kind: 'addColumn', table: 'monitors', column: { name: 'arrest_date', type: { type: 'date' }, nullable: true } },
  ],
});
`;
}
