import { defineMigration } from 'mikrate';

export default defineMigration({
  description: 'monitors remember the last arrest',
  when: { exists: 'monitors' },
  operations: [
    {
      kind: 'addColumn',
      table: 'monitors',
      column: { name: 'arrest_date', type: { type: 'date' }, nullable: true },
    },
    {
      kind: 'addColumn',
      table: 'monitors',
      column: { name: 'arrest_reason', type: { type: 'string', length: 255 }, nullable: true },
    },
    {
      kind: 'addColumn',
      table: 'monitors',
      column: { name: 'arresting_agency', type: { type: 'string', length: 255 }, nullable: true },
    },
    {
      kind: 'addColumn',
      table: 'monitors',
      column: { name: 'release_date', type: { type: 'string', length: 255 }, nullable: true },
    },
  ],
});
