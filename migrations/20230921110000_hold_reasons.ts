import { defineMigration } from 'mikrate';

export default defineMigration({
  description: 'the reasons of a hold are as long as they are',
  when: { exists: 'inmates' },
  operations: [
    {
      kind: 'changeType',
      table: 'inmates',
      column: 'hold_reasons',
      from: { type: 'string', length: 1000 },
      to: { type: 'text' },
      change: 'widening',
    },
  ],
});
